"""Either kind of database: from one to the other, two processes that start at once, a server that is not there."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select, text

from layers.written import register, saving
from layers.written.database import LONG, REST, Database, Unavailable
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
    now, asked = [0.0], []

    def accept(deaf: socket.socket) -> None:
        with suppress(OSError):
            while True:
                asked.append(deaf.accept())  # and says nothing

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        threading.Thread(target=accept, args=(deaf,), daemon=True).start()

        def clock() -> float:
            now[0] += LONG  # between any two looks at it
            return now[0]

        database = Database(f"postgresql+psycopg://nobody@127.0.0.1:{port}/none?sslmode=disable", clock)
        with pytest.raises(Unavailable, match="ne répond pas"):
            register.listed(database, "3")
        once = len(asked)
        assert once >= 1
        with pytest.raises(Unavailable, match="ne répond pas"):
            register.listed(database, "3")
        assert len(asked) == once, "it is not asked again"
        now[0] += REST
        with pytest.raises(Unavailable):
            register.listed(database, "3")
        assert len(asked) > once
    for connection, _address in asked:
        connection.close()


def test_writers_of_one_process_take_turns(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'ess.sqlite'}")
    register.add(database, ONE, "Ana")
    inside, most = [], []

    def write() -> None:
        with database.write():
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=write) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 16
