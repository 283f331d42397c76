"""The sentence that states what a view shows: templates, each true of the numbers it names."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import french
from dashboard.areas import Named, named
from layers.indicators import AMOUNT, COUNT, LEVEL, RATIO, Indicator
from layers.series import Cell, Series

NOTABLE = 1.5
"""Ratio of the highest to the lowest value from which the sentence says how many times more."""


def headline(indicator: Indicator, series: Series, cells: Sequence[Cell], where: str) -> str:
    """What the cells of a view say, in one sentence with its figures.

    ``where`` is the place they make up: « la métropole », « le Roubaisien ».
    """
    shown = [cell for cell in cells if cell.value is not None]
    if not shown:
        return french.tight(_nothing(indicator, series))
    if len(shown) == 1:
        return french.tight(_alone(indicator, series, shown[0], cells))
    if indicator.kind in (COUNT, AMOUNT):
        return french.tight(_share(indicator, series, shown, where))
    return french.tight(_range(indicator, series, shown))


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


PATTERNS = {
    "value": "{value} {noun} {within}, {rank} sur {among} ; métropole : {total}",
    "alone": "{value} {noun} {within} ; métropole : {total}",
    "zero": "{value} {noun} {within} ; métropole : {total}",
    "suppressed": "Valeur sous secret statistique {within} ; métropole : {total}",
    "missing": "Valeur non disponible {within} ; métropole : {total}",
}
"""Templates by state, the same on the page, where the browser fills them."""


def noun(indicator: Indicator, cell: Cell) -> str:
    """Singular under 2, as French counts."""
    return indicator.noun_one if cell.value is not None and abs(cell.value) < 2 else indicator.noun  # noqa: PLR2004


def _nothing(indicator: Indicator, series: Series) -> str:
    if series.notes:
        return series.notes[0]
    if indicator.kind == LEVEL and series.query.level == "territory":
        return f"{indicator.label} : publié par commune seulement, ne s’additionne pas"
    return f"{indicator.label} : aucune valeur pour ce choix"


def _alone(indicator: Indicator, series: Series, cell: Cell, cells: Sequence[Cell]) -> str:
    place = named(series.query.level, cell.code, cell.name)
    said = f"{french.cell(indicator, cell)} {noun(indicator, cell)} {place.within}"
    return said if len(cells) == 1 else f"{said}, seule valeur disponible"


def _verb(indicator: Indicator, place: Named) -> str:
    return indicator.verb[1 if place.plural else 0]


def _share(indicator: Indicator, series: Series, shown: Sequence[Cell], where: str) -> str:
    whole = sum(cell.value or 0 for cell in shown)
    if whole == 0:
        return f"{indicator.label} : zéro partout dans {where}"
    top = max(shown, key=lambda cell: cell.value or 0)
    place = named(series.query.level, top.code, top.name)
    part = french.number(100 * (top.value or 0) / whole) + " %"
    amounts = f"{french.value(indicator, top.value or 0)} sur {french.value(indicator, whole)}"
    what = indicator.noun if indicator.kind == COUNT else "des subventions"
    kept = f"des {what}" if indicator.kind == COUNT else what
    verb = "concentrent" if place.plural else "concentre"
    return french.capital(f"{place.subject} {verb} {part} {kept} : {amounts}")


def _range(indicator: Indicator, series: Series, shown: Sequence[Cell]) -> str:
    high = max(shown, key=lambda cell: cell.value or 0)
    low = min(shown, key=lambda cell: cell.value or 0)
    top, bottom = (named(series.query.level, cell.code, cell.name) for cell in (high, low))
    high_text, low_text = french.cell(indicator, high), french.cell(indicator, low)
    if not high.value:
        return f"{indicator.label} : zéro partout"
    zeros = sum(cell.state == "zero" for cell in shown)
    if zeros:
        areas = "communes" if series.query.level == "commune" else "territoires"
        without = f"aucune valeur au-dessus de zéro dans {zeros} {areas}" if zeros > 1 else f"zéro {bottom.within}"
        return french.capital(f"{top.subject} en tête, avec {high_text} {noun(indicator, high)} ; {without}")
    if weak(indicator, low, high):
        return f"Écart faible : de {low_text} {bottom.within} à {high_text} {top.within}, {_what(indicator)}"
    ratio = high.value / (low.value or 1)
    if indicator.kind == RATIO and indicator.per and indicator.unit != "%" and ratio >= NOTABLE:
        more = f"{french.times(ratio)} plus {french.of(indicator.per)} que {bottom.subject}"
        said = f"{top.subject} {_verb(indicator, top)} {more} : {high_text} contre {low_text} {_unit(indicator)}"
        return french.capital(said.rstrip())
    return french.capital(f"{_what(indicator)} : de {low_text} {bottom.within} à {high_text} {top.within}")


def _what(indicator: Indicator) -> str:
    return indicator.label[:1].lower() + indicator.label[1:] if indicator.label[1:2].islower() else indicator.label


def _unit(indicator: Indicator) -> str:
    return indicator.unit.removeprefix("€").strip()


def weak(indicator: Indicator, low: Cell, high: Cell) -> bool:
    """Whether two values differ by less than the threshold the indicator declares."""
    if not low.value or not high.value:
        return False
    return abs(high.value - low.value) / max(abs(high.value), abs(low.value)) < indicator.weak_gap
