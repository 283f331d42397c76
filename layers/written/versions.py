"""Versions of a shared diagnostic: frozen when they are made, then proposed and validated by a body that signs.

A version never changes: a step forward is a new version with the same content, signed with a name and a day.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from layers.written import noting
from layers.written.database import Database
from layers.written.locking import Conflict, Invalid
from layers.written.schema import VERSIONS

DRAFT, PROPOSED, VALIDATED = "draft", "proposed", "validated"
STATES: Final[Mapping[str, str]] = {DRAFT: "projet", PROPOSED: "proposée", VALIDATED: "validée"}
FORWARD: Final[Mapping[str, str]] = {DRAFT: PROPOSED, PROPOSED: VALIDATED}
"""What each state may become; nothing goes back."""
MOST_BODY, MOST_NOTE = 200, 1_000

MOST: Final = 2**31 - 1
"""The highest number that a column of integers holds."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version; ``content`` is what was frozen, as JSON, ``origin`` the number of the one that it is a step of.

    ``body`` and ``signed`` (ISO day) say who proposed or validated it, and when; empty for a draft. ``digest`` is the
    SHA-256 of the content: a validated version has that of what was proposed.
    """

    place: str
    number: int
    state: str
    release: str
    content: str
    origin: int | None = None
    body: str = ""
    signed: str = ""
    note: str = ""
    digest: str = ""
    id: str = ""
    created: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the content is still that of the digest: what was changed past this program is told."""
        return _digest(self.content) == self.digest

    @property
    def held(self) -> dict[str, Any]:
        """What was frozen."""
        found: dict[str, Any] = json.loads(self.content)
        return found


class UnknownVersion(KeyError):  # noqa: N818  (says what happened)
    """No version of the place has the number."""


def freeze(
    database: Database, place: str, release: str, content: Mapping[str, Any], who: str, *, after: int, note: str = ""
) -> Version:
    """A new draft; ``after`` is the number of the last version that was read, 0 for none.

    Raises `Invalid`, or `Conflict` where another version came in between.
    """
    if len(note.strip()) > MOST_NOTE:
        raise Invalid("note")
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    made = Version(place, after + 1, DRAFT, release, text, note=note.strip(), digest=_digest(text))
    with database.write() as connection:
        return _written(connection, made, who, "frozen")


def sign(database: Database, place: str, number: int, who: str, *, body: str, day: str) -> Version:
    """The step after a draft, or after what was proposed, with the body that takes it and the day it did.

    Raises `UnknownVersion`, `Invalid` (also for a day to come or before the proposal, and for what is validated
    already), or `Conflict` where the version is not the last one.
    """
    with database.write() as connection:
        found = _of(connection, place, number)
        if found.state not in FORWARD:
            raise Invalid("state")
        if not 0 < len(body.strip()) <= MOST_BODY:
            raise Invalid("body")
        try:
            signed = date.fromisoformat(day)
        except ValueError as error:
            raise Invalid("signed") from error
        if signed.isoformat() < found.signed or signed > datetime.now(UTC).date():
            raise Invalid("signed")
        made = replace(
            found,
            number=number + 1,
            state=FORWARD[found.state],
            origin=number,
            body=body.strip(),
            signed=signed.isoformat(),
        )
        return _written(connection, made, who, made.state)


def read(database: Database, place: str, number: int) -> Version:
    """The version of a number, or `UnknownVersion`."""
    if database.is_new:
        raise UnknownVersion(number)
    with database.read() as connection:
        return _of(connection, place, number)


def listed(database: Database, place: str) -> list[Version]:
    """The versions of a place, the first first."""
    if database.is_new:
        return []
    with database.read() as connection:
        return _all(connection, place)


def _all(connection: Connection, place: str) -> list[Version]:
    asked = select(VERSIONS).where(VERSIONS.c.place == place).order_by(VERSIONS.c.number)
    return [Version(**row) for row in connection.execute(asked).mappings()]


def _of(connection: Connection, place: str, number: int) -> Version:
    if not 0 <= number <= MOST:
        raise UnknownVersion(number)
    asked = select(VERSIONS).where(VERSIONS.c.place == place, VERSIONS.c.number == number)
    row = connection.execute(asked).mappings().one_or_none()
    if row is None:
        raise UnknownVersion(number)
    return Version(**row)


def _written(connection: Connection, version: Version, who: str, what: str) -> Version:
    every = _all(connection, version.place)
    if (every[-1].number if every else 0) != version.number - 1:
        raise Conflict(every[-1] if every else version)
    at = noting.at()
    made = replace(version, id=uuid.uuid4().hex, created=at)
    try:
        connection.execute(insert(VERSIONS).values(asdict(made)))
    except IntegrityError as error:  # the same number, at the same moment, through another process
        raise Conflict(version) from error
    told = {key: value for key, value in asdict(made).items() if key != "content"}
    noting.note(connection, made.id, what, who, at=at, before=None, after=told)
    return made


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
