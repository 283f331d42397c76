"""Which sheet of a workbook is read, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from layers.enclosure.values import AGAIN, Sheet, Workbook
from layers.unreadable import UnreadableFile

Rows = Iterator[tuple[int, list[str]]]
IsHeader = Callable[[Sequence[str]], bool]
HEAD: Final = 30
"""Rows among which a header is looked for."""


def chosen(path: Path, workbook: Workbook, is_header: IsHeader | None) -> tuple[str, tuple[str, ...], Rows]:
    """The sheet to read, the other ones that are not empty, and the rows of the first with their numbers.

    It is the first sheet with a header among its first rows, else the first that is not empty.

    Raises
    ------
    UnreadableFile
        A workbook without any row.
    """
    filled = [sheet for sheet in workbook.sheets if len(sheet.rows)]
    if not filled:
        raise UnreadableFile(path, "classeur vide", AGAIN)
    sheet = next((sheet for sheet in filled if _has_header(sheet, is_header)), filled[0])
    others = tuple(other.name for other in filled if other is not sheet)
    return sheet.name, others, ((number, list(cells)) for number, cells in sheet.rows)


def _has_header(sheet: Sheet, is_header: IsHeader | None) -> bool:
    rows = islice(sheet.rows, HEAD)
    return is_header is not None and any(is_header([cell.strip() for cell in cells]) for _, cells in rows)
