"""Action sheets: written, changed from the version that was read, followed year by year, never lost."""

from __future__ import annotations

import json

import pytest

from layers.written import actions, noting, register
from layers.written.actions import Action, UnknownAction, Year
from layers.written.database import Database
from layers.written.locking import Conflict, Invalid
from layers.written.register import Finding
from tests.databases import Address


@pytest.fixture
def database(address: Address) -> Database:
    return Database(address())


def test_an_action_is_written_changed_withdrawn_and_told(database: Database) -> None:
    found = register.add(database, Finding("3", "Constat fictif.", "threat", source="fictive"), "moi")
    one = actions.add(database, Action("3", "  Action fictive ", findings=json.dumps([found.id])), "moi")
    assert (one.title, one.answers, one.budget) == ("Action fictive", (found.id,), None)
    two = actions.change(database, one.id, 1, {"status": "running", "budget": 12_000}, "elle")
    assert actions.read(database, one.id) == two
    actions.withdraw(database, one.id, 2, "moi")
    assert [other.withdrawn for other in actions.listed(database, "3")] == [True]
    actions.withdraw(database, one.id, 3, "moi", withdrawn=False)
    told = noting.lines(database, one.id)
    assert [line.what for line in told] == ["added", "changed", "withdrawn", "restored"]
    assert told[1].who == "elle"
    assert told[1].differs == [("budget", None, 12_000), ("status", "idea", "running")]
    assert actions.listed(database, "4") == []


def test_the_second_of_two_is_refused_and_told(database: Database) -> None:
    one = actions.add(database, Action("3", "Action fictive"), "moi")
    actions.change(database, one.id, 1, {"pilot": "A"}, "moi")
    with pytest.raises(Conflict) as met:
        actions.change(database, one.id, 1, {"pilot": "B"}, "elle")
    assert met.value.now.pilot == "A"
    with pytest.raises(UnknownAction):
        actions.change(database, "rien", 1, {"pilot": "B"}, "elle")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", {"title": " "}),
        ("status", {"status": "later"}),
        ("indicator", {"indicator": "magie"}),
        ("budget", {"budget": -1}),
        ("ends", {"begins": 2027, "ends": 2026}),
        ("begins", {"begins": 20}),
        ("target", {"target": float("nan")}),
        ("findings", {"findings": '["another"]'}),
        ("risks", {"risks": "x" * 2_001}),
        ("place", {"place": "4"}),
    ],
)
def test_what_a_field_may_not_hold_is_refused_by_name(
    database: Database, field: str, values: dict[str, object]
) -> None:
    one = actions.add(database, Action("3", "Action fictive"), "moi")
    with pytest.raises(Invalid) as met:
        actions.change(database, one.id, 1, values, "moi")
    assert met.value.field == field
    assert actions.read(database, one.id) == one


def test_a_year_is_followed_once_and_changed_from_what_was_read(database: Database) -> None:
    one = actions.add(database, Action("3", "Action fictive"), "moi")
    first = actions.follow(database, Year(one.id, 2026, "Fait.", 3.0, version=0), "moi")
    with pytest.raises(Conflict):
        actions.follow(database, Year(one.id, 2026, "Autre.", version=0), "elle")
    second = actions.follow(database, Year(one.id, 2026, "Fait, enfin.", 4.0, version=first.version), "elle")
    actions.follow(database, Year(one.id, 2025, "Avant.", version=0), "moi")
    assert [(year.year, year.done) for year in actions.years(database, [one.id])] == [
        (2025, "Avant."),
        (2026, "Fait, enfin."),
    ]
    assert (second.id, second.version) == (first.id, 2)
    for wrong, field in ((Year(one.id, 26, "Fait."), "year"), (Year(one.id, 2026, " "), "done")):
        with pytest.raises(Invalid) as met:
            actions.follow(database, wrong, "moi")
        assert met.value.field == field
