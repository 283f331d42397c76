"""What follows from the shown cells by subtraction alone: cells that no one publishes, and sums of hidden ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from layers.secrecy.primary import DOMINANCE, FEWEST_UNITS
from layers.secrecy.table import Cells, Line, Places, Table


class Derived:
    """The lines of a table laid flat, so that all of them are looked at in one step."""

    def __init__(self, table: Table, lines: Sequence[Line]) -> None:
        from scipy.sparse import csr_matrix  # noqa: PLC0415  (long to load, and not every release hides)

        self._table, self._lines = table, lines
        self._totals = np.array([line.total for line in lines])
        self._parts = np.concatenate([line.parts for line in lines])
        lengths = [len(line.parts) for line in lines]
        self._starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(int)
        self._line = np.repeat(np.arange(len(lines)), lengths)
        at = np.concatenate([np.arange(len(lines)), self._line])
        members = np.concatenate([self._totals, self._parts])
        self._members: Any = csr_matrix((np.ones(len(at)), (at, members)), shape=(len(lines), len(table.values)))
        self._unpublished = np.zeros(len(table.values), dtype=bool) if table.unpublished is None else table.unpublished

    def visible(self, hidden: Cells) -> Cells:
        """Cells that are shown, or alone on a line of shown ones without being published themselves."""
        found = np.asarray(~(hidden | self._unpublished) | (self._table.values == 0))
        while True:
            alone = (self._members @ (~found).astype(float)) == 1
            told = (self._members.T @ alone.astype(float) > 0) & ~found & self._unpublished
            if not told.any():
                return found
            found |= told

    def told(self, hidden: Cells) -> Iterator[Places]:
        """Hidden parts of a shown total of which the sum, which follows, could not be shown itself."""
        visible, table = self.visible(hidden), self._table
        inside = ~visible[self._parts]
        values, units, largest = (
            np.where(inside, column[self._parts], 0.0) for column in (table.values, table.units, table.largest)
        )
        count = np.add.reduceat(inside.astype(int), self._starts)
        total = np.add.reduceat(values, self._starts)
        few = np.add.reduceat(units, self._starts) < FEWEST_UNITS
        dominated = np.maximum.reduceat(largest, self._starts) > DOMINANCE * total
        for place in np.flatnonzero(visible[self._totals] & (count > 1) & ~np.isnan(total) & (few | dominated)):
            parts = self._lines[int(place)].parts
            yield parts[~visible[parts]]

    def highest(self, numbers: np.ndarray) -> np.ndarray:
        """By cell, the highest of these numbers on its lines, its own included."""
        of_line = np.maximum(np.maximum.reduceat(numbers[self._parts], self._starts), numbers[self._totals])
        found = np.array(numbers, dtype=float)
        np.maximum.at(found, self._parts, of_line[self._line])
        np.maximum.at(found, self._totals, of_line)
        return found
