"""The database of what is written: SQLite in the data folder by default, PostgreSQL by its address.

Connections open at first use, in the process that uses them: never before a fork.
"""

from __future__ import annotations

import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

from layers.written.unavailable import FAULTS, OURS, PATIENCE_MS, Damaged, Newer, Unavailable, check, explained

__all__ = ["Damaged", "Database", "Newer", "Unavailable", "migrate"]

MIGRATIONS: Final = Path(__file__).parent / "migrations"
CONNECT_SECONDS: Final = 3
REST: Final = 1.0
"""Seconds for which a server that did not answer is left alone, at least: as long as it was waited for, if longer."""
WRITER: Final = 0x455353
"""The lock that a writer holds in PostgreSQL, until the end of its transaction; any number would do."""
READING: Final = "reading"
"""Execution option of a connection that only reads."""
_MIGRATING = threading.Lock()


class Database:
    """Where things are written.

    Parameters
    ----------
    url : an address of SQLAlchemy, such as ``sqlite:////var/ess/ess.sqlite`` or ``postgresql+psycopg://ess@host/ess``.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._asleep, self._said = clock, float("-inf"), Unavailable()
        self._url = make_url(url)
        self._is_sqlite = self._url.get_backend_name() == "sqlite"
        self._engines: dict[int, Engine] = {}
        self._writing = threading.Lock()

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever written: an SQLite file that does not exist."""
        try:
            return self._is_sqlite and not self._path.exists()
        except OSError:  # it may be there
            return False

    @property
    def _path(self) -> Path:
        return Path(self._url.database or "")

    def set_aside(self) -> Path:
        """Put a damaged SQLite file, and what goes with it, aside under another name; return it. Nothing is lost."""
        self.close()
        self._asleep = float("-inf")
        aside = self._path.with_name(f"{self._path.name}.{datetime.now(UTC):%Y%m%d%H%M%S}")
        for end in ("", "-wal", "-shm"):
            part = self._path.with_name(self._path.name + end)
            if part.exists():
                part.rename(aside.with_name(aside.name + end))
        return aside

    def close(self) -> None:
        """Leave what this process opened of it: it is opened again at next use."""
        opened = self._engines.pop(os.getpid(), None)
        if opened is not None:
            opened.dispose()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction, kept whole or not at all; the tables are made, or brought up to date, at the first one.

        Raises `Unavailable`.
        """
        with self._turn(), self._told(), self._engine().begin() as connection:
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Writers of one process wait for each other here, in turn: SQLite lets the luckiest of them through, and
        some wait until they are refused. Raises `Unavailable`.
        """
        if not self._is_sqlite:
            yield
            return
        if not self._writing.acquire(timeout=PATIENCE_MS / 1000):
            raise Unavailable("La base de données est occupée depuis trop longtemps\u202f: rien n’a été écrit.")
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read, which sees one moment. Raises `Unavailable`."""
        options: dict[str, Any] = {READING: True}
        if not self._is_sqlite:
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._told(), self._engine().connect().execution_options(**options) as connection:
            yield connection

    def reach(self) -> None:
        """Ask the server for an answer, and leave it. Raises `Unavailable`."""
        if self.is_new:
            return
        with self.read() as connection:
            connection.execute(text("SELECT 1"))
        self.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in our own words that the database does not answer; the next who ask are told so at once for a while
        (`REST`), not each after as long.
        """
        began = self._clock()
        if began < self._asleep:
            raise type(self._said)(*self._said.args)
        try:
            yield
        except OURS:
            raise
        except FAULTS as error:
            unavailable = explained(error, self._path if self._is_sqlite else None)
            self._said, now = unavailable, self._clock()
            gone = not self._is_sqlite and getattr(getattr(error, "orig", error), "sqlstate", None) is None
            if gone or isinstance(unavailable, Damaged | Newer):  # a lock of PostgreSQL has a state
                self._asleep = now + max(REST, now - began)
                self.close()
            raise unavailable from error

    def _engine(self) -> Engine:
        """The engine of this process."""
        found = self._engines.get(os.getpid())
        if found is None:
            with _MIGRATING:
                found = self._engines.get(os.getpid())
                if found is None:
                    found = self._opened()
                    self._engines[os.getpid()] = found
                    weakref.finalize(self, _close, found, os.getpid())
        return found

    def _prepare(self) -> None:
        """The folder of the file, where there is none; the file seen, where there is one. Raises `Unavailable`."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists():
                check(self._path)
        except OSError as error:
            raise Unavailable(
                f"La base de données ne répond pas\u202f: {self._path.name} ({error.strerror})"
            ) from error

    def _opened(self) -> Engine:
        if self._is_sqlite:
            self._prepare()
            engine = create_engine(self._url)
            event.listen(engine, "connect", _sqlite)
            event.listen(engine, "begin", _immediate)
        else:
            waiting = {"connect_timeout": CONNECT_SECONDS, "options": f"-c lock_timeout={PATIENCE_MS}"}
            engine = create_engine(self._url, connect_args=waiting, pool_pre_ping=True)
            event.listen(engine, "begin", _alone)
        try:
            migrate(engine)
        except BaseException:
            engine.dispose()
            raise
        return engine


def _close(engine: Engine, process: int) -> None:
    """Close the connections of a database that nobody holds any more, in the process that opened them."""
    if os.getpid() == process:
        engine.dispose()


def _sqlite(connection: Any, _record: Any) -> None:
    """Readers go on while one writes, what is told written is on the disk, a writer waits for another.

    What is deleted is written over: telephones of a meeting that is closed are not left in the file.
    """
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        f"busy_timeout = {PATIENCE_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _immediate(connection: Connection) -> None:
    """A writer takes the lock at once: two that read before they write would else refuse each other."""
    reading = connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _alone(connection: Connection) -> None:
    """One writer at a time in PostgreSQL too: what is read before it is written does not change in between.

    The lock is of the transaction, so a writer that dies leaves nothing; readers never wait. It is what SQLite does,
    hence the same code is safe on both, the migrations of two processes that start at once with it.
    """
    if not connection.get_execution_options().get(READING):
        connection.execute(text("SELECT pg_advisory_xact_lock(:writer)"), {"writer": WRITER})


def migrate(engine: Engine) -> None:
    """Bring the tables to the latest revision; does nothing where they are."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
