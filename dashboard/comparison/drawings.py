"""The charts of a comparison as numbers that the template draws: dots with intervals, gaps, trends, on one scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard import locale, sentences
from dashboard.comparison import choice as chosen
from dashboard.comparison.choice import Choice, Place
from dashboard.comparison.gaps import SURE
from dashboard.i18n import _
from dashboard.wording import worded
from layers import facts, measure, series_breaks
from layers.indicators import RATIO, Indicator
from layers.series import Cell

if TYPE_CHECKING:
    from dashboard.comparison.table import Row
    from dashboard.services import View

Placer = Callable[[int, float], tuple[float, float]]
"""Where a value of a year is drawn."""
AIR = 1.04
"""How far beyond the highest number a scale goes."""
FULL = 1.0
"""Gap beyond which a bar is cut: twice the metropole, or nothing of it."""
WIDE, HIGH, MARGIN, TOP, FOOT = 280, 150, 30, 26, 24
"""A trend, in units that are pixels where it is drawn at its width."""
MANY = 6
"""Years from which only the first and the last value are written."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One place: value and interval as parts of the scale, from 0 to 100."""

    code: str
    name: str
    text: str
    state: str
    at: float | None
    low: float | None
    high: float | None
    bounds: str


@dataclass(frozen=True, slots=True)
class Dots:
    """The places on one scale; ``zero`` and ``mean`` are where zero is, and the metropole if it can be compared."""

    rows: tuple[Dot, ...]
    zero: float
    mean: float | None
    mean_text: str
    modelled: bool


def dots(view: View, choice: Choice) -> Dots:
    """Values of the indicator of the view, with their 95 % intervals where chance makes them vary."""
    indicator = worded(view.release, view.state.indicator)
    cells, total = chosen.cells(view, choice), chosen.series(view, "territory").total
    mean = total.value if indicator.kind == RATIO else None
    backing = chosen.backing(view, choice)
    ends = [backing.bounds(backing.areas[cell.code]) for cell in cells]
    numbers = [*(cell.value or 0 for cell in cells), *(high for end in ends if end for high in end), mean or 0]
    at = _scaled(numbers)
    return Dots(
        tuple(_dot(indicator, *one, at) for one in zip(choice.places, cells, ends, strict=True)),
        at(0.0),
        None if mean is None else at(mean),
        locale.cell(indicator, total),
        any(end is not None for end in ends),
    )


def dots_told(made: Dots) -> str:
    """The dot plot in a sentence: the ends of the range and, where it can be compared, the metropole."""
    shown = sorted((dot for dot in made.rows if dot.at is not None), key=lambda dot: dot.at or 0)
    if not shown:
        return _("Aucune valeur pour ces choix.")
    low, high = shown[0], shown[-1]
    said = _("{over} : {high}").format(over=high.name, high=high.text)
    if len(shown) > 1:
        said = sentences.extent((low.text, low.name), (high.text, high.name))
    whole = _(" ; métropole : {total}").format(total=made.mean_text) if made.mean is not None else ""
    return locale.tight(f"{said}{whole}.")


def _dot(
    indicator: Indicator, place: Place, cell: Cell, ends: tuple[float, float] | None, at: Callable[[float], float]
) -> Dot:
    bounds = ""
    if ends is not None:
        low, high = (locale.value(indicator, end) for end in ends)
        bounds = _("entre {low} et {high}").format(low=low, high=high)
    return Dot(
        place.code,
        place.named.short,
        locale.cell(indicator, cell),
        cell.state,
        None if cell.value is None else at(cell.value),
        at(ends[0]) if ends else None,
        at(ends[1]) if ends else None,
        bounds,
    )


