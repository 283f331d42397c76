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
_UNLOCKED: Final = 3600.0
"""Seconds after which a folder without lock was left by a process that died while it made it."""


class Scratch:
    """A folder of the system's temporary one, removed with this value, at exit, or by `sweep` after a kill."""

    def __init__(self) -> None:
        sweep()
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = (self.path / ".lock").open("w+b")
        try_lock(lock)
        (self.path / ".lock").rename(self.path / _LOCK)  # nobody meets it unlocked
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
    if not (left / _LOCK).exists():
        return time.time() - left.stat().st_mtime > _UNLOCKED
    with (left / _LOCK).open("r+b") as lock:
        return try_lock(lock)


def _remove(path: Path, lock: BinaryIO) -> None:
    shutil.rmtree(path, ignore_errors=True)
    lock.close()
    shutil.rmtree(path, ignore_errors=True)  # where the system keeps what is open
