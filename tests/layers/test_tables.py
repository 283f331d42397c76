from __future__ import annotations

import pandas as pd
import pytest

from layers import tables
from tests.layers.invented import actor

OBSERVATION = {
    "commune": "59350",
    "variable": "population",
    "year": 2021,
    "value": 3.0,
    "state": "value",
    "source": "population",
    "vintage": "2021",
    "file_sha256": "0" * 64,
    "row": 2,
}


def observations(*changes: dict[str, object]) -> pd.DataFrame:
    return tables.build("observations", [{**OBSERVATION, **change} for change in changes])


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_an_empty_table_is_valid(name: str) -> None:
    frame = tables.empty(name)
    tables.check(name, frame)
    assert list(frame.columns) == list(tables.COLUMNS[name])
    assert frame.empty


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_a_missing_an_unknown_and_a_misplaced_column_are_named(name: str) -> None:
    frame = tables.empty(name)
    with pytest.raises(ValueError, match=f"{name}: missing column vintage"):
        tables.check(name, frame.drop(columns="vintage"))
    with pytest.raises(ValueError, match="unknown column extra"):
        tables.check(name, frame.assign(extra=1))
    with pytest.raises(ValueError, match="columns out of order"):
        tables.check(name, frame[frame.columns[::-1]])


def test_codes_are_never_numbers() -> None:
    frame = observations({}).astype({"commune": "int64"})
    with pytest.raises(ValueError, match=r"observations\.commune: dtype int64, expected string"):
        tables.check("observations", frame)


def test_a_null_is_named_with_its_position() -> None:
    with pytest.raises(ValueError, match=r"observations\.commune: null at position 1"):
        observations({}, {"commune": None, "year": 2020})


@pytest.mark.parametrize(
    "change",
    [
        {"state": "value", "value": None},
        {"state": "suppressed", "value": 3.0},
        {"state": "missing", "value": 0.0},
        {"state": "zero", "value": 3.0},
        {"state": "value", "value": 0.0},
    ],
)
def test_a_state_that_its_value_denies_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="at position 1"):
        observations({}, {**change, "year": 2020})


@pytest.mark.parametrize(
    "change",
    [{"state": "zero", "value": 0.0}, {"state": "suppressed", "value": None}, {"state": "missing", "value": None}],
)
def test_a_state_that_agrees_with_its_value_is_kept(change: dict[str, object]) -> None:
    assert observations(change)["state"].item() == change["state"]


def test_a_word_out_of_the_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="'perhaps' at position 0, expected value, zero, suppressed, missing"):
        observations({"state": "perhaps"})


def test_a_key_occurs_once() -> None:
    with pytest.raises(ValueError, match="commune=59350, variable=population, year=2021 occurs more than once"):
        observations({}, {"value": 4.0})


def test_an_unknown_table_or_field_is_named() -> None:
    with pytest.raises(ValueError, match="unknown table 'nothing'"):
        tables.empty("nothing")
    with pytest.raises(ValueError, match="unknown column colour"):
        observations({"colour": "red"})


def test_tables_survive_parquet(tmp_path) -> None:
    frame = observations({}, {"year": 2020, "value": None, "state": "suppressed"})
    frame.to_parquet(tmp_path / "observations.parquet")
    again = pd.read_parquet(tmp_path / "observations.parquet")
    tables.check("observations", again)
    pd.testing.assert_frame_equal(again, frame)


def test_a_table_of_an_older_release_gains_its_new_columns_empty_and_in_their_place() -> None:
    today = tables.build("actors", [actor(1)])
    older = today.drop(columns=["ape", "diffusion", "conflict"])
    upgraded = tables.upgraded("actors", older)
    assert list(upgraded.columns) == list(tables.COLUMNS["actors"])
    assert upgraded[["ape", "diffusion", "conflict"]].isna().all().all()
    pd.testing.assert_frame_equal(upgraded, today)
    pd.testing.assert_frame_equal(tables.upgraded("jobs", None), tables.empty("jobs"))


def test_an_older_table_without_a_column_that_may_not_be_null_is_refused() -> None:
    with pytest.raises(ValueError, match="missing column name"):
        tables.upgraded("actors", tables.build("actors", [actor(1)]).drop(columns=["name"]))
