"""Workbooks of OpenDocument, cell by cell: a repeated blank costs nothing, however often it is repeated.

The layout is that of OpenDocument 1.3, part 3, chapter 9; cells are made text as `layers.enclosure.cells` says.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final

from layers.enclosure import cells
from layers.enclosure.markup import Attributes, DamagedMarkup, parse
from layers.enclosure.spool import MOST_COLUMNS, MOST_ROWS, Spool

_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})
_NUMBERS: Final = frozenset({"float", "percentage", "currency"})
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d*)?S")
_SPACES: Final = {"text:tab": "\t", "text:line-break": "\n"}


def read(path: Path, spool: Spool) -> None:
    """Write the sheets of a workbook to *spool*.

    Raises `DamagedMarkup`, `KeyError`, `ValueError`, those of `zipfile`.
    """
    with zipfile.ZipFile(path) as archive:
        names = {member.filename.lower(): member for member in archive.infolist()}
        with archive.open(names["content.xml"]) as stream:
            grid = _Grid(spool)
            parse(stream, grid.start, grid.end, grid.text)


class _Grid:
    """The sheets being read, one after the other."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._style = ""
        self._hidden: set[str] = set()
        self._tables = self._notes = 0
        self._row, self._rows = 1, 1
        self._at, self._span = 0, 1
        self._cells: dict[int, str] = {}
        self._cell: Attributes = {}
        self._paragraphs: list[list[str]] = []
        self._hears = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _CELLS:
            self._begin_cell(attributes)
        elif name == "table:table-row":
            self._rows = _count(attributes.get("table:number-rows-repeated"))
            self._at = 0
            self._cells.clear()
        elif name == "text:p":
            self._begin_paragraph()
        elif name == "text:s":
            self.text(" " * min(_count(attributes.get("text:c")), MOST_COLUMNS))
        elif name in _SPACES:
            self.text(_SPACES[name])
        elif name == "office:annotation":
            self._notes += 1
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden.add(self._style)
        elif name == "table:table":
            self._begin_table(attributes)

    def text(self, data: str) -> None:
        if self._hears:
            self._paragraphs[-1].append(data)

    def end(self, name: str) -> None:
        if name in _CELLS:
            self._end_cell()
        elif name == "table:table-row":
            self._end_row()
        elif name == "office:annotation":
            self._notes -= 1
        elif name == "text:p":
            self._hears = False
        elif name == "table:table":
            self._tables -= 1

    def _begin_paragraph(self) -> None:
        if not self._notes:
            self._paragraphs.append([])
            self._hears = True

    def _begin_table(self, attributes: Attributes) -> None:
        self._tables += 1
        if self._tables > 1:
            raise DamagedMarkup("a table within a table")
        self._row = 1
        self._spool.sheet(
            attributes.get("table:name", ""), hidden=attributes.get("table:style-name", "") in self._hidden
        )

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cell = attributes
        self._span = _count(attributes.get("table:number-columns-repeated"))
        self._paragraphs.clear()
        wide, high = (_count(attributes.get(f"table:number-{way}-spanned")) for way in ("columns", "rows"))
        if wide > 1 or high > 1:
            self._spool.merge((self._row, self._at, self._row + high - 1, self._at + wide - 1))

    def _end_cell(self) -> None:
        text = self._value()
        if text:
            if self._at + self._span > MOST_COLUMNS:
                raise DamagedMarkup("columns")
            for at in range(self._at, self._at + self._span):
                self._cells[at] = text
        self._at += self._span
        self._paragraphs.clear()

    def _end_row(self) -> None:
        if self._cells:
            if self._row + self._rows - 1 > MOST_ROWS:
                raise DamagedMarkup("rows")
            line = [self._cells.get(at, "") for at in range(max(self._cells) + 1)]
            self._spool.expect(len(line) * self._rows)
            for number in range(self._row, self._row + self._rows):
                self._spool.row(number, line)
        self._row += self._rows

    def _value(self) -> str:
        kind = self._cell.get("office:value-type")
        if kind in _NUMBERS and "office:value" in self._cell:
            return cells.text(float(self._cell["office:value"]))
        if kind == "date":
            return self._cell.get("office:date-value", "").removesuffix("T00:00:00").replace("T", " ")
        if kind == "boolean":
            return cells.text(self._cell.get("office:boolean-value") == "true")
        if kind == "time":
            found = _DURATION.fullmatch(self._cell.get("office:time-value", ""))
            return ":".join(f"{int(part):02}" for part in found.groups()) if found else self._said()
        return self._cell.get("office:string-value") or self._said()

    def _said(self) -> str:
        return "\n".join("".join(one) for one in self._paragraphs)


def _count(told: str | None) -> int:
    """How often something is repeated. Raises `DamagedMarkup`."""
    if told is None:
        return 1
    if not told.isascii() or not told.isdigit() or len(told) > 9 or int(told) == 0:  # noqa: PLR2004
        raise DamagedMarkup(told)
    return int(told)
