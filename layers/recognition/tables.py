"""The tables of a file: which sheets, which rows are the header, where another table begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from layers.headings import normalised
from layers.recognition import titles
from layers.recognition.alignment import aligned
from layers.recognition.columns import ColumnMeaning, settle
from layers.recognition.contents import KINDS, is_number
from layers.recognition.encodings import repaired
from layers.recognition.under import is_under_header

HEAD: Final = 60
"""Rows that say something, among which a header is looked for."""
SAMPLE: Final = 200
"""Rows below a header by which its columns are told."""
_TRIED: Final = 5
_LONGEST: Final = 250
_WELL, _SEVERAL, _MOST = 0.79, 3, 0.7
_REPEATED: Final = 0.7
_SECOND, _LEAST = 0.5, 1.5
"""What a second line has to add to be of the header; score under which nothing is understood."""
_BARELY: Final = 0.1
"""Score of a header of which no title is known."""
_VALUES: Final = ("siret", "rna", "siren", "date", "decimal", "percent")

Line = tuple[int, list[str]]
IsHeader = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class Header:
    """Where a header stands among rows, and what it says.

    Attributes
    ----------
    first, last : places among the rows, the same but where it has two lines.
    lines : their lines in the file or sheet.
    names : title of each column.
    columns : their meanings, by the rows below.
    score : how much is understood: sum of the confidences.
    official : whether an official layout knows it.
    """

    first: int
    last: int
    lines: tuple[int, ...]
    names: tuple[str, ...]
    columns: tuple[ColumnMeaning, ...]
    score: float
    official: bool


def header(rows: Sequence[Line], is_official: IsHeader | None = None, said: tuple[int, ...] = ()) -> Header | None:
    """The header among the first rows of a sheet, or of the sample of a text; None where no row is one.

    An official layout wins, the first of them (the lower of two rows: labels, then codes); else the row by which most
    of the columns are understood, the first of equals; two rows where they say more than the lower one does alone.
    Where nothing is understood, texts above numbers. *said* are the lines of the one that is wanted, whatever it says.
    """
    if said:
        return _said(rows, said)
    some = [(at, line, cells) for at, (line, cells) in enumerate(rows) if any(cell.strip() for cell in cells)]
    head = list(islice(some, HEAD))
    for place, one in enumerate(head if is_official else ()):
        if is_official is not None and is_official(_names(one[2])):
            below = head[place + 1] if place + 1 < len(head) else one
            lower = below[0] == one[0] + 1 and is_titles(below[2]) and is_official(_names(below[2]))
            at, line, cells = below if lower else one
            return _header(rows, at, at, (line,), _names(cells), official=True)
    tried = sorted(_candidates(head), key=lambda one: -one[0])[:_TRIED]
    found = [_header(rows, first, last, lines, names, official=False) for _, first, last, lines, names in tried]
    found = [one for one in found if one.last + 1 < len(rows) or sum(bool(c.meaning) for c in one.columns) > 1]
    best = max(found, key=lambda one: (round(one.score + _of_two(rows, one), 1), -one.first), default=None)
    if best is not None and best.score >= _LEAST:
        return _first_of_its_like(rows, head, best)
    return _plain(rows, head)


def _of_two(rows: Sequence[Line], one: Header) -> float:
    """What the second line of a header is worth: less than it adds, but where it tells apart titles that are alike."""
    lower = [name for name in _names(rows[one.last][1]) if name]
    above = [name for name in one.names if name]
    apart = len(set(lower)) < len(lower) and len(set(above)) == len(above)
    return (one.last - one.first) * (_SECOND if apart else -_SECOND)


def _first_of_its_like(rows: Sequence[Line], head: Sequence[tuple[int, int, list[str]]], best: Header) -> Header:
    """A header that is repeated among its rows stands where it is first: what is between is data."""
    wanted = [rows[at][1] for at in range(best.first, best.last + 1)]
    for at, _, _ in head:
        first = at - len(wanted) + 1
        if 0 <= first < best.first and all(repeats(rows[first + n][1], one) for n, one in enumerate(wanted)):
            lines = tuple(line for line, _ in rows[first : at + 1])
            return _header(rows, first, at, lines, best.names, official=False)
    return best


def repeats(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row says the titles of a header again, most of them at their places; or a line of each, of two."""
    wanted = [normalised(repaired(name)) for name in header]
    said = [normalised(repaired(text)) for text in cells[: len(wanted)]]
    same = sum(one == title and title != "" for one, title in zip(said, wanted, strict=False))
    named = sum(title != "" for title in wanted)
    if named > 1 and same >= max(2, _REPEATED * named):
        return True
    told = [f"_{one}_" in f"_{title}_" for one, title in zip(said, wanted, strict=False) if one]
    return len(told) > 1 and all(told) and not any(cell.strip() for cell in cells[len(wanted) :])


def _plain(rows: Sequence[Line], head: Sequence[tuple[int, int, list[str]]]) -> Header | None:
    """The row whose texts stand above the most columns of numbers: titles, though none of them is known."""
    below = [[cells for _, _, cells in head[place + 1 :]] for place in range(len(head))]
    told = [(_contrast(head[place][2], under), -place) for place, under in enumerate(below)]
    columns, place = max(told, default=(0, 0))
    if not columns:
        return None
    at, line, cells = head[-place]
    found = _header(rows, at, at, (line,), _names(cells), official=False)
    return replace(found, score=max(found.score, _BARELY))


