"""Trend: what the metropole counts in two years that the same sources tell."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import locale, sentences
from dashboard.areas import metropole
from dashboard.findings.declaration import Finding, proof, spoken
from dashboard.french import MINUS
from dashboard.i18n import _
from dashboard.wording import worded
from layers import measure, series_breaks, support
from layers.indicators import AMOUNT, COUNT, Indicator
from layers.intervals import LEAST_RANKING
from layers.panel import METROPOLE
from layers.series import Query

if TYPE_CHECKING:
    from dashboard.areas import Named
    from dashboard.viewstate import ViewState
    from layers.release import Release
    from layers.series import Cell, Series


def trends(release: Release, state: ViewState) -> list[Finding]:
    """Counts and amounts of the metropole that changed by more than chance and the threshold of the indicator."""
    return changed(release, state, Where("territory", None, metropole(), ()))


@dataclass(frozen=True, slots=True)
class Where:
    """A place of which a change is told: ``code`` None for the metropole, ``areas`` the territories that it names."""

    level: str
    code: str | None
    named: Named
    areas: tuple[str, ...]


def changed(release: Release, state: ViewState, where: Where) -> list[Finding]:
    """Counts and amounts of a place that changed by more than chance and the threshold of the indicator."""
    found = []
    for declared in spoken(COUNT, AMOUNT):
        years = comparable(release, declared)
        if not years:
            continue
        indicator = worded(release, declared.key)
        queries = [Query(declared.key, where.level, year=year, perimeter=state.perimeter) for year in years]
        first, last = (_cell(measure.series(release, query), where) for query in queries)
        backing = [support.of(release, query) for query in queries]
        before, after = first.value or 0.0, last.value or 0.0
        if min(before, after) <= 0:  # of what was taken back there is no percentage
            continue
        if any(one.of(where.code).units < LEAST_RANKING for one in backing):
            continue
        low, high = sorted((first, last), key=lambda cell: cell.value or 0)
        if sentences.weak(indicator, low, high):
            continue
        if support.change(release, queries[1], years[0])[where.code or METROPOLE]:
            continue
        change = after / before - 1
        told = _("De {first_year} à {last_year}, {noun} {within} : de {first} à {last} ({change}).").format(
            first_year=years[0],
            last_year=years[1],
            noun=locale.inside(indicator.label),
            within=where.named.within,
            first=locale.cell(indicator, first),
            last=locale.cell(indicator, last),
            change=signed(change),
        )
        at = {"territory": where.code} if where.level == "territory" else {"commune": where.code, "level": "commune"}
        seen = proof(state, declared.key, years[1], **at)
        found.append(Finding("trend", indicator, where.areas, locale.tight(told), abs(math.log1p(change)), seen))
    return found


def _cell(series: Series, where: Where) -> Cell:
    return series.total if where.code is None else series.cell(where.code)


def signed(change: float) -> str:
    """« +12 % », « −3 % »: a relative change; a minus sign, not a hyphen."""
    text = locale.percent(100 * abs(change))
    return f"{MINUS}{text}" if change < 0 and text != locale.percent(0) else f"+{text}"


def comparable(release: Release, indicator: Indicator) -> tuple[int, int] | None:
    """First and last year of the run that holds the year shown: no break of series is between them."""
    last = measure.default_year(release, indicator.key)
    if last is None:
        return None
    held = [year for year in series_breaks.run_of(release, Query(indicator.key), last) if year <= last]
    return (held[0], last) if held and held[0] < last else None
