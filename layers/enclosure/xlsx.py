"""Workbooks of Office Open XML, cell by cell: what is far apart costs no more than what is side by side.

The layout is that of ECMA-376, part 1, chapter 18; cells are made text as `layers.enclosure.cells` says.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Final

from layers.enclosure import cells
from layers.enclosure.markup import Attributes, DamagedMarkup, local, parse
from layers.enclosure.spool import MOST_COLUMNS, MOST_ROWS, Spool

_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_DAYS_TO_1904: Final = 1462
_HIDDEN: Final = frozenset({"hidden", "veryHidden"})
_BUILT_IN: Final = {**dict.fromkeys((*range(14, 23), 45, 47), cells.DATE), 46: cells.DURATION}
"""Numbers of the formats of dates that a workbook does not spell out (18.8.30)."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to."""

    strings: Sequence[str]
    kinds: Sequence[str | None]
    since_1904: bool


def read(path: Path, spool: Spool) -> None:
    """Write the sheets of a workbook to *spool*.

    Raises `DamagedMarkup`, `KeyError`, `ValueError`, those of `zipfile`.
    """
    with zipfile.ZipFile(path) as archive:
        parts = _Parts(archive)
        sheets, since_1904 = _sheets(parts)
        targets = dict(_targets(parts))
        strings = next((_strings(stream) for stream in parts.optional(targets, "sharedStrings")), [])
        kinds = next((_kinds(stream) for stream in parts.optional(targets, "styles")), [])
        book = _Book(strings, kinds, since_1904)
        for name, hidden, relation in sheets:
            kind, target = targets.get(relation, ("", ""))
            if kind != "chartsheet":
                spool.sheet(name, hidden=hidden)
                with parts.open(target) as stream:
                    grid = _Grid(book, spool)
                    parse(stream, grid.start, grid.end, grid.text)


class _Parts:
    """The files of a workbook, whose names some programs write with other slashes or capitals."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {member.filename.replace("\\", "/").lower(): member for member in archive.infolist()}

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(self._members[name.lower()])

    def optional(self, targets: dict[str, tuple[str, str]], kind: str) -> Iterator[IO[bytes]]:
        """The part of that kind, where there is one."""
        for told, target in targets.values():
            if told == kind and target.lower() in self._members:
                with self.open(target) as stream:
                    yield stream


def _sheets(parts: _Parts) -> tuple[list[tuple[str, bool, str]], bool]:
    """Name, whether it is hidden, and relation of each sheet; whether days are counted from 1904."""
    found: list[tuple[str, bool, str]] = []
    told = {"date1904": "0"}

    def start(name: str, attributes: Attributes) -> None:
        if local(name) == "sheet":
            relation = next((value for key, value in attributes.items() if local(key) == "id" and ":" in key), "")
            found.append((attributes.get("name", ""), attributes.get("state", "") in _HIDDEN, relation))
        elif local(name) == "workbookPr":
            told.update(attributes)

    with parts.open(_BOOK) as stream:
        parse(stream, start)
    return found, told["date1904"] in ("1", "true")


def _targets(parts: _Parts) -> Iterator[tuple[str, tuple[str, str]]]:
    """Kind and name of the part behind each relation."""
    found: list[Attributes] = []
    with parts.open(_RELATIONS) as stream:
        parse(stream, lambda _name, attributes: found.append(attributes))
    for one in found:
        if "Id" in one and "Target" in one:
            target = posixpath.normpath(posixpath.join("/xl", one["Target"].replace("\\", "/"))).lstrip("/")
            yield one["Id"], (one.get("Type", "").rpartition("/")[2], target)


def _strings(stream: IO[bytes]) -> list[str]:
    """The shared strings, pronunciations left out."""
    found: list[str] = []
    said: list[str] = []
    state = {"t": False, "rPh": False}

    def start(name: str, _attributes: Attributes) -> None:
        if (name := local(name)) in state:
            state[name] = True
        elif name == "si":
            said.clear()

    def end(name: str) -> None:
        if (name := local(name)) in state:
            state[name] = False
        elif name == "si":
            found.append(_plain("".join(said)))

    def text(data: str) -> None:
        if state["t"] and not state["rPh"]:
            said.append(data)

    parse(stream, start, end, text)
    return found


def _kinds(stream: IO[bytes]) -> list[str | None]:
    """What numbers are in each style of cell: dates, durations, or mere numbers."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    within: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        within.append(local(name))
        if within[-1] == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif within[-2:] == ["cellXfs", "xf"]:
            styles.append(attributes.get("numFmtId", "0"))

    parse(stream, start, lambda _name: within.pop())
    return [_kind(codes[number]) if number in codes else _BUILT_IN.get(int(number)) for number in styles]


