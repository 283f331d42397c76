"""Other tables that agree with what is shown: what an attacker who knows that counts are whole cannot rule out.

A move is what another table has more, or less, than the true one: zero where a cell is shown, and along every line. It
leaves at least `LEAST` in a hidden cell, for a zero would be shown. A cell that a move of whole numbers changes by *n*
may be *n* more or less for all that anyone can tell: the move is the proof. One linear program moves hundreds of cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from layers.secrecy.table import Cells, Line, Numbers

LEAST: Final = 1.0
"""Of a hidden cell that is published when it is zero."""
CLOSE: Final = 1e-6
"""Distance from a whole number under which a number of the solver is one."""
NODES: Final = 200
"""Of the search for whole numbers: it is given up beyond, and what it would have met is asked for again."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Cells that must be able to change together by *least*: one cell, or hidden ones of a line."""

    cells: tuple[int, ...]
    least: float


class Moves:
    """The moves along *lines* of cells, each of which may lose as much as it has *room*."""

    def __init__(self, lines: Sequence[Line], room: Numbers) -> None:
        # here, because a release without anything to hide does without it, and it is long to load
        from scipy.sparse import csc_matrix  # noqa: PLC0415

        rows = np.repeat(np.arange(len(lines)), [1 + len(line.parts) for line in lines])
        columns = np.concatenate([[line.total, *line.parts] for line in lines])
        signs = np.concatenate([[1.0] + [-1.0] * len(line.parts) for line in lines])
        self._rows, self._columns, self._signs, self._count = rows, columns, signs, len(lines)
        self._on = csc_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(lines), len(room))).tocsr()
        self._room = room

    def loose(self, free: Cells) -> Cells:
        """The cells of *free* that no line holds: whichever is alone on a line of the others cannot change.

        What is left may still be held by several lines together: only a move tells.
        """
        left = free.copy()
        while True:
            held = left & (self._on.T @ (self._on @ left.astype(float) == 1) > 0)
            if not held.any():
                return left
            left &= ~held

    def whole(self, demands: Sequence[Demand], signs: Numbers, prices: Numbers, penalty: float) -> Numbers:
        """A move of whole numbers that meets as many demands as it can, each in its direction (*signs*: 1 or -1).

        *prices* are what it costs to change each cell by one: 0 where it is hidden already, infinite where it stays as
        it is. A demand that is not met costs *penalty*, in proportion to what it lacks.
        """
        found = self._solved(demands, signs, prices, penalty, integers=False)
        if np.abs(found - np.floor(found + 0.5)).max(initial=0.0) > CLOSE:
            chosen = np.where((prices > 0) & (found == 0), np.inf, prices)
            found = self._solved(demands, signs, chosen, penalty, integers=True)
        return np.floor(found + 0.5)

    def _solved(
        self, demands: Sequence[Demand], signs: Numbers, prices: Numbers, penalty: float, *, integers: bool
    ) -> Numbers:
        """Variables: cells that cost nothing, the others upwards, downwards, what each demand lacks."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
        from scipy.sparse import csc_matrix  # noqa: PLC0415

        free, paid = np.flatnonzero(prices == 0), np.flatnonzero((prices > 0) & np.isfinite(prices))
        count, lines, room, every = len(demands), self._count, self._room, len(prices)
        at = np.repeat(np.arange(count), [len(demand.cells) for demand in demands])
        cells = np.array([cell for demand in demands for cell in demand.cells])
        least = np.array([demand.least for demand in demands])
        values = np.concatenate([self._signs, signs[at], np.ones(count)])
        rows = np.concatenate([self._rows, lines + at, lines + np.arange(count)])
        columns = np.concatenate([self._columns, cells, every + np.arange(count)])
        matrix = csc_matrix((values, (rows, columns)), shape=(lines + count, every + count))
        matrix = matrix[:, np.concatenate([free, paid, paid, every + np.arange(count)])]
        matrix.data[matrix.indptr[len(free) + len(paid)] : matrix.indptr[len(free) + 2 * len(paid)]] *= -1
        beside = np.concatenate([np.zeros(lines), np.full(count, np.inf)])
        solved: Any = milp(
            np.concatenate([np.zeros(len(free)), prices[paid], prices[paid], penalty / least]),
            constraints=LinearConstraint(matrix, np.concatenate([np.zeros(lines), least]), beside),
            bounds=Bounds(
                np.concatenate([-room[free], np.zeros(2 * len(paid) + count)]),
                np.concatenate([np.full(len(free) + len(paid), np.inf), room[paid], np.full(count, np.inf)]),
            ),
            integrality=np.full(matrix.shape[1], int(integers)),
            options={"node_limit": NODES} if integers else {},
        )
        found = np.zeros(len(prices))
        if solved.x is not None:
            found[free] = solved.x[: len(free)]
            up, down = np.split(solved.x[len(free) : len(free) + 2 * len(paid)], 2)
            found[paid] = up - down
        found[np.abs(found) < CLOSE] = 0
        return found
