"""What a reading may have misread or left out is asked about, of each kind; a clean table is read alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from geodata import gazetteer, geography
from geodata.attach import Attacher
from layers import questions
from layers.questions import Known
from layers.readers import read_file
from layers.readers.audit import NO, YES
from layers.register import Register
from layers.unreadable import UnreadableFile

HEAD = ("Association", "Commune", "Montant voté", "Objet")
EUROS = ("1500", "2500", "800", "12000", "640")
Lines = Sequence[Sequence[str]]


@pytest.fixture(scope="module")
def attacher() -> Attacher:
    return Attacher(gazetteer.load(), geography.load())


def rows(*more: Sequence[str], euros: Sequence[str] = EUROS) -> list[list[str]]:
    """Rows of grants, with further columns."""
    told = [[f"Association fictive {at}", "Lille", one, f"Projet fictif {at}"] for at, one in enumerate(euros)]
    return [[*row, *(column[at] for column in more)] for at, row in enumerate(told)]


def written(folder: Path, lines: Lines, delimiter: str = ";") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(lines)
    path = folder / "subventions_2023.csv"
    path.write_text(out.getvalue(), "utf-8")
    return path


def asked(path: Path, attacher: Attacher, answers: Known | None = None) -> set[str]:
    """What a file asks, by name."""
    return {one.id for one in read_file(path, None, None, attacher, Register(), answers=answers).account.questions}


CUT = "Association fictive {0},2023,{1},00,Lille,12 juin 2023,{1}"
DOUBTS: dict[str, tuple[Lines, str]] = {
    "a second line of the header, with its unit": (
        [["Association", "Commune", "Montant", "Objet"], ["", "", "voté (k€)", ""], *rows()],
        "check:header 2",
    ),
    "a line above the header that says it was asked for": (
        [["", "", "Demandé", "Projet"], ["Association", "Commune", "Montant", "Objet"], *rows()],
        "check:header 1",
    ),
    "a unit whose sign was lost": ([[*HEAD[:2], "Montant voté (k?)", "Objet"], *rows()], "unit"),
    "a unit in a column, now and then": ([[*HEAD, ""], *rows(["k€", "a", "b", "", "k€"])], "unit"),
    "amounts of a few cents": ([HEAD, *rows(euros=("0,5", "1,5", "2,5", "12", "0,9"))], "unit"),
    "another table above": (
        [["zz", "yy", "xx"], *[["un", "a", f"{one}5"] for one in EUROS], [], HEAD, *rows()],
        "check:subventions_2023 2",
    ),
    "requests that were refused, in a column that says nothing": (
        [[*HEAD, "Zz"], *rows(["Oui", "Refusée", "x", "y", "z"])],
        "check:ruling 4",
    ),
    "what was taken back": ([[*HEAD, "Montant annulé"], *rows(["", "2500", "", "", ""])], "check:cancelled 4"),
    "a word and an amount among full rows": (
        [[*HEAD, "Secteur"], *rows(["Sport"] * 5), ["Enveloppe de l’an dernier", "", "8000", "", ""]],
        "totals:bare",
    ),
    "one row that happens to be the sum of the others": (
        [HEAD, *rows(euros=("5440", "1500", "2500", "800", "640"))],
        "totals:above",
    ),
    "a list of structures with numbers that nothing tells": (
        [["Structure", "SIRET", "SA"], *[[f"Structure {at}", "", one] for at, one in enumerate(EUROS)]],
        "check:SA",
    ),
}


@pytest.mark.parametrize(("lines", "name"), DOUBTS.values(), ids=DOUBTS)
def test_what_is_doubtful_is_asked(lines: Lines, name: str, tmp_path: Path, attacher: Attacher) -> None:
    assert name in asked(written(tmp_path, lines), attacher)


CLEAN: dict[str, Lines] = {
    "a table": [HEAD, *rows()],
    "one empty column": [[*HEAD[:2], "", *HEAD[2:]], *[[*row[:2], "", *row[2:]] for row in rows()]],
    "its header again": [HEAD, *rows()[:2], HEAD, *rows()[2:]],
    "its total, and a note": [HEAD, *rows(), ["Total", "", "17440", ""], ["Source : service fictif", "", "", ""]],
    "its total above": [["Total attribué", "17440"], HEAD, *rows()],
    "titles of groups": [["Bénéficiaire", "", "Subvention", ""], HEAD, *rows()],
    "a summary at the right": [
        [*HEAD, "", "Commune", "Nombre de subventions", "Montant total"],
        [*rows()[0], "", "Lille", "5", "17440"],
        *[[*row, "", "", "", ""] for row in rows()[1:]],
    ],
}


@pytest.mark.parametrize("lines", CLEAN.values(), ids=CLEAN)
def test_what_is_not_is_read(lines: Lines, tmp_path: Path, attacher: Attacher) -> None:
    reading = read_file(written(tmp_path, lines), None, None, attacher, Register())
    assert reading.account.questions == []
    assert reading.account.cents["accepted"] == 1_744_000


def test_a_yes_publishes_and_a_no_refuses(tmp_path: Path, attacher: Attacher) -> None:
    lines, name = DOUBTS["what was taken back"]
    path = written(tmp_path, lines)
    assert asked(path, attacher, questions.known(tmp_path, {name: YES})) == set()
    with pytest.raises(UnreadableFile, match="à déduire"):
        asked(path, attacher, questions.known(tmp_path, {name: NO}))


def test_the_unit_that_is_answered_is_that_of_all_amounts(tmp_path: Path, attacher: Attacher) -> None:
    path = written(tmp_path, [["Montants en k€"], [*HEAD[:2], "Montant voté (€)", "Objet"], *rows()])
    for unit, cents in (("euros", 1_744_000), ("k€", 1_744_000_000)):
        found = read_file(path, None, None, attacher, Register(), answers=questions.known(tmp_path, {"unit": unit}))
        assert (found.account.cents["accepted"], found.account.questions) == (cents, [])


def test_columns_that_their_separator_shifted_are_asked_about(tmp_path: Path, attacher: Attacher) -> None:
    names = "Bénéficiaire,Exercice,Montant voté,Commune,Date du conseil,Référence,"
    path = tmp_path / "subventions_2023.csv"
    path.write_text("\n".join([names, *(CUT.format(at, one) for at, one in enumerate(EUROS))]), "utf-8")
    assert "check:columns" in asked(path, attacher)
