"""What is written around a view: subtitle and footer, so that every view says what, where, when and from what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dashboard import locale, provenance
from dashboard.areas import Named, metropole, title
from dashboard.i18n import _, msg, plural
from layers import facts, measure, stages
from layers.cube import UNKNOWN
from layers.dimensions import DIMENSIONS, Chosen
from layers.ess import FAMILIES, SECTORS
from layers.indicators import FUNDING, Indicator
from layers.series import SUPPRESSED, Cell, Query, Series

if TYPE_CHECKING:
    from dashboard.legend import Scale
    from layers.classing import Classing
    from layers.notes import Note
    from layers.release import Release

DENOMINATORS = {"population": msg("population"), "jobs": msg("postes"), "all_jobs": msg("postes")}
"""What is said of a denominator whose year is not that of the numerator; an area has no year."""
STAGES = {
    stages.VOTED: msg("Subventions votées"),
    stages.CONTRACTED: msg("Subventions conventionnées"),
    stages.PAID: msg("Subventions versées"),
}
"""What the grants of a year are: stages are never added to one another."""
PERIMETER = {
    85: msg("périmètre constant de 85\u00a0communes (2016)"),
    90: msg("périmètre constant de 90\u00a0communes (2017)"),
    95: msg("périmètre de 95\u00a0communes (2020)"),
}


def sector_label(slug: str) -> str:
    """Label of a sector in menus and captions."""
    return _("Secteur non renseigné") if slug == UNKNOWN else _(SECTORS[slug].plural)


def family_label(slug: str) -> str:
    """Label of a family in menus and captions."""
    return _("Famille non renseignée") if slug == UNKNOWN else _(FAMILIES[slug].plural)


def choice(series: Series) -> str:
    """What is filtered: « commerce ou divers, associations, 10 à 19 salariés »; empty where nothing is."""
    told = dict(series.filters) or {key: _named(key, slugs) for key, slugs in series.query.chosen.items()}
    return ", ".join(_(" ou ").join(locale.inside(_(label)) for label in labels) for key, labels in told.items())


def _named(key: str, slugs: Chosen) -> tuple[str, ...]:
    names = {**DIMENSIONS[key].names, **DIMENSIONS[key].apart}
    return tuple(names.get(slug, slug) for slug in slugs)


def subtitle(indicator: Indicator, series: Series, place: Named) -> str:
    """Definition, place, choice, year and perimeter: « Structures ESS, communes des Weppes, commerce, 2023, … »."""
    query = series.query
    said = [indicator.label]
    if place != metropole():
        said.append(_("communes {of}").format(of=place.of))
    if query.chosen:
        said.append(choice(series))
    if query.year is not None and not indicator.signed:
        said.append(str(query.year))
    divided = DENOMINATORS.get(indicator.denominator or "")
    if divided and series.denominator_year not in (None, query.year):
        said.append(f"{_(divided)} {series.denominator_year}")
    part = provenance.part(series.sources)
    if part:
        said.append(_("{part} seulement").format(part=part))
    said.append(_(PERIMETER[query.perimeter]))
    return locale.tight(", ".join(said))


def sources(release: Release, series: Series) -> str:
    """Titles and vintages of what is counted, then of what it is divided by where that comes from elsewhere."""
    divided = release.indicators[series.query.indicator].denominator
    vintages = tuple(part for part in series.vintage.split(", ") if part)
    said = [provenance.sentence(release, series.sources, vintages)]
    if divided is not None and series.denominator_year is not None:
        below, year = facts.cube(release, divided), series.denominator_year
        said.append(provenance.sentence(release, below.sources.get(year, ()), below.vintages.get(year, ())))
    return locale.tight(locale.separator().join(dict.fromkeys(said)))


def footer(release: Release, series: Series, cells: Sequence[Cell]) -> str:
    """Source, vintage, boundaries, release, what is hidden or has no place."""
    query = series.query
    said = [_("Source : {sources}").format(sources=sources(release, series))]
    indicator = release.indicators[query.indicator]
    if indicator.group == FUNDING and (stage := stages.by_year(release).get(query.year or 0)):
        said.append(_(STAGES[stage]))
    said.append(_("Contours IGN et Insee, Licence Ouverte"))
    hidden = sum(cell.state == SUPPRESSED for cell in cells)
    published = release.manifest.get("published")
    if published:
        day = locale.day(date.fromisoformat(published[:10]))
        said.append(_("Publication {release} du {day}").format(release=release.id, day=day))
    else:
        said.append(_("Publication {release}").format(release=release.id))
    said.append(plural("{n} valeur sous secret", "{n} valeurs sous secret", hidden).format(n=hidden))
    return locale.tight(". ".join(said) + ".")


def classes(indicator: Indicator, classing: Classing, made: Scale, total: Cell) -> list[str]:
    """What is to be known of the classes where they are not the usual ones."""
    said = []
    if indicator.fill and classing.around_mean and total.value is not None:
        told = _("Échelle divergente autour de la valeur de la métropole : {value}.")
        said.append(told.format(value=locale.value(indicator, total.value)))
    elif made.breaks.below is not None:
        said.append(_("Échelle divergente autour de {value}.").format(value=locale.number(indicator.pivot or 0)))
    if classing.by_year:
        said.append(_("Seuils recalculés pour cette année : les couleurs de deux années ne se comparent pas."))
    return said


def nowhere(release: Release, query: Query) -> str:
    """« Multi-territoires ou sans commune : 12 000 €, répartis nulle part »; empty where there is nothing."""
    cell = measure.nowhere(release, query)
    if cell is None or cell.numerator is None:
        return ""
    fact = release.indicators[query.indicator].numerator
    told = _("{bucket} : {amount}, hors du classement et de la carte.")
    return locale.tight(told.format(bucket=title(cell), amount=counted(fact, cell.numerator)))


def counted(fact: str, amount: float) -> str:
    """What is in the bucket of what has no commune: « 12 000 € », « 3 subventions »."""
    forms = {
        "grants": lambda: plural("{n} subvention", "{n} subventions", amount),
        "beneficiaries": lambda: plural("{n} bénéficiaire", "{n} bénéficiaires", amount),
        "actors": lambda: plural("{n} structure", "{n} structures", amount),
    }
    if fact == "amount":
        return locale.euros(amount, 0)
    return forms[fact]().format(n=locale.number(amount)) if fact in forms else locale.number(amount)


def note(one: Note) -> str:
    """A note of a series in the language in force."""
    return locale.tight(one.told(_))
