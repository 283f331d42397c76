"""Change of an indicator between two years, area by area: of what is shown on both sides, and of nothing else.

The areas are those of one perimeter at both years. Across a break of the series nothing is computed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from layers import measure, series_breaks, trend
from layers.cache import MB, Cache
from layers.indicators import AMOUNT, COUNT
from layers.series import MISSING, SUPPRESSED, VALUE, ZERO, Cell, Query, Series

if TYPE_CHECKING:
    from layers.indicators import Indicator
    from layers.release import Release
    from layers.series_breaks import Found

BOTH = 2
CHANGES: Final[Cache[Series]] = Cache("changes", 12 * MB, measure.weighed)
"""A view asks for its own again while it is made."""


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


MOVED: Final = 2 * measure.CELL
"""Bytes of the change of one area."""
BETWEEN: Final[Cache[Changes]] = Cache("changes of areas", 16 * MB, lambda one: MOVED * (len(one.areas) + 2))


def between(release: Release, query: Query, one: int, other: int) -> Changes:
    """Changes from the earlier of two years to the later; ``ValueError`` for a year that the indicator has not."""
    first, last = sorted((one, other))
    query = replace(query, year=None)
    return BETWEEN.get((release.token, query, first, last), lambda: _between(release, query, first, last))


def _between(release: Release, query: Query, first: int, last: int) -> Changes:
    then, now = (measure.series(release, replace(query, year=year)) for year in (first, last))
    breaks = series_breaks.across(release, query, first, last)
    counts = [trend.basis(release, one.query) for one in (then, now)]
    counted = tuple((*one.cells, one.total) for one in counts if one is not None)
    stand_on = [*zip(*counted, strict=True)] if len(counted) == BOTH else None
    made = [
        _change(
            release.indicators[query.indicator], before, after, stand_on[i] if stand_on else None, broken=bool(breaks)
        )
        for i, (before, after) in enumerate(zip((*then.cells, then.total), (*now.cells, now.total), strict=True))
    ]
    return Changes(first=first, last=last, areas=tuple(made[:-1]), total=made[-1], breaks=breaks)


def is_percent(indicator: Indicator) -> bool:
    """Whether what changed is told in per cent, as of what adds up; else as a difference, as of a ratio."""
    return indicator.kind in (COUNT, AMOUNT)


def series(release: Release, query: Query, since: int) -> Series:
    """The changes of a query since a year as a series of their own, in per cent or as differences (`is_percent`).

    ``value`` is the change, ``zero`` none; a change is hidden where either year is, and missing across a break, from
    zero and from too few. Its cells have neither numerator nor denominator. ``ValueError`` as `between`.
    """
    return CHANGES.get((release.token, query, since), lambda: _series(release, query, since))


def _series(release: Release, query: Query, since: int) -> Series:
    now = measure.series(release, query)
    if now.query.year is None:
        return now
    found = between(release, query, since, now.query.year)
    then = measure.series(release, replace(query, year=since))
    percent = is_percent(release.indicators[query.indicator])
    sides = (then, now) if since < now.query.year else (now, then)
    vintages = tuple(dict.fromkeys(one for side in sides for one in side.vintages))
    return replace(
        now,
        cells=tuple(_cell(one, percent=percent) for one in found.areas),
        total=_cell(found.total, percent=percent),
        denominator_year=None,
        sources=tuple(dict.fromkeys(kind for side in sides for kind in side.sources)),
        source=", ".join(dict.fromkeys(side.source for side in sides if side.source)),
        vintage=", ".join(vintages),
        vintages=vintages,
        notes=tuple(dict.fromkeys(note for side in sides for note in side.notes)),
    )


def _cell(one: Change, *, percent: bool) -> Cell:
    value = one.percent if percent else one.absolute
    state = VALUE if value else ZERO if value is not None else SUPPRESSED if one.state == SUPPRESSED else MISSING
    return Cell(one.now.code, one.now.name, value, state, None, None)


def _change(indicator: Indicator, then: Cell, now: Cell, counts: tuple[Cell, Cell] | None, *, broken: bool) -> Change:
    if SUPPRESSED in (then.state, now.state):
        return Change(then, now, None, None, SUPPRESSED)
    if broken or then.value is None or now.value is None:
        return Change(then, now, None, None, MISSING)
    absolute = now.value - then.value
    percent = trend.percent(then, now, indicator, counts)
    return Change(then, now, absolute, percent, VALUE if absolute else ZERO)
