"""An area and the metropole through the years of an indicator: values, indices, changes.

The perimeter is the same at all years: nothing here is the growth of the metropole by the communes that entered it. On
demand each year has its own, and the series is broken where communes enter: no line, no index and no change goes over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geodata.perimeter import ENTRIES, PERIMETERS, members, of_year
from layers import measure, series_breaks
from layers.indicators import COUNT
from layers.intervals import LEAST_RATE
from layers.series import MISSING, SUPPRESSED, VALUE, ZERO, Cell, Query
from layers.series_breaks import Found

if TYPE_CHECKING:
    from layers.indicators import Indicator
    from layers.release import Release
    from layers.series import Series

BASE: Final = 100.0
ENTRY: Final = "perimeter"
Runs = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Cells of an area and of the metropole by year, and the breaks between the years.

    ``area`` is None for the metropole alone. ``runs`` are the years that can be compared with each other, ``own``
    those of the area where they are others: a territory that no commune enters goes on when the metropole does not.
    ``counts`` are the cells of what the indicator stands on (`Indicator.stands_on`) where it stands on any.
    """

    years: tuple[int, ...]
    area: tuple[Cell, ...] | None
    metropole: tuple[Cell, ...]
    runs: Runs
    breaks: tuple[Found, ...]
    counts: tuple[Cell, ...] | None = None
    own: Runs | None = None

    @property
    def first_runs(self) -> Runs:
        """Runs of what is told first: the area where there is one."""
        return self.runs if self.own is None else self.own

    def run_of(self, year: int, runs: Runs | None = None) -> tuple[int, ...]:
        """The years that can be compared with one, in ``runs``: those of the metropole where none are given."""
        return next((run for run in (self.runs if runs is None else runs) if year in run), ())


def of(release: Release, query: Query, code: str | None, *, yearly: bool = False) -> Trend:
    """The trend of an indicator for an area of the level of the query; ``KeyError`` where the perimeter has it not.

    ``yearly`` each year has the perimeter in force at its end; a commune that is not in it yet is missing.
    """
    years = measure.years(release, query.indicator)
    asked = [replace(query, year=y, perimeter=of_year(y) if yearly else query.perimeter) for y in years]
    made = [measure.series(release, one) for one in asked]
    runs, breaks = series_breaks.runs(release, query), series_breaks.found(release, query)
    return Trend(
        years=years,
        area=None if code is None else tuple(_cell(release, one, code, yearly=yearly) for one in made),
        metropole=tuple(series.total for series in made),
        runs=_parted(runs, None) if yearly else runs,
        breaks=(*breaks, *_entries(years)) if yearly else breaks,
        counts=_counts(release, [series.query for series in made], code, yearly=yearly),
        own=_parted(runs, code) if yearly and code is not None else None,
    )


def _cell(release: Release, series: Series, code: str, *, yearly: bool) -> Cell:
    communes = release.geography.communes
    if yearly and code in communes.index and code not in members(series.query.perimeter):
        return Cell(code, str(communes.loc[code, "name"]), None, MISSING, None, None)
    return series.cell(code)


def _inside(year: int, code: str | None) -> frozenset[str]:
    """Communes of an area in the perimeter of a year: of the metropole, of a territory, or the commune itself."""
    return frozenset(c for c, territory in members(of_year(year)).items() if code in (None, c, territory))


def _parted(runs: Runs, code: str | None) -> Runs:
    """The runs cut where communes enter an area; a commune that enters is missing before, and is cut by that."""
    made: list[tuple[int, ...]] = []
    for run in runs:
        places = [i for i in range(1, len(run)) if _inside(run[i], code) != _inside(run[i - 1], code)]
        made += [run[i:j] for i, j in zip([0, *places], [*places, len(run)], strict=True)]
    return tuple(made)


def _entries(years: Sequence[int]) -> list[Found]:
    return [
        Found(ENTRY, before, after, ENTRIES[perimeter])
        for before, after in pairwise(years)
        for perimeter in PERIMETERS
        if of_year(before) < perimeter <= of_year(after)
    ]


def _counts(release: Release, queries: Sequence[Query], code: str | None, *, yearly: bool) -> tuple[Cell, ...] | None:
    made = [basis(release, query) for query in queries]
    found = [one.total if code is None else _cell(release, one, code, yearly=yearly) for one in made if one is not None]
    return tuple(found) if found and len(found) == len(made) else None


def indices(trend: Trend, cells: tuple[Cell, ...], base: int, runs: Runs | None = None) -> tuple[Cell, ...]:
    """The cells as indices, 100 in the year ``base``: missing out of its run, or where the base is not above zero.

    A hidden value stays hidden, and a hidden base hides all the indices. ``runs`` are as in `Trend.run_of`.
    """
    run = trend.run_of(base, runs)
    at = cells[trend.years.index(base)] if base in trend.years else None
    return tuple(
        _index(cell, at) if at is not None and year in run else replace(cell, value=None, state=MISSING)
        for year, cell in zip(trend.years, cells, strict=True)
    )


def _index(cell: Cell, base: Cell) -> Cell:
    if SUPPRESSED in (cell.state, base.state):
        return replace(cell, value=None, state=SUPPRESSED, numerator=None, denominator=None)
    if cell.value is None or base.value is None or base.value <= 0:
        return replace(cell, value=None, state=MISSING)
    index = BASE * cell.value / base.value
    return replace(cell, value=index, state=VALUE if index else ZERO)


def percent(then: Cell, now: Cell, indicator: Indicator, counts: tuple[Cell, Cell] | None = None) -> float | None:
    """Change in per cent from one cell to another of the same run; None where it would say nothing.

    That is where either has no value, from zero or less, and for a count under `LEAST_RATE` in either year: it would
    tell chance. ``counts`` are the cells of what the indicator stands on in both years (`Indicator.stands_on`, see
    `basis`): an amount of fewer than `LEAST_RATE` grants in either year has no change in per cent.
    """
    if then.value is None or now.value is None or then.value <= 0:
        return None
    if indicator.kind == COUNT and min(then.value, now.value) < LEAST_RATE:
        return None
    if counts is not None and any(count.value is None or count.value < LEAST_RATE for count in counts):
        return None
    return 100 * (now.value - then.value) / then.value


def basis(release: Release, query: Query) -> Series | None:
    """The count that an indicator stands on, for the same query; None where it stands on none."""
    key = release.indicators[query.indicator].stands_on
    if key is None or query.year not in measure.years(release, key):
        return None
    return measure.series(release, replace(query, indicator=key))
