"""No hidden value can be rebuilt: bounds by whole numbers over every table that agrees with what is shown."""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from layers.secrecy.derived import Derived
from layers.secrecy.moves import Moves
from layers.secrecy.primary import SECONDARY, VALID, least_width, statuses
from layers.secrecy.secondary import protect
from layers.secrecy.table import Line, Table, cross
from tests.layers.secrecy.attack import Attack
from tests.layers.secrecy.projection import System

EXAMPLES = int(os.environ.get("ESS_SECRETS", "6"))
AREAS = [[0], [1], [2], [3], [4], [0, 1], [0, 1, 2], [3, 4], [0, 1, 3, 4], [0, 1, 2, 3, 4]]
SUMS = [(5, [0, 1]), (6, [5, 2]), (7, [3, 4]), (8, [5, 7]), (9, [6, 7]), (9, [8, 2])]
"""Five communes; a territory that the third entered later, another one; the metropole before and after. Cut by sector,
family and size class."""


@st.composite
def tables(draw: st.DrawFn) -> Table:
    shape = (5, draw(st.integers(1, 3)), draw(st.integers(1, 2)), draw(st.integers(1, 2)))
    count = int(np.prod(shape))
    units = np.array(draw(st.lists(st.integers(0, 6), min_size=count, max_size=count)), dtype=float).reshape(shape)
    sizes = st.lists(st.integers(1, 40), min_size=6, max_size=6)
    values, largest = np.zeros(shape), np.zeros(shape)
    for at in np.ndindex(shape):
        posts = draw(sizes)[: int(units[at])]
        values[at], largest[at] = sum(posts), max(posts, default=0)
    return cross(values, units, largest, AREAS, SUMS)


def widths(table: Table, hidden: np.ndarray, cells: np.ndarray, enough: np.ndarray) -> np.ndarray:
    """Width of the interval of each cell over the tables of whole numbers that have the shown values."""
    unpublished = np.zeros(len(hidden), dtype=bool) if table.unpublished is None else table.unpublished
    zero = table.values == 0
    attack = Attack(table.values, table.lines, hidden & ~zero, unpublished & ~zero)
    return attack.widths(cells.tolist(), enough)


def known(table: Table, hidden: np.ndarray) -> list[int]:
    return System(table.lines, len(table.values)).known(hidden)


def narrowest(table: Table, found: np.ndarray) -> float:
    """Least part of the width that it must have that the interval of a secret cell keeps."""
    secret = np.flatnonzero(statuses(table) != VALID)
    least = least_width(table.values, table.largest)[secret]
    return float((widths(table, found != VALID, secret, least) / least).min(initial=np.inf))


@settings(max_examples=EXAMPLES, deadline=None)
@given(tables())
def test_no_secret_value_is_pinned_by_what_is_shown(table: Table) -> None:
    found = protect(table)
    assert narrowest(table, found) >= 1
    hidden = np.flatnonzero(found != VALID)
    assert widths(table, found != VALID, hidden, np.ones(len(hidden))).min(initial=1) >= 1, "no other cell is exact"


@settings(max_examples=EXAMPLES, deadline=None)
@given(tables())
def test_primary_cells_stay_hidden_and_zeros_shown(table: Table) -> None:
    first, last = statuses(table), protect(table)
    assert (last[first != VALID] == first[first != VALID]).all()
    assert (last[table.values == 0] == VALID).all()
    assert (protect(table) == last).all()


@settings(max_examples=EXAMPLES, deadline=None)
@given(tables())
def test_what_the_hidden_parts_of_a_total_hold_together_is_publishable(table: Table) -> None:
    found = protect(table)
    for line in table.lines:
        hidden = line.parts[found[line.parts] != VALID]
        if found[line.total] == VALID and len(hidden):
            assert table.units[hidden].sum() >= 3
            assert table.largest[hidden].max() <= 0.85 * table.values[hidden].sum()


def one_secret() -> Table:
    """One commune of a territory stands on two units; the others are safe."""
    units = np.array([2, 9, 9, 9, 9], dtype=float).reshape(5, 1, 1)
    values = np.array([10, 60, 70, 80, 90], dtype=float).reshape(5, 1, 1)
    return cross(values, units, values / units * 2, AREAS, SUMS)


def test_the_check_sees_what_primary_suppression_alone_gives_away() -> None:
    table = one_secret()
    first = statuses(table)
    assert (first != VALID).sum() == 1
    assert narrowest(table, first) == 0
    assert known(table, first != VALID) == [0]
    assert narrowest(table, protect(table)) >= 1


