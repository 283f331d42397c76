"""Workbooks in binary, through calamine, and Parquet files: what is damaged may end the process that reads them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from layers.enclosure.cells import text
from layers.enclosure.spool import Spool
from layers.enclosure.values import AGAIN
from layers.unreadable import UnreadableFile

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_BATCH: Final = 4096


def binary(path: Path, spool: Spool) -> None:
    """Write the sheets of an XLS or XLSB workbook to *spool*. Raises `UnreadableFile`."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    try:
        with path.open("rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
        for told in book.sheets_metadata:
            if told.typ == SheetTypeEnum.WorkSheet:
                spool.sheet(told.name, hidden=told.visible != SheetVisibleEnum.Visible)
                _grid(book.get_sheet_by_name(told.name), spool)
    except CalamineError as error:
        raise UnreadableFile(path, "classeur abîmé ou illisible", AGAIN) from error


def _grid(sheet: CalamineSheet, spool: Spool) -> None:
    """Rows are dense, from the first to the last cell that is filled: most may be blank."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    blank = [""] * sheet.width
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if row != blank:
            spool.row(number, before + [text(cell) for cell in row])
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        spool.merge((top + 1, left, bottom + 1, right))


def names(path: Path) -> list[str]:
    """The names of the columns of a Parquet file. Raises `UnreadableFile`."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        return [str(name) for name in pq.read_schema(path).names]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(path) from error


def parquet(path: Path, spool: Spool) -> None:
    """Write the names of the columns as row 1, then the rows, to *spool*. Raises `UnreadableFile`."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    spool.sheet("")
    line = 1
    try:
        file = pq.ParquetFile(path)
        spool.row(line, [str(name) for name in file.schema_arrow.names])
        for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                line += 1
                spool.row(line, [text(cell) for cell in row])
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> UnreadableFile:
    return UnreadableFile(path, "fichier Parquet abîmé ou incomplet", AGAIN)
