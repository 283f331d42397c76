"""What concerns a person, to be handed over or deleted when that person asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, or_, select, update

from layers.written import noting
from layers.written.database import Database
from layers.written.disputes import WITHDRAWN
from layers.written.schema import ACCOUNTS, CONTACTS, DISPUTES, JOURNAL

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing that may concern a person, found and erased by what the person tells: contact or number."""

    find: Callable[[Connection, str], Rows]
    erase: Callable[[Connection, str, str, str], int]
    """With who erases and when; how many."""


def _disputes(connection: Connection, told: str) -> Rows:
    joined = DISPUTES.outerjoin(CONTACTS, CONTACTS.c.dispute == DISPUTES.c.id)
    asked = select(DISPUTES, CONTACTS.c.contact, CONTACTS.c.expires).select_from(joined)
    mine = or_(DISPUTES.c.id == told, CONTACTS.c.contact == told)
    return [dict(row) for row in connection.execute(asked.where(mine).order_by(DISPUTES.c.created)).mappings()]


def _no_disputes(connection: Connection, told: str, who: str, at: str) -> int:
    found = [row["id"] for row in _disputes(connection, told)]
    for ident in found:
        connection.execute(delete(CONTACTS).where(CONTACTS.c.dispute == ident))
        gone = {"reason": "", "source": "", "status": WITHDRAWN, "version": DISPUTES.c.version + 1, "changed": at}
        connection.execute(update(DISPUTES).where(DISPUTES.c.id == ident).values(**gone))
        noting.note(connection, ident, "erased", who, at=at, before=None, after=None)
    return len(found)


def _accounts(connection: Connection, told: str) -> Rows:
    """The account of a name, without what checks its password."""
    kept = [column for column in ACCOUNTS.c if column.name != "hash"]
    return [dict(row) for row in connection.execute(select(*kept).where(ACCOUNTS.c.name == told.lower())).mappings()]


def _no_accounts(connection: Connection, told: str, who: str, at: str) -> int:
    """The account goes, and its name from every line of the journal: what was done stays, by somebody erased."""
    found = [row["id"] for row in _accounts(connection, told)]
    for ident in found:
        connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.id == ident))
        connection.execute(update(JOURNAL).where(JOURNAL.c.entry == ident).values(before=None, after=None))
        connection.execute(update(JOURNAL).where(JOURNAL.c.who == told.lower()).values(who=ERASED))
        noting.note(connection, ident, "erased", ERASED if who == told.lower() else who, at=at, before=None, after=None)
    return len(found)


def _journal(connection: Connection, told: str) -> Rows:
    """What the account of a name did, and when."""
    if not _accounts(connection, told):
        return []
    asked = select(JOURNAL.c.at, JOURNAL.c.what, JOURNAL.c.entry).where(JOURNAL.c.who == told.lower())
    return [dict(row) for row in connection.execute(asked.order_by(JOURNAL.c.id)).mappings()]


def _no_journal(connection: Connection, told: str, _who: str, _at: str) -> int:
    """How many lines lose the name when the account goes."""
    return len(_journal(connection, told))


ERASED: Final = "compte effacé"
"""As the journal names who had an account."""
PARTS: Final[Mapping[str, Part]] = {
    "disputes": Part(_disputes, _no_disputes),
    "journal": Part(_journal, _no_journal),
    "accounts": Part(_accounts, _no_accounts),
}
"""All that may concern a person, by name; what is written of people elsewhere is added here."""


def exported(database: Database, told: str, parts: Collection[str] = tuple(PARTS)) -> dict[str, Rows]:
    """All that concerns who gives a contact, the number of a dispute or the name of an account, by part of `PARTS`."""
    told = told.strip()
    if database.is_new or not told:
        return {name: [] for name in parts}
    with database.read() as connection:
        return {name: part.find(connection, told) for name, part in PARTS.items() if name in parts}


def deleted(
    database: Database, told: str, who: str, now: datetime | None = None, *, parts: Collection[str] = tuple(PARTS)
) -> dict[str, int]:
    """Erase it: contacts go, texts are emptied, disputes are withdrawn; how many by part.

    The journal says that it was done, by whom and when, and of which dispute; not what was erased.
    """
    told = told.strip()
    if database.is_new or not told:
        return dict.fromkeys(parts, 0)
    with database.write() as connection:
        found = [(name, part) for name, part in PARTS.items() if name in parts]
        return {name: part.erase(connection, told, who, noting.at(now)) for name, part in found}
