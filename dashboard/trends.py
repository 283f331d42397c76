"""The chart of the indicator through the years: the area of the view and the metropole beside it, broken where it must.

A gap stays a gap: no line goes over a year that is hidden, missing, or on the other side of a break.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from dashboard import locale, provenance
from dashboard.colours import ACCENT, RULE, SOFT
from dashboard.figures import styled
from dashboard.i18n import _, msg, plural
from dashboard.wording import worded
from layers import facts, support, trend
from layers.indicators import AMOUNT, COUNT
from layers.panel import METROPOLE
from layers.series import Cell

if TYPE_CHECKING:
    from dashboard.services import View
    from layers.indicators import Indicator
    from layers.release import Release
    from layers.series import Query
    from layers.series_breaks import Found
    from layers.trend import Runs, Trend

AREA, BESIDE = ACCENT, SOFT
YEARLY = msg(
    "Périmètre de chaque année, à son 31 décembre : une marche là où des communes entrent n’est pas une croissance."
)
TWO = 2


@dataclass(frozen=True)
class Told:
    """The chart in all its forms: see `dashboard.charts.Chart`."""

    title: str
    summary: str
    draw: Callable[[], Any] | None
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chart: its name, its cell of each year, the years that can be compared with each other."""

    name: str
    cells: tuple[Cell, ...]
    runs: Runs


def of(view: View, place: str) -> Told | None:
    """The trend of the indicator of a view; None where it has one year or none. ``place`` names the area."""
    state = view.state
    code = state.commune or state.territory
    level = "commune" if state.commune else "territory"
    indicator = worded(view.release, state.indicator)
    query = replace(state.series_query(), level=level if level in indicator.levels else indicator.levels[0], year=None)
    if "territory" not in indicator.levels and code is not None and not state.commune:
        query = replace(query, level="territory")
    found = trend.of(view.release, query, code, yearly=state.yearly is not None)
    if len(found.years) < TWO:
        return None
    base = state.index if state.index in found.years else None
    lines = _lines(found, place, base)
    texts = [[_text(indicator, cell, base) for cell in line.cells] for line in lines]
    return Told(
        title=locale.tight(_title(indicator, base, yearly=state.yearly is not None)),
        summary=locale.tight(_summary(view.release, query, found, place, code)),
        draw=partial(_figure, found, indicator, lines, texts, base),
        heads=(_("Année"), *(line.name for line in lines)),
        rows=tuple((str(year), *row) for year, *row in zip(found.years, *texts, strict=True)),
        source=source(view, found.years),
        notes=tuple(locale.tight(note) for note in _notes(found, base, yearly=state.yearly is not None)),
    )


def told(one: Found) -> str:
    """The sentence of a break, in the language in force."""
    return _(one.sentence).format(before=one.before, after=one.after)


def _lines(found: Trend, place: str, base: int | None) -> list[Line]:
    lines = [Line(_("Métropole"), found.metropole, found.runs)]
    if found.area is not None:
        lines.insert(0, Line(locale.capital(place), found.area, found.first_runs))
    if base is None:
        return lines
    return [replace(line, cells=trend.indices(found, line.cells, base, line.runs)) for line in lines]


def _text(indicator: Indicator, cell: Cell, base: int | None) -> str:
    if base is None or cell.value is None:
        return locale.cell(indicator, cell)
    return locale.number(cell.value, 1)


def _title(indicator: Indicator, base: int | None, *, yearly: bool) -> str:
    told = _("{indicator} par année") if base is None else _("{indicator} : indice, base 100 en {year}")
    said = told.format(indicator=indicator.label, year=base)
    return _("{title}, périmètre de chaque année").format(title=said) if yearly else said


def _summary(release: Release, query: Query, found: Trend, place: str, code: str | None) -> str:
    """The last value, and the change from the first that it can be compared with."""
    indicator = worded(release, query.indicator)
    cells = found.metropole if found.area is None else found.area
    last, year = cells[-1], found.years[-1]
    names = {
        "place": locale.capital(place),
        "year": year,
        "value": locale.cell(indicator, last),
        "unit": _unit(indicator),
    }
    if last.value is None:
        return _("{place}, {year} : {value}.").format(**names)
    comparable = found.run_of(year, found.first_runs)
    run = [(y, c) for y, c in zip(found.years, cells, strict=True) if y in comparable and c.value is not None]
    first_year, first = run[0]
    if first_year == year:
        return _("{place}, {year} : {value} {unit}, sans année comparable avant.").format(**names).replace(" ,", ",")
    names |= {"first": first_year, "then": locale.cell(indicator, first)}
    at = found.years.index(first_year)
    change = _change(indicator, first, last, None if found.counts is None else (found.counts[at], found.counts[-1]))
    if not change or support.change(release, replace(query, year=year), first_year)[code or METROPOLE]:
        said = _("{place} : {then} {unit} en {first}, {value} en {year}.").format(**names)
        return said.replace("  ", " ")
    names["change"] = change
    return _("{place} : {then} {unit} en {first}, {value} en {year}, soit {change}.").format(**names).replace("  ", " ")


def _change(indicator: Indicator, first: Cell, last: Cell, counts: tuple[Cell, Cell] | None) -> str:
    """« +12,5 % »; of a percentage, « +1,2 point »; empty where it would say nothing."""
    if indicator.pivot is not None:
        return ""
    if indicator.unit == "%":
        points = (last.value or 0) - (first.value or 0)
        return plural("{n} point", "{n} points", points).format(n=signed(points, 1))
    change = trend.percent(first, last, indicator, counts)
    return "" if change is None else signed(change, 1, locale.percent)


