"""Rejected rows as a workbook: each as its file wrote it, with the reason beside it, to be corrected and imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from layers import corrections
from layers.corrections import BESIDE, Origin
from layers.lines import line_of, sheet_of
from layers.mapping.known import Mappings
from layers.questions import Known
from layers.readers.registry import open_file
from layers.recognition.opening import Table
from layers.report import UNREADABLE, FileReport
from layers.sirene.declaration import KIND as SIRENE
from layers.typography import grouped, typeset

SUFFIX: Final = "-rejets.xlsx"
SHEET: Final = "Lignes rejetées"
LONGEST: Final = 32_767
"""Characters that a cell of a workbook holds."""
_WIDTHS: Final = (13, 24, 60, 60, 24)

_Line = tuple[Sequence[str], Sequence[str]]
"""The cells beside a row, and the cells of the row."""


def write(
    path: Path,
    report: FileReport,
    kind: str | None,
    mappings: Mappings,
    folder: Path,
    *,
    answers: Known | None = None,
) -> Path | None:
    """Write the rejected rows of one file; None where it has none, or was refused as a whole.

    A row has all the cells of its file, as text; those of the Sirene stock, too long to be read again, have the one
    value at fault. The workbook keeps the name of the file, which may tell the year, and each row the sha256 of the
    file it comes from: once corrected, it completes that file and takes the place of nothing.

    Parameters
    ----------
    path, report : the file, and the account of its import.
    kind, mappings, answers : as they were told to the import.
    folder : where ``<name>-rejets.xlsx`` is written; one that is there may hold corrections, and is left alone: the
        new one is then numbered.

    Raises
    ------
    OSError
        Where the workbook cannot be written.
    UnreadableFile
        Where the file can no longer be read.
    """
    if not report["rejects"] or any(warning["code"] == UNREADABLE for warning in report["warnings"]):
        return None
    out = _free(folder, path.name.split(".")[0])
    origin = Origin(path.name, report["sha256"])
    if report["kind"] == SIRENE:
        header: Sequence[str] = ("Valeur",)
        lines: Iterator[_Line] = ((_beside(reject, origin), [reject["value"]]) for reject in report["rejects"])
    else:
        source, first = corrections.opened(open_file(path, kind, mappings, answers).source)
        kept = corrections.own(source.header)
        header, lines = [source.header[at] for at in kept], _found(report["rejects"], source, first or origin)
    try:
        with xlsxwriter.Workbook(str(out), {"constant_memory": True}) as book:
            _fill(book, header, lines)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from error
    return out


def _free(folder: Path, stem: str) -> Path:
    """A name that no file has: ``-rejets.xlsx``, then ``-rejets-2.xlsx``…"""
    names = chain([SUFFIX], (f"-rejets-{number}.xlsx" for number in count(2)))
    return next(path for name in names if not (path := folder / f"{stem}{name}").exists())


def _found(rejects: Sequence[Mapping[str, Any]], source: Table, origin: Origin) -> Iterator[_Line]:
    """The rejected rows among those of a file, in its order; cells too many stand after the others."""
    reasons = {(reject.get("sheet", 0), reject["row"]): reject for reject in rejects}
    kept = corrections.own(source.header)
    for line, cells in source.rows:
        if reject := reasons.get((sheet_of(line), line_of(line))):
            places = [*kept, *range(len(source.header), len(cells))]
            yield _beside(reject, origin), [cells[at] for at in places if at < len(cells)]


def _beside(reject: Mapping[str, Any], origin: Origin) -> Sequence[str]:
    return str(reject["row"]), reject["column"], reject["reason"], reject["remedy"], str(origin)


def _fill(book: Any, header: Sequence[str], lines: Iterator[_Line]) -> None:
    sheet = book.add_worksheet(SHEET)
    bold, told = book.add_format({"bold": True, "bg_color": "#dcefe6"}), book.add_format({"bg_color": "#fdf3dc"})
    sheet.freeze_panes(1, len(BESIDE))
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    for at, name in enumerate((*(typeset(name) for name in BESIDE), *header)):
        sheet.write_string(0, at, name, bold)
    for row, (beside, cells) in enumerate(lines, start=1):
        for at, text in enumerate(beside):
            sheet.write_string(row, at, text, told)
        for at, text in enumerate(cells, start=len(BESIDE)):
            sheet.write_string(row, at, text if len(text) <= LONGEST else _too_long(text))


def _too_long(text: str) -> str:
    return typeset(f"(texte trop long pour un classeur : {grouped(len(text))} caractères, à reprendre du fichier)")
