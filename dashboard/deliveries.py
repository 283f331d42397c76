"""What a rehearsal says of rows: those of earlier files that leave, those that come and go in each table, in words.

Departures and changes are as `layers.rehearsal_json` writes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import locale
from dashboard.funding import words
from dashboard.i18n import _, msg, plural
from dashboard.wording import told
from layers.indicators import INDICATORS, Indicator
from layers.indicators.declared import BASE
from layers.templates import TEMPLATES
from layers.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]

TABLES = {
    "actors": msg("Structures"),
    "grants": msg("Subventions"),
    "observations": msg("Données communales"),
    "jobs": msg("Postes"),
    "zones": msg("Zonages"),
    "secrecy": msg("Secret statistique"),
    "programme": msg("Suivi"),
}
SCOPES = {
    "ess": msg("Postes de l’ESS"),
    "private": msg("Postes des employeurs privés"),
    "all": msg("Postes de tous les employeurs"),
}
THEMES = {template.theme: template.title for template in TEMPLATES.values()}


def part(table: str, about: str, known: Mapping[str, Indicator] = INDICATORS) -> str:
    """What rows are about: « Subventions votées », « Revenu médian », « Appel à projets »."""
    if table == "grants" and about:
        return words.noun(about)
    if table == "jobs" and about:
        return _(SCOPES[about])
    if table == "programme" and about:
        return _(THEMES[about])
    if table == "observations" and about.removesuffix(BASE) in known:
        label = told(known[about.removesuffix(BASE)]).label
        return label if about in known else _("{label}, dénominateur").format(label=label)
    return _(TABLES[table])


def removed(found: Sequence[Json]) -> list[str]:
    """Rows that would leave for good, a line for each earlier file, part and year."""
    return [
        typeset(
            _("{file}, {what}, {year} : {lines} à retirer{euros}").format(
                file=one["file"],
                what=locale.inside(part(one["table"], one["stage"])),
                year=one["year"],
                lines=lines(one["removed"]),
                euros=_worth(one["euros_removed"]),
            )
        )
        for one in found
        if one["removed"]
    ]


def said_again(found: Sequence[Json]) -> list[str]:
    """Rows of earlier files that the new ones say again, as they were or corrected."""
    return [
        typeset(
            _("{file}, {what}, {year} : {changes}").format(
                file=one["file"],
                what=locale.inside(part(one["table"], one["stage"])),
                year=one["year"],
                changes=locale.listed(told_again),
            )
        )
        for one in found
        if (told_again := _again(one))
    ]


def _again(one: Json) -> list[str]:
    said = [
        (one["repeated"], _("{lines} à l’identique{euros}"), 0),
        (one["corrected"], _("{lines} à corriger{euros}"), one["euros_corrected"]),
    ]
    return [text.format(lines=lines(number), euros=_worth(euros)) for number, text, euros in said if number]


def changed(found: Sequence[Json], known: Mapping[str, Indicator] = INDICATORS) -> list[str]:
    """Rows that come and go, a line for each part of a table and year; *known* are the indicators to come."""
    return [
        typeset(
            _("{what}, {year} : {changes}").format(
                what=part(one["table"], one["part"], known), year=one["year"], changes=locale.listed(_changes(one))
            )
        )
        for one in found
    ]


def lines(number: int) -> str:
    """« 1 ligne », « 12 lignes »."""
    return plural("{n} ligne", "{n} lignes", number).format(n=locale.number(number))


def _changes(one: Json) -> list[str]:
    said = [
        (one["added"], _("{lines} de plus{euros}"), one["euros_added"]),
        (one["removed"], _("{lines} de moins{euros}"), one["euros_removed"]),
        (one["relabelled"], _("{lines} dont seule l’origine change{euros}"), 0),
    ]
    return [text.format(lines=lines(number), euros=_worth(euros)) for number, text, euros in said if number]


def _worth(euros: float) -> str:
    return f" ({locale.euros(euros)})" if euros else ""
