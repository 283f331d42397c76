"""Meetings of a place: prepared, opened, led from scene to scene, closed; each change is in the journal."""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from layers.written import locking, noting
from layers.written.database import Database
from layers.written.locking import Conflict, Invalid
from layers.written.schema import DEVICES, MEETINGS, SCENES
from layers.written.workshop import ballots, codes

PREPARED, OPEN, CLOSED = "prepared", "open", "closed"
ASKED, REVEALED = "asked", "revealed"
COLLEGES: Final[Mapping[str, str]] = {"elected": "élus", "actors": "acteurs", "services": "services"}
MOST_TITLE, MOST_MINUTES, MOST_PRESENT, MOST_DIGITS = 120, 20_000, 5_000, 6
MOST_TIMER: Final = 240
"""Minutes that a timer runs at most."""
EDITED: Final = ("title", "held", "minutes", *COLLEGES)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; ``timer`` is when the time of the scene ends, ``present`` how many were there, by college.

    ``pulse`` counts what changes on the stage, ``received`` what participants sent: windows ask whether they moved.
    """

    place: str
    title: str
    held: str
    code: str = ""
    state: str = PREPARED
    scene: str = ""
    phase: str = ASKED
    blank: bool = False
    timer: str = ""
    minutes: str = ""
    present: str = "{}"
    salt: str = ""
    pulse: int = 1
    received: int = 0
    withdrawn: bool = False
    version: int = 1
    id: str = ""
    created: str = ""
    changed: str = ""

    @property
    def day(self) -> date:
        """The day on which it is held."""
        return date.fromisoformat(self.held)

    @property
    def attendance(self) -> dict[str, int]:
        """People present by college; counts only, never names."""
        found: dict[str, int] = json.loads(self.present)
        return dict.fromkeys(COLLEGES, 0) | found


class UnknownMeeting(KeyError):  # noqa: N818  (says what happened)
    """No meeting has the identifier or the code."""


class InvalidMeeting(Invalid):
    """As `Invalid`, of a meeting or a scene; or a meeting is not in the state that it takes."""


def prepare(database: Database, meeting: Meeting, who: str, now: datetime | None = None) -> Meeting:
    """Write a new meeting under a new code. Raises `InvalidMeeting`."""
    at = noting.at(now)
    with database.write() as connection:
        made = replace(
            _checked(meeting), id=uuid.uuid4().hex, code=codes.fresh(connection), state=PREPARED, version=1, pulse=1,
            received=0, salt=secrets.token_hex(32), created=at, changed=at,
        )  # fmt: skip
        connection.execute(insert(MEETINGS).values(asdict(made)))
        noting.note(connection, made.id, "added", who, at=at, before=None, after=_told(made))
    return made


def change(
    database: Database, ident: str, version: int, values: Mapping[str, str], who: str, *, now: datetime | None = None
) -> Meeting:
    """Change what `EDITED` lists, from the version that was read.

    Raises
    ------
    UnknownMeeting, InvalidMeeting
    Conflict
        The meeting has another version by now.
    """
    if unknown := set(values) - set(EDITED):
        raise InvalidMeeting(min(unknown))
    with database.write() as connection:
        before = of(connection, ident)
        if before.version != version:
            raise Conflict(before)
        present = before.attendance | {key: _count(values[key], key) for key in COLLEGES if key in values}
        kept = {key: value for key, value in values.items() if key not in COLLEGES}
        return _written(connection, before, {**kept, "present": json.dumps(present)}, who, what="changed", now=now)


def withdraw(database: Database, ident: str, version: int, who: str, *, withdrawn: bool = True) -> Meeting:
    """Take a meeting out of the calendar, where it stays, or put it back. Raises as `change`."""
    with database.write() as connection:
        before = of(connection, ident)
        if before.version != version:
            raise Conflict(before)
        what = "withdrawn" if withdrawn else "restored"
        return _written(connection, before, {"withdrawn": withdrawn}, who, what=what, now=None)


def open_(database: Database, ident: str, who: str, now: datetime | None = None) -> Meeting:
    """Let participants in; a closed meeting stays closed, for what it held is no longer told apart."""
    with database.write() as connection:
        before = of(connection, ident)
        if before.state == CLOSED:
            raise InvalidMeeting("state")
        return _written(connection, before, {"state": OPEN}, who, what="opened", now=now)


def renew(database: Database, ident: str, who: str, now: datetime | None = None) -> Meeting:
    """Give another code: that of before lets nobody in any more; telephones that are in stay in."""
    with database.write() as connection:
        before = of(connection, ident)
        if before.state == CLOSED:
            raise InvalidMeeting("state")
        return _written(connection, before, {"code": codes.fresh(connection)}, who, what="code", now=now)


def close(database: Database, ident: str, who: str, now: datetime | None = None) -> Meeting:
    """End a meeting: superseded ballots go, telephones are forgotten, only counts by college stay."""
    with database.write() as connection:
        before = of(connection, ident)
        if before.state != OPEN:
            raise InvalidMeeting("state")
        joined = count(connection, ident)
        present = {key: max(joined.get(key, 0), before.attendance.get(key, 0)) for key in COLLEGES}
        ballots.unlink(connection, ident, noting.at(now))
        connection.execute(delete(DEVICES).where(DEVICES.c.meeting == ident))
        values = {"state": CLOSED, "present": json.dumps(present), "salt": "", "timer": "", "blank": False}
        return _written(connection, before, values, who, what="closed", now=now)


def lead(database: Database, ident: str, who: str, now: datetime | None = None, **values: Any) -> Meeting:
    """Move the stage of a meeting: ``scene``, ``phase``, ``blank``, ``minutes_left`` of its timer (0 stops it).

    The last who leads wins: a stage has one place to be. What is revealed takes no more answers in time.
    """
    at = now or datetime.now(UTC)
    if (left := values.pop("minutes_left", None)) is not None:
        if not 0 <= left <= MOST_TIMER:
            raise InvalidMeeting("minutes_left")
        values["timer"] = noting.at(at + timedelta(minutes=left)) if left else ""
    with database.write() as connection:
        before = of(connection, ident)
        if before.state == CLOSED:
            raise InvalidMeeting("state")
        beat(connection, ident, **values)
        after = of(connection, ident)
        if after.phase == REVEALED:
            connection.execute(update(SCENES).where(SCENES.c.id == after.scene).values(open=False))
        moved = {key: (getattr(before, key), getattr(after, key)) for key in values}
        noting.note(
            connection, ident, "led", who, at=noting.at(at), before={key: old for key, (old, _new) in moved.items()},
            after={key: new for key, (_old, new) in moved.items()},
        )  # fmt: skip
        return after


def beat(connection: Connection, ident: str, **values: Any) -> None:
    """Tell the windows of a meeting that its stage changed."""
    connection.execute(update(MEETINGS).where(MEETINGS.c.id == ident).values(pulse=MEETINGS.c.pulse + 1, **values))


def read(database: Database, ident: str) -> Meeting:
    """The meeting of an identifier, or `UnknownMeeting`."""
    if database.is_new:
        raise UnknownMeeting(ident)
    with database.read() as connection:
        return of(connection, ident)


def by_code(database: Database, code: str) -> Meeting:
    """The meeting that a code opens, however it is typed, or `UnknownMeeting`."""
    if database.is_new:
        raise UnknownMeeting(code)
    with database.read() as connection:
        return of(connection, codes.meeting(connection, code))


def listed(database: Database, place: str | None = None) -> list[Meeting]:
    """The meetings of a place, or of all, in the order of their days; the withdrawn ones too."""
    if database.is_new:
        return []
    asked = select(MEETINGS).order_by(MEETINGS.c.held, MEETINGS.c.created)
    with database.read() as connection:
        rows = connection.execute(asked if place is None else asked.where(MEETINGS.c.place == place)).mappings()
        return [_meeting(row) for row in rows]


def pulse(database: Database, ident: str) -> tuple[int, int]:
    """What windows ask all the time: how often the stage changed, and how much was received. `UnknownMeeting`."""
    if database.is_new:
        raise UnknownMeeting(ident)
    with database.read() as connection:
        row = connection.execute(
            select(MEETINGS.c.pulse, MEETINGS.c.received).where(MEETINGS.c.id == ident)
        ).one_or_none()
    if row is None:
        raise UnknownMeeting(ident)
    return int(row[0]), int(row[1])


def count(connection: Connection, ident: str) -> dict[str, int]:
    """Telephones that joined, by college."""
    asked = select(DEVICES.c.college, func.count()).where(DEVICES.c.meeting == ident).group_by(DEVICES.c.college)
    return {str(college): int(number) for college, number in connection.execute(asked)}


def joined(database: Database, ident: str) -> dict[str, int]:
    """As `count`; nobody where nothing was ever written."""
    if database.is_new:
        return {}
    with database.read() as connection:
        return count(connection, ident)


def of(connection: Connection, ident: str) -> Meeting:
    """The meeting of an identifier in a transaction, or `UnknownMeeting`."""
    row = connection.execute(select(MEETINGS).where(MEETINGS.c.id == ident)).mappings().one_or_none()
    if row is None:
        raise UnknownMeeting(ident)
    return _meeting(row)


def _written(
    connection: Connection, before: Meeting, values: dict[str, Any], who: str, *, what: str, now: datetime | None
) -> Meeting:
    at = noting.at(now)
    after = _checked(replace(before, **values, version=before.version + 1, pulse=before.pulse + 1, changed=at))
    values = {key: value for key, value in asdict(after).items() if key not in {"received", "pulse"}}
    locking.write(connection, MEETINGS, before, before.version, values)
    beat(connection, before.id)
    noting.note(connection, before.id, what, who, at=at, before=_told(before), after=_told(after))
    return after


def _told(meeting: Meeting) -> dict[str, Any]:
    """What the journal keeps of a meeting: not what its participants' telephones are hidden with."""
    return {key: value for key, value in asdict(meeting).items() if key not in {"salt", "pulse", "received"}}


def _checked(meeting: Meeting) -> Meeting:
    made = replace(meeting, title=meeting.title.strip(), minutes=meeting.minutes.strip())
    if not 0 < len(made.title) <= MOST_TITLE:
        raise InvalidMeeting("title")
    if len(made.minutes) > MOST_MINUTES:
        raise InvalidMeeting("minutes")
    try:
        date.fromisoformat(made.held)
    except ValueError as error:
        raise InvalidMeeting("held") from error
    return made


def _count(text: str, field: str) -> int:
    """A number of people as it is typed; nothing is nobody."""
    if text and not (text.isdecimal() and len(text) <= MOST_DIGITS and int(text) <= MOST_PRESENT):
        raise InvalidMeeting(field)
    return int(text or 0)


def _meeting(row: RowMapping) -> Meeting:
    return Meeting(**row)
