"""The files of a content: documents, workbook, tables as text, its map and each of its charts as pictures."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from dashboard.disputes.figure import signed
from dashboard.disputes.noted import written as noted
from dashboard.documents import DOCUMENTS
from dashboard.exports.grid import columns
from dashboard.exports.text import delimiter, written
from dashboard.i18n import msg

if TYPE_CHECKING:
    from dashboard.content import Content, Entry, Section, Sheet
    from dashboard.exports.grid import Cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of file: extension, content type, name and use as offered.

    ``write`` takes the content and the origin (« https://host ») to which links lead. ``heavy`` forms take about a
    second or more, and are made one at a time in a process (`dashboard.exports.making`).
    """

    key: str
    extension: str
    content_type: str
    label: str
    purpose: str
    write: Callable[[Content, str], bytes]
    suits: Callable[[Content], bool] = lambda _content: True
    heavy: bool = False


def told(content: Content, origin: str) -> Content:
    """The content whose lines of provenance tell the disputed values too, right after the demonstration mark."""
    at = 1 if content.demonstration else 0
    lines = (*content.lines[:at], *noted(content.disputed, origin), *content.lines[at:])
    return replace(content, lines=lines, disputed=(), flagged=frozenset(), sections=_signed(content))


def _signed(content: Content) -> tuple[Section, ...]:
    """The sections, the sign of disputed values after the values of their tables that are."""

    def of(entry: Entry) -> Entry:
        return replace(entry, text=signed(entry.text, [entry.of], content.flagged)) if entry.of else entry

    def sheet(one: Sheet) -> Sheet:
        return replace(one, rows=tuple(tuple(map(of, row)) for row in one.rows))

    if not content.flagged:
        return content.sections
    return tuple(replace(section, sheets=tuple(map(sheet, section.sheets))) for section in content.sections)


def _telling(write: Callable[[Content, str], bytes]) -> Callable[[Content, str], bytes]:
    """A writer whose file tells the disputed values."""
    return lambda content, origin: write(told(content, origin), origin)


def _document(key: str, purpose: str) -> Form:
    kind = DOCUMENTS[key]
    return Form(
        key,
        kind.extension,
        kind.content_type,
        kind.label,
        purpose,
        _telling(kind.write),
        kind.suits,
        heavy=key != "pptx",
    )


def _lazily(module: str, function: str) -> Callable[[Content, str], bytes]:
    """A writer that is imported when a file is asked for, not with every page."""

    def write(content: Content, origin: str) -> bytes:
        made: bytes = getattr(import_module(f"dashboard.exports.{module}"), function)(content, origin)
        return made

    return _telling(write)


def has_map(content: Content) -> bool:
    """Whether there is a map to make a picture of."""
    return any(section.maps for section in content.sections)


def to_csv(content: Content, origin: str) -> bytes:
    """Every table, one below the other, each under its title; then provenance and link. As `exports.text` writes.

    Codes, states and units have columns of their own, as in workbooks (`exports.grid`).
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter(), lineterminator="\r\n")
    for sheet in (sheet for section in content.sections for sheet in section.sheets):
        told = columns(sheet)
        writer.writerow([written(sheet.title)])
        writer.writerow([written(column.head) for column in told])
        for cells in zip(*(column.cells for column in told), strict=True):
            writer.writerow([written(_plain(cell)) for cell in cells])
        writer.writerow([])
    for line in (*content.lines, origin + content.address):
        writer.writerow([written(line)])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _plain(cell: Cell) -> float | int | str:
    """A number as a program reads it; a year has no decimals."""
    return cell.value if isinstance(cell.value, str) or cell.digits is None else float(cell.value)


FORMS: dict[str, Form] = {
    one.key: one
    for one in (
        _document("pdf", msg("à imprimer")),
        _document("card", msg("une page")),
        _document("docx", msg("à compléter")),
        _document("pptx", msg("diapositives modifiables")),
        Form("xlsx", "xlsx", XLSX, msg("Excel"), msg("valeurs, définitions, sources"), _lazily("workbook", "workbook")),
        Form("csv", "csv", "text/csv; charset=utf-8", msg("CSV"), msg("pour un tableur"), _telling(to_csv)),
        Form("png", "png", "image/png", msg("Image PNG"), msg("la carte, 300 dpi"),
             _lazily("pictures", "to_png"), has_map, heavy=True),
        Form("svg", "svg", "image/svg+xml", msg("Image SVG"), msg("la carte, vectorielle"),
             _lazily("pictures", "to_svg"), has_map),
    )
}  # fmt: skip
"""In the order in which they are offered."""
LINK = 54
"""Characters of a link that hold in a line of a chart alone."""
DRAWN = ("svg", "png")
"""Forms that a chart of a content has, asked for by its key."""


def suited(content: Content) -> list[Form]:
    """The forms that a content has."""
    return [form for form in FORMS.values() if form.suits(content)]


def chart(content: Content, key: str, form: str, origin: str) -> bytes:
    """One chart as a picture with title, sentence, provenance and link; ``KeyError`` for one that there is not."""
    content = told(content, origin)
    drawings = {one.key: one for section in content.sections for one in section.drawings}
    pictures = import_module("dashboard.exports.pictures")
    address = origin + content.address
    foot = [
        part for line in (*content.lines, address) for part in (textwrap.wrap(line, LINK) if "://" in line else [line])
    ]
    picture: str = pictures.coded(drawings[key].file(foot), address)
    if form == "svg":
        return picture.encode()
    made: bytes = pictures.dotted(picture)
    return made
