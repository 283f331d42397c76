"""What the published files of Flores and the tables drawn to order share: whose posts are counted, in which year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from layers.headings import normalised
from layers.questions import SCOPE, Question
from layers.readers import proof
from layers.readers.intake import Intake, Record
from layers.readers.rows import Row
from layers.recognition.opening import Table
from layers.values.numbers import Value

ESS, PRIVATE, EVERYONE = "ess", "private", "all"
PUBLISHED: Final = "flores-communes"
ESTABLISHMENTS: Final = "flores-etablissements"
YEAR_FIRST, YEAR_LAST = 1990, 2100
MOST: Final = 10_000_000
ROUNDING: Final = 0.5
PUBLISHER: Final = "Insee, fichier localisé des rémunérations et de l’emploi salarié (Flores)"
ATTRIBUTION: Final = "Insee, Flores"

_WORDS: Final = {
    ESS: frozenset({"ess", "economie_sociale_et_solidaire", "economie_sociale"}),
    PRIVATE: frozenset({"private", "prive", "employeurs_prives", "secteur_prive", "tous_employeurs_prives"}),
    EVERYONE: frozenset({"all", "total", "ensemble", "tous", "tous_employeurs", "public_et_prive", "ens"}),
}

_WITHIN: Final = {
    ESS: frozenset({"ess"}),
    PRIVATE: frozenset({"prive", "privee", "prives", "privees"}),
    EVERYONE: frozenset({"total", "totale", "totaux", "ensemble", "tous"}),
}
_WITHOUT: Final = frozenset({"hors", "sans", "non"})
ASKED: Final = Question(
    SCOPE,
    "De quels employeurs ce fichier compte-t-il les postes ? Rien ne le dit, ni une colonne « champ » ni un titre."
    " Ils ne sont pas pris pour ceux de l’ESS.",
    ("Tous les employeurs", "Employeurs privés", "ESS"),
    "Tous les employeurs",
)
ANSWERS: Final = dict(zip(ASKED.choices, (EVERYONE, PRIVATE, ESS), strict=True))
"""Scope of each answer."""


def scope_of(text: str) -> str | None:
    """Whose posts a row counts; None where the words are not known."""
    said = normalised(text)
    return next((scope for scope, words in _WORDS.items() if said in words), None)


def said_scope(source: Table, titles: Iterable[str]) -> str | None:
    """Whose posts a whole file counts: by the *titles* of its numbers, else by its name, its sheet and what is above.

    None where nothing says it, or several things do: total employment is never taken for that of the ESS.
    """
    return _scope_in(titles) or _scope_in(proof.around(source))


def _scope_in(texts: Iterable[str]) -> str | None:
    told = {word for text in texts for word in normalised(text).split("_")}
    found = [scope for scope, words in _WITHIN.items() if told & words]
    return found[0] if len(found) == 1 and not (found[0] == ESS and told & _WITHOUT) else None


def year_of(text: str) -> int | None:
    """A year in four digits; None for anything else."""
    return int(text) if text.isdigit() and text.isascii() and YEAR_FIRST <= int(text) <= YEAR_LAST else None


def is_plausible(number: float | None) -> bool:
    """Whether a number of posts or establishments of one commune can be one."""
    return number is None or 0 <= number <= MOST


def check_whole(intake: Intake, row: Row, total: Value, sums: Iterable[float], *, withheld: bool) -> None:
    """Say where parts of a published total are withheld, or do not make it (*sums*): it is kept either way."""
    if withheld:
        message = "Communes dont une part du détail manque ou n’est pas diffusée, total publié retenu"
        intake.note("withheld", message, row.line)
    elif total.number is not None and any(abs(told - total.number) > ROUNDING for told in sums):
        message = "Totaux publiés que leur détail ne fait pas, total publié retenu : à vérifier à la source"
        intake.note("total_differs", message, row.line)


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
