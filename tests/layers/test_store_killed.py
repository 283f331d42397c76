"""Killed at any moment, an import leaves a release that is whole: the former one, or the new one."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest

from layers.store import Store
from tests.layers.import_forever import ROWS, run

KILLS = 14
LONGEST = 0.4
"""Seconds: longer than one import, so that the kills fall everywhere in it."""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on this system")
def test_killed_anywhere_the_release_shown_is_whole(tmp_path: Path) -> None:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.layers.import_forever"])
    chance = random.Random(20261123)  # noqa: S311
    delays = [LONGEST * (kill + chance.random()) / KILLS for kill in range(KILLS)]
    chance.shuffle(delays)
    last, interrupted = 0, 0
    for kill, delay in enumerate(delays):
        listens, tells = processes.Pipe(duplex=False)
        child = processes.Process(target=run, args=(str(tmp_path), 1000 * (kill + 1), tells))
        child.start()
        tells.close()
        assert listens.poll(60)
        last = listens.recv()
        time.sleep(delay)
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        last = newest(listens, last)
        interrupted += check(tmp_path, last)
    assert interrupted > KILLS // 3, "most kills fell between two imports: the test shows too little"


def newest(listens: multiprocessing.connection.Connection, last: int) -> int:
    try:
        while listens.poll(0):
            last = listens.recv()
    except EOFError:
        pass
    return last


def check(folder: Path, last: int) -> int:
    """The current release is whole, and the last one said to be published, or the next; was an import cut?"""
    store = Store(folder)
    current = store.current()
    assert current
    names = set(store.load(current).actors["name"])
    assert len(store.load(current).actors) == ROWS
    assert names in ({f"Essai {last}"}, {f"Essai {last + 1}"})
    for manifest in store.manifests():
        store.load(manifest["id"])
    cut = store.journal.unfinished() is not None
    with store.lock():
        assert store.journal.unfinished() is None
    assert not list(folder.rglob("*.aside"))
    named = {table["sha256"] for manifest in store.manifests() for table in manifest["tables"].values()}
    named |= {sha for manifest in store.manifests() for sha in manifest["geography"]["files"].values()}
    if cut:
        assert {path.name for path in (folder / "objects").iterdir()} == named
    return int(cut)
