"""What the import of some files refused: records that are in no total, and whose area nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from layers.release import Release

EUROS, ROWS = "euros", "rows"
COUNTED: Final = {"amount": EUROS, "grants": ROWS, "beneficiaries": ROWS, "actors": ROWS}
"""What is counted of the refused rows, by fact: a row is one unit at most of a fact that counts them."""


def of_fact(release: Release, fact: str, kinds: Sequence[str], vintages: Sequence[str]) -> float:
    """The most that the refused rows of some sources may add to a fact, in its unit; 0 where rows add nothing up."""
    counted = COUNTED.get(fact)
    if counted is None:
        return 0.0
    return euros(release, kinds, vintages) if counted == EUROS else rows(release, kinds, vintages)


def euros(release: Release, kinds: Sequence[str], vintages: Sequence[str]) -> float:
    """Euros of the refused rows of some sources."""
    told = (account.get("amounts_by_outcome") or {} for account in _accounts(release, kinds, vintages))
    return float(sum(outcomes.get("rejected") or 0 for outcomes in told))


def rows(release: Release, kinds: Sequence[str], vintages: Sequence[str]) -> float:
    """Number of the refused rows of some sources."""
    return float(sum(account.get("rows_rejected") or 0 for account in _accounts(release, kinds, vintages)))


def _accounts(release: Release, kinds: Sequence[str], vintages: Sequence[str]) -> list[dict[str, Any]]:
    return [
        source.get("account") or {}
        for source in release.manifest["sources"]
        if source["kind"] in kinds and source["vintage"] in vintages
    ]
