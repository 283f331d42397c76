"""Ranked bars: a name, a bar, a value beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.colours import ACCENT, DOWN, INK, SOFT
from dashboard.drawing.drawing import LETTER, WIDE, Drawing, Mark
from dashboard.drawing.marks import line, rect, text, width_of

STEP, HIGH = 26, 16
"""Units from one bar to the next, and the height of a bar."""
BOLD = 1.15
"""How much wider bold letters are."""
NAME = 140
"""Units that names take at most; a longer one is written above its bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its value as a number and as printed; None for one that is hidden or missing, which has no bar."""

    name: str
    value: float | None
    text: str


def bars(
    key: str,
    title: str,
    told: str,
    shown: Sequence[Bar],
    columns: tuple[str, str],
    *,
    mark: Bar | None = None,
) -> Drawing:
    """Horizontal bars in the order given, from zero; values below zero go left of the line of zero.

    Values are written whole beside their bars, or in a column where there is a mark to cross, so no axis is drawn.
    ``mark`` is a value that all are compared with (the mean, an equal share): a dashed line through the bars, named
    under them, and the last row of the table.
    """
    longest = max((width_of(one.name, LETTER) for one in shown), default=0)
    above = longest > NAME
    left, right = (
        (0.0 if above else longest + 8),
        max((width_of(one.text, LETTER * BOLD) for one in shown), default=0) + 8,
    )
    reached = (0.0, *((one.value or 0.0) for one in (*shown, *([mark] if mark else []))))
    top, low = max(reached), min(reached)
    span = (top - low) or 1.0
    room = WIDE - left - right
    zero = left - low / span * room
    step = STEP + (LETTER + 4 if above else 0)
    marks: list[Markup] = []
    values: list[Markup] = []
    for i, one in enumerate(shown):
        y = i * step + (LETTER + 4 if above else 0)
        value = one.value or 0.0
        wide = abs(value) / span * room
        start = zero if value >= 0 else zero - wide
        marks.append(text(0, y - 4, one.name) if above else text(0, y + HIGH - 3, one.name))
        marks.append(rect(start, y, wide, HIGH, fill=ACCENT if value >= 0 else DOWN))
        end = left + room if mark else max(start + wide, zero)
        values.append(text(end + 5, y + HIGH - 3, one.text, bold=True))
    height = max(step, len(shown) * step)
    if low < 0:
        marks.append(line(zero, 0, zero, height, stroke=SOFT))
    if mark:
        x = zero + (mark.value or 0.0) / span * room
        marks.append(line(x, 0, x, height, stroke=INK, width=1.5, dash="4 3"))
        said = f"{mark.name} {mark.text}"
        end = x + width_of(said, LETTER) / 2 > WIDE
        start = x - width_of(said, LETTER) / 2 < 0
        marks.append(text(x, height + LETTER, said, anchor="end" if end else "start" if start else "middle"))
        height += LETTER + 6
    marks += values
    told_rows = [*shown, *([mark] if mark else [])]
    return Drawing(
        key,
        title,
        told,
        height,
        Markup("").join(marks),
        columns,
        tuple((one.name, one.text) for one in told_rows),
        tuple((one.value,) for one in told_rows),
        mark=Mark(mark.value, f"{mark.name} {mark.text}") if mark and mark.value is not None else None,
    )
