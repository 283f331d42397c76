"""What a server makes once for its first readers is made as soon as it runs, beside its answers."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger(__name__)

FIRST = (
    *("/carte", "/", "/carte?level=commune", "/search?q=a", "/acteurs", "/structures?commune=59350"),
    *("/territoire/3", "/financements", "/suivi"),
)
"""Between them they ask for all that is made once: geometry, series and what stands behind them, indexes of the search
and of the directory. After one portrait each of the others takes a tenth of its time."""


def start(server: Flask) -> Thread:
    """Ask a server of this process for its first pages in a thread; a reader who comes before does not wait for it."""
    thread = Thread(target=_ask, args=(server,), name="warming", daemon=True)
    thread.start()
    return thread


def _ask(server: Flask) -> None:
    client = server.test_client()
    for address in FIRST:
        try:
            client.get(address, headers={"Accept-Encoding": "br"})
        except Exception:
            log.warning("could not prepare %s", address, exc_info=True)
