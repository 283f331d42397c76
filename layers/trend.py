"""An area and the metropole through the years of an indicator, at one perimeter: values, indices, changes.

The perimeter is the same at all years: nothing here is the growth of the metropole by the communes that entered it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from layers import measure, series_breaks
from layers.indicators import COUNT, INDICATORS
from layers.series import MISSING, SUPPRESSED, VALUE, ZERO, Cell, Query

if TYPE_CHECKING:
    from layers.indicators import Indicator
    from layers.release import Release
    from layers.series import Series
    from layers.series_breaks import Found

BASE: Final = 100.0
FEWEST: Final = 5
"""Under so many, no change in per cent is given of a count (domain, section 3: small numbers)."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Cells of an area and of the metropole by year, and the breaks between the years.

    ``area`` is None for the metropole alone. ``runs`` are the years that can be compared with each other. ``counts``
    are the cells of what the indicator stands on (`Indicator.stands_on`) where it stands on any.
    """

    years: tuple[int, ...]
    area: tuple[Cell, ...] | None
    metropole: tuple[Cell, ...]
    runs: tuple[tuple[int, ...], ...]
    breaks: tuple[Found, ...]
    counts: tuple[Cell, ...] | None = None

    def run_of(self, year: int) -> tuple[int, ...]:
        """The years that can be compared with one."""
        return next((run for run in self.runs if year in run), ())


def of(release: Release, query: Query, code: str | None) -> Trend:
    """The trend of an indicator for an area of the level of the query; ``KeyError`` where the perimeter has it not."""
    years = measure.years(release, query.indicator)
    made = [measure.series(release, replace(query, year=year)) for year in years]
    return Trend(
        years=years,
        area=None if code is None else tuple(series.cell(code) for series in made),
        metropole=tuple(series.total for series in made),
        runs=series_breaks.runs(release, query),
        breaks=series_breaks.found(release, query),
        counts=_counts(release, [series.query for series in made], code),
    )


def _counts(release: Release, queries: Sequence[Query], code: str | None) -> tuple[Cell, ...] | None:
    made = [basis(release, query) for query in queries]
    found = [one.total if code is None else one.cell(code) for one in made if one is not None]
    return tuple(found) if found and len(found) == len(made) else None


def indices(trend: Trend, cells: tuple[Cell, ...], base: int) -> tuple[Cell, ...]:
    """The cells as indices, 100 in the year ``base``: missing out of its run, or where the base is none or zero.

    A hidden value stays hidden, and a hidden base hides all the indices.
    """
    run = trend.run_of(base)
    at = cells[trend.years.index(base)] if base in trend.years else None
    return tuple(
        _index(cell, at) if at is not None and year in run else replace(cell, value=None, state=MISSING)
        for year, cell in zip(trend.years, cells, strict=True)
    )


def _index(cell: Cell, base: Cell) -> Cell:
    if SUPPRESSED in (cell.state, base.state):
        return replace(cell, value=None, state=SUPPRESSED, numerator=None, denominator=None)
    if cell.value is None or not base.value:
        return replace(cell, value=None, state=MISSING)
    index = BASE * cell.value / base.value
    return replace(cell, value=index, state=VALUE if index else ZERO)


def percent(then: Cell, now: Cell, indicator: Indicator, counts: tuple[Cell, Cell] | None = None) -> float | None:
    """Change in per cent from one cell to another of the same run; None where it would say nothing.

    That is where either has no value, from zero, and for a count from under `FEWEST`: it would only tell chance.
    ``counts`` are the cells of what the indicator stands on in both years (`Indicator.stands_on`, see `basis`): an
    amount of fewer than `FEWEST` grants in either year has no change in per cent.
    """
    if then.value is None or now.value is None or then.value <= 0:
        return None
    if indicator.kind == COUNT and then.value < FEWEST:
        return None
    if counts is not None and any(count.value is None or count.value < FEWEST for count in counts):
        return None
    return 100 * (now.value - then.value) / then.value


def basis(release: Release, query: Query) -> Series | None:
    """The count that an indicator stands on, for the same query; None where it stands on none."""
    key = INDICATORS[query.indicator].stands_on
    if key is None or query.year not in measure.years(release, key):
        return None
    return measure.series(release, replace(query, indicator=key))
