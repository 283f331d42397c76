"""What is tried, counted in the database, so for all processes of a server, under names that tell nobody."""

from __future__ import annotations

import hashlib
import ipaddress
import uuid
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select

from layers.written import noting
from layers.written.schema import ATTEMPTS

WINDOW: Final = timedelta(minutes=15)
"""For how long what was tried counts."""
OF_A_SITE: Final = 64
"""Bits of an IPv6 address that tell whose it is: one site has all the addresses behind them (RFC 6177)."""


class TooManyAttempts(Exception):  # noqa: N818  (says what happened)
    """Too many attempts were made: none is tried until `WINDOW` is over."""


def key(text: str) -> str:
    """The name under which something is counted."""
    return hashlib.sha256(text.encode()).hexdigest()


def site(address: str) -> str:
    """Whose an address is: itself, or the network of a site that has as many as it likes.

    >>> site("192.0.2.7"), site("2001:db8:1:2:3::4"), site("")
    ('192.0.2.7', '2001:db8:1:2::/64', '')
    """
    with suppress(ValueError):
        found = ipaddress.ip_address(address)
        if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
            return str(ipaddress.ip_network((found, OF_A_SITE), strict=False))
    return address


def count(connection: Connection, key: str, moment: datetime) -> int:
    """How often something was tried within `WINDOW`; what is older goes."""
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.at < noting.at(moment - WINDOW)))
    asked = select(func.count()).select_from(ATTEMPTS).where(ATTEMPTS.c.key == key)
    return int(connection.execute(asked).scalar_one())


def note(connection: Connection, key: str, moment: datetime) -> None:
    """Count one more."""
    connection.execute(insert(ATTEMPTS).values(id=uuid.uuid4().hex, key=key, at=noting.at(moment)))


def forget(connection: Connection, key: str) -> None:
    """Count from nothing again."""
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.key == key))
