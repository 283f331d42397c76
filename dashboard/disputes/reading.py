"""The disputes that are open, read once a request: none where the database does not answer, which `unknown` tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import g, has_request_context

from layers.written import disputes
from layers.written.database import Unavailable

if TYPE_CHECKING:
    from layers.written.database import Database
    from layers.written.disputes import Dispute

KEY: Final = "open_disputes"


class Open:
    """What reads them; ``database`` None where there is none."""

    def __init__(self, database: Database | None) -> None:
        self._database = database

    def __call__(self) -> tuple[Dispute, ...]:
        """The open disputes, the latest first; those of the first time for the whole of a request."""
        return self._found() or ()

    def unknown(self) -> bool:
        """Whether they could not be read: there may be some all the same."""
        return self._found() is None

    def _found(self) -> tuple[Dispute, ...] | None:
        if not has_request_context():
            return self._read()
        if KEY not in g:
            setattr(g, KEY, self._read())
        found: tuple[Dispute, ...] | None = g.get(KEY)
        return found

    def _read(self) -> tuple[Dispute, ...] | None:
        if self._database is None:
            return ()
        try:
            return tuple(disputes.listed(self._database, disputes.OPEN))
        except Unavailable:
            return None
