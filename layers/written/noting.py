"""Lines of the journal: who changed what, when, and what it was before and after."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from layers.written.schema import JOURNAL


def at(now: datetime | None = None) -> str:
    """A moment as it is written: UTC, ISO 8601, to the microsecond."""
    return (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def note(
    connection: Connection,
    entry: str,
    what: str,
    who: str,
    *,
    at: str,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
) -> None:
    """Write a line, in the transaction of the change."""
    connection.execute(
        insert(JOURNAL).values(at=at, who=who, what=what, entry=entry, before=_told(before), after=_told(after))
    )


def _told(row: Mapping[str, object] | None) -> str | None:
    return None if row is None else json.dumps(dict(row), ensure_ascii=False, sort_keys=True)
