"""Accounts: names that sign in, by a password of which only an argon2 hash is kept, each with one role.

Who signs in by a service of identity has one too, without a password: the service says the name and the role.

Failed attempts are counted in the database, so for all processes of a server, under names that tell nobody.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, insert, select

from layers.written import attempts, locking, noting
from layers.written.attempts import TooManyAttempts
from layers.written.database import Database
from layers.written.locking import Invalid
from layers.written.schema import ACCOUNTS

FACILITATOR, AGENT, ADMINISTRATOR = "facilitator", "agent", "administrator"
ROLES: Final[Mapping[str, str]] = {
    FACILITATOR: "animation des ateliers",
    AGENT: "gestion des données",
    ADMINISTRATOR: "administration",
}
NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
FEWEST_LETTERS, MOST_LETTERS = 12, 200
"""Of a password."""
MOST_OF_A_NAME, MOST_OF_A_SOURCE = 5, 30
"""Failed attempts within `WINDOW`, after which no password is tried."""
WINDOW: Final = attempts.WINDOW
_HASHER: Final = PasswordHasher()
_NOBODY: Final = _HASHER.hash("nobody")
"""What the password of a name without account is compared with: the answer takes as long."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account; a session holds for one ``epoch``."""

    name: str
    role: str
    hash: str
    disabled: bool = False
    epoch: int = 1
    version: int = 1
    id: str = ""
    created: str = ""
    changed: str = ""

    @property
    def is_federated(self) -> bool:
        """Whether a service of identity signs it in, and says its role."""
        return not self.hash

    @property
    def told(self) -> dict[str, Any]:
        """What the journal keeps of it: all but the hash."""
        return {key: value for key, value in asdict(self).items() if key != "hash"}


class WrongPassword(Exception):  # noqa: N818  (says what happened)
    """No account that is enabled has this name and this password; which of them is wrong is not told."""


class Closed(Exception):  # noqa: N818  (says what happened)
    """The account was closed here, whatever the service of identity says."""


class UnknownAccount(KeyError):  # noqa: N818  (says what happened)
    """No account has the name or the identifier."""


def exist(database: Database) -> bool:
    """Whether there is an account at all."""
    if database.is_new:
        return False
    with database.read() as connection:
        return connection.execute(select(ACCOUNTS.c.id).limit(1)).first() is not None


def listed(database: Database) -> list[Account]:
    """All accounts, by name."""
    if database.is_new:
        return []
    with database.read() as connection:
        return [Account(**row) for row in connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.name)).mappings()]


def read(database: Database, ident: str) -> Account:
    """An account by its identifier. Raises `UnknownAccount`."""
    if database.is_new:
        raise UnknownAccount(ident)
    with database.read() as connection:
        return _one(connection, ACCOUNTS.c.id == ident, ident)


def create(database: Database, name: str, role: str, password: str, who: str) -> Account:
    """Make an account; the first is an administrator's. Raises `Invalid` with the field."""
    name, hashed = name.strip().lower(), _hashed(password)
    if not NAME.fullmatch(name):
        raise Invalid("name")
    with database.write() as connection:
        rows = connection.execute(select(ACCOUNTS.c.name)).scalars().all()
        if name in rows:
            raise Invalid("name")
        if role not in ROLES or (not rows and role != ADMINISTRATOR):
            raise Invalid("role")
        at = noting.at()
        made = Account(name, role, hashed, id=uuid.uuid4().hex, created=at, changed=at)
        connection.execute(insert(ACCOUNTS).values(asdict(made)))
        noting.note(connection, made.id, "added", who, at=at, before=None, after=made.told)
    return made


def set_role(database: Database, ident: str, version: int, role: str, who: str) -> Account:
    """Give another role. Raises `Invalid`, `UnknownAccount`, `Conflict`."""
    if role not in ROLES:
        raise Invalid("role")
    if read(database, ident).is_federated:
        raise Invalid("federated")
    return _changed(database, ident, version, {"role": role}, who, what="role")


def set_disabled(database: Database, ident: str, version: int, who: str, *, disabled: bool) -> Account:
    """Close an account, or open it again. Raises as `set_role`."""
    return _changed(database, ident, version, {"disabled": disabled}, who, what="disabled" if disabled else "enabled")


def set_password(database: Database, ident: str, version: int, password: str, who: str) -> Account:
    """Give another password; sessions that were open are closed. Raises as `set_role`."""
    return _changed(database, ident, version, {"hash": _hashed(password)}, who, what="password")


def leave(database: Database, ident: str, who: str) -> Account:
    """Close every session of an account. Raises `UnknownAccount`."""
    return _changed(database, ident, None, {}, who, what="left")


