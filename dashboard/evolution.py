"""A map of changes: the declaration, the sentence and the notes of an indicator told since another year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import captions, headlines, locale, trends
from dashboard.french import NBSP
from dashboard.i18n import _, plural
from dashboard.sentences import PLAIN, UNSURE
from dashboard.wording import worded
from layers import change, series_breaks, support
from layers.indicators import AMOUNT, POINTS, RATIO, Indicator
from layers.panel import METROPOLE
from layers.series import MISSING, SUPPRESSED, Cell, Series

if TYPE_CHECKING:
    from dashboard.areas import Named
    from layers.release import Release

PERCENT_DIGITS = 1
UNBROKEN = "\u2011"
"""A hyphen at which no line ends."""
LONG = 25
"""Letters from which filters are counted in the sentence: four lines of a telephone; the subtitle names them."""


def shown(release: Release, series: Series, since: int | None) -> Indicator:
    """The declaration of what a series prints: that of the indicator, or of its change since a year.

    A change is signed, diverges from zero, and is in per cent, in points or in the unit of the indicator.
    """
    indicator = worded(release, series.query.indicator)
    if since is None or series.query.year is None:
        return indicator
    percent = change.is_percent(indicator)
    points = indicator.unit == "%" and not percent
    first, last = sorted((since, series.query.year))
    unit = "%" if percent else POINTS if points else indicator.unit
    label = _("{label} : évolution de {first} à {last}, {unit}")
    noun = _("de {first} à {last} ({label})")
    if first == last:
        label, noun = _("{label} : évolution depuis {first}, {unit}"), _("depuis {first} ({label})")
    noun = noun.format(first=first, last=last, label=locale.inside(indicator.label))
    return replace(
        indicator,
        label=locale.tight(label.format(label=indicator.label, first=first, last=last, unit=_unit(unit))),
        kind=RATIO,
        unit=unit,
        digits=PERCENT_DIGITS if percent or points else indicator.digits,
        noun=noun,
        noun_one=noun,
        pivot=0.0,
        signed=True,
        least=0,
    )


def _unit(unit: str) -> str:
    """How the unit of a change is told after its years: « en % », « en points », « écart absolu »."""
    if unit == POINTS:
        return _("en points")
    return _("en {unit}").format(unit=unit) if unit.startswith(("%", "€")) else _("écart absolu")


def headline(release: Release, indicator: Indicator, series: Series, cells: Sequence[Cell], since: int) -> str:
    """What changed between two years, in one sentence with its figures."""
    label, year = worded(release, series.query.indicator).label, series.query.year
    if year is None or year == since:
        told = _("{label} : {year} est l’année de départ, choisir une autre année pour lire une évolution")
        return locale.tight(told.format(label=label, year=since))
    first, last = sorted((since, year))
    given = [cell for cell in cells if cell.value is not None]
    sure = _established(release, series, given, since)
    if not given:
        told = _nothing(release, series, cells, since)
    elif not sure:
        told = _("{label}, {years} : aucune évolution établie")
    elif len(sure) < len(given):
        given = sure
        told = _("{label}, {years} : hors hasard, de {low} ({where_low}) à {high} ({where_high})")
        if len(sure) == 1:
            told = _("{label}, {years} : hors hasard, {low} seulement ({where_low})")
    elif len(given) == 1:
        told = _("{label} : {value} de {first} à {last} {within}")
    else:
        told = _("{label}, {years} : de {low} ({where_low}) à {high} ({where_high})")
    level = series.query.level
    lows, highs = ([c for c in given if c.value == end] for end in _ends(given))
    if len({locale.cell(indicator, cell) for cell in given}) == 1 < len(given) and sure:
        told, lows = _("{label}, {years} : {low} ({where_low})"), given
    years = f"{first}{UNBROKEN}{last}"
    said = told.format(label=label, first=first, last=last, years=years, **_told(indicator, level, lows, highs))
    chosen = captions.choice(series)
    if len(chosen) > LONG:
        number = len(series.query.chosen)
        chosen = plural("{number} filtre", "{number} filtres", number).format(number=number)
    return locale.tight(locale.capital(said + (f"{NBSP}– {chosen}" if chosen else "")))


def subtitle(
    release: Release, indicator: Indicator, series: Series, cells: Sequence[Cell], place: Named, *, since: int
) -> str:
    """What a change is, then what its sentence leaves out to stay short: the metropole, and the areas without one."""
    told = captions.subtitle(indicator, series, place, captions.money(release, series))
    if not any(cell.value is not None for cell in cells):
        return told
    total = _(" ; métropole : {total}").format(total=locale.cell(indicator, series.total))
    if support.change(release, series.query, since)[METROPOLE]:
        total += _(", évolution non établie")
    return locale.tight(told + total + headlines.apart(series.query.level, cells))


def _established(release: Release, series: Series, cells: Sequence[Cell], since: int) -> list[Cell]:
    """The areas of which the change is more than chance may do (`layers.support`)."""
    if series.query.year is None:
        return []
    reasons = support.change(release, series.query, since)
    return [cell for cell in cells if cell.value is not None and not reasons[cell.code]]


def marks(release: Release, series: Series, cells: Sequence[Cell], since: int) -> str:
    """What may be said of each change, one mark each (`dashboard.sentences`): none has a rank."""
    sure = {cell.code for cell in _established(release, series, cells, since)}
    return "".join(PLAIN if cell.code in sure else UNSURE for cell in cells)


def _ends(given: Sequence[Cell]) -> tuple[float, float]:
    values = headlines.values(given)
    return min(values, default=0.0), max(values, default=0.0)


def _told(indicator: Indicator, level: str, lows: Sequence[Cell], highs: Sequence[Cell]) -> dict[str, str]:
    """The ends of the range and where they are; empty where there is none."""
    if not lows:
        return {}
    return {
        "value": locale.cell(indicator, lows[0]),
        "within": headlines.place_of(level, lows[0]).within,
        "low": locale.cell(indicator, lows[0]),
        "where_low": _at(level, lows),
        "high": locale.cell(indicator, highs[0]),
        "where_high": _at(level, highs),
    }


def _at(level: str, cells: Sequence[Cell]) -> str:
    """Where an end of the range is, in few letters: « Roubaisien », « 63 communes »."""
    return headlines.place_of(level, cells[0]).short if len(cells) == 1 else headlines.areas(level, len(cells))


def _nothing(release: Release, series: Series, cells: Sequence[Cell], since: int) -> str:
    if _broken(release, series, since):
        return _("{label} : aucune évolution calculée de {first} à {last}, la série est rompue")
    if cells and all(cell.state == SUPPRESSED for cell in cells):
        return _("{label} : l’évolution de {first} à {last} est sous secret statistique")
    return _("{label} : aucune évolution ne peut être dite de {first} à {last}")


def _broken(release: Release, series: Series, since: int) -> tuple[series_breaks.Found, ...]:
    year = series.query.year
    return () if year is None else series_breaks.across(release, series.query, since, year)


def notes(release: Release, series: Series, cells: Sequence[Cell], since: int) -> list[str]:
    """Why no change is told where none is, and over which communes the others are."""
    breaks = _broken(release, series, since)
    if breaks:
        return [trends.told(one) for one in breaks]
    said = []
    declared = worded(release, series.query.indicator)
    if any(cell.state == MISSING for cell in cells) and change.is_percent(declared):
        said.append(few(declared))
    return [*said, _("Périmètre constant : les mêmes communes à toutes les années.")]


def few(indicator: Indicator) -> str:
    """Under what no change in per cent is told of an indicator, and why."""
    if indicator.kind == AMOUNT or indicator.stands_on is not None:
        return _(
            "n.d. où une des deux années manque ou compte moins de cinq subventions : un pourcentage ne dirait que le "
            "hasard."
        )
    return _(
        "n.d. où une des deux années manque ou compte moins de cinq unités : un pourcentage ne dirait que le hasard."
    )
