"""The sentence that states what a view shows: templates, each true of the numbers it names."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import captions, locale
from dashboard.areas import Named, metropole, named
from dashboard.french import NBSP
from dashboard.i18n import _, msg, plural
from dashboard.sentences import noun, reserve, weak
from layers.indicators import AMOUNT, COUNT, RATIO, Indicator
from layers.intervals import LEAST_RANKING
from layers.parts import obstacle
from layers.rounding import rounded
from layers.series import MISSING, SUPPRESSED, VALUE, Cell, Series
from layers.support import Support

NOTABLE, MOST = 1.5, 20
"""Ratios of the highest to the lowest value between which the sentence says how many times more."""
NAMED = 3
"""Areas that share a rank and are still named one by one."""
LONG = 60
"""Letters from which filters are counted in the sentence, and named below it only."""
FEW = 2
"""An area that holds less than so many equal shares is not said to concentrate."""


def headline(indicator: Indicator, series: Series, cells: Sequence[Cell], place: Named, backing: Support) -> str:
    """What the cells of a view say, in one sentence with its figures, for the choice of sector and family.

    ``place`` is what they make up: the metropole or a territory; ``backing`` what they support, of the same series.
    """
    shown = [cell for cell in cells if cell.value is not None]
    if not shown:
        return locale.tight(_nothing(indicator, series, cells))
    told, reason = _told(indicator, series, cells, place, backing.within([cell.code for cell in cells]))
    chosen = captions.choice(series)
    if len(chosen) > LONG:
        chosen = plural("{number} filtre", "{number} filtres", len(series.query.chosen)).format(
            number=len(series.query.chosen)
        )
    hidden = "" if len(shown) == 1 else apart(series.query.level, cells)
    said = told + (f"{NBSP}– {chosen}" if chosen else "") + hidden + reserve(reason)
    return locale.tight(locale.capital(said))


def _told(
    indicator: Indicator, series: Series, cells: Sequence[Cell], place: Named, backing: Support
) -> tuple[str, str]:
    """What is said, and why no more is (`layers.support`)."""
    level, shown = series.query.level, [cell for cell in cells if cell.value is not None]
    whole = len(shown) == len(cells)
    if len(shown) == 1:
        return _alone(indicator, level, shown[0], whole=whole), ""
    if not any(cell.value for cell in shown):
        told = _("{label} : zéro partout {within}") if whole else _("{label} : zéro")
        if backing.adrift[0]:
            told = _("{label} : zéro partout où une commune est connue")
        return told.format(label=indicator.label, within=place.within), ""
    if indicator.kind not in (COUNT, AMOUNT) or obstacle(values(shown)):  # what is taken back is no part of a whole
        return _range(indicator, level, shown, backing)
    reason = backing.lead()
    if not reason:
        return _share(indicator, level, shown, place), ""
    if whole and backing.units < LEAST_RANKING:
        return _few(indicator, shown, place), ""
    return _range(indicator, level, shown, backing)[0], reason


def _few(indicator: Indicator, shown: Sequence[Cell], place: Named) -> str:
    """« 1 structure listée dans la métropole : aucune comparaison possible »."""
    every = Cell("", "", sum(values(shown)), VALUE, None, None)
    return _("{value} {noun} {within} : aucune comparaison possible").format(
        value=locale.cell(indicator, every), noun=noun(indicator, every), within=place.within
    )


def _nothing(indicator: Indicator, series: Series, cells: Sequence[Cell]) -> str:
    if series.notes:
        return captions.note(series.notes[0]).removesuffix(".")
    if cells and all(cell.state == SUPPRESSED for cell in cells):
        told = _("{label} : tout est sous secret statistique")
    elif series.query.level not in indicator.levels:
        told = _("{label} : publié par commune seulement, ne s’additionne pas")
    else:
        told = _("{label} : aucune valeur pour ce choix")
    return told.format(label=indicator.label)


def _alone(indicator: Indicator, level: str, cell: Cell, *, whole: bool) -> str:
    told = _("{value} {noun} {within}") if whole else _("{value} {noun} {within}, seule valeur disponible")
    return told.format(
        value=locale.cell(indicator, cell), noun=noun(indicator, cell), within=place_of(level, cell).within
    )


def _share(indicator: Indicator, level: str, shown: Sequence[Cell], place: Named) -> str:
    """Who holds most of what can be added up, of all there is in the place."""
    whole = sum(values(shown))
    tops = _holding(shown, max(values(shown)))
    top = tops[0]
    every = locale.value(indicator, whole)
    if len(tops) > 1:
        told = _("{areas} en tête à égalité, avec {value} {noun} chacune, sur {all} {within}")
        if level == "territory":
            told = _("{areas} en tête à égalité, avec {value} {noun} chacun, sur {all} {within}")
        return told.format(
            areas=_who(level, tops),
            value=locale.cell(indicator, top),
            noun=noun(indicator, top),
            all=every,
            within=place.within,
        )
    share = (top.value or 0) / whole
    subject = place_of(level, top)
    return _("{area} {verb} {part} {kept} : {value} sur {all}").format(
        area=subject.subject,
        verb=_verb(indicator, subject, concentrates=share * len(shown) >= FEW),
        part=_("plus de 99 %") if 0.995 <= share < 1 else locale.percent(100 * share),  # noqa: PLR2004
        kept=_kept(indicator, place),
        value=locale.cell(indicator, top),
        all=every,
    )


def _verb(indicator: Indicator, subject: Named, *, concentrates: bool) -> str:
    if not concentrates:
        return indicator.verb[subject.plural]
    return _("concentrent") if subject.plural else _("concentre")


def _kept(indicator: Indicator, place: Named) -> str:
    """What is shared out, and of what place where it is not the metropole."""
    noun = indicator.noun if indicator.kind == COUNT else _("subventions")
    if place == metropole():
        return _("des {noun}").format(noun=noun)
    return _("des {noun} {of}").format(noun=noun, of=place.of)


def _ahead(indicator: Indicator, level: str, shown: Sequence[Cell]) -> str:
    """Who comes first, where nothing can be said of the whole or of the last."""
    tops = _holding(shown, max(values(shown)))
    told = (
        _("{areas} en tête à égalité, avec {value} {noun}")
        if len(tops) > 1
        else _("{areas} en tête, avec {value} {noun}")
    )
    return told.format(areas=_who(level, tops), value=locale.cell(indicator, tops[0]), noun=noun(indicator, tops[0]))


def _range(indicator: Indicator, level: str, shown: Sequence[Cell], backing: Support) -> tuple[str, str]:
    """From the lowest to the highest, and why nothing is made of it; how many times more, where it is established."""
    lows, highs = _holding(shown, min(values(shown))), _holding(shown, max(values(shown)))
    low, high = lows[0], highs[0]
    low_text, high_text = locale.cell(indicator, low), locale.cell(indicator, high)
    if low.state == "zero":
        return _from_zero(indicator, level, shown, backing)
    if low_text == high_text:
        told = _("{label} : {value} dans {areas}")
        return told.format(label=indicator.label, value=low_text, areas=areas(level, len(shown))), ""
    reason = backing.pair(low.code, high.code)
    times = _times(indicator, low, high) if len(lows) == len(highs) == 1 and not reason else ""
    if times:
        subject = place_of(level, high)
        said = (
            _("{area} {verb} {times} plus {of_what} {than} : {high} contre {low} {unit}")
            .format(
                area=subject.subject,
                verb=indicator.verb[subject.plural],
                times=times,
                of_what=locale.of(indicator.per),
                than=place_of(level, low).than,
                high=high_text,
                low=low_text,
                unit=_unit(indicator),
            )
            .rstrip()
        )
        return said, ""
    told = _("{label} : de {low} {where_low} à {high} {where_high}")
    if weak(indicator, low, high):
        told, reason = _("{label} : écart faible, de {low} {where_low} à {high} {where_high}"), ""
    said = told.format(
        label=_labelled(indicator),
        low=low_text,
        where_low=at(level, lows),
        high=high_text,
        where_high=at(level, highs),
    )
    return said, reason


def _from_zero(indicator: Indicator, level: str, shown: Sequence[Cell], backing: Support) -> tuple[str, str]:
    """Who is ahead where that is established, else how high it goes, and where there is none."""
    lows, highs = _holding(shown, 0.0), _holding(shown, max(values(shown)))
    reason, rest = backing.lead(), _zeros(level, lows, len(shown))
    if not reason:
        return _("{first} ; {rest}").format(first=_ahead(indicator, level, shown), rest=rest), ""
    first = _("{label} : jusqu’à {high} {where_high}").format(
        label=_labelled(indicator), high=locale.cell(indicator, highs[0]), where_high=at(level, highs)
    )
    return _("{first} ; {rest}").format(first=first, rest=rest), reason


def _labelled(indicator: Indicator) -> str:
    """The label, with the unit where neither it nor the values tell it."""
    unit = "" if indicator.unit == "%" or indicator.kind in (COUNT, AMOUNT) else _unit(indicator)
    return indicator.label if not unit or unit in indicator.label else f"{indicator.label} ({unit})"


def _times(indicator: Indicator, low: Cell, high: Cell) -> str:
    """How many times more, where it can be said: of what adds up, and the same from the numbers as printed."""
    if indicator.kind != RATIO or not indicator.per or indicator.unit == "%" or indicator.pivot is not None:
        return ""
    printed = [float(rounded(cell.value or 0, indicator.digits)) for cell in (low, high)]
    if printed[0] <= 0 or not NOTABLE <= (high.value or 0) / (low.value or 1) <= MOST:
        return ""
    said = locale.times((high.value or 0) / (low.value or 1))
    return said if said == locale.times(printed[1] / printed[0]) else ""


def values(shown: Sequence[Cell]) -> list[float]:
    """The numbers of cells that have one."""
    return [cell.value for cell in shown if cell.value is not None]


def _holding(shown: Sequence[Cell], value: float) -> list[Cell]:
    """The cells of a value, in the order of their codes."""
    return [cell for cell in shown if cell.value == value]


def place_of(level: str, cell: Cell) -> Named:
    """The area of a cell, as sentences name it."""
    return named(level, cell.code, cell.name)


def areas(level: str, number: int) -> str:
    """« 3 territoires », « 1 commune »."""
    if level == "territory":
        return plural("{n} territoire", "{n} territoires", number).format(n=number)
    return plural("{n} commune", "{n} communes", number).format(n=number)


def _zeros(level: str, lows: Sequence[Cell], among: int) -> str:
    """Where there is none."""
    if len(lows) == 1:
        return _("zéro {within}").format(within=place_of(level, lows[0]).within)
    return _("{areas} sur {among} à zéro").format(areas=areas(level, len(lows)), among=among)


def _who(level: str, cells: Sequence[Cell]) -> str:
    if len(cells) > NAMED:
        return areas(level, len(cells))
    return locale.listed([place_of(level, cell).subject for cell in cells])


def at(level: str, cells: Sequence[Cell]) -> str:
    """Where an end of the range is: « dans le Roubaisien », « (Roubaix) », « (Lys et 2 autres) »."""
    if len(cells) == 1 and level == "territory":
        return place_of(level, cells[0]).within
    first = place_of(level, cells[0]).short
    if len(cells) > NAMED:
        return _("({area} et {n} autres)").format(area=first, n=len(cells) - 1)
    return f"({locale.listed([place_of(level, cell).short for cell in cells])})"


def apart(level: str, cells: Sequence[Cell]) -> str:
    """How many areas have no number, and why."""
    said = []
    for state, why in ((SUPPRESSED, msg("{areas} sous secret")), (MISSING, msg("{areas} sans valeur"))):
        number = sum(cell.state == state for cell in cells)
        if number:
            said.append(_(why).format(areas=areas(level, number)))
    return _("{first} ; {rest}").format(first="", rest=", ".join(said)) if said else ""


def _unit(indicator: Indicator) -> str:
    return indicator.unit.removeprefix("€").strip()