def reset(database: Database, name: str, password: str, who: str) -> Account:
    """Give a password to an account by its name, and open it again. Raises `UnknownAccount`, `Invalid`."""
    with database.write() as connection:
        found = _one(connection, ACCOUNTS.c.name == name.strip().lower(), name)
    return _changed(database, found.id, None, {"hash": _hashed(password), "disabled": False}, who, what="password")


def sign_in(database: Database, name: str, password: str, source: str, now: datetime | None = None) -> Account:
    """The account of a name and its password; ``source`` is where it is asked from.

    Raises
    ------
    WrongPassword, TooManyAttempts
    """
    name, moment = name.strip().lower(), now or datetime.now(UTC)
    own, whence = attempts.key(f"name {name}"), attempts.key(f"source {attempts.site(source)}")
    if database.is_new or not 0 < len(password) <= MOST_LETTERS:
        raise WrongPassword
    with database.write() as connection:
        for key, most in ((own, MOST_OF_A_NAME), (whence, MOST_OF_A_SOURCE)):
            if attempts.count(connection, key, moment) >= most:
                raise TooManyAttempts
        for key in (own, whence):  # before it is tried: many at once are no more than many
            attempts.note(connection, key, moment)
        row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.name == name)).mappings().one_or_none()
    found = None if row is None else Account(**row)
    if not _is_password(found.hash if found else _NOBODY, password) or found is None or found.disabled:
        raise WrongPassword
    with database.write() as connection:
        attempts.forget(connection, own)
    return found


def enter(database: Database, issuer: str, subject: str, wanted: str, role: str) -> Account:
    """The account of who a service of identity signed in, made at the first time; ``role`` is what the service says.

    An account is told by issuer and subject, never by name: nobody gets that of another by taking their name.
    Raises `Closed`, and `Invalid` for a role that there is not.
    """
    if role not in ROLES:
        raise Invalid("role")
    ident = uuid.uuid5(uuid.NAMESPACE_URL, f"{issuer}#{subject}").hex
    with database.write() as connection:
        row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == ident)).mappings().one_or_none()
        if row is None:
            at, name = noting.at(), _plain(wanted)
            if not NAME.fullmatch(name) or connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.name == name)).first():
                name = f"{name[:50] or 'compte'}-{ident[:8]}"
            made = Account(name, role, "", id=ident, created=at, changed=at)
            connection.execute(insert(ACCOUNTS).values(asdict(made)))
            noting.note(connection, ident, "added", name, at=at, before=None, after=made.told)
            return made
    found = Account(**row)
    if found.disabled:
        raise Closed
    return found if found.role == role else _changed(database, ident, None, {"role": role}, found.name, what="role")


def _plain(text: str) -> str:
    """A name as accounts have them, of one that may have accents and spaces; empty where nothing is left.

    >>> _plain("Élodie Fictive <x>")
    'elodie-fictive-x'
    """
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._@]+", "-", bare).strip("-._@")[:64]


def _changed(
    database: Database, ident: str, version: int | None, values: dict[str, Any], who: str, *, what: str
) -> Account:
    with database.write() as connection:
        before = _one(connection, ACCOUNTS.c.id == ident, ident)
        if before.is_federated and what == "password":
            raise Invalid("federated")  # a password would be a second way in, which the service does not know of
        at = noting.at()
        after = replace(before, **values, epoch=before.epoch + 1, version=before.version + 1, changed=at)
        by_service = before.is_federated and what == "role"
        if not by_service and (after.role != ADMINISTRATOR or after.disabled) and not _others(connection, ident):
            raise Invalid("last")  # somebody must be left who can give accounts back
        locking.write(connection, ACCOUNTS, before, before.version if version is None else version, asdict(after))
        noting.note(connection, ident, what, who, at=at, before=before.told, after=after.told)
    return after


def is_last(database: Database, ident: str) -> bool:
    """Whether an account is the last that administers."""
    with database.read() as connection:
        found = _one(connection, ACCOUNTS.c.id == ident, ident)
        return found.role == ADMINISTRATOR and not found.disabled and not _others(connection, ident)


def _others(connection: Connection, ident: str) -> bool:
    """Whether another account administers."""
    administering = select(ACCOUNTS.c.id).where(ACCOUNTS.c.role == ADMINISTRATOR, ACCOUNTS.c.disabled.is_(False))
    return connection.execute(administering.where(ACCOUNTS.c.id != ident)).first() is not None


def _one(connection: Connection, where: Any, named: str) -> Account:
    row = connection.execute(select(ACCOUNTS).where(where)).mappings().one_or_none()
    if row is None:
        raise UnknownAccount(named)
    return Account(**row)


def _hashed(password: str) -> str:
    if not FEWEST_LETTERS <= len(password) <= MOST_LETTERS:
        raise Invalid("password")
    return _HASHER.hash(password)


def _is_password(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
