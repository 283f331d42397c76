"""What the published files of Flores and the tables drawn to order share: whose posts are counted, in which year."""

from __future__ import annotations

from typing import Final

from layers.headings import normalised
from layers.readers.intake import Record
from layers.readers.numbers import Value

ESS, PRIVATE, EVERYONE = "ess", "private", "all"
PUBLISHED: Final = "flores-communes"
ESTABLISHMENTS: Final = "flores-etablissements"
YEAR_FIRST, YEAR_LAST = 1990, 2100
MOST: Final = 10_000_000
PUBLISHER: Final = "Insee, fichier localisé des rémunérations et de l’emploi salarié (Flores)"
ATTRIBUTION: Final = "Insee, Flores"

_WORDS: Final = {
    ESS: frozenset({"", "ess", "economie_sociale_et_solidaire", "economie_sociale"}),
    PRIVATE: frozenset({"private", "prive", "employeurs_prives", "secteur_prive", "tous_employeurs_prives"}),
    EVERYONE: frozenset({"all", "total", "ensemble", "tous", "tous_employeurs", "public_et_prive", "ens"}),
}


def scope_of(text: str) -> str | None:
    """Whose posts a row counts: the ESS where nothing is said; None where the words are not known."""
    said = normalised(text)
    return next((scope for scope, words in _WORDS.items() if said in words), None)


def year_of(text: str) -> int | None:
    """A year in four digits; None for anything else."""
    return int(text) if text.isdigit() and text.isascii() and YEAR_FIRST <= int(text) <= YEAR_LAST else None


def is_plausible(number: float | None) -> bool:
    """Whether a number of posts or establishments of one commune can be one."""
    return number is None or 0 <= number <= MOST


def everyone(commune: str, year: int, posts: Value, units: float | None, origin: Record) -> Record:
    """Row of the table ``jobs`` for all the employers of a commune, cut by nothing."""
    return {
        "commune": commune,
        "year": year,
        "scope": EVERYONE,
        "posts": posts.number,
        "establishments": units,
        "state": posts.state,
        **origin,
    }
