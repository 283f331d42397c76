"""The charts below the map as drawings: the same numbers and words, for files and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.drawing.bars import Bar, bars
from dashboard.drawing.lines import Line, lines

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.drawing import Drawing

TWO = 2


def drawn(chart: Chart) -> Drawing | None:
    """A chart as a drawing, from the numbers of its figure; None where it is a table only."""
    if chart.figure is None or not chart.figure.data:
        return None
    traces = list(chart.figure.data)
    if all(trace.type == "scatter" for trace in traces):
        return _lines(chart, traces)
    return _bars(chart, traces[0])


def _lines(chart: Chart, traces: list[Any]) -> Drawing | None:
    """Traces of one name are one line, each a run of years that it joins."""
    years = sorted({int(year) for trace in traces for year in trace.x})
    if len(years) < TWO:
        return None
    values: dict[str, dict[int, float]] = {}
    runs: dict[str, list[tuple[int, ...]]] = {}
    for trace in traces:
        name = str(trace.name or chart.heads[1])
        told = {int(year): float(value) for year, value in zip(trace.x, trace.y, strict=True) if value is not None}
        values.setdefault(name, {}).update(told)
        runs.setdefault(name, []).append(tuple(years.index(year) for year in told))
    texts = {row[0]: row[1:] for row in chart.rows}
    shown = [
        Line(
            name,
            tuple(some.get(year) for year in years),
            tuple(texts[str(year)][place] if str(year) in texts else "" for year in years),
            tuple(runs[name]),
        )
        for place, (name, some) in enumerate(list(values.items())[:TWO])
    ]
    return lines(chart.key, chart.title, chart.summary, years, shown, head=chart.heads[0])


def _bars(chart: Chart, trace: Any) -> Drawing | None:
    """Bars in the order of the table, each with its words; None where the figure leaves rows of the table out."""
    if len(trace.x) != len(chart.rows):
        return None
    rows = [
        Bar(row[0], float(value), f"{row[1]} ({row[2]})" if len(row) > TWO else row[1])
        for row, value in zip(chart.rows, trace.x, strict=True)
    ]
    return bars(chart.key, chart.title, chart.summary, rows, (chart.heads[0], chart.heads[1]))
