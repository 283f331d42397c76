"""Rows of sheets written one a line as they are read, within bounds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from layers.enclosure.bounds import SPARE
from layers.enclosure.values import LONGEST_ROW, SAVE_AS_CSV, SPOOL, Merged
from layers.typography import grouped
from layers.unreadable import UnreadableFile

_JSON: Final = json.JSONEncoder(check_circular=False).encode
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
"""What a sheet holds at most."""
MOST_SHEETS: Final = 1000
MOST_MERGED: Final = 100_000


class Spool:
    """What is read of a file, written to a folder: at most so many cells, and so many bytes of text.

    Raises `UnreadableFile` past them.
    """

    def __init__(self, path: Path, folder: Path, cells: int | None, size: int) -> None:
        self.path = path
        self.sheets: list[dict[str, Any]] = []
        self._most_cells, self._most_bytes = cells, min(size, shutil.disk_usage(folder).free - SPARE)
        self._cells = self._size = self._merged = 0
        self._out = (folder / SPOOL).open("wb")

    def close(self) -> None:
        """Finish writing."""
        self._out.close()

    def sheet(self, name: str, *, hidden: bool = False) -> None:
        """Begin a sheet."""
        if len(self.sheets) == MOST_SHEETS:
            raise self._immense(f"plus de {grouped(MOST_SHEETS)} feuilles")
        self.sheets.append({"name": name, "hidden": hidden, "merged": [], "start": self._size, "count": 0})

    def expect(self, cells: int) -> None:
        """Refuse at once what would be too many cells more."""
        if self._most_cells is not None and self._cells + cells > self._most_cells:
            raise self._immense(f"plus de {grouped(self._most_cells)} cellules")

    def row(self, number: int, cells: Sequence[str]) -> None:
        """Write a row of the sheet begun last; a blank one is nothing."""
        width = len(cells)
        while width and not cells[width - 1]:
            width -= 1
        if not width:
            return
        self.expect(width)
        self._cells += width
        self._write(_JSON([number, cells[:width]]).encode() + b"\n", number)
        self.sheets[-1]["count"] += 1

    def merge(self, place: Merged) -> None:
        """Tell merged cells of the sheet begun last."""
        self._merged += 1
        if self._merged > MOST_MERGED:
            raise self._immense(f"plus de {grouped(MOST_MERGED)} fusions de cellules")
        self.sheets[-1]["merged"].append(place)

    def _write(self, line: bytes, number: int) -> None:
        if len(line) > LONGEST_ROW:
            raise UnreadableFile(self.path, "ligne d’une longueur démesurée", SAVE_AS_CSV, number)
        self._size += len(line)
        if self._size > self._most_bytes:
            raise self._immense(f"plus de {self._most_bytes >> 20} Mo de texte")
        self._out.write(line)

    def _immense(self, what: str) -> UnreadableFile:
        return UnreadableFile(self.path, f"fichier démesuré : {what}", SAVE_AS_CSV)
