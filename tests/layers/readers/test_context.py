"""Jobseekers and social housing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from geodata.attach import Attacher
from layers.readers import Reading, read_file
from layers.unreadable import UnreadableFile
from layers.values.periods import MONTHS, period_of
from tests.layers.readers.fictitious import write
from tests.layers.test_containers import xlsx

HEADER = ["codgeo", "YEAR", "Demandeurs_Emploi"]


def year(code: str, of: int = 2020, start: int = 100) -> list[list[str]]:
    return [[code, f"{name}_{of}", str(start + 10 * number)] for name, number in MONTHS.items()]


def read(folder: Path, attacher: Attacher, rows: list[list[str]], header: list[str] = HEADER) -> Reading:
    return read_file(write(folder, header, rows), None, None, attacher)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        *(("janvier_2020", (2020, 1, 12)), ("Décembre 2024", (2024, 12, 12)), ("2021-08", (2021, 8, 12))),
        *(("T1 2023", (2023, 1, 4)), ("2023-Q4", (2023, 4, 4)), ("2023T2", (2023, 2, 4))),
        *(("3e trimestre 2023", (2023, 3, 4)), ("2023 Trimestre 1", (2023, 1, 4)), ("2023", (2023, 1, 1))),
        *(("2021-13", None), ("T5 2023", None), ("février", None), ("59350", None), ("", None)),
    ],
)
def test_months_and_quarters(text: str, period: tuple[int, int, int] | None) -> None:
    assert period_of(text) == period


def test_a_whole_year_has_its_mean_and_a_part_of_one_has_none(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, [*year("59350"), *year("59350", 2021)[:11]])
    found = reading.tables["observations"]
    assert found[["year", "value"]].to_numpy().tolist() == [[2020, 165.0]]
    assert reading.account.rows["accepted"] == 23
    assert "year_incomplete" in {warning.code for warning in reading.account.warnings}


QUARTERS: list[Any] = ["Code commune", "Libellé", "T1 2023", "T2 2023", "T3 2023", "T4 2023", "T1 2024"]
TITLE: list[Any] = ["Demandeurs d’emploi fictifs, catégories A, B, C"]


def test_a_column_a_quarter_makes_the_years_that_are_whole(tmp_path: Path, attacher: Attacher) -> None:
    rows = [["59350", "Lille", 1000, 1010, 1020, 1030, 1040], ["59512", "Roubaix", 5, 5, 5, "s", 5]]
    more = {"Lisez-moi": [TITLE]}
    reading = read_file(xlsx(tmp_path / "f.xlsx", [TITLE, [], QUARTERS, *rows], more), None, None, attacher)
    found = reading.tables["observations"][["commune", "year", "value"]].to_numpy().tolist()
    assert (reading.reader.kind, found) == ("jobseekers", [["59350", 2023, 1015.0]])
    assert {"quarters", "year_incomplete"} <= {warning.code for warning in reading.account.warnings}
    assert reading.account.rows == {"accepted": 2}


def test_a_column_a_quarter_is_of_jobseekers_where_it_says_so(tmp_path: Path, attacher: Attacher) -> None:
    titles = ["Libellé commune" if title == "Libellé" else title for title in QUARTERS]
    visits: list[list[Any]] = [["Visites des parcs"], [], titles, ["59350", "Lille", 1, 2, 3, 4, 5]]
    with pytest.raises(UnreadableFile, match="type inconnu"):
        read_file(xlsx(tmp_path / "f.xlsx", visits), None, None, attacher)


def test_sheets_of_several_categories_are_never_put_together(tmp_path: Path, attacher: Attacher) -> None:
    sheet: list[list[Any]] = [TITLE, [], QUARTERS, ["59350", "Lille", 1, 2, 3, 4, 5]]
    other: list[list[Any]] = [TITLE, [], QUARTERS, ["59512", "Roubaix", 6, 7, 8, 9, 10]]
    with pytest.raises(UnreadableFile, match=r"plusieurs feuilles.*A.*Données") as told:
        read_file(xlsx(tmp_path / "f.xlsx", sheet, {"A": other}), None, None, attacher)
    assert "N’en garder qu’une" in told.value.remedy


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
