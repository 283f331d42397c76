"""Insee's long form, whatever it measures: the same reader, the same refusals, nothing passed over in silence."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.attach import Attacher
from layers.readers import Reading, read_file
from tests.layers.readers.fictitious import write

HEADER = ["GEO", "GEO_OBJECT", "MEASURE", "CUT", "UNIT_MULT", "CONF_STATUS", "OBS_STATUS", "TIME_PERIOD", "OBS_VALUE"]
USUAL = ["59350", "COM", "", "_T", "0", "F", "A", "2021", ""]
KINDS = {
    "filosofi": ("FILOSOFI_MEASURE", "MED_SL", "median_income", "21000"),
    "population": ("POPREF_MEASURE", "PMUN", "population", "1234"),
    "jobseekers": ("DEFM_MEASURE", "DEFM", "jobseekers", "500"),
}
kinds = pytest.mark.parametrize("kind", KINDS)


def cell(kind: str, **changes: str) -> list[str]:
    _, code, _, number = KINDS[kind]
    usual = dict(zip(HEADER, USUAL, strict=True)) | {"MEASURE": code, "OBS_VALUE": number}
    return list((usual | changes).values())


def read(folder: Path, attacher: Attacher, kind: str, *rows: list[str]) -> Reading:
    header = [KINDS[kind][0] if name == "MEASURE" else "SEX" if name == "CUT" else name for name in HEADER]
    return read_file(write(folder, header, list(rows), "essai.csv"), None, None, attacher)


def told(reading: Reading) -> list[tuple[object, ...]]:
    frame = reading.tables["observations"].astype(object)
    columns = ["commune", "variable", "year", "value", "state"]
    return [tuple(None if pd.isna(one) else one for one in row) for row in frame[columns].to_numpy().tolist()]


def warned(reading: Reading) -> dict[str, str]:
    return {warning.code: warning.message for warning in reading.account.warnings}


@kinds
def test_a_measure_a_commune_and_a_year(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    _, _, variable, number = KINDS[kind]
    earlier, joined = cell(kind, TIME_PERIOD="2020"), cell(kind, GEO="2021-COM-59512", GEO_OBJECT="")
    reading = read(tmp_path, attacher, kind, cell(kind), earlier, joined)
    assert reading.reader.kind == kind
    assert sorted(told(reading)) == [
        ("59350", variable, 2020, float(number), "value"),
        ("59350", variable, 2021, float(number), "value"),
        ("59512", variable, 2021, float(number), "value"),
    ]
    assert reading.account.vintage == "2020-2021"


@kinds
def test_what_is_withheld_or_missing_is_no_number(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    secret = cell(kind, CONF_STATUS="C"), cell(kind, TIME_PERIOD="2020", OBS_STATUS="Q", OBS_VALUE="")
    absent = cell(kind, TIME_PERIOD="2019", OBS_STATUS="M", OBS_VALUE="")
    reading = read(tmp_path, attacher, kind, *secret, absent)
    assert {row[2]: row[3:] for row in told(reading)} == {
        2021: (None, "suppressed"),
        2020: (None, "suppressed"),
        2019: (None, "missing"),
    }


@kinds
def test_a_part_and_an_unread_measure_are_counted_and_named_never_added(
    kind: str, tmp_path: Path, attacher: Attacher
) -> None:
    others = cell(kind, MEASURE="D1_SL"), cell(kind, MEASURE="D1_SL", GEO="59512"), cell(kind, MEASURE="D9_SL")
    reading = read(tmp_path, attacher, kind, cell(kind), cell(kind, CUT="F"), *others)
    assert len(told(reading)) == 1
    assert reading.account.rows == {"accepted": 1, "control": 4}
    assert "D1_SL (2), D9_SL (1)" in warned(reading)["unread_measures"]
    assert "SEX (1)" in warned(reading)["cuts"]


def test_a_power_of_ten_is_applied_and_a_count_rounded(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, "population", cell("population", UNIT_MULT="3", OBS_VALUE="1.5"))
    assert [row[3] for row in told(reading)] in ([1500.0], [2000.0])
    assert read(tmp_path, attacher, "filosofi", cell("filosofi", UNIT_MULT="x")).account.rows["rejected"] == 1


def test_other_levels_are_outside(tmp_path: Path, attacher: Attacher) -> None:
    rows = [cell("filosofi", GEO="59", GEO_OBJECT="DEP"), cell("filosofi", GEO="62041"), cell("filosofi", GEO="62041")]
    reading = read(tmp_path, attacher, "filosofi", cell("filosofi"), *rows)
    assert reading.account.rows == {"accepted": 1, "outside": 3}
    assert "other_levels" in warned(reading)


def test_another_value_for_the_same_is_refused_and_the_same_is_a_duplicate(tmp_path: Path, attacher: Attacher) -> None:
    again = cell("filosofi", OBS_VALUE="22000")
    reading = read(tmp_path, attacher, "filosofi", cell("filosofi"), cell("filosofi"), again)
    assert reading.account.rows == {"accepted": 1, "duplicate": 1, "rejected": 1}
    assert "ligne 2" in reading.account.rejects[0].reason


@pytest.mark.parametrize(("kind", "kept"), [("jobseekers", 1), ("filosofi", 0)])
def test_four_quarters_make_the_year_of_jobseekers_alone(
    kind: str, kept: int, tmp_path: Path, attacher: Attacher
) -> None:
    numbers = ["20000", "20010", "20020", "20030"]
    rows = [cell(kind, TIME_PERIOD=f"2021-Q{at}", OBS_VALUE=number) for at, number in enumerate(numbers, 1)]
    reading = read(tmp_path, attacher, kind, *rows, cell(kind, TIME_PERIOD="2022-Q1"))
    assert told(reading) == [("59350", "jobseekers", 2021, 20015.0, "value")] * kept


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.dictionaries(
        st.tuples(st.sampled_from(["59350", "59512", "59599"]), st.integers(2015, 2022)),
        st.integers(2_000, 90_000),
        min_size=1,
        max_size=8,
    ),
    shuffle=st.randoms(use_true_random=False),
)
def test_whatever_their_order_and_company_cells_are_read_once(
    values: dict[tuple[str, int], int], shuffle: Random, tmp_path: Path, attacher: Attacher
) -> None:
    rows = []
    for (commune, year), number in values.items():
        at = {"GEO": commune, "TIME_PERIOD": str(year)}
        rows += [cell("filosofi", **at, OBS_VALUE=str(number)), cell("filosofi", **at, OBS_VALUE="1", CUT="M")]
        rows += [cell("filosofi", **at, MEASURE="NUM_HH", OBS_VALUE="7")]
    shuffle.shuffle(rows)
    found = {(row[0], row[2]): row[3] for row in told(read(tmp_path, attacher, "filosofi", *rows))}
    assert found == {key: float(number) for key, number in values.items()}
