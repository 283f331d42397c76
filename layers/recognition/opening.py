"""Opening an official file as a table: the dialect, the sheet and the header by which it is understood best."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Final

from layers import lines, sourcefile
from layers.account import Warning_
from layers.enclosure import door, forms
from layers.enclosure.values import AGAIN, Contents, Workbook
from layers.recognition import sheets, tables
from layers.recognition.columns import ColumnMeaning
from layers.recognition.encodings import repaired
from layers.recognition.sheets import Doubtful, Grid
from layers.recognition.tables import Header, IsHeader, Line
from layers.sourcefile import SourceFile, Text
from layers.unreadable import UnreadableFile

_BETTER: Final = 2.0
"""How much more has to be understood by a delimiter for it to be taken before one that parts more lines alike."""
_LOOKED: Final = 20_000
"""Records of a text in which another table is looked for."""
_SAMPLE: Final = 400
"""Records of a text by which its dialect and its header are told."""


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
    """

    header_lines: tuple[int, ...] = (1,)
    sheets: tuple[str, ...] = ()
    columns: tuple[ColumnMeaning, ...] = ()
    above: tuple[str, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    sample: tuple[list[str], ...] = ()
    understood: bool = True


def open_source(path: Path | str, is_header: IsHeader | None = None) -> Table:
    """Examine *path* and open it for reading: text, workbook, Parquet, or an archive of one of them.

    Parameters
    ----------
    path : path of the file.
    is_header : what tells the header of an official layout; elsewhere it is the row by which most is understood, and
        the first row where nothing is.

    Returns
    -------
    Table
        With the header already read, its cells stripped of spaces; *rows* may be read once.

    Raises
    ------
    UnreadableFile
        Empty, binary, a header alone, a line beyond measure, a quote that never closes; with line and remedy.
    """
    path = Path(path)
    if forms.outer(path) == forms.TEXT:
        return _text(path, is_header)
    found = door.contents(path)
    return _archived(path, found, is_header) if found.text else _workbook(path, found, is_header)


def _archived(path: Path, found: Contents, is_header: IsHeader | None) -> Table:
    """The text in an archive, which lasts as long as its rows are held; errors name the archive."""
    try:
        table = _text(found.text or path, is_header)
    except UnreadableFile as error:
        raise UnreadableFile(path, error.reason, error.remedy, error.line, error.column) from error
    return replace(table, path=path, sha256=_digest(path), rows=_named(table.rows, path, found))


def _named(rows: Iterator[Line], path: Path, _held: Contents) -> Iterator[Line]:
    try:
        yield from rows
    except UnreadableFile as error:
        raise UnreadableFile(path, error.reason, error.remedy, error.line, error.column) from error


def _text(path: Path, is_header: IsHeader | None) -> Table:
    text = sourcefile.read_text(path)
    delimiter, header, sample, records = _dialect(text, is_header)
    if header is None:
        header = _first(path, sample)
    names = tuple(repaired(name) for name in header.names)
    below = sample[header.last + 1 :]
    if not below:
        raise _alone(path, header.lines[-1])
    written = [cell for line, cells, _ in sample if line in header.lines for cell in cells]
    fixed = sum(repaired(cell) != cell for cell in written)
    rows = text.guarded(chain(below, records), len(names), delimiter)
    if header.score and not header.official:
        held = [(line, cells) for line, cells, _ in sample[: header.last + 1]]
        several, rows = _several(text.path.stem, held, header, rows)
        if several is not None:
            return _joined(text, delimiter, several)
    return Table(
        path=path,
        sha256=text.sha256,
        encoding=text.encoding,
        delimiter=delimiter,
        header=names,
        rows=rows,
        warnings=(*text.warnings, *_repeated(names), *_titles(header.first), *_twice_encoded(fixed)),
        unfinished=text.unfinished,
        header_lines=header.lines,
        columns=header.columns,
        above=_above(sample[: header.first]),
        sample=tuple([repaired(cell) for cell in cells] for _, cells, _ in below),
        understood=header.score > 0 or header.official,
    )


def _several(
    name: str, head: list[Line], header: Header, rows: Iterator[Line]
) -> tuple[sheets.Union | None, Iterator[Line]]:
    """The tables of a text made one where it has several, above, below or beside each other; else its rows."""
    first = list(islice(rows, _LOOKED))
    grid = Grid(name, [*head, *first])
    another = any(sheets.restarts(cells, header) for _, cells in first[1:])
    beside = header.first > 1 or not all(header.names)
    found = sheets.union([grid]) if another or beside else None
    if found is None or (len(found.blocks) == 1 and found.blocks[0].header.lines == header.lines and len(found.rows) == len(first)):
        return None, chain(first, rows)
    return found, rows


def _joined(text: Text, delimiter: str, union: sheets.Union) -> Table:
    head = union.blocks[0].header
    if not union.rows:
        raise _alone(text.path, head.lines[-1])
    return Table(
        path=text.path,
        sha256=text.sha256,
        encoding=text.encoding,
        delimiter=delimiter,
        header=union.names,
        rows=iter(union.rows),
        warnings=(*text.warnings, *_repeated(union.names), *_titles(head.first), *_sheets(union)),
        unfinished=text.unfinished,
        header_lines=head.lines,
        columns=sheets.settled(union),
        above=union.blocks[0].above,
        doubtful=union.doubtful,
        sample=tuple([repaired(cell) for cell in cells] for _, cells in union.rows[:_SAMPLE]),
    )


def _dialect(
    text: Text, is_header: IsHeader | None
) -> tuple[str, Header | None, list[sourcefile.Read], Iterator[sourcefile.Read]]:
    """The delimiter by which the first records are understood best, its header, the sample and what follows it."""
    tried = []
    for delimiter in text.delimiters:
        try:
            records = text.records(delimiter)
            sample = list(islice(records, _SAMPLE))
        except UnreadableFile:
            if len(text.delimiters) == 1:
                raise
            continue
        header = tables.header([(line, cells) for line, cells, _ in sample], is_header)
        tried.append((delimiter, header, sample, records))
    if not tried:
        text = replace(text, delimiters=text.delimiters[:1])
        return _dialect(text, is_header)
    known = [one for one in tried if one[1] is not None and one[1].official]
    best = (known or tried)[0]
    rival = max(tried, key=lambda one: one[1].score if one[1] else 0.0)
    return (
        rival
        if not known and (rival[1].score if rival[1] else 0.0) >= _BETTER + (best[1].score if best[1] else 0.0)
        else best
    )


def _first(path: Path, sample: Sequence[sourcefile.Read]) -> Header:
    """The first record that says something, where none is known for a header."""
    for at, (line, cells, _) in enumerate(sample):
        names = tuple(cell.strip() for cell in cells)
        if any(names):
            return Header(at, at, (line,), names, (), 0.0, official=False)
    raise UnreadableFile(path, "fichier sans en-tête ni donnée", AGAIN)


def _workbook(path: Path, found: Contents, is_header: IsHeader | None) -> Table:
    """A workbook, or a Parquet file: its cells are text already."""
    workbook = found.workbook or Workbook(())
    grids = [
        Grid(one.name, [(n, list(cells)) for n, cells in one.rows], one.hidden, one.merged) for one in workbook.sheets
    ]
    if not any(grid.rows for grid in grids):
        raise UnreadableFile(path, "classeur vide", AGAIN)
    union = sheets.union(grids, is_header)
    if union is None:
        return _unknown(path, found, grids)
    if not union.rows:
        raise _alone(path, union.blocks[0].header.lines[-1])
    width = len(union.names)
    head = union.blocks[0].header
    names = tuple(dict.fromkeys(block.name for block in union.blocks))
    several = len(names) > 1 or found.form != forms.PARQUET
    return Table(
        path=path,
        sha256=_digest(path),
        encoding=_encoding(found),
        delimiter="",
        header=union.names,
        rows=((line, [*cells, *[""] * (width - len(cells))]) for line, cells in union.rows),
        warnings=(*_repeated(union.names), *_titles(head.first), *(_sheets(union) if several else ())),
        unfinished=None,
        header_lines=head.lines,
        sheets=names,
        columns=sheets.settled(union),
        above=union.blocks[0].above,
        doubtful=union.doubtful,
        sample=tuple([repaired(cell) for cell in cells] for _, cells in union.rows[:_SAMPLE]),
        understood=head.score > 0 or head.official,
    )


def _unknown(path: Path, found: Contents, grids: Sequence[Grid]) -> Table:
    """A workbook of which no row is known for a header: the first row of its longest visible sheet stands for it."""
    grid = max(grids, key=lambda grid: (bool(grid.rows) and not grid.hidden, len(grid.rows)))
    (line, names), *rows = grid.rows
    if not rows:
        raise _alone(path, line)
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
        understood=False,
    )


