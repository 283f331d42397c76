"""An entry for each indicator of the registry: how it is made, from what, for which years."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from dashboard import provenance
from dashboard.pages import methode_words as words
from dashboard.pages.methode_release import years
from layers import facts, measure
from layers.indicators import INDICATORS, LEVEL, Indicator
from layers.readers import READERS

if TYPE_CHECKING:
    from layers.release import Release


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator, ready to print; ``lines`` are (term, text)."""

    key: str
    label: str
    unit: str
    definition: str
    lines: tuple[tuple[str, str], ...]
    level: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """One indicator that the release cannot give, and what is missing for it."""

    key: str
    label: str
    definition: str
    formula: str
    missing: str


def groups(release: Release) -> list[tuple[str, list[Entry]]]:
    """What the release gives, by group, in the order of the registry."""
    given = [indicator for key, indicator in INDICATORS.items() if measure.available(release, key)]
    return [(group, [_entry(release, i) for i in some]) for group, some in groupby(given, key=lambda i: i.group)]


def lacking(release: Release) -> list[Lacking]:
    """What the release cannot give, each with what is missing."""
    return [
        Lacking(i.key, i.label, i.definition, i.formula, _missing(release, i))
        for key, i in INDICATORS.items()
        if not measure.available(release, key)
    ]


def _entry(release: Release, indicator: Indicator) -> Entry:
    nature, drawn = words.KINDS[indicator.kind]
    lines = [
        ("Formule", indicator.formula),
        ("Numérateur", words.FACTS[indicator.numerator].label),
        ("Dénominateur", _denominator(indicator)),
        ("Nature", f"{nature.lower()}, en {indicator.unit}" if indicator.unit != "%" else f"{nature.lower()}, en %"),
        ("Carte", drawn),
        ("Niveaux", _levels(indicator)),
        ("Années", years(measure.years(release, indicator.key))),
        ("Sources", _sources(release, indicator)),
        ("Secret", _secrecy(indicator)),
        ("Réserve", indicator.caveat),
    ]
    shown = tuple((term, text) for term, text in lines if text)
    level = "commune" if indicator.kind == LEVEL else "territory"
    return Entry(indicator.key, indicator.label, indicator.unit, indicator.definition, shown, level)


def _denominator(indicator: Indicator) -> str:
    if indicator.denominator is None:
        return ""
    return f"{words.FACTS[indicator.denominator].label}, de la même année ou de la plus proche"


def _levels(indicator: Indicator) -> str:
    if indicator.kind == LEVEL:
        return "commune ; territoire seulement s’il ne compte qu’une commune (Lillois)"
    return "territoire et commune : sommes d’abord, division ensuite"


def _secrecy(indicator: Indicator) -> str:
    if not indicator.secrecy:
        return ""
    return "soumis au secret statistique : une valeur cachée est marquée « s », et tout rapport fait d’elle l’est aussi"


def _sources(release: Release, indicator: Indicator) -> str:
    """Sources of the numerator, then of the denominator, each once."""
    needed = [indicator.numerator, *([indicator.denominator] if indicator.denominator else [])]
    told = [str(source) for fact in needed for source in _told(release, fact)]
    return " ; ".join(dict.fromkeys(told))


def _told(release: Release, fact: str) -> tuple[provenance.Told, ...]:
    built = facts.cube(release, fact)
    kinds = [kind for year in built.years for kind in built.sources.get(year, ())]
    vintages = [vintage for year in built.years for vintage in built.vintages.get(year, ())]
    return provenance.told(release, list(dict.fromkeys(kinds)), list(dict.fromkeys(vintages)))


def _missing(release: Release, indicator: Indicator) -> str:
    """The facts that the release lacks, and what brings them."""
    needed = [indicator.numerator, *([indicator.denominator] if indicator.denominator else [])]
    absent = [fact for fact in needed if not facts.is_usable(facts.cube(release, fact))]
    return " ; ".join(dict.fromkeys(_remedy(fact) for fact in absent))


def _remedy(fact: str) -> str:
    said = words.FACTS[fact]
    if said.lacking:
        return said.lacking
    files = " ou ".join(f"« {READERS[kind].title} »" for kind in said.brought_by)
    return f"{said.label} : à importer d’un fichier {files}"