def _kind(code: str) -> str | None:
    shown = _LITERAL.sub("", code.partition(";")[0])
    if _ELAPSED.search(shown):
        return cells.DURATION
    if shown.lower() in ("general", "standard"):
        return None
    return cells.DATE if re.search("[dmyhs]", shown, re.IGNORECASE) else None


def _plain(text: str) -> str:
    """Text without the escapes of characters that XML cannot hold (22.9.2.19)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@lru_cache(maxsize=MOST_COLUMNS)
def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    if place > MOST_COLUMNS:
        raise DamagedMarkup(letters)
    return place - 1


def _place(reference: str) -> tuple[int, int]:
    """Row, from 1, and column, from 0."""
    found = _REFERENCE.fullmatch(reference.replace("$", ""))
    if found is None or not 0 < int(found[2]) <= MOST_ROWS:
        raise DamagedMarkup(reference)
    return int(found[2]), _column(found[1])


class _Grid:
    """One sheet being read."""

    def __init__(self, book: _Book, spool: Spool) -> None:
        self._book, self._spool = book, spool
        self._prefix: str | None = None
        self._row = 0
        self._cells: dict[int, str] = {}
        self._at, self._type, self._style = -1, "n", ""
        self._said: list[str] = []
        self._hears = self._pronounced = False

    def start(self, name: str, attributes: Attributes) -> None:
        if self._prefix is None:
            self._prefix = name.removesuffix(local(name))
        name = name.removeprefix(self._prefix)
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t"):
            self._hears = not self._pronounced
        elif name == "row":
            self._begin_row(attributes.get("r"))
        elif name == "rPh":
            self._pronounced = True
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self._spool.merge((*_place(first), *_place(last or first)))

    def text(self, data: str) -> None:
        if self._hears:
            self._said.append(data)

    def end(self, name: str) -> None:
        name = name.removeprefix(self._prefix or "")
        if name in ("v", "t"):
            self._hears = False
        elif name == "c":
            if self._said:
                self._cells[self._at] = self._value("".join(self._said))
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._pronounced = False

    def _begin_row(self, number: str | None) -> None:
        following = self._row + 1 if number is None else int(number)
        if not self._row < following <= MOST_ROWS:
            raise DamagedMarkup(f"row {number}")
        self._row, self._at = following, -1
        self._cells.clear()

    def _end_row(self) -> None:
        if self._cells:
            line = [""] * (max(self._cells) + 1)
            for at, text in self._cells.items():
                line[at] = text
            self._spool.row(self._row, line)

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._at = self._at + 1 if reference is None else _column(reference.rstrip("0123456789"))
        if not 0 <= self._at < MOST_COLUMNS:
            raise DamagedMarkup(str(reference))
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._said.clear()

    def _value(self, said: str) -> str:
        if self._type == "s":
            return self._book.strings[int(said)]
        if self._type in ("str", "inlineStr"):
            return _plain(said)
        if self._type == "b":
            return cells.text(said.strip() in ("1", "true"))
        if self._type == "e":
            return ""
        if self._type == "d":
            return said.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
        return self._number(said)

    def _number(self, said: str) -> str:
        number = float(said)
        kind = self._book.kinds[int(self._style)] if self._style and self._book.kinds else None
        if kind is None:
            return cells.text(number)
        return cells.dated(number + _DAYS_TO_1904 * self._book.since_1904, kind)
