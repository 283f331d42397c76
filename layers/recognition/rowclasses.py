"""What a row of a table is before it means anything: data, total, title, note, repeated header, blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from layers.headings import normalised

DATA, TOTAL, TITLE, NOTE, HEADER, BLANK = "data", "total", "title", "note", "header", "blank"
_TOTAL = re.compile(r"(?:(?:sous_?|s_)?tota(?:l|ux)|ensemble|somme|cumul|montant_total)(?:_.*)?|.*_tota(?:l|ux)")
_NOTE = re.compile(
    r"\s*(?:sources?\b|notes?\b|nb\b|n\.b|lecture\b|champ\b|\*|\(\d\)|mise? à jour|date d.|"
    r"donn[ée]es?\b|avertissement|remarques?\b|l[ée]gende|©|page \d|[ée]dit[ée])",
    re.IGNORECASE,
)
_GRAND: Final = ("total_general", "total", "totaux", "ensemble", "somme")
_FEW: Final = 2
_TOLERANCE: Final = 1
"""Cents by which a printed total may differ for each hundred rows that were rounded."""

Cents = Callable[[int, str], "int | None"]


@dataclass(frozen=True, slots=True)
class Ruled:
    """The class of a row; for a total, whether arithmetic proves it, and what it announces beside what was added."""

    kind: str
    proved: bool = False
    announced: int = 0
    added: int = 0


@dataclass(slots=True)
class RowClasses:
    """Classes of the rows of one table, in their order: totals are checked against what came before them.

    Attributes
    ----------
    header : cells of the header, the last of its rows.
    amounts : places of the columns of amounts, of which totals are made.
    identifiers : places of the columns that tell who: a row that has one of them is no title.
    cents : how a cell of an amount is read.
    """

    header: tuple[str, ...]
    amounts: tuple[int, ...]
    identifiers: tuple[int, ...]
    cents: Cents
    _titles: tuple[str, ...] = field(init=False)
    _since: list[int] = field(init=False)
    _all: list[int] = field(init=False)
    _levels: list[list[int]] = field(init=False, default_factory=list)
    _rows: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._titles = tuple(normalised(name) for name in self.header)
        self._since, self._all = [0] * len(self.amounts), [0] * len(self.amounts)

    def of(self, cells: Sequence[str]) -> Ruled:
        """The class of the next row."""
        told = [(at, text) for at, text in enumerate(cells) if text.strip()]
        if not told:
            return Ruled(BLANK)
        if 1 < len(cells) < len(self.header):
            return Ruled(DATA)  # cut: it is refused, and not passed for a note
        if self._is_header(cells):
            return Ruled(HEADER)
        money = [self.cents(at, cells[at]) if at < len(cells) else None for at in self.amounts]
        return self._total(told, money) or self._note(told, money) or self._data(money)

    def _note(self, told: Sequence[tuple[int, str]], money: Sequence[int | None]) -> Ruled | None:
        """A row of few texts and no amount: what stands under a table, or above a part of it."""
        if any(one is not None for one in money):
            return None
        begins = _NOTE.match(told[0][1]) is not None
        if len(told) == 1:
            return Ruled(NOTE if begins or told[0][0] == 0 else TITLE)
        return Ruled(NOTE) if begins and len(told) <= _FEW else None

    def _data(self, money: Sequence[int | None]) -> Ruled:
        self._rows += 1
        for place, one in enumerate(money):
            self._since[place] += one or 0
            self._all[place] += one or 0
        return Ruled(DATA)

    def _is_header(self, cells: Sequence[str]) -> bool:
        said = [normalised(text) for text in cells[: len(self._titles)]]
        same = sum(one == title and title != "" for one, title in zip(said, self._titles, strict=False))
        named = sum(title != "" for title in self._titles)
        return named > 1 and same >= max(2, 0.7 * named)

    def _total(self, told: Sequence[tuple[int, str]], money: Sequence[int | None]) -> Ruled | None:
        """A row that says it is a total, or has no name and adds up what came before; None where it is neither."""
        texts = [normalised(text) for at, text in told if at not in self.amounts]
        says = any(_TOTAL.fullmatch(text) for text in texts)
        if not any(one is not None for one in money) or not (says or not texts):
            return None
        identified = any(at in self.identifiers for at, _ in told)
        for sums in (self._since, self._all):
            if self._rows and self._agrees(money, sums):
                self._since = [0] * len(self.amounts)
                return Ruled(TOTAL, proved=True)
        if not says or identified or not any(_is_bare(text) for text in texts):
            return None
        announced = next(one for one in money if one is not None)
        self._since, added = [0] * len(self.amounts), self._since[[one is not None for one in money].index(True)]
        return Ruled(TOTAL, announced=announced, added=added)

    def _agrees(self, money: Sequence[int | None], sums: Sequence[int]) -> bool:
        room = _TOLERANCE * (1 + self._rows // 100)
        pairs = [(one, total) for one, total in zip(money, sums, strict=True) if one is not None]
        return bool(pairs) and any(total for _, total in pairs) and all(abs(a - b) <= room for a, b in pairs)


def _is_bare(text: str) -> bool:
    """Whether a text says « total » and no name of somebody: « Total », « TOTAL GÉNÉRAL », « Sous-total culture »."""
    return text in _GRAND or text.startswith(("total_", "sous_total", "s_total")) or text.endswith("_total")
