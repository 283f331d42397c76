"""No hidden value can be rebuilt: bounds by linear programming over every table that agrees with what is shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from layers.secrecy import secondary
from layers.secrecy.primary import VALID, statuses
from layers.secrecy.secondary import protect
from layers.secrecy.system import System
from layers.secrecy.table import Line, Table, cross

UNBOUNDED = 3
"""Status of a linear program of `scipy.optimize.linprog` without a least value."""
WIDTH = 0.5
"""Posts: least width of the interval of what a hidden cell may be."""
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


def widths(table: Table, hidden: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """Width of the interval of each cell over the tables that have the shown values, nothing being negative.

    Every solution is one such table: a cell that two of them set more than `WIDTH` apart is told by that distance,
    without a search of its own.
    """
    rows = np.repeat(np.arange(len(table.lines)), [1 + len(line.parts) for line in table.lines])
    columns = np.concatenate([[line.total, *line.parts] for line in table.lines])
    signs = np.concatenate([[1.0] + [-1.0] * len(line.parts) for line in table.lines])
    equations = csr_matrix((signs, (rows, columns)), shape=(len(table.lines), len(table.values)))
    limits = [(0, None) if secret else (value, value) for value, secret in zip(table.values, hidden, strict=True)]
    least, most = table.values.copy(), table.values.copy()
    for cell in cells:
        for sign in (1, -1):
            if most[cell] - least[cell] > WIDTH:
                break
            aim = np.zeros(len(table.values))
            aim[cell] = sign
            solved = linprog(aim, A_eq=equations, b_eq=np.zeros(len(table.lines)), bounds=limits, method="highs")
            if solved.status == UNBOUNDED:
                most[cell] = np.inf
                break
            assert solved.status == 0, solved.message
            least, most = np.minimum(least, solved.x), np.maximum(most, solved.x)
    return most[cells] - least[cells]


def known(table: Table, hidden: np.ndarray) -> list[int]:
    return System(table.lines, len(table.values)).known(hidden)


def narrowest(table: Table, found: np.ndarray) -> float:
    hidden = found != VALID
    return float(widths(table, hidden, np.flatnonzero(hidden)).min(initial=np.inf))


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_hidden_value_is_pinned_by_what_is_shown(table: Table) -> None:
    assert narrowest(table, protect(table)) > WIDTH


@settings(max_examples=150, deadline=None)
@given(tables())
def test_primary_cells_stay_hidden_and_zeros_shown(table: Table) -> None:
    first, last = statuses(table), protect(table)
    assert (last[first != VALID] == first[first != VALID]).all()
    assert (last[table.values == 0] == VALID).all()
    assert (protect(table) == last).all()


@settings(max_examples=100, deadline=None)
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
    assert narrowest(table, first) == pytest.approx(0)
    assert known(table, first != VALID) == [0]
    assert narrowest(table, protect(table)) > WIDTH


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
    assert narrowest(table, found) > WIDTH


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
    assert narrowest(table, found) > WIDTH


@settings(max_examples=40, deadline=None)
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


def test_without_the_line_rule_or_the_audit_something_is_given_away(monkeypatch: pytest.MonkeyPatch) -> None:
    table = one_secret()
    monkeypatch.setattr(secondary, "_is_safe", lambda *_: True)
    monkeypatch.setattr(System, "known", lambda *_: [])
    assert narrowest(table, protect(table)) == pytest.approx(0)
