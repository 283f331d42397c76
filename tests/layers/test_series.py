"""What a view receives."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from layers.series import STATES, Cell, Query, Series

CELLS = (
    Cell("1", "Un", 2.0, "value", 4.0, 2.0),
    Cell("2", "Deux", 0.0, "zero", 0.0, 2.0),
    Cell("3", "Trois", None, "suppressed", None, None),
    Cell("4", "Quatre", None, "missing", None, None),
)
SERIES = Series(Query("actors"), "structures", CELLS, CELLS[0], None, (), "", "", ())


def test_a_cell_is_found_by_its_code() -> None:
    assert SERIES.cell("3").state == "suppressed"
    with pytest.raises(KeyError):
        SERIES.cell("9")


def test_states_are_counted() -> None:
    assert [SERIES.count(state) for state in STATES] == [1, 1, 1, 1]


def test_some_areas_keep_their_order() -> None:
    assert [cell.code for cell in SERIES.within(frozenset({"4", "1", "9"}))] == ["1", "4"]


def test_nothing_is_changed_afterwards() -> None:
    with pytest.raises(FrozenInstanceError):
        SERIES.cells = ()  # type: ignore[misc]
