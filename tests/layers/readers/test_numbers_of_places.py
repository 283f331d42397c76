"""Numbers by place as staff write them: fractions, points of thousands, marks, balances, and the places themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from geodata.attach import Attacher
from layers.indicators.declared import Declaration
from layers.questions import ANSWERS, known
from layers.readers import Reading, declaring, read_file
from layers.readers.writings import FRACTIONS, THOUSANDS
from layers.unreadable import UnreadableFile
from tests.layers.readers.declared_tables import declaration, reading, written

CODES = {"59512": "Roubaix", "59599": "Tourcoing", "59350": "Lille", "59009": "Villeneuve-d’Ascq"}


def table(folder: Path, title: str, *cells: str, name: str = "table_2021.csv") -> Path:
    rows = [[code, place, cell] for (code, place), cell in zip(CODES.items(), cells, strict=False)]
    return written(folder / name, [["Code Insee", "Commune", title], *rows])


def values(read: Reading) -> list[float]:
    return list(read.tables["observations"]["value"])


def guessed(path: Path, attacher: Attacher) -> Declaration:
    return declaring.guessed(declaring.opened(path, lambda _cells: False), attacher)


RATE: dict[str, Any] = {"number": "rate", "unit": "%", "numerator": "Taux"}


def test_a_percentage_told_as_a_fraction_is_asked(tmp_path: Path, attacher: Attacher) -> None:
    path = table(tmp_path, "Taux", "0,123", "0,2", "0,07", "1")
    asked = reading(path, declaration(RATE), attacher)
    assert [one.id for one in asked.account.questions] == ["writing:Taux"]
    assert (asked.account.questions[0].choices, values(asked)) == (FRACTIONS, [12.3, 20.0, 7.0, 100.0])
    for cells in (["12,3", "20", "7", "1"], ["0,9 %", "0,2 %", "0,1 %", "0"]):
        told = reading(table(tmp_path, "Taux", *cells), declaration(RATE), attacher)
        assert told.account.questions == []


def test_a_count_with_points_of_thousands_is_asked(tmp_path: Path, attacher: Attacher) -> None:
    of = declaration({"numerator": "Emplois"})
    asked = reading(table(tmp_path, "Emplois", "1.234", "12.345", "950", "2.001"), of, attacher)
    assert [one.choices for one in asked.account.questions] == [THOUSANDS]
    assert values(asked) == [1234, 12345, 950, 2001]
    told = reading(table(tmp_path, "Emplois", "1.234", "12.345,5", "950", "2.001"), of, attacher)
    assert (told.account.questions, values(told)) == ([], [1234, 12345.5, 950, 2001])
    weighed = reading(table(tmp_path, "Emplois", "1234.567", "12.34", "950.1", "2.001"), of, attacher)
    assert (weighed.account.questions, values(weighed)) == ([], [1234.567, 12.34, 950.1, 2.001])


def test_official_titles_are_asked_alike(tmp_path: Path, attacher: Attacher) -> None:
    path = table(tmp_path, "PMUN", "97.952", "98.656", "236.710", "61.151")
    asked = read_file(path, None, None, attacher)
    assert [one.id for one in asked.account.questions] == ["writing:PMUN"]
    assert values(asked) == [97952, 98656, 236710, 61151]
    said = known(tmp_path / ANSWERS, {"writing:PMUN": THOUSANDS[1]})
    assert values(read_file(path, None, None, attacher, answers=said)) == [98, 99, 237, 61]


def test_parts_of_communes_are_no_communes(tmp_path: Path, attacher: Attacher) -> None:
    rows = [[f"{code}010{at}", code, str(900 + at)] for code in CODES for at in range(3)]
    path = written(tmp_path / "iris.csv", [["IRIS", "COM", "P21_POP"], *rows])
    with pytest.raises(UnreadableFile, match="parties de communes"):
        read_file(path, None, None, attacher)


@pytest.mark.parametrize(
    ("title", "cell", "meant"),
    [
        ("Subventions versées (€)", "1000", ("amount", "€", "Subventions versées (€)")),
        ("Revenus 2021 (k€)", "1000", ("count", "k€", "Revenus {year} (k€)")),
        ("Indice de vieillissement 2021", "65,4", ("rate", "unités", "Indice de vieillissement {year}")),
        ("Médecins pour 1 000 habitants", "1,2", ("rate", "unités", "Médecins pour 1 000 habitants")),
        ("Solde migratoire 2015-2021", "-120", ("rate", "unités", "Solde migratoire 2015-2021")),
        ("Évolution", "10,0 %", ("rate", "%", "Évolution")),
        ("Loyer médian (€/m²)", "12,5", ("median", "€/m²", "Loyer médian (€/m²)")),
        ("Foyers aidés", "s", ("count", "unités", "Foyers aidés")),
    ],
)
def test_what_a_column_may_be(
    title: str, cell: str, meant: tuple[str, str, str], tmp_path: Path, attacher: Attacher
) -> None:
    (one,) = guessed(table(tmp_path, title, cell, cell, cell, "12"), attacher).numbers
    assert (one.number, one.unit, one.numerator) == meant


def test_a_span_of_years_is_no_year(tmp_path: Path, attacher: Attacher) -> None:
    path = table(tmp_path, "Solde 2015-2021", "-120", "4", "0", "12")
    read = reading(path, declaration({"numerator": "Solde 2015-2021", "number": "rate"}), attacher)
    assert (set(read.tables["observations"]["year"]), values(read)) == ({2021}, [-120, 4, 0, 12])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Roubaix (59)", "59512"),
        ("Roubaix (Nord)", "59512"),
        ("59512 - Roubaix", "59512"),
        ("59100 Roubaix", "59512"),
        ("Roubaix 59512", "59512"),
        ("MADELEINE (LA)", "59368"),
        ("Couronne Nord", "6"),
        ("France métropolitaine", None),
        ("Hauts-de-France", None),
        ("Département du Nord", None),
        ("Nord", None),
    ],
)
def test_places_as_they_are_written(text: str, place: str | None, tmp_path: Path, attacher: Attacher) -> None:
    rows = [["Lieu", "Crèches 2022"], ["Hem", "1"], ["Croix", "2"], ["Loos", "3"], [text, "4"], ["MEL", "10"]]
    read = reading(
        written(tmp_path / "a.csv", rows), declaration({"numerator": "Crèches {year}"}, area="Lieu"), attacher
    )
    assert read.account.rows.get("rejected", 0) == 0
    told = dict(zip(read.tables["observations"]["commune"], values(read), strict=True))
    assert told.get(place or "") == (4 if place else None)
    mismatch = "total_mismatch" in {one.code for one in read.account.warnings}
    assert mismatch is (place is None), "what is larger than the metropole is no part of its total"


def test_post_codes_are_no_communes(tmp_path: Path, attacher: Attacher) -> None:
    rows = [["Code postal", "Crèches 2022"], ["59350", "1"], ["59650", "2"], ["59100", "3"]]
    path = written(tmp_path / "a.csv", rows)
    with pytest.raises(UnreadableFile, match="code postal n’est pas une commune"):
        reading(path, declaration({"numerator": "Crèches {year}"}, area="Code postal"), attacher)
    with pytest.raises(UnreadableFile, match="code postal n’est pas une commune"):
        read_file(path, None, None, attacher)


def test_codes_go_before_labels(tmp_path: Path, attacher: Attacher) -> None:
    rows = [["Code", "Libellé", "Crèches"], *([code, name, "1"] for code, name in CODES.items())]
    assert guessed(written(tmp_path / "a.csv", rows), attacher).area == "Code"


@pytest.mark.parametrize(
    ("header", "rows", "said"),
    [
        (
            ["Territoire", "Année", "Structures"],
            [[str(one), "2023", "5"] for one in range(1, 9)],
            "tableau de communes",
        ),
        (["Indicateur", "Lys", "Est", "Weppes"], [["Emplois", "1", "2", "3"]] * 2, "lieux sont en colonnes"),
        (
            ["CODGEO", "LIBGEO", "MED21"],
            [["200093201", "Métropole", "1"], ["245900428", "CU", "2"]],
            "intercommunalités",
        ),
        (
            ["TIME_PERIOD", "GEO", "OBS_VALUE"],
            [["2023", f"2023-COM-{one}", "7"] for one in CODES],
            "tableau de communes",
        ),
        (["Code Insee", "DEFM A T1 2023"], [["59512", "1"], ["59599", "2"]], "demandeurs d’emploi par commune"),
    ],
)
def test_a_refusal_says_what_the_table_is(
    header: list[str], rows: list[list[str]], said: str, tmp_path: Path, attacher: Attacher
) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_file(written(tmp_path / "a.csv", [header, *rows]), None, None, attacher)


def test_jobseekers_under_titles_that_say_so_are_read(tmp_path: Path, attacher: Attacher) -> None:
    titles = [f"DEFM {one} T{at} 2023" for one in ("A", "ABC") for at in (1, 2, 3, 4)]
    rows = [[code, *"1234", "10", "20", "30", "40"] for code in CODES]
    read = read_file(written(tmp_path / "a.csv", [["Code commune", *titles], *rows]), None, None, attacher)
    assert (read.reader.kind, set(values(read))) == ("jobseekers", {25})


def test_years_of_rows_are_no_assumption(tmp_path: Path, attacher: Attacher) -> None:
    rows = [[code, "COM", "PMUN", "2021", "9"] for code in CODES]
    header = ["GEO", "GEO_OBJECT", "POPREF_MEASURE", "TIME_PERIOD", "OBS_VALUE"]
    read = read_file(written(tmp_path / "DS_POP.csv", [header, *rows]), None, None, attacher)
    assert (read.account.vintage, read.account.warnings) == ("2021", [])
