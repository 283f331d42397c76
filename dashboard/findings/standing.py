"""Gap and rank: how territories stand to each other and to the metropole, for what is related to something."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dashboard import headlines, locale, sentences
from dashboard.areas import metropole
from dashboard.findings.declaration import Finding, confidence, proof, spoken
from dashboard.wording import worded
from layers import measure, support
from layers.indicators import RATIO, Indicator
from layers.intervals import LEAST_RANKING
from layers.series import Cell, Query, Series
from layers.support import Support

if TYPE_CHECKING:
    from dashboard.viewstate import ViewState
    from layers.release import Release

PAIRS = 28
"""Pairs of eight territories."""


def gaps(release: Release, state: ViewState) -> list[Finding]:
    """The highest and the lowest territory, where neither chance nor the threshold of the indicator explain the gap."""
    found = []
    for indicator, series, shown, backing in _supported(release, state):
        low, high = shown[-1], shown[0]
        lone = shown[1].value != high.value and shown[-2].value != low.value
        if not lone or not _differ(indicator, low, high, backing):
            continue
        told = headlines.headline(indicator, series, (low, high), metropole(), backing)
        seen = proof(state, indicator.key, series.query.year)
        areas = (high.code, low.code)
        found.append(Finding("gap", indicator, areas, _sentence(told), _ratio(high, low), seen))
    return found


def standings(release: Release, state: ViewState) -> list[Finding]:
    """The first or the last territory, where it is apart from its neighbour in the ranking and from the metropole."""
    found = []
    for indicator, series, shown, backing in _supported(release, state):
        for cell, neighbour in ((shown[0], shown[1]), (shown[-1], shown[-2])):
            low, high = sorted((cell, neighbour), key=lambda one: one.value or 0)
            if not _differ(indicator, low, high, backing) or not _leaves(indicator, cell, series.total, backing):
                continue
            rank = backing.ranks().get(cell.code)
            if rank is None:
                continue
            told = sentences.area_sentence(indicator, series, cell, rank, len(shown), mark=sentences.RANKED)
            strength = _ratio(cell, series.total)
            seen = proof(state, indicator.key, series.query.year, territory=cell.code)
            found.append(Finding("rank", indicator, (cell.code,), _sentence(told), strength, seen))
    return found


def _supported(release: Release, state: ViewState) -> list[tuple[Indicator, Series, list[Cell], Support]]:
    """Ratios told of every territory, with enough units behind each and behind all, the highest territory first."""
    found = []
    for declared in spoken(RATIO):
        if not measure.available(release, declared.key):
            continue
        series = measure.series(release, Query(declared.key, perimeter=state.perimeter))
        backing = support.of(release, series.query)
        whole = backing.units >= LEAST_RANKING and series.total.value is not None
        if whole and all(one.enough for one in backing.areas.values()):
            shown = sorted(series.cells, key=lambda cell: (-(cell.value or 0), cell.code))
            found.append((worded(release, declared.key), series, shown, backing))
    return found


def _differ(indicator: Indicator, low: Cell, high: Cell, backing: Support) -> bool:
    """Whether two values are apart: by more than the threshold of the indicator, and than chance."""
    return not sentences.weak(indicator, low, high) and not backing.pair(low.code, high.code, confidence(PAIRS))


def _leaves(indicator: Indicator, cell: Cell, total: Cell, backing: Support) -> bool:
    """Whether the value of the metropole is outside what chance may do to that of a territory."""
    reason = backing.gap(cell.code, confidence(len(backing.areas)))
    return not reason and not sentences.weak(indicator, *sorted((cell, total), key=lambda one: one.value or 0))


def _ratio(high: Cell, low: Cell) -> float:
    """How far apart two values are, as |ln(ratio)|; infinite where they are on either side of zero."""
    ratio = (high.value or 1) / (low.value or 1)
    return abs(math.log(ratio)) if ratio > 0 else math.inf


def _sentence(told: str) -> str:
    return locale.tight(locale.capital(told)) + "."
