"""How often meetings changed, read once for all the windows that ask a process at the same time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from dashboard.keeping import Kept
from layers.written.database import Unavailable
from layers.written.workshop import meetings

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.written.database import Database

AGE: Final = 0.1
"""Seconds for which what was read is told again."""
DOWN: Final = 1.0
"""Seconds for which a database that did not answer is not asked again."""
MEETINGS_KEPT: Final = 32


@dataclass(frozen=True, slots=True)
class _Read:
    at: float
    found: tuple[int, int] | Unavailable


class Pulses:
    """The two numbers of `meetings.pulse`, at most `AGE` old."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database, self._clock = database, clock
        self._kept: Kept[_Read] = Kept(MEETINGS_KEPT)
        self._lock = Lock()

    def read(self, ident: str, *, fresh: bool = False) -> tuple[int, int]:
        """How often the stage changed and how much was received; ``fresh``, of this very moment.

        Raises `meetings.UnknownMeeting`, `Unavailable`.
        """
        with self._lock:  # one asks for all those who wait
            known = self._kept.get(ident)
            if known is None or self._is_old(known) or (fresh and not isinstance(known.found, Unavailable)):
                known = self._asked(ident)
        if isinstance(known.found, Unavailable):
            raise known.found
        return known.found

    def _is_old(self, known: _Read) -> bool:
        return self._clock() - known.at >= (DOWN if isinstance(known.found, Unavailable) else AGE)

    def _asked(self, ident: str) -> _Read:
        found: tuple[int, int] | Unavailable
        at = self._clock()
        try:
            found = meetings.pulse(self._database, ident)
        except Unavailable as error:
            found, at = error, self._clock()
        made = _Read(at, found)
        self._kept.set(ident, made)
        return made
