"""How often meetings changed, read once for all the windows that ask a process at the same time."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING, Final

from layers.cache import Cache
from layers.written.workshop import meetings

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.written.database import Database

AGE: Final = 0.1
"""Seconds for which what was read is told again."""
KEPT: Final = 64_000


class Pulses:
    """The two numbers of `meetings.pulse`, at most `AGE` old."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database, self._clock = database, clock
        self._kept: Cache[tuple[float, tuple[int, int]]] = Cache("pulses", KEPT)
        self._lock = Lock()

    def read(self, ident: str, *, fresh: bool = False) -> tuple[int, int]:
        """How often the stage changed and how much was received; ``fresh``, of this very moment.

        Raises `meetings.UnknownMeeting`, `layers.written.database.Unavailable`.
        """
        with self._lock:  # one asks for all those who wait
            known, now = self._kept.known(ident), self._clock()
            if known is None or fresh or now - known[0] >= AGE:
                known = now, meetings.pulse(self._database, ident)
                self._kept.put(ident, known)
        return known[1]
