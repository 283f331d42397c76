"""The beneficiaries of a draft that have no place, and what the company-search API was asked of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from layers import lookups
from layers.account import Account
from layers.drafts.draft import Draft, UnknownDraft
from layers.sought import Sought, distinct

FILE: Final = "sought.json"
RESULT: Final = "search.json"


def keep(draft: Draft, accounts: Iterable[Account]) -> None:
    """Write down which beneficiaries have no place."""
    found = distinct(one for account in accounts for one in account.sought)
    draft.write(FILE, [asdict(one) for one in found])


def wanted(draft: Draft) -> list[Sought]:
    """The beneficiaries that have no place; none before the files are read."""
    try:
        return [Sought(**one) for one in draft.read(FILE)]
    except UnknownDraft:
        return []


def unasked(draft: Draft, data_dir: Path) -> int:
    """How many of them something may still be asked of."""
    known, today = lookups.read(data_dir), datetime.now(UTC).date()
    return sum(not lookups.is_settled(known, one.asked, today) for one in wanted(draft))


def result(draft: Draft) -> dict[str, Any] | None:
    """What came of the latest search: counts by outcome, the ambiguous, why it stopped; None where there was none."""
    try:
        found: dict[str, Any] = draft.read(RESULT)
    except UnknownDraft:
        return None
    return found