def _encoding(found: Contents) -> str:
    return found.form if found.form == forms.PARQUET else forms.XLSX


def _alone(path: Path, line: int) -> UnreadableFile:
    return UnreadableFile(path, "le fichier ne contient que sa ligne d’en-tête", AGAIN, lines.line_of(line))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _above(rows: Sequence[sourcefile.Read]) -> tuple[str, ...]:
    return tuple(repaired(cell.strip()) for _, cells, _ in rows for cell in cells if cell.strip())


def _titles(count: int) -> Iterator[Warning_]:
    if count:
        yield Warning_("title_rows", count, "Lignes de titre au-dessus de l’en-tête, laissées de côté.")


def _twice_encoded(count: int) -> Iterator[Warning_]:
    if count:
        yield Warning_("encoding_twice", count, "Textes encodés deux fois (« Ã© » pour « é ») : lus comme ils étaient.")


def _repeated(header: Sequence[str]) -> Iterator[Warning_]:
    for name, count in Counter(name for name in header if name).items():
        if count > 1:
            yield Warning_("repeated_column", count, f"La colonne « {name} » figure {count} fois.")


def _sheets(union: sheets.Union) -> Iterator[Warning_]:
    """Which sheets are read, which are not and why: nothing of a workbook is passed over in silence."""
    read = list(dict.fromkeys(block.name for block in union.blocks))
    if len(union.blocks) > len(read):
        count = len(union.blocks)
        yield Warning_("tables", count, f"{count} tableaux se suivent dans une même feuille : ils sont lus ensemble.")
    parts = [
        f"Feuille lue : « {', '.join(read)} »." if len(read) == 1 else f"Feuilles lues ensemble : {', '.join(read)}."
    ]
    parts += [f"Reprises d’une autre, non lues : {', '.join(union.copies)}."] if union.copies else []
    parts += [f"Non lues : {', '.join(union.unread)}."] if union.unread else []
    parts += [f"Masquées, non lues : {', '.join(union.hidden)}."] if union.hidden else []
    if len(parts) > 1 or len(read) > 1:
        yield Warning_("sheet", 1, " ".join(parts))
