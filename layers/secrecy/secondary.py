"""Secondary suppression: more cells, so that none that is hidden can be rebuilt from those that are shown.

Two steps in turn until nothing moves. A line with hidden cells must have at least two, and where they are all parts
of a shown total, what they hold together must itself be publishable, for it is the total less what is shown. Then all
the lines are looked at together: a hidden cell is known exactly when its unit vector lies in the row space of the lines
restricted to hidden cells. The projection of a random vector on their null space is zero there, and nowhere else (but
by a chance of measure zero): one sparse least squares problem tells them all.

Hidden values are positive (a zero is shown), so a cell that is not known by equations is not known by inequalities
either: the true table lies inside the polyhedron of the possible ones.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from layers.secrecy.primary import DOMINANCE, FEWEST_UNITS, SECONDARY, VALID, Statuses, statuses
from layers.secrecy.system import System
from layers.secrecy.table import Line, Places, Table

ENOUGH: Final = 0.15
"""Part of the largest hidden value of a line that a second hidden cell should have, so as to blur it."""


def protect(table: Table, sensitive: npt.NDArray[np.bool_] | None = None) -> Statuses:
    """Status of every cell: ``V`` shown, ``A``, ``B`` and ``D`` hidden; see `layers.secrecy.primary`.

    *sensitive* adds cells to hide first, whatever their own numbers.
    """
    found = statuses(table)
    if sensitive is not None:
        found[sensitive & (found == VALID) & (table.values > 0)] = SECONDARY
    lines = _lines(table)
    of_cell = _lines_of(lines, len(found))
    system = System(lines, len(found))
    pending = {line for cell in np.flatnonzero(found != VALID) for line in of_cell[int(cell)]}
    while pending:
        _close(table, lines, of_cell, found, pending)
        known = system.known(found != VALID)
        pending = {line for cell in known for line in _hide_beside(table, lines, of_cell, found, cell)}
    return found


def _lines(table: Table) -> list[Line]:
    """Lines without their zeros, which are shown; those of one cell are a total that is its only part."""
    kept = []
    for line in table.lines:
        parts = line.parts[~(table.values[line.parts] == 0)]
        if len(parts):
            kept.append(Line(line.total, parts))
    return kept


def _lines_of(lines: list[Line], cells: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(cells)]
    for place, line in enumerate(lines):
        for cell in (line.total, *line.parts):
            found[int(cell)].append(place)
    return found


def _close(table: Table, lines: list[Line], of_cell: list[list[int]], found: Statuses, pending: Iterable[int]) -> None:
    """Hide until every line by itself gives nothing away."""
    waiting = deque(sorted(pending))
    queued = set(waiting)
    while waiting:
        place = waiting.popleft()
        queued.discard(place)
        while not _is_safe(table, lines[place], found):
            cell = _cheapest(table, lines[place], found)
            if cell is None:
                break
            found[cell] = SECONDARY
            for touched in of_cell[cell]:
                if touched not in queued and touched != place:
                    queued.add(touched)
                    waiting.append(touched)


def _is_safe(table: Table, line: Line, found: Statuses) -> bool:
    hidden = line.parts[found[line.parts] != VALID]
    if found[line.total] != VALID:
        return len(hidden) > 0
    if not len(hidden):
        return True
    return len(hidden) > 1 and _publishable(table, hidden)


def _publishable(table: Table, cells: Places) -> bool:
    """Whether the sum of some cells could be shown: it is, as a total less what is shown beside them."""
    values = table.values[cells]
    if np.isnan(values).any():
        return True
    return bool(table.units[cells].sum() >= FEWEST_UNITS and table.largest[cells].max() <= DOMINANCE * values.sum())


def _cheapest(table: Table, line: Line, found: Statuses) -> int | None:
    """The shown cell of a line that costs least to hide: a part before the total, the smallest that blurs enough."""
    shown = [int(cell) for cell in line.parts if found[cell] == VALID]
    if not shown:
        return line.total if found[line.total] == VALID else None
    hidden = [int(cell) for cell in (*line.parts, line.total) if found[cell] != VALID]
    needed = ENOUGH * max((np.nan_to_num(table.values[cell]) for cell in hidden), default=0.0)
    enough = [cell for cell in shown if table.values[cell] >= needed]
    if enough:
        return min(enough, key=lambda cell: (table.values[cell], cell))
    return max(shown, key=lambda cell: (table.values[cell], -cell))


def _hide_beside(table: Table, lines: list[Line], of_cell: list[list[int]], found: Statuses, cell: int) -> list[int]:
    """Hide one more cell beside a known one, the smallest there is on its lines; lines that this touches."""
    choices = {_cheapest(table, lines[place], found) for place in of_cell[cell]}
    shown = [choice for choice in choices if choice is not None]
    if not shown:
        return []
    other = min(shown, key=lambda choice: (table.values[choice], choice))
    found[other] = SECONDARY
    return of_cell[other]
