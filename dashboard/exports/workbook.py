"""A content as a workbook: a sheet for each of its tables, one of definitions and sources."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import xlsxwriter

from dashboard.content import Content, Sheet
from dashboard.documents.links import absolute, code_png
from dashboard.exports.grid import Cell, Column, columns
from dashboard.i18n import _
from layers.typography import CUT, DANGLING

if TYPE_CHECKING:
    from xlsxwriter.format import Format

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Nothing that a file brought is run, followed or taken for a number."""
WIDEST, LEAST = 60, 10
NAME = 31
"""Characters that the name of a sheet holds."""
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
HEAD = 3
"""Line, from 0, of the headers of a table: its title and the demonstration mark are above."""


def workbook(content: Content, origin: str) -> bytes:
    """The file; numbers are numbers, states are words in a column of their own, text is never a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        told = {"title": content.headline, "subject": content.subtitle, "comments": "\n".join(content.lines)}
        book.set_properties(told)
        made = _Book(book)
        sheets = [sheet for section in content.sections for sheet in section.sheets]
        for sheet in sheets:
            made.table(sheet, content)
        made.sources(content, absolute(content.address, origin))
    return out.getvalue()


class _Book:
    """A workbook being written, with its formats."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._names: set[str] = set()
        self._bold: Format = book.add_format({"bold": True, "font_size": 13})
        self._head: Format = book.add_format({"bold": True, "text_wrap": True, "bottom": 2, "valign": "bottom"})
        self._mark: Format = book.add_format({"bold": True, "bg_color": "#fff4d6"})
        self._wrap: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self._label: Format = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
        self._numbers: dict[int | None, Format] = {}

    def table(self, sheet: Sheet, content: Content) -> None:
        """One table; under it what must be known of it."""
        page = self._book.add_worksheet(self._name(sheet.title))
        page.write_string(0, 0, sheet.title, self._bold)
        if content.demonstration:
            page.write_string(1, 0, _("Données de démonstration, fictives."), self._mark)
        told = columns(sheet)
        for at, column in enumerate(told):
            page.write_string(HEAD, at, column.head, self._head)
            for line, cell in enumerate(column.cells, HEAD + 1):
                self._cell(page, line, at, cell)
            page.set_column(at, at, _width(column))
        if sheet.note:
            page.write_string(HEAD + len(sheet.rows) + 2, 0, sheet.note)
        page.freeze_panes(HEAD + 1, 1)
        if sheet.rows:
            page.autofilter(HEAD, 0, HEAD + len(sheet.rows), len(told) - 1)
        page.repeat_rows(HEAD)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_paper(9)

    def _cell(self, page: Any, line: int, at: int, cell: Cell) -> None:
        if isinstance(cell.value, str):
            page.write_string(line, at, cell.value)
        else:
            page.write_number(line, at, cell.value, self._number(cell.digits))

    def _number(self, digits: int | None) -> Format:
        """As many decimals as the value is printed with; the spreadsheet writes them as its language does."""
        if digits not in self._numbers:
            pattern = "0" if digits is None else "#,##0" + (f".{'0' * digits}" if digits else "")
            self._numbers[digits] = self._book.add_format({"num_format": pattern})
        return self._numbers[digits]

    def sources(self, content: Content, address: str) -> None:
        """What the numbers are, where they come from, and the link that reopens them."""
        page = self._book.add_worksheet(self._name(_("Définitions et sources")))
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 110, self._wrap)
        rows = [(_("Constat"), content.headline), (_("Vue"), content.subtitle)]
        for one in content.definitions:
            rows += [(one.label, one.unit), (_("Définition"), one.definition), (_("Formule"), one.formula)]
            rows += [(_("Source"), one.source), (_("Précaution"), one.caveat)]
        rows += [("", line) for line in content.lines]
        rows += [(_("Publication"), content.release), (_("Revoir cette vue"), address)]
        for line, (label, text) in enumerate([row for row in rows if row[1]]):
            page.write_string(line, 0, label, self._label)
            page.write_string(line, 1, text, self._wrap)
        half = {"x_scale": 0.5, "y_scale": 0.5, "description": _("Code QR de cette vue")}
        page.insert_image(len(rows) + 2, 1, "qr.png", {"image_data": io.BytesIO(code_png(address)), **half})

    def _name(self, wanted: str) -> str:
        """A name that a spreadsheet takes and that no other sheet has."""
        base = shortened(wanted.translate(FORBIDDEN)) or "1"
        name, n = base, 1
        while name.casefold() in self._names:
            n += 1
            name = f"{base[: NAME - 4]} {n}"
        self._names.add(name.casefold())
        return name


def shortened(title: str) -> str:
    """A title as the name of a sheet: what comes before its first comma; where that is too long, what it is cut by."""
    short = " ".join(re.split(r", | \(|[ \u00a0\u202f]: ", title)[0].split())
    if len(short) > NAME and (cut := CUT.search(short)):
        short = cut["by"].capitalize() + cut["what"]
    return short if len(short) <= NAME else DANGLING.sub("", short[: NAME + 1].rpartition(" ")[0]) or short[:NAME]


def _width(column: Column) -> int:
    """Characters that a column holds, its head on two lines."""
    widest = max((len(str(cell.value)) for cell in column.cells), default=0)
    return min(WIDEST, max(LEAST, widest + 2, len(column.head) // 2 + 2))
