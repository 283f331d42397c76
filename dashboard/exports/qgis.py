"""How QGIS paints a layer: categories that are the classes of the page, with their colours, labels and states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from lxml.builder import E

from dashboard.documents.painted import colour

if TYPE_CHECKING:
    from dashboard.content import Map

VERSION = "3.28.0"
FILL = {"m": "b_diagonal", "s": "dense6"}
"""Brushes of what is missing (hatched) and of what is secret (dotted)."""


def style(shown: Map, column: str) -> str:
    """The style of a layer whose ``column`` holds the mark of the class; a count is painted in one colour."""
    marks = list(dict.fromkeys(shape.mark for shape in shown.drawn.shapes))
    labels = dict(shown.blocks)
    order = [mark for mark, _label in shown.blocks if mark in marks] + [mark for mark in marks if mark not in labels]
    categories = E.categories()
    symbols = E.symbols()
    for at, mark in enumerate(order):
        categories.append(E.category(symbol=str(at), value=mark, label=labels.get(mark, mark), render="true"))
        symbols.append(_symbol(at, mark, colour(shown, mark) if shown.drawn.fill else "#e9ece5"))
    renderer = E("renderer-v2", categories, symbols, type="categorizedSymbol", attr=column, forceraster="0")
    whole = E.qgis(renderer, version=VERSION, styleCategories="Symbology")
    return "<!DOCTYPE qgis>\n" + str(etree.tostring(whole, encoding="unicode"))


def _symbol(at: int, mark: str, painted: str) -> etree._Element:
    options = {
        "color": "139,151,146,255" if mark in FILL else _rgba(painted),
        "style": FILL.get(mark, "solid"),
        "outline_color": "22,35,43,255",
        "outline_width": "0.2",
        "outline_style": "solid",
    }
    held = E.Option(*(E.Option(name=key, value=value, type="QString") for key, value in options.items()), type="Map")
    layer = E.layer(held, **{"class": "SimpleFill", "enabled": "1", "pass": "0", "locked": "0"})
    return E.symbol(layer, name=str(at), type="fill", alpha="1")


def _rgba(painted: str) -> str:
    red, green, blue = (int(painted[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},255"
