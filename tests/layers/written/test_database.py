"""Either kind of database: from one to the other, two processes that start at once, a server that is not there."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select, text

from layers.written import register, saving
from layers.written.database import REST, Database, Unavailable
from layers.written.register import Finding
from layers.written.schema import JOURNAL
from tests.databases import Address, made

ONE = Finding("3", "Œuvre fictive « d’ici ».", "threat", source="réunion fictive", value=0.1)


def test_what_is_saved_on_one_kind_is_given_back_on_the_other(
    address: Address, postgresql_server: str, tmp_path: Path
) -> None:
    first, second = Database(address()), Database(f"sqlite:///{tmp_path / 'other.sqlite'}")
    if first.is_new:
        second = Database(made(postgresql_server))
    kept = register.withdraw(first, register.add(first, ONE, "Ana").id, 1, "Bo")
    saving.save(first, tmp_path / "save")
    register.add(second, ONE, "Ana")
    saving.give_back(second, tmp_path / "save")
    assert register.listed(second, "3") == [kept]
    assert register.history(second, kept.id) == register.history(first, kept.id)
    register.restore(second, kept.id, 2, "Ana")
    with second.read() as connection:
        numbers = connection.execute(select(JOURNAL.c.id).order_by(JOURNAL.c.id)).scalars().all()
    assert len(set(numbers)) == 3, "lines that come after what was given back have numbers of their own"
    assert [one.what for one in register.history(second, kept.id)] == ["added", "withdrawn", "restored"]


def test_two_that_start_at_once_make_the_tables_once(address: Address) -> None:
    url, met = address(), []
    start = threading.Barrier(4)

    def write() -> None:
        own = Database(url)
        start.wait()
        try:
            register.add(own, ONE, "Ana")
        except Exception as error:
            met.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert met == []
    assert len(register.listed(Database(url), "3")) == 4


def test_a_reader_sees_one_moment_while_one_writes(address: Address) -> None:
    database = Database(address())
    register.add(database, ONE, "Ana")
    count = text("SELECT count(*) FROM findings")
    with database.read() as connection:
        assert connection.execute(count).scalar_one() == 1
        register.add(database, ONE, "Bo")
        assert connection.execute(count).scalar_one() == 1
    assert len(register.listed(database, "3")) == 2


def test_a_server_that_is_not_there_is_said_so_and_asked_again() -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    for _ in range(2):
        with pytest.raises(Unavailable):
            register.add(database, ONE, "Ana")
    with pytest.raises(Unavailable):
        database.reach()


def test_a_server_that_hangs_is_left_alone_for_a_while() -> None:
    waited = 3 * REST
    looks = iter((0.0, waited, waited + 2 * REST, 2 * waited, 3 * waited))  # begins, fails, too early, begins, fails
    asked = []

    def accept(deaf: socket.socket) -> None:
        with suppress(OSError):
            while True:
                asked.append(deaf.accept())  # and says nothing

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        threading.Thread(target=accept, args=(deaf,), daemon=True).start()
        url = f"postgresql+psycopg://nobody@127.0.0.1:{port}/none?sslmode=disable"
        database, counts = Database(url, lambda: next(looks)), []
        for _ in range(3):
            with pytest.raises(Unavailable, match="ne répond pas"):
                register.listed(database, "3")
            counts.append(len(asked))
    assert counts[0] >= 1
    assert counts[1] == counts[0], "it is not asked again"
    assert counts[2] > counts[1]
    for connection, _address in asked:
        connection.close()


def test_writers_of_one_process_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits too long is told so by us; SQLite, asked, would say that it is locked."""
    database = Database(f"sqlite:///{tmp_path / 'ess.sqlite'}")
    register.add(database, ONE, "Ana")
    monkeypatch.setattr("layers.written.database.PATIENCE_MS", 10)
    met = []

    def write() -> None:
        try:
            register.add(database, ONE, "Bo")
        except Unavailable as error:
            met.append(str(error))

    with database.write():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    (told,) = met
    assert "occupée depuis trop longtemps" in told
    write()
    assert len(met) == 1, "its turn came"
    assert len(register.listed(database, "3")) == 2
