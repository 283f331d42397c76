"""The State's list of subsidies as blocks: one association, its total row, its detail rows. Never add both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from layers.readers.numbers import cents
from layers.readers.rows import Row


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list: an amount, of a programme where it is a detail, of the association where it is a total."""

    row: Row
    amount_cents: int | None

    @property
    def programme(self) -> str:
        """Ministry and programme, empty for a total."""
        return self.row["programme"]


@dataclass(slots=True)
class Block:
    """Consecutive rows of one association; a complete one has a total, and details that add up to it."""

    siren: str
    association: str
    total: Line | None = None
    details: list[Line] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """What names the association in the file."""
        return self.siren, self.association

    @property
    def content(self) -> tuple[object, ...]:
        """What makes two blocks the same block printed twice."""
        details = tuple((line.programme, line.amount_cents) for line in self.details)
        return (*self.key, self.total and self.total.amount_cents, details)

    def lines(self) -> list[Line]:
        """Every row of the block."""
        return ([self.total] if self.total else []) + self.details

    def detailed_cents(self) -> int:
        """Sum of the details that could be read."""
        return sum(line.amount_cents or 0 for line in self.details)


def line_of(row: Row) -> Line:
    """Amount of a row, in the column that its kind of row uses; None where it is unreadable there."""
    return Line(row, cents(row["detail" if row["programme"] else "total"]))


def blocks(rows: Iterable[Row]) -> list[Block]:
    """Group rows: a total opens a block, details of the same association follow it.

    A total and details of one association that stand apart are brought together where each lacks the other.
    """
    found: list[Block] = []
    for row in rows:
        line = line_of(row)
        key = (row["siren"], row["association"])
        if not line.programme:
            found.append(Block(*key, total=line))
        elif found and found[-1].key == key:
            found[-1].details.append(line)
        else:
            found.append(Block(*key, details=[line]))
    return _joined(found)


def _joined(found: list[Block]) -> list[Block]:
    bare: dict[tuple[str, str], list[Block]] = {}
    for block in found:
        if block.total is not None and not block.details:
            bare.setdefault(block.key, []).append(block)
    kept: list[Block] = []
    absorbed: set[int] = set()
    for block in found:
        totals = bare.get(block.key, [])
        if block.total is None and totals:
            total = totals.pop()
            block.total = total.total
            absorbed.add(id(total))
        kept.append(block)
    return [block for block in kept if id(block) not in absorbed]
