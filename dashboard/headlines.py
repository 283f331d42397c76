"""The sentence that states what a view shows: templates, each true of the numbers it names."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import captions, french
from dashboard.areas import Named, listed, named
from dashboard.i18n import plural
from dashboard.sentences import noun, weak
from layers.indicators import AMOUNT, COUNT, LEVEL, RATIO, Indicator
from layers.series import MISSING, SUPPRESSED, Cell, Series

NOTABLE, MOST = 1.5, 20
"""Ratios of the highest to the lowest value between which the sentence says how many times more."""
NAMED = 3
"""Areas that share a rank and are still named one by one."""
LONG = 60
"""Letters from which filters are counted in the sentence, and named below it only."""
FEW = 2
"""An area that holds less than so many equal shares is not said to concentrate."""
AREAS = {"territory": "territoires", "commune": "communes"}
EACH = {"territory": "chacun", "commune": "chacune"}


def headline(indicator: Indicator, series: Series, cells: Sequence[Cell], place: Named) -> str:
    """What the cells of a view say, in one sentence with its figures, for the choice of sector and family.

    ``place`` is what they make up: the metropole or a territory.
    """
    shown = [cell for cell in cells if cell.value is not None]
    if not shown:
        return french.tight(_nothing(indicator, series, cells))
    told = _told(indicator, series, shown, place, whole=len(shown) == len(cells))
    chosen = captions.choice(series)
    if len(chosen) > LONG:
        chosen = plural("{number} filtre", "{number} filtres", len(series.query.chosen)).format(
            number=len(series.query.chosen)
        )
    apart = "" if len(shown) == 1 else _apart(series.query.level, cells)
    return french.tight(french.capital(told + (f"{french.NBSP}– {chosen}" if chosen else "") + apart))


def _told(indicator: Indicator, series: Series, shown: Sequence[Cell], place: Named, *, whole: bool) -> str:
    level = series.query.level
    if len(shown) == 1:
        return _alone(indicator, level, shown[0], whole=whole)
    if not any(cell.value for cell in shown):
        return f"{indicator.label} : zéro partout {place.within}" if whole else f"{indicator.label} : zéro"
    if indicator.kind not in (COUNT, AMOUNT):
        return _range(indicator, level, shown)
    if whole:
        return _share(indicator, level, shown, place)
    return _ahead(indicator, level, shown)


def _nothing(indicator: Indicator, series: Series, cells: Sequence[Cell]) -> str:
    if series.notes:
        return series.notes[0].removesuffix(".")
    if cells and all(cell.state == SUPPRESSED for cell in cells):
        return f"{indicator.label} : tout est sous secret statistique"
    if indicator.kind == LEVEL and series.query.level == "territory":
        return f"{indicator.label} : publié par commune seulement, ne s’additionne pas"
    return f"{indicator.label} : aucune valeur pour ce choix"


def _alone(indicator: Indicator, level: str, cell: Cell, *, whole: bool) -> str:
    said = f"{french.cell(indicator, cell)} {noun(indicator, cell)} {_place(level, cell).within}"
    return said if whole else f"{said}, seule valeur disponible"


def _share(indicator: Indicator, level: str, shown: Sequence[Cell], place: Named) -> str:
    """Who holds most of what can be added up, of all there is in the place."""
    whole = sum(values(shown))
    tops = _holding(shown, max(values(shown)))
    top = tops[0]
    if len(tops) > 1:
        each = f"{french.cell(indicator, top)} {noun(indicator, top)} {EACH[level]}"
        every = f"{french.value(indicator, whole)} {place.within}"
        return f"{_who(level, tops)} en tête à égalité, avec {each}, sur {every}"
    share = (top.value or 0) / whole
    part = "plus de 99 %" if 0.995 <= share < 1 else f"{french.number(100 * share)} %"  # noqa: PLR2004
    subject = _place(level, top)
    verb = "concentre" + "nt" * subject.plural if share * len(shown) >= FEW else indicator.verb[subject.plural]
    kept = f"des {indicator.noun}" if indicator.kind == COUNT else "des subventions"
    of = "" if place.short == "Métropole" else f" {place.of}"
    amounts = f"{french.cell(indicator, top)} sur {french.value(indicator, whole)}"
    return f"{subject.subject} {verb} {part} {kept}{of} : {amounts}"


def _ahead(indicator: Indicator, level: str, shown: Sequence[Cell]) -> str:
    """Who comes first, where nothing can be said of the whole or of the last."""
    tops = _holding(shown, max(values(shown)))
    equal = " à égalité" if len(tops) > 1 else ""
    said = f"{french.cell(indicator, tops[0])} {noun(indicator, tops[0])}"
    return f"{_who(level, tops)} en tête{equal}, avec {said}"


def _range(indicator: Indicator, level: str, shown: Sequence[Cell]) -> str:
    lows, highs = _holding(shown, min(values(shown))), _holding(shown, max(values(shown)))
    low, high = lows[0], highs[0]
    low_text, high_text = french.cell(indicator, low), french.cell(indicator, high)
    if low.state == "zero":
        zeros = f"{len(lows)} {AREAS[level]} sur {len(shown)} à zéro"
        return f"{_ahead(indicator, level, shown)} ; {_zero(level, low) if len(lows) == 1 else zeros}"
    if low_text == high_text:
        return f"{indicator.label} : {low_text} dans {len(shown)} {AREAS[level]}"
    times = _times(indicator, low, high) if len(lows) == len(highs) == 1 else ""
    if times:
        subject = _place(level, high)
        verb = indicator.verb[subject.plural]
        more = f"{times} plus {french.of(indicator.per)} {_place(level, low).than}"
        return f"{subject.subject} {verb} {more} : {high_text} contre {low_text} {_unit(indicator)}".rstrip()
    little = "écart faible, " if weak(indicator, low, high) else ""
    unit = _unit(indicator) if indicator.unit != "%" else ""
    label = indicator.label if not unit or unit in indicator.label else f"{indicator.label} ({unit})"
    return f"{label} : {little}de {low_text} {_at(level, lows)} à {high_text} {_at(level, highs)}"


def _times(indicator: Indicator, low: Cell, high: Cell) -> str:
    """How many times more, where it can be said: of what adds up, and the same from the numbers as printed."""
    if indicator.kind != RATIO or not indicator.per or indicator.unit == "%":
        return ""
    printed = [round(cell.value or 0, indicator.digits) for cell in (low, high)]
    if printed[0] <= 0 or not NOTABLE <= (high.value or 0) / (low.value or 1) <= MOST:
        return ""
    said = french.times((high.value or 0) / (low.value or 1))
    return said if said == french.times(printed[1] / printed[0]) else ""


def values(shown: Sequence[Cell]) -> list[float]:
    """The numbers of cells that have one."""
    return [cell.value for cell in shown if cell.value is not None]


def _holding(shown: Sequence[Cell], value: float) -> list[Cell]:
    """The cells of a value, in the order of their codes."""
    return [cell for cell in shown if cell.value == value]


def _place(level: str, cell: Cell) -> Named:
    return named(level, cell.code, cell.name)


def _zero(level: str, cell: Cell) -> str:
    return f"zéro {_place(level, cell).within}"


def _who(level: str, cells: Sequence[Cell]) -> str:
    if len(cells) > NAMED:
        return f"{len(cells)} {AREAS[level]}"
    return listed([_place(level, cell).subject for cell in cells])


def _at(level: str, cells: Sequence[Cell]) -> str:
    """Where an end of the range is: « dans le Roubaisien », « (Roubaix) », « (Lys et 2 autres) »."""
    if len(cells) == 1 and level == "territory":
        return _place(level, cells[0]).within
    first = _place(level, cells[0]).short
    if len(cells) > NAMED:
        return f"({first} et {len(cells) - 1} autres)"
    return f"({listed([_place(level, cell).short for cell in cells])})"


def _apart(level: str, cells: Sequence[Cell]) -> str:
    """How many areas have no number, and why."""
    said = []
    for state, why in ((SUPPRESSED, "sous secret"), (MISSING, "sans valeur")):
        number = sum(cell.state == state for cell in cells)
        if number:
            said.append(f"{number} {AREAS[level] if number > 1 else AREAS[level].removesuffix('s')} {why}")
    return f" ; {', '.join(said)}" if said else ""


def _unit(indicator: Indicator) -> str:
    return indicator.unit.removeprefix("€").strip()
