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
_EXACT: Final = 15
"""Digits of a whole number that a workbook keeps as it is written."""
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


@lru_cache(maxsize=512)
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
    """One sheet being read. Its three handlers are called for each of millions of cells: they are plain for it."""

    __slots__ = (
        "_at",
        "_book",
        "_cells",
        "_hears",
        "_names",
        "_pronounced",
        "_row",
        "_said",
        "_spool",
        "_style",
        "_type",
    )

    def __init__(self, book: _Book, spool: Spool) -> None:
        self._book, self._spool = book, spool
        self._names = ("", "", "", "")
        self._row, self._at = 0, -1
        self._type: str | None = None
        self._style: str | None = None
        self._cells: dict[int, str] = {}
        self._said: list[str] = []
        self._hears = self._pronounced = False

    def start(self, name: str, attributes: Attributes) -> None:
        cell, value, inline, row = self._names
        if name in (value, inline):
            self._hears = not self._pronounced
        elif name == cell:
            reference = attributes.get("r")
            self._at = self._at + 1 if reference is None else _column(reference.rstrip("0123456789"))
            self._type, self._style = attributes.get("t"), attributes.get("s")
            self._said.clear()
        elif name == row:
            self._begin_row(attributes.get("r"))
        else:
            self._begin_other(name, attributes)

    def text(self, data: str) -> None:
        if self._hears:
            self._said.append(data)

    def end(self, name: str) -> None:
        cell, value, inline, row = self._names
        if name == cell:
            if self._said:
                self._end_cell("".join(self._said))
        elif name in (value, inline):
            self._hears = False
        elif name == row:
            self._end_row()
        elif local(name) == "rPh":
            self._pronounced = False

    def _begin_other(self, name: str, attributes: Attributes) -> None:
        plain = local(name)
        if plain == "worksheet":
            prefix = name.removesuffix(plain)
            self._names = (f"{prefix}c", f"{prefix}v", f"{prefix}t", f"{prefix}row")
        elif plain == "rPh":
            self._pronounced = True
        elif plain == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self._spool.merge((*_place(first), *_place(last or first)))

    def _begin_row(self, number: str | None) -> None:
        following = self._row + 1 if number is None else int(number)
        if not self._row < following <= MOST_ROWS:
            raise DamagedMarkup(f"row {number}")
        self._row, self._at = following, -1
        self._cells.clear()

    def _end_row(self) -> None:
        if self._cells:
            width = max(self._cells) + 1
            if width == len(self._cells):
                self._spool.row(self._row, [self._cells[at] for at in range(width)])
            else:
                self._spool.row(self._row, [self._cells.get(at, "") for at in range(width)])

    def _end_cell(self, said: str) -> None:
        if self._at >= MOST_COLUMNS:
            raise DamagedMarkup("columns")
        told = self._type
        if told == "s":
            self._cells[self._at] = self._book.strings[int(said)]
        elif told is None or told == "n":
            self._cells[self._at] = self._number(said)
        else:
            self._cells[self._at] = _said(told, said)

    def _number(self, said: str) -> str:
        kind = self._book.kinds[int(self._style)] if self._style and self._book.kinds else None
        if kind is None:
            whole = said.isdigit() and said.isascii() and len(said) < _EXACT and said[0] != "0"
            return said if whole else cells.text(float(said))
        return cells.dated(float(said), kind, since_1904=self._book.since_1904)


def _said(kind: str, said: str) -> str:
    """Text of a cell that is neither a number nor a shared string."""
    if kind == "b":
        return cells.text(said.strip() in ("1", "true"))
    if kind == "e":
        return ""
    if kind == "d":
        return said.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
    return _plain(said)
