"""A small map with its own colours and its legend, as SVG that a document, a picture or a file holds by itself."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.colours import INK, RULE, SOFT
from dashboard.content import Map
from dashboard.drawing import Drawing
from dashboard.drawing.drawing import FONTS, LETTER
from dashboard.drawing.marks import width_of
from dashboard.smallmaps import Shape, SmallMap

CLASSES: dict[int, tuple[str, ...]] = {
    1: ("#4d9f8c",),
    2: ("#9fd0bd", "#0f6a63"),
    3: ("#dcefe6", "#4d9f8c", "#0f6a63"),
    4: ("#dcefe6", "#9fd0bd", "#4d9f8c", "#0f6a63"),
    5: ("#e3f2ea", "#b5dccb", "#7dbfaa", "#3f9683", "#0b5a53"),
    6: ("#e7f4ee", "#c3e3d6", "#93cbb9", "#5caf9c", "#2b8577", "#0b5a53"),
    7: ("#eaf6f0", "#cfe8dd", "#aad6c6", "#7dbfaa", "#4da18f", "#23796d", "#084a45"),
}
"""Colours of the classes by their number: those of ``assets/palette.css``."""
DIVERGING = ("#8c510a", "#bf812d", "#dfc27d", "#f6e8c3", "#c7eae5", "#80cdc1", "#35978f", "#01665e")
CROSSED = ("#f1eee8", "#b3cde6", "#74b2ea", "#f5c77e", "#b9b29e", "#3c5b78", "#eea51f", "#7a4d0c", "#1b222c")
"""Colours of two indicators crossed, a mark each: those of ``assets/bivariate.css``."""
EMPTY, AROUND, LAND = "#ffffff", "#f2f2ee", "#e9ece5"
"""An area whose value is zero, what is drawn around the areas, an area under a circle."""
NAME, VALUE = 14, 16
"""Heights of what is written on a map, in pixels of the width that it was painted for."""
TURN = 0.86
"""How opaque what stands behind a label is."""


def colour(shown: Map, mark: str) -> str:
    """The colour of a class, or of an area whose value is zero; a state that is hatched or dotted is white."""
    if not mark.isdigit():
        return EMPTY
    if shown.palette == "diverging":
        return DIVERGING[int(mark)]
    if shown.palette == "bivariate":
        return CROSSED[int(mark)]
    colours = CLASSES.get(shown.classes) or CLASSES[4]
    return colours[min(int(mark), len(colours) - 1)]


def svg(shown: Map) -> Markup:
    """The map as a whole file: areas, circles, names and values, scale bar; its sentence as title."""
    drawn = shown.drawn
    x, y, wide, high = drawn.frame
    parts = [
        Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="{} {} {} {}" width="{}" height="{}" ').format(
            x, y, wide, high, round(wide / drawn.unit), round(high / drawn.unit)
        ),
        Markup('font-family="{}" fill="{}"><title>{}</title>').format(FONTS, INK, drawn.name),
        _patterns(drawn),
        _outlines(drawn.around, AROUND, RULE, drawn.unit),
        *(_area(shown, shape) for shape in drawn.shapes),
        Markup('<g fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="{}">').format(round(drawn.unit, 2)),
        *(Markup('<path d="{}"/>').format(path) for path in drawn.lines),
        Markup("</g>"),
        *(_circle(drawn, shape) for shape in drawn.shapes if shape.radius),
        *(_label(drawn, shape) for shape in drawn.shapes if shape.written),
        _bar(drawn),
        Markup("</svg>"),
    ]
    return Markup("").join(parts)


def file(shown: Map) -> str:
    """The map as a picture of its own: its legend below it, a line a class or a state."""
    drawn = shown.drawn
    wide, high = round(drawn.frame[2] / drawn.unit), round(drawn.frame[3] / drawn.unit)
    rows = [_row(shown, mark, label, high + 12 + 22 * n) for n, (mark, label) in enumerate(shown.blocks)]
    inside = str(svg(shown)).replace("<svg ", '<svg x="0" y="0" ', 1)
    total = high + 12 + 22 * len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {total}" width="{wide}" height="{total}" '
        f'font-family="{FONTS}" font-size="{NAME}" fill="{INK}">{inside}{"".join(rows)}</svg>'
    )


def _row(shown: Map, mark: str, label: str, top: float) -> Markup:
    return Markup('<g transform="translate(4 {})">{}</g><text x="38" y="{}">{}</text>').format(
        top,
        swatch(shown, mark),
        top + 12,
        label,
    )


def drawing(drawn: Drawing) -> str:
    """A drawing as a file without words around it: the document has its own."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width} {drawn.height}" width="{drawn.width}" '
        f'height="{drawn.height}" font-family="{FONTS}" font-size="{LETTER}" fill="{INK}">{drawn.body}</svg>'
    )


