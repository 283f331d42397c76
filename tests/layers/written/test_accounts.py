"""Accounts: who signs in, how often one may fail, what the journal keeps, and that an administrator is always left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from layers.written import accounts, saving
from layers.written.accounts import ADMINISTRATOR, AGENT, FACILITATOR, Account, TooManyAttempts, WrongPassword
from layers.written.database import Database
from layers.written.locking import Conflict, Invalid
from layers.written.schema import JOURNAL
from tests.databases import Address

PASSWORD, OTHER = "une phrase fictive", "une autre phrase"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def database(address: Address) -> Database:
    return Database(address())


@pytest.fixture
def ana(database: Database) -> Account:
    return accounts.create(database, " Ana ", ADMINISTRATOR, PASSWORD, "essai")


def entered(database: Database, name: str, password: str, source: str = "a", now: datetime = NOW) -> str:
    return accounts.sign_in(database, name, password, source, now).name


def test_who_has_the_password_enters_and_nobody_else(database: Database, ana: Account) -> None:
    assert entered(database, "ANA", PASSWORD) == "ana"
    for name, password in (("ana", OTHER), ("bo", PASSWORD), ("ana", ""), ("ana", "x" * 201)):
        with pytest.raises(WrongPassword):
            entered(database, name, password)
    bo = accounts.create(database, "bo", FACILITATOR, OTHER, "ana")
    accounts.set_disabled(database, bo.id, 1, "ana", disabled=True)
    with pytest.raises(WrongPassword):
        entered(database, "bo", OTHER)


def test_after_five_failures_of_a_name_none_is_tried_for_a_quarter_of_an_hour(database: Database, ana: Account) -> None:
    for number in range(accounts.MOST_OF_A_NAME):
        with pytest.raises(WrongPassword):
            entered(database, "ana", OTHER, str(number))
    with pytest.raises(TooManyAttempts):
        entered(database, "ana", PASSWORD, "elsewhere")
    assert entered(database, "ana", PASSWORD, now=NOW + accounts.WINDOW + timedelta(seconds=1)) == "ana"


def test_after_thirty_failures_from_one_place_none_is_tried(database: Database, ana: Account) -> None:
    for number in range(accounts.MOST_OF_A_SOURCE):
        with pytest.raises(WrongPassword):
            entered(database, f"name{number}", "x")
    with pytest.raises(TooManyAttempts):
        entered(database, "ana", PASSWORD)
    assert entered(database, "ana", PASSWORD, "b") == "ana"


def test_an_administrator_is_always_left(database: Database) -> None:
    with pytest.raises(Invalid, match="role"):
        accounts.create(database, "bo", AGENT, PASSWORD, "essai")
    ana = accounts.create(database, "ana", ADMINISTRATOR, PASSWORD, "essai")
    with pytest.raises(Invalid, match="last"):
        accounts.set_role(database, ana.id, 1, AGENT, "ana")
    with pytest.raises(Invalid, match="last"):
        accounts.set_disabled(database, ana.id, 1, "ana", disabled=True)
    accounts.create(database, "bo", ADMINISTRATOR, PASSWORD, "ana")
    assert accounts.set_role(database, ana.id, 1, AGENT, "bo").role == AGENT


@pytest.mark.parametrize(
    ("name", "role", "password", "field"),
    [
        ("ana", AGENT, OTHER, "name"),
        ("<b>", AGENT, OTHER, "name"),
        ("bo", "roi", OTHER, "role"),
        ("bo", AGENT, "court", "password"),
        ("bo", AGENT, "x" * 201, "password"),
    ],
)
def test_what_is_no_account_is_refused(database: Database, *, name: str, role: str, password: str, field: str) -> None:
    ana = accounts.create(database, "ana", ADMINISTRATOR, PASSWORD, "essai")
    with pytest.raises(Invalid, match=field):
        accounts.create(database, name, role, password, "ana")
    assert accounts.listed(database) == [ana]


def test_every_change_closes_the_sessions_is_told_and_its_hash_is_not(database: Database, ana: Account) -> None:
    second = accounts.set_password(database, ana.id, 1, OTHER, "ana")
    third = accounts.leave(database, ana.id, "ana")
    fourth = accounts.reset(database, "ana", PASSWORD, "console")
    assert [one.epoch for one in (ana, second, third, fourth)] == [1, 2, 3, 4]
    assert entered(database, "ana", PASSWORD) == "ana"
    with pytest.raises(Conflict):
        accounts.set_password(database, ana.id, 1, OTHER, "ana")
    with database.read() as connection:
        rows = connection.execute(select(JOURNAL)).mappings().all()
    assert [row["what"] for row in rows] == ["added", "password", "left", "password"]
    assert "argon2" not in str(rows)


def test_accounts_are_saved_and_given_back(database: Database, ana: Account, address: Address, tmp_path: Path) -> None:
    saving.save(database, tmp_path / "save")
    other = Database(address())
    assert not accounts.exist(other)
    saving.give_back(other, tmp_path / "save")
    assert accounts.listed(other) == [accounts.read(other, ana.id)] == [ana]