def signed(amount: float, digits: int, write: Callable[[float, int], str] = locale.number) -> str:
    """« +12,5 », « −3,0 », « 0,0 »; « +12,5 % » where it is written as a percentage."""
    text = write(amount, digits)
    return f"+{text}" if amount > 0 and text != write(0, digits) else text


def _unit(indicator: Indicator) -> str:
    return (
        "" if indicator.pivot is not None or indicator.unit == "%" or indicator.unit.startswith("€") else indicator.unit
    )


def _notes(found: Trend, base: int | None, *, yearly: bool) -> list[str]:
    notes = [
        _("Rupture entre {before} et {after}. {why}").format(before=b.before, after=b.after, why=told(b))
        for b in found.breaks
    ]
    if found.breaks and base is not None:
        notes.append(
            _("Indice calculé sur {years} seulement : aucun indice n’est calculé à travers une rupture.").format(
                years=_span(found.run_of(base, found.first_runs))
            )
        )
    constant = _("Périmètre constant : les mêmes communes à toutes les années.")
    notes.append(_(YEARLY) if yearly else constant)
    return notes


def _span(run: Sequence[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"


def _figure(found: Trend, indicator: Indicator, lines: Any, texts: Any, base: int | None) -> go.Figure:
    """Counts of an area are drawn alone: beside those of the metropole they would lie on the axis."""
    shown = lines[:1] if base is None and indicator.kind in (COUNT, AMOUNT) else lines
    figure = go.Figure()
    highest, lowest = (0.0, 0.0) if base is None else (trend.BASE, trend.BASE)
    for i, line in enumerate(shown):
        cells, joined = line.cells, segments(found, line.cells, line.runs)
        colour = AREA if i == 0 else BESIDE
        for run in joined:
            figure.add_scatter(
                x=[found.years[k] for k in run],
                y=[cells[k].value for k in run],
                text=[texts[i][k] for k in run] if i == 0 else None,
                mode="lines+markers+text" if i == 0 else "lines+markers",
                textposition="top center",
                line={"color": colour, "dash": "solid" if i == 0 else "dash", "width": 2},
                marker={"size": 9 if i == 0 else 6, "symbol": "circle" if i == 0 else "diamond"},
                name=line.name,
                hoverinfo="skip",
                cliponaxis=False,
                showlegend=len(shown) > 1 and run == joined[0],
            )
        values = [cell.value for cell in cells if cell.value is not None]
        highest, lowest = max([highest, *values]), min([lowest, *values])
        for k, cell in enumerate(cells):
            if i == 0 and cell.value is None:
                figure.add_annotation(
                    x=found.years[k], y=0, yref="paper", text=texts[i][k], showarrow=False, yanchor="bottom"
                )
    parted = [(b.before, b.after) for b in found.breaks if _parts(shown[0], b)]
    for one in sorted(set(parted)):
        figure.add_vline(x=sum(one) / 2, line={"color": BESIDE, "dash": "dot", "width": 1})
        figure.add_annotation(
            x=sum(one) / 2,
            y=1,
            yref="paper",
            text=_("rupture"),
            showarrow=False,
            textangle=-90,
            xshift=-9,
            yanchor="top",
        )
    if base is not None:
        figure.add_hline(y=trend.BASE, line={"color": RULE, "width": 1})
    span = (highest - lowest) or 1.0
    figure.update_xaxes(
        tickvals=list(found.years), fixedrange=True, showgrid=False, range=[found.years[0] - 0.4, found.years[-1] + 0.4]
    )
    figure.update_yaxes(
        fixedrange=True,
        gridcolor=RULE,
        showticklabels=False,
        range=[lowest - 0.15 * span if lowest else 0, highest + 0.2 * span],
    )
    made = styled(figure, 340)
    made.update_layout(
        showlegend=len(shown) > 1,
        legend={"orientation": "h", "y": -0.12, "x": 0},
        margin={"l": 12, "r": 16, "t": 8, "b": 40},
    )
    return made


def _parts(line: Line, one: Found) -> bool:
    """Whether a line is broken there."""
    return not any(one.before in run and one.after in run for run in line.runs)


def segments(found: Trend, cells: Sequence[Cell], runs: Runs | None = None) -> list[list[int]]:
    """Places of the years that a line joins: in one run, none between them without a value."""
    made: list[list[int]] = []
    for i, (year, cell) in enumerate(zip(found.years, cells, strict=True)):
        if cell.value is None:
            continue
        joined = made and made[-1][-1] == i - 1 and year in found.run_of(found.years[i - 1], runs)
        if joined:
            made[-1].append(i)
        else:
            made.append([i])
    return made


def source(view: View, years: Sequence[int]) -> str:
    """« Source : … » of what an indicator counts in some years."""
    built = facts.cube(view.release, view.release.indicators[view.state.indicator].numerator)
    kinds = tuple(dict.fromkeys(kind for year in years for kind in built.sources.get(year, ())))
    vintages = tuple(dict.fromkeys(v for year in years for v in built.vintages.get(year, ())))
    return " ".join(provenance.line(view.release, kinds, vintages))
