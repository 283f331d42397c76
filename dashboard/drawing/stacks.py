"""Bars of two or three parts set end to end, beside a target; parts are told apart in grey too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.colours import ACCENT, INK, SOFT
from dashboard.drawing.drawing import LETTER, STACKED, WIDE, Drawing, Mark
from dashboard.drawing.marks import cased, line, rect, text, width_of

SHADES = (ACCENT, "#9fd0bd", "#dfe2dc")
HIGH, STEP = 20, 44
LEAST_INSIDE = 6
"""Units that a part must have on either side of its value for it to be written inside."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: its name, and its parts as numbers and as printed (None: not known)."""

    name: str
    parts: tuple[tuple[float | None, str], ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What the bars are to reach, as a number and in words."""

    value: float
    text: str


def stacks(
    key: str,
    title: str,
    told: str,
    shown: Sequence[Stack],
    *,
    columns: tuple[str, ...],
    target: Target | None = None,
) -> Drawing:
    """Bars in the order given, each part named by ``columns`` after the first, which names the bars.

    Names stand above their bars, values inside their parts where these are wide enough, else after the bar; a part
    below zero, which has no length, is only written.
    """
    lengths = [sum(max(one or 0.0, 0.0) for one, _ in bar.parts) for bar in shown]
    reach = max([target.value if target else 0.0, *lengths]) or 1.0
    tail = max((sum(width_of(said, LETTER) + 8 for _, said in bar.parts) for bar in shown), default=0.0)
    room = WIDE - min(tail, WIDE / 3)
    marks: list[Markup] = []
    words: list[Markup] = []
    x = 0.0
    for i, column in enumerate(columns[1:]):
        marks.append(rect(x, 0, 14, 12, fill=SHADES[i]))
        words.append(text(x + 19, 11, column))
        x += 19 + width_of(column, LETTER) + 16
    top = 26
    for i, bar in enumerate(shown):
        y = top + i * STEP
        words.append(text(0, y + LETTER, bar.name))
        start, after = 0.0, []
        for j, (value, said) in enumerate(bar.parts):
            wide = max(value or 0.0, 0.0) / reach * room
            if wide:
                marks.append(rect(start, y + 19, wide, HIGH, fill=SHADES[j]))
            if wide >= width_of(said, LETTER) + 2 * LEAST_INSIDE:
                fill = "#ffffff" if j == 0 else INK
                marks.append(text(start + wide / 2, y + 19 + HIGH - 5, said, anchor="middle", fill=fill, bold=True))
            elif value is None or value or len(bar.parts) == 1:
                after.append(said)
            start += wide
        if after:
            unknown = all(value is None for value, _ in bar.parts)
            beside = " + ".join(dict.fromkeys(after) if unknown else after)
            words.append(text(start + 5, y + 19 + HIGH - 5, beside, bold=True))
    height = top + len(shown) * STEP
    if target:
        at = target.value / reach * room
        marks.append(line(at, top + 4, at, height, stroke=INK, width=2, dash="5 3"))
        half = width_of(target.text, LETTER) / 2
        anchor = "end" if at + half > WIDE else "start" if at - half < 0 else "middle"
        words.append(text(at, height + LETTER + 2, target.text, anchor=anchor, fill=SOFT))
        height += LETTER + 8
    return Drawing(
        key,
        title,
        told,
        height,
        Markup("").join((*marks, cased(words))),
        columns,
        tuple((bar.name, *(said for _, said in bar.parts)) for bar in shown),
        tuple(tuple(value for value, _ in bar.parts) for bar in shown),
        native=STACKED,
        mark=Mark(target.value, target.text) if target else None,
    )
