"""What a page shows, apart from how: sections of sentences, findings, drawings, maps and tables.

One content feeds the page, its exports in every format and the documents made of it, so that they cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.drawing import Drawing
from dashboard.i18n import msg
from dashboard.legend import MARKS
from dashboard.smallmaps import SmallMap
from layers.series import SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.disputes.figure import Figure


STATES = {
    "value": msg("valeur"),
    "zero": msg("zéro"),
    "suppressed": msg("secret statistique"),
    "missing": msg("non disponible"),
}
"""What the state of a value is called."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of a table.

    ``value`` is unrounded (None where there is none), ``text`` as printed, ``state`` one of the four of
    `layers.series`, or empty where the cell is no measure, ``lang`` its language where that is not the page's, ``of``
    the value of the registry that it is, where it is one, ``within`` the numbers of a text that holds several, each
    with what it is called.
    """

    value: float | str | None
    text: str
    state: str = ""
    lang: str = ""
    of: Figure | None = None
    within: tuple[tuple[str, Entry], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the first column names the row, ``rows`` are as long as ``columns``, ``note`` is to be known of it.

    ``asked``: its columns are the places that were asked for, and no document leaves one out.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    note: str = ""
    asked: bool = False


def filled(sheet: Sheet, keep: int = 1) -> Sheet:
    """A table without the columns, after the first ``keep``, that no row fills: a phone has no room for them."""
    kept = [n for n in range(len(sheet.columns)) if n < keep or any(row[n].text for row in sheet.rows)]
    columns = tuple(sheet.columns[n] for n in kept)
    return replace(sheet, columns=columns, rows=tuple(tuple(row[n] for n in kept) for row in sheet.rows))


def parted(sheet: Sheet, most: int) -> tuple[Sheet, ...]:
    """A table in as many as it takes for none to have more columns than *most*; each keeps the names of the rows.

    What was asked for is in one of them: a page is too narrow for eight areas, and leaves none out.
    """
    if len(sheet.columns) <= most:
        return (sheet,)
    count = -(-(len(sheet.columns) - 1) // (most - 1))
    held = -(-(len(sheet.columns) - 1) // count)
    starts = range(1, len(sheet.columns), held)
    return tuple(
        replace(
            sheet,
            title=f"{sheet.title} ({number}/{len(starts)})",
            columns=(sheet.columns[0], *sheet.columns[at : at + held]),
            rows=tuple((row[0], *row[at : at + held]) for row in sheet.rows),
            note=sheet.note if number == len(starts) else "",
        )
        for number, at in enumerate(starts, 1)
    )


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that the numbers support, its kind as printed (« Rang », « Alerte »), and the view that proves it.

    ``lang`` is as of `Entry`; ``linked`` is what the link is called, where it leads to something else than a proof.
    """

    text: str
    kind: str = ""
    href: str = ""
    lang: str = ""
    linked: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """A map and its legend: marks and labels of the classes, radii of the circles with their labels.

    A negative radius is that of a hollow circle, which stands for a value below zero.
    """

    drawn: SmallMap
    title: str
    blocks: tuple[tuple[str, str], ...] = ()
    sizes: tuple[tuple[str, float], ...] = ()
    palette: str = "sequential"
    classes: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under one heading, in the order in which it is read; any of its parts may be empty.

    ``reference`` is a part to look things up in: it is in the page and in every file, but no slide is made of it.
    """

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    maps: tuple[Map, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """What an indicator is: what a reader of a file must find beside its numbers."""

    key: str
    label: str
    unit: str
    definition: str
    formula: str
    source: str
    caveat: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A page.

    ``address`` is the path and query that reopen it on the same release; ``lines`` its provenance, a line each:
    release, vintage, perimeter, filters, sources, licences, and the demonstration mark where there is one. ``disputed``
    tells which of its values are disputed and not answered, each with the path of its dispute; ``flagged`` are they.
    """

    key: str
    address: str
    title: str
    headline: str
    subtitle: str
    sections: tuple[Section, ...]
    definitions: tuple[Definition, ...]
    lines: tuple[str, ...]
    release: str
    demonstration: bool
    disputed: tuple[Statement, ...] = ()
    flagged: frozenset[Figure] = frozenset()


def suppressed(sections: Collection[Section]) -> int:
    """How many values are under secrecy in the tables and on the maps of some sections."""
    entries = (one for section in sections for sheet in section.sheets for row in sheet.rows for one in row)
    painted = (shape for section in sections for one in section.maps for shape in one.drawn.shapes)
    return sum(_hidden(one) for one in entries) + sum(shape.mark == MARKS[SUPPRESSED] for shape in painted)


def _hidden(entry: Entry) -> int:
    return (entry.state == SUPPRESSED) + sum(_hidden(one) for _name, one in entry.within)
