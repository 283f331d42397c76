"""Answers compressed once and kept: brotli where the browser takes it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from flask_compress import Compress

from dashboard.i18n import language
from dashboard.keeping import Kept

if TYPE_CHECKING:
    from flask import Flask, Request

KEPT = 200
PASSING = " passing"
FOR_EVER = ("/_dash-component-suites/", "/assets/", "/pack/", "/acteurs/points/")


class Bodies(Kept[bytes]):
    """The last compressed bodies of addresses whose content never changes."""

    def __init__(self, most: int = KEPT) -> None:
        super().__init__(most)

    def set(self, key: Hashable, body: bytes) -> None:
        """Keep a body, but that of an answer that passes."""
        if not str(key).endswith(PASSING):
            super().set(key, body)


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
        COMPRESS_CACHE_BACKEND=Bodies,
        COMPRESS_CACHE_KEY=_key,
        COMPRESS_MIMETYPES=[
            "text/html", "text/css", "text/csv", "text/javascript", "application/javascript", "application/json",
            "application/geo+json", "application/problem+json", "image/svg+xml",
        ],
    )  # fmt: skip
    Compress(server)
