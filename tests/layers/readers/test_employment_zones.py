from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from geodata.attach import Attacher
from layers.readers import Reading, detect, read_file
from layers.zones import Zone, zones
from tests.factories import release
from tests.layers.readers.fictitious import write

HEADER = ["codgeo", "libgeo", "ze_2020", "codze2020", "libze2020"]
LILLE = ["59350", "Lille", "3216 - Lille", "3216", "Lille"]


def read(folder: Path, attacher: Attacher, *rows: list[str], year: int | None = None) -> Reading:
    return read_file(write(folder, HEADER, list(rows)), None, year, attacher)


def test_official_and_redrawn_columns_are_recognised() -> None:
    for header in (HEADER, ["CODGEO", "LIBGEO", "ZE2020", "LIBZE2020", "DEP", "REG"]):
        found = detect(header)
        assert found
        assert found.kind == "employment-zones"


def test_each_commune_has_its_zone_of_the_year_of_the_column(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, LILLE, LILLE, year=2011)
    assert dict(reading.account.rows) == {"accepted": 1, "duplicate": 1}
    assert "2011" in reading.account.warnings[0].message
    made = replace(release(), zones=reading.tables["zones"])
    assert zones(made) == {"59350": Zone("3216", "Lille", 2020)}
    assert zones(release()) == {}


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (["59512", "Roubaix", "", "321", "Roubaix"], "codze2020", "illisible"),
        (["59512", "Roubaix", "", "3219", ""], "libze2020", "absent"),
        (["59350", "Lille", "", "3219", "Roubaix"], "codze2020", "autre zone que ligne 2"),
        (["5935", "Lille", "", "3219", "Roubaix"], "codgeo", "zéro initial"),
    ],
)
def test_what_is_wrong_is_refused(tmp_path: Path, attacher: Attacher, row: list[str], column: str, reason: str) -> None:
    (reject,) = read(tmp_path, attacher, LILLE, row).account.rejects
    assert (reject.row, reject.column) == (3, column)
    assert reason in reject.reason.lower()
    assert reject.remedy


@pytest.mark.real
def test_the_real_zones(shared_data: Path, attacher: Attacher) -> None:
    """README of the shared data: 73 communes in Lille, 22 in Roubaix-Tourcoing."""
    reading = read_file(shared_data / "aggregates" / "zones_emploi_2020_communes_dep59.csv", None, None, attacher)
    assert (reading.account.rows_read, reading.account.vintage) == (648, "2020")
    assert dict(reading.account.rows) == {"accepted": 95, "outside": 553}
    found = reading.tables["zones"]
    assert found["label"].value_counts().to_dict() == {"Lille": 73, "Roubaix-Tourcoing": 22}
    assert found["code"].nunique() == 2
