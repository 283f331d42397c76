"""The State's list of subsidies by association: its total rows, its detail rows, and which of them are money.

A total only repeats its details: adding both would double every euro. The rows of one association need not follow
each other, and a row may be printed twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from layers.readers.rows import Row
from layers.values.numbers import cents


@dataclass(frozen=True, slots=True)
class Line:
    """One row: *amount_cents* of a programme where it is a detail, of the association where it is a total."""

    row: Row
    amount_cents: int | None

    @property
    def programme(self) -> str:
        """Ministry and programme, empty for a total."""
        return self.row["programme"]

    @property
    def content(self) -> tuple[str, int | None]:
        """What makes two rows of one association the same row printed twice."""
        return self.programme, self.amount_cents


@dataclass(frozen=True, slots=True)
class Association:
    """All the rows of one association, as the file names it."""

    siren: str
    text: str
    totals: list[Line] = field(default_factory=list)
    details: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the rows of an association are: *payments* are the money, *controls* repeat it, *repeats* are copies.

    *stated* and *detailed* are the sums in cents of the totals kept and of the details kept; *stated* is None where
    there is no readable total to check against, or no detail to be checked.
    """

    payments: list[Line]
    controls: list[Line]
    repeats: list[Line]
    stated: int | None
    detailed: int

    @property
    def verified(self) -> bool:
        """Whether totals and details agree to the cent."""
        return self.stated == self.detailed


def associations(rows: Iterable[Row]) -> list[Association]:
    """Group rows by SIREN and name, in the order of the file."""
    found: dict[tuple[str, str], Association] = {}
    for row in rows:
        key = row["siren"], row["association"]
        association = found.setdefault(key, Association(*key))
        if row["programme"]:
            association.details.append(Line(row, cents(row["detail"])))
        else:
            association.totals.append(Line(row, cents(row["total"])))
    return list(found.values())


def settle(association: Association) -> Settlement:
    """Tell payments from control rows and copies.

    Copies are told only where they explain the totals; otherwise every detail is kept, and the settlement is not
    verified. Totals without any detail are payments themselves.
    """
    totals, details = association.totals, association.details
    once, again = _copies(totals)
    if not details:
        return Settlement(once, [], again, None, _sum(once))
    first, repeated = _copies(details)
    for kept, copies, money, others in (
        (once, again, details, []),
        (once, again, first, repeated),
        (totals, [], details, []),
    ):
        if _stated(kept) == _sum(money):
            return Settlement(money, kept, [*copies, *others], _stated(kept), _sum(money))
    return Settlement(details, totals, [], _stated(totals), _sum(details))


def _copies(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """First of each same row, and the others."""
    once: dict[tuple[str, int | None], Line] = {}
    again = [line for line in lines if once.setdefault(line.content, line) is not line]
    return list(once.values()), again


def _sum(lines: Sequence[Line]) -> int:
    return sum(line.amount_cents or 0 for line in lines)


def _stated(totals: Sequence[Line]) -> int | None:
    readable = [line for line in totals if line.amount_cents is not None]
    return _sum(readable) if readable else None
