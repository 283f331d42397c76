"""What is written around a view: subtitle and footer, so that every view says what, where, when and from what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dashboard import french, provenance
from dashboard.areas import METROPOLE, Named
from dashboard.i18n import _
from layers import facts, measure, stages
from layers.cube import UNKNOWN
from layers.dimensions import DIMENSIONS, Chosen
from layers.ess import FAMILIES, SECTORS
from layers.indicators import FUNDING, INDICATORS, Indicator
from layers.series import SUPPRESSED, Cell, Query, Series

if TYPE_CHECKING:
    from dashboard.legend import Scale
    from layers.classing import Classing
    from layers.release import Release

DENOMINATORS = {"population": "population", "jobs": "postes", "all_jobs": "postes"}
"""What is said of a denominator whose year is not that of the numerator; an area has no year."""
STAGES = {
    stages.VOTED: "Subventions votées",
    stages.CONTRACTED: "Subventions conventionnées",
    stages.PAID: "Subventions versées",
}
"""What the grants of a year are: stages are never added to one another."""
COUNTED = {
    "grants": ("subvention", "subventions"),
    "beneficiaries": ("bénéficiaire", "bénéficiaires"),
    "actors": ("structure", "structures"),
}
"""What is counted, in the bucket of what has no commune."""
TWO = 2
"""From which French puts a plural."""
PERIMETER = {
    85: "périmètre constant de 85\u00a0communes (2016)",
    90: "périmètre constant de 90\u00a0communes (2017)",
    95: "périmètre de 95\u00a0communes (2020)",
}


def sector_label(slug: str) -> str:
    """Label of a sector in menus and captions."""
    return "Secteur non renseigné" if slug == UNKNOWN else SECTORS[slug].plural


def family_label(slug: str) -> str:
    """Label of a family in menus and captions."""
    return "Famille non renseignée" if slug == UNKNOWN else FAMILIES[slug].plural


def choice(series: Series) -> str:
    """What is filtered: « commerce ou divers, associations, 10 à 19 salariés »; empty where nothing is."""
    told = dict(series.filters) or {key: _named(key, slugs) for key, slugs in series.query.chosen.items()}
    return ", ".join(_(" ou ").join(_inside(_(label)) for label in labels) for key, labels in told.items())


def _named(key: str, slugs: Chosen) -> tuple[str, ...]:
    names = {**DIMENSIONS[key].names, UNKNOWN: DIMENSIONS[key].unknown}
    return tuple(names.get(slug, slug) for slug in slugs)


def _inside(label: str) -> str:
    """A label in the middle of a sentence: its capital is lost, unless it is that of an acronym."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def subtitle(indicator: Indicator, series: Series, place: Named) -> str:
    """Definition, place, choice, year and perimeter: « Structures ESS, communes des Weppes, commerce, 2023, … »."""
    query = series.query
    said = [indicator.label]
    if place.short != METROPOLE.short:
        said.append(f"communes {place.of}")
    if query.chosen:
        said.append(choice(series))
    if query.year is not None:
        said.append(str(query.year))
    divided = DENOMINATORS.get(indicator.denominator or "")
    if divided and series.denominator_year not in (None, query.year):
        said.append(f"{divided} {series.denominator_year}")
    part = provenance.part(series.sources)
    if part:
        said.append(f"{part} seulement")
    said.append(PERIMETER[query.perimeter])
    return french.tight(", ".join(said))


def sources(release: Release, series: Series) -> str:
    """Titles and vintages of what is counted, then of what it is divided by where that comes from elsewhere."""
    divided = INDICATORS[series.query.indicator].denominator
    vintages = tuple(part for part in series.vintage.split(", ") if part)
    said = [provenance.sentence(release, series.sources, vintages)]
    if divided is not None and series.denominator_year is not None:
        below, year = facts.cube(release, divided), series.denominator_year
        said.append(provenance.sentence(release, below.sources.get(year, ()), below.vintages.get(year, ())))
    return french.tight(" ; ".join(dict.fromkeys(said)))


def footer(release: Release, series: Series, cells: Sequence[Cell]) -> str:
    """Source, vintage, boundaries, release, what is hidden or has no place."""
    query = series.query
    said = [f"Source : {sources(release, series)}"]
    indicator = INDICATORS[query.indicator]
    if indicator.group == FUNDING and (stage := stages.by_year(release).get(query.year or 0)):
        said.append(STAGES[stage])
    said.append("Contours IGN et Insee, Licence Ouverte")
    hidden = sum(cell.state == SUPPRESSED for cell in cells)
    published = release.manifest.get("published")
    dated = f" du {french.day(date.fromisoformat(published[:10]))}" if published else ""
    said.append(f"Publication {release.id}{dated}")
    said.append(f"{hidden} valeur{'s' if hidden > 1 else ''} sous secret")
    return french.tight(". ".join(said) + ".")


def classes(indicator: Indicator, classing: Classing, made: Scale, total: Cell) -> list[str]:
    """What is to be known of the classes where they are not the usual ones."""
    said = []
    if indicator.fill and classing.around_mean and total.value is not None:
        said.append(f"Échelle divergente autour de la valeur de la métropole : {french.value(indicator, total.value)}.")
    elif made.breaks.below is not None:
        said.append(f"Échelle divergente autour de {french.number(indicator.pivot or 0, 0)}.")
    if classing.by_year:
        said.append("Seuils recalculés pour cette année : les couleurs de deux années ne se comparent pas.")
    return said


def nowhere(release: Release, query: Query) -> str:
    """« Multi-territoires ou sans commune : 12 000 €, répartis nulle part »; empty where there is nothing."""
    cell = measure.nowhere(release, query)
    if cell is None or cell.numerator is None:
        return ""
    fact = INDICATORS[query.indicator].numerator
    told = french.number(cell.numerator, 0) + (" €" if fact == "amount" else "")
    one, many = COUNTED.get(fact, ("", ""))
    noun = many if abs(cell.numerator) >= TWO else one
    return french.tight(f"{cell.name} : {' '.join(filter(None, (told, noun)))}, hors du classement et de la carte.")
