"""A drawing as a native chart of a slide, its numbers inside, in as many parts as a room can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.util import Inches, Pt

from dashboard.colours import ACCENT, MARK, SOFT

if TYPE_CHECKING:
    from dashboard.drawing import Drawing

LABEL = 18
BARS = 9
"""Bars that a slide holds with labels that a room reads."""
YEAR = re.compile(r"(19|20)\d\d")
COLOURS = (ACCENT, MARK, SOFT, "#9fd0bd", "#bf812d")


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a drawing: names, and numbers by series."""

    title: str
    told: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]


def parts(drawn: Drawing) -> list[Part]:
    """The charts of a drawing; none where it has no numbers.

    A row of numbers may hold a number for its header too, which is left out.
    """
    if not drawn.numbers:
        return []
    wanted = len(drawn.columns) - 1
    names = tuple(row[0] for row in drawn.rows)
    values = [row[-wanted:] if wanted else row for row in drawn.numbers]
    step = len(names) if _years(names) else max(3, BARS // max(1, wanted))
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
        )
        for start in starts
    ]


def put(slide: Any, part: Part, place: tuple[float, float, float, float]) -> None:
    """The chart on a slide: a line through years, else bars from the top down."""
    data = CategoryChartData()
    data.categories = part.names
    for name, values in part.series:
        data.add_series(name, values)
    kind = XL_CHART_TYPE.LINE_MARKERS if _years(part.names) else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, *(Inches(x) for x in place), data)
    frame.name = part.title
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{part.title}. {part.told}")
    _dress(frame.chart, _digits(part), bars=kind == XL_CHART_TYPE.BAR_CLUSTERED, several=len(part.series) > 1)


def _dress(chart: Any, digits: str, *, bars: bool, several: bool) -> None:
    chart.font.size = Pt(LABEL)
    chart.has_title = False
    chart.has_legend = several
    if several:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.has_major_gridlines = not bars
    chart.value_axis.visible = not bars
    if bars:
        chart.category_axis.reverse_order = True
        chart.plots[0].gap_width = 45
    chart.plots[0].has_data_labels = True
    labels = chart.plots[0].data_labels
    labels.font.size, labels.number_format, labels.number_format_is_linked = Pt(LABEL), digits, False
    if not bars:
        labels.position = XL_LABEL_POSITION.ABOVE
    for series, colour in zip(chart.plots[0].series, COLOURS * 3, strict=False):
        filled = series.format.line if not bars else series.format.fill
        if bars:
            filled.solid()
            filled.fore_color.rgb = RGBColor.from_string(colour[1:])
        else:
            filled.color.rgb, filled.width = RGBColor.from_string(colour[1:]), Pt(3)


def _digits(part: Part) -> str:
    """How the numbers of a chart are written: whole, or with as many decimals as tells them apart."""
    values = [abs(value) for __, column in part.series for value in column if value is not None]
    if all(float(value).is_integer() for value in values) or max(values) >= 100:  # noqa: PLR2004
        return "#,##0"
    return "0.00" if max(values) < 2 else "0.0"  # noqa: PLR2004


def _years(names: tuple[str, ...]) -> bool:
    return len(names) > 1 and all(YEAR.fullmatch(name) for name in names)
