"""The sentence of one area, from templates that the browser fills as well."""

from __future__ import annotations

import re

from dashboard import french
from dashboard.areas import named
from layers.indicators import Indicator
from layers.series import Cell, Series

PATTERNS = {
    "value": "{value} {noun} {within}, {rank} sur {among} ; métropole : {total}",
    "alone": "{value} {noun} {within} ; métropole : {total}",
    "zero": "{value} {noun} {within} ; métropole : {total}",
    "suppressed": "Valeur sous secret statistique {within} ; métropole : {total}",
    "missing": "Valeur non disponible {within} ; métropole : {total}",
}
"""Templates by state, the same on the page, where the browser fills them."""
ONE = r"^(<\u202f)?[01](,|$)"
"""What a text begins with that takes the singular: French counts from two; the browser tests the same."""


def area_sentence(indicator: Indicator, series: Series, cell: Cell, rank: int | None, among: int) -> str:
    """One area: « 24,80 structures … dans le Roubaisien, 2e sur 8 ; métropole : 18,70 »."""
    pattern = PATTERNS["alone" if cell.state == "value" and among == 1 else cell.state]
    pattern = pattern.replace("{noun}", noun(indicator, cell))
    place = named(series.query.level, cell.code, cell.name)
    text = pattern.format(
        value=french.cell(indicator, cell),
        within=place.within,
        rank=french.ordinal(rank) if rank else "",
        among=among,
        total=french.cell(indicator, series.total),
    )
    return french.tight(text)


def noun(indicator: Indicator, cell: Cell) -> str:
    """Singular under 2, of the number as it is printed."""
    return indicator.noun_one if re.search(ONE, french.cell(indicator, cell)) else indicator.noun


def weak(indicator: Indicator, low: Cell, high: Cell) -> bool:
    """Whether two values differ by less than the threshold the indicator declares."""
    if not low.value or not high.value:
        return False
    return abs(high.value - low.value) / max(abs(high.value), abs(low.value)) < indicator.weak_gap
