"""Why a database cannot be read or written: it does not answer, it is damaged, or a later version wrote it."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from alembic.util import CommandError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError

PATIENCE_MS: Final = 5_000
"""Milliseconds that a writer waits for another."""
OURS: Final = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
"""What a database answers to a request that is wrong: it is sound, and not the one to be told of."""
ELSEWHERE: Final = frozenset(
    (
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_AUTH,
    )
)  # fmt: skip
"""Codes of SQLite that say nothing of what is in the file."""
BEGINNING: Final = 10
VERSIONS: Final = "alembic_version"


class Unavailable(Exception):  # noqa: N818  (says what happened)
    """The database does not answer, or another writer holds it for too long: nothing was written."""


class Damaged(Unavailable):
    """What is in the database cannot be read: a backup must take its place; nothing was written."""


class Newer(Unavailable):
    """A later version of the program wrote the database: this one leaves it alone."""


FAULTS: Final = (DBAPIError, sqlite3.Error, CommandError, Damaged, UnicodeDecodeError)
"""What the opening, the migration and the reading of a database may raise; what damaged names and texts are not read
as, even in the words of SQLite, among them.
"""


def explained(error: Exception, path: Path | None) -> Unavailable:
    """What an error of `FAULTS` says of a database; ``path``: its file, where it is one of SQLite."""
    cause = getattr(error, "orig", error)
    if isinstance(error, Damaged):
        return error
    if isinstance(error, CommandError):
        return Newer(
            "La base de données a été écrite par une version plus récente du tableau de bord, ou elle est "
            f"endommagée\u202f: {str(error).strip()}. Mettez le tableau de bord à jour, ou remettez une sauvegarde "
            "(«\u00a0ess restore SAUVEGARDE\u00a0»)."
        )
    if path is not None and isinstance(cause, sqlite3.Error | UnicodeDecodeError):
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code not in ELSEWHERE:
            return damaged(path, cause)
    return Unavailable(f"La base de données ne répond pas (ESS_DATABASE_URL)\u202f: {str(cause).strip()}")


def damaged(path: Path, why: object) -> Damaged:
    """What is said of a file that cannot be read."""
    return Damaged(
        f"La base de données est endommagée ({path.name}\u202f: {str(why).strip()}). Elle est laissée telle "
        "quelle\u202f: «\u00a0ess restore SAUVEGARDE\u00a0» met une sauvegarde à sa place."
    )


def check(path: Path) -> None:
    """Look at an SQLite file before anything is written to it: one that is damaged, or not ours, is left as it is.

    Raises `Damaged`, and what `sqlite3` raises.
    """
    if not _filled(path):
        raise damaged(path, "le fichier est vide")
    seen = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE_MS / 1000)
    with closing(seen):
        (told,) = seen.execute("PRAGMA integrity_check(1)").fetchone()
        names = {name for (name,) in seen.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if told != "ok":
        raise damaged(path, told)
    if names and VERSIONS not in names:
        raise damaged(path, f"pas de table {VERSIONS}")


def _filled(path: Path) -> bool:
    """Whether a file holds anything, once another process that makes it had the time to begin."""
    for _ in range(BEGINNING):
        if path.stat().st_size:
            return True
        time.sleep(PATIENCE_MS / 1000 / 100)
    return False
