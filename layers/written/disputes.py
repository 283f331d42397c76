"""Values that readers dispute: who disputes says why, an agent answers in public; where to answer is kept apart."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update

from layers.written import locking, noting
from layers.written.database import Database
from layers.written.locking import Invalid
from layers.written.schema import CONTACTS, DISPUTES

OPEN, ANSWERED, WITHDRAWN = "open", "answered", "withdrawn"
OUTCOMES: Final[Mapping[str, str]] = {"corrected": "corrigé", "kept": "maintenu", "to_check": "à vérifier"}
MOST_REASON, MOST_SOURCE, MOST_CONTACT, MOST_ANSWER = 2_000, 300, 200, 2_000
MOST_AN_HOUR: Final = 60
"""Disputes that are taken in an hour, from everybody together."""
VISITOR: Final = "visiteur"
"""As the journal names who disputes: nobody is known."""
_UNTOLD: Final = ("reason", "source")
"""What the journal leaves out: it never changes, and must go whole when a person asks."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One value of a place as it was shown, why it is disputed, and what was answered.

    ``shown`` is the value as printed, ``view`` the query string that shows it again on its release.
    """

    place: str
    indicator: str
    year: int | None
    value: float | None
    state: str
    shown: str
    release: str
    view: str
    reason: str
    source: str = ""
    status: str = OPEN
    outcome: str = ""
    answer: str = ""
    answered: str = ""
    version: int = 1
    id: str = ""
    created: str = ""
    changed: str = ""


class UnknownDispute(KeyError):  # noqa: N818  (says what happened)
    """No dispute has the identifier."""


class TooMany(Exception):  # noqa: N818  (says what happened)
    """More disputes came within the hour than are taken."""


def file(
    database: Database, dispute: Dispute, contact: str = "", *, days: int = 365, now: datetime | None = None
) -> Dispute:
    """Write a new dispute, and apart from it the contact, for ``days`` at most. Raises `Invalid` or `TooMany`."""
    moment = now or datetime.now(UTC)
    at, contact = noting.at(moment), contact.strip()
    made = replace(_checked(dispute), id=uuid.uuid4().hex, status=OPEN, version=1, created=at, changed=at)
    if len(contact) > MOST_CONTACT:
        raise Invalid("contact")
    with database.write() as connection:
        since = noting.at(moment - timedelta(hours=1))
        lately = select(func.count()).select_from(DISPUTES).where(DISPUTES.c.created > since)
        if connection.execute(lately).scalar_one() >= MOST_AN_HOUR:
            raise TooMany
        connection.execute(insert(DISPUTES).values(asdict(made)))
        noting.note(connection, made.id, "disputed", VISITOR, at=at, before=None, after=_told(made))
        if contact:
            expires = noting.at(moment + timedelta(days=days))
            connection.execute(insert(CONTACTS).values(dispute=made.id, contact=contact, expires=expires))
    return made


def answer(
    database: Database, ident: str, version: int, values: Mapping[str, str], who: str, *, days: int = 90,
    now: datetime | None = None,
) -> Dispute:  # fmt: skip
    """Answer a dispute, or answer it again: ``outcome`` and ``answer``; its contact goes ``days`` later at most.

    Raises `UnknownDispute`, `Invalid`, or `Conflict` where the dispute has another version by now.
    """
    outcome, told = values.get("outcome", ""), values.get("answer", "").strip()
    if outcome not in OUTCOMES:
        raise Invalid("outcome")
    if not 0 < len(told) <= MOST_ANSWER:
        raise Invalid("answer")
    moment = now or datetime.now(UTC)
    with database.write() as connection:
        changed = {"status": ANSWERED, "outcome": outcome, "answer": told, "answered": noting.at(moment)}
        made = _written(connection, ident, version, changed, who, what="answered", at=noting.at(moment))
        expires = noting.at(moment + timedelta(days=days))
        of_it = (CONTACTS.c.dispute == ident, CONTACTS.c.expires > expires)
        connection.execute(update(CONTACTS).where(*of_it).values(expires=expires))
    return made


def withdraw(database: Database, ident: str, version: int, who: str, *, now: datetime | None = None) -> Dispute:
    """Take a dispute out of sight: it stays, its texts are no longer shown. Raises as `answer`."""
    with database.write() as connection:
        changed = {"status": WITHDRAWN}
        return _written(connection, ident, version, changed, who, what=WITHDRAWN, at=noting.at(now))


def read(database: Database, ident: str) -> Dispute:
    """The dispute of an identifier, or `UnknownDispute`."""
    if database.is_new:
        raise UnknownDispute(ident)
    with database.read() as connection:
        return _of(connection, ident)


def listed(database: Database, status: str | None = None) -> list[Dispute]:
    """The disputes in a state, or all of them, the latest first."""
    if database.is_new:
        return []
    asked = select(DISPUTES).order_by(DISPUTES.c.created.desc(), DISPUTES.c.id)
    with database.read() as connection:
        rows = connection.execute(asked if status is None else asked.where(DISPUTES.c.status == status)).mappings()
        return [Dispute(**row) for row in rows]


def contacts(database: Database, now: datetime | None = None) -> dict[str, tuple[str, str]]:
    """Contact, and when it goes, by dispute; for agents only. None that has expired."""
    if database.is_new:
        return {}
    with database.read() as connection:
        rows = connection.execute(select(CONTACTS).where(CONTACTS.c.expires > noting.at(now))).mappings()
        return {row["dispute"]: (row["contact"], row["expires"]) for row in rows}


def purge(database: Database, now: datetime | None = None) -> int:
    """Delete the contacts that have expired; how many."""
    if database.is_new:
        return 0
    with database.write() as connection:
        return connection.execute(delete(CONTACTS).where(CONTACTS.c.expires <= noting.at(now))).rowcount


def _of(connection: Connection, ident: str) -> Dispute:
    row = connection.execute(select(DISPUTES).where(DISPUTES.c.id == ident)).mappings().one_or_none()
    if row is None:
        raise UnknownDispute(ident)
    return Dispute(**row)


def _written(
    connection: Connection, ident: str, version: int, values: dict[str, Any], who: str, *, what: str, at: str
) -> Dispute:
    before = _of(connection, ident)
    after = replace(before, **values, version=before.version + 1, changed=at)
    locking.write(connection, DISPUTES, before, version, asdict(after))
    noting.note(connection, ident, what, who, at=at, before=_told(before), after=_told(after))
    return after


def _told(dispute: Dispute) -> dict[str, Any]:
    return {key: value for key, value in asdict(dispute).items() if key not in _UNTOLD}


def _checked(dispute: Dispute) -> Dispute:
    made = replace(dispute, reason=dispute.reason.strip(), source=dispute.source.strip())
    if not 0 < len(made.reason) <= MOST_REASON:
        raise Invalid("reason")
    if len(made.source) > MOST_SOURCE:
        raise Invalid("source")
    return made
