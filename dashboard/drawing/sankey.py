"""What goes from some names to others, as bands whose width is the amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.colours import ACCENT, INK
from dashboard.drawing.drawing import LETTER, STACKED, WIDE, Drawing
from dashboard.drawing.marks import cased, lines_of, rect, text

HIGH = 330
"""Units that all the amounts together are high."""
THICK, GAP = 10, 8
HALF = 158
"""Units that a name may be wide, on its side."""
SHADES = (ACCENT, "#7a4d0c", "#3c5b78", "#5d6a66", "#8a3b5c", "#4b7f1f", "#6b5ca5", "#a35200")
"""Colours of the bands, by the name that they leave; bands are named and cased, and never told apart by them alone."""


@dataclass(frozen=True, slots=True)
class Node:
    """One name at the left or the right, its amount as a number and as printed; ``lang`` where it is not the page's."""

    key: str
    name: str
    value: float
    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class _Box:
    y: float
    high: float
    lines: tuple[str, ...]
    lang: str


def sankey(
    key: str,
    title: str,
    told: str,
    *,
    left: Sequence[Node],
    right: Sequence[Node],
    flows: Mapping[tuple[str, str], float],
    texts: Mapping[tuple[str, str], str],
    corner: str,
) -> Drawing:
    """Bands from ``left`` to ``right``; ``flows`` by (left key, right key), ``texts`` the same as printed.

    Amounts below zero have no band, and a name whose ``value`` is 0 stands in the table alone. The table has a row for
    each name at the left and a column for each at the right; ``corner`` heads the first.
    """
    whole = sum(one.value for one in left) or 1.0
    rows, columns = left, right
    left, right = ([one for one in side if one.value > 0] for side in (left, right))
    sides = (_boxes(left, whole), _boxes(right, whole))
    height = max(box.y + max(box.high, _tall(box)) for side in sides for box in side.values()) + 4
    starts = {one.key: sides[0][one.key].y for one in left}
    ends = {one.key: sides[1][one.key].y for one in right}
    bands, marks = [], []
    for i, one in enumerate(left):
        for other in right:
            value = flows.get((one.key, other.key), 0.0)
            if value <= 0:
                continue
            thick = value / whole * HIGH
            bands.append(_band(starts[one.key], ends[other.key], thick, SHADES[i % len(SHADES)]))
            starts[one.key] += thick
            ends[other.key] += thick
        marks.append(rect(0, sides[0][one.key].y, THICK, max(sides[0][one.key].high, 1), fill=SHADES[i % len(SHADES)]))
        marks.append(_words(sides[0][one.key], THICK + 5, "start"))
    for other in right:
        marks.append(rect(WIDE - THICK, sides[1][other.key].y, THICK, max(sides[1][other.key].high, 1), fill=INK))
        marks.append(_words(sides[1][other.key], WIDE - THICK - 5, "end"))
    return Drawing(
        key,
        title,
        told,
        round(height),
        Markup("").join((*bands, *marks)),
        (corner, *(one.name for one in columns)),
        tuple((one.name, *(texts.get((one.key, other.key), "") for other in columns)) for one in rows),
        tuple(tuple(flows.get((one.key, other.key), 0.0) for other in columns) for one in rows),
        native=STACKED,
    )


def _boxes(nodes: Sequence[Node], whole: float) -> dict[str, _Box]:
    """Where each name stands: as high as its amount, and as what is written beside it at least."""
    found: dict[str, _Box] = {}
    y = 2.0
    for one in nodes:
        lines = tuple(lines_of(f"{one.name} {one.text}", HALF, LETTER))
        box = _Box(y, one.value / whole * HIGH, lines, one.lang)
        found[one.key] = box
        y += max(box.high, _tall(box)) + GAP
    return found


def _tall(box: _Box) -> float:
    return len(box.lines) * (LETTER + 2) + 2


def _words(box: _Box, x: float, anchor: str) -> Markup:
    """The name and its amount, cased so that they are read on the bands."""
    y = box.y + max(box.high - _tall(box), 0) / 2 + LETTER
    return cased(text(x, y + i * (LETTER + 2), one, anchor=anchor, lang=box.lang) for i, one in enumerate(box.lines))


def _band(start: float, end: float, thick: float, fill: str) -> Markup:
    x, far = THICK, WIDE - THICK
    middle = (x + far) / 2
    path = (
        f"M{x} {start:.2f}C{middle} {start:.2f} {middle} {end:.2f} {far} {end:.2f}"
        f"V{end + thick:.2f}C{middle} {end + thick:.2f} {middle} {start + thick:.2f} {x} {start + thick:.2f}Z"
    )
    return Markup('<path d="{}" fill="{}" fill-opacity=".45" stroke="#fff" stroke-width=".8"/>').format(path, fill)
