"""One import at a time on a data folder."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


class StoreBusy(Exception):  # noqa: N818  (says what happened)
    """Another process has been importing into the same folder for longer than one was ready to wait."""


class FolderLock:
    """A lock that the system frees by itself when its holder dies. Re-entrant in one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._depth = 0
        self._thread = threading.RLock()

    @contextmanager
    def held(self, wait: float = 60.0, on_wait: Callable[[str], None] | None = None) -> Iterator[bool]:
        """Hold the lock; ``on_wait`` is told once, in French, when another import is under way.

        Yields whether it was taken just now, not held already. Raises `StoreBusy` after ``wait`` seconds.
        """
        with self._thread:
            if self._depth:
                yield False
                return
            with self._path.open("a+b") as file:
                self._acquire(file, wait, on_wait)
                self._depth += 1
                try:
                    yield True
                finally:
                    self._depth -= 1
                    _unlock(file)

    def is_held(self) -> bool:
        """Whether a process holds it now; those that look do not see each other, and leave no trace."""
        try:
            with self._path.open("r+b") as file:
                if not try_lock(file, shared=True):
                    return True
                _unlock(file)
        except FileNotFoundError:
            return False
        return False

    def _acquire(self, file: BinaryIO, wait: float, on_wait: Callable[[str], None] | None) -> None:
        end = time.monotonic() + wait
        told = False
        while not try_lock(file):
            holder = self._path.read_bytes().decode("ascii", "replace").strip() or "?"
            if time.monotonic() >= end:
                raise StoreBusy(
                    f"Un autre import est en cours dans {self._path.parent} (processus {holder}). "
                    "Attendez qu’il finisse, puis relancez la commande."
                )
            if on_wait and not told:
                on_wait(f"Un autre import est en cours (processus {holder})\u202f; attente…")
                told = True
            time.sleep(0.1)
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()


if sys.platform == "win32":
    import msvcrt

    def try_lock(file: BinaryIO, *, shared: bool = False) -> bool:
        """Whether the lock of an open file could be taken at once; the system frees it when the file is closed."""
        file.seek(1 << 20)  # a byte beyond the text, which others must still read
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def try_lock(file: BinaryIO, *, shared: bool = False) -> bool:
        """Whether the lock of an open file could be taken at once; the system frees it when the file is closed."""
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
