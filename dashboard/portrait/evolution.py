"""How a place went, base 100, the same communes at all years, beside the metropole; lines break where series do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import locale, trends
from dashboard.areas import metropole
from dashboard.content import Section
from dashboard.drawing.lines import Line, lines
from dashboard.i18n import _
from dashboard.wording import worded
from layers import measure, series_breaks, trend
from layers.series import Query

if TYPE_CHECKING:
    from dashboard.drawing import Drawing
    from dashboard.portrait.place import Place
    from dashboard.services import View
    from layers.indicators import Indicator
    from layers.series import Cell
    from layers.trend import Trend

FOLLOWED = ("actors", "jobs", "grants_amount")
"""What is followed through the years, where the release has two that can be compared."""


def section(view: View, place: Place) -> Section | None:
    """One chart an indicator; None where the release has no two years to compare."""
    found = [(key, told) for key in FOLLOWED if (told := _trend(view, place, key)) is not None]
    if not found:
        return None
    said = [_("Périmètre constant : les mêmes communes à toutes les années.")]
    said += dict.fromkeys(
        _("Rupture entre {before} et {after}. {why}").format(before=one.before, after=one.after, why=trends.told(one))
        for _key, (_base, made) in found
        for one in made.breaks
    )
    drawings = tuple(_drawn(view, place, key, base, made) for key, (base, made) in found)
    return Section("evolution", _("Comment cela évolue"), tuple(map(locale.tight, said)), drawings=drawings)


def _trend(view: View, place: Place, key: str) -> tuple[int, Trend] | None:
    """The base year, the first of the run of the year shown, and the trend; None where nothing can be told.

    That is without a second year of the run, and where numbers are so small that an index would tell chance.
    """
    release = view.release
    if not measure.available(release, key) or (last := measure.default_year(release, key)) is None:
        return None
    query = Query(key, place.level, perimeter=view.state.perimeter)
    run = series_breaks.run_of(release, query, last)
    if len(run) < 2:  # noqa: PLR2004
        return None
    made = trend.of(release, query, None if place.is_whole else place.code)
    cells = made.metropole if made.area is None else made.area
    at, now = made.years.index(run[0]), made.years.index(last)
    counts = None if made.counts is None else (made.counts[at], made.counts[now])
    told = trend.percent(cells[at], cells[now], release.indicators[key], counts)
    return None if told is None else (run[0], made)


def _drawn(view: View, place: Place, key: str, base: int, made: Trend) -> Drawing:
    indicator = worded(view.release, key)
    shown = []
    if made.area is not None:
        shown.append(_line(indicator, place.named.short, made, base, cells=made.area, runs=made.first_runs))
    shown.append(_line(indicator, metropole().short, made, base, cells=made.metropole, runs=made.runs))
    cells = made.metropole if made.area is None else made.area
    at, last = made.years.index(base), len(made.years) - 1
    return lines(
        f"evolution-{key}",
        locale.tight(_("{indicator} : indice, base 100 en {year}").format(indicator=indicator.label, year=base)),
        locale.tight(
            _("{place} : {first} en {since}, {last} en {until}.").format(
                place=place.named.short,
                first=locale.cell(indicator, cells[at]),
                since=base,
                last=locale.cell(indicator, cells[last]),
                until=made.years[last],
            )
        ),
        made.years,
        shown,
        head=_("Année"),
        level=trend.BASE,
    )


def _line(
    indicator: Indicator, name: str, made: Trend, base: int, *, cells: tuple[Cell, ...], runs: trend.Runs
) -> Line:
    """The indices of a run; years out of it have none, and no line goes over a break."""
    told = trend.indices(made, cells, base, runs)
    return Line(
        name,
        tuple(cell.value for cell in told),
        tuple(locale.cell(indicator, cell) if cell.value is None else locale.number(cell.value, 1) for cell in told),
        tuple(tuple(run) for run in trends.segments(made, told, runs)),
    )
