"""Lines of the journal: who changed what, when, and what it was before and after."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select

from layers.written.schema import JOURNAL

if TYPE_CHECKING:
    from layers.written.database import Database


KEPT = ("before", "after")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal: when, who, what, and the entry before and after (None: it was not there)."""

    at: str
    who: str
    what: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def differs(self) -> list[tuple[str, Any, Any]]:
        """Fields that changed, with what they were and are; the version and the moment are not told."""
        if self.before is None or self.after is None:
            return []
        names = [name for name in self.after if name not in {"version", "changed"}]
        found = [(name, self.before.get(name), self.after[name]) for name in names]
        return [(name, was, now) for name, was, now in found if was != now]


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


def lines(database: Database, entry: str) -> list[Line]:
    """All that happened to an entry, the first first."""
    if database.is_new:
        return []
    with database.read() as connection:
        asked = select(JOURNAL).where(JOURNAL.c.entry == entry).order_by(JOURNAL.c.id)
        rows = connection.execute(asked).mappings().all()
    return [
        Line(row["at"], row["who"], row["what"], *(json.loads(row[key]) if row[key] else None for key in KEPT))
        for row in rows
    ]


def _told(row: Mapping[str, object] | None) -> str | None:
    return None if row is None else json.dumps(dict(row), ensure_ascii=False, sort_keys=True)
