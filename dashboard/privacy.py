"""``/confidentialite``: what is kept, where and how long; and what goes in time goes once a day while one serves."""

from __future__ import annotations

import logging
import time
from threading import Lock
from typing import TYPE_CHECKING, Final

from flask import Response

from dashboard.administration import local
from dashboard.i18n import msg
from dashboard.pages import Page
from dashboard.workshop.phones import HOURS
from dashboard.workshop.windows import DEVICE, PROOF
from layers.written import purging

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from dashboard.rendering import Shell
    from dashboard.settings import Settings
    from layers.written.database import Database

log = logging.getLogger(__name__)
PAGE = Page(
    "confidentialite",
    "/confidentialite",
    msg("Confidentialité"),
    msg("Ce que le tableau de bord garde de vous, où, combien de temps, et ce qu’il ne garde jamais."),
    ("content.css",),
)
DAY: Final = 24 * 3600


class Daily:
    """Does something at the first time that it is asked, then once a day; a failure is noted, and tried again a day
    later."""

    def __init__(self, work: Callable[[], object], clock: Callable[[], float] = time.monotonic) -> None:
        self._work, self._clock, self._next, self._lock = work, clock, float("-inf"), Lock()

    def ask(self) -> None:
        """Do it if it is due."""
        with self._lock:
            now = self._clock()
            if now < self._next:
                return
            self._next = now + DAY
        try:
            self._work()
        except Exception:
            log.exception("purge")


def register(server: Flask, shell: Shell, *, settings: Settings, database: Database) -> None:
    """Add the page to a server, and the purge before the first request of each day."""
    keep = {"open_days": settings.open_days, "journal_days": settings.journal_days}
    daily = Daily(lambda: purging.purge(database, open_days=settings.open_days, journal_days=settings.journal_days))
    server.before_request(daily.ask)

    @server.get(PAGE.path)
    def privacy() -> Response:
        told = {
            "ignored": (),
            "hours": HOURS,
            "local_hours": local.HOURS,
            "telephone": DEVICE,
            "proof": PROOF,
            "identity": bool(settings.oidc_issuer),
            "contact_days": settings.contact_days,
            "answered_days": settings.answered_days,
            "contact": settings.contact,
            "background": bool(settings.background_url),
            **keep,
        }
        return Response(shell.put(PAGE, lambda _view, _services: told), mimetype="text/html")
