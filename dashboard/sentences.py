"""The sentence of one area, from templates that the browser fills as well."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard import locale
from dashboard.areas import named
from dashboard.i18n import _, msg
from layers.indicators import Indicator
from layers.series import ZERO, Cell, Series
from layers.support import ADRIFT, CHANCE, DRIVEN, FEW, HIDDEN, LACKING, Support

PATTERNS = {
    "value": msg("{value} {noun} {within}, {rank} sur {among} ; métropole : {total}"),
    "alone": msg("{value} {noun} {within} ; métropole : {total}"),
    "zero": msg("{value} {noun} {within} ; métropole : {total}"),
    "suppressed": msg("Valeur sous secret statistique {within} ; métropole : {total}"),
    "missing": msg("Valeur non disponible {within} ; métropole : {total}"),
    "few": msg("{value} {noun} {within}, trop peu pour comparer ; métropole : {total}"),
    "unsure": msg("{value} {noun} {within}, évolution non établie ; métropole : {total}"),
    "unplaced": msg("{value} {noun} {within}, hors ce qui n’a pas de commune ; métropole : {total}"),
}
"""Templates by state and by what is supported, the same on the page, where the browser fills them."""
RANKED, PLAIN, SMALL, UNSURE, UNPLACED = "r", "v", "f", "u", "z"
"""Marks of what is supported of an area: its rank too, its value, one of too few units, a change that chance may make,
a zero that what has no place could change."""
PATTERN = {RANKED: "value", PLAIN: "alone", SMALL: "few", UNSURE: "unsure", UNPLACED: "unplaced"}
RESERVES = {
    FEW: msg(", trop peu pour comparer"),
    HIDDEN: msg(", aucun classement"),
    LACKING: msg(", aucun classement"),
    ADRIFT: msg(", ordre non établi"),
    CHANCE: msg(", écart que les petits nombres n’établissent pas"),
    DRIVEN: msg(", moyenne tirée par un seul lieu"),
}
"""What is added to a sentence that could not claim more, by reason (`layers.support`)."""


def reserve(reason: str) -> str:
    """Why no more is said; empty where nothing keeps from it."""
    return _(RESERVES[reason]) if reason else ""


def marks(backing: Support, cells: Sequence[Cell]) -> str:
    """What may be said of each area beside its value, one mark each."""
    within = backing.within([cell.code for cell in cells])
    ranked = within.ranks()
    return "".join(_mark(within, cell, ranked=cell.code in ranked) for cell in cells)


def _mark(backing: Support, cell: Cell, *, ranked: bool) -> str:
    if cell.state == ZERO and backing.adrift[0]:
        return UNPLACED
    if backing.rate(cell.code):
        return SMALL
    return RANKED if ranked else PLAIN


def patterns() -> dict[str, str]:
    """The templates in the language in force."""
    return {state: locale.tight(_(pattern)) for state, pattern in PATTERNS.items()}


def area_sentence(
    indicator: Indicator, series: Series, cell: Cell, rank: int | None, among: int, *, mark: str = PLAIN
) -> str:
    """One area: « 24,80 structures … dans le Roubaisien, 2e sur 8 ; métropole : 18,70 »; as much as ``mark`` allows."""
    pattern = PATTERNS[pattern_of(cell.state, mark, among)]
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


def pattern_of(state: str, mark: str, among: int) -> str:
    """Which template tells an area; as in `assets/packs.js`."""
    if state not in ("value", "zero") or (state == "zero" and mark != UNPLACED):
        return state
    return PATTERN[PLAIN if mark == RANKED and among == 1 else mark]


def noun(indicator: Indicator, cell: Cell) -> str:
    """Singular or plural, of the number as it is printed."""
    return indicator.noun_one if re.search(locale.one(), locale.cell(indicator, cell)) else indicator.noun


def extent(low: tuple[str, str], high: tuple[str, str]) -> str:
    """Two ends, each a text and where it is: « De 3 (Weppes) à 12 (Lille) »; « 3 partout » where they are the same."""
    told = _("De {low} ({under}) à {high} ({over})") if low[0] != high[0] else _("{high} partout")
    return told.format(low=low[0], under=low[1], high=high[0], over=high[1])


def weak(indicator: Indicator, low: Cell, high: Cell) -> bool:
    """Whether two values differ by less than the threshold the indicator declares."""
    if not low.value or not high.value:
        return False
    return abs(high.value - low.value) / max(abs(high.value), abs(low.value)) < indicator.weak_gap