def _contrast(cells: Sequence[str], below: Sequence[Sequence[str]]) -> int:
    """In how many columns texts stand above numbers; 0 where the row has a number itself, years apart, or no word."""
    filled = [at for at, cell in enumerate(cells) if cell.strip()]
    number = any(KINDS["state"](cells[at]) and not KINDS["year"](cells[at]) for at in filled)
    if len(filled) < 2 or number or not all(normalised(cells[at]) for at in filled):  # noqa: PLR2004
        return 0
    held = {at: [row[at] for row in below if at < len(row) and row[at].strip()] for at in filled}
    return sum(
        bool(one) and sum(KINDS["state"](text) or is_number(text) for text in one) >= _MOST * len(one)
        for one in held.values()
    )


def _said(rows: Sequence[Line], said: tuple[int, ...]) -> Header | None:
    """The header of these lines, one or two; None where they are not among the rows."""
    at = [place for place, (line, _) in enumerate(rows) if line in said]
    if len(at) != len(said):
        return None
    first, last = rows[at[0]][1], rows[at[-1]][1]
    names = _names(first) if len(at) == 1 else two_lines(first, last)
    return _header(rows, at[0], at[-1], said, names, official=False)


def _candidates(
    head: Sequence[tuple[int, int, list[str]]],
) -> list[tuple[float, int, int, tuple[int, ...], tuple[str, ...]]]:
    """Rows, and pairs of rows, that could be a header: how many titles of theirs are known, places, lines, names."""
    found: list[tuple[float, int, int, tuple[int, ...], tuple[str, ...]]] = []
    for place, (at, line, cells) in enumerate(head):
        if not is_titles(cells):
            continue
        names = _names(cells)
        found.append((_known(names), at, at, (line,), names))
        below = head[place + 1] if place + 1 < len(head) else None
        if below and below[0] == at + 1 and is_titles(below[2]):
            both = two_lines(cells, below[2])
            found.append((_known(both), at, below[0], (line, below[1]), both))
    return [one for one in found if one[0] > 0]


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(repaired(" ".join(cell.split())) for cell in cells)


def two_lines(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Titles on two lines made one: what stands above holds for the empty cells at its right."""
    width = max(len(upper), len(lower))
    above, out = "", []
    for at in range(width):
        told = upper[at].strip() if at < len(upper) else ""
        below = lower[at].strip() if at < len(lower) else ""
        above = told or (above if below else "")
        out.append(" ".join(part for part in (above, below) if (part and part != above) or part == above))
    return _names(out)


def is_titles(cells: Sequence[str]) -> bool:
    """Whether cells could be titles: several, short, and none that only a value is (a number, a day)."""
    told = [cell.strip() for cell in cells if cell.strip()]
    if len(told) < 2 or any(len(cell) > _LONGEST for cell in told):  # noqa: PLR2004
        return False
    digits = [cell for cell in told if any(map(str.isdigit, cell))]
    if sum(is_number(cell) and not KINDS["year"](cell) for cell in digits) > len(told) // 10:
        return False
    return not any(any(KINDS[kind](cell) for kind in _VALUES) and not _names_column(cell) for cell in digits)


def _names_column(cell: str) -> bool:
    """Whether a cell that has a day in it is a title nevertheless: « Montant voté le 12/06/2023 »."""
    return titles.read(cell).meaning == "amount"


def _known(names: Sequence[str]) -> float:
    return sum(titles.read(name).confidence for name in names if name and len(name) <= _LONGEST)


def _header(
    rows: Sequence[Line], first: int, last: int, lines: tuple[int, ...], names: tuple[str, ...], *, official: bool
) -> Header:
    below = _below(rows[last + 1 :], names)
    width = len(names)
    while (
        width and not names[width - 1] and not any(len(cells) >= width and cells[width - 1].strip() for cells in below)
    ):
        width -= 1
    names = names[:width]
    said = _whole([cells for cells in below if says(cells, names)], names)
    columns = settle(names, said or below)
    return Header(first, last, lines, names, columns, sum(one.confidence for one in columns), official)


def _whole(rows: list[list[str]], names: Sequence[str]) -> list[list[str]]:
    """Rows, those that have more cells than there are titles joined, where a separator cut them, as the titles say."""
    if not any(_filled_to(cells) > len(names) for cells in rows):
        return rows
    meanings = [one.meaning for one in settle(names, [])]
    return [aligned(cells[: _filled_to(cells)], meanings, ",") or cells for cells in rows]


def _filled_to(cells: Sequence[str]) -> int:
    return max((at + 1 for at, cell in enumerate(cells) if cell.strip()), default=0)


def says(cells: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row tells what the columns hold: no header again, nor what stands under it, nor a note."""
    few = len(names) > 2 and sum(bool(cell.strip()) for cell in cells) < 2  # noqa: PLR2004
    return not (few or repeats(cells, names) or is_under_header(cells))


def _below(rows: Sequence[Line], names: Sequence[str]) -> list[list[str]]:
    """The first rows below a header that say something, up to where another table begins."""
    found: list[list[str]] = []
    for _, cells in rows:
        if len(found) == SAMPLE or (found and begins_table(cells) and not repeats(cells, names)):
            break
        if any(cell.strip() for cell in cells):
            found.append([repaired(cell) for cell in cells])
    return found


def begins_table(cells: Sequence[str]) -> bool:
    """Whether a row among others is a header: titles, most of them well known and of different things, no value."""
    if not is_titles(cells):
        return False
    told = [titles.read(cell) for cell in cells if cell.strip()]
    sure = {(one.meaning, one.party, one.money) for one in told if one.confidence >= _WELL}
    return len(sure) >= _SEVERAL and len(sure) >= _MOST * len(told)
