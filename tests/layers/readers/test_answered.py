"""What a person answers of a file is what is read: the year, the column that names who, the sheets that overlap."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook

from geodata.attach import Attacher
from layers.account import Account
from layers.questions import known
from layers.readers.registry import read_file
from layers.recognition.sheets import ALL
from layers.register import Register

TITLES = ("Année", "Attributaire", "SIRET", "Commune", "Objet", "Montant voté")
FIRST = [("2022", f"ASSOCIATION FICTIVE {n}", "", "LILLE", f"essai {n}", 100 + n) for n in range(10)]
MORE = [*FIRST[:5], *[("2022", f"COMITÉ FICTIF {n}", "", "ROUBAIX", f"essai {n}", 200 + n) for n in range(5)]]


def read(path: Path, attacher: Attacher, folder: Path, answers: Mapping[str, str]) -> tuple[Account, list[int]]:
    reading = read_file(path, None, None, attacher, Register(), answers=known(folder, answers))
    grants = reading.tables["grants"]
    return reading.account, sorted(grants["amount_cents"].tolist())


def workbook(path: Path) -> Path:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Décisions"
    for sheet, rows in ((first, FIRST), (book.create_sheet("Rappel"), MORE)):
        sheet.append(TITLES)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_sheet_that_repeats_some_rows_is_asked_about_and_read_where_it_is_answered(
    tmp_path: Path, attacher: Attacher
) -> None:
    path = workbook(tmp_path / "essai.xlsx")
    account, amounts = read(path, attacher, tmp_path, {})
    (question,) = account.questions
    assert (question.id, question.choices) == ("sheet:Rappel", ("Seulement « Décisions »", ALL))
    assert amounts == [(100 + n) * 100 for n in range(10)]
    account, amounts = read(path, attacher, tmp_path, {question.id: ALL})
    assert account.questions == []
    assert amounts == sorted([(100 + n) * 100 for n in range(10)] + [(200 + n) * 100 for n in range(5)])
    assert account.table["sheet"] == "Décisions, Rappel"
    account, amounts = read(path, attacher, tmp_path, {question.id: question.guess})
    assert account.questions == []
    assert amounts == [(100 + n) * 100 for n in range(10)]
    assert any(one.code == "sheet_answered" and "non lue" in one.message for one in account.warnings)


@pytest.mark.parametrize("year", ["2021", "2019"])
def test_the_year_that_is_answered_is_that_of_the_rows(tmp_path: Path, attacher: Attacher, year: str) -> None:
    path = tmp_path / "essai.csv"
    lines = ["Attributaire;SIRET;Commune;Objet;Montant voté"]
    lines += [f"ASSOCIATION FICTIVE {n};;LILLE;essai {n};{100 + n}" for n in range(5)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    account, _ = read(path, attacher, tmp_path, {})
    (question,) = account.questions
    assert question.id == "year"
    reading = read_file(path, None, None, attacher, Register(), answers=known(tmp_path, {"year": year}))
    assert reading.account.questions == []
    assert set(reading.tables["grants"]["year"]) == {int(year)}


def test_the_column_that_is_answered_names_who_receives(tmp_path: Path, attacher: Attacher) -> None:
    path = tmp_path / "aides_2022.csv"
    lines = ["Porteur;Intervenant;Commune;Objet;Montant voté"]
    lines += [f"ASSOCIATION FICTIVE {n};COMITÉ {n};LILLE;essai {n};{100 + n}" for n in range(5)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    answers = known(tmp_path, {"name": "Intervenant"})
    reading = read_file(path, None, None, attacher, Register(), answers=answers)
    assert set(reading.tables["grants"]["name"]) == {f"COMITÉ {n}" for n in range(5)}
