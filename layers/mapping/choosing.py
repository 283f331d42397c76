"""Which mapping reads a spreadsheet, and what is said of it in the account."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from layers import corrections
from layers.ess_rule import ESUS
from layers.headings import normalised
from layers.mapping.declaration import ACTORS, CONTENTS, GRANTS, TO_REVIEW, Mapping
from layers.mapping.known import Mappings
from layers.questions import COLUMN, Answers
from layers.questions import TABLE as HOLDS
from layers.readers import proof
from layers.readers.answered import CHOICES, UNREAD, applied, choice, taken
from layers.recognition import amounts, titles
from layers.recognition.columns import FLOOR, MEANINGS, ColumnMeaning, admits, granted, keys, tells_persons
from layers.recognition.opening import Table
from layers.recognition.titles import ASKED, BENEFICIARY, PROPOSED, SURE, VOTED
from layers.unreadable import UnreadableFile

NUMBERS: Final = ("siret", "siren", "rna")
PLACES: Final = ("insee", "postcode", "city", "postcode_city", "address")
_OF_GRANTS: Final = frozenset(
    {"amount", "year", "date", "grantor", "grantor_siret", "scheme", "purpose", "period", "nature", "reference",
     "share", "conditions", "rae", "state_aid"}
)  # fmt: skip
_ONLY_OF_GRANTS: Final = frozenset(
    {"grantor", "grantor_siret", "year", "date", "purpose", "share", "conditions", "amount"}
)
_OF_LISTS_TOO: Final = frozenset({"year", "date", "purpose"})
"""What lists of structures with their numbers have as well: a column of numbers beside is then asked about."""
_MONEY = re.compile(r"€|\beur|^[-\d\s.,'’\u00a0\u202f]+[.,]\d\d$", re.IGNORECASE)
_TAKEN: Final = "d’après la correspondance"
_NEVER: Final = frozenset({"contact", "note", "account", "count"})
"""Meanings that are known so as not to be taken for others, and are not read; those of persons least of all."""
_NO_NAME: Final = (
    "aucune colonne n’est reconnue pour le nom de la structure ou du bénéficiaire",
    "Écrire les colonnes avec --save-mapping, dire laquelle est le nom, et donner ce fichier par --mapping.",
)


def table_of(columns: Sequence[ColumnMeaning], around: Sequence[str] = ()) -> str | None:
    """What a spreadsheet lists by what its columns mean: grants, actors, or neither.

    Grants have a beneficiary and an amount that was granted; actors a name with a number or a place. A budget by
    account names no beneficiary, whatever its titles. *around* are the texts beside the table: its title, the name of
    its file; names that no title says to receive do so where the amounts or these texts tell of grants.
    """
    by = {one.meaning: one for one in columns if one.meaning and one.confidence >= FLOOR}
    name = by.get("name")
    if name is not None and "AMOUNT" in titles.concepts(name.name):
        return None
    if (
        name is None
        or name.content["number"] > FLOOR
        or (sum(one.meaning == "account" for one in columns) > 1 and name.party != BENEFICIARY)
    ):
        return None
    if "insee" in by and not name.party and not any(key in by for key in NUMBERS):
        return None  # a table of communes, by name and code
    given = [one for one in granted(columns) if one.money.stage not in (ASKED, PROPOSED) and one.confidence >= FLOOR]
    placed = any(key in by for key in (*NUMBERS, *PLACES, "grantor"))
    if given and (name.party == BENEFICIARY or placed or _tells_grants(name, columns, around)):
        return GRANTS
    told = {key for key, one in by.items() if one.confidence > FLOOR}  # five figures alone may be codes of communes
    hidden = amounts.unreadable(columns) or _hides_grants(columns)
    if not given and not hidden and told & {*NUMBERS, *PLACES}:
        return ACTORS
    return None


def _tells_grants(name: ColumnMeaning, columns: Sequence[ColumnMeaning], around: Sequence[str]) -> bool:
    """Whether amounts are called aids, or stand under a title that says it, or were voted for names of bodies.

    A budget votes amounts too, for labels and by account.
    """
    if name.party or any(one.meaning == "account" for one in columns):
        return False
    voted = "LABEL" not in titles.concepts(name.name) and any(one.money.stage == VOTED for one in granted(columns))
    aids = any("SUBSIDY" in titles.concepts(one.name) for one in columns if one.meaning == "amount")
    return voted or aids or proof.says(around, proof.OF_GRANTS)


def _hides_grants(columns: Sequence[ColumnMeaning]) -> bool:
    """Whether a table tells of grants, and has a column of numbers that is not understood: their amounts perhaps."""
    anonymous = not any(one.meaning in NUMBERS for one in columns)
    of_grants = _ONLY_OF_GRANTS if anonymous else _ONLY_OF_GRANTS - _OF_LISTS_TOO
    told = {one.meaning for one in columns if one.confidence >= FLOOR and one.content.filled} & of_grants
    unread = amounts.unread(columns, least=1)
    return any(
        told or anonymous or titles.told_unit(one.name) or all(map(_MONEY.search, one.content.samples))
        for one in unread
    )


def guessed(table: Table, holds: str | None = None) -> Mapping:
    """The mapping that what is recognised makes, every column in it.

    *holds* is what the table was said to hold; where it was not, grants where there is an amount.
    """
    kind = (
        holds
        or table_of(table.columns)
        or (GRANTS if any(one.meaning == "amount" for one in table.columns) else ACTORS)
    )
    names = keys(table.header)
    columns = {
        names[one.at]: "" if one.meaning in _NEVER or (kind == ACTORS and one.meaning in _OF_GRANTS) else _said(one)
        for one in table.columns
        if one.name or one.meaning
    }
    columns = columns or dict.fromkeys((name for name in table.header if name), "")
    completed = corrections.origin(table.header, table.sample[0]) if table.sample else None
    title = completed.stem if completed else table.path.stem
    esus = ESUS in normalised(title).split("_")
    constants = {} if kind == GRANTS else {"basis": ESUS if esus else TO_REVIEW}
    return Mapping(kind, title, columns, constants, private=tells_persons(table.columns), guessed=True)


def _said(one: ColumnMeaning) -> str:
    """What a mapping says of a column: the stage or the form of an amount with it."""
    return choice(one) if one.meaning == "amount" else one.meaning


def known_mapping(table: Table, mappings: Mappings) -> Mapping | None:
    """The mapping given, or one saved for a file of these titles whose cells are of the same kinds; None elsewhere.

    A saved mapping never captures a file that has its titles over something else.
    """
    found = mappings.of(table.header)
    if found is None or found is mappings.given:
        return found
    return (
        found if all(not one.meaning or admits(one.meaning, one.content) for one in columns_of(table, found)) else None
    )


def choose(table: Table, mappings: Mappings, answers: Answers) -> tuple[Mapping, str]:
    """The mapping of an open spreadsheet, and the sentence that shows it: what was answered comes before a known one.

    Raises
    ------
    UnreadableFile
        The mapping given has columns that the file lacks, or no column can be taken for a name.
    """
    holds = answers.get(HOLDS)
    if holds is not None and holds not in CONTENTS:
        remedy = f"Au choix : {', '.join(f'{key} ({told})' for key, told in CONTENTS.items())}."
        raise UnreadableFile(table.path, f"« {holds} » n’est pas ce que peut contenir un tableau", remedy)
    said = {name.partition(":")[2] for name in applied(table, answers) if name.startswith(f"{COLUMN}:")}
    known = known_mapping(table, mappings)
    if known is not None and (said or holds):
        found = guessed(table, holds or known.table)
        columns = {name: found.columns.get(name, "") if name in said else told for name, told in known.columns.items()}
        known = replace(known, table=found.table, columns={**{name: found.columns[name] for name in said}, **columns})
    if known is not None:
        return known, f"Correspondance reprise (« {known.title} ») : {shown(known)}"
    if mappings.given is not None:
        lacking = [name for name in mappings.given.read if not Mapping("", "", {name: "name"}).suits(table.header)]
        raise UnreadableFile(
            table.path,
            f"la correspondance donnée attend des colonnes absentes : {', '.join(lacking)}",
            f"Colonnes lues : {', '.join(table.header)[:300]}.",
            table.header_lines[-1],
            lacking[0] if lacking else None,
        )
    found = guessed(table, holds)
    if "name" not in found.read.values():
        raise UnreadableFile(table.path, *_NO_NAME, table.header_lines[-1])
    return found, f"Correspondance devinée, à relire : {_told(table, found)}"


def columns_of(table: Table, mapping: Mapping) -> tuple[ColumnMeaning, ...]:
    """The columns of a table with the meanings that a mapping gives them; what each holds stays as recognised."""
    given = {normalised(name): meaning for name, meaning in mapping.columns.items()}
    names = keys(table.header)
    told = [(one, given.get(normalised(names[one.at]), "")) for one in table.columns]
    return tuple(_meant(one, meaning, mapping) for one, meaning in told)


def _meant(one: ColumnMeaning, meaning: str, mapping: Mapping) -> ColumnMeaning:
    if meaning not in (one.meaning, _said(one)):
        return taken(one, meaning or UNREAD, _TAKEN)
    return one if mapping.guessed or not meaning else replace(one, confidence=max(one.confidence, SURE))


def shown(mapping: Mapping) -> str:
    """The columns of a mapping in words."""
    return " ; ".join(f"« {name} » = {_called(meaning)}" for name, meaning in mapping.read.items())


def _called(meaning: str) -> str:
    return CHOICES.get(meaning) or MEANINGS[meaning]


def _told(table: Table, mapping: Mapping) -> str:
    parts, names = [], keys(table.header)
    for one in table.columns:
        meaning = mapping.columns.get(names[one.at], "")
        if meaning:
            why = "" if one.why == "d’après son titre" else f" ({one.why})"
            parts.append(f"« {one.name} » = {_called(meaning)}{why}")
        elif one.name:
            parts.append(f"« {one.name} » laissée de côté")
    return " ; ".join(parts)
