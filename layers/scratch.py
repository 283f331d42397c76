"""Temporary folders that go whatever happens: when they are no more used, else when the next one is made."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final
from weakref import finalize

from layers.lock import try_lock

PREFIX: Final = "ess-scratch-"
_LOCK: Final = "lock"
_MAKING: Final = 1.0
"""Seconds that a process may take, by far, between a new folder and its lock."""


class Scratch:
    """A folder of the system's temporary one, removed with this value, at exit, or by `sweep` after a kill."""

    def __init__(self) -> None:
        sweep()
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = (self.path / _LOCK).open("w+b")
        try_lock(lock)
        self.remove = finalize(self, _remove, self.path, lock)


@contextmanager
def folder() -> Iterator[Path]:
    """A scratch folder for the time of a block."""
    scratch = Scratch()
    try:
        yield scratch.path
    finally:
        scratch.remove()


def sweep() -> None:
    """Remove the folders whose process is dead: the system freed their lock."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if _is_abandoned(left):
                shutil.rmtree(left, ignore_errors=True)


def _is_abandoned(left: Path) -> bool:
    if time.time() - left.stat().st_ctime < _MAKING:
        return False
    if not (left / _LOCK).exists():
        return True
    with (left / _LOCK).open("r+b") as lock:
        return try_lock(lock)


def _remove(path: Path, lock: BinaryIO) -> None:
    lock.close()
    shutil.rmtree(path, ignore_errors=True)
