"""Versions: frozen, stepped forward by who signs, never changed; what differs between two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from layers.written import differences, versions
from layers.written.database import Database
from layers.written.locking import Conflict, Invalid
from layers.written.versions import UnknownVersion
from tests.databases import Address

HELD = {"findings": [{"id": "a", "sentence": "Constat fictif."}], "figures": [], "actions": []}


@pytest.fixture
def database(address: Address) -> Database:
    return Database(address())


def test_a_draft_is_proposed_then_validated_with_the_same_content(database: Database) -> None:
    draft = versions.freeze(database, "3", "release", HELD, "moi", after=0)
    proposed = versions.sign(database, "3", 1, "moi", body=" Comité fictif ", day="2026-01-02")
    validated = versions.sign(database, "3", 2, "moi", body="Pilotage fictif", day="2026-02-03")
    assert [one.state for one in versions.listed(database, "3")] == ["draft", "proposed", "validated"]
    assert (proposed.body, proposed.signed, proposed.origin) == ("Comité fictif", "2026-01-02", 1)
    assert draft.digest == proposed.digest == validated.digest
    assert validated.held == HELD
    assert versions.read(database, "3", 1) == draft
    with pytest.raises(Invalid) as met:
        versions.sign(database, "3", 3, "moi", body="x", day="2026-02-03")
    assert met.value.field == "state"
    after = versions.freeze(database, "3", "release", HELD, "moi", after=3)
    assert (after.number, after.state) == (4, "draft")
    assert versions.listed(database, "4") == []


def test_two_at_once_make_one_version(database: Database) -> None:
    versions.freeze(database, "3", "release", HELD, "moi", after=0)
    with pytest.raises(Conflict):
        versions.freeze(database, "3", "release", HELD, "elle", after=0)
    versions.sign(database, "3", 1, "moi", body="x", day="2026-01-02")
    with pytest.raises(Conflict):
        versions.sign(database, "3", 1, "elle", body="y", day="2026-01-02")
    assert len(versions.listed(database, "3")) == 2
    with pytest.raises(UnknownVersion):
        versions.read(database, "3", 3)


@pytest.mark.parametrize(
    ("field", "body", "day"),
    [
        ("body", " ", "2026-01-02"),
        ("signed", "x", "hier"),
        ("signed", "x", (datetime.now(UTC) + timedelta(days=2)).date().isoformat()),
    ],
)
def test_a_signature_is_a_name_and_a_day_that_was(database: Database, field: str, body: str, day: str) -> None:
    versions.freeze(database, "3", "release", HELD, "moi", after=0)
    with pytest.raises(Invalid) as met:
        versions.sign(database, "3", 1, "moi", body=body, day=day)
    assert met.value.field == field
    assert len(versions.listed(database, "3")) == 1


def test_nothing_is_validated_before_it_was_proposed(database: Database) -> None:
    versions.freeze(database, "3", "release", HELD, "moi", after=0)
    versions.sign(database, "3", 1, "moi", body="x", day="2026-02-03")
    with pytest.raises(Invalid) as met:
        versions.sign(database, "3", 2, "moi", body="y", day="2026-02-02")
    assert met.value.field == "signed"
    assert versions.sign(database, "3", 2, "moi", body="y", day="20260203").signed == "2026-02-03"


def test_differences_are_told_by_part() -> None:
    before = {
        "findings": [{"id": "a", "sentence": "A", "status": "shared"}, {"id": "b", "sentence": "B"}],
        "figures": [{"indicator": "x", "value": 1.0, "state": "value", "year": 2023}],
        "actions": [{"id": "t", "title": "T", "status": "idea"}],
    }
    after = {
        "findings": [{"id": "a", "sentence": "A", "status": "disputed"}, {"id": "c", "sentence": "C"}],
        "figures": [{"indicator": "x", "value": 2.0, "state": "value", "year": 2024}],
        "actions": [{"id": "t", "title": "T", "status": "idea"}],
    }
    found = differences.of(before, after)
    assert [one["id"] for one in found["findings"].added] == ["c"]
    assert [one["id"] for one in found["findings"].removed] == ["b"]
    assert found["findings"].changed[0].fields == (("status", "shared", "disputed"),)
    assert found["figures"].changed[0].fields == (("value", 1.0, 2.0), ("year", 2023, 2024))
    assert not found["actions"]
