"""A view of the map as a picture: SVG, and PNG at 300 dots an inch, with finding, legend, source and code."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from PIL import Image

from dashboard.colours import CARD, INK, MARK, SOFT
from dashboard.documents.links import absolute, code_svg
from dashboard.documents.painted import file as map_file
from dashboard.documents.pictures import png
from dashboard.drawing.drawing import FONTS
from dashboard.drawing.marks import lines_of

if TYPE_CHECKING:
    from dashboard.content import Content, Map

WIDE, EDGE = 760, 20
"""Units across a picture and its margins."""
HEADLINE, TEXT, SMALL = 24, 15, 13
BOLD = 1.12
"""How much wider bold letters are."""
CODE = 96
"""Units that the code takes."""
INCHES, DOTS = 7.6, 300
"""Width of the picture once printed, and dots an inch."""


def to_svg(content: Content, origin: str) -> bytes:
    """The first map of a content with all that is needed to read it alone."""
    return picture(content, origin).encode()


def to_png(content: Content, origin: str) -> bytes:
    """The same in dots, its density written in the file."""
    return dotted(picture(content, origin))


def dotted(drawn: str) -> bytes:
    """An SVG as PNG, as wide as a page of A4 at `DOTS` an inch."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png(drawn, round(INCHES * DOTS)))) as made:
        made.save(out, "PNG", dpi=(DOTS, DOTS))
    return out.getvalue()


def coded(drawn: str, address: str) -> str:
    """A drawing of its own with the code of its address below it, at the right."""
    found = re.match(r'<svg [^>]*viewBox="0 0 (\d+) (\d+)" width="\d+" height="(\d+)"', drawn)
    if found is None:
        raise ValueError(drawn[:80])
    wide, high = int(found[1]), int(found[2])
    taller = drawn.replace(f'viewBox="0 0 {wide} {high}"', f'viewBox="0 0 {wide} {high + CODE}"', 1)
    taller = taller.replace(f'height="{high}"', f'height="{high + CODE}"', 1)
    return taller.removesuffix("</svg>") + _code(address, wide - CODE, high - EDGE // 2) + "</svg>"


def picture(content: Content, origin: str) -> str:
    """SVG: finding, definition, map, legend, sizes of circles, north, provenance, code of the view."""
    shown = next(one for section in content.sections for one in section.maps)
    parts: list[str] = []
    y = EDGE + HEADLINE
    for said in lines_of(content.headline, WIDE - 2 * EDGE, HEADLINE * BOLD):
        parts.append(_text(EDGE, y, said, HEADLINE, weight=700))
        y += HEADLINE + 6
    for said in lines_of(content.subtitle, WIDE - 2 * EDGE, TEXT):
        parts.append(_text(EDGE, y, said, TEXT, fill=SOFT))
        y += TEXT + 5
    inside, high = _map(shown, y + 4)
    parts += [inside, _north(WIDE - EDGE - 14, y + 20), _sizes(shown, y + high)]
    y += high + 24
    if content.demonstration:
        parts.append(_text(EDGE, y, content.lines[0], TEXT, fill=MARK, weight=700))
        y += TEXT + 8
    address, top = absolute(content.address, origin), y - SMALL
    for line in content.lines[1 if content.demonstration else 0 :]:
        for said in lines_of(line, WIDE - 3 * EDGE - CODE, SMALL):
            parts.append(_text(EDGE, y, said, SMALL, fill=SOFT))
            y += SMALL + 4
    parts.append(_code(address, WIDE - EDGE - CODE, top))
    y = max(y, top + CODE) + EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {y}" width="{WIDE}" height="{y}" '
        f'font-family="{FONTS}" fill="{INK}"><title>{escape(content.headline)}</title>'
        f"<desc>{escape(address)}</desc>"
        f'<rect width="{WIDE}" height="{y}" fill="{CARD}"/>{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, said: str, size: int, *, fill: str = INK, weight: int = 400) -> str:
    shaped = Markup('<text x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>')
    return str(shaped.format(x, y, size, weight, fill, said))


def _map(shown: Map, y: float) -> tuple[str, int]:
    """The map and its legend at their place, and how high they are."""
    whole = map_file(shown)
    found = re.match(r'<svg [^>]*viewBox="0 0 (\d+) (\d+)" width="\d+" height="\d+"', whole)
    if found is None:
        raise ValueError(whole[:80])
    wide, high = int(found[1]), int(found[2])
    scale = min(1.0, (WIDE - 2 * EDGE) / wide)
    inside = whole.replace("<svg ", f'<svg x="{EDGE}" y="{y}" ', 1)
    size = f'width="{wide * scale:.0f}" height="{high * scale:.0f}"'
    inside = re.sub(r'width="\d+" height="\d+"', size, inside, count=1)
    return inside, round(high * scale) + 8


def _sizes(shown: Map, y: float) -> str:
    """Circles of known values, beside the legend; that of one below zero is dashed."""
    parts, x = [], WIDE / 2
    for label, radius in shown.sizes:
        across = abs(radius) / shown.drawn.unit
        dash = "" if radius > 0 else ' stroke-dasharray="4 4"'
        parts.append(
            f'<circle cx="{x + across:.1f}" cy="{y - across:.1f}" r="{across:.1f}" fill="none" stroke="{INK}"{dash}/>'
            + _text(x + 2 * across + 6, y, label, SMALL)
        )
        x += 2 * across + 18 + len(label) * SMALL * 0.6
    return "".join(parts)


def _north(x: float, y: float) -> str:
    return f'<path d="M{x} {y - 16}l5 12h-10z" fill="{SOFT}"/>' + _text(x - 5, y + 10, "N", SMALL, fill=SOFT)


def _code(address: str, x: float, y: float) -> str:
    """The code of an address, at its place and size."""
    code = code_svg(address)
    found = re.search(r'width="(\d+)" height="(\d+)"', code)
    if found is None:
        raise ValueError(code[:80])
    head = f'<svg x="{x}" y="{y}" width="{CODE}" height="{CODE}" viewBox="0 0 {found[1]} {found[2]}">'
    return re.sub(r"<svg[^>]*>", head, code, count=1)
