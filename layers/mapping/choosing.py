"""Which mapping reads a spreadsheet, and what is said of it in the account."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from layers import corrections
from layers.ess_rule import ESUS
from layers.headings import normalised
from layers.mapping.declaration import ACTORS, GRANTS, TO_REVIEW, Mapping
from layers.mapping.known import Mappings
from layers.recognition import amounts
from layers.recognition.columns import FLOOR, MEANINGS, ColumnMeaning, granted, tells_persons
from layers.recognition.opening import Table
from layers.recognition.titles import ASKED, BENEFICIARY, PROPOSED
from layers.unreadable import UnreadableFile

NUMBERS: Final = ("siret", "siren", "rna")
PLACES: Final = ("insee", "postcode", "city", "postcode_city", "address")
_OF_GRANTS: Final = frozenset(
    {"amount", "year", "date", "grantor", "grantor_siret", "scheme", "purpose", "period", "nature", "reference",
     "share", "conditions", "rae", "state_aid"}
)  # fmt: skip
_ONLY_OF_GRANTS: Final = frozenset({"grantor", "grantor_siret", "year", "date", "purpose", "share", "conditions", "amount"})
_MONEY = re.compile(r"€|\beur|^[-\d\s.,'’\u00a0\u202f]+[.,]\d\d$", re.IGNORECASE)
_TAKEN: Final = "d’après la correspondance"
_NEVER: Final = frozenset({"contact", "note", "account", "count"})
"""Meanings that are known so as not to be taken for others, and are not read; those of persons least of all."""
_NO_NAME: Final = (
    "aucune colonne n’est reconnue pour le nom de la structure ou du bénéficiaire",
    "Écrire les colonnes avec --save-mapping, dire laquelle est le nom, et donner ce fichier par --mapping.",
)


def table_of(columns: Sequence[ColumnMeaning]) -> str | None:
    """What a spreadsheet lists by what its columns mean: grants, actors, or neither.

    Grants have a beneficiary and an amount that was granted; actors a name with a number or a place. A budget by
    account names no beneficiary, whatever its titles.
    """
    by = {one.meaning: one for one in columns if one.meaning and one.confidence >= FLOOR}
    name = by.get("name")
    if name is None or (sum(one.meaning == "account" for one in columns) > 1 and name.party != BENEFICIARY):
        return None
    if "insee" in by and not name.party and not any(key in by for key in NUMBERS):
        return None  # a table of communes, by name and code
    given = [one for one in granted(columns) if one.money.stage not in (ASKED, PROPOSED) and one.confidence >= FLOOR]
    if given and (name.party == BENEFICIARY or any(key in by for key in (*NUMBERS, *PLACES, "grantor"))):
        return GRANTS
    if not given and not amounts.unreadable(columns) and not _hides_grants(columns) and any(key in by for key in (*NUMBERS, *PLACES)):
        return ACTORS
    return None


def _hides_grants(columns: Sequence[ColumnMeaning]) -> bool:
    """Whether a table tells of grants, and has a column of numbers that is not understood: their amounts perhaps."""
    told = {one.meaning for one in columns if one.confidence >= FLOOR} & _ONLY_OF_GRANTS
    unread = amounts.unread(columns)
    return any(told or all(_MONEY.search(text) for text in one.content.samples) for one in unread)


def guessed(table: Table) -> Mapping:
    """The mapping that what is recognised makes, every column in it; of grants where there is an amount."""
    kind = GRANTS if any(one.meaning == "amount" for one in table.columns) else ACTORS
    columns = {
        one.name: "" if one.meaning in _NEVER or (kind == ACTORS and one.meaning in _OF_GRANTS) else one.meaning
        for one in table.columns
        if one.name
    }
    columns = columns or dict.fromkeys((name for name in table.header if name), "")
    completed = corrections.origin(table.header, table.sample[0]) if table.sample else None
    title = completed.stem if completed else table.path.stem
    esus = ESUS in normalised(title).split("_")
    constants = {} if kind == GRANTS else {"basis": ESUS if esus else TO_REVIEW}
    return Mapping(kind, title, columns, constants, private=tells_persons(table.columns))


def choose(table: Table, mappings: Mappings) -> tuple[Mapping, str]:
    """The mapping of an open spreadsheet, and the sentence that shows it.

    Raises
    ------
    UnreadableFile
        The mapping given has columns that the file lacks, or no column can be taken for a name.
    """
    if (known := mappings.of(table.header)) is not None:
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
    found = guessed(table)
    if "name" not in found.read.values():
        raise UnreadableFile(table.path, *_NO_NAME, table.header_lines[-1])
    return found, f"Correspondance devinée, à relire : {_told(table, found)}"


def columns_of(table: Table, mapping: Mapping) -> tuple[ColumnMeaning, ...]:
    """The columns of a table with the meanings that a mapping gives them; what each holds stays as recognised."""
    given = {normalised(name): meaning for name, meaning in mapping.columns.items()}
    out = []
    for one in table.columns:
        meaning = given.get(normalised(one.name), "")
        known = meaning == one.meaning
        out.append(one if known else replace(one, meaning=meaning, confidence=1.0 if meaning else 0.0, why=_TAKEN))
    return tuple(out)


def shown(mapping: Mapping) -> str:
    """The columns of a mapping in words."""
    return " ; ".join(f"« {name} » = {MEANINGS[meaning]}" for name, meaning in mapping.read.items())


def _told(table: Table, mapping: Mapping) -> str:
    parts = []
    for one in table.columns:
        meaning = mapping.columns.get(one.name, "")
        if meaning:
            why = "" if one.why == "d’après son titre" else f" ({one.why})"
            parts.append(f"« {one.name} » = {MEANINGS[meaning]}{why}")
        elif one.name:
            parts.append(f"« {one.name} » laissée de côté")
    return " ; ".join(parts)
