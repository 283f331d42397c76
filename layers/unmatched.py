"""Places that files name and that are not found: each once, with the lines that name it and what may be meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.gazetteer import Gazetteer
    from layers.account import Account


@dataclass(frozen=True, slots=True)
class Unmatched:
    """One text of one column that names no commune.

    ``rows`` are its lines, rising; ``suggestions`` communes that may be meant, nearest first: code and name.
    """

    file: str
    column: str
    value: str
    rows: tuple[int, ...]
    suggestions: tuple[tuple[str, str], ...]


def group(accounts: Iterable[Account], gazetteer: Gazetteer) -> tuple[Unmatched, ...]:
    """Group the rejects of place of several files, the most frequent first."""
    found: dict[tuple[str, str, str, tuple[str, ...]], list[int]] = {}
    for account in accounts:
        for reject in account.rejects:
            if reject.candidates is not None:
                key = account.file, reject.column, reject.value, reject.candidates
                found.setdefault(key, []).append(reject.row)
    grouped = [
        Unmatched(file, column, value, tuple(sorted(rows)), tuple(_named(codes, gazetteer)))
        for (file, column, value, codes), rows in found.items()
    ]
    return tuple(sorted(grouped, key=lambda one: (-len(one.rows), one.file, one.rows)))


def _named(codes: Iterable[str], gazetteer: Gazetteer) -> Iterable[tuple[str, str]]:
    """Communes by code and name; a department, which an ambiguous name may stand for, is no suggestion."""
    return ((code, place.name) for code in codes if (place := gazetteer.place(code)) is not None)
