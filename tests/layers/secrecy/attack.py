"""An attack by whole numbers: what a hidden cell may be, for who knows the lines and that no hidden count is zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from layers.secrecy.table import Line

Numbers = npt.NDArray[np.float64]
UNBOUNDED = 3
"""Status of a program of `scipy.optimize.milp` without a least value."""


class Attack:
    """Tables of whole numbers that have the shown values: those of hidden cells are one at least.

    *unpublished* cells may be zero. The true table is one of them, and every solution another: a cell that two of them
    set far enough apart is told by that distance, without a search of its own.
    """

    def __init__(
        self, values: Numbers, lines: Sequence[Line], hidden: npt.NDArray[np.bool_], unpublished: npt.NDArray[np.bool_]
    ) -> None:
        open_ = hidden | unpublished
        self._cells = np.flatnonzero(open_)
        place = np.full(len(values), -1)
        place[self._cells] = np.arange(len(self._cells))
        rows, columns, signs, known = [], [], [], []
        for line in lines:
            members = np.array([line.total, *line.parts])
            sign = np.array([1.0] + [-1.0] * len(line.parts))
            inside = open_[members]
            if inside.any():
                rows += [len(known)] * int(inside.sum())
                columns += place[members[inside]].tolist()
                signs += sign[inside].tolist()
                known.append(-(sign[~inside] * values[members[~inside]]).sum())
        matrix: Any = csr_matrix((signs, (rows, columns)), shape=(len(known), len(self._cells)))
        self._lines = LinearConstraint(matrix, known, known)
        self._bounds = Bounds(np.where(unpublished[self._cells], 0.0, 1.0), np.inf)
        self._place = place
        self.least, self.most = values.astype(float).copy(), values.astype(float).copy()

    def widths(self, cells: Sequence[int], enough: Numbers) -> Numbers:
        """Width of the interval of each cell, searched no further than what is *enough* of it; infinite with no end."""
        for cell, wanted in zip(cells, enough, strict=True):
            for sign in (-1.0, 1.0):
                if self.most[cell] - self.least[cell] < wanted:
                    self._search(cell, sign)
        at = np.array(cells, dtype=int)
        return np.asarray(self.most[at] - self.least[at])

    def _search(self, cell: int, sign: float) -> None:
        if self._place[cell] < 0:
            return
        aim = np.zeros(len(self._cells))
        aim[self._place[cell]] = sign
        solved = milp(aim, constraints=self._lines, bounds=self._bounds, integrality=np.ones(len(aim)))
        if solved.status == UNBOUNDED or (solved.x is None and "nbounded" in solved.message):
            self.most[cell] = np.inf
            return
        assert solved.x is not None, solved.message
        found = np.round(solved.x)
        self.least[self._cells] = np.minimum(self.least[self._cells], found)
        self.most[self._cells] = np.maximum(self.most[self._cells], found)
