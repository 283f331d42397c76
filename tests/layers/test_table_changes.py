"""A rehearsal tells every difference of every table of two releases."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers import rehearsal, table_changes, tables
from layers.rehearsal_json import of_rehearsal
from tests import factories
from tests.layers.invented import actor, grant

ORIGIN = {"source": "essai", "vintage": "2023", "file_sha256": "0" * 64}
COMMUNES = ("59350", "59512", "59599")


def rows(name: str) -> list[dict[str, Any]]:
    """A few invented rows of a table."""
    of = {
        "observations": {"variable": "median_income", "value": 20_000.0, "state": "value"},
        "jobs": {"scope": "ess", "posts": 40.0, "establishments": 8.0, "largest": 9.0, "state": "value"},
        "zones": {"zoning": "employment", "code": "3101", "label": "Zone fictive"},
        "programme": {"theme": "budget", "title": "Fictif", "measure": "budget_voted", "value": 5.0, "unit": "€"},
    }
    if name == "actors":
        return [actor(n) for n in range(3)]
    if name == "grants":
        return [grant(n) for n in range(3)]
    if name == "secrecy":
        return [
            {"scope": "ess", "year": year, "shape": "1", "cells": "00", **ORIGIN, "row": 1} for year in (2021, 2022)
        ]
    keyed = [{"entry_id": f"essai:{n}"} for n in range(3)] if name == "programme" else [{} for _n in range(3)]
    return [
        {"commune": code, "year": 2021, **of[name], **key, **ORIGIN, "row": n + 2}
        for n, (code, key) in enumerate(zip(COMMUNES, keyed, strict=True))
    ]


BUILT = {name: tables.build(name, rows(name)) for name in tables.SCHEMAS}


def release(**changed: pd.DataFrame) -> Any:
    made = factories.release()
    for name in tables.SCHEMAS:
        object.__setattr__(made, name, changed.get(name, BUILT[name]))
    return made


@pytest.mark.parametrize("name", tables.SCHEMAS)
def test_any_cell_that_changes_is_told(name: str) -> None:
    before, after = release(), release()
    assert table_changes.changes(before, after) == ()
    for column in tables.SCHEMAS[name]:
        frame = BUILT[name].copy()
        was = frame[column.name].iloc[0]
        other = "autre" if column.dtype == tables.TEXT else 1 if pd.isna(was) else was + 1
        frame.loc[frame.index[0], column.name] = other
        object.__setattr__(after, name, frame)
        told = table_changes.changes(before, after)
        assert {change.table for change in told} == {name}, column.name
        assert sum(change.added + change.relabelled for change in told) == 1, column.name


@settings(deadline=None, max_examples=15)
@given(st.sampled_from(sorted(tables.SCHEMAS)), st.sets(st.integers(0, 1)))
def test_rows_that_leave_and_come_are_told_with_their_money(name: str, gone: set[int]) -> None:
    before, whole = release(), BUILT[name]
    after = release(**{name: whole.drop(index=sorted(gone)).reset_index(drop=True)})
    told = table_changes.changes(before, after)
    back = table_changes.changes(after, before)
    assert sum(change.removed for change in told) == sum(change.added for change in back) == len(gone)
    cents = int(whole.loc[sorted(gone), "amount_cents"].sum()) if name == "grants" else 0
    assert sum(change.cents_removed for change in told) == cents


@pytest.mark.parametrize("name", [name for name in tables.SCHEMAS if name != "secrecy"])
def test_no_rehearsal_says_that_nothing_changes_where_a_table_does(name: str) -> None:
    unhidden = {"secrecy": tables.empty("secrecy")}
    before, after = release(**unhidden), release(**unhidden, **{name: BUILT[name].iloc[:-1]})
    found = rehearsal.compare(before, after)
    assert not found.is_still
    assert not of_rehearsal(found)["still"]
    assert any(one["table"] == name and one["removed"] for one in of_rehearsal(found)["tables"])
    assert rehearsal.compare(before, before).is_still
