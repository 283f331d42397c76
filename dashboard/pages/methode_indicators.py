"""An entry for each indicator of the registry: how it is made, from what, for which years."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from dashboard import locale, provenance, trends
from dashboard.i18n import _
from dashboard.pages import methode_words as words
from dashboard.pages.methode_release import years
from dashboard.wording import told
from layers import facts, measure, series_breaks
from layers.choices import offered
from layers.dimensions import DIMENSIONS
from layers.indicators import Indicator
from layers.readers import READERS
from layers.series import Query

if TYPE_CHECKING:
    from layers.release import Release


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator, ready to print; ``lines`` are (term, text)."""

    key: str
    label: str
    definition: str
    lines: tuple[tuple[str, str], ...]
    level: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is missing, how it may be brought, and the indicators that the release cannot give for lack of it."""

    missing: str
    remedy: str
    indicators: tuple[Indicator, ...]


def groups(release: Release) -> list[tuple[str, list[Entry]]]:
    """What the release gives, by group, in the order of the registry."""
    given = [told(release.indicators[key]) for key in release.indicators if measure.available(release, key)]
    return [(group, [_entry(release, i) for i in some]) for group, some in groupby(given, key=lambda i: i.group)]


def lacking(release: Release) -> list[Lacking]:
    """What the release cannot give, by what is missing."""
    by_lack: dict[tuple[str, str], list[Indicator]] = {}
    for key, indicator in release.indicators.items():
        if not measure.available(release, key):
            by_lack.setdefault(_missing(release, indicator), []).append(told(indicator))
    return [Lacking(*missing, tuple(indicators)) for missing, indicators in by_lack.items()]


def _entry(release: Release, indicator: Indicator) -> Entry:
    lines = [
        (_("Unité"), indicator.unit),
        (_("Formule"), indicator.formula),
        (_("Numérateur"), words.fact(indicator, indicator.numerator)),
        (_("Dénominateur"), _denominator(indicator)),
        (_("Carte"), _(words.KINDS[indicator.kind])),
        (_("Niveaux"), _levels(indicator)),
        (_("Années"), years(measure.years(release, indicator.key))),
        (_("Sources"), _sources(release, indicator)),
        (_("Ruptures de série"), _breaks(release, indicator)),
        (_("Secret"), _secrecy(indicator)),
        (_("Réserve"), indicator.caveat),
    ]
    shown = tuple((term, text) for term, text in lines if text)
    level = indicator.levels[0]
    return Entry(indicator.key, indicator.label, indicator.definition, shown, level)


def _denominator(indicator: Indicator) -> str:
    if indicator.denominator is None:
        return ""
    return _("{fact}, de la même année ou de la plus proche").format(fact=words.fact(indicator, indicator.denominator))


def _levels(indicator: Indicator) -> str:
    if indicator.levels == ("territory",):
        return _("territoire seulement")
    if indicator.levels == ("commune",):
        return _("commune ; territoire seulement s’il ne compte qu’une commune (Lillois)")
    return _("territoire et commune")


def _secrecy(indicator: Indicator) -> str:
    if not indicator.secrecy:
        return ""
    hidden = _(
        "soumis au secret statistique : une valeur cachée est marquée « s », et tout rapport fait d’elle l’est aussi"
    )
    if indicator.fewest:
        rule = _("rien n’est montré sous {number} unités, ni de quoi le reconstituer")
        return f"{rule.format(number=locale.number(indicator.fewest))} ; {hidden}"
    sizes = _(
        "les postes ne se lisent pas par tranche d’effectifs croisée avec le secteur ou la famille : presque tous"
        " seraient cachés"
    )
    return f"{hidden} ; {sizes}"


def _breaks(release: Release, indicator: Indicator) -> str:
    """Breaks between the years of the release, then those that are declared and that it does not meet."""
    met = series_breaks.found(release, Query(indicator.key))
    said = [
        _("entre {before} et {after} : {why}").format(before=one.before, after=one.after, why=trends.told(one))
        for one in met
    ]
    here = {one.key for one in met}
    said += [
        f"{_(one.sentence)} ({_(one.reference)})"
        for one in series_breaks.declared(indicator.key, DIMENSIONS if indicator.cuts else ())
        if one.key not in here and _may_meet(release, indicator, one)
    ]
    return " ".join(said)


def _may_meet(release: Release, indicator: Indicator, one: series_breaks.SeriesBreak) -> bool:
    """Whether the indicator can be cut so."""
    return one.dimension is None or one.dimension in offered(release, indicator.key)


def _sources(release: Release, indicator: Indicator) -> str:
    """Sources of the numerator, then of the denominator, each once."""
    needed = [indicator.numerator, *([indicator.denominator] if indicator.denominator else [])]
    said = [str(source) for fact in needed for source in _told(release, fact)]
    return locale.separator().join(dict.fromkeys(said))


def _told(release: Release, fact: str) -> list[provenance.Told]:
    built = facts.cube(release, fact)
    return [
        source
        for year in built.years
        for source in provenance.told(release, built.sources.get(year, ()), built.vintages.get(year, ()))
    ]


def _missing(release: Release, indicator: Indicator) -> tuple[str, str]:
    """The facts that the release lacks, and what brings them."""
    needed = [indicator.numerator, *([indicator.denominator] if indicator.denominator else [])]
    absent = [words.FACTS[fact] for fact in needed if not facts.is_usable(facts.cube(release, fact))]
    names = dict.fromkeys(_(fact.label) for fact in absent)
    remedies = dict.fromkeys(_remedy(fact) for fact in absent)
    return ", ".join(names), " ".join(remedies)


def _remedy(fact: words.FactWords) -> str:
    files = [_("« {text} »").format(text=_(READERS[kind].title)) for kind in fact.brought_by]
    return _("À importer d’un fichier {files}.").format(files=_(" ou ").join(files))
