"""What is written around a view: subtitle and footer, so that every view says what, where, when and from what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dashboard import locale, provenance
from dashboard.areas import Named, metropole, title
from dashboard.i18n import _, msg, plural
from layers import facts, measure, stages
from layers.cube import UNKNOWN
from layers.dimensions import DIMENSIONS, Chosen
from layers.ess import FAMILIES, SECTORS
from layers.indicators import AMOUNT, FUNDING, INDICATORS, Indicator
from layers.money import of_year
from layers.refused import euros as refused_euros
from layers.series import SUPPRESSED, Cell, Query, Series

if TYPE_CHECKING:
    from dashboard.legend import Scale
    from layers.classing import Classing
    from layers.notes import Note
    from layers.release import Release

DENOMINATORS = {
    "population": msg("population"),
    **dict.fromkeys(("jobs", "all_jobs", "private_jobs", "jobs_expected"), msg("postes")),
    **dict.fromkeys(("ess_establishments", "all_establishments"), msg("établissements")),
    **dict.fromkeys(("housing", "census"), msg("recensement")),
}
"""What is said of a denominator whose year is not that of the numerator; an area has no year, and grants their own."""
STAGES = {
    stages.VOTED: msg("Subventions votées"),
    stages.CONTRACTED: msg("Subventions conventionnées"),
    stages.PAID: msg("Subventions versées"),
}
"""What the grants of a year are: stages are never added to one another."""
EUROS = "amount"
"""The fact that is money."""
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


def subtitle(indicator: Indicator, series: Series, place: Named, marks: Sequence[str] = ()) -> str:
    """Definition, place, choice, year and perimeter: « Structures ESS, communes des Weppes, commerce, 2023, … ».

    ``marks`` say what money it is (`money`).
    """
    query = series.query
    said = [indicator.label]
    if place != metropole():
        said.append(_("communes {of}").format(of=place.of))
    if query.chosen:
        said.append(choice(series))
    if query.year is not None and not indicator.signed:
        said.append(str(query.year))
    if below := divided(series):
        said.append(below)
    part = provenance.part(series.sources)
    if part:
        said.append(_("{part} seulement").format(part=part))
    said += [provenance.money(marks)] if marks else []
    said.append(_(PERIMETER[query.perimeter]))
    return locale.tight(", ".join(said))


def divided(series: Series) -> str:
    """« population 2022 »: what a ratio is divided by, where that is of another year; empty where it is not.

    An indicator that a file declares has both its numbers from that file, of one year.
    """
    known = INDICATORS.get(series.query.indicator)
    said = DENOMINATORS.get(known.denominator or "") if known else None
    other = said and series.denominator_year not in (None, series.query.year)
    return f"{_(said)} {series.denominator_year}" if said and other else ""


def named(indicator: Indicator, series: Series, unit: str = "") -> str:
    """« Structures ESS pour 1 000 habitants, population 2022 »: a figure beside a column of years."""
    label = f"{indicator.label} ({unit})" if unit and unit not in indicator.label else indicator.label
    return ", ".join(filter(None, (label, divided(series))))


def when(series: Series) -> str:
    """« 2023 », « 2023, population 2022 »: the year of a figure, wherever it is read; empty without one."""
    return ", ".join(str(one) for one in (series.query.year, divided(series)) if one)


def money(release: Release, series: Series) -> tuple[str, ...]:
    """What money a series of the funding is (`layers.money`); nothing for the others."""
    indicator = release.indicators[series.query.indicator]
    return of_year(release, series.query.year) if indicator.group == FUNDING else ()


def sources(release: Release, series: Series) -> str:
    """Titles and vintages of what is counted, then of what it is divided by where that comes from elsewhere."""
    fact = release.indicators[series.query.indicator].denominator
    said = [provenance.sentence(release, series.sources, series.vintages)]
    if fact is not None and series.denominator_year is not None:
        below, year = facts.cube(release, fact), series.denominator_year
        said.append(provenance.sentence(release, below.sources.get(year, ()), below.vintages.get(year, ())))
    return locale.tight(locale.separator().join(filter(None, dict.fromkeys(said))))


def footer(release: Release, series: Series, hidden: int) -> str:
    """Source, vintage, boundaries, release, and how many values are hidden where it stands."""
    query, told = series.query, sources(release, series)
    said = [_("Source : {sources}").format(sources=told)] if told else []
    indicator = release.indicators[query.indicator]
    if indicator.group == FUNDING and (stage := stages.by_year(release).get(query.year or 0)):
        said.append(_(STAGES[stage]))
    said.append(_("Contours IGN et Insee, Licence Ouverte"))
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


def suppressed(cells: Iterable[Cell]) -> int:
    """How many of some cells are under secrecy."""
    return sum(cell.state == SUPPRESSED for cell in cells)


def nowhere(release: Release, query: Query) -> str:
    """« Multi-territoires ou sans commune : 12 000 €, répartis nulle part », and what was refused at import.

    Empty where there is nothing.
    """
    cell, said = measure.nowhere(release, query), []
    if cell is not None and cell.numerator is not None:
        fact = release.indicators[query.indicator].numerator
        told = _("{bucket} : {amount}, hors du classement et de la carte.")
        said.append(told.format(bucket=title(cell), amount=counted(fact, cell.numerator)))
    return locale.tight(" ".join([*said, *refused(release, measure.series(release, query))]))


def refused(release: Release, series: Series) -> list[str]:
    """Euros of the rows that the import refused, beside an amount; none for what is no money, or where none was."""
    if release.indicators[series.query.indicator].numerator != EUROS:
        return []
    return refused_of(release, series.sources, series.vintages)


def refused_of(release: Release, kinds: Sequence[str], vintages: Sequence[str]) -> list[str]:
    """The same of some sources."""
    euros = refused_euros(release, kinds, vintages)
    told = _("Lignes refusées à l’import de ces fichiers : {amount}, comptées dans aucun total.")
    return [told.format(amount=locale.euros(euros, 0))] if euros else []


def whole(release: Release, series: Series) -> str:
    """What a total of money leaves out, with what both make; empty where all is located, or for what is no money."""
    indicator, total = release.indicators[series.query.indicator], series.total
    cell, said = measure.nowhere(release, series.query), []
    if indicator.kind == AMOUNT and cell is not None and cell.value is not None and total.value is not None:
        told = _("Avec {apart} sans lieu ou multi-territoires : {all}.")
        every = total.value + cell.value
        said.append(told.format(apart=locale.value(indicator, cell.value), all=locale.value(indicator, every)))
    return locale.tight(" ".join([*said, *refused(release, series)]))


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
