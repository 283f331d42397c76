"""Tables one below, beside or behind the other: what the title of each says of its rows, their year, their unit.

Names are invented. A part that is no grants is refused; what no title settles is asked.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from geodata import gazetteer, geography
from geodata.attach import Attacher
from layers.readers import read_file
from layers.recognition import opening
from layers.register import Register

HEAD = ["Bénéficiaire", "Ville", "Montant"]
OTHER = ["Organisme", "Commune", "Objet", "Montant"]
CITIES = ("Lille", "Roubaix", "Tourcoing")
EUROS = [1000 + 137 * at for at in range(12)]
FIRST, LAST = sum(EUROS[:6]), sum(EUROS[6:])
Lines = Sequence[object]
Read = tuple[dict[int, int], list[str], list[str]]


@pytest.fixture(scope="module")
def attacher() -> Attacher:
    return Attacher(gazetteer.load(), geography.load())


def rows(first: int, last: int, *, purpose: bool = False) -> list[list[object]]:
    more = ["Logement"] if purpose else []
    return [[f"Association fictive {at}", CITIES[at % 3], *more, EUROS[at]] for at in range(first, last)]


def stacked(upper: str, lower: str, *, other: bool = False) -> Lines:
    return [[upper], HEAD, *rows(0, 6), [], [lower], OTHER if other else HEAD, *rows(6, 12, purpose=other)]


def cells(line: object) -> list[object]:
    return list(line) if isinstance(line, list | tuple) else [line]


def written(tmp_path: Path, lines: Lines) -> Path:
    path = tmp_path / "releve_2023.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(map(cells, lines))
    return path


def book(tmp_path: Path, *sheets: tuple[str, Lines]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for called, lines in sheets:
        sheet = made.create_sheet(called)
        for line in lines:
            sheet.append(cells(line))
    made.save(path := tmp_path / "releve_2023.xlsx")
    return path


def read(path: Path, attacher: Attacher) -> Read:
    """Euros by year, the subjects of what is asked, the guesses."""
    reading = read_file(path, None, None, attacher, Register())
    found: Counter[int] = Counter()
    for grant in reading.tables["grants"].to_dict("records"):
        found[grant["year"]] += grant["amount_cents"] // 100
    asked = reading.account.questions
    return dict(found), [one.subject or one.key for one in asked], [one.guess for one in asked]


@pytest.mark.parametrize(
    ("titles", "other", "wanted"),
    [
        (("Subventions", "Garanties d’emprunt"), False, FIRST),
        (("Subventions", "Garanties d’emprunt accordées"), True, FIRST),
        (("Subventions", "Prestations en nature"), True, FIRST),
        (("Subventions", "Demandes refusées"), True, FIRST),
        (("Prêts d’honneur votés", "Subventions"), True, LAST),
        (("Subventions demandées", "Subventions accordées"), False, LAST),
    ],
)
def test_the_title_above_a_table_says_what_it_is(
    titles: tuple[str, str], other: bool, wanted: int, tmp_path: Path, attacher: Attacher
) -> None:
    lines = stacked(*titles, other=other)
    for path in (written(tmp_path, lines), book(tmp_path, ("Données", lines))):
        assert read(path, attacher)[0] == {2023: wanted}


def test_a_title_beside_a_unit_is_one_all_the_same(tmp_path: Path, attacher: Attacher) -> None:
    lines = [["Subventions"], HEAD, *rows(0, 6), ["Avances remboursables", "", "en euros"], HEAD, *rows(6, 12)]
    assert read(written(tmp_path, lines), attacher)[0] == {2023: FIRST}


@pytest.mark.parametrize("turned", [False, True])
def test_each_sheet_has_its_title(turned: bool, tmp_path: Path, attacher: Attacher) -> None:
    sheets = [("F1", [["Subventions"], HEAD, *rows(0, 6)]), ("F2", [["Garanties accordées"], HEAD, *rows(6, 12)])]
    assert read(book(tmp_path, *sheets[:: -1 if turned else 1]), attacher)[0] == {2023: FIRST}


def test_a_sheet_of_requests_is_not_added_to_that_of_the_votes(tmp_path: Path, attacher: Attacher) -> None:
    asked = [[*row[:2], 3 * int(str(row[2]))] for row in rows(0, 12)]
    path = book(tmp_path, ("Demandes 2023", [HEAD, *asked]), ("Votes 2023", [HEAD, *rows(0, 12)]))
    assert read(path, attacher)[0] == {2023: FIRST + LAST}


def test_tables_side_by_side_have_each_its_title(tmp_path: Path, attacher: Attacher) -> None:
    both = [[*one, "", *other] for one, other in zip(rows(0, 6), rows(6, 12), strict=True)]
    lines = [["Subventions", "", "", "", "Garanties d’emprunt"], [*HEAD, "", *HEAD], *both]
    assert read(book(tmp_path, ("F", lines)), attacher)[0] == {2023: FIRST}


def test_tables_have_each_the_year_of_its_title(tmp_path: Path, attacher: Attacher) -> None:
    wanted = {2021: FIRST, 2022: LAST}
    other = stacked("Subventions 2021", "Subventions 2022", other=True)
    assert read(written(tmp_path, other), attacher)[:2] == (wanted, [])
    sheets = [("F1", [["Subventions 2021"], HEAD, *rows(0, 6)]), ("F2", [["Subventions 2022"], HEAD, *rows(6, 12)])]
    assert read(book(tmp_path, *sheets), attacher)[:2] == (wanted, [])


def test_years_between_the_rows_are_read_and_asked_about(tmp_path: Path, attacher: Attacher) -> None:
    lines = [HEAD, ["Année 2021"], *rows(0, 6), ["Conseil du 12 mai 2022"], ["Exercice 2022"], *rows(6, 12)]
    assert read(written(tmp_path, lines), attacher)[:2] == ({2021: FIRST, 2022: LAST}, ["years"])


@pytest.mark.parametrize(("upper", "lower"), [("en €", "en k€"), ("en k€", "en €")])
def test_tables_in_two_units_are_asked_about(upper: str, lower: str, tmp_path: Path, attacher: Attacher) -> None:
    sheets = [("F1", [[f"Aides {upper}"], HEAD, *rows(0, 6)]), ("F2", [[f"Aides {lower}"], HEAD, *rows(6, 12)])]
    assert read(book(tmp_path, *sheets), attacher)[1] == [f"unit Aides {lower}"]
    lines = stacked(f"Aides ({upper})", f"Aides ({lower})")
    assert f"unit Aides ({lower})" in read(written(tmp_path, lines), attacher)[1]


def test_what_was_voted_and_then_paid_is_asked_about(tmp_path: Path, attacher: Attacher) -> None:
    lines = [["Subventions votées"], HEAD, *rows(0, 6), ["Subventions versées"], HEAD, *rows(0, 6)]
    assert read(written(tmp_path, lines), attacher)[1] == ["stages"]


@pytest.mark.parametrize(
    ("above", "under", "guess"),
    [
        (["Aides 2023 (en k€)"], ["", "en €", "en €"], ["euros"]),
        (["Aides 2023"], ["", "en k€", "en k€"], []),
        (["Aides 2023"], ["", "", "en €"], []),
    ],
)
def test_the_unit_right_under_the_titles_is_the_guess(
    above: list[str], under: list[str], guess: list[str], tmp_path: Path, attacher: Attacher
) -> None:
    told = [[f"Association fictive {at}", 3 * euros, euros] for at, euros in enumerate(EUROS)]
    path = written(tmp_path, [above, ["Bénéficiaire", "Demandé", "Voté"], under, *told])
    assert read(path, attacher)[2] == guess


def test_small_amounts_said_in_euros_are_guessed_in_euros(tmp_path: Path, attacher: Attacher) -> None:
    told = [[f"Association fictive {at}", "Lille", at % 4 + 1] for at in range(12)]
    assert read(written(tmp_path, [HEAD, ["", "", "en euros"], *told]), attacher)[2] == ["euros"]


def test_repeated_headers_hide_no_column_of_numbers(tmp_path: Path) -> None:
    """Of tables made one, their titles are no cells: six of nine rows were numbers, too few."""
    head = ["Tiers", "MON. VO.", "", "Montant mandaté"]
    few = [["Association A", 1000, "", 500], ["Association B", 500, "", 250]]
    lines = [head, ["field_0", "field_1", "", "field_2"], *few, head, head, head]
    later = [["Tiers", "MON. VO.", "Montant mandaté"], ["Association C", 37_700, 18_850]]
    table = opening.open_source(book(tmp_path, ("Données", lines), ("Suite", later)))
    assert next(one for one in table.columns if one.name == "MON. VO.").content["number"] == 1


def test_a_text_has_tables_whose_headers_are_on_no_line_alone(tmp_path: Path) -> None:
    lines = [
        ["Total attribué", "2 000,00", "", "", "Bénéficiaire", "Commune", "Montant"],
        ["Ville", "Organisme", "Montant attribué (€)", "", "Association fictive 1", "Lille", "1 500,00"],
        ["Lille", "Association fictive 0", "500,00", "", "", "", ""],
        ["Lille", "Association fictive 1", "1 500,00", "", "", "", ""],
    ]
    table = opening.open_source(written(tmp_path, lines))
    assert table.header[:3] == ("Ville", "Organisme", "Montant attribué (€)")
    assert table.understood


def test_what_a_few_cut_rows_shift_is_told_by_the_others(tmp_path: Path, attacher: Attacher) -> None:
    """Rows that an unquoted comma cuts hid the one amount of a column of what was cancelled."""
    lines = ["Bénéficiaire,Montant accordé,Objet,Date,Subvention annulée,Année"]
    for at, euros in enumerate(EUROS):
        purpose = "Ateliers, sorties et repas" if at % 2 == 0 else "Projet"
        lines.append(f"Association fictive {at},{euros},{purpose},2023-06-{at + 10},{euros if at == 0 else ''},2023")
    path = tmp_path / "releve_2023.csv"
    path.write_text("\n".join(lines), "utf-8")
    assert [one.partition(" ")[0] for one in read(path, attacher)[1]] == ["cancelled"]


def test_a_total_of_what_nothing_says_is_asked_about(tmp_path: Path, attacher: Attacher) -> None:
    """« Total Danse » may be somebody."""
    plain: list[list[object]] = [[row[0], row[2]] for row in rows(0, 12)]
    for called, wanted in (("Total Danse", ["named"]), ("Total général", []), ("Sous-total danse", [])):
        lines = [["Bénéficiaire", "Montant"], *plain[:5], [called, 777], *plain[5:]]
        assert read(written(tmp_path, lines), attacher)[1] == wanted


def test_a_total_of_what_the_rows_say_is_not(tmp_path: Path, attacher: Attacher) -> None:
    lines = [["Bénéficiaire", "Thème", "Montant"], *([row[0], "Danse", row[2]] for row in rows(0, 12))]
    assert read(written(tmp_path, [*lines, ["Total danse", "", 777]]), attacher)[1] == []
