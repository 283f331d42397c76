"""Whose a name or a number is: those of who gives told from those of who receives, by titles and by cells together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from layers.public_bodies import public_body
from layers.recognition import titles
from layers.recognition.titles import BENEFICIARY, EITHER, GRANTOR

if TYPE_CHECKING:
    from layers.recognition.columns import ColumnMeaning

_GIVES = re.compile(
    r"[ée]tat\b|minist|pr[ée]fect|caf\b|caisse|agence|r[ée]gion|d[ée]partement|conseil|ville|commune|mairie|m[ée]tropole|"
    r"communaut|direction|dr[a-z]{2,4}\b|dd[a-z]{2,4}\b|ars\b|anct\b|office|syndicat|[ée]tablissement public|mel\b",
    re.IGNORECASE,
)
"""How the names of administrations begin."""
_FORM = ("legal", "category", "ape")
_TOWN = re.compile(r"(?:ville|commune|mairie|m[ée]tropole|communaut[ée]) d", re.IGNORECASE)
_MOSTLY, _SOME, _MANY_ROWS, _MARGIN = 0.8, 0.3, 3, 0.2
_ALL_DIFFERENT, _SOLE = 0.5, 10
"""Part of the rows that a column of beneficiaries tells apart, from so many rows on."""


def _of_giver(one: ColumnMeaning) -> ColumnMeaning:
    return replace(one, meaning="", confidence=0.0, why="dit ce qu’est qui donne")


def told_apart(found: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """Names and numbers of the grantor told from those of the beneficiary; what the former is says nothing of these."""
    out = [_of_giver(one) if one.party == GRANTOR and one.meaning in _FORM else one for one in found]
    for meanings in (("name",), ("siret", "siren")):
        alike = [one for one in out if one.meaning in meanings]
        for one in alike:
            if not _is_rounded(one) and _is_grantors(one, [other for other in alike if other is not one], out):
                out[one.at] = replace(one, meaning="grantor" if meanings == ("name",) else "grantor_siret")
    if not any(one.meaning == "grantor" for one in out):
        return [replace(one, meaning="grantor", party=GRANTOR) if _is_town(one) else one for one in out]
    return out


def _is_rounded(one: ColumnMeaning) -> bool:
    """Whether a spreadsheet rounded the numbers of a column: they are alike, whoever they are of."""
    return one.meaning != "name" and all("E+" in text.upper() for text in one.content.samples or ("",))


def _is_town(one: ColumnMeaning) -> bool:
    """Whether a column of communes is of the one that gives: « Ville de Roubaix » on all rows, whatever the place."""
    held = one.content
    return one.meaning == "city" and held.distinct == 1 < held.filled and bool(_TOWN.match(held.samples[0].strip()))


def _is_grantors(one: ColumnMeaning, others: Sequence[ColumnMeaning], table: Sequence[ColumnMeaning]) -> bool:
    """Whether a name or a number is of who gives: by its title, by those of the others, else by what its cells are."""
    if one.party == GRANTOR:
        return not _receives(one, others)
    if one.party == BENEFICIARY:
        return any(other.party == BENEFICIARY and _gives_to(one, other) for other in others)
    parties = {other.party for other in others} & {GRANTOR, BENEFICIARY}
    if one.party == EITHER and parties:
        return GRANTOR not in parties
    if not others:
        return _gives(one) and (one.party == EITHER if one.meaning == "name" else _repeats_more(one, table))
    rival = max(others, key=lambda other: other.content.distinct)
    if one.meaning == "name" and one.party != EITHER and not _names_administrations(one):
        return False
    return rival.party != GRANTOR and _gives(one) and one.content.distinct < rival.content.distinct


def _names_administrations(one: ColumnMeaning) -> bool:
    """Whether the names of a column are of who gives, and not a label that all rows bear."""
    return all(public_body(None, text, None) or _GIVES.match(text.strip()) for text in one.content.samples)


def _receives(one: ColumnMeaning, others: Sequence[ColumnMeaning]) -> bool:
    """Whether what is called an administration, without giving, is the only name and another one on most rows."""
    held = one.content
    apart = held.filled >= _SOLE and held.distinct >= _ALL_DIFFERENT * held.filled
    return one.meaning == "name" and not others and apart and "GIVER" not in titles.concepts(one.name)


def _gives_to(one: ColumnMeaning, other: ColumnMeaning) -> bool:
    """Whether, of two columns whose titles say that they receive, one is the same or of public bodies on all rows."""
    held, rival = one.content, other.content
    if held.filled < _MANY_ROWS or held.distinct * _MANY_ROWS > rival.distinct:
        return False
    return held.distinct == 1 or (held.public > _MOSTLY and rival.public < _SOME)


def _repeats_more(one: ColumnMeaning, table: Sequence[ColumnMeaning]) -> bool:
    """Whether a number says the same thing on more rows than the names beside it."""
    names = [other.content.constant for other in table if other.meaning == "name"]
    return any(constant < one.content.constant - _MARGIN for constant in names)


def _gives(one: ColumnMeaning) -> bool:
    """Whether a column looks like that of a grantor: one thing on many rows, or a public body."""
    held = one.content
    return held.filled >= _MANY_ROWS and (held.distinct <= max(1, held.filled // 10) or held.public > _MOSTLY)
