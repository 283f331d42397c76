"""A small map on a slide: each area a freeform shape of its own, named, painted by its class, to be edited."""

from __future__ import annotations

import re
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from dashboard.colours import INK
from dashboard.content import Map
from dashboard.documents import painted
from dashboard.smallmaps import Shape

LABEL = 18
LEGEND = 3.9
"""Inches that the legend takes at the right of a map."""
FEW = 12
"""Areas up to which names and values are written on them."""
STEP = re.compile(r"-?\d+")
Place = tuple[float, float, float, float]


def put(slide: Any, shown: Map, place: Place) -> None:
    """The map and its legend; areas are shapes whose names are « Lys : 12,5 % »."""
    x, y, wide, high = shown.drawn.frame
    left, top, width, height = place
    scale = min((width - LEGEND) / wide, height / high) * 914_400
    origin = (Inches(left) - int(x * scale), Inches(top) - int(y * scale))
    for shape in shown.drawn.shapes:
        _area(slide, shown, shape, scale, origin)
    for shape in shown.drawn.shapes:
        if shape.radius:
            _disc(slide, shape, scale, origin)
    if len(shown.drawn.shapes) <= FEW:
        for shape in shown.drawn.shapes:
            _label(slide, shape, scale, origin)
    beside = left + wide * scale / 914_400 + 0.5
    _legend(slide, shown, (beside, top + 0.2, LEGEND - 0.3, height))


def rings(path: str) -> list[list[tuple[int, int]]]:
    """The rings of the path data of `geodata.grid`: relative moves, one « m…z » a ring."""
    found, start = [], (0, 0)
    for part in path.split("z"):
        numbers = [int(one) for one in STEP.findall(part)]
        if not numbers:
            continue
        x, y, ring = *start, []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
        start = ring[0]
    return found


def _area(slide: Any, shown: Map, shape: Shape, scale: float, origin: tuple[int, int]) -> None:
    outlines = rings(shape.path)
    builder = slide.shapes.build_freeform(*outlines[0][0], scale=scale)
    for number, ring in enumerate(outlines):
        if number:
            builder.move_to(*ring[0])
        builder.add_line_segments(ring[1:], close=True)
    made = builder.convert_to_shape(*origin)
    made.name = shape.told
    made._element.nvSpPr.cNvPr.set("descr", shape.told)
    _plain(made)
    made.line.color.rgb, made.line.width = RGBColor(0x8B, 0x97, 0x92), Pt(1)
    _paint(made.fill, shown, shape.mark)


def _paint(fill: Any, shown: Map, mark: str) -> None:
    """The colour of a class; hatching where a value is missing, dots where it is secret."""
    if mark in "ms":
        fill.patterned()
        fill.pattern = MSO_PATTERN.DARK_UPWARD_DIAGONAL if mark == "m" else MSO_PATTERN.PERCENT_20
        fill.fore_color.rgb, fill.back_color.rgb = RGBColor(0x5D, 0x6A, 0x66), RGBColor(255, 255, 255)
        return
    fill.solid()
    colour = painted.colour(shown, mark) if shown.drawn.fill or not mark.isdigit() else painted.LAND
    fill.fore_color.rgb = RGBColor.from_string(colour[1:])


def _plain(made: Any) -> None:
    """Without the shadow and the colours of a theme."""
    made._element.remove(made._element.find(qn("p:style")))


def _disc(slide: Any, shape: Shape, scale: float, origin: tuple[int, int]) -> None:
    side = int(2 * shape.radius * scale)
    x, y = origin[0] + int((shape.x - shape.radius) * scale), origin[1] + int((shape.y - shape.radius) * scale)
    made = slide.shapes.add_shape(MSO_SHAPE.OVAL, x, y, side, side)
    made.name = shape.told
    _plain(made)
    made.fill.solid()
    made.fill.fore_color.rgb = RGBColor(255, 255, 255) if shape.hollow else RGBColor(0x9F, 0xD0, 0xBD)
    made.line.color.rgb = RGBColor(0x0F, 0x6A, 0x63)
    if shape.hollow:
        made.line.dash_style, made.line.width = MSO_LINE.DASH, Pt(2)


def _label(slide: Any, shape: Shape, scale: float, origin: tuple[int, int]) -> None:
    """Name and value on a ground that is legible on every class."""
    wide, high = Inches(0.135 * max(len(shape.short), len(shape.text)) + 0.1), Inches(0.58)
    x, y = origin[0] + int(shape.x * scale), origin[1] + int(shape.y * scale)
    box = slide.shapes.add_textbox(max(0, x - wide // 2), y - high // 2, wide, high)
    box.name = shape.short
    box.fill.solid()
    box.fill.fore_color.rgb = RGBColor(255, 255, 255)
    ground = box.fill._xPr.find(qn("a:solidFill")).find(qn("a:srgbClr"))
    ground.append(ground.makeelement(qn("a:alpha"), {"val": "72000"}))
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
    for number, text in enumerate((shape.short, shape.text)):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text, paragraph.alignment, paragraph.line_spacing = text, PP_ALIGN.CENTER, 0.85
        paragraph.font.size, paragraph.font.bold = Pt(LABEL), number == 1
        paragraph.font.color.rgb = RGBColor.from_string(INK[1:])


def _legend(slide: Any, shown: Map, place: Place) -> None:
    left, top, wide, __ = place
    for number, (mark, label) in enumerate(shown.blocks):
        at = top + 0.5 * number
        block = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(left), Inches(at + 0.08), Inches(0.45), Inches(0.3))
        block.name = label
        _plain(block)
        block.line.color.rgb = RGBColor(0x8B, 0x97, 0x92)
        _paint(block.fill, shown, mark)
        text = slide.shapes.add_textbox(Inches(left + 0.5), Inches(at), Inches(wide - 0.5), Inches(0.45))
        text.text_frame.word_wrap = True
        text.text_frame.text = label
        text.text_frame.paragraphs[0].font.size = Pt(LABEL)
