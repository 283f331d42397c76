"""Opening an official file as a table: the dialect, the sheet and the header by which it is understood best."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Final

from layers import sourcefile
from layers.enclosure import door, forms
from layers.enclosure.values import AGAIN, Contents, Workbook
from layers.recognition import faults, notices, residue, sheets, tables
from layers.recognition.blocks import Grid, restarts
from layers.recognition.columns import ColumnMeaning
from layers.recognition.dialects import SAMPLE, dialect, first, texts, widest
from layers.recognition.encodings import repaired
from layers.recognition.residue import Left
from layers.recognition.sheets import Doubtful
from layers.recognition.tables import Header, IsHeader, Line
from layers.sourcefile import SourceFile
from layers.unreadable import UnreadableFile

_LOOKED: Final = 20_000
"""Records of a text in which another table is looked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a table is said to be: its sheet, even a hidden one, and the lines of its header, one or two."""

    sheet: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A sheet of a workbook, as it may be chosen."""

    name: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Table(SourceFile):
    """An open file whose header is read and whose columns have a meaning.

    Attributes
    ----------
    header_lines : lines of the header in its sheet.
    sheets : names of the sheets that are read, in the order of `layers.lines`; empty for a text.
    columns : meanings of the columns of the header.
    above : texts of the title rows.
    doubtful : sheets that are read only where that is answered.
    sample : the first rows below the header.
    understood : whether a row was known for a header; otherwise the first one stands for it.
    head : the first rows of the sheet as they stand, what is above the header included.
    book : the sheets of the workbook that hold something; none for a text.
    inside : sha256 of the file that an archive holds; empty for a file that is none.
    left : rows with numbers that are of no table that is read.
    called : titles that a column has in the tables that are read together, where they differ, by its place.
    parts : texts above each of these tables, by the place of its first row among all.
    """

    header_lines: tuple[int, ...] = (1,)
    sheets: tuple[str, ...] = ()
    columns: tuple[ColumnMeaning, ...] = ()
    above: tuple[str, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    sample: tuple[list[str], ...] = ()
    understood: bool = True
    head: tuple[Line, ...] = ()
    book: tuple[Named, ...] = ()
    inside: str = ""
    left: tuple[Left, ...] = ()
    called: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    parts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


ANYWHERE: Final = Wanted()


def open_source(path: Path | str, is_header: IsHeader | None = None, wanted: Wanted = ANYWHERE) -> Table:
    """Examine *path* and open it for reading: text, workbook, Parquet, or an archive of one of them.

    Parameters
    ----------
    path : path of the file.
    is_header : what tells the header of an official layout; elsewhere it is the row by which most is understood, and
        the first row where nothing is.
    wanted : the sheet and the header that were chosen, where they were.

    Returns
    -------
    Table
        With the header already read, its cells stripped of spaces; *rows* may be read once.

    Raises
    ------
    UnreadableFile
        Empty, binary, a header alone, a line beyond measure, a quote that never closes, what is *wanted* and is not
        there; with line and remedy.
    """
    path = Path(path)
    if forms.outer(path) == forms.TEXT:
        return _text(path, is_header, wanted)
    found = door.contents(path)
    read = _archived if found.text else _workbook
    return replace(read(path, found, is_header, wanted), inside=found.inside)


def _archived(path: Path, found: Contents, is_header: IsHeader | None, wanted: Wanted) -> Table:
    """The text in an archive, which lasts as long as its rows are held; errors name the archive."""
    try:
        table = _text(found.text or path, is_header, wanted)
    except UnreadableFile as error:
        raise UnreadableFile(path, error.reason, error.remedy, error.line, error.column) from error
    return replace(table, path=path, sha256=_digest(path), rows=_named(table.rows, path, found))


def _named(rows: Iterator[Line], path: Path, _held: Contents) -> Iterator[Line]:
    try:
        yield from rows
    except UnreadableFile as error:
        raise UnreadableFile(path, error.reason, error.remedy, error.line, error.column) from error


def _text(path: Path, is_header: IsHeader | None, wanted: Wanted) -> Table:
    text = sourcefile.read_text(path)
    delimiter, header, sample, records = dialect(text, is_header, wanted.lines)
    if header is None and wanted.lines:
        raise faults.absent(path, wanted.sheet, wanted.lines)
    if header is None:
        if (apart := _side_by_side(text, delimiter, sample, records)) is not None:
            return apart
        header = first(path, sample)
    names = tuple(repaired(name) for name in header.names)
    below = sample[header.last + 1 :]
    if not below:
        raise faults.alone(path, header.lines[-1])
    written = [cell for line, cells, _ in sample if line in header.lines for cell in cells]
    fixed = sum(repaired(cell) != cell for cell in written)
    rows = text.guarded(chain(below, records), len(names), delimiter)
    if header.score and not wanted.lines:
        held = [(line, cells) for line, cells, _ in sample[: header.last + 1]]
        several, rows = _several(Grid(text.path.stem, held), header, rows, is_header)
        if several is not None:
            head = tuple(held + [(line, cells) for line, cells, _ in below[: tables.HEAD]])
            told = SourceFile(path, text.sha256, text.encoding, delimiter, names, rows, text.warnings, text.unfinished)
            return replace(_joined(several, told), head=head)
    return Table(
        path=path,
        sha256=text.sha256,
        encoding=text.encoding,
        delimiter=delimiter,
        header=names,
        rows=rows,
        warnings=(*text.warnings, *notices.of_text(names, header.first, fixed)),
        unfinished=text.unfinished,
        header_lines=header.lines,
        columns=header.columns,
        above=texts(sample[: header.first]),
        sample=tuple([repaired(cell) for cell in cells] for _, cells, _ in below),
        understood=header.score > 0 or header.official or bool(wanted.lines),
        head=tuple((line, cells) for line, cells, _ in sample[: header.last + 1 + tables.HEAD]),
        left=() if wanted.lines else _left(text.path.stem, sample[: header.first]),
    )


def _side_by_side(
    text: sourcefile.Text, delimiter: str, sample: Sequence[sourcefile.Read], records: Iterator[sourcefile.Read]
) -> Table | None:
    """The tables of a text none of whose rows is a header from side to side; None where there is none."""
    held = [(line, cells) for line, cells, _ in sample]
    found = sheets.union([Grid(text.path.stem, held)])
    if found is None or not found.blocks[0].header.score:
        return None
    rows = [*held, *text.guarded(records, max(len(cells) for _, cells in held), delimiter)]
    found = sheets.union([Grid(text.path.stem, rows)])
    told = SourceFile(text.path, text.sha256, text.encoding, delimiter, (), iter(()), text.warnings, text.unfinished)
    return None if found is None else replace(_joined(found, told), head=tuple(rows[: tables.HEAD]))


def _several(
    head: Grid, header: Header, rows: Iterator[Line], is_header: IsHeader | None
) -> tuple[sheets.Union | None, Iterator[Line]]:
    """The tables of a text made one where it has several, above, below or beside each other; else its rows."""
    first = list(islice(rows, _LOOKED))
    another = any(restarts(cells, header) for _, cells in first[1:])
    beside = not header.official and (header.first > 1 or not all(header.names))
    if not (another or beside):
        return None, chain(first, rows)
    first += rows
    found = sheets.union([Grid(head.name, [*head.rows, *first])], is_header)
    alone = found is not None and len(found.blocks) == 1 and found.blocks[0].header.lines == header.lines
    if found is None or (alone and len(found.rows) == len(first) and found.names == header.names):
        return None, iter(first)
    return found, rows


def _joined(union: sheets.Union, told: SourceFile, *, several: bool = True) -> Table:
    """The table that a union makes, of a file of which *told* says the rest."""
    head = union.blocks[0].header
    if not union.rows:
        raise faults.alone(told.path, head.lines[-1])
    width, least = len(union.names), len(head.names)
    return Table(
        path=told.path,
        sha256=told.sha256,
        encoding=told.encoding,
        delimiter=told.delimiter,
        header=union.names,
        rows=(
            (line, cells if told.delimiter and len(cells) < least else [*cells, *[""] * (width - len(cells))])
            for line, cells in union.rows
        ),
        warnings=(*told.warnings, *notices.of_workbook(union, several=several)),
        unfinished=told.unfinished,
        header_lines=head.lines,
        sheets=() if told.delimiter else tuple(dict.fromkeys(block.name for block in union.blocks)),
        columns=sheets.settled(union),
        above=union.blocks[0].above,
        doubtful=union.doubtful,
        sample=tuple([repaired(cell) for cell in cells] for _, cells in union.rows[:SAMPLE]),
        understood=head.score > 0 or head.official,
        left=union.left,
        called=union.called,
        parts=union.parts,
    )


def _workbook(path: Path, found: Contents, is_header: IsHeader | None, wanted: Wanted) -> Table:
    """A workbook, or a Parquet file: its cells are text already."""
    workbook = found.workbook or Workbook(())
    grids = [
        Grid(one.name, [(n, list(cells)) for n, cells in one.rows], one.hidden, one.merged) for one in workbook.sheets
    ]
    if not any(grid.rows for grid in grids):
        raise UnreadableFile(path, "classeur vide", AGAIN)
    book = tuple(Named(grid.name, grid.hidden) for grid in grids if grid.rows)
    if wanted.sheet:
        grids = [replace(grid, hidden=False) for grid in grids if grid.name == wanted.sheet]
    union = sheets.union(grids, is_header, wanted.lines) if grids else None
    if union is None and (wanted.lines or not any(grid.rows for grid in grids)):
        raise faults.absent(path, wanted.sheet, wanted.lines)
    if union is None:
        return _unknown(path, found, grids, book)
    several = len({block.name for block in union.blocks}) > 1 or found.form != forms.PARQUET
    told = SourceFile(path, _digest(path), _encoding(found), "", (), iter(()), (), None)
    head = union.blocks[0].header
    return replace(
        _joined(union, told, several=several),
        understood=head.score > 0 or head.official or bool(wanted.lines),
        head=tuple(grids[union.blocks[0].sheet].rows[: head.last + 1 + tables.HEAD]),
        book=book,
    )


def _unknown(path: Path, found: Contents, grids: Sequence[Grid], book: tuple[Named, ...]) -> Table:
    """A workbook of which no row is known for a header: the first row of its longest visible sheet stands for it."""
    grid = max(grids, key=lambda grid: (bool(grid.rows) and not grid.hidden, len(grid.rows)))
    at = widest([cells for _, cells in grid.rows]) or 0
    (line, names), *rows = grid.rows[at:]
    if not rows:
        raise faults.alone(path, line)
    return Table(
        path=path,
        sha256=_digest(path),
        encoding=_encoding(found),
        delimiter="",
        header=tuple(name.strip() for name in names),
        rows=iter(rows),
        warnings=(),
        unfinished=None,
        header_lines=(line,),
        sheets=(grid.name,),
        above=tuple(cell.strip() for _, cells in grid.rows[:at] for cell in cells if cell.strip()),
        sample=tuple(cells for _, cells in rows[:SAMPLE]),
        understood=False,
        head=tuple(grid.rows[: tables.HEAD]),
        book=book,
    )


def _encoding(found: Contents) -> str:
    return found.form if found.form == forms.PARQUET else forms.XLSX


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _left(name: str, above: Sequence[sourcefile.Read]) -> tuple[Left, ...]:
    """What stands above the only table of a text, and has numbers."""
    found = residue.of_rows(name, [(line, cells) for line, cells, _ in above])
    return (found,) if found else ()
