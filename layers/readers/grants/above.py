"""Totals that stand above what they add up: the title of a part of a table, with its sum, as pivot tables print it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Final

from layers.readers.rows import Row

_WHO: Final = ("siret", "siren", "rna", "city", "postcode", "postcode_city", "insee", "address")
_LEAST, _MEAN = 2, 3
"""Rows that a first total has to add up; rows of a part, on the average, where no row looks unlike the others."""

Cents = Callable[[Row], int]


def totals_above(rows: Sequence[Row], cents: Cents) -> tuple[frozenset[int], frozenset[int]]:
    """Lines of the rows that only add up those below them, and of those that look so and do not.

    A row that fills fewer cells than most, and tells neither number nor place, is one where it is the sum of the next
    that do; where no row looks unlike the others, only a table that is all parts with their sums, to the cent, is.
    """
    money = [cents(row) for row in rows]
    lean = _lean(rows)
    if not lean:
        return frozenset(rows[at].line for at in _partition(money)), frozenset()
    found = {at: _added(at, money, lean) for at in sorted(lean)}
    if max(found.values(), default=0) < _LEAST:
        return frozenset(), frozenset()
    proved = {at for at, count in found.items() if count}
    wrong = {at for at in lean - proved if money[at]} if len(proved) * _LEAST >= len(lean) else set()
    return frozenset(rows[at].line for at in proved), frozenset(rows[at].line for at in wrong)


def _lean(rows: Sequence[Row]) -> set[int]:
    filled = [sum(cell != "" for cell in row.cells) for row in rows]
    usual = median(filled) if filled else 0
    return {at for at, row in enumerate(rows) if filled[at] < usual and not any(row[key] for key in _WHO)}


def _added(at: int, money: Sequence[int], lean: set[int]) -> int:
    """How many rows below, those that look alike it apart, make its amount; 0 where none do."""
    added = count = 0
    for below in range(at + 1, len(money)):
        if below not in lean:
            added, count = added + money[below], count + 1
            if added == money[at] != 0:
                return count
    return 0


def _partition(money: Sequence[int]) -> tuple[int, ...]:
    """Places of the totals of a table that is nothing but parts, each under its sum."""
    heads = tuple(_heads(money))
    parts = len(money) - len(heads)
    return heads if heads and parts >= _MEAN * len(heads) and len(set(money)) > len(heads) + 1 else ()


def _heads(money: Sequence[int]) -> Iterator[int]:
    at = 0
    while at < len(money):
        added, below = 0, at + 1
        while below < len(money) and (added != money[at] or below == at + 1):
            added, below = added + money[below], below + 1
        if added != money[at] or not added:
            return
        yield at
        at = below
