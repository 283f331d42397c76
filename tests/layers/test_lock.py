from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from layers.lock import FolderLock, StoreBusy

HOLD = """
import sys, time
from pathlib import Path
from layers.lock import FolderLock
with FolderLock(Path(sys.argv[1])).held():
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


def test_another_process_is_waited_for_then_refused_clearly(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        told: list[str] = []
        busy = pytest.raises(StoreBusy, match=f"Un autre import est en cours .*{other.pid}")
        with busy, FolderLock(path).held(wait=0.3, on_wait=told.append):
            pytest.fail("held by two")
        assert len(told) == 1
        assert "attente" in told[0]
        other.kill()
    with FolderLock(path).held(wait=0) as first:
        assert first


def test_two_threads_take_turns(path: Path) -> None:
    lock = FolderLock(path)
    inside: list[int] = []
    most: list[int] = []

    def work() -> None:
        with lock.held():
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.02)
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 5


def test_one_thread_may_hold_it_twice(path: Path) -> None:
    lock = FolderLock(path)
    with lock.held() as outer:
        with lock.held() as inner:
            assert (outer, inner) == (True, False)
        with pytest.raises(StoreBusy), FolderLock(path).held(wait=0):
            pytest.fail("the inner one let it go")


def test_looking_at_a_lock_tells_whether_it_is_held_and_leaves_no_trace(path: Path) -> None:
    assert not FolderLock(path).is_held()
    assert not path.exists()
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        assert FolderLock(path).is_held()
        assert path.read_text("ascii") == str(other.pid)
        other.kill()
    assert not FolderLock(path).is_held()
    assert path.read_text("ascii") == str(other.pid)
