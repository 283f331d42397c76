"""The tables of one sheet: one below or beside the other, their merged cells undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from layers.headings import normalised
from layers.recognition import tables
from layers.recognition.columns import FLOOR
from layers.recognition.contents import is_number
from layers.recognition.tables import Header, IsHeader, Line

Merged = tuple[int, int, int, int]
"""First line, first column, last line and last column of merged cells: lines from 1, columns from 0."""
_FEW, _REPEATED = 2, 0.7
"""Titles in common, and part of those of a header, by which a row repeats it."""
ONE_SUM: Final = "(une seule somme, en cellules fusionnées)"
"""What stands for an amount in merged cells, but on the first of their rows."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its rows, ``(line, cells)`` in the order of the sheet, and the cells that were merged."""

    name: str
    rows: Sequence[Line]
    hidden: bool = False
    merged: tuple[Merged, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a sheet: where it is, its header, its rows below, the texts above it, its first and last columns.

    *titles* are those among the last rows of the table above it.
    """

    sheet: int
    name: str
    header: Header
    rows: tuple[Line, ...]
    above: tuple[str, ...]
    end: int = 0
    columns: tuple[int, int] = (0, 0)
    titles: tuple[str, ...] = ()


def blocks(at: int, grid: Grid, is_official: IsHeader | None) -> Iterator[Block]:
    """The tables of a sheet: those that stand side by side, each from the top."""
    rows = unmerged(grid.rows, grid.merged)
    own = dict(grid.rows)
    for first, last in _sides(rows, is_official):
        side = [(line, cells[first:last]) for line, cells in rows] if first or last < _width(rows) else rows
        for block in _stacked(at, grid, side, {line: own[line][first:last] for line in own}, is_official):
            yield replace(block, columns=(first, last))


def wanted(at: int, grid: Grid, said: tuple[int, ...]) -> Iterator[Block]:
    """The table of a sheet below the header of these lines."""
    rows = unmerged(grid.rows, grid.merged)
    if (found := tables.header(rows, None, said)) is not None:
        above = _texts(rows[: found.first])
        yield Block(at, grid.name, found, tuple(rows[found.last + 1 :]), above, len(rows), (0, _width(rows)))


def _stacked(
    at: int, grid: Grid, rows: Sequence[Line], own: Mapping[int, Sequence[str]], is_official: IsHeader | None
) -> Iterator[Block]:
    last: Sequence[Line] = ()
    while (found := tables.header(rows, is_official)) is not None:
        above = list(_stacked(at, grid, rows[: found.first], own, is_official)) if _holds_table(rows, found) else []
        yield from above
        below = rows[found.last + 1 :]
        end = next((place for place, (_, cells) in enumerate(below) if place and restarts(cells, found)), len(below))
        told = rows[above[-1].end if above else 0 : found.first]
        titles = _texts([*last, *(_titles_at_the_end(rows[: found.first]) if above else ())])
        money = [one.at for one in found.columns if one.meaning == "amount"]
        held = tuple(_counted_once(below[:end], own, money))
        yield Block(at, grid.name, found, held, _texts(told), found.last + 1 + end, titles=titles)
        rows, last = below[end:], _titles_at_the_end(below[:end])


def _texts(rows: Sequence[Line]) -> tuple[str, ...]:
    return tuple(cell.strip() for _, cells in rows for cell in cells if cell.strip())


def _titles_at_the_end(rows: Sequence[Line]) -> Sequence[Line]:
    """The rows after the last that holds a number or several texts: titles of the table that begins below them."""
    at = len(rows)
    while (
        at and sum(bool(cell.strip()) for cell in rows[at - 1][1]) <= _FEW and not any(map(is_number, rows[at - 1][1]))
    ):
        at -= 1
    return rows[at:]


def headed(block: Block, others: Sequence[Block]) -> tuple[str, ...]:
    """The texts above a table, first those of the tables above it, or at its left: they hold while no other says so."""
    first = block.header.lines[0]
    before = [one for one in others if one.sheet == block.sheet and one is not block]
    over = [one for one in before if one.columns == block.columns and one.header.lines[0] < first]
    beside = [one for one in before if one.columns < block.columns and not block.above]
    told = [*sorted(over or beside[:1], key=lambda one: one.header.lines[0]), block]
    return tuple(text for one in told for text in (*one.titles, *one.above))


def _holds_table(rows: Sequence[Line], found: Header) -> bool:
    """Whether what stands above a header is another table like it: its titles at other places, or its meanings."""
    upper = tables.header(rows[: found.first]) if found.first > 1 else None
    if upper is None or upper.last + 1 >= found.first:
        return False
    mine, theirs = ({one.meaning for one in one_.columns} for one_ in (upper, found))
    return restarts(upper.names, found) or len((mine & theirs) - {""}) > 1


def _width(rows: Sequence[Line]) -> int:
    return max((len(cells) for _, cells in rows), default=0)


def _sides(rows: Sequence[Line], is_official: IsHeader | None) -> list[tuple[int, int]]:
    """First and last but one columns of the tables that stand side by side; of the whole where there is one."""
    width = _width(rows)
    said = [any(at < len(cells) and cells[at].strip() for _, cells in rows) for at in range(width)]
    edges = [-1, *(at for at in range(width) if not said[at]), width]
    bands = [(a + 1, b) for a, b in pairwise(edges) if b - a > _FEW]
    if len(bands) < _FEW:
        return [(0, width)]
    heads = [tables.header([(line, cells[a:b]) for line, cells in rows]) for a, b in bands]
    whole = tables.header(rows, is_official)
    if whole is not None and whole.official:
        return [(0, width)]
    found = [head for head in heads if head is not None]
    own = [head for head in found if _stands_alone(head)]
    apart = len({head.last for head in found}) > 1 and sum(head.score for head in found) > 1 + (
        whole.score if whole else 0
    )
    apart |= len(own) > 1 and (_both_name(own) or _heights_differ(rows, bands))
    apart |= sum(map(_says_names, found)) > 1 and _heights_differ(rows, bands)
    apart &= _both_name(found) or not _goes_on(rows, bands, found)
    last = heads[-1]
    counts = last is not None and any(one.meaning == "count" for one in last.columns)
    if not apart and last and counts and _stands_alone(last) and not _names(last) and _heights_differ(rows, bands):
        return [(0, bands[-1][0]), bands[-1]]  # a summary at the right
    return bands if apart else [(0, width)]


def _goes_on(rows: Sequence[Line], bands: Sequence[tuple[int, int]], heads: Sequence[Header]) -> bool:
    """Whether one table has an empty column: its parts have one header, and all of them cells on its rows of data."""
    if len(heads) < len(bands) or len({(head.first, head.last) for head in heads}) > 1:
        return False
    below = rows[heads[0].last + 1 :]
    told = [[sum(bool(cell.strip()) for cell in cells[a:b]) for a, b in bands] for _, cells in below]
    least = max((sum(row) for row in told), default=0) / 2
    return all(all(row) for row in told if sum(row) > max(_FEW, least))


def _stands_alone(head: Header) -> bool:
    told = {one.meaning for one in head.columns}
    return "amount" in told and bool(told & {"name", "city", "category", "scheme"})


def _names(head: Header) -> bool:
    return any(one.meaning == "name" for one in head.columns)


def _says_names(head: Header) -> bool:
    """Whether a title says who receives, and not cells alone."""
    return any(one.meaning == "name" and one.confidence > FLOOR for one in head.columns)


def _both_name(heads: Sequence[Header]) -> bool:
    return sum(map(_names, heads)) > 1


def _heights_differ(rows: Sequence[Line], bands: Sequence[tuple[int, int]]) -> bool:
    return len({sum(any(cell.strip() for cell in cells[a:b]) for _, cells in rows) for a, b in bands}) > 1


def _counted_once(rows: Sequence[Line], own: Mapping[int, Sequence[str]], money: Sequence[int]) -> Iterator[Line]:
    """Rows, an amount in merged cells being that of the first of them alone: it is one sum for all."""
    for line, cells in rows:
        repeated = [
            at for at in money if at < len(cells) and cells[at] and not (own[line][at] if at < len(own[line]) else "")
        ]
        yield line, [ONE_SUM if at in repeated else cell for at, cell in enumerate(cells)] if repeated else cells


def restarts(cells: Sequence[str], known: Header) -> bool:
    """Whether a row begins another table, other titles or the same at other places; not where it repeats this one's."""
    if not any(cell and cell in known.names for cell in cells):
        return tables.begins_table(cells)
    said, names = [normalised(cell) for cell in cells], [normalised(name) for name in known.names]
    told = {one for one in said if one}
    if len(told & set(names)) >= max(_FEW, _REPEATED * min(len(told), len(set(names) - {""}))):
        same = sum(one == name and one != "" for one, name in zip(said, names, strict=False))
        more = [one for at, one in enumerate(said) if one and not (at < len(names) and names[at])]
        return same < len(told & set(names)) or bool(more)
    return tables.begins_table(cells)


def unmerged(rows: Sequence[Line], merged: Sequence[Merged]) -> list[Line]:
    """Rows where what merged cells say stands in each cell of a column that they cover."""
    held = {line: list(cells) for line, cells in rows}
    for first, left, last, _right in merged:
        told = held.get(first, [])
        text = told[left] if left < len(told) else ""
        for line in range(first + 1, last + 1):
            if text and line in held:
                cells = held[line]
                cells += [""] * (left + 1 - len(cells))
                cells[left] = cells[left] or text
    return [(line, held[line]) for line, _ in rows]
