"""Rehearsed imports: read aside, published as they were rehearsed, or forgotten."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from layers import journal
from layers.drafts import Draft, Drafts, UnknownDraft, rehearsing
from layers.drafts.draft import FAILED, INTERRUPTED, QUEUED, READY, REFUSED
from layers.drafts.publishing import NotReady, StaleRehearsal, publish
from layers.importing import import_files
from layers.objects import DamagedRelease
from layers.store import Store

HEADER = "siret;kind;naf;name;post_code;city"
LINES = (";EI;8899B;ESSAI COQUELICOT;59000;LILLE", ";ACI;8130Z;ESSAI BLEUET;59100;ROUBAIX")
NAME = "siae_2020-12.csv"


def content(*lines: str) -> str:
    return "\n".join([HEADER, *(lines or LINES)]) + "\n"


def sent(data: Path, text: str = "", name: str = NAME) -> Draft:
    draft = Drafts(data).create()
    (draft.files / name).write_text(text or content(), "utf-8")
    draft.queue(None, None)
    return draft


def rehearsed(data: Path, text: str = "", name: str = NAME) -> Draft:
    draft = sent(data, text, name)
    rehearsing.run(draft, data)
    return draft


def test_what_is_published_is_what_an_import_of_the_same_files_would_have_been(tmp_path: Path) -> None:
    data, other = tmp_path / "data", tmp_path / "other"
    draft = rehearsed(data)
    assert draft.state()["status"] == READY
    assert Store(data).current() is None, "nothing is published by a rehearsal"
    release = publish(draft, Store(data))
    (tmp_path / NAME).write_text(content(), "utf-8")
    assert import_files([tmp_path / NAME], Store(other)).release == release == Store(data).current()
    assert [entry["what"] for entry in Store(data).journal.entries()] == [journal.STARTED, journal.PUBLISHED]


def test_a_rehearsal_of_a_release_that_is_no_more_shown_is_refused(tmp_path: Path) -> None:
    one, other = rehearsed(tmp_path), rehearsed(tmp_path, content(LINES[0]), "siae_2019-12.csv")
    shown = publish(one, Store(tmp_path))
    with pytest.raises(StaleRehearsal):
        publish(other, Store(tmp_path))
    assert Store(tmp_path).current() == shown


def test_a_table_that_changed_since_is_never_published(tmp_path: Path) -> None:
    draft = rehearsed(tmp_path)
    path = draft.folder / "actors.parquet"
    path.write_bytes((rehearsed(tmp_path, content(LINES[0])).folder / "actors.parquet").read_bytes())
    with pytest.raises(DamagedRelease):
        publish(draft, Store(tmp_path))
    path.unlink()
    with pytest.raises(DamagedRelease):
        publish(draft, Store(tmp_path))
    assert Store(tmp_path).current() is None


def test_an_unusable_file_is_told_and_cannot_be_published(tmp_path: Path) -> None:
    draft = rehearsed(tmp_path, "%PDF-1.7", "document.csv")
    assert draft.state()["status"] == REFUSED
    assert draft.read("report.json")[0]["rejects"]
    with pytest.raises(NotReady):
        publish(draft, Store(tmp_path))


def test_an_unexpected_error_is_told_without_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(rehearsing, "prepare", broken)
    state = rehearsed(tmp_path).state()
    assert state["status"] == FAILED
    assert "boom" not in state["error"]


def test_files_and_tables_are_forgotten(tmp_path: Path) -> None:
    draft = rehearsed(tmp_path)
    draft.remove()
    assert not draft.folder.exists()
    with pytest.raises(UnknownDraft):
        Drafts(tmp_path).get(draft.id)
    assert Drafts(tmp_path).all() == []


def test_old_drafts_and_cut_sendings_are_purged_and_recent_ones_kept(tmp_path: Path) -> None:
    old, cut, recent = sent(tmp_path), Drafts(tmp_path).create(), sent(tmp_path)
    long_ago = time.time() - 25 * 3600
    for draft in (old, cut):
        os.utime(draft.folder, (long_ago, long_ago))
    Drafts(tmp_path).purge()
    assert [draft.id for draft, _ in Drafts(tmp_path).all()] == [recent.id]
    assert not cut.folder.exists()


@pytest.mark.parametrize("name", ["..", "../releases", "0" * 16, "ABC", ""])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    sent(tmp_path)
    with pytest.raises(UnknownDraft):
        Drafts(tmp_path).get(name)


HOLDING = """
import sys, time
from pathlib import Path
from layers.drafts import Draft, rehearsing
rehearsing.prepare = lambda *_: (print("reading", flush=True), time.sleep(600))
rehearsing.run(Draft(Path(sys.argv[1])), Path(sys.argv[2]))
"""


def reading(draft: Draft, data: Path) -> subprocess.Popen[str]:
    """A process in the middle of a rehearsal."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(draft.folder), str(data)],
        cwd=rehearsing.ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "reading"
    return process


def test_a_rehearsal_killed_in_the_middle_is_told_and_nothing_is_published(tmp_path: Path) -> None:
    draft = sent(tmp_path)
    assert draft.state()["status"] == QUEUED
    process = reading(draft, tmp_path)
    assert draft.is_running()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert draft.state()["status"] == INTERRUPTED
    with pytest.raises(NotReady):
        publish(draft, Store(tmp_path))
    assert Store(tmp_path).current() is None


def test_a_rehearsal_that_is_dropped_stops_its_process(tmp_path: Path) -> None:
    draft = sent(tmp_path)
    process = reading(draft, tmp_path)
    draft.remove()
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGTERM
    assert not draft.folder.exists()


def test_state_is_json_that_another_process_reads(tmp_path: Path) -> None:
    draft = rehearsed(tmp_path)
    state = json.loads((draft.folder / "state.json").read_text("utf-8"))
    assert state["files"] == [{"name": NAME, "size": len(content())}]
    assert {one["indicator"] for one in draft.read("maps.json")} >= {"actors", "actors_per_1000"}