def _scaled(numbers: Sequence[float]) -> Callable[[float], float]:
    """Where a number is, from 0 to 100, on a scale that holds them all and zero."""
    low, high = AIR * min(0.0, *numbers), AIR * max(0.0, *numbers)
    return lambda number: round(100 * (number - low) / ((high - low) or 1.0), 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """One indicator in one place: a bar from the middle, ``width`` in parts of 50."""

    label: str
    text: str
    above: bool
    width: float
    cut: bool
    verdict: str


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of one place."""

    name: str
    bars: tuple[Bar, ...]

    @property
    def told(self) -> str:
        """How many gaps are above, below, or not to be made much of."""
        sure = [bar.above for bar in self.bars if bar.verdict == SURE]
        return _("{above} au-dessus de la métropole, {below} au-dessous, {rest} en écart faible ou non établi").format(
            above=sum(sure), below=len(sure) - sum(sure), rest=len(self.bars) - len(sure)
        )


def gaps(rows: Sequence[Row], choice: Choice) -> list[Gaps]:
    """Gaps of each place to the metropole, for all that is related to something, on one scale unless freed."""
    related = [row for row in rows if row.related]
    apart = [
        [entry.gap.relative for row in related if (entry := row.entries[i]).gap] for i in range(len(choice.places))
    ]
    together = _reach([relative for some in apart for relative in some])
    return [
        Gaps(
            place.named.short,
            tuple(_bar(row, i, _reach(apart[i]) if choice.free else together) for row in related if row.entries[i].gap),
        )
        for i, place in enumerate(choice.places)
    ]


def _reach(relatives: Sequence[float]) -> float:
    return min(FULL, max((abs(relative) for relative in relatives), default=FULL)) or FULL


def _bar(row: Row, i: int, reach: float) -> Bar:
    found = row.entries[i].gap
    assert found is not None  # noqa: S101  (the caller keeps those that have one)
    width = round(50 * min(1.0, abs(found.relative) / reach), 2)
    return Bar(row.indicator.label, found.told, found.relative >= 0, width, abs(found.relative) > reach, found.verdict)


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a place."""

    x: float
    y: float
    year: int
    text: str
    written: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """One place over the years: lines of the years that the same sources tell, and what the metropole does."""

    code: str
    name: str
    points: tuple[Point, ...]
    lines: tuple[str, ...]
    around: tuple[str, ...]
    zero: float
    first: int
    last: int
    table: tuple[tuple[int, str], ...]


def trends(view: View, choice: Choice) -> list[Trend]:
    """The years of each place, on one scale unless freed; empty where the release has fewer than two."""
    built = facts.cube(view.release, view.release.indicators[view.state.indicator].numerator)
    if len(built.years) < 2:  # noqa: PLR2004
        return []
    indicator = worded(view.release, view.state.indicator)
    runs = series_breaks.runs(view.release, view.state.series_query())
    told = {place.code: _years(view, place, built.years) for place in choice.places}
    around = _whole(view, built.years) if indicator.kind == RATIO else {}
    each = [_range([*cells.values(), *around.values()]) for cells in told.values()]
    whole = (min(low for low, _high in each), max(high for _low, high in each))
    found = []
    for place, reach in zip(choice.places, each if choice.free else [whole] * len(each), strict=True):
        cells, at = told[place.code], _placed(built.years[0], built.years[-1], reach)
        lines, beside = (tuple(_lines(some, runs, at)) for some in (cells, around))
        found.append(_trend(indicator, place, cells, at, lines=lines, around=beside))
    return found


def _years(view: View, place: Place, years: Sequence[int]) -> dict[int, Cell]:
    query = replace(view.state.series_query(), level=place.level)
    return {year: measure.series(view.release, replace(query, year=year)).cell(place.code) for year in years}


def _whole(view: View, years: Sequence[int]) -> dict[int, Cell]:
    query = replace(view.state.series_query(), level="territory")
    return {year: measure.series(view.release, replace(query, year=year)).total for year in years}


def _range(cells: Sequence[Cell]) -> tuple[float, float]:
    """Lowest and highest value, zero between them."""
    values = [cell.value or 0.0 for cell in cells]
    return min(0.0, *values), max(0.0, *values)


def _placed(first: int, last: int, reach: tuple[float, float]) -> Placer:
    """Where a value of a year is drawn."""
    low, span = reach[0], (reach[1] - reach[0]) or 1.0

    def at(year: int, value: float) -> tuple[float, float]:
        x = MARGIN + (WIDE - 2 * MARGIN) * (year - first) / (last - first)
        return round(x, 1), round(TOP + (HIGH - TOP - FOOT) * (1 - (value - low) / span), 1)

    return at


def _trend(
    indicator: Indicator,
    place: Place,
    cells: dict[int, Cell],
    at: Placer,
    *,
    lines: tuple[str, ...],
    around: tuple[str, ...],
) -> Trend:
    first, last = min(cells), max(cells)
    shown = [(year, cell) for year, cell in cells.items() if cell.value is not None]
    few = len(shown) <= MANY
    ends = {shown[0][0], shown[-1][0]} if shown else set()
    return Trend(
        place.code,
        place.named.short,
        tuple(
            Point(*at(year, cell.value or 0), year, locale.cell(indicator, cell), few or year in ends)
            for year, cell in shown
        ),
        lines,
        around,
        at(first, 0.0)[1],
        first,
        last,
        tuple((year, locale.cell(indicator, cell)) for year, cell in cells.items()),
    )


def _lines(cells: dict[int, Cell], runs: Sequence[Sequence[int]], at: Placer) -> list[str]:
    """Lines through the years of each run, broken where a value is lacking."""
    found: list[list[str]] = []
    for run in runs:
        found.append([])
        for year in run:
            value = cells[year].value if year in cells else None
            if value is None:
                found.append([])
            else:
                found[-1].append(",".join(map(str, at(year, value))))
    return [" ".join(line) for line in found if len(line) > 1]
