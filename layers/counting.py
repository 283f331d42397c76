"""How much each choice of each dimension would show, the other filters kept: what menus print beside a choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.perimeter import members
from layers import facts, measure
from layers.choices import is_told, offered
from layers.dimensions import DIMENSIONS
from layers.indicators import INDICATORS
from layers.rounding import whole
from layers.series import MISSING, READY, SUPPRESSED, VALUE, ZERO, Query

if TYPE_CHECKING:
    from layers.release import Release

COUNTS: Mapping[str, str] = {"amount": "grants"}
"""What is counted where an indicator adds up something else than records or posts."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number, or why there is none (`layers.series`)."""

    state: str
    number: int | None = None


def counts(release: Release, query: Query, territory: str | None = None) -> dict[str, dict[str, Count]]:
    """By dimension and slug: what the numerator of the indicator counts in the metropole, or in one territory.

    Raises what `layers.measure.series` raises.
    """
    year = query.year if query.year is not None else measure.default_year(release, query.indicator)
    query = replace(query, year=year)
    found = {}
    for key, labels in offered(release, query.indicator).items():
        others = query.filtered(key, None)
        if year is None or not all(is_told(release, query.indicator, k, year) for k in (*others.chosen, key)):
            found[key] = {slug: Count(MISSING) for slug in labels}
        elif (key in READY and others.is_ready) or not _by_rows(query):
            found[key] = {slug: _of_series(release, others.filtered(key, slug), territory) for slug in labels}
        else:
            found[key] = _of_rows(release, others, key, tuple(labels), territory)
    return found


def _by_rows(query: Query) -> bool:
    """Whether a row counted under a choice is a row of the table: not where rows are brought together first."""
    declared = facts.RECORDS.get(_fact(query))
    return declared is not None and not declared.joined


def _fact(query: Query) -> str:
    declared = INDICATORS.get(query.indicator)
    return "" if declared is None else COUNTS.get(declared.numerator, declared.numerator)


def _counting(query: Query) -> Query:
    """The same question to the indicator that counts, where there is one without denominator."""
    plain = (i.key for i in INDICATORS.values() if i.numerator == _fact(query) and i.denominator is None)
    return replace(query, indicator=next(plain, query.indicator), level="territory")


def _of_series(release: Release, query: Query, territory: str | None) -> Count:
    series = measure.series(release, _counting(query))
    cell = series.total if territory is None else series.cell(territory)
    if cell.state == SUPPRESSED or cell.numerator is None:
        return Count(cell.state)
    return Count(VALUE if cell.numerator else ZERO, whole(cell.numerator))


def _of_rows(
    release: Release, others: Query, key: str, slugs: tuple[str, ...], territory: str | None
) -> dict[str, Count]:
    """Records of the year in the area, by slug of a dimension: a record that is counted once is once in each."""
    frame = facts.rows(release, _fact(others), others.chosen)
    inside = {code for code, of in members(others.perimeter).items() if territory in (None, of)}
    here = frame[(frame["year"] == others.year) & frame["commune"].isin(inside)]
    sums = DIMENSIONS[key].of(here).value_counts()
    numbers = {slug: int(sums.get(slug, 0)) for slug in slugs}
    return {slug: Count(VALUE if number else ZERO, number) for slug, number in numbers.items()}
