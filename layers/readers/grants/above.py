"""Totals that stand above what they add up: the title of a part of a table, with its sum, as pivot tables print it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import Final

from layers.headings import normalised
from layers.readers.rows import Row
from layers.recognition.totals import is_titled

_WHO: Final = ("siret", "siren", "rna", "city", "postcode", "postcode_city", "insee", "address")
_NUMBERS: Final = ("siret", "siren", "rna")
_LEAST, _MEAN, _MOSTLY = 2, 3, 0.75
"""Rows of a part, on the average: where its total looks unlike them, and where it does not; totals that hold."""

Cents = Callable[[Row], int]


def totals_above(rows: Sequence[Row], cents: Cents) -> tuple[frozenset[int], frozenset[int], bool]:
    """Lines of the rows that only add up those below them, of those that look so and do not; whether that is sure.

    A row that fills fewer cells than most, and tells neither number nor place, looks so; it is a total where it and
    nearly all those like it are the sum of the rows below, down to another of them. Where no row looks unlike the
    others, only a table that is all parts with their sums, to the cent, has totals; it is not sure of one part, of
    parts of one or two rows, nor where one that adds up has a number of its own.
    """
    money = [cents(row) for row in rows]
    lean = _lean(rows)
    if not lean:
        heads = _partition(money)
        said = all(any(is_titled(normalised(text)) for text in rows[at].cells) for at in heads)
        numbered = any(rows[at][key] for at in heads for key in _NUMBERS)
        ends = [*heads[1:], len(rows)][: len(heads)]
        alone = any(after - at <= _LEAST for at, after in zip(heads, ends, strict=True))
        return frozenset(rows[at].line for at in heads), frozenset(), said or not (len(heads) == 1 or numbered or alone)
    headed = {at for at in lean if money[at]}
    found = {at: count for at in headed if (count := _added(at, money, lean))}
    if len(found) < _MOSTLY * len(headed) or sum(found.values()) < _LEAST * len(found):
        return frozenset(), frozenset(), True
    return frozenset(rows[at].line for at in found), frozenset(rows[at].line for at in headed - found.keys()), True


def _lean(rows: Sequence[Row]) -> set[int]:
    filled = [sum(cell != "" for cell in row.cells) for row in rows]
    usual = median(filled) if filled else 0
    return {at for at, row in enumerate(rows) if filled[at] < usual and not any(row[key] for key in _WHO)}


def _added(at: int, money: Sequence[int], lean: set[int]) -> int:
    """How many rows below, down to one that looks like it, make its amount; 0 where none do."""
    added = count = 0
    for below in range(at + 1, len(money)):
        if below in lean and count and added == money[at]:
            return count
        if below not in lean:
            added, count = added + money[below], count + 1
    return count if added == money[at] else 0


def _partition(money: Sequence[int]) -> list[int]:
    """Places of the totals of a table that is nothing but parts, each under its sum."""
    heads, at = list[int](), 0
    while at < len(money):
        added, below = 0, at + 1
        while below < len(money) and (added != money[at] or below == at + 1):
            added, below = added + money[below], below + 1
        if added != money[at] or not added:
            return []
        heads.append(at)
        at = below
    is_told = len(money) - len(heads) >= _MEAN * len(heads) and len(set(money)) > len(heads) + 1
    return heads if is_told else []
