from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

import pytest

from geodata.folders import EMBEDDED
from layers import current, demonstration
from layers.store import CurrentRelease, DamagedRelease, Store
from tests.layers.invented import actor, source, tables


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "CHECK_EVERY", 0.0)
    monkeypatch.setattr(current, "RETRY_AFTER", 0.0)


def publish(store: Store, number: int) -> str:
    return store.publish(tables([actor(number)]), [source()], EMBEDDED)


def damage(store: Store, release_id: str) -> tuple[Path, bytes]:
    path = store.folder / "objects" / store.manifest(release_id)["tables"]["actors"]["sha256"]
    content = path.read_bytes()
    path.write_bytes(b"damaged")
    return path, content


def test_without_import_the_demonstration_is_shown(store: Store) -> None:
    shown = CurrentRelease(store).get()
    assert shown.demonstration
    assert shown is demonstration.release()


def test_a_new_release_is_taken_up_within_two_seconds(store: Store) -> None:
    holder = CurrentRelease(store)
    assert holder.get().demonstration
    for number in (1, 2):
        release_id = publish(store, number)
        start = time.monotonic()
        while holder.get().id != release_id:
            assert time.monotonic() - start < 2
            time.sleep(0.02)
    store.make_current(store.manifests()[1]["id"])
    time.sleep(current.CHECK_EVERY + 0.05)
    assert holder.get().id == store.current()


def test_a_pinned_release_stays(store: Store, impatient: None) -> None:
    first = publish(store, 1)
    holder = CurrentRelease(store, pinned=first)
    publish(store, 2)
    assert holder.get().id == first
    with pytest.raises(KeyError):
        CurrentRelease(store, pinned="000000000000")


@pytest.mark.usefixtures("impatient")
def test_a_damaged_release_leaves_the_former_one_shown(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    first = publish(store, 1)
    holder = CurrentRelease(store)
    second = publish(store, 2)
    path, content = damage(store, second)
    with caplog.at_level(logging.ERROR):
        assert holder.get().id == first
    assert "reste affichée" in caplog.text
    path.write_bytes(content)
    assert holder.get().id == second


@pytest.mark.usefixtures("impatient")
def test_a_lost_current_file_never_brings_the_demonstration_back(store: Store) -> None:
    first = publish(store, 1)
    holder = CurrentRelease(store)
    store.current_path.unlink()
    assert holder.get().id == first


def test_at_start_the_latest_readable_release_stands_in(store: Store) -> None:
    first = publish(store, 1)
    second = publish(store, 2)
    damage(store, second)
    assert CurrentRelease(store).get().id == first
    damage(store, first)
    with pytest.raises(DamagedRelease, match="Aucune publication lisible"):
        CurrentRelease(store)


@pytest.mark.usefixtures("impatient")
def test_permalinks_find_older_releases(store: Store) -> None:
    ids = [publish(store, number) for number in range(1, 8)]
    holder = CurrentRelease(store)
    assert holder.get().id == ids[-1]
    for release_id in ids:
        assert holder.get(release_id).id == release_id
    assert holder.get(ids[-2]) is holder.get(ids[-2])
    assert holder.get(demonstration.release().id).demonstration
    with pytest.raises(KeyError):
        holder.get("000000000000")
    with pytest.raises(KeyError):
        holder.get("../current")


@pytest.mark.usefixtures("impatient")
def test_threads_always_get_a_whole_release(store: Store) -> None:
    publish(store, 1)
    holder = CurrentRelease(store)
    wrong: list[object] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            release = holder.get()
            name = release.actors["name"].iloc[0]
            if release.manifest["id"] != release.id or not name.startswith("Essai"):
                wrong.append(release.id)
            time.sleep(0.001)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(2, 8):
        publish(store, number)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert holder.get().id == store.current()