def test_a_difference_between_perimeters_gives_nothing_away() -> None:
    """The commune that entered is the difference of two territories, and of two metropoles."""
    units = np.array([9, 9, 2, 9, 9], dtype=float).reshape(5, 1, 1)
    values = np.array([50, 60, 10, 80, 90], dtype=float).reshape(5, 1, 1)
    table = cross(values, units, values / units * 2, AREAS, SUMS)
    found = protect(table)
    before, after = found[5], found[6]
    assert found[2] == "A"
    assert (before != VALID) or (after != VALID)
    assert (found[8] != VALID) or (found[9] != VALID)
    assert narrowest(table, found) >= 1


def triangle() -> Table:
    """Three cells, and the three totals of two of them: every line has two parts."""
    lines = (Line(3, np.array([0, 1])), Line(4, np.array([0, 2])), Line(5, np.array([1, 2])))
    values = np.array([10.0, 20, 30, 30, 40, 50])
    return Table(values, np.full(6, 9.0), np.full(6, 1.0), lines, (6,))


def test_lines_are_looked_at_together() -> None:
    table = triangle()
    parts = np.array([True, True, True, False, False, False])
    assert known(table, parts) == [0, 1, 2]
    assert known(table, parts | (np.arange(6) == 3)) == []


def test_what_lines_together_give_away_is_hidden_too() -> None:
    table = triangle()
    found = protect(table, sensitive=np.array([True, True, True, False, False, False]))
    assert (found != VALID).sum() > 3
    hidden = np.flatnonzero(found != VALID)
    assert widths(table, found != VALID, hidden, np.ones(len(hidden))).min() >= 1


@settings(max_examples=EXAMPLES, deadline=None)
@given(tables())
def test_the_projection_agrees_with_the_rank(table: Table) -> None:
    hidden = statuses(table) != VALID
    assume(hidden.any())
    cells = np.flatnonzero(hidden)
    matrix = np.zeros((len(table.lines), len(table.values)))
    for row, line in enumerate(table.lines):
        matrix[row, line.total] = 1
        matrix[row, line.parts] -= 1
    kept = matrix[:, cells]
    rank = np.linalg.matrix_rank(kept)
    by_rank = [
        int(cell)
        for place, cell in enumerate(cells)
        if np.linalg.matrix_rank(np.vstack([kept, np.eye(len(cells))[place]])) == rank
    ]
    assert known(table, hidden) == by_rank


def ones(count: int) -> Table:
    """A commune of as many establishments, each alone in its sector, and nothing else."""
    values = np.ones((1, count))
    return cross(values, values, np.zeros((1, count)), [[0]], [])


def test_a_total_of_ones_says_that_they_are_ones() -> None:
    """Four hidden cells that make four, none being zero, are one each: no equation tells it."""
    table = ones(4)
    parts_only = np.array([True, True, True, True, False])
    assert known(table, parts_only) == []
    assert widths(table, parts_only, np.arange(4), np.ones(4)).max() == 0
    found = protect(table)
    assert found[4] == SECONDARY
    assert narrowest(table, found) >= 1


@settings(max_examples=EXAMPLES, deadline=None)
@given(tables())
def test_totals_are_hidden_last(table: Table) -> None:
    """No total is hidden that could be shown with all its details hidden."""
    found = protect(table)
    shape = (*table.shape[1:],)
    for area in range(table.shape[0]):
        total = int(np.ravel_multi_index((area, *(length - 1 for length in shape)), table.shape))
        if found[total] != SECONDARY:
            continue
        hidden = np.ones(len(found), dtype=bool)
        hidden[[int(cell) for cell in np.flatnonzero(found == VALID) if cell in totals_of(table)]] = False
        hidden[total] = False
        assert not is_safe(table, hidden), "the rest would have been enough"


def totals_of(table: Table) -> set[int]:
    return {
        int(np.ravel_multi_index((area, *(length - 1 for length in table.shape[1:])), table.shape))
        for area in range(table.shape[0])
    }


def is_safe(table: Table, hidden: np.ndarray) -> bool:
    """Whether that could be all that is hidden."""
    labels = np.where(hidden, SECONDARY, VALID)
    lines = [Line(line.total, line.parts[table.values[line.parts] != 0]) for line in table.lines]
    derived = Derived(table, [line for line in lines if len(line.parts)])
    return narrowest(table, labels) >= 1 and not list(derived.told(hidden & (table.values != 0)))


def test_without_the_search_something_is_given_away(monkeypatch: pytest.MonkeyPatch) -> None:
    table = one_secret()
    monkeypatch.setattr(Moves, "whole", lambda _, demands, signs, prices, __: np.where(prices == 0, 1e9, 0))
    assert narrowest(table, protect(table)) == 0
