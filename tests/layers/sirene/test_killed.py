"""Killed at twenty moments of an import of Sirene, the release that serves is one of the two, whole."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest

from layers import journal
from layers.importing import import_files
from layers.store import Store
from tests.layers.sirene.import_stock import run
from tests.layers.sirene.stock import establishment, stock, unit

KILLS = 20
UNITS = (40, 60)


def stocks(folder: Path) -> list[list[str]]:
    """Two stocks of the same month, of 40 and of 60 associations: a mixture would have another number."""
    made = []
    for count in UNITS:
        (place := folder / str(count)).mkdir()
        numbers = range(1, count + 1)
        paths = stock(place, [unit(n) for n in numbers], [establishment(n) for n in numbers])
        made.append([str(path) for path in paths])
    return made


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on this system")
def test_killed_anywhere_in_an_import_of_sirene_one_of_both_serves(tmp_path: Path) -> None:
    files = stocks(tmp_path)
    store = Store(tmp_path / "data")
    began = time.monotonic()
    import_files([Path(path) for path in files[0]], store, year=2026)
    lasts = time.monotonic() - began
    chance = random.Random(20261124)  # noqa: S311
    delays = [2 * lasts * (kill + chance.random()) / KILLS for kill in range(KILLS)]
    chance.shuffle(delays)
    cut = 0
    for delay in delays:
        kill_after(delay, tmp_path / "data", files)
        cut += check(store)
    assert cut > KILLS // 3, "most kills fell between two imports: the test shows too little"


def kill_after(delay: float, data: Path, files: list[list[str]]) -> None:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.layers.sirene.import_stock"])
    listens, tells = processes.Pipe(duplex=False)
    child = processes.Process(target=run, args=(str(data), files, tells))
    child.start()
    tells.close()
    assert listens.poll(120)
    time.sleep(delay)
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join()
    listens.close()


def check(store: Store) -> int:
    """The release that serves is whole, one of both, and nothing stays of the other; was an import cut?"""
    current = store.current()
    assert current
    release = store.load(current)
    assert len(release.actors) in UNITS
    assert {source["kind"] for source in release.manifest["sources"]} == {"sirene"}
    for manifest in store.manifests():
        store.load(manifest["id"])
    cut = store.journal.unfinished() is not None
    with store.lock():
        assert store.journal.unfinished() is None
    entries = [entry["what"] for entry in store.journal.entries()]
    assert entries[-1] in ((journal.INTERRUPTED,) if cut else (journal.PUBLISHED, journal.ALREADY, journal.INTERRUPTED))
    assert not list(store.folder.rglob("*.aside"))
    return int(cut)
