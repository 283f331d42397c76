"""Areas that a release to come would put in another class of their map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers import measure, scales
from layers.series import VALUE, Query

if TYPE_CHECKING:
    from layers.breaks import Breaks
    from layers.indicators import Indicator
    from layers.release import Release
    from layers.series import Cell

Place = int | str
"""Number of a class, from 1, the lowest; or the state of a cell that has none (zero, suppressed, missing)."""


@dataclass(frozen=True, slots=True)
class ClassChange:
    """One area whose class changes, at the level and year that the indicator is first shown at.

    Attributes
    ----------
    before : class shown now.
    same_scale : class of the value to come, on the scale shown now: another one where the value itself moved.
    after : class that will be shown, on the scale to come.
    before_year, after_year : years that the two values are of.
    """

    indicator: Indicator
    level: str
    code: str
    name: str
    before: Place
    same_scale: Place
    after: Place
    before_year: int | None
    after_year: int | None


def level_of(indicator: Indicator) -> str:
    """The level at which an indicator is first shown."""
    return indicator.levels[0]


def changes(before: Release, after: Release) -> tuple[ClassChange, ...]:
    """Class changes of each indicator that both releases can show, in the order of the registry."""
    found: list[ClassChange] = []
    for declared in after.indicators.values():
        if measure.available(before, declared.key) and measure.available(after, declared.key):
            found += _of(before, after, declared)
    return tuple(found)


def _of(before: Release, after: Release, declared: Indicator) -> Iterator[ClassChange]:
    query = Query(declared.key, level_of(declared))
    was, now = measure.series(before, query), measure.series(after, query)
    shown, coming = scales.default(before, query), scales.default(after, query)
    for old in was.cells:
        new = now.cell(old.code)
        places = _place(shown, old), _place(shown, new), _place(coming, new)
        if len(set(places)) > 1:
            yield ClassChange(declared, query.level, old.code, old.name, *places, was.query.year, now.query.year)


def _place(scale: Breaks, cell: Cell) -> Place:
    return scale.index(cell.value) + 1 if cell.state == VALUE and cell.value is not None else cell.state
