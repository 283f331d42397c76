"""A Lorenz curve beside the line of an equal share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.colours import ACCENT, CARD, INK, RULE, SOFT
from dashboard.drawing.drawing import LETTER, LINES, WIDE, Drawing
from dashboard.drawing.marks import circle, line, lines_of, polyline, text

LEFT, TOP, SIDE = 54, 14, 280
"""Where the square of the curve begins, and its side, in units."""
STEP = 0.25
RADIUS = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One area, from the least served on: its name, and the shares of need and amount added up to it, as printed."""

    name: str
    x: float
    y: float
    need: str
    amount: str


def lorenz(
    key: str,
    title: str,
    told: str,
    shown: Sequence[Step],
    *,
    columns: tuple[str, str, str],
    axes: tuple[str, str],
    percent: Sequence[str],
) -> Drawing:
    """The curve, each area at its end numbered in order; the diagonal is what an equal share would draw.

    ``axes`` name the shares across and up; ``percent`` are the five ticks as printed, from 0 to 100 %.
    """
    foot = TOP + SIDE
    marks = []
    for i, tick in enumerate(percent):
        at = i * STEP * SIDE
        marks.append(line(LEFT, foot - at, LEFT + SIDE, foot - at, stroke=RULE))
        marks.append(line(LEFT + at, TOP, LEFT + at, foot, stroke=RULE))
        marks.append(text(LEFT - 6, foot - at + 5, tick, anchor="end", fill=SOFT))
        marks.append(text(LEFT + at, foot + 18, tick, anchor="middle", fill=SOFT))
    marks.append(line(LEFT, foot, LEFT + SIDE, TOP, stroke=INK, width=1.5, dash="5 4"))
    points = [(LEFT, foot), *((LEFT + one.x * SIDE, foot - one.y * SIDE) for one in shown)]
    marks.append(polyline(points, stroke=ACCENT, width=3))
    for i, (x, y) in enumerate(points[1:], start=1):
        marks.append(circle(x, y, RADIUS, fill=CARD, stroke=ACCENT))
        marks.append(text(x, y + 5, str(i), anchor="middle", bold=True))
    height = foot + 24
    for said in (f"→ {axes[0]}", f"↑ {axes[1]}"):
        for one in lines_of(said, WIDE, LETTER):
            height += LETTER + 3
            marks.append(text(0, height - 4, one, fill=SOFT))
    return Drawing(
        key,
        title,
        told,
        height + 2,
        Markup("").join(marks),
        columns,
        tuple((f"{i}. {one.name}", one.need, one.amount) for i, one in enumerate(shown, start=1)),
        tuple((one.x, one.y) for one in shown),
        native=LINES,
    )
