from __future__ import annotations

from pathlib import Path

import pytest

from layers.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.jsonl")


def test_events_are_kept_in_order_with_time_and_author(journal: Journal) -> None:
    assert journal.entries() == []
    journal.add("import_started", files=["é.csv"])
    journal.add("published", release="0123456789ab")
    first, second = journal.entries()
    assert first["files"] == ["é.csv"]
    assert second["what"] == "published"
    assert all(entry["when"].endswith("+00:00") and entry["who"] for entry in (first, second))


def test_a_line_cut_short_is_left_out(journal: Journal, tmp_path: Path) -> None:
    journal.add("import_started")
    with (tmp_path / "journal.jsonl").open("a") as file:
        file.write('{"what": "publi')
    journal.add("rolled_back")
    assert [entry["what"] for entry in journal.entries()] == ["import_started", "rolled_back"]


@pytest.mark.parametrize("ending", ["published", "already_published", "refused", "interrupted_import_cleaned"])
def test_an_import_is_unfinished_until_its_ending(journal: Journal, ending: str) -> None:
    journal.add("import_started", files=["a.csv"])
    journal.add("rolled_back")
    unfinished = journal.unfinished()
    assert unfinished is not None
    assert unfinished["files"] == ["a.csv"]
    journal.add(ending)
    assert journal.unfinished() is None
