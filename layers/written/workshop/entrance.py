"""Who takes part proves to know the code of a meeting, or to have read it with a telephone.

A code is short, for it is typed: what fails is limited. A telephone reads a token, which nobody guesses. Once the code
is another, neither lets anybody in.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from typing import Final

from layers.written import attempts
from layers.written.attempts import TooManyAttempts
from layers.written.database import Database
from layers.written.workshop import codes, meetings
from layers.written.workshop.meetings import Meeting, UnknownMeeting

TOKEN: Final = 15
"""Letters of a token, of six bits each; more than a code has, and no more modules in the square that holds it."""
STEPS: Final = ((600, 300), (10_000, 20))
"""Wrong codes at one door within `attempts.WINDOW`, and how many of them one address may have given until then.

A room of two hundred telephones behind one address mistypes a hundred times; of 29**6 codes, that guesses none. Where
many addresses try at once each has fewer; past the last step a code is read with a telephone, not typed.
"""


def token(meeting: Meeting) -> str:
    """What a telephone reads instead of the code; empty for a meeting that is closed."""
    if not meeting.salt:
        return ""
    made = hmac.digest(meeting.salt.encode(), f"{meeting.id} {meeting.code}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made).decode()[:TOKEN]


def is_token(meeting: Meeting, given: str) -> bool:
    """Whether something is the token of a meeting."""
    own = token(meeting)
    return bool(own) and hmac.compare_digest(own.encode(), given.encode())


def by_token(database: Database, given: str) -> Meeting:
    """The meeting of a token, or `UnknownMeeting`."""
    found = [one for one in meetings.listed(database) if not one.withdrawn and is_token(one, given)]
    if not found:
        raise UnknownMeeting(given)
    return found[0]


def enter(database: Database, code: str, source: str, ident: str = "", now: datetime | None = None) -> Meeting:
    """The meeting of a code that was typed at an address, ``source``; ``ident``: at the door of that meeting alone.

    What is right is never counted, nor what is too short or too long to be a code.

    Raises
    ------
    UnknownMeeting
        No meeting has the code, or another than that of the door; it was counted.
    TooManyAttempts
        It was not tried.
    """
    if database.is_new or len(codes.letters(code)) != codes.LENGTH:
        raise UnknownMeeting(code)
    moment = now or datetime.now(UTC)
    door, whence = attempts.key(f"door {ident}"), attempts.key(f"code {attempts.site(source)}")
    with database.write() as connection:
        if attempts.count(connection, whence, moment) >= _most(attempts.count(connection, door, moment)):
            raise TooManyAttempts
        found = codes.meeting(connection, code)
        if found and ident in ("", found):
            return meetings.of(connection, found)
        attempts.note(connection, door, moment)
        attempts.note(connection, whence, moment)
    raise UnknownMeeting(code)


def _most(failed: int) -> int:
    """How many wrong codes an address may have given where so many were given at a door."""
    return next((most for step, most in STEPS if failed < step), 0)
