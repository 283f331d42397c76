"""Which mapping reads a spreadsheet, and what is said of it in the account."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from layers import corrections
from layers.mapping.declaration import BY_KEY, Mapping
from layers.mapping.guess import BY_HEADER, MOST_ROWS, Guess, guess
from layers.mapping.known import Mappings
from layers.sourcefile import SourceFile, open_source
from layers.unreadable import UnreadableFile
from layers.worksheets import IsHeader

LEAST = 2
"""Columns that a row must have to be taken for a header."""


def is_header(mappings: Mappings) -> IsHeader:
    """What tells the header of a spreadsheet: a known mapping suits it, or a name and another column are in it."""

    def tells(cells: Sequence[str]) -> bool:
        if mappings.of(cells) is not None:
            return True
        keys = set(guess("", cells, ()).mapping.columns.values())
        return "name" in keys and len(keys) >= LEAST

    return tells


def choose(source: SourceFile, mappings: Mappings) -> tuple[Mapping, str]:
    """The mapping of an open spreadsheet, and the sentence that shows it.

    Raises
    ------
    UnreadableFile
        The mapping given has columns that the file lacks, or no column can be taken for a name.
    """
    if (known := mappings.of(source.header)) is not None:
        return known, f"Correspondance reprise (« {known.title} ») : {_shown(known)}"
    if mappings.given is not None:
        lacking = [name for name in mappings.given.columns if not Mapping("", "", {name: "name"}).suits(source.header)]
        raise UnreadableFile(
            source.path,
            f"la correspondance donnée attend des colonnes absentes : {', '.join(lacking)}",
            f"Colonnes lues : {', '.join(source.header)[:300]}.",
            1,
            lacking[0] if lacking else None,
        )
    rows = [cells for _, cells in islice(open_source(source.path, is_header(mappings)).rows, MOST_ROWS)]
    completed = corrections.origin(source.header, rows[0]) if rows else None
    found = guess(completed.stem if completed else source.path.stem, source.header, rows)
    if "name" not in found.mapping.columns.values():
        raise UnreadableFile(
            source.path,
            "aucune colonne n’est reconnue pour le nom de la structure ou du bénéficiaire",
            "Écrire une correspondance (--save-mapping), la corriger, et la donner par --mapping.",
            1,
        )
    return found.mapping, f"Correspondance devinée, à relire : {_told(found)}"


def _shown(mapping: Mapping) -> str:
    return " ; ".join(f"« {header} » = {BY_KEY[key].label}" for header, key in mapping.columns.items())


def _told(found: Guess) -> str:
    parts = (
        f"« {name} » = {label}" + ("" if why == BY_HEADER else f" ({why})") if label else f"« {name} » {why}"
        for name, label, why in found.told
        if name
    )
    return " ; ".join(parts)
