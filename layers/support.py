"""What a series supports: whether a value, a pair, an order, a gap or a change may be told of it, and if not, why.

One module decides for every sentence (domain, section 3: small numbers). Nothing is claimed of fewer than `LEAST_RATE`
units on either side, nor ranked under `LEAST_RANKING` in all; where chance makes a number vary, intervals must have
nothing in common; whoever is hidden, missing or without place, and could change the order, forbids it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from layers import intervals, measure, refused
from layers.cache import MB, Cache
from layers.indicators import INDICATORS, LEVEL, POISSON, WILSON, Indicator
from layers.intervals import CONFIDENCE, LEAST_RANKING, LEAST_RATE, Interval
from layers.panel import METROPOLE, build
from layers.series import SUPPRESSED, Cell, Query, Series

if TYPE_CHECKING:
    from layers.release import Release

SUPPORTED: Final = ""
FEW, HIDDEN, LACKING, ADRIFT, CHANCE, DRIVEN = "few", "hidden", "lacking", "adrift", "chance", "driven"
"""Why nothing may be claimed: too few units; areas under secrecy; without a value; what has no place could change it;
chance could; the value of the metropole is that of one place."""
ONE_PLACE: Final = 0.25
"""Part of the value of the metropole that one place makes alone, from which it is no yardstick (this project's)."""
UNITS: Final[Mapping[str, str]] = {"amount": "grants", "jobs": "ess_establishments"}
"""The fact that counts what another is made of: an amount is of grants, posts come by establishments."""
SQUARES, BACK = "amount_squares", "amount_back"


@dataclass(frozen=True, slots=True)
class Backing:
    """What stands behind one area: its cell, units counted, and of an amount what `layers.intervals.amount` asks."""

    cell: Cell
    units: float
    squares: float | None = None
    back: float = 0.0

    @property
    def value(self) -> float:
        """Its number, below all others where it has none."""
        return -math.inf if self.cell.value is None else self.cell.value

    @property
    def enough(self) -> bool:
        """Whether it has a number, of units enough for a rate."""
        return self.cell.value is not None and self.units >= LEAST_RATE


@dataclass(frozen=True)
class Support:
    """The areas of a series by code, the metropole, what has no place (numerator, denominator), what was refused.

    All that answers why returns `SUPPORTED` (the empty text) where the claim stands, else the first reason against it.
    """

    indicator: Indicator
    areas: Mapping[str, Backing]
    total: Backing
    adrift: tuple[float, float] = (0.0, 0.0)
    refused: float = 0.0
    """What the refused rows of the same files may add to the numerator, in any area (`layers.refused`)."""

    def within(self, codes: Collection[str]) -> Support:
        """The same of some of its areas."""
        if len(codes) == len(self.areas) and all(code in self.areas for code in codes):
            return self
        return replace(self, areas={code: one for code, one in self.areas.items() if code in codes})

    @property
    def units(self) -> float:
        """Units behind all its areas."""
        return sum(one.units for one in self.areas.values())

    def bounds(self, one: Backing, confidence: float = CONFIDENCE) -> Interval | None:
        """What chance may do to a value, in its unit; None where it draws nothing, or nothing is told."""
        cell, by = one.cell, self.indicator.scale / (one.cell.denominator or 1.0)
        if cell.value is None or cell.numerator is None:
            return None
        if one.squares is not None:
            if one.units <= 0:
                return None
            low, high = intervals.amount(one.units, cell.numerator, one.squares, one.back, confidence)
        elif self.indicator.chance == WILSON and cell.denominator:
            part = min(cell.numerator, cell.denominator)
            low, high = intervals.wilson(part, cell.denominator, confidence)
            by = self.indicator.scale
        elif self.indicator.chance == POISSON:
            low, high = intervals.poisson(cell.numerator, confidence)
        else:
            return None
        return low * by, high * by

    def rate(self, code: str) -> str:
        """Whether a value that divides, or adds amounts up, has units enough to be read as more than their chance."""
        one = self.of(code)
        counts = self.indicator.denominator is None and one.squares is None
        return SUPPORTED if counts or one.cell.value is None or one.enough else FEW

    def pair(self, one: str, other: str, confidence: float = CONFIDENCE) -> str:
        """Whether one of two areas may be said to have more than the other, whatever the others have."""
        low, high = sorted((self.of(one), self.of(other)), key=lambda backing: backing.value)
        return self._below(low, high, confidence)

    def lead(self, confidence: float = CONFIDENCE) -> str:
        """Whether the highest areas may be said to be ahead of all: ex aequo where nothing is drawn by chance."""
        order = sorted(self.areas.values(), key=lambda one: -one.value)
        if reason := self._order():
            return reason
        tops = [one for one in order if one.value == order[0].value]
        if len(tops) > 1 and self.bounds(tops[0], confidence) is not None:
            return CHANCE
        rest, least = order[len(tops) :], self._reach(tops[0], confidence).least
        if rest and (reason := self._below(rest[0], tops[0], confidence)):
            return reason
        return SUPPORTED if all(_under(self._reach(one, confidence).most, least) for one in rest) else CHANCE

    def ranks(self, confidence: float = CONFIDENCE) -> dict[str, int]:
        """Ranks that are established: of areas that are apart from all the others, before and after them."""
        return self._usual_ranks if confidence == CONFIDENCE else self._ranks(confidence)

    @cached_property
    def _usual_ranks(self) -> dict[str, int]:
        return self._ranks(CONFIDENCE)

    def _ranks(self, confidence: float) -> dict[str, int]:
        if self._order():
            return {}
        order = sorted(self.areas, key=lambda code: (-self.areas[code].value, code))
        made = [self._reach(self.areas[code], confidence) for code in order]
        above = [*accumulate((reach.least for reach in made), _lower, initial=(math.inf, math.inf))]
        below = [*accumulate((reach.most for reach in reversed(made)), _upper, initial=(-math.inf, -math.inf))][::-1]
        enough = [True, *(self.areas[code].enough for code in order), True]
        return {
            code: i + 1
            for i, (code, reach) in enumerate(zip(order, made, strict=True))
            if all(enough[i : i + 3]) and _under(reach.most, above[i]) and _under(below[i + 1], reach.least)
        }

    def share(self, code: str) -> str:
        """Whether the part that an area is of the metropole may be told: of units enough, no whole that may not be."""
        one = self.of(code)
        if not one.enough or self.total.units < LEAST_RANKING:
            return FEW
        return ADRIFT if (self.adrift[0] or self.refused) and one.value == self.total.value else SUPPORTED

    def gap(self, code: str, confidence: float = CONFIDENCE) -> str:
        """Whether an area may be said to have more, or less, than the metropole that it is a part of."""
        one, bounds = self.of(code), self.bounds(self.of(code), confidence)
        if one.cell.value is None or self.total.cell.value is None:
            return _untold(one.cell, self.total.cell)
        if not one.enough:
            return FEW
        if self.driven:
            return DRIVEN
        low, high = sorted((one, self.total), key=lambda backing: backing.value)
        if self._with_adrift(low) >= high.value:
            return ADRIFT
        within = bounds is not None and bounds[0] <= self.total.value <= bounds[1]
        return CHANCE if within or low.value == high.value else SUPPORTED

    @property
    def driven(self) -> bool:
        """Whether one area alone makes a notable part of the value of the metropole: a ratio that is no yardstick."""
        whole = self.total.cell
        if whole.value is None or not whole.value or whole.numerator is None or not whole.denominator:
            return False
        without = [_without(whole, one.cell) * self.indicator.scale for one in self.areas.values()]
        return len(without) > 1 and max(abs(value / whole.value - 1) for value in without) > ONE_PLACE

    def of(self, code: str | None) -> Backing:
        """What stands behind an area, or behind the metropole under its code or without one."""
        return self.total if code in (None, METROPOLE) else self.areas[str(code)]

    def _order(self) -> str:
        """Why no order of the areas may be told, whatever their numbers."""
        states = [one.cell for one in self.areas.values() if one.cell.value is None]
        if states:
            return _untold(*states)
        return FEW if self.units < LEAST_RANKING else SUPPORTED

    def _below(self, low: Backing, high: Backing, confidence: float) -> str:
        if low.cell.value is None or high.cell.value is None:
            return _untold(low.cell, high.cell)
        if not (low.enough and high.enough):
            return FEW
        if self._with_adrift(low) >= high.value > low.value:
            return ADRIFT
        under, over = self._reach(low, confidence), self._reach(high, confidence)
        return SUPPORTED if _under(under.most, over.least) else CHANCE

    def _reach(self, one: Backing, confidence: float) -> _Reach:
        low, high = self.bounds(one, confidence) or (one.value, one.value)
        return _Reach((one.value, low), (self._with_adrift(one), high))

    def _with_adrift(self, one: Backing) -> float:
        """The value of an area if all that has no place, or was refused, were its own."""
        more, divided = abs(self.adrift[0]) + self.refused, abs(self.adrift[1])
        if not more or one.cell.numerator is None:
            return one.value
        below = 1.0 if one.cell.denominator is None else one.cell.denominator + divided
        return max(one.value, self.indicator.scale * (one.cell.numerator + more) / (below or 1.0))


@dataclass(frozen=True, slots=True)
class _Reach:
    """The least and the most that an area may be: by what has no place, by chance."""

    least: tuple[float, float]
    most: tuple[float, float]


def _lower(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return min(one[0], other[0]), min(one[1], other[1])


def _upper(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return max(one[0], other[0]), max(one[1], other[1])


def _under(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[0] and one[1] < other[1]


def _untold(*cells: Cell) -> str:
    return HIDDEN if any(cell.state == SUPPRESSED for cell in cells) else LACKING


def _without(whole: Cell, part: Cell) -> float:
    """The ratio of the metropole without an area; its own where that is not known or leaves nothing."""
    left = (whole.denominator or 0.0) - (part.denominator or 0.0)
    if part.numerator is None or left <= 0:
        return (whole.numerator or 0.0) / (whole.denominator or 1.0)
    return ((whole.numerator or 0.0) - part.numerator) / left


BACKED: Final = 400
"""Bytes of what stands behind one area."""
SUPPORTS: Final[Cache[Support]] = Cache("supports", 24 * MB, lambda one: BACKED * (len(one.areas) + 2))
CHANGES: Final[Cache[dict[str, str]]] = Cache("reasons of changes", 8 * MB)


def of(release: Release, query: Query) -> Support:
    """What stands behind the series of a query; raises what `layers.measure.series` raises."""
    series = measure.series(release, query)
    return SUPPORTS.get((release.token, series.query), lambda: _of(release, series))


def _of(release: Release, series: Series) -> Support:
    query, declared = series.query, release.indicators[series.query.indicator]
    behind = {fact: _cells(release, query, fact) for fact in _facts(declared)}
    made = [_backing(declared, cell, i, behind) for i, cell in enumerate((*series.cells, series.total))]
    return Support(
        declared,
        {one.cell.code: one for one in made[:-1]},
        made[-1],
        tuple(measure.unlocated(release, query, fact) for fact in (declared.numerator, declared.denominator)),  # type: ignore[arg-type]
        refused.of_fact(release, declared.numerator, series.sources, series.vintages),
    )


def change(release: Release, query: Query, since: int) -> dict[str, str]:
    """Whether the change of each area, and of the metropole, from a year to that of the query may be told.

    Both years must have units enough, and be apart; what has no place in either year must not explain the change.
    """
    query = measure.series(release, query).query

    def told() -> dict[str, str]:
        years = [of(release, replace(query, year=year)) for year in (since, query.year)]
        return {code: _changed(years, code) for code in (*years[0].areas, METROPOLE)}

    return CHANGES.get((release.token, query, since), told)


def _changed(years: Sequence[Support], code: str) -> str:
    first, last = years
    adrift = max((one.adrift for one in years), key=lambda some: abs(some[0]))
    lost = max(one.refused for one in years)
    sides = {str(i): one.areas.get(code, one.total) for i, one in enumerate((first, last))}
    return replace(first, areas=sides, adrift=adrift, refused=lost).pair("0", "1")


def _facts(declared: Indicator) -> tuple[str, ...]:
    counted = UNITS.get(declared.numerator)
    if counted is None:
        return ()
    return (counted, SQUARES, BACK) if declared.numerator == "amount" else (counted,)


def _backing(declared: Indicator, cell: Cell, place: int, behind: Mapping[str, Sequence[float | None]]) -> Backing:
    known = behind.get(UNITS.get(declared.numerator, ""))
    counted = math.inf if declared.kind == LEVEL else cell.numerator or 0.0
    if known:
        counted = known[place] or 0.0
    if not behind.get(SQUARES):
        return Backing(cell, counted)
    return Backing(cell, counted, behind[SQUARES][place] or 0.0, behind[BACK][place] or 0.0)


def _cells(release: Release, query: Query, fact: str) -> list[float | None]:
    """A fact that no indicator shows, over the areas and the metropole, cut as the query is; nothing where untold."""
    chosen = None if query.is_ready else query.chosen
    key = (release.token, fact, query.level, query.perimeter, tuple(sorted((chosen or {}).items())), chosen is None)
    declared = replace(
        INDICATORS["grants_count"], key=fact, numerator=fact, cuts=release.indicators[query.indicator].cuts
    )
    found = measure.PANELS.get(key, lambda: build(release, declared, query.level, query.perimeter, chosen))
    if query.year not in found.years:
        return []
    at = found.slice(query.year, *((query.sector, query.family) if query.is_ready else (None, None)))
    return [found.cell(at, i).numerator for i in range(len(found.codes) + 1)]
