"""A year or an amount that nobody would believe waits for a person: kept, or set aside with its lines and its euros."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from geodata.attach import Attacher
from layers.questions import AMOUNTS, YEARS, known
from layers.readers.confirmation import DROP, KEEP
from layers.readers.reader import Reading
from layers.readers.registry import read_file
from layers.register import Register

GRANTS = "Année;Attributaire;Commune;Montant voté\n2022;ASSOCIATION FICTIVE 1;LILLE;1000\n"
PEOPLE = "codgeo;libgeo;reg;dep;cv;p13_pop;p21_pop\n59350;Lille;32;59;5998;232741;236710\n"


def read(path: Path, text: str, attacher: Attacher, answers: Mapping[str, str], year: int | None = None) -> Reading:
    path.write_text(text, encoding="utf-8")
    return read_file(path, None, year, attacher, Register(), answers=known(path.parent, answers))


@pytest.mark.parametrize("amount", ["100000001", "-250000000", "9999999999"])
def test_an_amount_beyond_the_plausible_is_asked_about(tmp_path: Path, attacher: Attacher, amount: str) -> None:
    text = f"{GRANTS}2022;ASSOCIATION FICTIVE 2;ROUBAIX;{amount}\n"
    (question,) = read(tmp_path / "aides_2022.csv", text, attacher, {}).account.questions
    assert (question.id, question.choices) == (AMOUNTS, (KEEP, DROP))
    assert "ligne 3" in question.about
    kept = read(tmp_path / "aides_2022.csv", text, attacher, {AMOUNTS: KEEP})
    assert (kept.account.questions, len(kept.tables["grants"])) == ([], 2)
    dropped = read(tmp_path / "aides_2022.csv", text, attacher, {AMOUNTS: DROP})
    assert dropped.tables["grants"]["amount_cents"].tolist() == [100_000]
    report = dropped.account.to_json()
    assert (report["rows_accepted"], report["rows_rejected"], report["amount_total"]) == (1, 1, 1000)
    assert report["amounts_by_outcome"]["rejected"] == int(amount)
    assert report["amount_by_territory"].get("3", 0) == 0
    assert [(one["row"], one["column"]) for one in report["rejects"]] == [(3, "Montant voté")]


@pytest.mark.parametrize("amount", ["100000000", "-100000000", "0"])
def test_an_amount_that_can_be_is_not(tmp_path: Path, attacher: Attacher, amount: str) -> None:
    text = f"{GRANTS}2022;ASSOCIATION FICTIVE 2;ROUBAIX;{amount}\n"
    assert read(tmp_path / "aides_2022.csv", text, attacher, {}).account.questions == []


def test_a_year_of_another_century_is_asked_about_wherever_it_comes_from(tmp_path: Path, attacher: Attacher) -> None:
    text = "Attributaire;Commune;Montant voté\nASSOCIATION FICTIVE 1;LILLE;1000\n"
    (question,) = read(tmp_path / "aides.csv", text, attacher, {}, year=1900).account.questions
    assert question.id == YEARS
    assert "1900" in question.about
    people = PEOPLE.replace("p13_pop", "p75_pop")
    found = read(tmp_path / "populations.csv", people, attacher, {})
    assert [one.id for one in found.account.questions] == [YEARS]
    dropped = read(tmp_path / "populations.csv", people, attacher, {YEARS: DROP})
    assert dropped.tables["observations"]["year"].tolist() == [2021], "the other values of the line are kept"
    assert dropped.account.to_json()["rows_accepted"] == 1
    assert read(tmp_path / "populations.csv", PEOPLE, attacher, {}).account.questions == []
