"""The register: nothing overwritten silently, nothing lost, every change told, saved and given back."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect

from layers.written import register, saving
from layers.written.database import Database
from layers.written.locking import Conflict
from layers.written.register import Finding, InvalidFinding, UnknownFinding
from layers.written.schema import METADATA
from tests.databases import Address

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
ONE = Finding("3", "Deux structures fictives ferment.", "weakness", theme="emploi", source="réunion fictive")
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip)


@pytest.fixture
def database(address: Address) -> Database:
    return Database(address())


def test_reading_writes_nothing(database: Database, tmp_path: Path) -> None:
    assert register.listed(database, "3") == []
    assert register.history(database, "x") == []
    assert not (tmp_path / "data").exists()


def test_migrations_make_the_tables_of_the_schema(database: Database) -> None:
    register.add(database, ONE, "essai")
    with database.read() as connection:
        found = inspect(connection)
        for table in METADATA.sorted_tables:
            columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            assert columns == {column.name: column.nullable for column in table.columns}
            indexes = [one for one in found.get_indexes(table.name) if not one["unique"]]
            indexed = {tuple(one["column_names"]) for one in indexes}
            assert indexed == {(column.name,) for column in table.columns if column.index}


def test_a_finding_is_added_changed_withdrawn_restored_and_all_of_it_told(database: Database) -> None:
    made = register.add(database, ONE, "Ana", NOW)
    assert (made.version, made.created) == (1, "2026-11-26T09:30:00.000000+00:00")
    second = register.change(database, made.id, 1, {"status": "shared"}, "Bo")
    gone = register.withdraw(database, made.id, 2, "Ana")
    back = register.restore(database, made.id, 3, "Ana")
    assert [one.version for one in (second, gone, back)] == [2, 3, 4]
    assert register.listed(database, "3") == [back]
    told = register.history(database, made.id)
    assert [(one.who, one.what) for one in told] == [
        ("Ana", "added"), ("Bo", "changed"), ("Ana", "withdrawn"), ("Ana", "restored"),
    ]  # fmt: skip
    assert told[0].before is None
    for before, after in pairwise(told):
        assert before.after == after.before
    assert told[-1].after == back
    assert register.listed(database, "4") == []


def test_a_change_from_an_old_version_is_refused_and_says_what_is_there(database: Database) -> None:
    made = register.add(database, ONE, "Ana")
    kept = register.change(database, made.id, 1, {"sentence": "Trois ferment."}, "Bo")
    with pytest.raises(Conflict) as met:
        register.change(database, made.id, 1, {"sentence": "Une ferme."}, "Ana")
    assert met.value.now == kept
    assert register.listed(database, "3") == [kept]
    assert len(register.history(database, made.id)) == 2
    with pytest.raises(UnknownFinding):
        register.change(database, "rien", 1, {}, "Ana")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sentence": "  "}, "sentence"),
        ({"sentence": "x" * 501}, "sentence"),
        ({"theme": "x" * 201}, "theme"),
        ({"quadrant": "autre"}, "quadrant"),
        ({"status": "vrai"}, "status"),
        ({"evidence": "rumeur"}, "evidence"),
        ({"source": ""}, "source"),
    ],
)
def test_what_is_not_a_finding_is_refused(database: Database, changes: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidFinding) as met:
        register.add(database, replace(ONE, **changes), "Ana")
    assert met.value.field == field
    assert register.listed(database, "3") == []


def test_the_evidence_of_a_finding_is_not_changed(database: Database) -> None:
    made = register.add(database, ONE, "Ana")
    with pytest.raises(InvalidFinding):
        register.change(database, made.id, 1, {"value": "3"}, "Ana")


def test_writers_at_once_lose_nothing(address: Address) -> None:
    url = address()
    made = register.add(Database(url), ONE, "Ana")
    kept, refused = [], []

    def write(number: int) -> None:
        own = Database(url)
        for _ in range(20):
            (now,) = register.listed(own, "3")[:1]
            try:
                kept.append(register.change(own, made.id, now.version, {"theme": f"thème {number}"}, str(number)))
            except Conflict as met:
                refused.append(met.now)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = register.history(Database(url), made.id)
    assert len(kept) + len(refused) == 80
    assert len(told) == 1 + len(kept)
    assert sorted(one.version for one in kept) == list(range(2, 2 + len(kept)))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from([*register.QUADRANTS])), max_size=6))
def test_what_is_saved_is_given_back(address: Address, tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    name = uuid.uuid4().hex
    first = Database(address())
    for sentence, theme, quadrant in rows:
        register.add(first, replace(ONE, sentence=sentence, theme=theme, quadrant=quadrant), "Ana")
    counts = saving.save(first, path := tmp_path / f"{name}.save")
    assert {name: number for name, number in counts.items() if number} == (
        {"findings": len(rows), "journal": len(rows)} if rows else {}
    )
    second = Database(address())
    register.add(second, replace(ONE, place="4"), "Bo")
    saving.give_back(second, path)
    assert register.listed(second, "3") == register.listed(first, "3")
    assert register.listed(second, "4") == []
    for one in register.listed(first, "3"):
        assert register.history(second, one.id) == register.history(first, one.id)


def test_a_damaged_save_changes_nothing(database: Database, tmp_path: Path) -> None:
    made = register.add(database, ONE, "Ana")
    saving.save(database, path := tmp_path / "save")
    whole = path.read_text()
    for wrong in (whole[:-20], whole.replace("fictives", "réelles"), "{}", "", whole.split("\n", 1)[1]):
        path.write_text(wrong)
        with pytest.raises(saving.DamagedSave):
            saving.give_back(database, path)
        assert register.listed(database, "3") == [made]
