"""Rows of workbooks and of Parquet files as text, as the file holds them: whole numbers whole, dates in ISO form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from layers.containers import AGAIN, check_workbook
from layers.unreadable import UnreadableFile

Rows = Iterator[tuple[int, list[str]]]
IsHeader = Callable[[Sequence[str]], bool]
HEAD: Final = 30
"""Rows among which a header is looked for."""
_EXACT: Final = 1e15
_MIDNIGHT: Final = time()
_BATCH: Final = 4096


def text(value: object) -> str:
    """Text of one cell: 1.0 as ``1``, 0.1 as ``0.1``, dates without their hour where it is midnight."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def workbook(path: Path, is_header: IsHeader | None) -> tuple[str, tuple[str, ...], Rows]:
    """The sheet to read, the other ones that are not empty, and the rows of the first with their numbers.

    It is the first sheet with a header among its first rows, else the first that is not empty.

    Raises
    ------
    UnreadableFile
        Damaged or protected workbook, or without any row.
    """
    check_workbook(path)
    try:
        with path.open("rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
            sheets = {name: _rows(book.get_sheet_by_name(name)) for name in book.sheet_names}
    except PasswordError as error:
        raise UnreadableFile(
            path, "classeur protégé par un mot de passe", "L’enregistrer sans mot de passe."
        ) from error
    except (CalamineError, OSError, ValueError, MemoryError) as error:
        raise UnreadableFile(path, "classeur abîmé ou illisible", AGAIN) from error
    filled = {name: rows for name, rows in sheets.items() if any(any(cell.strip() for cell in row) for row in rows)}
    if not filled:
        raise UnreadableFile(path, "classeur vide", "Télécharger à nouveau le fichier d’origine.")
    chosen = next((name for name, rows in filled.items() if _has_header(rows, is_header)), next(iter(filled)))
    return chosen, tuple(name for name in filled if name != chosen), iter(enumerate(filled[chosen], start=1))


def _rows(sheet: CalamineSheet) -> list[list[str]]:
    return [[text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _has_header(rows: list[list[str]], is_header: IsHeader | None) -> bool:
    return is_header is not None and any(is_header([cell.strip() for cell in row]) for row in islice(rows, HEAD))


def parquet(path: Path) -> Rows:
    """The names of the columns as row 1, then the rows.

    Raises
    ------
    UnreadableFile
        Damaged file, at once or while it is read.
    """
    try:
        file = pq.ParquetFile(path)
        yield 1, [str(name) for name in file.schema_arrow.names]
        line = 1
        for batch in file.iter_batches(batch_size=_BATCH):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                line += 1
                yield line, [text(cell) for cell in row]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFile(path, "fichier Parquet abîmé ou incomplet", AGAIN) from error
