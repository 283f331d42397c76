"""Text files: their encoding, the delimiters that could part their records, their records as they stand."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from layers.account import Warning_
from layers.alphabets import DOS, LATIN9, MAC
from layers.enclosure.spool import MOST_COLUMNS
from layers.filebytes import LONGEST_LINE, Examination, decode, examine, physical_lines
from layers.typography import grouped
from layers.unreadable import UnreadableFile

DELIMITERS: Final = (";", ",", "\t", "|")
_SAMPLE: Final = 40
_MOST_LINES: Final = 500
_LONGEST_RECORD: Final = 4 * LONGEST_LINE
"""Lines and characters of one record."""
_OLD: Final = {MAC: "par un ancien Macintosh (Mac Roman)", DOS: "par le DOS (page 850)", LATIN9: "en Latin-9"}
_OPEN_QUOTE: Final = "guillemet ouvert et jamais refermé"
_QUOTE_REMEDY: Final = "Fermer le guillemet (ou le doubler s’il fait partie du texte) et importer à nouveau."
_SEPARATOR_REMEDY: Final = "Vérifier le séparateur de colonnes, et que chaque enregistrement a sa ligne."

Record = tuple[int, list[str]]
Read = tuple[int, list[str], list[str]]
"""A record and its physical lines."""


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


@dataclass(frozen=True, slots=True)
class Text:
    """A text file, examined: ``delimiters`` those that part its first lines, the likeliest first."""

    path: Path
    sha256: str
    encoding: str
    delimiters: tuple[str, ...]
    warnings: tuple[Warning_, ...]
    unfinished: int | None

    def records(self, delimiter: str) -> Iterator[Read]:
        """Records with their physical lines, blank lines passed over. Reading may raise `UnreadableFile`."""
        return _records(self.path, self.encoding, delimiter)

    def guarded(self, records: Iterator[Read], width: int, delimiter: str) -> Iterator[Record]:
        """The records below a header of *width* columns; raises `UnreadableFile` at a quote that swallows others."""
        for line, cells, read in records:
            if len(read) > 1 and _swallows_records(read, cells, width, delimiter):
                raise UnreadableFile(
                    self.path, "guillemet ouvert et non refermé : il avale les lignes suivantes", _QUOTE_REMEDY, line
                )
            yield line, cells


def read_text(path: Path) -> Text:
    """Examine a text file.

    Raises
    ------
    UnreadableFile
        Absent, empty, binary, in no known encoding, a line beyond measure.
    """
    found = examine(path)
    delimiters = _delimiters(path, found.encoding)
    return Text(path, found.sha256, found.encoding, delimiters, tuple(_warnings(found)), found.unfinished)


def _text_lines(path: Path, encoding: str) -> Iterator[str]:
    for line in physical_lines(path):
        yield decode(line, encoding)


def _delimiters(path: Path, encoding: str) -> tuple[str, ...]:
    sample = [line for line in islice(_text_lines(path, encoding), _SAMPLE) if line.strip()]
    if not sample:
        raise UnreadableFile(path, "fichier vide", "Télécharger à nouveau le fichier d’origine.")
    fits = {delimiter: _fit(sample, delimiter) for delimiter in DELIMITERS}
    known = sorted((one for one in DELIMITERS if fits[one] > (0, 0)), key=lambda one: fits[one], reverse=True)
    return tuple(known) or DELIMITERS[:1]


def _fit(sample: list[str], delimiter: str) -> tuple[int, int]:
    """How well *delimiter* explains the sample: lines as wide as the commonest, then their width; 0 where absent."""
    try:
        widths = Counter(len(record) for record in csv.reader(sample, delimiter=delimiter, strict=False))
    except csv.Error:
        return (0, 0)
    widths.pop(1, None)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[Read]:
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


def _swallows_records(read: list[str], cells: list[str], width: int, delimiter: str) -> bool:
    """Whether a line inside a quoted cell has itself the delimiters of a whole record: the quote was left open.

    The last line of a record of the right width ends it, and holds the delimiters of its other cells.
    """
    inside = read[1:-1] if len(cells) == width else read[1:]
    return width > 1 and any(line.count(delimiter) >= width - 1 for line in inside)


def _warnings(found: Examination) -> Iterator[Warning_]:
    if found.encoding == "cp1252" and found.bom:
        yield Warning_(
            "bom_before_cp1252", 1, "Marque d’ordre UTF-8 devant un texte en Windows-1252 : lu en Windows-1252."
        )
    elif found.encoding == "cp1252":
        yield Warning_("encoding_cp1252", 1, "Fichier en Windows-1252, et non en UTF-8 : lu comme tel.")
    elif found.encoding in _OLD:
        yield Warning_("encoding_old", 1, f"Fichier encodé {_OLD[found.encoding]} : lu comme tel.")
    elif found.encoding == "utf-8+cp1252":
        yield Warning_(
            "encoding_mixed", 1, "Encodages mêlés (UTF-8 et Windows-1252) : chaque ligne est lue dans le sien."
        )
    if found.lost:
        yield Warning_(
            "letters_lost", found.lost, f"Lettres perdues avant la lecture (« \ufffd »), sur {found.lost} lignes."
        )
    if found.unfinished is not None:
        yield Warning_(
            "unfinished_last_line", 1, "La dernière ligne n’a pas de fin de ligne : le fichier est peut-être coupé."
        )
