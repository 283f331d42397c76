"""A drawing as a native chart of a slide, its numbers inside, in as many parts as a room can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from dashboard.colours import ACCENT, INK, MARK, SOFT
from dashboard.drawing.drawing import BARS as BARS_
from dashboard.drawing.drawing import LINES, STACKED

if TYPE_CHECKING:
    from dashboard.drawing import Drawing
    from dashboard.drawing.drawing import Mark

LABEL = 18
BARS = 9
"""Bars that a slide holds with labels that a room reads."""
PLOT = (0.3, 0.02, 0.66, 0.84)
"""Left, top, width and height of the plot within a chart that a mark crosses, as parts of it."""
AFTER = 1.15
"""How far the axis goes beyond the longest bar, for its value."""
_LAYOUT = (
    "<c:layout {}><c:manualLayout><c:layoutTarget val='inner'/><c:xMode val='edge'/><c:yMode val='edge'/>"
    "<c:x val='{}'/><c:y val='{}'/><c:w val='{}'/><c:h val='{}'/></c:manualLayout></c:layout>"
)
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
    mark: Mark | None = None


def parts(drawn: Drawing) -> list[Part]:
    """The charts of a drawing; none where it has no numbers.

    A row of numbers may hold a number for its header too, which is left out. The row of a mark is no bar: it is drawn
    across the others, which stay bars though they be years, as on the page.
    """
    if not drawn.numbers:
        return []
    wanted = len(drawn.columns) - 1
    count = len(drawn.rows) - (drawn.mark is not None and drawn.native == BARS_)
    names = tuple(row[0] for row in drawn.rows[:count])
    values = [row[-wanted:] if wanted else row for row in drawn.numbers[:count]]
    native = LINES if drawn.native == LINES or (_years(names) and drawn.mark is None) else drawn.native
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
            drawn.mark if native != LINES else None,
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
    said = f" {part.mark.text}." if part.mark else ""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{part.title}. {part.told}{said}")
    _dress(frame.chart, part, bars=part.native != LINES, several=len(part.series) > 1)
    if part.mark:
        _across(slide, frame.chart, part, part.mark, place)


def _across(slide: Any, chart: Any, part: Part, mark: Mark, place: tuple[float, float, float, float]) -> None:
    """The line of a mark over the bars, named under them: the frame of the plot and its ends are set, not guessed."""
    low, high = _ends(part, mark)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = low, high
    chart.plots[0]._element.getparent().insert(0, parse_xml(_LAYOUT.format(nsdecls("c"), *PLOT)))
    left, top, wide, tall = place
    x = left + wide * (PLOT[0] + PLOT[2] * (mark.value - low) / (high - low))
    line = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, Inches(x), Inches(top), Inches(x), Inches(top + tall * (PLOT[1] + PLOT[3]))
    )
    line.name, line.line.width, line.line.dash_style = mark.text, Pt(2), MSO_LINE.DASH
    line.line.color.rgb = RGBColor.from_string(INK[1:])
    box = slide.shapes.add_textbox(Inches(x - 2.5), Inches(top + tall * (PLOT[1] + PLOT[3])), Inches(5), Inches(0.4))
    box.name = mark.text
    paragraph = box.text_frame.paragraphs[0]
    paragraph.text, paragraph.font.size, paragraph.alignment = mark.text, Pt(LABEL), PP_ALIGN.CENTER


def _ends(part: Part, mark: Mark) -> tuple[float, float]:
    """What the axis begins and ends with: zero, the bars and the mark, and room for what is written after a bar."""
    rows = zip(*(values for _name, values in part.series), strict=True)
    sums = [
        sum(one or 0.0 for one in row) if part.native == STACKED else max(one or 0.0 for one in row) for row in rows
    ]
    lows = [min(one or 0.0 for _name, values in part.series for one in values), 0.0]
    high = max(0.0, mark.value, *sums) or 1.0
    return min(*lows, mark.value), high * AFTER


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
