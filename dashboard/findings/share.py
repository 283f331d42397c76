"""Concentration and specialisation: who holds more than its part, of the whole or of one sector."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import locale, packs
from dashboard.areas import territory
from dashboard.captions import sector_label
from dashboard.findings.declaration import Finding, confidence, proof, spoken
from dashboard.i18n import _
from dashboard.wording import worded
from layers import measure, support
from layers.cube import UNKNOWN
from layers.indicators import AMOUNT, COUNT, Indicator
from layers.intervals import LEAST_RANKING
from layers.parts import obstacle
from layers.series import Query, Series
from layers.specialisation import NOTABLE, Specialisation, specialisation

if TYPE_CHECKING:
    from dashboard.viewstate import ViewState
    from layers.release import Release

CATCH_ALL = (UNKNOWN, "divers")
"""Sectors that say nothing of a place."""
BASES = ("jobs", "actors")
"""What a specialisation is measured on: posts where the release has them, else structures."""
TERRITORIES = 8


def concentrations(release: Release, state: ViewState) -> list[Finding]:
    """The territory whose part of a whole most exceeds its part of the inhabitants."""
    if not measure.available(release, "population"):
        return []
    found = []
    for declared in spoken(COUNT, AMOUNT):
        if not measure.available(release, declared.key):
            continue
        series = measure.series(release, Query(declared.key, perimeter=state.perimeter))
        made = _lifts(release, series)
        if not made:
            continue
        lift, code, share, people = max(made)
        indicator, place = worded(release, declared.key), territory(code)
        if lift < 1 + max(indicator.weak_gap, NOTABLE - 1):
            continue
        pattern = (
            _("{area} réunissent {share} des {noun} pour {people} des habitants de la métropole.")
            if place.plural
            else _("{area} réunit {share} des {noun} pour {people} des habitants de la métropole.")
        )
        told = pattern.format(
            area=locale.capital(place.subject),
            share=locale.percent(100 * share),
            noun=indicator.noun if indicator.kind == COUNT else _("montants de subventions"),
            people=locale.percent(100 * people),
        )
        seen = proof(state, declared.key, series.query.year, territory=code)
        found.append(Finding("concentration", indicator, (code,), locale.tight(told), math.log(lift), seen))
    return found


def _lifts(release: Release, series: Series) -> list[tuple[float, str, float, float]]:
    """Part of the whole over part of the inhabitants, by territory that chance does not explain."""
    backing, whole = support.of(release, series.query), series.total.value
    few = backing.total.units < LEAST_RANKING
    if not whole or few or obstacle(cell.value or 0.0 for cell in series.cells):
        return []
    people = measure.series(release, replace(Query("population"), perimeter=series.query.perimeter))
    found = []
    for cell, inhabitants in zip(series.cells, people.cells, strict=True):
        if cell.value is None or inhabitants.value is None or not people.total.value or backing.share(cell.code):
            continue
        share, expected = cell.value / whole, inhabitants.value / people.total.value
        bounds = backing.bounds(backing.of(cell.code), confidence(TERRITORIES))
        least = bounds[0] if bounds else cell.value
        if least / (whole + backing.adrift[0] + backing.refused) > expected:
            found.append((share / expected, cell.code, share, expected))
    return found


def specialisations(release: Release, state: ViewState) -> list[Finding]:
    """Sectors that are a larger part of a territory than of the metropole."""
    base = next((key for key in BASES if packs.sectors(release, key)), None)
    if base is None:
        return []
    slugs = [slug for slug in packs.sectors(release, base) if slug not in CATCH_ALL]
    whole = measure.series(release, Query(base, perimeter=state.perimeter))
    comparisons = TERRITORIES * len(slugs)
    found = []
    for slug in slugs:
        series = measure.series(release, replace(whole.query, sector=slug))
        for code, made in _compared(release, series, whole, comparisons):
            seen = proof(state, base, whole.query.year, sector=slug, territory=code)
            told = _specialised(worded(release, base), slug, code, made)
            strength = math.log(made.quotient)
            found.append(Finding("specialisation", worded(release, base), (code,), told, strength, seen))
    return found


def _compared(
    release: Release, series: Series, whole: Series, comparisons: int
) -> Iterator[tuple[str, Specialisation]]:
    """Territories of which a sector is notably a larger part than of the metropole, beyond chance.

    Chance moves the units behind, establishments where posts are counted, never the posts one by one.
    """
    parts, wholes = (support.of(release, one.query).areas for one in (series, whole))
    for cell, all_of_it in zip(series.cells, whole.cells, strict=True):
        part, every = parts[cell.code], wholes[cell.code]
        if not part.enough or every.units < LEAST_RANKING or not all_of_it.value or not series.total.value:
            continue
        by = every.units / all_of_it.value
        made = specialisation(
            (cell.value or 0) * by, every.units, series.total.value, whole.total.value or 0, confidence(comparisons)
        )
        if made and made.told and made.quotient >= NOTABLE:
            yield cell.code, made


def _specialised(indicator: Indicator, slug: str, code: str, made: Specialisation) -> str:
    told = _("{sector} : {share} des {noun} {within}, contre {reference} dans la métropole.").format(
        sector=sector_label(slug),
        share=locale.percent(100 * made.share),
        noun=indicator.noun,
        within=territory(code).within,
        reference=locale.percent(100 * made.reference),
    )
    return locale.tight(told)