def swatch(shown: Map, mark: str) -> Markup:
    """A class or a state as its legend shows it."""
    hatched = Markup('<path d="M-2 10L10 -2M4 16L16 4M10 22L30 2" stroke="#8b9792" stroke-width="2"/>')
    dotted = Markup("").join(
        Markup('<circle cx="{}" cy="{}" r="1.3" fill="#5d6a66"/>').format(4 + 6 * x, 4 + 5 * y)
        for x in range(4)
        for y in range(2)
    )
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 26 13" width="26" height="13">'
        '<rect width="26" height="13" fill="{}"/>{}'
        '<rect x=".5" y=".5" width="25" height="12" fill="none" stroke="#8b9792"/></svg>'
    ).format(colour(shown, mark), {"m": hatched, "s": dotted}.get(mark, ""))


def told(shown: Map) -> str:
    """The map in words: its name, then each area with its value, but for more areas than are listened to."""
    few = len(shown.drawn.shapes) <= 12  # noqa: PLR2004
    return f"{shown.drawn.name}. {' ; '.join(s.told for s in shown.drawn.shapes)}" if few else shown.drawn.name


def _patterns(drawn: SmallMap) -> Markup:
    scaled = round(drawn.unit, 3)
    return Markup(
        '<defs><pattern id="hatch-{0}" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="scale({1}) rotate(45)"><rect width="7" height="7" fill="#fff"/>'
        '<rect width="2" height="7" fill="#8b9792"/></pattern>'
        '<pattern id="dots-{0}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="scale({1})">'
        '<rect width="7" height="7" fill="#fff"/><circle cx="3.5" cy="3.5" r="1.3" fill="#5d6a66"/></pattern></defs>'
    ).format(drawn.key, scaled)


def _outlines(paths: tuple[str, ...], fill: str, stroke: str, unit: float) -> Markup:
    drawn = Markup("").join(Markup('<path d="{}"/>').format(path) for path in paths)
    return Markup('<g fill="{}" stroke="{}" stroke-width="{}">{}</g>').format(fill, stroke, round(unit, 2), drawn)


def _area(shown: Map, shape: Shape) -> Markup:
    drawn = shown.drawn
    patterns = {"m": f"url(#hatch-{drawn.key})", "s": f"url(#dots-{drawn.key})"}
    fill = patterns.get(shape.mark) or (colour(shown, shape.mark) if drawn.fill else LAND)
    stroke = "#8b9792" if shape.mark in "zsm" else "#fff"
    return Markup('<path d="{}" fill="{}" stroke="{}" stroke-width="{}" stroke-linejoin="round"/>').format(
        shape.path,
        fill,
        stroke,
        round((1.2 if len(drawn.shapes) > 12 else 2.5) * drawn.unit, 2),  # noqa: PLR2004
    )


def _circle(drawn: SmallMap, shape: Shape) -> Markup:
    dash = Markup(' stroke-dasharray="{0}"').format(round(4 * drawn.unit, 2)) if shape.hollow else ""
    fill = "#fff" if shape.hollow else "#9fd0bd"
    return Markup('<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="#0f6a63" stroke-width="{}"{}/>').format(
        shape.x, shape.y, shape.radius, fill, round((2 if shape.hollow else 1) * drawn.unit, 2), dash
    )


def _label(drawn: SmallMap, shape: Shape) -> Markup:
    """Name and value on a ground of their own, legible on every class and across boundaries."""
    unit, named = drawn.unit, len(drawn.shapes) <= 12  # noqa: PLR2004
    wide = max(width_of(shape.short, NAME) if named else 0, width_of(shape.text, VALUE)) + 6
    high = (NAME + VALUE + 8) if named else VALUE + 4
    middle = min(max(shape.x, drawn.frame[0] + wide * unit / 2), drawn.frame[0] + drawn.frame[2] - wide * unit / 2)
    top = shape.y - high * unit / 2
    ground = Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="#fff" fill-opacity="{}"/>').format(
        round(middle - wide * unit / 2), round(top), round(wide * unit), round(high * unit), round(3 * unit), TURN
    )
    line = Markup('<text x="{}" y="{}" font-size="{}" text-anchor="middle"{}>{}</text>')
    name = line.format(round(middle), round(top + (NAME + 1) * unit), round(NAME * unit), "", shape.short)
    value = line.format(
        round(middle), round(top + (high - 4) * unit), round(VALUE * unit), Markup(' font-weight="700"'), shape.text
    )
    return ground + (name if named else Markup()) + value


def _bar(drawn: SmallMap) -> Markup:
    unit = drawn.unit
    right, foot = drawn.frame[0] + drawn.frame[2] - 4 * unit, drawn.frame[1] + drawn.frame[3]
    return Markup(
        '<path d="M{0} {1}v{2}h{3}v-{2}" fill="none" stroke="{4}" stroke-width="{5}"/>'
        '<text x="{6}" y="{7}" text-anchor="end" font-size="{8}" fill="{4}">{9}</text>'
    ).format(
        round(right - drawn.bar), round(foot - 26 * unit), round(6 * unit), drawn.bar, SOFT, round(unit, 2),
        round(right), round(foot - 5 * unit), round(NAME * unit), drawn.kilometres,
    )  # fmt: skip
