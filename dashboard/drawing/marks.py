"""The marks that drawings are made of, as SVG that holds its own colours: all that is written in them is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from dashboard.colours import ACCENT, CARD, INK, RULE

LETTER_WIDTH = 0.56
"""Width of a letter as a part of its height, on the whole, in the fonts of a page."""


def width_of(said: str, letter: float) -> float:
    """How wide a text is likely to be, in units, in letters of a height: a little too much rather than too little."""
    return len(said) * letter * LETTER_WIDTH


def lines_of(said: str, width: float, letter: float) -> list[str]:
    """Words in the lines that a width holds; a word that is longer has a line of its own."""
    found = [""]
    for word in said.split(" "):
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and width_of(longer, letter) > width:
            found.append(word)
        else:
            found[-1] = longer
    return found


def text(
    x: float,
    y: float,
    said: str,
    *,
    anchor: str = "start",
    fill: str = INK,
    size: float | None = None,
    bold: bool = False,
    lang: str = "",
) -> Markup:
    """Words whose base line is at ``y``; ``lang`` where they are of another language than the page."""
    more = Markup(' font-size="{}"').format(_short(size)) if size else Markup()
    more += Markup(' font-weight="700"') if bold else Markup()
    more += Markup(' text-anchor="{}"').format(anchor) if anchor != "start" else Markup()
    more += Markup(' fill="{}"').format(fill) if fill != INK else Markup()
    more += Markup(' lang="{}"').format(lang) if lang else Markup()
    return Markup('<text x="{}" y="{}"{}>{}</text>').format(_short(x), _short(y), more, said)


def cased(words: Iterable[Markup]) -> Markup:
    """Words that are read on whatever is under them: a casing as light as paper, then the words.

    They are drawn twice: not everything that prints knows ``paint-order``.
    """
    said = Markup("").join(words)
    return Markup('<g aria-hidden="true" stroke="{}" stroke-width="4" stroke-linejoin="round">{}</g><g>{}</g>').format(
        CARD, said, said
    )


def rect(x: float, y: float, width: float, height: float, *, fill: str = ACCENT) -> Markup:
    """A bar."""
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>').format(
        _short(x), _short(y), _short(max(width, 0)), _short(height), fill
    )


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = RULE, width: float = 1, dash: str = "") -> Markup:
    """A straight line; ``dash`` as SVG has it (« 4 3 »)."""
    dashed = Markup(' stroke-dasharray="{}"').format(dash) if dash else ""
    return Markup('<path d="M{} {}L{} {}" stroke="{}" stroke-width="{}"{} fill="none"/>').format(
        _short(x1), _short(y1), _short(x2), _short(y2), stroke, _short(width), dashed
    )


def polyline(
    points: Iterable[tuple[float, float]], *, stroke: str = ACCENT, width: float = 2.5, dash: str = ""
) -> Markup:
    """A line through points."""
    dashed = Markup(' stroke-dasharray="{}"').format(dash) if dash else ""
    at = " ".join(f"{_short(x)},{_short(y)}" for x, y in points)
    return Markup('<polyline points="{}" stroke="{}" stroke-width="{}"{} fill="none" stroke-linejoin="round"/>').format(
        at, stroke, _short(width), dashed
    )


def circle(x: float, y: float, radius: float, *, fill: str = ACCENT, stroke: str = "none") -> Markup:
    """A point."""
    return Markup('<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}"/>').format(
        _short(x), _short(y), _short(radius), fill, stroke
    )


def _short(number: float | None) -> str:
    return f"{number or 0:.2f}".rstrip("0").rstrip(".")
