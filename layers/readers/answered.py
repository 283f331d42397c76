"""A table as it is understood once what was asked of it is answered: what its columns mean, which sheets are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Final

from layers import lines
from layers.account import Warning_
from layers.headings import normalised
from layers.questions import COLUMN, NAME, TABLE, UNIT, YEAR, Answers
from layers.recognition import titles
from layers.recognition.columns import FLOOR, MEANINGS, SINGLE, ColumnMeaning, keys, settle
from layers.recognition.opening import Table as Source
from layers.recognition.sheets import ALL, Doubtful
from layers.recognition.titles import (
    ASKED,
    COST,
    GRANT,
    GUARANTEE,
    IN_KIND,
    LOAN,
    PAID,
    PROPOSED,
    SURE,
    VOTED,
    Money,
)
from layers.unreadable import UnreadableFile
from layers.values.amounts import Unit

UNREAD: Final = "unread"
_AMOUNTS: Final = {
    f"amount:{VOTED}": "Montant voté",
    "amount": "Montant",
    f"amount:{PAID}": "Montant versé",
    f"amount:{PROPOSED}": "Montant proposé",
    f"amount:{ASKED}": "Montant demandé",
    f"amount:{LOAN}": "Prêt",
    f"amount:{GUARANTEE}": "Garantie d’emprunt",
    f"amount:{IN_KIND}": "Aide en nature",
    f"amount:{COST}": "Coût ou budget du projet",
    "amount:previous": "Montant d’une année antérieure",
    "amount:foreign": "Montant dans une autre monnaie",
    "amount:rest": "Reste, cumul ou moyenne",
}
_FORMS: Final = (LOAN, GUARANTEE, IN_KIND, COST, "previous", "foreign", "rest")
_ASIDE: Final = ("amount", "account", "count", "contact", "note")
"""Meanings that are not read, or that are said more precisely."""
CHOICES: Final[Mapping[str, str]] = {
    UNREAD: "Non lu",
    **{meaning: label for meaning, label in MEANINGS.items() if meaning not in _ASIDE},
    **_AMOUNTS,
}
"""What a column may be said to be, and what each is called in French: an amount with its stage or its form."""
UNITS: Final = (1, 1_000, 1_000_000)
CHOSEN: Final = "choisi"
_SURE: Final = 1.0
_YEAR = re.compile(r"(?:19|20)\d\d")


def answered(source: Source, answers: Answers) -> Source:
    """The table of a file after *answers*: what its columns were said to be, every sheet that was asked for.

    Raises
    ------
    UnreadableFile
        A column is said to be something that there is not, or two of them what one alone can be.
    """
    if set(applied(source, answers)) - {TABLE}:
        source = replace(source, columns=_chosen(source, answers), understood=True)
    if (name := answers.get(NAME)) in source.header:
        source = replace(source, columns=tuple(_named(one, name) for one in source.columns))
    for one in source.doubtful:
        source = _with(source, one) if answers.get(one.question.id) == ALL else _without(source, one)
    return source


def applied(source: Source, answers: Answers) -> dict[str, str]:
    """Those of *answers* that say what a table and its columns are, without having been asked."""
    known = {TABLE, *(f"{kind}:{name}" for kind in (COLUMN, UNIT, YEAR) for name in keys(source.header))}
    return {name: said for name, said in answers.items() if name in known}


def choice(one: ColumnMeaning) -> str:
    """What a column is taken for, among `CHOICES`."""
    if one.meaning == "amount":
        told = one.money.form if one.money.form != GRANT else one.money.stage
        return f"amount:{told}" if told else "amount"
    return one.meaning if one.meaning in CHOICES else UNREAD


def unit_of(source: Source, one: ColumnMeaning, answers: Answers) -> Unit:
    """Euros that a unit of a column of amounts is worth: as answered, else by its title, else by the titles above."""
    if (told := answers.get(f"{UNIT}:{keys(source.header)[one.at]}", "")).isdecimal():
        return int(told)
    own = one.money.unit if one.money.unit != 1 else titles.told_unit(one.name)
    return own or max((titles.unit(text) for text in (*source.above, *source.sheets)), default=1)


def answered_units(source: Source, answers: Answers) -> dict[int, int]:
    """The units that were answered, by place of column."""
    told = {at: answers.get(f"{UNIT}:{name}", "") for at, name in enumerate(keys(source.header))}
    return {at: int(unit) for at, unit in told.items() if unit.isdecimal()}


def _chosen(source: Source, answers: Answers) -> tuple[ColumnMeaning, ...]:
    """The columns with the meanings that were answered; a meaning that only one may have is lost by any other."""
    names = keys(source.header)
    found = source.columns or settle(source.header, source.sample)
    said = {one.at: _meant(source, one, answers.get(f"{COLUMN}:{names[one.at]}")) for one in found}
    told = [one for at, one in said.items() if f"{COLUMN}:{names[at]}" in answers and one.meaning in SINGLE]
    taken = {one.meaning: one.at for one in told}
    if twice := next((one for one in told if taken[one.meaning] != one.at), None):
        reason = f"« {MEANINGS[twice.meaning]} » est choisi pour deux colonnes"
        raise UnreadableFile(source.path, reason, "En choisir une seule.", source.header_lines[-1], names[twice.at])
    granted = any(_is_grant(one) and f"{COLUMN}:{names[at]}" in answers for at, one in said.items())
    lost = {at for at, one in said.items() if taken.get(one.meaning, at) != at or (granted and _is_guess(one))}
    return tuple(_detailed(source, _emptied(one) if at in lost else one, answers) for at, one in said.items())


def _is_grant(one: ColumnMeaning) -> bool:
    return one.meaning == "amount" and one.money.form == GRANT and one.money.stage not in (ASKED, PROPOSED)


def _is_guess(one: ColumnMeaning) -> bool:
    """Whether a column is taken for an amount by its cells alone, for want of another that says so."""
    return one.meaning == "amount" and one.confidence <= FLOOR


def _meant(source: Source, one: ColumnMeaning, told: str | None) -> ColumnMeaning:
    """A column with the meaning that is told by its key or its label; as it is where none is."""
    if told is None:
        return one
    plain = normalised(told)
    found = next((key for key, label in CHOICES.items() if told == key or plain == normalised(label)), None)
    if found is None:
        reason = f"« {told} » n’est pas ce que peut dire une colonne"
        remedy = f"Au choix : {', '.join(CHOICES.values())}."
        raise UnreadableFile(source.path, reason, remedy, source.header_lines[-1], one.name)
    return taken(one, found, CHOSEN)


def taken(one: ColumnMeaning, told: str, why: str) -> ColumnMeaning:
    """A column that is said to be one of `CHOICES`."""
    if told == UNREAD:
        return _emptied(one, why)
    meaning, _colon, which = told.partition(":")
    form = which if which in _FORMS else GRANT
    money = replace(one.money, stage="" if which in _FORMS else which, form=form) if meaning == "amount" else Money()
    return replace(one, meaning=meaning, confidence=_SURE, why=why, money=money)


def _emptied(one: ColumnMeaning, why: str = CHOSEN) -> ColumnMeaning:
    return replace(one, meaning="", confidence=0.0, why=why)


def _detailed(source: Source, one: ColumnMeaning, answers: Answers) -> ColumnMeaning:
    """A column of amounts with the unit and the year that were answered."""
    name = keys(source.header)[one.at]
    if one.meaning != "amount":
        return one
    unit, year = answers.get(f"{UNIT}:{name}"), answers.get(f"{YEAR}:{name}")
    if unit is not None and unit not in map(str, UNITS):
        raise UnreadableFile(
            source.path, f"unité « {unit} » inconnue", "Au choix : 1, 1000 ou 1000000 euros.", column=one.name
        )
    if year and not _YEAR.fullmatch(year):
        raise UnreadableFile(
            source.path, f"année « {year} » illisible", "L’écrire en quatre chiffres.", column=one.name
        )
    money = replace(one.money, unit=int(unit)) if unit else one.money
    return replace(one, money=money if year is None else replace(money, year=int(year) if year else None))


def _named(one: ColumnMeaning, name: str) -> ColumnMeaning:
    if one.name == name:
        return replace(one, meaning="name", confidence=SURE, why="indiquée par une réponse")
    return replace(one, meaning="") if one.meaning == "name" else one


def _with(source: Source, one: Doubtful) -> Source:
    sheets = source.sheets if one.name in source.sheets else (*source.sheets, one.name)
    held = list(source.rows)
    parts = {**source.parts, len(held): one.above}
    rows = ((lines.number(sheets.index(one.name), line), list(cells)) for line, cells in one.rows)
    told = Warning_("sheet_answered", 1, f"Feuille « {one.name} », dont les lignes étaient à confirmer : lue aussi.")
    return replace(source, sheets=sheets, rows=chain(held, rows), warnings=(*source.warnings, told), parts=parts)


def _without(source: Source, one: Doubtful) -> Source:
    told = Warning_("sheet_answered", 1, f"Feuille « {one.name} », dont les lignes étaient à confirmer : non lue.")
    return replace(source, warnings=(*source.warnings, told))
