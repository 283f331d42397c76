"""Several sheets, several tables on a sheet: which are read, and how those that are alike become one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from layers import lines
from layers.headings import normalised
from layers.questions import SHEET, Question
from layers.recognition import residue, tables
from layers.recognition.blocks import Block, Grid, blocks, headed, wanted
from layers.recognition.columns import ColumnMeaning, settle
from layers.recognition.encodings import repaired
from layers.recognition.residue import Left
from layers.recognition.tables import IsHeader, Line
from layers.recognition.titles import ASKED, GRANT, PROPOSED
from layers.values.amounts import amount

_ALIKE, _SAME = 0.6, 0.9
"""Part of the best score from which another sheet is read too; part of rows in common from which it is a copy."""
_SUSPECT, _DIFFERENT = 0.5, 5
"""Part that is taken for common of tables with the same amounts; how many different ones that takes."""
_TELLING: Final = frozenset({"name", "amount", "siret", "rna", "date", "purpose"})
ALL: Final = "Toutes"
"""The answer by which a sheet that repeats some rows of another is read too."""
_NUMBERS: Final = 0.5
_LEAST: Final = 1.5
"""Score under which a sheet holds no table that is understood."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A sheet that holds some of the rows of those that are read: the question, its rows under the same titles, the
    texts above them."""

    question: Question
    name: str
    rows: tuple[Line, ...]
    above: tuple[str, ...]


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
    left : rows with numbers that are of none of them.
    called : the titles that a column has in each table, where they differ, by its place.
    parts : texts above each of the tables that are read but the first, by the place of its first row among all.
    """

    names: tuple[str, ...]
    rows: tuple[Line, ...]
    blocks: tuple[Block, ...]
    copies: tuple[str, ...]
    unread: tuple[str, ...]
    hidden: tuple[str, ...]
    doubtful: tuple[Doubtful, ...]
    left: tuple[Left, ...] = ()
    called: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    parts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def union(grids: Sequence[Grid], is_official: IsHeader | None = None, said: tuple[int, ...] = ()) -> Union | None:
    """The table that the sheets of a file make; None where no row of any is a header.

    Hidden sheets are left aside. The sheet that is understood best is read, with those whose columns mean the same;
    a sheet of the same rows is a copy; one that holds some of the same rows is asked about. *said* are the lines of the
    header that is wanted.
    """
    hidden = tuple(grid.name for grid in grids if grid.hidden and grid.rows)
    seen = [(at, grid) for at, grid in enumerate(grids) if not grid.hidden]
    found = [
        block for at, grid in seen for block in (wanted(at, grid, said) if said else blocks(at, grid, is_official))
    ]
    if not found:
        return None
    best = max(found, key=lambda block: _worth(block, found))
    alike = [block for block in found if block is best or _is_like(block, best)]
    read, copies, doubtful = _distinct(best, alike)
    beside = [block for block in found if block not in alike and _may_give(block, best)]
    doubtful += beside
    known = {*copies, *(block.name for block in read), *(block.name for block in doubtful)}
    unread = [grid.name for grid in grids if not grid.hidden and grid.name not in known and _says(grid)]
    names, laid, called = _joined([*read, *doubtful])
    order = list(dict.fromkeys(block.sheet for block in read))
    rows = [
        (lines.number(order.index(block.sheet), line), cells)
        for block, own in zip(read, laid, strict=False)
        for line, cells in own
    ]
    asked = [
        Doubtful(
            _beside(block, best) if block in beside else _overlap(block, best), block.name, own, headed(block, found)
        )
        for block, own in zip(doubtful, laid[len(read) :], strict=True)
    ]
    of_copies = [block for block in alike if block not in read and block not in doubtful]
    left = () if said else tuple(residue.left(seen, [*read, *doubtful, *of_copies]))
    places = accumulate((len(block.rows) for block in read), initial=0)
    parts = {place: headed(block, found) for place, block in zip(places, read, strict=False) if place or block.titles}
    return Union(
        names, tuple(rows), tuple(read), tuple(copies), tuple(unread), hidden, tuple(asked), left, called, parts
    )


def _worth(block: Block, others: Sequence[Block]) -> tuple[bool, bool, float, bool]:
    """How much a table is worth reading: an official one, one that says who has how much, the best understood."""
    head, most = block.header, max(other.header.score for other in others)
    told = {one.meaning for one in head.columns if one.meaning != "amount" or _is_given(one)}
    given = {"name", "amount"} <= told and head.score >= _ALIKE * most
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
    if not block.rows or not told & {"name", "amount"} or block.header.official or best.header.official:
        return False
    numbers = any(one.meaning in ("", "amount") and one.content["number"] > _NUMBERS for one in block.header.columns)
    return "name" in told and numbers


