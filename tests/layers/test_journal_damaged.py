"""A journal that is damaged, or may not be written: imports go on, nothing of it is lost, and it is said."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers import journal
from layers.journal import Journal
from layers.store import Store

LINES = {
    "no UTF-8": b'{"what": "published", "when": "2026-01-01T00:00:00+00:00", "who": "\xff"}',
    "zeros": b"\0" * 40,
    "half": b'{"what": "publ',
    "no event": b'{"when": 3}',
    "no object": b"[1, 2]",
    "no moment": b'{"what": "published", "when": "hier", "who": "x"}',
    "no writer": b'{"what": "import_started", "when": "2026-01-01T00:00:00+00:00"}',
    "no word": b'{"what": ["published"], "when": "2026-01-01T00:00:00+00:00", "who": "x"}',
    "deep": b"[" * 100_000,
    "lone half of a letter": b'{"what": "published", "when": "2026-01-01T00:00:00+00:00", "who": "\\ud800"}',
}


@pytest.mark.parametrize("kind", LINES)
def test_a_bad_line_is_kept_said_once_and_left_out(tmp_path: Path, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "journal.jsonl"
    Journal(path).add(journal.STARTED)
    with path.open("ab") as file:
        file.write(LINES[kind])
    store = Store(tmp_path)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            with store.lock():
                store.journal.add(journal.PUBLISHED, release="a")
    assert store.journal.entries()[0]["what"] == journal.STARTED
    assert store.journal.entries()[-1]["what"] == journal.PUBLISHED
    assert LINES[kind] in path.read_bytes().split(b"\n")
    assert len([record for record in caplog.records if "illisible" in record.getMessage()]) == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_bytes_put_anywhere_stop_nothing(tmp_path: Path, content: bytes, at: int) -> None:
    path = tmp_path / "journal.jsonl"
    path.unlink(missing_ok=True)
    for release in "abc":
        Journal(path).add(journal.PUBLISHED, release=release)
    before = path.read_bytes()
    damaged = before[: at % len(before)] + content + before[at % len(before) :]
    path.write_bytes(damaged)
    with Store(tmp_path).lock():
        Journal(path).add(journal.STARTED)
    assert path.read_bytes().startswith(damaged)
    assert Journal(path).entries()[-1]["what"] == journal.STARTED


def test_a_folder_in_its_place_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "journal.jsonl").mkdir()
    store = Store(tmp_path)
    with store.lock():
        store.journal.add(journal.STARTED)
    assert store.journal.entries() == []
    assert "ne peut pas être écrit" in caplog.text


def test_a_file_that_may_not_be_read_or_written_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    Journal(tmp_path / "journal.jsonl").add(journal.STARTED)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr("layers.durable.os.open", refuse)
    store = Store(tmp_path)
    store.journal.add(journal.PUBLISHED)
    assert store.journal.entries() == []


@pytest.mark.parametrize("name", ["caf\udce9.csv", "deux\u2028lignes.csv", "deux\x85lignes.csv", "nul\0.csv"])
def test_the_name_of_a_file_may_hold_anything(tmp_path: Path, name: str) -> None:
    path = tmp_path / "journal.jsonl"
    Journal(path).add(journal.STARTED, files=[name])
    assert json.loads(path.read_bytes())["files"] == [name]
    assert len(path.read_bytes().split(b"\n")) == 2
