"""Scenes of a meeting, in their order: a view frozen on its release, a guess, a board, a vote."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from geodata.territories import TERRITORIES
from layers.written import locking, noting
from layers.written.database import Database
from layers.written.schema import SCENES
from layers.written.workshop import meetings
from layers.written.workshop.meetings import InvalidMeeting

VIEW, RANK, VALUE, BOARD, VOTE = "view", "rank", "value", "board", "vote"
KINDS: Final[Mapping[str, str]] = {
    VIEW: "montrer une vue",
    RANK: "deviner l’ordre des huit territoires",
    VALUE: "deviner une valeur",
    BOARD: "écrire des constats ensemble",
    VOTE: "voter par points",
}
GUESSED: Final = (RANK, VALUE)
"""Kinds whose view is hidden until it is revealed."""
MOST_QUESTION, MOST_NOTES, MOST_VIEW = 300, 4_000, 1_000
MOST_DOTS, MOST_MINUTES, MOST_SCENES = 20, 240, 60
EDITED: Final = ("question", "notes", "minutes", "dots", "secret", "area")


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene; ``view`` is the address of a page with its release, ``minutes`` what it is planned to take.

    ``area`` is whose value is guessed; ``dots`` what each voter has, ``secret`` that nothing is shown before the vote
    is closed, ``open`` that it is not.
    """

    meeting: str
    kind: str
    question: str
    view: str = ""
    notes: str = ""
    minutes: int = 0
    area: str = ""
    dots: int = 5
    secret: bool = True
    open: bool = True
    rank: int = 0
    withdrawn: bool = False
    version: int = 1
    id: str = ""
    created: str = ""
    changed: str = ""


class UnknownScene(KeyError):  # noqa: N818  (says what happened)
    """No scene has the identifier."""


def add(database: Database, scene: Scene, who: str, now: datetime | None = None) -> Scene:
    """Put a scene after the others of its meeting. Raises `InvalidMeeting`, `meetings.UnknownMeeting`."""
    at = noting.at(now)
    with database.write() as connection:
        if meetings.of(connection, scene.meeting).state == meetings.CLOSED:
            raise InvalidMeeting("state")
        others = of(connection, scene.meeting)
        if len(others) >= MOST_SCENES:
            raise InvalidMeeting("scenes")
        rank = 1 + max((other.rank for other in others), default=0)
        made = replace(_checked(scene), id=uuid.uuid4().hex, rank=rank, version=1, created=at, changed=at)
        connection.execute(insert(SCENES).values(asdict(made)))
        noting.note(connection, made.id, "added", who, at=at, before=None, after=asdict(made))
        meetings.beat(connection, scene.meeting)
    return made


def change(
    database: Database, ident: str, version: int, values: Mapping[str, Any], who: str, *, now: datetime | None = None
) -> Scene:
    """Change what `EDITED` lists, from the version that was read.

    Raises `UnknownScene`, `InvalidMeeting`, `Conflict`.
    """
    if unknown := set(values) - set(EDITED):
        raise InvalidMeeting(min(unknown))
    return _changed(database, ident, version, dict(values), who, what="changed", now=now)


def withdraw(database: Database, ident: str, version: int, who: str, *, withdrawn: bool = True) -> Scene:
    """Take a scene out of its meeting, where it stays to be put back. Raises as `change`."""
    what = "withdrawn" if withdrawn else "restored"
    return _changed(database, ident, version, {"withdrawn": withdrawn}, who, what=what, now=None)


def set_open(database: Database, ident: str, who: str, *, is_open: bool) -> Scene:
    """Open or close the vote of a scene: what comes after the close is late. Raises `UnknownScene`."""
    found = read(database, ident)
    return _changed(
        database, ident, found.version, {"open": is_open}, who, what="opened" if is_open else "closed", now=None
    )


def move(database: Database, ident: str, steps: int, who: str) -> None:
    """Exchange a scene with the one before (-1) or after it (1); nothing at an end. Raises `UnknownScene`."""
    with database.write() as connection:
        found = _of(connection, ident)
        order = [one for one in of(connection, found.meeting) if not one.withdrawn]
        at = next(n for n, one in enumerate(order) if one.id == ident)
        if not 0 <= at + steps < len(order):
            return
        other = order[at + steps]
        when = noting.at()
        for one, rank in ((found, other.rank), (other, found.rank)):
            connection.execute(update(SCENES).where(SCENES.c.id == one.id).values(rank=rank))
            noting.note(connection, one.id, "moved", who, at=when, before={"rank": one.rank}, after={"rank": rank})
        meetings.beat(connection, found.meeting)


def read(database: Database, ident: str) -> Scene:
    """The scene of an identifier, or `UnknownScene`."""
    if database.is_new:
        raise UnknownScene(ident)
    with database.read() as connection:
        return _of(connection, ident)


def listed(database: Database, meeting: str) -> list[Scene]:
    """The scenes of a meeting in their order, the withdrawn ones too."""
    if database.is_new:
        return []
    with database.read() as connection:
        return of(connection, meeting)


def of(connection: Connection, meeting: str) -> list[Scene]:
    """As `listed`, in a transaction."""
    asked = select(SCENES).where(SCENES.c.meeting == meeting).order_by(SCENES.c.rank, SCENES.c.created)
    return [Scene(**row) for row in connection.execute(asked).mappings()]


def _of(connection: Connection, ident: str) -> Scene:
    row = connection.execute(select(SCENES).where(SCENES.c.id == ident)).mappings().one_or_none()
    if row is None:
        raise UnknownScene(ident)
    return Scene(**row)


def _changed(
    database: Database,
    ident: str,
    version: int,
    values: dict[str, Any],
    who: str,
    *,
    what: str,
    now: datetime | None,
) -> Scene:
    at = noting.at(now)
    with database.write() as connection:
        before = _of(connection, ident)
        after = _checked(replace(before, **values, version=before.version + 1, changed=at))
        locking.write(connection, SCENES, before, version, asdict(after))
        noting.note(connection, ident, what, who, at=at, before=asdict(before), after=asdict(after))
        meetings.beat(connection, before.meeting)
    return after


def _checked(scene: Scene) -> Scene:
    made = replace(scene, question=scene.question.strip(), notes=scene.notes.strip())
    for field, wrong in (
        ("kind", made.kind not in KINDS),
        ("question", not 0 < len(made.question) <= MOST_QUESTION),
        ("notes", len(made.notes) > MOST_NOTES),
        ("view", len(made.view) > MOST_VIEW or (made.kind in (VIEW, *GUESSED) and not made.view)),
        ("minutes", not 0 <= made.minutes <= MOST_MINUTES),
        ("dots", not int(made.kind == VOTE) <= made.dots <= MOST_DOTS),
        ("area", made.kind == VALUE and made.area not in TERRITORIES),
    ):
        if wrong:
            raise InvalidMeeting(field)
    return made
