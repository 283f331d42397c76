"""A drawing as a native chart of a slide, its numbers inside, in as many parts as a room can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Inches, Pt

from dashboard.colours import ACCENT, MARK, SOFT
from dashboard.drawing.drawing import BARS as BARS_
from dashboard.drawing.drawing import LINES, STACKED

if TYPE_CHECKING:
    from dashboard.drawing import Drawing

LABEL = 18
BARS = 9
"""Bars that a slide holds with labels that a room reads."""
FEW = 3
"""Series whose values are written on a stacked bar."""
KINDS = {
    BARS_: XL_CHART_TYPE.BAR_CLUSTERED,
    STACKED: XL_CHART_TYPE.BAR_STACKED,
    LINES: XL_CHART_TYPE.LINE_MARKERS,
}
YEAR = re.compile(r"(19|20)\d\d")
COLOURS = (ACCENT, MARK, SOFT, "#9fd0bd", "#bf812d", "#3c5b78", "#8a3b5c", "#c9b458", "#16232b")


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a drawing: names, numbers by series, and what is drawn of them (`Drawing.native`)."""

    title: str
    told: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    native: str = BARS_


def parts(drawn: Drawing) -> list[Part]:
    """The charts of a drawing; none where it has no numbers.

    A row of numbers may hold a number for its header too, which is left out.
    """
    if not drawn.numbers:
        return []
    wanted = len(drawn.columns) - 1
    names = tuple(row[0] for row in drawn.rows)
    values = [row[-wanted:] if wanted else row for row in drawn.numbers]
    native = LINES if drawn.native == LINES or _years(names) else drawn.native
    step = {LINES: len(names), STACKED: BARS}.get(native, max(3, BARS // max(1, wanted)))
    starts = range(0, len(names), step)
    return [
        Part(
            drawn.title,
            drawn.told,
            names[start : start + step],
            tuple(
                (column, tuple(row[place] for row in values[start : start + step]))
                for place, column in enumerate(drawn.columns[1:])
            ),
            native,
        )
        for start in starts
    ]


def put(slide: Any, part: Part, place: tuple[float, float, float, float]) -> None:
    """The chart on a slide: lines, or bars from the top down, their parts end to end where they add up."""
    data = CategoryChartData()
    data.categories = part.names
    for name, values in part.series:
        data.add_series(name, values)
    kind = KINDS[part.native]
    frame = slide.shapes.add_chart(kind, *(Inches(x) for x in place), data)
    frame.name = part.title
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{part.title}. {part.told}")
    _dress(frame.chart, part, bars=part.native != LINES, several=len(part.series) > 1)


def _dress(chart: Any, part: Part, *, bars: bool, several: bool) -> None:
    chart.font.size = Pt(LABEL)
    chart.has_title = False
    chart.has_legend = several
    if several:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.has_major_gridlines = not bars
    chart.value_axis.visible = not bars
    if bars:
        chart.category_axis.reverse_order = True
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        chart.plots[0].gap_width = 45
    if part.native == STACKED:
        chart.plots[0].overlap = 100
    if part.native != STACKED or len(part.series) <= FEW:
        _label(chart.plots[0], _digits(part), above=not bars)
    for series, colour in zip(chart.plots[0].series, COLOURS * 3, strict=False):
        filled = series.format.line if not bars else series.format.fill
        if bars:
            filled.solid()
            filled.fore_color.rgb = RGBColor.from_string(colour[1:])
        else:
            filled.color.rgb, filled.width = RGBColor.from_string(colour[1:]), Pt(3)


def _label(plot: Any, digits: str, *, above: bool) -> None:
    """Values beside what is drawn, as long as there are few series to tell apart."""
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.font.size, labels.number_format, labels.number_format_is_linked = Pt(LABEL), digits, False
    if above:
        labels.position = XL_LABEL_POSITION.ABOVE


def _digits(part: Part) -> str:
    """How the numbers of a chart are written: whole, or with as many decimals as tells them apart."""
    values = [abs(value) for __, column in part.series for value in column if value is not None]
    if all(float(value).is_integer() for value in values) or max(values) >= 100:  # noqa: PLR2004
        return "#,##0"
    return "0.00" if max(values) < 2 else "0.0"  # noqa: PLR2004


def _years(names: tuple[str, ...]) -> bool:
    return len(names) > 1 and all(YEAR.fullmatch(name) for name in names)
