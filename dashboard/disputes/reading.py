"""The disputes that are open, read once a request: none where the database does not answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from flask import g, has_request_context

from layers.written import disputes
from layers.written.database import Unavailable

if TYPE_CHECKING:
    from layers.written.database import Database
    from layers.written.disputes import Dispute

KEY: Final = "open_disputes"
PAUSE: Final = 5.0
"""Seconds for which a database that did not answer is not asked again: a page does not wait for it each time."""


class Open:
    """What reads them; ``database`` None where there is none."""

    def __init__(self, database: Database | None) -> None:
        self._database = database
        self._silent_until = 0.0

    def __call__(self) -> tuple[Dispute, ...]:
        """The open disputes, the latest first; those of the first time for the whole of a request."""
        if not has_request_context():
            return self._read()
        found: tuple[Dispute, ...] | None = g.get(KEY)
        if found is None:
            found = self._read()
            setattr(g, KEY, found)
        return found

    def unknown(self) -> bool:
        """Whether they could not be read: there may be some all the same."""
        self()
        return time.monotonic() < self._silent_until

    def _read(self) -> tuple[Dispute, ...]:
        if self._database is None or time.monotonic() < self._silent_until:
            return ()
        try:
            return tuple(disputes.listed(self._database, disputes.OPEN))
        except Unavailable:
            self._silent_until = time.monotonic() + PAUSE
            return ()
