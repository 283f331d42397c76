"""What goes in time goes, with a moved clock; what concerns a person is handed over or erased, the rest stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from layers.written import accounts, disputes, noting, persons, purging, register
from layers.written.database import Database
from layers.written.register import Finding
from layers.written.schema import CONTRIBUTIONS, DEVICES, JOURNAL, MEETINGS
from layers.written.workshop import contributions, meetings
from layers.written.workshop.meetings import Meeting
from tests.layers.written.test_disputes import CONTACT, NOW, REASON, dispute, kept

OTHER = "autre-contact-fictif@exemple.test"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path / 'ess.sqlite'}")


def after(days: float) -> datetime:
    return NOW + timedelta(days=days)


def open_meeting(database: Database, held: str = "2026-01-10") -> str:
    made = meetings.prepare(database, Meeting("3", "Rencontre fictive", held), "agent", NOW)
    meetings.open_(database, made.id, "agent", NOW)
    contributions.join(database, meetings.read(database, made.id), "telephone-fictif", "actors")
    return made.id


def test_a_meeting_left_open_is_closed_and_its_telephones_forgotten(database: Database) -> None:
    ident, later = open_meeting(database), open_meeting(database, held="2026-03-01")
    assert purging.purge(database, open_days=30, now=after(30)).meetings == 0
    assert purging.purge(database, open_days=30, now=after(31)).meetings == 1
    assert meetings.read(database, ident).state == meetings.CLOSED
    assert meetings.read(database, later).state == meetings.OPEN
    with database.read() as connection:
        assert list(connection.execute(select(DEVICES.c.meeting)).scalars()) == [later]
        salts = {row.id: row.salt for row in connection.execute(select(MEETINGS.c.id, MEETINGS.c.salt))}
        assert connection.execute(select(CONTRIBUTIONS.c.device)).scalars().all() == []
    assert salts[ident] == ""
    assert salts[later] != ""


def test_old_lines_of_the_journal_stay_without_their_name(database: Database) -> None:
    finding = register.add(database, Finding("3", "Constat fictif.", "threat", source="x"), "Agent Fictif", NOW)
    assert purging.purge(database, journal_days=100, now=after(100)).names == 0
    assert purging.purge(database, journal_days=100, now=after(101)).names == 1
    (line,) = register.history(database, finding.id)
    assert (line.who, line.at) == (purging.NOBODY, noting.at(NOW))
    assert purging.purge(database, journal_days=100, now=after(101)).names == 0, "once"


def test_the_purge_takes_contacts_and_nothing_else(database: Database) -> None:
    disputes.file(database, dispute(), CONTACT, days=10, now=NOW)
    disputes.file(database, dispute(), OTHER, days=20, now=NOW)
    assert purging.purge(database, now=after(10)) == purging.Purged(1, 0, 0)
    assert kept(database) == [OTHER]
    assert len(disputes.listed(database)) == 2


def test_nothing_is_made_where_nothing_was_written(tmp_path: Path, database: Database) -> None:
    assert purging.purge(database, now=NOW) == purging.Purged(0, 0, 0)
    assert persons.exported(database, CONTACT) == {"disputes": [], "journal": [], "accounts": []}
    assert persons.deleted(database, CONTACT, "agent") == {"disputes": 0, "journal": 0, "accounts": 0}
    assert list(tmp_path.iterdir()) == []


def test_a_person_has_a_copy_and_then_nothing_is_left(database: Database) -> None:
    mine = disputes.file(database, dispute(source="Source fictive propre"), CONTACT, now=NOW)
    disputes.file(database, dispute(reason="Celui d’un autre"), OTHER, now=NOW)
    (row,) = persons.exported(database, f" {CONTACT} ")["disputes"]
    assert (row["id"], row["contact"], row["reason"]) == (mine.id, CONTACT, REASON)
    assert persons.exported(database, "inconnu") == {"disputes": [], "journal": [], "accounts": []}
    assert persons.exported(database, "") == {"disputes": [], "journal": [], "accounts": []}
    assert persons.deleted(database, "", "agent") == {"disputes": 0, "journal": 0, "accounts": 0}
    assert persons.deleted(database, mine.id, "agent", datetime(2026, 2, 1, tzinfo=UTC)) == {
        "disputes": 1,
        "journal": 0,
        "accounts": 0,
    }
    gone = disputes.read(database, mine.id)
    assert (gone.reason, gone.source, gone.status) == ("", "", disputes.WITHDRAWN)
    assert kept(database) == [OTHER]
    with database.read() as connection:
        lines = connection.execute(select(JOURNAL).where(JOURNAL.c.entry == mine.id)).all()
    assert [line.what for line in lines] == ["disputed", "erased"]
    assert not any(one in str(lines) for one in (CONTACT, REASON, "Source fictive propre"))
    assert persons.exported(database, mine.id)["disputes"][0]["contact"] is None


def test_an_account_is_handed_over_without_its_password_and_erased_with_its_name(database: Database) -> None:
    accounts.create(database, "fictive.agente", accounts.ADMINISTRATOR, "une phrase fictive", "fictive.agente")
    found = register.add(database, Finding("3", "Constat fictif.", "threat", source="fictive"), "fictive.agente")
    (row,) = persons.exported(database, "fictive.agente")["accounts"]
    assert row["name"] == "fictive.agente"
    assert [line["what"] for line in persons.exported(database, "fictive.agente")["journal"]] == ["added", "added"]
    assert persons.exported(database, "ligne de commande")["journal"] == [], "which is nobody’s account"
    assert list(persons.exported(database, "fictive.agente", ("accounts",))) == ["accounts"]
    assert "hash" not in row
    assert persons.deleted(database, "fictive.agente", "fictive.agente")["accounts"] == 1
    assert accounts.listed(database) == []
    assert [change.who for change in register.history(database, found.id)] == [persons.ERASED]
    with database.read() as connection:
        told = connection.execute(select(JOURNAL)).mappings().all()
    assert not any("fictive.agente" in str(dict(line)) for line in told)
