"""Several sheets, several tables on a sheet: which are read, and how those that are alike become one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from layers import lines
from layers.headings import normalised
from layers.questions import SHEET, Question
from layers.recognition import amounts, tables
from layers.recognition.columns import ColumnMeaning, settle
from layers.recognition.tables import Header, IsHeader, Line

Merged = tuple[int, int, int, int]
"""First line, first column, last line and last column of merged cells: lines from 1, columns from 0."""
_ALIKE, _SAME = 0.6, 0.9
"""Part of the best score from which another sheet is read too; part of rows in common from which it is a copy."""
_FEW, _REPEATED = 2, 0.7
"""Titles in common, and part of those of a header, by which a row repeats it."""
_TELLING: Final = frozenset({"name", "amount", "siret", "rna", "date", "purpose"})
ONE_SUM: Final = "(une seule somme, en cellules fusionnées)"
"""What stands for an amount in merged cells, but on the first of their rows."""
ALL: Final = "Toutes"
"""The answer by which a sheet that repeats some rows of another is read too."""
_LEAST: Final = 1.5
"""Score under which a sheet holds no table that is understood."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its rows, ``(line, cells)`` in the order of the sheet, and the cells that were merged."""

    name: str
    rows: Sequence[Line]
    hidden: bool = False
    merged: tuple[Merged, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a sheet: where it is, its header, its rows below, the texts above it."""

    sheet: int
    name: str
    header: Header
    rows: tuple[Line, ...]
    above: tuple[str, ...]
    end: int = 0


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A sheet that holds some of the rows of those that are read: the question, its rows under the same titles."""

    question: Question
    name: str
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Union:
    """Tables that are alike made one.

    Attributes
    ----------
    names : titles of the columns, those of the first table then those that only others have.
    rows : all the rows under these columns; their numbers tell the sheet (`layers.lines`).
    blocks : the tables that are read, the first of them the best understood.
    copies, unread, hidden : names of sheets that repeat those that are read, that are not read, that were hidden.
    doubtful : sheets that hold some of the same rows, to be read only where that is answered.
    """

    names: tuple[str, ...]
    rows: tuple[Line, ...]
    blocks: tuple[Block, ...]
    copies: tuple[str, ...]
    unread: tuple[str, ...]
    hidden: tuple[str, ...]
    doubtful: tuple[Doubtful, ...]


def union(grids: Sequence[Grid], is_official: IsHeader | None = None, said: tuple[int, ...] = ()) -> Union | None:
    """The table that the sheets of a file make; None where no row of any is a header.

    Hidden sheets are left aside. The sheet that is understood best is read, with those whose columns mean the same;
    a sheet of the same rows is a copy; one that holds some of the same rows is asked about. *said* are the lines of the
    header that is wanted.
    """
    hidden = tuple(grid.name for grid in grids if grid.hidden and grid.rows)
    seen = [(at, grid) for at, grid in enumerate(grids) if not grid.hidden]
    found = [
        block for at, grid in seen for block in (_wanted(at, grid, said) if said else blocks(at, grid, is_official))
    ]
    if not found:
        return None
    best = max(found, key=lambda block: _worth(block, found))
    alike = [block for block in found if block is best or _is_like(block, best)]
    read, copies, doubtful = _distinct(best, alike)
    beside = [block for block in found if block not in alike and _may_give(block, best)]
    doubtful += beside
    left = {*copies, *(block.name for block in read), *(block.name for block in doubtful)}
    unread = [grid.name for grid in grids if not grid.hidden and grid.name not in left and _says(grid)]
    names, laid = _joined([*read, *doubtful])
    order = list(dict.fromkeys(block.sheet for block in read))
    rows = [
        (lines.number(order.index(block.sheet), line), cells)
        for block, own in zip(read, laid, strict=False)
        for line, cells in own
    ]
    asked = [
        Doubtful(_beside(block, best) if block in beside else _overlap(block, best), block.name, own)
        for block, own in zip(doubtful, laid[len(read) :], strict=True)
    ]
    return Union(names, tuple(rows), tuple(read), tuple(copies), tuple(unread), hidden, tuple(asked))


def _worth(block: Block, others: Sequence[Block]) -> tuple[bool, bool, float, bool]:
    """How much a table is worth reading: an official one, one that says who has how much, the best understood."""
    head, most = block.header, max(other.header.score for other in others)
    given = {"name", "amount"} <= {one.meaning for one in head.columns} and head.score >= _ALIKE * most
    return head.official, given, round(head.score, 1), len(block.rows) > 0


def _overlap(block: Block, best: Block) -> Question:
    about = f"La feuille « {block.name} » reprend une partie des lignes d’une autre : les lire toutes ?"
    only = f"Seulement « {best.name} »"
    return Question(SHEET, about, (only, ALL), only, block.name)


def _beside(block: Block, best: Block) -> Question:
    line = block.header.lines[0]
    about = f"Un autre tableau (feuille « {block.name} », ligne {line}) donne des noms et des nombres : le lire aussi ?"
    only = f"Seulement le premier (ligne {best.header.lines[0]})"
    return Question(SHEET, about, (only, ALL), only, f"{block.name} {line}")


def _may_give(block: Block, best: Block) -> bool:
    """Whether a table that is not read may be of grants too: names, and amounts or as many numbers not understood."""
    told = {one.meaning for one in block.header.columns}
    if not block.rows or "name" not in told or block.header.official or best.header.official:
        return False
    alike = len(told & {one.meaning for one in best.header.columns} - {""}) > 1
    return "amount" in told or (alike and bool(amounts.unread(block.header.columns)))


def _says(grid: Grid) -> bool:
    return any(cell.strip() for _, cells in grid.rows for cell in cells)


def _wanted(at: int, grid: Grid, said: tuple[int, ...]) -> Iterator[Block]:
    """The table of a sheet below the header of these lines."""
    rows = unmerged(grid.rows, grid.merged)
    if (found := tables.header(rows, None, said)) is not None:
        above = tuple(cell.strip() for _, cells in rows[: found.first] for cell in cells if cell.strip())
        yield Block(at, grid.name, found, tuple(rows[found.last + 1 :]), above, len(rows))


def blocks(at: int, grid: Grid, is_official: IsHeader | None) -> Iterator[Block]:
    """The tables of a sheet: those that stand side by side, each from the top."""
    rows = unmerged(grid.rows, grid.merged)
    own = dict(grid.rows)
    for first, last in _sides(rows, is_official):
        side = [(line, cells[first:last]) for line, cells in rows] if first or last < _width(rows) else rows
        yield from _stacked(at, grid, side, {line: own[line][first:last] for line in own}, is_official)


def _stacked(
    at: int, grid: Grid, rows: Sequence[Line], own: Mapping[int, Sequence[str]], is_official: IsHeader | None
) -> Iterator[Block]:
    while (found := tables.header(rows, is_official)) is not None:
        above = list(_stacked(at, grid, rows[: found.first], own, is_official)) if _holds_table(rows, found) else []
        yield from above
        below = rows[found.last + 1 :]
        end = next((place for place, (_, cells) in enumerate(below) if place and restarts(cells, found)), len(below))
        told = rows[above[-1].end if above else 0 : found.first]
        texts = tuple(cell.strip() for _, cells in told for cell in cells if cell.strip())
        money = [one.at for one in found.columns if one.meaning == "amount"]
        yield Block(at, grid.name, found, tuple(_counted_once(below[:end], own, money)), texts, found.last + 1 + end)
        rows = below[end:]


def _holds_table(rows: Sequence[Line], found: Header) -> bool:
    """Whether what stands above a header is another table like it: its titles at other places, or its meanings."""
    upper = tables.header(rows[: found.first]) if found.first > 1 else None
    if upper is None or upper.last + 1 >= found.first:
        return False
    mine, theirs = ({one.meaning for one in one_.columns} for one_ in (upper, found))
    return restarts(upper.names, found) or {"name", "amount"} <= mine & theirs


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
    return bands if apart else [(0, width)]


def _stands_alone(head: Header) -> bool:
    told = {one.meaning for one in head.columns}
    return "amount" in told and bool(told & {"name", "city", "category", "scheme"})


def _both_name(heads: Sequence[Header]) -> bool:
    return sum(any(one.meaning == "name" for one in head.columns) for head in heads) > 1


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
    said, names = [normalised(cell) for cell in cells], [normalised(name) for name in known.names]
    told = {one for one in said if one}
    if len(told & set(names)) >= max(_FEW, _REPEATED * len(set(names) - {""})):
        same = sum(one == name and one != "" for one, name in zip(said, names, strict=False))
        return same < len(told & set(names))
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


def _signature(block: Block) -> frozenset[tuple[str, str, str]]:
    columns = [one for one in block.header.columns if one.meaning]
    return frozenset((one.meaning, one.money.stage, one.money.form) for one in columns)


def _titles(block: Block) -> list[str]:
    return [title for name in block.header.names if (title := normalised(name))]


def _is_like(block: Block, best: Block) -> bool:
    """Whether a table says the same things as the best one: the same titles, or most of its meanings."""
    if not block.rows or block.header.official != best.header.official:
        return False
    if _titles(block) == _titles(best):
        return True
    mine, theirs = _signature(block), _signature(best)
    needed = {meaning for meaning, _, _ in theirs} & {"name", "amount"}
    if block.header.score < max(_LEAST, _ALIKE * best.header.score) or not needed <= {one for one, _, _ in mine}:
        return False
    return "amount" in needed and len(mine & theirs) >= _ALIKE * min(len(mine), len(theirs))


def _distinct(best: Block, alike: Sequence[Block]) -> tuple[list[Block], list[str], list[Block]]:
    """The tables to read, the names of those that are copies of one of them, those that overlap."""
    read, copies, doubtful = [best], [], []
    for block in alike:
        if block is best:
            continue
        common = max((_common(block, other) for other in read), default=0.0)
        if common >= _SAME:
            copies.append(block.name)
        elif common > 1 - _SAME:
            doubtful.append(block)
        else:
            read.append(block)
    return sorted(read, key=lambda block: (block is not best, block.sheet)), copies, doubtful


def _common(block: Block, other: Block) -> float:
    """Part of the rows of a table that another one says too, by the cells that they fill."""
    shared = _TELLING & {one.meaning for one in block.header.columns} & {one.meaning for one in other.header.columns}
    mine, theirs = _rows_said(block, shared), _rows_said(other, shared)
    least = min(mine.total(), theirs.total())
    return (mine & theirs).total() / least if least else 0.0


def _rows_said(block: Block, meanings: AbstractSet[str]) -> Counter[frozenset[str]]:
    places = [one.at for one in block.header.columns if one.meaning in meanings]
    said = (
        frozenset(" ".join(cells[at].split()).lower() for at in places if at < len(cells) and cells[at].strip())
        for _, cells in block.rows
    )
    return Counter(row for row in said if row)


def _joined(blocks: Sequence[Block]) -> tuple[tuple[str, ...], list[tuple[Line, ...]]]:
    """The columns of all the tables, and the rows of each under them."""
    names = list(blocks[0].header.names)
    places = [list(range(len(names))), *(_places(block, blocks[0], names) for block in blocks[1:])]
    return tuple(names), [
        tuple((line, _laid(cells, own, len(names))) for line, cells in block.rows)
        for block, own in zip(blocks, places, strict=True)
    ]


def _laid(cells: list[str], places: Sequence[int], width: int) -> list[str]:
    """Cells under the titles where they go; those of the first table are as they were."""
    if list(places) == list(range(len(places))):
        return cells
    laid = [""] * width
    for at, text in zip(places, cells, strict=False):
        laid[at] = text
    return laid


def settled(union: Union) -> tuple[ColumnMeaning, ...]:
    """The meanings of the columns of tables made one: those of the first, and those that only others have."""
    first = union.blocks[0].header.columns
    if len(union.blocks) == 1 and not union.doubtful:
        return first
    sample = [cells for rows in (union.rows, *(one.rows for one in union.doubtful)) for _, cells in rows]
    step = max(1, len(sample) // tables.SAMPLE)
    return settle(union.names, sample[::step])


def _places(block: Block, first: Block, names: list[str]) -> list[int]:
    """Under which column of the first table each of another goes; those that it lacks are added to *names*."""
    titles = [normalised(name) for name in names]
    taken: set[int] = set()
    out = []
    for one in block.header.columns:
        at = next(
            (i for i, title in enumerate(titles) if title == normalised(one.name) and i not in taken and title), None
        )
        at = _of_meaning(one, first.header.columns, taken) if at is None else at
        if at is None:
            names.append(one.name)
            titles.append(normalised(one.name))
            at = len(names) - 1
        taken.add(at)
        out.append(at)
    return out


def _of_meaning(one: ColumnMeaning, columns: Sequence[ColumnMeaning], taken: set[int]) -> int | None:
    alike = (
        other.at for other in columns if other.meaning and other.meaning == one.meaning and other.money == one.money
    )
    return next((at for at in alike if at not in taken), None)
