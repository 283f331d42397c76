from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geodata.attach import Attacher
from layers.readers import Reading, read_file
from layers.unreadable import UnreadableFile
from tests.layers.readers.fictitious import FILOSOFI, POPULATION, write
from tests.layers.test_containers import xlsx


def population(folder: Path, attacher: Attacher, *rows: list[str], year: int | None = None) -> Reading:
    return read_file(write(folder, POPULATION, rows), "population", year, attacher)


def filosofi(folder: Path, attacher: Attacher, *rows: list[str]) -> Reading:
    return read_file(write(folder, FILOSOFI, rows), "filosofi", None, attacher)


def states(reading: Reading) -> dict[tuple[str, int], tuple[str, float | None]]:
    frame = reading.tables["observations"]
    return {
        (row["variable"], row["year"]): (row["state"], None if pd.isna(row["value"]) else row["value"])
        for _, row in frame.iterrows()
    }


def test_a_column_a_year(tmp_path: Path, attacher: Attacher) -> None:
    reading = population(tmp_path, attacher, ["59350", "Lille", "1 234", "0"])
    assert states(reading) == {("population", 2020): ("value", 1234.0), ("population", 2021): ("zero", 0.0)}
    assert reading.account.vintage == "2020-2021"


def test_a_count_with_decimals_is_rounded_and_said(tmp_path: Path, attacher: Attacher) -> None:
    reading = population(tmp_path, attacher, ["59350", "Lille", "99000.5", "12,4"])
    assert states(reading) == {("population", 2020): ("value", 99_001.0), ("population", 2021): ("value", 12.0)}
    (warning,) = [told for told in reading.account.warnings if told.code == "rounded_count"]
    assert "arrondis" in warning.message


def test_a_secret_is_no_zero_and_no_absence(tmp_path: Path, attacher: Attacher) -> None:
    assert states(filosofi(tmp_path, attacher, ["59350", "10", "nd", "21000", "s"])) == {
        ("fiscal_households", 2021): ("value", 10.0),
        ("fiscal_persons", 2021): ("missing", None),
        ("median_income", 2021): ("value", 21000.0),
        ("poverty_rate", 2021): ("suppressed", None),
    }


def test_columns_that_a_reader_can_do_without(tmp_path: Path, attacher: Attacher) -> None:
    path = write(tmp_path, ["CODGEO", "MED20", "TP6020"], [["59350", "21000", "25,0"]])
    reading = read_file(path, None, None, attacher)
    assert states(reading) == {("median_income", 2020): ("value", 21000.0), ("poverty_rate", 2020): ("value", 25.0)}


def test_a_file_of_two_kinds_gives_what_it_holds_of_both(tmp_path: Path, attacher: Attacher) -> None:
    header = ["CODGEO", "P22_POP", "P16_POP", "P22_LOG", "MED21", "TP6021"]
    reading = read_file(write(tmp_path, header, [["59350", "10", "9", "4", "21000", "s"]]), None, None, attacher)
    assert states(reading) == {
        ("population", 2022): ("value", 10.0),
        ("population", 2016): ("value", 9.0),
        ("median_income", 2021): ("value", 21000.0),
        ("poverty_rate", 2021): ("suppressed", None),
    }
    assert reading.account.vintage == "2016-2022"
    assert [one["name"] for one in reading.account.table["unread"]] == ["P22_LOG"]


def test_a_workbook_of_populations_with_titles_and_codes_on_two_lines(tmp_path: Path, attacher: Attacher) -> None:
    rows = [
        *(
            ["Série fictive"],
            [],
            ["Code géographique", "Libellé géographique", "Population en 2022", "Population en 2021"],
        ),
        *(["CODGEO", "LIBGEO", "PMUN2022", "PMUN2021"], ["59350", "Lille", 1200, 1100], ["59512", "Roubaix", 90, 80]),
    ]
    reading = read_file(xlsx(tmp_path / "populations.xlsx", rows), None, None, attacher)
    found = reading.tables["observations"].set_index(["commune", "year"])["value"].to_dict()
    assert found == {("59350", 2022): 1200, ("59350", 2021): 1100, ("59512", 2022): 90, ("59512", 2021): 80}
    assert reading.reader.kind == "population"


