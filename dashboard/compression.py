"""Answers compressed once and kept: brotli where the browser takes it."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from flask_compress import Compress

from dashboard.i18n import language

if TYPE_CHECKING:
    from flask import Flask, Request

KEPT = 200
PASSING = " passing"
FOR_EVER = ("/_dash-component-suites/", "/assets/", "/pack/", "/acteurs/points/")


class Kept:
    """The last compressed bodies of addresses whose content never changes."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """The body kept under a key, if any."""
        with self._lock:
            if key in self._bodies:
                self._bodies.move_to_end(key)
            return self._bodies.get(key)

    def set(self, key: str, body: bytes) -> None:
        """Keep a body; the least recently used goes when there are too many."""
        if key.endswith(PASSING):
            return
        with self._lock:
            self._bodies[key] = body
            while len(self._bodies) > self._most:
                self._bodies.popitem(last=False)


def _key(asked: Request) -> str:
    """Path of a content that never changes, in the language asked for; the others are not kept."""
    return f"{asked.path} {language()}" if asked.path.startswith(FOR_EVER) else PASSING


def register(server: Flask) -> None:
    """Compress the answers of a server."""
    server.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=6,
        COMPRESS_LEVEL=6,
        COMPRESS_MIN_SIZE=500,
        COMPRESS_STREAMS=False,
        COMPRESS_CACHE_BACKEND=Kept,
        COMPRESS_CACHE_KEY=_key,
        COMPRESS_MIMETYPES=[
            "text/html", "text/css", "text/csv", "text/javascript", "application/javascript", "application/json",
            "application/geo+json", "application/problem+json", "image/svg+xml",
        ],
    )  # fmt: skip
    Compress(server)
