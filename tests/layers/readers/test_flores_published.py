"""Flores as Insee publishes it: the long files since 2022, the wide ones before."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from geodata.attach import Attacher
from layers import facts
from layers.jobs import of_scope
from layers.readers import Reading, detect, read_file
from layers.unreadable import UnreadableFile
from tests.factories import release
from tests.layers.readers.fictitious import write
from tests.layers.secrecy.invented_jobs import job

LONG = ["GEO", "GEO_OBJECT", "ACTIVITY", "NUMBER_EMPL", "LEGAL_FORM_WITH_PUBLIC", "FLORES_MEASURE", "OBS_STATUS"]
LONG += ["TIME_PERIOD", "OBS_VALUE"]
POSTS = ["59350", "COM", "_T", "_T", "1T9X7", "EMPL3112", "A", "2022", "1000"]
ACTIVITIES = ["AZ", "BE", "FZ", "GU", "OQ"]
WIDE = ["CODGEO", "LIBGEO", "EFF_TOT", *(f"EFF_{code}" for code in ACTIVITIES)]


def long(row: list[str] = POSTS, **changes: str) -> list[str]:
    return [changes.get(name, cell) for name, cell in zip(LONG, row, strict=True)]


UNITS = long(FLORES_MEASURE="UNIT_LOC", OBS_VALUE="60")


def read(folder: Path, attacher: Attacher, *rows: list[str], name: str = "DS_FLORES_A38_2022_data.csv") -> Reading:
    return read_file(write(folder, LONG, list(rows), name), None, None, attacher)


def wide(folder: Path, attacher: Attacher, *rows: list[str], header: list[str] = WIDE) -> Reading:
    return read_file(write(folder, header, list(rows), "TD_FLORES2019_NA5_NBSAL.csv"), None, None, attacher)


def warned(reading: Reading) -> set[str]:
    return {warning.code for warning in reading.account.warnings}


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (LONG, "flores-communes"),
        ([name for name in LONG if name != "NUMBER_EMPL"], "flores-communes"),
        (
            [*LONG[:1], "ECONOMIC_SPHERE", *LONG[4:], "OBS_MEASURE"],
            "flores-communes",
        ),
        (WIDE, "flores-communes"),
        (["CODGEO", "LIBGEO", "ET_TOT", "ET_AZ"], "flores-etablissements"),
    ],
)
def test_the_published_columns_are_recognised(header: list[str], kind: str) -> None:
    found = detect(header)
    assert found
    assert found.kind == kind


def test_one_row_a_commune_from_the_totals_and_parts_are_never_added(tmp_path: Path, attacher: Attacher) -> None:
    parts = [long(ACTIVITY="GZ", OBS_VALUE="600"), long(ACTIVITY="QB", OBS_VALUE="400")]
    sizes = [long(NUMBER_EMPL="E1T4", OBS_VALUE="1000"), long(ACTIVITY="GZ", NUMBER_EMPL="E1T4", OBS_VALUE="600")]
    reading = read(tmp_path, attacher, POSTS, UNITS, *parts, *sizes)
    found = reading.tables["jobs"]
    assert found[["commune", "year", "scope", "posts", "establishments", "state"]].to_numpy().tolist() == [
        ["59350", 2022, "all", 1000.0, 60.0, "value"]
    ]
    assert found[["sector", "family", "size_class"]].isna().all(axis=None)
    assert dict(reading.account.rows) == {"accepted": 2, "control": 4}
    assert warned(reading) == set()
    assert reading.account.vintage == "2022"


def test_parts_that_do_not_make_the_total_are_told_with_its_line(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, POSTS, long(ACTIVITY="GZ", OBS_VALUE="600"))
    assert warned(reading) == {"total_differs"}
    assert reading.tables["jobs"]["posts"].tolist() == [1000.0]


def test_a_part_withheld_leaves_the_published_total(tmp_path: Path, attacher: Attacher) -> None:
    withheld = long(ACTIVITY="GZ", OBS_STATUS="K", OBS_VALUE="")
    reading = read(tmp_path, attacher, POSTS, withheld, long(ACTIVITY="QB", OBS_VALUE="990"))
    assert warned(reading) == {"withheld"}
    assert reading.tables["jobs"]["posts"].tolist() == [1000.0]


@pytest.mark.parametrize("text", ["", "12", "0"])
def test_a_total_withheld_is_suppressed_and_never_zero(tmp_path: Path, attacher: Attacher, text: str) -> None:
    (row,) = read(tmp_path, attacher, long(OBS_STATUS="K", OBS_VALUE=text), UNITS).tables["jobs"].to_dict("records")
    assert row["state"] == "suppressed"
    assert pd.isna(row["posts"])


def test_an_observed_zero_is_a_zero_and_another_cell_included_is_told(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, long(OBS_VALUE="0"), long(GEO="59512", OBS_STATUS="W"))
    assert reading.tables["jobs"].set_index("commune")["state"].to_dict() == {"59350": "zero", "59512": "value"}
    assert "includes_another" in warned(reading)


def test_other_levels_and_other_communes_are_outside_even_with_the_code_of_a_commune(
    tmp_path: Path, attacher: Attacher
) -> None:
    others = [("59", "DEP"), ("32", "REG"), ("3216", "ZE2020"), ("59350", "BV2022"), ("F", "FRANCE"), ("59178", "COM")]
    rows = [long(GEO=code, GEO_OBJECT=level) for code, level in others]
    reading = read(tmp_path, attacher, POSTS, *rows, long(GEO="59178"))
    assert dict(reading.account.rows) == {"accepted": 1, "outside": 7}
    (told,) = [warning for warning in reading.account.warnings if warning.code == "other_levels"]
    assert told.count == 5


def test_the_level_may_be_in_the_code_and_must_be_somewhere(tmp_path: Path, attacher: Attacher) -> None:
    header = [name for name in LONG if name != "GEO_OBJECT"]
    rows = [
        [cell for name, cell in zip(LONG, long(GEO=code), strict=True) if name != "GEO_OBJECT"]
        for code in ("2024-COM-59350", "2024-ZE2020-3216", "59512")
    ]
    reading = read_file(write(tmp_path, header, rows, "DS_FLORES_2022.csv"), None, None, attacher)
    assert dict(reading.account.rows) == {"accepted": 1, "outside": 1, "rejected": 1}
    assert "Niveau" in reading.account.rejects[0].reason


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"LEGAL_FORM_WITH_PUBLIC": "2AAAA"}, "LEGAL_FORM_WITH_PUBLIC", "hors du champ"),
        ({"FLORES_MEASURE": "EQTP"}, "FLORES_MEASURE", "mesure inconnue"),
        ({"TIME_PERIOD": "22"}, "TIME_PERIOD", "année"),
        ({"OBS_VALUE": "beaucoup"}, "OBS_VALUE", "illisible"),
        ({"OBS_VALUE": ""}, "OBS_VALUE", "illisible"),
        ({"OBS_VALUE": "-4"}, "OBS_VALUE", "invraisemblable"),
        ({"OBS_VALUE": "1001"}, "OBS_VALUE", "autre valeur que ligne 2"),
        ({"GEO": "5935"}, "GEO", "zéro initial"),
    ],
)
def test_what_is_wrong_is_refused_with_its_column(
    tmp_path: Path, attacher: Attacher, changes: dict[str, str], column: str, reason: str
) -> None:
    (reject,) = read(tmp_path, attacher, POSTS, long(**changes)).account.rejects
    assert (reject.row, reject.column) == (3, column)
    assert reason in reject.reason.lower()
    assert reject.remedy


def test_a_commune_without_its_total_has_no_value(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, POSTS, long(GEO="59512", ACTIVITY="GZ"))
    assert reading.tables["jobs"]["commune"].tolist() == ["59350"]
    assert "total_missing" in warned(reading)


def test_wide_files_give_the_total_and_check_their_columns(tmp_path: Path, attacher: Attacher) -> None:
    reading = wide(
        tmp_path,
        attacher,
        ["59350", "Lille", "100", "10", "20", "30", "40", "0"],
        ["59512", "Roubaix", "100", "1", "2", "3", "4", "5"],
        ["59599", "Tourcoing", "s", "1", "2", "3", "4", "5"],
        ["59178", "Douai", "100", "10", "20", "30", "40", "0"],
    )
    found = reading.tables["jobs"].set_index("commune")
    assert found["state"].to_dict() == {"59350": "value", "59512": "value", "59599": "suppressed"}
    assert set(found["year"]) == {2019}
    assert warned(reading) == {"total_differs"}
    assert dict(reading.account.rows) == {"accepted": 3, "outside": 1}


def test_data_are_taken_beside_their_metadata_in_an_archive(tmp_path: Path, attacher: Attacher) -> None:
    data = write(tmp_path, LONG, [POSTS, UNITS], "DS_FLORES_A5_2022_data.csv")
    path = tmp_path / "DS_FLORES_A5_2022_CSV_FR.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(data, "DS_FLORES_A5_2022_metadata.csv")
        archive.write(data, "DS_FLORES_A5_2022_data.csv")
    assert read_file(path, None, None, attacher).tables["jobs"]["posts"].tolist() == [1000.0]
    with zipfile.ZipFile(path, "a") as archive:
        archive.write(data, "DS_FLORES_A17_2022_data.csv")
    with pytest.raises(UnreadableFile, match="archive de 2"):
        read_file(path, None, None, attacher)


def test_one_source_a_year_whatever_was_imported() -> None:
    everyone = {"scope": "all", "sector": None, "family": None}
    counted = {"posts": None, "state": "missing", "source": "flores-etablissements"}
    made = release(
        jobs=[
            job(**everyone, posts=10.0),
            job(**everyone, posts=1000.0, source="flores-communes"),
            job(**everyone, posts=900.0, year=2019, establishments=None, largest=None, source="flores-communes"),
            job(**everyone, **counted, year=2019, establishments=70.0),
            job(**everyone, **counted, year=2018, establishments=65.0),
        ]
    )
    found = of_scope(made, "all").set_index("year")
    assert found["establishments"].to_dict() == {2022: 10.0, 2019: 70.0, 2018: 65.0}
    posts = facts.cube(made, "all_jobs")
    assert (posts.years, posts.values.sum(axis=(1, 2, 3)).tolist()) == ((2019, 2022), [900.0, 10.0])
    assert facts.cube(made, "all_establishments").years == (2018, 2019, 2022)


def test_a_commune_that_does_not_count_its_establishments_has_no_number_of_them() -> None:
    made = release(jobs=[job(), job("59512", establishments=None)])
    built = facts.cube(made, "ess_establishments")
    communes = facts.communes_of(made)
    states = dict(zip(communes, built.absence[0], strict=True))
    assert (states["59350"], states["59512"]) == (0, 2)
