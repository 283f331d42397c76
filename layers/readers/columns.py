"""The columns a reader needs, and where a header has them, whatever its capitals, accents and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from layers.cache import Remembered
from layers.headings import normalised
from layers.recognition import titles as recognised
from layers.recognition.contents import content
from layers.recognition.opening import Table
from layers.recognition.spellings import NONE, Spellings
from layers.values.periods import Period

Located = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its *key* for the reader, its *name* as the official file prints it.

    *titles* are those that files give it (`layers.recognition.spellings.spelled`), its *name* alone where they are left
    out. *meaning* is what its title says (`layers.recognition.titles`), by which it is known where none of them is
    there. *many* columns may match where the header carries one a year; otherwise a second match is an error. *places*
    are those of a column that was recognised by what it says: nothing is then matched. *content* is what its cells are
    (`layers.recognition.contents`), by which it is told where several columns bear a title of its.
    """

    key: str
    name: str
    titles: Spellings = NONE
    required: bool = True
    many: bool = False
    places: tuple[int, ...] | None = None
    content: str = ""
    meaning: str = ""

    def matches(self, header: str) -> bool:
        """Whether a header cell is this column."""
        return bool(self.among([normalised(header)]))

    def among(self, titles: Sequence[str]) -> tuple[int, ...]:
        """Positions of this column among normalised titles."""
        if self.places is not None:
            return self.places
        if found := self.titles.among(titles) if self.titles else _named(normalised(self.name), titles):
            return found
        return tuple(index for index, title in enumerate(titles) if self.meaning and _says(title) == self.meaning)

    def period(self, header: str) -> Period | None:
        """The year, month or quarter of the numbers of a header cell that is this column; None where it tells none."""
        return self.titles.period(normalised(header))


def _named(name: str, titles: Sequence[str]) -> tuple[int, ...]:
    return tuple(index for index, title in enumerate(titles) if title == name)


def _read(title: str) -> str:
    found = recognised.read(title)
    return found.meaning if found.confidence >= recognised.LIKELY else ""


_says: Final[Remembered[str]] = Remembered("layouts", _read, most=4096, longest=200)
"""What a title surely says; empty where it says nothing that is known."""


def locate(columns: Sequence[Column], header: Sequence[str]) -> Located:
    """Positions in *header* of each column by key; an absent column has none."""
    titles = [normalised(name) for name in header]
    return {column.key: column.among(titles) for column in columns}


def told_by_content(columns: Sequence[Column], source: Table) -> tuple[Column, ...]:
    """The columns, each that several titles match being the one whose cells are what it holds."""
    titles = [normalised(name) for name in source.header]
    return tuple(_by_content(one, one.among(titles), source) for one in columns)


def _by_content(column: Column, places: tuple[int, ...], source: Table) -> Column:
    alike = len({normalised(source.header[at]) for at in places}) < len(places)
    if not column.content or alike or not places:
        return column
    held = {at: content([row[at] for row in source.sample if at < len(row)])[column.content] for at in places}
    return replace(column, places=(max(places, key=lambda at: held[at]),))


def missing(columns: Sequence[Column], header: Sequence[str]) -> list[Column]:
    """Required columns that *header* lacks."""
    located = locate(columns, header)
    return [column for column in columns if column.required and not located[column.key]]


def repeated(columns: Sequence[Column], header: Sequence[str]) -> list[Column]:
    """Columns that *header* has twice, so that no one can tell which to read."""
    located = locate(columns, header)
    return [column for column in columns if _is_repeated(column, located[column.key], header)]


def _is_repeated(column: Column, positions: tuple[int, ...], header: Sequence[str]) -> bool:
    if not column.many:
        return len(positions) > 1
    return len({normalised(header[index]) for index in positions}) < len(positions)
