"""What goes in time: contacts, telephones of meetings that nobody closed, names in old lines of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import update

from layers.written import disputes, noting
from layers.written.database import Database
from layers.written.schema import JOURNAL
from layers.written.workshop import meetings

PURGE: Final = "purge"
"""As the journal names what goes in time."""
NOBODY: Final = "effacé"
"""In the place of a name that is gone."""
KEPT: Final = (disputes.VISITOR, PURGE, NOBODY)
"""Names of the journal that are nobody's."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many contacts went, meetings were closed, lines of the journal lost their name."""

    contacts: int
    meetings: int
    names: int


def purge(database: Database, *, open_days: int = 30, journal_days: int = 1095, now: datetime | None = None) -> Purged:
    """Delete what has expired; nothing else. The lines of the journal stay, without who wrote them."""
    if database.is_new:
        return Purged(0, 0, 0)
    moment = now or datetime.now(UTC)
    forgotten = moment - timedelta(days=open_days)
    left = [one for one in meetings.listed(database) if _left_open(one, forgotten)]
    for one in left:
        meetings.close(database, one.id, PURGE, moment)
    before = noting.at(moment - timedelta(days=journal_days))
    with database.write() as connection:
        old = (JOURNAL.c.at < before, JOURNAL.c.who.not_in(KEPT))
        names = connection.execute(update(JOURNAL).where(*old).values(who=NOBODY)).rowcount
    return Purged(disputes.purge(database, moment), len(left), names)


def _left_open(one: meetings.Meeting, before: datetime) -> bool:
    """Whether a meeting is open still, though it was held and last changed before a moment."""
    held = one.day < before.date()
    return one.state == meetings.OPEN and held and one.changed < noting.at(before)
