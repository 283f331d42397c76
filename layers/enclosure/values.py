"""What the door gives back: sheets of text, or the text that an archive held."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from layers.scratch import Scratch
from layers.unreadable import UnreadableFile

LONGEST_ROW: Final = 16 << 20
"""Bytes of one row as it is handed over."""
Row = tuple[int, tuple[str, ...]]
"""Number of a row in its sheet, the first being 1, and its cells up to the last one filled."""
Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, both ends within; rows from 1, columns from 0."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a sheet that are not blank, in its order; they may be iterated any number of times.

    They are on the disk: what holds them keeps their folder. Iterating may raise :class:`UnreadableFile`.
    """

    path: Path
    scratch: Scratch = field(repr=False)
    start: int
    count: int

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Row]:
        with (self.scratch.path / SPOOL).open("rb") as stream:
            stream.seek(self.start)
            for _ in range(self.count):
                yield self._row(stream.readline(LONGEST_ROW))

    def _row(self, line: bytes) -> Row:
        try:
            number, cells = json.loads(line)
            return int(number), tuple(map(str, cells))
        except (ValueError, TypeError, RecursionError) as error:
            raise UnreadableFile(self.path, *CRASHED) from error


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; *hidden* where its author hid it."""

    name: str
    hidden: bool
    merged: tuple[Merged, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook, in its order."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Contents:
    """What a file holds.

    Attributes
    ----------
    form : ``xlsx``, ``xlsb``, ``xls``, ``ods``, ``parquet`` or ``text``.
    workbook : its sheets, the names of the columns as row 1 for Parquet; None for text.
    text : path of the text that an archive held, which lasts as long as this value; None for sheets.
    inside : sha256 of the only file of an archive; empty for any other file.
    """

    form: str
    workbook: Workbook | None
    text: Path | None
    inside: str
    scratch: Scratch = field(repr=False)


SPOOL: Final = "rows.jsonl"
EXPANDED: Final = "content"
TOLD: Final = "told.json"
"""Names within the folder that is handed over."""
NO_MEMORY, NO_ROOM, TOO_BIG = 71, 72, 73
"""Exit statuses of a process that was refused memory, room on the disk, or as large a file as it would write."""
FULL: Final = (
    "plus assez de place sur le disque pour l’extraire",
    "Libérer de la place dans le dossier temporaire, ou changer TMPDIR.",
)
AGAIN: Final = "Télécharger à nouveau le fichier d’origine."
SAVE_AS_CSV: Final = "Vérifier l’origine du fichier ; s’il est sûr, enregistrer en CSV la feuille à importer."
CRASHED: Final = (
    "fichier abîmé : sa lecture s’est interrompue",
    "Télécharger à nouveau le fichier d’origine, ou l’ouvrir dans un tableur et l’enregistrer en CSV.",
)
