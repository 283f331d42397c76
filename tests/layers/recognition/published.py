"""Tables as administrations publish them: written as a file, and read to their euros by year, or not alone."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from geodata.attach import Attacher
from layers.account import Outcome
from layers.readers import read_file
from layers.register import Register
from layers.unreadable import UnreadableFile

Lines = Sequence[Sequence[object]]
ASKS: dict[int, int] = {}
"""What stands for a table that is not read alone."""
_COUNTED: tuple[Outcome, ...] = ("accepted", "outside", "not_ess", "duplicate")


def written(path: Path, lines: Lines) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(lines)
    return path


def euros_by_year(path: Path, attacher: Attacher) -> dict[int, int]:
    """Euros by year, of which every one that the account counts is; nothing where the file is refused or asks."""
    try:
        reading = read_file(path, None, None, attacher, Register())
    except UnreadableFile:
        return ASKS
    account = reading.account
    if account.questions or "grants" not in reading.tables:
        return ASKS
    found: Counter[int] = Counter()
    for grant in reading.tables["grants"].to_dict("records"):
        found[grant["year"]] += grant["amount_cents"]
    assert sum(account.cents[one] for one in _COUNTED) == found.total()
    return {year: round(cents / 100) for year, cents in found.items()}
