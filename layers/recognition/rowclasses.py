"""What a row of a table is before it means anything: data, total, title, note, repeated header, blank."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from layers.headings import normalised
from layers.recognition.tables import repeats
from layers.recognition.totals import Entry, Total, totals
from layers.recognition.under import is_under_header, is_unit

DATA, TOTAL, DETAIL, TITLE, NOTE, HEADER, BLANK = "data", "total", "detail", "title", "note", "header", "blank"
_NOTE = re.compile(
    r"\s*(?:sources?\b|notes?\b|nb\b|n\.b|lecture\b|champ\b|\*|\(\d\)|mise? à jour|date d.|"
    r"donn[ée]es?\b|avertissement|remarques?\b|l[ée]gende|©|page \d|[ée]dit[ée])",
    re.IGNORECASE,
)
_DETAIL = re.compile(r"\W*dont\b", re.IGNORECASE)
"""« dont projet spécifique »: a part of what a row above says whole."""
_FEW: Final = 2
Cents = Callable[[int, str], "int | None"]


@dataclass(frozen=True, slots=True)
class Ruled:
    """The class of a row, and for a total what arithmetic says of it."""

    kind: str
    total: Total | None = None


@dataclass(frozen=True, slots=True)
class RowClasses:
    """How the rows of one table are classed.

    Attributes
    ----------
    header : cells of the header, the last of its rows.
    amounts : places of the columns of amounts, of which totals are made.
    identifiers : places of the columns that tell who: a row that has one of them is no title.
    cents : how a cell of an amount is read.
    figures : places of other columns of numbers, which totals fill too: requested amounts, members.
    """

    header: tuple[str, ...]
    amounts: tuple[int, ...]
    identifiers: tuple[int, ...]
    cents: Cents
    figures: tuple[int, ...] = ()

    def of_all(self, rows: Sequence[Sequence[str]], starts: Sequence[int] = ()) -> list[Ruled]:
        """The class of each row of a table, totals among them: they are told by what stands around them.

        *starts* are the places of rows that begin another sheet.
        """
        alone = self._details(rows, [self.of(cells) for cells in rows])
        holding = [at for at, one in enumerate(alone) if one.kind == DATA and self._has_money(rows[at])]
        parts = {bisect_left(holding, at) for at, one in enumerate(alone) if one.kind in (HEADER, NOTE, TITLE)}
        parts |= {bisect_left(holding, at) for at in starts}
        found = totals([self._entry(rows[at]) for at in holding], sorted(parts))
        ruled = {holding[place]: Ruled(TOTAL, one) for place, one in found.items()}
        return [ruled.get(at, one) for at, one in enumerate(alone)]

    def _details(self, rows: Sequence[Sequence[str]], ruled: list[Ruled]) -> list[Ruled]:
        """The rows that say what a part of the amount above them is for, and no more than the whole of it."""
        whole: Entry | None = None
        left = 0
        for at, cells in enumerate(rows):
            if ruled[at].kind != DATA or not self._has_money(cells):
                continue
            entry = self._entry(cells)
            cents = sum(one or 0 for one in entry.money)
            first = next(text for text in cells if text.strip())
            if whole and _DETAIL.match(first) and not entry.identified and cents <= left:
                ruled[at], left = Ruled(DETAIL), left - cents
            else:
                whole, left = entry, cents
        return ruled

    def of(self, cells: Sequence[str]) -> Ruled:
        """The class of a row by itself, a total being data."""
        told = [(at, text) for at, text in enumerate(cells) if text.strip()]
        told = [one for one in told if not is_unit(one[1])] or told  # « Prêts », and « en euros » above the amounts
        if not told:
            return Ruled(BLANK)
        if 1 < len(cells) < len(self.header):
            return Ruled(DATA)  # cut: it is refused, and not passed for a note
        if repeats(cells, self.header) or is_under_header(cells):
            return Ruled(HEADER)
        return self._note(told, cells) or Ruled(DATA)

    def _money(self, cells: Sequence[str]) -> tuple[int | None, ...]:
        return tuple(self.cents(at, cells[at]) if at < len(cells) else None for at in self.amounts)

    def _has_money(self, cells: Sequence[str]) -> bool:
        return len(cells) >= len(self.header) and any(one is not None for one in self._money(cells))

    def _entry(self, cells: Sequence[str]) -> Entry:
        told = [at for at, text in enumerate(cells) if text.strip()]
        texts = tuple(normalised(cells[at]) for at in told if at not in self.amounts and at not in self.figures)
        numbered = any(at in self.identifiers and any(map(str.isdigit, cells[at])) for at in told)
        return Entry(texts, self._money(cells), numbered)

    def _note(self, told: Sequence[tuple[int, str]], cells: Sequence[str]) -> Ruled | None:
        """A row of few texts and no amount: what stands under a table, or above a part of it."""
        if any(one is not None for one in self._money(cells)):
            return None
        begins = _NOTE.match(told[0][1]) is not None
        if len(told) == 1:
            return Ruled(NOTE if begins or told[0][0] == 0 else TITLE)
        return Ruled(NOTE) if begins and len(told) <= _FEW else None
