"""Heavy files one at a time in a process, few in line: ten asked for at once do not starve the pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST_WAITING = 3
"""Requests that wait in a process: each holds one of its threads, and pages need the others."""
PATIENCE = 30.0
"""Seconds that one waits at most."""
RETRY = 5
"""Seconds after which a client that was sent away asks again."""


class Busy(Exception):  # noqa: N818  (says what happened)
    """Too many heavy files are being made: ask again in `RETRY` seconds."""


class Line:
    """A line of ``most`` who wait, behind the one that is served.

    Parameters
    ----------
    most : those who may wait; one more is sent away at once.
    patience : seconds after which one who waits is sent away.
    """

    def __init__(self, most: int = MOST_WAITING, patience: float = PATIENCE) -> None:
        self._served = threading.Lock()
        self._places = threading.BoundedSemaphore(most + 1)
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and give it back; raises `Busy` where the line is full or too slow."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            if not self._served.acquire(timeout=self._patience):
                raise Busy
            try:
                yield
            finally:
                self._served.release()
        finally:
            self._places.release()


LINE = Line()
"""The line of this process."""
