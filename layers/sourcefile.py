"""Opening an official file: its encoding, delimiter, header, and its records one at a time, never coerced."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Final

from layers import worksheets
from layers.account import Warning_
from layers.enclosure import door, forms
from layers.enclosure.spool import MOST_COLUMNS
from layers.enclosure.values import Contents, Workbook
from layers.filebytes import LONGEST_LINE, Examination, decode, examine, physical_lines
from layers.typography import grouped
from layers.unreadable import UnreadableFile
from layers.worksheets import IsHeader

__all__ = ["Record", "SourceFile", "UnreadableFile", "open_source"]

DELIMITERS: Final = (";", ",", "\t", "|")
_SAMPLE: Final = 40
_MOST_LINES: Final = 500
_LONGEST_RECORD: Final = 4 * LONGEST_LINE
"""Lines and characters of one record."""
_OPEN_QUOTE: Final = "guillemet ouvert et jamais refermé"
_QUOTE_REMEDY: Final = "Fermer le guillemet (ou le doubler s’il fait partie du texte) et importer à nouveau."
_SEPARATOR_REMEDY: Final = "Vérifier le séparateur de colonnes, et que chaque enregistrement a sa ligne."

Record = tuple[int, list[str]]
_Read = tuple[int, list[str], list[str]]
"""A record and its physical lines."""
_Headed = tuple[int, tuple[str, ...], int, Iterator[_Read]]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One open file; *rows* yields ``(line, cells)`` in the order of the file and may be read once.

    *line* is that of the record's first character, the header being 1 where nothing stands above it. Cells
    are the text of the file: neither stripped nor converted. Reading on may raise :class:`UnreadableFile`.
    *unfinished* is the number of the last line where the file stops without ending it.
    """

    path: Path
    sha256: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: Iterator[Record]
    warnings: tuple[Warning_, ...]
    unfinished: int | None


def open_source(path: Path | str, is_header: IsHeader | None = None) -> SourceFile:
    """Examine *path* and open it for reading: text, workbook, Parquet, or an archive of one of them.

    Parameters
    ----------
    path : path of the file.
    is_header : what tells a header from the titles above it, within the first rows; the first row is the header
        where it is left out, or where no row is one.

    Returns
    -------
    SourceFile
        With the header already read, its cells stripped of spaces.

    Raises
    ------
    UnreadableFile
        Empty, binary, a header alone, a line beyond measure, a quote that never closes; with line and remedy.
    """
    path = Path(path)
    if forms.outer(path) == forms.TEXT:
        return _open(path, is_header)
    found = door.contents(path)
    return _open_archived(path, found, is_header) if found.text else _open_table(path, found, is_header)


def _open(path: Path, is_header: IsHeader | None) -> SourceFile:
    found = examine(path)
    delimiter = _delimiter(path, found.encoding)
    records = _records(path, found.encoding, delimiter)
    header_line, header, titles, records = _headed(records, path, is_header)
    first = _first_row(records, path, header_line)
    return SourceFile(
        path=path,
        sha256=found.sha256,
        encoding=found.encoding,
        delimiter=delimiter,
        header=header,
        rows=_guarded(first, records, path, len(header), delimiter),
        warnings=(*_warnings(found, header), *_titles(titles)),
        unfinished=found.unfinished,
    )


def _open_table(path: Path, found: Contents, is_header: IsHeader | None) -> SourceFile:
    """A workbook, or a Parquet file: its cells are text already, and blank rows are passed over."""
    sheet, others, rows = worksheets.chosen(path, found.workbook or Workbook(()), is_header)
    numbered = ((line, cells, [""]) for line, cells in rows if any(cell.strip() for cell in cells))
    header_line, header, titles, records = _headed(numbered, path, is_header)
    first = _first_row(records, path, header_line)
    width = len(header)
    padded = ((line, [*cells, *[""] * (width - len(cells))]) for line, cells, _ in chain([first], records))
    told = [*_repeated(header), *_titles(titles)]
    if others:
        told.append(Warning_("sheet", 1, f"Feuille lue : « {sheet} ». Non lues : {', '.join(others)}."))
    return SourceFile(
        path=path,
        sha256=_digest(path),
        encoding=found.form if found.form == forms.PARQUET else forms.XLSX,
        delimiter="",
        header=header,
        rows=padded,
        warnings=tuple(told),
        unfinished=None,
    )


def _open_archived(path: Path, found: Contents, is_header: IsHeader | None) -> SourceFile:
    """The text in an archive, which lasts as long as its rows are held; errors name the archive."""
    try:
        source = _open(found.text or path, is_header)
    except UnreadableFile as error:
        raise UnreadableFile(path, error.reason, error.remedy, error.line, error.column) from error
    return replace(source, path=path, sha256=_digest(path), rows=_named(source.rows, path, found))


def _named(rows: Iterator[Record], path: Path, _held: Contents) -> Iterator[Record]:
    try:
        yield from rows
    except UnreadableFile as error:
        raise UnreadableFile(path, error.reason, error.remedy, error.line, error.column) from error


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _headed(records: Iterator[_Read], path: Path, is_header: IsHeader | None) -> _Headed:
    """Line and cells of the header, how many rows stand above it, and the records below."""
    above: list[_Read] = []
    for record in islice(records, worksheets.HEAD):
        above.append(record)
        cells = tuple(cell.strip() for cell in record[1])
        if any(cells) and (is_header is None or is_header(cells)):
            return record[0], cells, len(above) - 1, records
    for at, (line, told, _) in enumerate(above):
        if any(cell.strip() for cell in told):
            return line, tuple(cell.strip() for cell in told), 0, chain(above[at + 1 :], records)
    raise UnreadableFile(path, "fichier sans en-tête ni donnée", "Télécharger à nouveau le fichier d’origine.")


