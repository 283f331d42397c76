"""Rows with numbers that are of no table that is read: another table perhaps, and never left out without a word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from layers.recognition.contents import KINDS, content, filled, is_number
from layers.recognition.encodings import repaired
from layers.recognition.tables import Line
from layers.values.amounts import amounts

if TYPE_CHECKING:
    from layers.recognition.blocks import Block, Grid

_LOOKED: Final = 5_000
"""Rows of a sheet that are looked through."""
_PAIR: Final = 2
"""Cells of a line that is no table by itself: « Total attribué », and how much."""
_MOSTLY, _HALF = 0.8, 0.5
_CODES: Final = ("siret", "siret_like", "siren", "date", "year", "percent")
_TELEPHONE = re.compile(r"\s*0\d.*|\s*\+\d.*")


@dataclass(frozen=True, slots=True)
class Left:
    """Rows that are not read: their sheet, first and last lines, what the first says, the sums of their columns.

    *sums* are in cents, of what is written, one a column of numbers.
    """

    sheet: str
    first: int
    last: int
    said: str
    sums: tuple[int, ...]


def left(seen: Iterable[tuple[int, Grid]], blocks: Sequence[Block]) -> Iterator[Left]:
    """What the tables of visible sheets leave out that has numbers; *seen* are the sheets, with their places."""
    for at, grid in seen:
        held: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for block in blocks:
            for line in (*block.header.lines, *(line for line, _ in block.rows)) if block.sheet == at else ():
                held[line].append(block.columns)
        bare = [(line, _outside(cells, held.get(line, ()))) for line, cells in islice(grid.rows, _LOOKED)]
        above = [(line, cells) for line, cells in bare if line not in held]
        beside = [(line, cells) for line, cells in bare if line in held]
        order = sorted(held)
        parts = [list(rows) for _, rows in groupby(above, key=lambda one: bisect_left(order, one[0]))]
        yield from (found for rows in (*parts, beside) if (found := of_rows(grid.name, rows)) is not None)


def of_rows(sheet: str, rows: Sequence[Line]) -> Left | None:
    """What rows that are of no table hold; None where that is no number, or only a word and a number on one line."""
    rows = [(line, [repaired(cell) for cell in cells]) for line, cells in rows]
    told = [(line, cells) for line, cells in rows if any(map(_counts, cells))]
    most = max((sum(map(filled, cells)) for _, cells in told), default=0)
    if not told or most < _PAIR or (len(told) == 1 and most <= _PAIR):
        return None
    width = max(len(cells) for _, cells in told)
    columns = [[cells[at] for _, cells in told if at < len(cells) and cells[at].strip()] for at in range(width)]
    sums = tuple(sum(one.cents or 0 for one in amounts(cells)) for cells in columns if is_money(cells))
    said = " ; ".join(cell.strip() for cell in told[0][1] if cell.strip())
    return Left(sheet, told[0][0], told[-1][0], said, sums) if sums else None


def _outside(cells: Sequence[str], held: Sequence[tuple[int, int]]) -> list[str]:
    return [cell if not any(first <= at < last for first, last in held) else "" for at, cell in enumerate(cells)]


def _counts(text: str) -> bool:
    plain = text.strip()
    return bool(plain) and is_number(plain) and not KINDS["year"](plain) and not _TELEPHONE.fullmatch(plain)


def is_money(cells: Sequence[str]) -> bool:
    """Whether cells are numbers that may be amounts, and no numbers of structures, days or years."""
    if sum(map(_counts, cells)) <= _HALF * len(cells):
        return False
    held = content(cells)
    return not any(held[kind] >= _MOSTLY for kind in _CODES)