def _says(grid: Grid) -> bool:
    return any(cell.strip() for _, cells in grid.rows for cell in cells)


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
        common, repeated = _common(block, read)
        if repeated == 1:
            copies.append(block.name)
        elif common > 1 - _SAME:
            doubtful.append(block)
        else:
            read.append(block)
    return sorted(read, key=lambda block: (block is not best, block.sheet)), copies, doubtful


def _common(block: Block, others: Sequence[Block]) -> tuple[float, float]:
    """Part of the rows that a table and others both say, of the shorter; part of its own that the others say too."""
    told = frozenset.intersection(*(frozenset(_telling(one)) for one in (block, *others)))
    mine = Counter(_said(block, told))
    theirs = Counter(row for other in others for row in _said(other, told))
    both = (mine & theirs).total()
    least = min(mine.total(), theirs.total())
    if not both and "amount" in told and _same_amounts(block, others):
        return _SUSPECT, 0.0
    return (both / least, both / mine.total()) if least else (0.0, 0.0)


def _same_amounts(block: Block, others: Sequence[Block]) -> bool:
    """Whether a table has the very amounts of others, many of them different, under other names perhaps."""
    only = frozenset({"amount"})
    mine, theirs = Counter(_said(block, only)), Counter(row for other in others for row in _said(other, only))
    return len(mine) >= _DIFFERENT and (mine & theirs).total() >= _SAME * mine.total()


def _telling(block: Block) -> dict[str, int]:
    """Places of the columns that tell rows apart: of the amounts, that of the grants."""
    columns = [one for one in block.header.columns if one.meaning in _TELLING]
    given = [one for one in columns if one.meaning != "amount" or _is_given(one)]
    return {one.meaning: one.at for one in reversed(given)}


def _is_given(one: ColumnMeaning) -> bool:
    return one.money.form == GRANT and one.money.stage not in (ASKED, PROPOSED)


def _said(block: Block, meanings: AbstractSet[str]) -> list[tuple[str | int, ...]]:
    """What each row says of who, when and how much, an amount however it is written."""
    places = [(meaning, at) for meaning, at in sorted(_telling(block).items()) if meaning in meanings]
    rows = [[(meaning, cells[at]) for meaning, at in places if at < len(cells)] for _, cells in block.rows]
    said = [tuple(_plain(meaning, text) for meaning, text in row) for row in rows]
    return [row for row in said if any(row)]


def _plain(meaning: str, text: str) -> str | int:
    cents = amount(text).cents if meaning == "amount" else None
    return " ".join(text.split()).lower() if cents is None else cents


def _joined(
    blocks: Sequence[Block],
) -> tuple[tuple[str, ...], list[tuple[Line, ...]], dict[int, tuple[str, ...]]]:
    """The columns of all the tables, the rows of each under them, and what else columns are called."""
    names = list(blocks[0].header.names)
    places = [list(range(len(names))), *(_places(block, blocks[0], names) for block in blocks[1:])]
    rows = [
        tuple((line, _laid(cells, own, len(names))) for line, cells in block.rows)
        for block, own in zip(blocks, places, strict=True)
    ]
    called: dict[int, tuple[str, ...]] = {}
    for block, own in zip(blocks, places, strict=True):
        for at, name in zip(own, block.header.names, strict=False):
            called[at] = tuple(dict.fromkeys((*called.get(at, ()), name)))
    return tuple(names), rows, {at: told for at, told in called.items() if len(told) > 1}


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
    rows = [cells for held in (union.rows, *(one.rows for one in union.doubtful)) for _, cells in held]
    some = rows[:: max(1, len(rows) // tables.SAMPLE)]
    sample = [cells for cells in some if tables.says(cells, union.names)] or some
    return settle(union.names, [[repaired(cell) for cell in cells] for cells in sample])


def _places(block: Block, first: Block, names: list[str]) -> list[int]:
    """Under which column of the first table each of another goes; those that it lacks are added to *names*."""
    titles = [normalised(name) or name for name in names]
    taken: set[int] = set()
    out = []
    for one in block.header.columns:
        own = normalised(one.name) or one.name
        at = next((i for i, title in enumerate(titles) if title and title == own and i not in taken), None)
        at = _of_meaning(one, first.header.columns, taken) if at is None else at
        if at is None:
            names.append(one.name)
            titles.append(own)
            at = len(names) - 1
        taken.add(at)
        out.append(at)
    return out


def _of_meaning(one: ColumnMeaning, columns: Sequence[ColumnMeaning], taken: set[int]) -> int | None:
    alike = (
        other.at for other in columns if other.meaning and other.meaning == one.meaning and other.money == one.money
    )
    return next((at for at in alike if at not in taken), None)
