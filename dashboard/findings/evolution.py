"""Trend: what the metropole counts in two years that the same sources tell."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dashboard import locale, sentences
from dashboard.findings.declaration import Finding, proof, spoken
from dashboard.french import MINUS
from dashboard.i18n import _
from dashboard.wording import worded
from layers import measure, series_breaks
from layers.indicators import AMOUNT, COUNT, Indicator
from layers.intervals import LEAST_RANKING, apart, enough, firm, units
from layers.series import Query

if TYPE_CHECKING:
    from dashboard.viewstate import ViewState
    from layers.release import Release
    from layers.series import Series


def trends(release: Release, state: ViewState) -> list[Finding]:
    """Counts and amounts of the metropole that changed by more than chance and the threshold of the indicator."""
    found = []
    for declared in spoken(COUNT, AMOUNT):
        years = comparable(release, declared)
        if not years:
            continue
        indicator = worded(release, declared.key)
        first, last = (measure.series(release, Query(declared.key, year=y, perimeter=state.perimeter)) for y in years)
        if not (_told(release, first) and _told(release, last)):
            continue
        behind = [units(release, series.query).total for series in (first, last)]
        pairs = sorted(zip((first.total, last.total), behind, strict=True), key=lambda pair: pair[0].value or 0)
        (low, under), (high, over) = pairs
        if declared.kind == AMOUNT and not firm(low, high, under, over):
            continue
        if sentences.weak(indicator, low, high) or not apart(indicator, low, high):
            continue
        change = (last.total.value or 0) / (first.total.value or 1) - 1
        told = _("De {first_year} à {last_year}, {noun} dans la métropole : de {first} à {last} ({change}).").format(
            first_year=years[0],
            last_year=years[1],
            noun=locale.inside(indicator.label),
            first=locale.cell(indicator, first.total),
            last=locale.cell(indicator, last.total),
            change=signed(change),
        )
        seen = proof(state, declared.key, years[1])
        found.append(Finding("trend", indicator, (), locale.tight(told), abs(math.log1p(change)), seen))
    return found


def signed(change: float) -> str:
    """« +12 % », « −3 % »: a relative change; a minus sign, not a hyphen."""
    text = locale.percent(100 * abs(change))
    return f"+{text}" if change >= 0 else f"{MINUS}{text}"


def comparable(release: Release, indicator: Indicator) -> tuple[int, int] | None:
    """First and last year of the run that holds the year shown: no break of series is between them."""
    last = measure.default_year(release, indicator.key)
    if last is None:
        return None
    held = [year for year in series_breaks.run_of(release, Query(indicator.key), last) if year <= last]
    return (held[0], last) if held and held[0] < last else None


def _told(release: Release, series: Series) -> bool:
    return bool(series.total.value) and enough(units(release, series.query).total, LEAST_RANKING)
