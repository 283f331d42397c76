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
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from layers.secrecy.primary import DOMINANCE, FEWEST_UNITS, SECONDARY, VALID, Statuses, statuses
from layers.secrecy.system import System
from layers.secrecy.table import Line, Places, Table

MANY: Final = 200
PATIENCE: Final = 15
"""Rounds after which a known cell is given one companion more at once: a few cells too many rather than many rounds."""
ENOUGH: Final = 0.15
"""Part of the largest hidden value of a line that a second hidden cell should have, so as to blur it."""


Cells = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What is hidden so far (``found``, changed in place) on the lines of a table; *preferred* cells go first."""

    table: Table
    lines: list[Line]
    of_cell: list[list[int]]
    found: Statuses
    preferred: Cells
    values: list[float]
    """Those of the table, zero where it keeps them secret: such a cell is hidden, and never chosen."""


def protect(table: Table, sensitive: Cells | None = None, preferred: Cells | None = None) -> Statuses:
    """Status of every cell: ``V`` shown, ``A``, ``B`` and ``D`` hidden; see `layers.secrecy.primary`.

    *sensitive* adds cells to hide first, whatever their own numbers; *preferred* are those to hide rather than others
    where a line needs one more, such as those that were hidden the year before.
    """
    found = statuses(table)
    if sensitive is not None:
        found[sensitive & (found == VALID) & (table.values > 0)] = SECONDARY
    lines = _lines(table)
    of_cell = _lines_of(lines, len(found))
    first = np.zeros(len(found), dtype=bool) if preferred is None else preferred
    pattern = _Pattern(table, lines, of_cell, found, first, np.nan_to_num(table.values).tolist())
    system = System(lines, len(found))
    pending = {line for cell in np.flatnonzero(found != VALID) for line in of_cell[int(cell)]}
    rounds = 0
    while pending:
        _close(pattern, pending)
        known = system.known(found != VALID)
        pending = set()
        for cell in known:
            # among many, what was hidden just now beside another may be enough: looked at again in the next round
            if len(known) < MANY or pending.isdisjoint(of_cell[cell]):
                for _ in range(1 + rounds // PATIENCE):
                    pending.update(_hide_beside(pattern, cell))
        rounds += 1
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


def _close(pattern: _Pattern, pending: Iterable[int]) -> None:
    """Hide until every line by itself gives nothing away."""
    waiting = deque(sorted(pending))
    queued = set(waiting)
    while waiting:
        place = waiting.popleft()
        queued.discard(place)
        while not _is_safe(pattern.table, pattern.lines[place], pattern.found):
            cell = _cheapest(pattern, pattern.lines[place])
            if cell is None:
                break
            pattern.found[cell] = SECONDARY
            for touched in pattern.of_cell[cell]:
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


def _cheapest(pattern: _Pattern, line: Line) -> int | None:
    """The shown cell of a line that costs least to hide: a part before the total, the smallest that blurs enough."""
    values, found = pattern.values, pattern.found
    shown = [int(cell) for cell in line.parts if found[cell] == VALID]
    if not shown:
        return line.total if found[line.total] == VALID else None
    hidden = [int(cell) for cell in (*line.parts, line.total) if found[cell] != VALID]
    needed = ENOUGH * max((values[cell] for cell in hidden), default=0.0)
    enough = [cell for cell in shown if values[cell] >= needed]
    if enough:
        return min(enough, key=lambda cell: (not pattern.preferred[cell], values[cell], cell))
    return max(shown, key=lambda cell: (values[cell], -cell))


def _hide_beside(pattern: _Pattern, cell: int) -> list[int]:
    """Hide one more cell beside a known one, the smallest there is on its lines; lines that this touches.

    Where all its lines are hidden already, on those of the cells that they hold, and so on outwards.
    """
    around, reached = [cell], {cell}
    while around:
        lines = sorted({place for inside in around for place in pattern.of_cell[inside]})
        choices = {_cheapest(pattern, pattern.lines[place]) for place in lines}
        if shown := [choice for choice in choices if choice is not None]:
            values = pattern.values
            other = min(shown, key=lambda choice: (not pattern.preferred[choice], values[choice], choice))
            pattern.found[other] = SECONDARY
            return pattern.of_cell[other]
        held = {int(each) for place in lines for each in (pattern.lines[place].total, *pattern.lines[place].parts)}
        around = sorted(held - reached)
        reached |= held
    return []