def test_two_columns_of_one_variable_and_year_are_refused(tmp_path: Path, attacher: Attacher) -> None:
    path = write(tmp_path, ["CODGEO", "P21_POP", "PMUN2021"], [["59350", "1", "2"]])
    with pytest.raises(UnreadableFile, match=r"P21_POP") as told:
        read_file(path, None, None, attacher)
    assert told.value.column == "PMUN2021"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("1004", "zéro initial perdu"),
        ("", "Code commune absent"),
        ("59999", "59999"),
        ("5.9E4", "notation scientifique"),
        ("Lille", "5 caractères"),
    ],
)
def test_a_code_that_is_no_commune_is_refused(tmp_path: Path, attacher: Attacher, code: str, reason: str) -> None:
    reading = population(tmp_path, attacher, ["59350", "Lille", "1", "2"], [code, "?", "1", "2"])
    (reject,) = reading.account.rejects
    assert (reject.row, reject.column, reject.value) == (3, "codgeo", code)
    assert reason in reject.reason
    assert reject.remedy


@pytest.mark.parametrize("text", ["abc", "-5", "9" * 30, "1 23", "12.345.678"])
def test_a_value_that_is_no_population_refuses_its_row_by_column(tmp_path: Path, attacher: Attacher, text: str) -> None:
    reading = population(tmp_path, attacher, ["59350", "Lille", "1", text], ["59512", "Roubaix", "1", "2"])
    (reject,) = reading.account.rejects
    assert (reject.row, reject.column, reject.value) == (2, "p21_pop", text)
    assert set(reading.tables["observations"]["commune"]) == {"59512"}


def test_a_rate_above_a_hundred_is_refused(tmp_path: Path, attacher: Attacher) -> None:
    (reject,) = filosofi(tmp_path, attacher, ["59350", "1", "1", "21000", "250"]).account.rejects
    assert (reject.column, "bornes" in reject.reason) == ("TP6021", True)


def test_lomme_is_counted_in_lille_and_elsewhere_is_outside(tmp_path: Path, attacher: Attacher) -> None:
    rows = [
        ["59355", "Lomme", "1", "2"],
        ["59350", "Lille", "3", "4"],
        ["59178", "Douai", "5", "6"],
        ["75056", "Paris", "7", "8"],
    ]
    reading = population(tmp_path, attacher, *rows)
    assert dict(reading.account.rows) == {"duplicate": 1, "accepted": 1, "outside": 2}
    assert reading.tables["observations"]["value"].tolist() == [3.0, 4.0]


def test_the_same_commune_twice_is_a_duplicate_or_a_contradiction(tmp_path: Path, attacher: Attacher) -> None:
    same = ["59350", "Lille", "3", "4"]
    assert dict(population(tmp_path, attacher, same, same).account.rows) == {"accepted": 1, "duplicate": 1}
    (reject,) = population(tmp_path, attacher, same, ["59350", "Lille", "3", "5"]).account.rejects
    assert "ligne 2 avec d’autres valeurs" in reject.reason


def test_a_year_asked_for_does_not_change_what_the_columns_say(tmp_path: Path, attacher: Attacher) -> None:
    reading = population(tmp_path, attacher, ["59350", "Lille", "3", "4"], year=2010)
    assert reading.tables["observations"]["year"].tolist() == [2020, 2021]
    assert "2010" in reading.account.warnings[0].message


@pytest.mark.real
def test_the_real_populations(shared_data: Path, attacher: Attacher) -> None:
    (path,) = (shared_data / "aggregates").glob("populations_municipales*.csv")
    reading = read_file(path, None, None, attacher)
    assert (reading.reader.kind, reading.account.vintage) == ("population", "2013-2021")
    assert dict(reading.account.rows) == {"accepted": 95, "outside": 553}
    totals = reading.tables["observations"].groupby("year")["value"].sum()
    assert (totals[2013], totals[2021]) == (1_159_071, 1_187_907)


@pytest.mark.real
def test_the_real_incomes(shared_data: Path, attacher: Attacher) -> None:
    (path,) = (shared_data / "aggregates").glob("filosofi*.csv")
    reading = read_file(path, None, None, attacher)
    assert dict(reading.account.rows) == {"accepted": 95, "outside": 553}
    states_of = reading.tables["observations"].groupby("variable")["state"].value_counts()
    assert states_of["median_income"].to_dict() == {"value": 95}
    assert states_of["poverty_rate"].to_dict() == {"value": 58, "suppressed": 37}
