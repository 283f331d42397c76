"""Change of an indicator between two years, area by area: of what is shown on both sides, and of nothing else.

The areas are those of one perimeter at both years. Across a break of the series nothing is computed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from layers import measure, series_breaks, trend
from layers.indicators import INDICATORS
from layers.series import MISSING, SUPPRESSED, VALUE, ZERO, Cell, Query

if TYPE_CHECKING:
    from layers.release import Release
    from layers.series_breaks import Found


@dataclass(frozen=True, slots=True)
class Change:
    """One area: its cells in the earlier and in the later year, and what lies between them.

    ``absolute`` is in the unit of the indicator, ``percent`` of the earlier value; both are None where ``state`` is
    ``suppressed`` or ``missing``, ``percent`` also where the earlier value is zero or too few to tell.
    """

    then: Cell
    now: Cell
    absolute: float | None
    percent: float | None
    state: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes of the areas and of the metropole between two years, and the breaks between them."""

    first: int
    last: int
    areas: tuple[Change, ...]
    total: Change
    breaks: tuple[Found, ...]


def between(release: Release, query: Query, one: int, other: int) -> Changes:
    """Changes from the earlier of two years to the later; ``ValueError`` for a year that the indicator has not."""
    first, last = sorted((one, other))
    then, now = (measure.series(release, replace(query, year=year)) for year in (first, last))
    breaks = series_breaks.across(release, query, first, last)
    pairs = zip(then.cells, now.cells, strict=True)
    return Changes(
        first=first,
        last=last,
        areas=tuple(_change(query, *pair, broken=bool(breaks)) for pair in pairs),
        total=_change(query, then.total, now.total, broken=bool(breaks)),
        breaks=breaks,
    )


def _change(query: Query, then: Cell, now: Cell, *, broken: bool) -> Change:
    if SUPPRESSED in (then.state, now.state):
        return Change(then, now, None, None, SUPPRESSED)
    if broken or then.value is None or now.value is None:
        return Change(then, now, None, None, MISSING)
    absolute = now.value - then.value
    percent = trend.percent(then, now, INDICATORS[query.indicator])
    return Change(then, now, absolute, percent, VALUE if absolute else ZERO)
