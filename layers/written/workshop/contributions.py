"""What participants send: findings to accept, guesses, dots. Sent once or ten times, it is written once."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from layers.written import attempts, noting, register
from layers.written.database import Database
from layers.written.register import Finding
from layers.written.schema import CONTRIBUTIONS, DEVICES, MEETINGS
from layers.written.workshop import ballots, bodies, meetings, scenes
from layers.written.workshop.ballots import DOTS, FINDING, RANK, VALUE
from layers.written.workshop.bodies import Refused
from layers.written.workshop.meetings import COLLEGES, Meeting
from layers.written.workshop.scenes import Scene

PENDING, ACCEPTED, REFUSED = "pending", "accepted", "refused"
MOST_OF_A_DEVICE: Final = 200
"""Contributions that one telephone sends to a meeting at most."""
MOST_IN_A_ROOM, MOST_OF_AN_ADDRESS = 2_000, 400
"""Telephones that join a meeting, in all, and from one address within a quarter of an hour: a whole room shares one."""
IDENT: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Contribution:
    """One sending; ``body`` is what its kind holds, ``ballots`` how many sheets of paper it stands for."""

    id: str
    meeting: str
    scene: str
    kind: str
    college: str
    device: str | None
    body: str
    ballots: int = 1
    late: bool = False
    state: str = ACCEPTED
    finding: str | None = None
    at: str = ""

    @property
    def held(self) -> Any:
        """The body as it was before it was written: a mapping, a list or a number by the kind."""
        return json.loads(self.body)


def join(database: Database, meeting: Meeting, device: str, college: str, *, source: str = "") -> None:
    """A telephone takes part as a college; another choice later takes the place of the first.

    ``source`` is the address that it asks from: one who clears their cookies again and again is no crowd. That it knows
    the code is for `entrance` to say. Raises `Refused`.
    """
    if college not in COLLEGES:
        raise Refused("college")
    with database.write() as connection:
        found = meetings.of(connection, meeting.id)
        if found.state != meetings.OPEN:
            raise Refused("closed")
        name, where = hidden(found, device), DEVICES.c
        mine = (where.meeting == found.id) & (where.device == name)
        if connection.execute(update(DEVICES).where(mine).values(college=college)).rowcount == 0:
            _count_one_more(connection, found, source, datetime.now(UTC))
            connection.execute(insert(DEVICES).values(meeting=found.id, device=name, college=college))
        connection.execute(update(MEETINGS).where(MEETINGS.c.id == found.id).values(received=MEETINGS.c.received + 1))


def _count_one_more(connection: Connection, meeting: Meeting, source: str, moment: datetime) -> None:
    """Refuse more telephones than a room has: in all, and from one address within a quarter of an hour."""
    if sum(meetings.count(connection, meeting.id).values()) >= MOST_IN_A_ROOM:
        raise Refused("full")
    if source:
        whence = hidden(meeting, f"join {attempts.site(source)}")
        if attempts.count(connection, whence, moment) >= MOST_OF_AN_ADDRESS:
            raise Refused("full")
        attempts.note(connection, whence, moment)


def college_of(database: Database, meeting: Meeting, device: str) -> str | None:
    """The college that a telephone joined as; None where it did not, or where the meeting is closed."""
    if database.is_new or not device or not meeting.salt:
        return None
    where = DEVICES.c
    asked = select(where.college).where(where.meeting == meeting.id, where.device == hidden(meeting, device))
    with database.read() as connection:
        found: str | None = connection.execute(asked).scalar_one_or_none()
    return found


@dataclass(frozen=True, slots=True)
class Sending:
    """What a telephone sends: the name that it gave it, for which scene, and what it holds."""

    id: str
    scene: str
    body: Any


def send(database: Database, meeting: Meeting, device: str, sent: Sending, now: datetime | None = None) -> bool:
    """Write what a telephone sends under a name of its own; False where it was there: nothing is written twice.

    Raises
    ------
    Refused
        With the reason; a guess after the answer was shown, and a ballot after the vote closed, are taken as late.
    """
    if not IDENT.fullmatch(sent.id):
        raise Refused("id")
    try:
        with database.write() as connection:
            if _is_there(connection, sent.id):
                return False
            found = meetings.of(connection, meeting.id)
            if found.state != meetings.OPEN:
                raise Refused("closed")
            college = _college(connection, found, device)
            _write(connection, _made(connection, found, sent, college, hidden(found, device), at=noting.at(now)))
    except IntegrityError:  # the same sending, at the same moment, through another process
        return False
    return True


def type_in(
    database: Database, meeting: str, scene: str, body: Any, *, college: str, number: int, who: str
) -> Contribution:
    """Ballots of paper that say the same, typed in by who leads: ``number`` of them. Raises `Refused`."""
    if college not in COLLEGES:
        raise Refused("college")
    if not 1 <= number <= MOST_OF_A_DEVICE:
        raise Refused("body")
    with database.write() as connection:
        found = meetings.of(connection, meeting)
        if found.state == meetings.CLOSED:
            raise Refused("closed")
        made = _made(connection, found, Sending(uuid.uuid4().hex, scene, body), college, None, at=noting.at())
        made = replace(made, ballots=number, late=False)
        _write(connection, made)
        noting.note(connection, meeting, "paper", who, at=made.at, before=None, after=asdict(made))
    return made


def accept(database: Database, ident: str, who: str, source: str, quadrant: str | None = None) -> Finding | None:
    """Take a proposed finding into the register of its place; None where it was decided on before."""
    with database.write() as connection:
        one = _pending(connection, ident)
        if one is None:
            return None
        held = one.held
        place = meetings.of(connection, one.meeting).place
        made = register.written(
            connection,
            Finding(place, held["sentence"], quadrant or held["quadrant"], evidence="actor", source=source),
            who,
        )
        connection.execute(
            update(CONTRIBUTIONS).where(CONTRIBUTIONS.c.id == ident).values(state=ACCEPTED, finding=made.id)
        )
        meetings.beat(connection, one.meeting, received=MEETINGS.c.received + 1)
    return made


def refuse(database: Database, ident: str, who: str) -> bool:
    """Leave a proposed finding out of the register, where nobody reads it; False where it was decided on before."""
    with database.write() as connection:
        one = _pending(connection, ident)
        if one is None:
            return False
        connection.execute(update(CONTRIBUTIONS).where(CONTRIBUTIONS.c.id == ident).values(state=REFUSED))
        noting.note(
            connection, ident, "refused", who, at=noting.at(), before={"state": PENDING}, after={"state": REFUSED}
        )
        meetings.beat(connection, one.meeting, received=MEETINGS.c.received + 1)
    return True


def count_late(database: Database, scene: Scene, who: str) -> int:
    """Take the late answers of a scene for answers in time; how many."""
    table = CONTRIBUTIONS.c
    with database.write() as connection:
        taken = connection.execute(
            update(CONTRIBUTIONS).where(table.scene == scene.id, table.late.is_(True)).values(late=False)
        ).rowcount
        noting.note(connection, scene.id, "late", who, at=noting.at(), before={"late": taken}, after={"late": 0})
        meetings.beat(connection, scene.meeting, received=MEETINGS.c.received + 1)
    return int(taken)


def is_of(database: Database, meeting: str, ident: str) -> bool:
    """Whether a sending is of a meeting."""
    if database.is_new:
        return False
    table = CONTRIBUTIONS.c
    with database.read() as connection:
        asked = select(table.id).where(table.id == ident, table.meeting == meeting)
        return connection.execute(asked).first() is not None


def proposed(database: Database, meeting: str, state: str = PENDING) -> list[Contribution]:
    """The findings that participants proposed, in the order in which they came."""
    table = CONTRIBUTIONS.c
    return _listed(database, (table.meeting == meeting) & (table.kind == FINDING) & (table.state == state))


def counted(database: Database, scene: Scene) -> list[Contribution]:
    """The answers of a scene that count, the last of each telephone; late ones too, which say that they are."""
    if database.is_new:
        return []
    with database.read() as connection:
        kept = ballots.standing(connection, scene.meeting, scene.id)
    return _listed(database, CONTRIBUTIONS.c.id.in_(kept)) if kept else []


def hidden(meeting: Meeting, device: str) -> str:
    """The name of a telephone in a meeting: nobody finds the telephone again without what the meeting forgets."""
    return hashlib.sha256(f"{meeting.salt}{meeting.id}{device}".encode()).hexdigest()


def _made(
    connection: Connection, meeting: Meeting, sent: Sending, college: str, device: str | None, *, at: str
) -> Contribution:
    found = next((one for one in scenes.of(connection, meeting.id) if one.id == sent.scene and not one.withdrawn), None)
    if found is None:
        raise Refused("kind")
    kind = {scenes.RANK: RANK, scenes.VALUE: VALUE, scenes.VOTE: DOTS}.get(found.kind, FINDING)
    told = bodies.CHECKS[kind](connection, meeting, found, sent.body)
    late = kind in ballots.ONCE and not found.open
    state = PENDING if kind == FINDING else ACCEPTED
    written = json.dumps(told, ensure_ascii=False)
    return Contribution(sent.id, meeting.id, found.id, kind, college, device, written, late=late, state=state, at=at)


def _write(connection: Connection, made: Contribution) -> None:
    connection.execute(insert(CONTRIBUTIONS).values(asdict(made)))
    connection.execute(update(MEETINGS).where(MEETINGS.c.id == made.meeting).values(received=MEETINGS.c.received + 1))


def _college(connection: Connection, meeting: Meeting, device: str) -> str:
    where, name = DEVICES.c, hidden(meeting, device)
    college = connection.execute(
        select(where.college).where(where.meeting == meeting.id, where.device == name)
    ).scalar_one_or_none()
    if college is None:
        raise Refused("college")
    table = CONTRIBUTIONS.c
    sent = connection.execute(select(table.id).where(table.meeting == meeting.id, table.device == name)).all()
    if len(sent) >= MOST_OF_A_DEVICE:
        raise Refused("many")
    return str(college)


def _is_there(connection: Connection, ident: str) -> bool:
    return connection.execute(select(CONTRIBUTIONS.c.id).where(CONTRIBUTIONS.c.id == ident)).one_or_none() is not None


def _pending(connection: Connection, ident: str) -> Contribution | None:
    table = CONTRIBUTIONS.c
    row = connection.execute(
        select(CONTRIBUTIONS).where(table.id == ident, table.state == PENDING)
    ).mappings().one_or_none()  # fmt: skip
    return None if row is None else Contribution(**row)


def _listed(database: Database, where: Any) -> list[Contribution]:
    if database.is_new:
        return []
    table = CONTRIBUTIONS.c
    with database.read() as connection:
        rows = connection.execute(select(CONTRIBUTIONS).where(where).order_by(table.at, table.id)).mappings()
        return [Contribution(**row) for row in rows]
