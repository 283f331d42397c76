"""The database of what is written: SQLite in the data folder by default, another by its address.

Connections open at first use, in the process that uses them: never before a fork.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url

MIGRATIONS: Final = Path(__file__).parent / "migrations"
PATIENCE_MS: Final = 5_000
"""Milliseconds that a writer waits for another."""
READING: Final = "reading"
"""Execution option of a connection that only reads."""
_MIGRATING = threading.Lock()


class Database:
    """Where things are written.

    Parameters
    ----------
    url : an address of SQLAlchemy, such as ``sqlite:////var/ess/ess.sqlite``.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._engines: dict[int, Engine] = {}

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever written: an SQLite file that does not exist."""
        return self._url.get_backend_name() == "sqlite" and not Path(self._url.database or "").exists()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction, kept whole or not at all; the tables are made, or brought up to date, at the first one."""
        with self._engine().begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read."""
        with self._engine().connect().execution_options(**{READING: True}) as connection:
            yield connection

    def _engine(self) -> Engine:
        """The engine of this process."""
        found = self._engines.get(os.getpid())
        if found is None:
            with _MIGRATING:
                found = self._engines.get(os.getpid())
                if found is None:
                    found = self._opened()
                    self._engines[os.getpid()] = found
        return found

    def _opened(self) -> Engine:
        if self._url.get_backend_name() == "sqlite":
            Path(self._url.database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(self._url)
        if self._url.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _sqlite)
            event.listen(engine, "begin", _immediate)
        migrate(engine)
        return engine


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


def migrate(engine: Engine) -> None:
    """Bring the tables to the latest revision; does nothing where they are."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
