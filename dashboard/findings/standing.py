"""Gap and rank: how territories stand to each other and to the metropole, for what is related to something."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dashboard import headlines, locale, sentences
from dashboard.areas import metropole
from dashboard.findings.declaration import Finding, confidence, proof, spoken
from dashboard.wording import worded
from layers import intervals, measure
from layers.indicators import RATIO, Indicator
from layers.intervals import COUNTED, LEAST_RANKING, apart, enough, firm, units
from layers.series import Cell, Query, Series

if TYPE_CHECKING:
    from dashboard.viewstate import ViewState
    from layers.release import Release

PAIRS = 28
"""Pairs of eight territories."""


def gaps(release: Release, state: ViewState) -> list[Finding]:
    """The highest and the lowest territory, where neither chance nor the threshold of the indicator explain the gap."""
    found = []
    for indicator, series, shown in _supported(release, state):
        low, high = shown[-1], shown[0]
        lone = shown[1].value != high.value and shown[-2].value != low.value
        if not lone or not _differ(indicator, low, high, PAIRS) or not _funded(release, series, low, high):
            continue
        told = headlines.headline(indicator, series, (low, high), metropole())
        seen = proof(state, indicator.key, series.query.year)
        areas = (high.code, low.code)
        found.append(Finding("gap", indicator, areas, _sentence(told), _ratio(high, low), seen))
    return found


def standings(release: Release, state: ViewState) -> list[Finding]:
    """The first or the last territory, where it is apart from its neighbour in the ranking and from the metropole."""
    found = []
    for indicator, series, shown in _supported(release, state):
        for cell, neighbour in ((shown[0], shown[1]), (shown[-1], shown[-2])):
            low, high = sorted((cell, neighbour), key=lambda one: one.value or 0)
            if not _funded(release, series, low, high):
                continue
            if not _differ(indicator, low, high, PAIRS) or not _leaves(indicator, cell, series.total, len(shown)):
                continue
            rank = 1 if cell is shown[0] else len(shown)
            told = sentences.area_sentence(indicator, series, cell, rank, len(shown))
            strength = _ratio(cell, series.total)
            seen = proof(state, indicator.key, series.query.year, territory=cell.code)
            found.append(Finding("rank", indicator, (cell.code,), _sentence(told), strength, seen))
    return found


def _supported(release: Release, state: ViewState) -> list[tuple[Indicator, Series, list[Cell]]]:
    """Ratios told of every territory, with enough units behind each and behind all, the highest territory first."""
    found = []
    for declared in spoken(RATIO):
        if not measure.available(release, declared.key):
            continue
        series = measure.series(release, Query(declared.key, perimeter=state.perimeter))
        counted = units(release, series.query)
        whole = enough(counted.total, LEAST_RANKING) and series.total.value is not None
        if whole and all(cell.value is not None for cell in series.cells) and all(map(enough, counted.cells)):
            shown = sorted(series.cells, key=lambda cell: (-(cell.value or 0), cell.code))
            found.append((worded(release, declared.key), series, shown))
    return found


def _differ(indicator: Indicator, low: Cell, high: Cell, comparisons: int) -> bool:
    """Whether two values are apart: by more than the threshold of the indicator, and than chance."""
    return not sentences.weak(indicator, low, high) and apart(indicator, low, high, confidence(comparisons))


def _funded(release: Release, series: Series, low: Cell, high: Cell) -> bool:
    """Whether the numbers of grants support a gap of amounts; true of what is no amount."""
    if release.indicators[series.query.indicator].numerator not in COUNTED:
        return True
    counted = units(release, series.query)
    return firm(low, high, counted.cell(low.code), counted.cell(high.code), confidence(PAIRS))


def _leaves(indicator: Indicator, cell: Cell, total: Cell, comparisons: int) -> bool:
    """Whether the value of the metropole is outside what chance may do to that of a territory."""
    bounds = intervals.interval(indicator, cell, confidence(comparisons))
    inside = bounds is not None and bounds[0] <= (total.value or 0) <= bounds[1]
    return not inside and not sentences.weak(indicator, *sorted((cell, total), key=lambda one: one.value or 0))


def _ratio(high: Cell, low: Cell) -> float:
    """How far apart two values are, as |ln(ratio)|; infinite where they are on either side of zero."""
    ratio = (high.value or 1) / (low.value or 1)
    return abs(math.log(ratio)) if ratio > 0 else math.inf


def _sentence(told: str) -> str:
    return locale.tight(locale.capital(told)) + "."