def _first_row(records: Iterator[_Read], path: Path, header_line: int) -> _Read:
    first = next(records, None)
    if first is None:
        raise UnreadableFile(
            path,
            "le fichier ne contient que sa ligne d’en-tête",
            "Télécharger à nouveau le fichier d’origine.",
            header_line,
        )
    return first


def _titles(count: int) -> Iterator[Warning_]:
    if count:
        yield Warning_("title_rows", count, "Lignes de titre au-dessus de l’en-tête, laissées de côté.")


def _text_lines(path: Path, encoding: str) -> Iterator[str]:
    for line in physical_lines(path):
        yield decode(line, encoding)


def _delimiter(path: Path, encoding: str) -> str:
    sample = [line for line in islice(_text_lines(path, encoding), _SAMPLE) if line.strip()]
    if not sample:
        raise UnreadableFile(path, "fichier vide", "Télécharger à nouveau le fichier d’origine.")
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(sample: list[str], delimiter: str) -> tuple[int, int]:
    """How well *delimiter* explains the sample: lines as wide as the header, then its width; 0 where it is absent."""
    try:
        widths = [len(record) for record in csv.reader(sample, delimiter=delimiter, strict=False)]
    except csv.Error:
        return (0, 0)
    header = widths[0]
    if header == 1:  # perhaps a title above the header
        header = Counter(widths).most_common(1)[0][0]
    return (Counter(widths)[header], header) if header > 1 else (0, 0)


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[_Read]:
    """Yield each record with its first line's number and its physical lines; blank lines are passed over."""
    read: list[str] = []
    start = size = 0
    ended = False

    def feed() -> Iterator[str]:
        nonlocal ended, size
        for line in _text_lines(path, encoding):
            read.append(line)
            size += len(line)
            if len(read) > _MOST_LINES or size > _LONGEST_RECORD:
                raise UnreadableFile(path, _OPEN_QUOTE, _QUOTE_REMEDY, start)
            yield line
        ended = True

    reader = csv.reader(feed(), delimiter=delimiter, strict=False)
    while True:
        start = reader.line_num + 1
        read.clear()
        size = 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _overlong(path, start, len(read)) from error
        if ended:
            raise UnreadableFile(path, _OPEN_QUOTE, _QUOTE_REMEDY, start)
        if len(cells) > MOST_COLUMNS:
            raise UnreadableFile(path, f"ligne de plus de {grouped(MOST_COLUMNS)} colonnes", _SEPARATOR_REMEDY, start)
        if cells:
            yield start, cells, list(read)


def _overlong(path: Path, start: int, lines: int) -> UnreadableFile:
    if lines > 1:
        return UnreadableFile(path, _OPEN_QUOTE, _QUOTE_REMEDY, start)
    reason = f"un champ dépasse {grouped(csv.field_size_limit())} caractères"
    return UnreadableFile(path, reason, "Vérifier cette ligne dans le fichier d’origine.", start)


def _guarded(
    first: _Read,
    records: Iterator[_Read],
    path: Path,
    width: int,
    delimiter: str,
) -> Iterator[Record]:
    record: _Read | None = first
    while record is not None:
        line, cells, read = record
        if len(read) > 1 and _swallows_records(read, cells, width, delimiter):
            raise UnreadableFile(
                path, "guillemet ouvert et non refermé : il avale les lignes suivantes", _QUOTE_REMEDY, line
            )
        yield line, cells
        record = next(records, None)


def _swallows_records(read: list[str], cells: list[str], width: int, delimiter: str) -> bool:
    """Whether a line inside a quoted cell has itself the delimiters of a whole record: the quote was left open.

    The last line of a record of the right width ends it, and holds the delimiters of its other cells.
    """
    inside = read[1:-1] if len(cells) == width else read[1:]
    return width > 1 and any(line.count(delimiter) >= width - 1 for line in inside)


def _warnings(found: Examination, header: tuple[str, ...]) -> Iterator[Warning_]:
    if found.encoding == "cp1252" and found.bom:
        yield Warning_(
            "bom_before_cp1252", 1, "Marque d’ordre UTF-8 devant un texte en Windows-1252 : lu en Windows-1252."
        )
    elif found.encoding == "cp1252":
        yield Warning_("encoding_cp1252", 1, "Fichier en Windows-1252, et non en UTF-8 : lu comme tel.")
    elif found.encoding == "utf-8+cp1252":
        yield Warning_(
            "encoding_mixed", 1, "Encodages mêlés (UTF-8 et Windows-1252) : chaque ligne est lue dans le sien."
        )
    if found.unfinished is not None:
        yield Warning_(
            "unfinished_last_line", 1, "La dernière ligne n’a pas de fin de ligne : le fichier est peut-être coupé."
        )
    yield from _repeated(header)


def _repeated(header: tuple[str, ...]) -> Iterator[Warning_]:
    for name, count in Counter(name for name in header if name).items():
        if count > 1:
            yield Warning_("repeated_column", count, f"La colonne « {name} » figure {count} fois.")
