"""A file of a draft, read at once as it was said to be: what its rows would become, and what they would replace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

import pandas as pd

from geodata import geography as geographies
from geodata.attach import Attacher
from layers import lookups, register
from layers.account import Account
from layers.lines import line_of
from layers.lookups import Lookups
from layers.merging import Tables, merge
from layers.preparation import How, incoming_of
from layers.readers import Reading
from layers.readers.opened import Opened
from layers.readers.registry import open_file, read_open
from layers.register import Register
from layers.release import Release
from layers.store import Store
from layers.table_changes import PART
from layers.unreadable import UnreadableFile

LOOKED_AT: Final = 20_000
"""Rows that are read while somebody waits; the rehearsal reads them all."""

_PLACED: Final = ("grants", "actors")
"""Tables of which a row has a place, or none is known."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """Rows of a year of one part of a table (`layers.table_changes.PART`), shown now and once published; cents too."""

    table: str
    part: str
    year: int
    before: int
    after: int
    cents_before: int
    cents_after: int


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a file is understood to be, and what that gives.

    Attributes
    ----------
    opened : the file; None where it cannot be opened at all.
    account : what its rows become; None where it cannot be read so.
    error : why not.
    tables : the records that it gives.
    replaced : what publishing it would change, by year.
    unplaced : rows of which no place is known, by line: whose, and why where the row is refused for it.
    aside : titles, notes and totals below the header: line, code of their warning, what they say.
    cut : whether it has more rows than were read.
    """

    opened: Opened | None
    account: Account | None = None
    error: UnreadableFile | None = None
    tables: Mapping[str, pd.DataFrame] | None = None
    replaced: tuple[Replaced, ...] = ()
    unplaced: tuple[tuple[int, str, str], ...] = ()
    aside: tuple[tuple[int, str, str], ...] = ()
    cut: bool = False


def look(path: Path, store: Store, how: How) -> Look:
    """Open a file and read its first rows, as they were said to be; nothing is written. Raises `DamagedRelease`."""
    try:
        opened = open_file(path, how.kind, how.mappings, how.answers)
    except UnreadableFile as error:
        return Look(None, error=error)
    some = list(islice(opened.source.rows, LOOKED_AT))
    more = next(opened.source.rows, None)
    opened = replace(opened, source=replace(opened.source, rows=iter(some)))
    name = store.current()
    base = store.load(name) if name else None
    try:
        reading = read_open(opened, how.year, *_places(base, lookups.read(store.folder)))
    except UnreadableFile as error:
        return Look(opened, error=error)
    incoming = incoming_of(path, reading)
    after = merge(base, [incoming]).tables
    said = {line: " ".join(cell.strip() for cell in cells if cell.strip()) for line, cells in some}
    aside = tuple((line_of(line), code, said.get(line, "")) for line, code in sorted(reading.account.aside))
    replaced = tuple(_replaced(base, after, reading))
    unplaced = tuple({line: (line, whose, why) for line, whose, why in sorted(_unplaced(reading))}.values())
    return Look(opened, reading.account, None, reading.tables, replaced, unplaced, aside, cut=more is not None)


def _unplaced(reading: Reading) -> Iterator[tuple[int, str, str]]:
    """Rows without a place, kept or refused: line, whose, why."""
    for frame in (reading.tables[name] for name in _PLACED if name in reading.tables):
        some = frame[frame["commune"].isna()]
        yield from ((line_of(int(line)), str(name), "") for line, name in zip(some["row"], some["name"], strict=True))
    for one in reading.account.rejects:
        if one.candidates is not None:
            yield line_of(one.row), one.value, one.reason


def _places(base: Release | None, told: Lookups) -> tuple[Attacher, Register]:
    """What places rows: the structures of the release that is shown, and what a public register answered."""
    known = register.known(base, [], told) or Register()
    return register.attacher(geographies.load(), told, known), known


def _replaced(base: Release | None, after: Tables, reading: Reading) -> Iterator[Replaced]:
    for name, rows in reading.tables.items():
        now = base.tables()[name] if base is not None and not base.demonstration else after[name][:0]
        for part, year in sorted(set(_keys(name, rows))):
            old, new = (_of(name, frame, part, year) for frame in (now, after[name]))
            yield Replaced(name, part, year, old[0], new[0], old[1], new[1])


def _keys(name: str, rows: pd.DataFrame) -> Iterator[tuple[str, int]]:
    parts = rows[PART[name]].astype(object) if name in PART else [""] * len(rows)
    yield from ((str(part), int(year)) for part, year in zip(parts, rows["year"], strict=True))


def _of(name: str, rows: pd.DataFrame, part: str, year: int) -> tuple[int, int]:
    """Rows, and their cents, of a part and a year of a table."""
    some = rows[rows["year"].eq(year)]
    some = some[some[PART[name]].astype(object).eq(part)] if name in PART else some
    return len(some), int(some["amount_cents"].sum()) if "amount_cents" in some else 0
