"""Faults during an import: a full disk, a file that changes, a spoilt one, two imports at once."""

from __future__ import annotations

import errno
import threading
from pathlib import Path
from typing import Any

import pytest

from layers import durable, journal, preparation
from layers.importing import Report, import_files
from layers.store import Store
from tests.layers.readers.fictitious import VALID, write
from tests.layers.sirene.stock import establishment, stock, unit


def valid(folder: Path, kind: str = "population", name: str = "fiction_2021.csv") -> Path:
    return write(folder, *VALID[kind], name=name)


def published(store: Store, folder: Path) -> str:
    report = import_files([valid(folder)], store)
    assert report.release
    return report.release


def test_a_full_disk_leaves_the_former_release_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "data")
    before = published(store, tmp_path)
    written = durable.write
    left = iter([True, True, False])

    def full(path: Path, content: bytes) -> None:
        if not next(left, False):
            raise OSError(errno.ENOSPC, "No space left on device")
        written(path, content)

    monkeypatch.setattr(durable, "write", full)
    with pytest.raises(OSError, match="No space"):
        import_files([valid(tmp_path, "filosofi")], store)
    monkeypatch.undo()
    assert store.current() == before
    assert store.load(before).observations["variable"].unique().tolist() == ["population"]
    assert store.journal.entries()[-1]["what"] == journal.REFUSED
    assert import_files([valid(tmp_path, "filosofi")], store).release not in (None, before)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "data")
    before = published(store, tmp_path)
    path = valid(tmp_path, "filosofi", "change_2021.csv")
    reads = preparation.read_file

    def changing(given: Path, *rest: Any, **how: Any) -> Any:
        found = reads(given, *rest, **how)
        given.write_bytes(given.read_bytes() + b"59350;1;2;3;4\n")
        return found

    monkeypatch.setattr(preparation, "read_file", changing)
    report = import_files([path], store)
    assert (report.outcome, store.current()) == ("refused", before)
    assert "changé pendant sa lecture" in report.files[0]["rejects"][0]["reason"]


def test_a_stock_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "data")
    paths = stock(tmp_path, [unit(1)], [establishment(1)])
    reads = preparation.read_bundle

    def changing(*given: Any) -> Any:
        found = reads(*given)
        paths[1].write_bytes(paths[1].read_bytes() + b"\n")
        return found

    monkeypatch.setattr(preparation, "read_bundle", changing)
    report = import_files(paths, store)
    assert (report.outcome, store.current()) == ("refused", None)
    assert all("changé" in file["rejects"][0]["reason"] for file in report.files)


def test_a_spoilt_parquet_publishes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    before = published(store, tmp_path)
    paths = stock(tmp_path, [unit(1)], [establishment(n) for n in range(500)], ".parquet")
    whole = paths[1].read_bytes()
    paths[1].write_bytes(whole[:200] + bytes(300) + whole[500:])
    report = import_files(paths, store)
    assert (report.outcome, report.exit_status, store.current()) == ("refused", 1, before)
    assert store.journal.entries()[-1]["what"] == journal.REFUSED


def test_two_imports_at_once_both_end_and_the_release_has_both(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    folders = [tmp_path / str(number) for number in range(2)]
    for folder in folders:
        folder.mkdir()
    paths = [valid(folders[0], "population"), valid(folders[1], "filosofi")]
    reports: list[Report] = []
    threads = [threading.Thread(target=lambda path=path: reports.append(import_files([path], store))) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [report.outcome for report in reports] == ["published", "published"]
    current = store.current()
    assert current == reports[-1].release
    assert {"population", "median_income"} <= set(store.load(str(current)).observations["variable"])
    told = [entry["what"] for entry in store.journal.entries()]
    assert told == [journal.STARTED, journal.PUBLISHED] * 2


def test_both_stock_files_stay_among_the_sources(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    report = import_files(stock(tmp_path, [unit(1)], [establishment(1)]), store)
    assert report.release
    import_files([valid(tmp_path)], store)
    for release in (report.release, store.current()):
        named = {source["file"] for source in store.manifest(str(release))["sources"]}
        assert {"StockUniteLegale_utf8.csv", "StockEtablissement_utf8.csv"} <= named
