"""Disputes of values: written once, answered with a lock, their contact apart and gone in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from layers.written import disputes
from layers.written.database import Database
from layers.written.disputes import Dispute
from layers.written.locking import Conflict, Invalid
from layers.written.schema import CONTACTS, JOURNAL
from tests.databases import Address

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
CONTACT, REASON = "contact-fictif@exemple.test", "Motif fictif, propre à ce test"


def dispute(**more: object) -> Dispute:
    usual = {"place": "3", "indicator": "actors", "year": 2023, "value": 12.0, "state": "value", "shown": "12"}
    given = {**usual, "release": "r", "view": "indicator=actors", "reason": REASON, **more}
    return Dispute(**given)  # type: ignore[arg-type]


@pytest.fixture
def database(address: Address) -> Database:
    return Database(address())


def journal(database: Database) -> str:
    with database.read() as connection:
        return str(connection.execute(select(JOURNAL)).all())


def kept(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(select(CONTACTS.c.contact)).scalars())


def test_a_dispute_is_filed_answered_and_withdrawn_and_the_journal_has_neither_contact_nor_reason(
    database: Database,
) -> None:
    made = disputes.file(database, dispute(reason=f" {REASON} "), CONTACT, now=NOW)
    assert (made.reason, made.status, made.version) == (REASON, "open", 1)
    assert disputes.read(database, made.id) == made
    told = disputes.answer(database, made.id, 1, {"outcome": "kept", "answer": "Vérifié."}, "agent", now=NOW)
    assert (told.status, told.outcome, told.version) == ("answered", "kept", 2)
    assert disputes.listed(database, disputes.OPEN) == []
    assert disputes.withdraw(database, made.id, 2, "agent").status == "withdrawn"
    assert len(disputes.listed(database)) == 1, "what is withdrawn stays"
    lines = journal(database)
    assert all(what in lines for what in ("disputed", "answered", "withdrawn", "Vérifié."))
    assert CONTACT not in lines
    assert REASON not in lines


def test_two_agents_do_not_answer_over_each_other(database: Database) -> None:
    made = disputes.file(database, dispute(), now=NOW)
    values = {"outcome": "corrected", "answer": "Le premier."}
    disputes.answer(database, made.id, 1, values, "agent", now=NOW)
    with pytest.raises(Conflict):
        disputes.answer(database, made.id, 1, {"outcome": "kept", "answer": "Le second."}, "agent", now=NOW)
    assert disputes.read(database, made.id).answer == "Le premier."


@pytest.mark.parametrize(
    ("days_after_filing", "answered_after", "left"), [(364, None, 1), (365, None, 0), (99, 10, 1), (100, 10, 0)]
)
def test_a_contact_goes_in_time(
    database: Database, days_after_filing: int, answered_after: int | None, left: int
) -> None:
    made = disputes.file(database, dispute(), CONTACT, days=365, now=NOW)
    if answered_after is not None:
        at = NOW + timedelta(days=answered_after)
        disputes.answer(database, made.id, 1, {"outcome": "kept", "answer": "Non."}, "agent", days=90, now=at)
    later = NOW + timedelta(days=days_after_filing)
    assert len(disputes.contacts(database, later)) == left, "what has expired is not shown, purged or not"
    assert disputes.purge(database, later) == 1 - left
    assert kept(database) == [CONTACT] * left
    assert disputes.read(database, made.id).reason == REASON, "the dispute itself stays"


@pytest.mark.parametrize(
    ("more", "contact", "field"),
    [
        ({"reason": "  "}, "", "reason"),
        ({"reason": "x" * 2001}, "", "reason"),
        ({"source": "x" * 301}, "", "source"),
        ({}, "x" * 201, "contact"),
    ],
)
def test_what_is_too_long_or_empty_is_refused(
    database: Database, more: dict[str, object], contact: str, field: str
) -> None:
    with pytest.raises(Invalid) as met:
        disputes.file(database, dispute(**more), contact, now=NOW)
    assert met.value.field == field
    assert disputes.listed(database) == []


def test_an_hour_takes_so_many_and_the_next_takes_more(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disputes, "MOST_AN_HOUR", 2)
    for _ in range(2):
        disputes.file(database, dispute(), now=NOW)
    with pytest.raises(disputes.TooMany):
        disputes.file(database, dispute(), now=NOW)
    disputes.file(database, dispute(), now=NOW + timedelta(hours=1))
    assert len(disputes.listed(database)) == 3
