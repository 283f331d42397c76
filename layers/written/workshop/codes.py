"""Codes of meetings: read aloud, or from the back of the room, and typed on a telephone."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from sqlalchemy import Connection, select

from layers.written.schema import MEETINGS

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Of a code: none that is taken for another when it is heard."""
ALIKE: Final = str.maketrans("0OI1SZB", "QQLL528")
"""What is taken for another when it is seen from afar, and the letter that it is compared as."""
LENGTH: Final = 6


def letters(code: str) -> str:
    """A code as it is compared: neither spaces nor small letters tell, nor what is taken for another.

    >>> letters(" 2k5-80i ") == letters("ZKSBQL")
    True
    """
    return "".join(one for one in code.upper().translate(ALIKE) if one in LETTERS)


def fresh(connection: Connection) -> str:
    """A code that is not taken for that of any meeting."""
    taken = {letters(code) for code in connection.execute(select(MEETINGS.c.code)).scalars()}
    while True:
        made = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if letters(made) not in taken:
            return made


def meeting(connection: Connection, code: str) -> str:
    """Identifier of the meeting of a code; empty where there is none, or where it is withdrawn.

    Every code is compared, whole: how long it takes does not tell what is near.
    """
    asked, typed = select(MEETINGS.c.id, MEETINGS.c.code).where(MEETINGS.c.withdrawn.is_(False)), letters(code)
    found = [str(row.id) for row in connection.execute(asked) if hmac.compare_digest(letters(row.code), typed)]
    return found[0] if found else ""
