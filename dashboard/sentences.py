"""The sentence of one area, from templates that the browser fills as well."""

from __future__ import annotations

import re

from dashboard import locale
from dashboard.areas import named
from dashboard.i18n import _, msg
from layers.indicators import Indicator
from layers.series import Cell, Series

PATTERNS = {
    "value": msg("{value} {noun} {within}, {rank} sur {among} ; métropole : {total}"),
    "alone": msg("{value} {noun} {within} ; métropole : {total}"),
    "zero": msg("{value} {noun} {within} ; métropole : {total}"),
    "suppressed": msg("Valeur sous secret statistique {within} ; métropole : {total}"),
    "missing": msg("Valeur non disponible {within} ; métropole : {total}"),
}
"""Templates by state, the same on the page, where the browser fills them."""


def patterns() -> dict[str, str]:
    """The templates in the language in force."""
    return {state: locale.tight(_(pattern)) for state, pattern in PATTERNS.items()}


def area_sentence(indicator: Indicator, series: Series, cell: Cell, rank: int | None, among: int) -> str:
    """One area: « 24,80 structures … dans le Roubaisien, 2e sur 8 ; métropole : 18,70 »."""
    pattern = PATTERNS["alone" if cell.state == "value" and among == 1 else cell.state]
    place = named(series.query.level, cell.code, cell.name)
    text = _(pattern).format(
        value=locale.cell(indicator, cell),
        noun=noun(indicator, cell),
        within=place.within,
        rank=locale.ordinal(rank) if rank else "",
        among=among,
        total=locale.cell(indicator, series.total),
    )
    return locale.tight(text)


def noun(indicator: Indicator, cell: Cell) -> str:
    """Singular or plural, of the number as it is printed."""
    return indicator.noun_one if re.search(locale.one(), locale.cell(indicator, cell)) else indicator.noun


def weak(indicator: Indicator, low: Cell, high: Cell) -> bool:
    """Whether two values differ by less than the threshold the indicator declares."""
    if not low.value or not high.value:
        return False
    return abs(high.value - low.value) / max(abs(high.value), abs(low.value)) < indicator.weak_gap
