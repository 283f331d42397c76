"""Lines through the years: one place and what it is compared with, told apart by dash, marker and name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.colours import ACCENT, CARD, RULE, SOFT
from dashboard.drawing.drawing import LETTER, LINES, WIDE, Drawing, Mark
from dashboard.drawing.marks import cased, circle, line, polyline, text, width_of

HIGH, TOP, FOOT = 170, 30, 24
"""Units of the plot, above it for the names, and under it for the years."""
SIDE = 26
CLOSE = 46
"""Units from one year to the next under which only the first and the last values are written."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, a value and a text a year (None: no value), and the places of the years that it joins."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    segments: tuple[tuple[int, ...], ...]


def lines(
    key: str,
    title: str,
    told: str,
    years: Sequence[int],
    shown: Sequence[Line],
    *,
    head: str,
    level: float | None = None,
) -> Drawing:
    """Lines over years, the first in full with its values, the others dashed; ``level`` is a value drawn across (100).

    The scale begins where the lowest value does: lengths are not compared here, slopes are.
    """
    values = [value for one in shown for value in one.values if value is not None] + ([level] if level else [])
    low, high = min(values, default=0.0), max(values, default=1.0)
    span = (high - low) or 1.0
    step = (WIDE - 2 * SIDE) / max(max(years) - min(years), 1)

    def at(place: int, value: float) -> tuple[float, float]:
        return SIDE + (years[place] - min(years)) * step, TOP + 16 + (HIGH - 32) * (1 - (value - low) / span)

    marks: list[Markup] = []
    words: list[Markup] = []
    if level is not None:
        y = at(0, level)[1]
        marks.append(line(0, y, WIDE, y, stroke=RULE))
    for place, year in enumerate(years):
        words.append(text(at(place, low)[0], TOP + HIGH + 18, str(year), anchor="middle", fill=SOFT))
    x = 0.0
    for i, one in enumerate(shown):
        colour, dash = (ACCENT, "") if i == 0 else (SOFT, "6 4")
        marks.append(line(x, 8, x + 24, 8, stroke=colour, width=2.5, dash=dash))
        words.append(text(x + 29, 13, one.name))
        x += 29 + width_of(one.name, LETTER) + 18
        for segment in one.segments:
            points = [at(place, one.values[place] or 0.0) for place in segment]
            if len(points) > 1:
                marks.append(polyline(points, stroke=colour, dash=dash))
            for px, py in points:
                marks.append(circle(px, py, 4 if i == 0 else 3, fill=colour if i == 0 else CARD, stroke=colour))
        if i == 0:
            words += _written(one, [at(place, value or 0.0) for place, value in enumerate(one.values)], step)
    return Drawing(
        key,
        title,
        told,
        TOP + HIGH + FOOT,
        Markup("").join((*marks, cased(words))),
        (head, *(one.name for one in shown)),
        tuple((str(year), *(one.texts[place] for one in shown)) for place, year in enumerate(years)),
        tuple(tuple(one.values[place] for one in shown) for place, _ in enumerate(years)),
        native=LINES,
        mark=None if level is None else Mark(level, f"{level:g}"),
    )


def _written(one: Line, points: list[tuple[float, float]], step: float) -> list[Markup]:
    """Values above their points; the first and the last alone where years are close."""
    known = [place for place, value in enumerate(one.values) if value is not None]
    kept = known if step >= CLOSE else [*known[:1], *known[-1:]]
    found = []
    for place in dict.fromkeys(kept):
        x, y = points[place]
        half = width_of(one.texts[place], LETTER * 1.15) / 2
        anchor = "end" if x + half > WIDE else "start" if x - half < 0 else "middle"
        edge = WIDE if anchor == "end" else 0.0 if anchor == "start" else x
        found.append(text(edge, y - 9, one.texts[place], anchor=anchor, bold=True))
    return found
