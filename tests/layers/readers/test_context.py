"""Jobseekers and social housing."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.attach import Attacher
from layers.readers import Reading, read_file
from layers.readers.jobseekers import MONTHS, month_of
from tests.layers.readers.fictitious import write

HEADER = ["codgeo", "YEAR", "Demandeurs_Emploi"]


def year(code: str, of: int = 2020, start: int = 100) -> list[list[str]]:
    return [[code, f"{name}_{of}", str(start + 10 * number)] for name, number in MONTHS.items()]


def read(folder: Path, attacher: Attacher, rows: list[list[str]], header: list[str] = HEADER) -> Reading:
    return read_file(write(folder, header, rows), None, None, attacher)


@pytest.mark.parametrize(
    ("text", "month"),
    [("janvier_2020", (2020, 1)), ("Décembre 2024", (2024, 12)), ("2021-08", (2021, 8)), ("2021-13", None), ("", None)],
)
def test_months(text: str, month: tuple[int, int] | None) -> None:
    assert month_of(text) == month


def test_a_whole_year_has_its_mean_and_a_part_of_one_has_none(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, [*year("59350"), *year("59350", 2021)[:11]])
    found = reading.tables["observations"]
    assert found[["year", "value"]].to_numpy().tolist() == [[2020, 165.0]]
    assert reading.account.rows["accepted"] == 23
    assert "year_incomplete" in {warning.code for warning in reading.account.warnings}


def test_the_department_is_a_control_row(tmp_path: Path, attacher: Attacher) -> None:
    assert read(tmp_path, attacher, [*year("59350"), ["59", "mai_2020", "9"]]).account.rows["control"] == 1


def test_a_month_said_twice_otherwise_is_refused_with_both_lines(tmp_path: Path, attacher: Attacher) -> None:
    again = ["59350", "janvier_2020", "111"]
    same = ["59350", "mars_2020", "130"]
    reading = read(tmp_path, attacher, [*year("59350"), again, same])
    (reject,) = reading.account.rejects
    assert (reject.row, reject.column) == (14, "Demandeurs_Emploi")
    assert "ligne 2" in reject.reason
    assert reading.account.rows["duplicate"] == 1


def test_a_commune_with_the_series_of_a_larger_one_is_refused(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, [*year("59332"), *year("59367"), *year("59350", start=500)])
    assert set(reading.tables["observations"]["commune"]) == {"59367", "59350"}
    assert reading.account.rows["rejected"] == 12
    assert "59367" in reading.account.rejects[0].reason


@pytest.mark.real
def test_the_real_jobseekers(shared_data: Path, attacher: Attacher) -> None:
    reading = read_file(
        shared_data / "aggregates" / "demandeurs_emploi_mensuel_communes_dep59.csv", None, None, attacher
    )
    account = reading.account
    assert account.rows_read == 6840
    found = reading.tables["observations"]
    assert set(found["year"]) == {2020, 2021, 2022, 2023, 2024}
    assert found["commune"].nunique() == 45, "46 communes of the metropole, less Lannoy, which has Lys-lez-Lannoy's"
    assert account.rows["control"] == 60
    assert account.rows["rejected"] == 60
    assert {reject.value for reject in account.rejects} == {"59332"}


@pytest.mark.real
def test_the_real_social_housing(shared_data: Path, attacher: Attacher) -> None:
    path = shared_data / "aggregates" / "rpls_2024_logements_sociaux_communes_dep59.csv"
    reading = read_file(path, None, None, attacher)
    assert reading.account.rows_read == 504
    assert reading.account.vintage == "2024"
    found = reading.tables["observations"]
    assert set(found["year"]) == {2024}
    assert found["commune"].is_unique
    assert found["value"].gt(0).any()


def test_social_housing_said_twice_is_refused(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, [["59350", "10"], ["59350", "12"]], ["DEPCOM_ARM", "nb_ls"])
    assert [reject.row for reject in reading.account.rejects] == [3]
