"""Plotly figures in the style of the page."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from dashboard import locale
from dashboard.colours import ACCENT, INK, RULE

if TYPE_CHECKING:
    from layers.cube import Cube

LETTER, NAME, LINE = 7, 22, 18
"""Pixels that a letter takes beside a bar, at most; letters of a line of a name; pixels of such a line."""


def bars(names: Sequence[str], values: Sequence[float], texts: Sequence[str]) -> go.Figure:
    """Horizontal bars in the order given, each with its value beside it; long names on several lines."""
    wrapped = [_wrapped(name) for name in names]
    figure = go.Figure(
        go.Bar(
            x=list(values),
            y=wrapped,
            text=list(texts),
            orientation="h",
            marker_color=ACCENT,
            textposition="outside",
            hoverinfo="skip",
            cliponaxis=False,
        )
    )
    figure.update_yaxes(autorange="reversed", automargin=True, ticks="", fixedrange=True, tickfont_size=13)
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.28 * (high - low) if low else 0.0  # for what is written at the left of bars below zero
    figure.update_xaxes(visible=False, fixedrange=True, range=[low - room, high or -low or 1])
    lines = max(2, *(1 + name.count("<br>") for name in wrapped))
    styled(figure, 60 + LINE * lines * len(names))
    return figure.update_layout(margin_r=8 + LETTER * max(map(len, texts)))


def line(built: Cube, joined: Sequence[slice], counts: Sequence[float], texts: Sequence[str]) -> go.Figure:
    """Years as points with their value, joined where the sources are the same."""
    figure = go.Figure()
    for run in joined:
        figure.add_scatter(
            x=list(built.years[run]),
            y=[float(n) for n in counts[run]],
            text=list(texts[run]),
            mode="lines+markers+text",
            textposition="top center",
            line_color=ACCENT,
            marker_size=9,
            hoverinfo="skip",
            cliponaxis=False,
        )
    figure.update_xaxes(tickvals=list(built.years), fixedrange=True, showgrid=False)
    figure.update_yaxes(
        rangemode="tozero",
        fixedrange=True,
        gridcolor=RULE,
        showticklabels=False,
        range=[0, float(np.max(counts)) * 1.2 or 1],
    )
    return styled(figure, 320)


def styled(figure: go.Figure, height: int) -> go.Figure:
    """A figure in the style of the page."""
    figure.update_layout(
        height=max(height, 160),
        margin={"l": 4, "r": 12, "t": 8, "b": 24},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif', "size": 14, "color": INK},
        showlegend=False,
        dragmode=False,
        separators=f"{locale.decimal()} ",
        bargap=0.35,
        template="none",
    )
    return figure


def _wrapped(name: str) -> str:
    """The name on as many lines as it needs, at most three; the table has it whole."""
    lines = textwrap.wrap(name, NAME, max_lines=3, placeholder="…", break_on_hyphens=False)
    return "<br>".join(lines)
