"""Answers compressed once and kept: brotli where the browser takes it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from flask import Response, g, request
from flask_compress import Compress

from dashboard.i18n import language
from layers.cache import MB, Cache

if TYPE_CHECKING:
    from flask import Flask, Request

KEPT = 24 * MB
"""Bytes of bodies that a process keeps: those of the program are three, a map of communes is twenty kilobytes."""
PASSING = " passing"
"""Said of an answer that is not kept; in ``flask.g``, whether one of an address below passes all the same."""
FOR_EVER = ("/_dash-component-suites/", "/assets/", "/pack/", "/acteurs/points/")


class Bodies:
    """Compressed bodies of addresses whose content never changes, as `flask_compress` wants to keep them."""

    def __init__(self, most: int = KEPT) -> None:
        self._kept: Cache[bytes] = Cache("bodies", most)

    def get(self, key: Hashable) -> bytes | None:
        """The body kept under a key, if any."""
        return self._kept.known(key)

    def set(self, key: Hashable, body: bytes) -> None:
        """Keep a body, but that of an answer that passes."""
        if not str(key).endswith(PASSING):
            self._kept.put(key, body)


def unchanged(tag: str) -> Response | None:
    """304 where the client already holds the answer of a tag; compression may have added « :br » to what it holds."""
    if request.if_none_match.star_tag:
        return Response(status=304, headers={"ETag": tag})
    for held in request.if_none_match.as_set(include_weak=True):
        if held.partition(":")[0] == tag.strip('"'):
            return Response(status=304, headers={"ETag": f'"{held}"'})
    return None


def named(tag: str) -> None:
    """Say that the answer to the current request is that of a tag, which no other answer has: compressed once."""
    g.named = tag


def _key(asked: Request) -> str:
    """The tag of what is kept, or the path of a content that never changes, in the language asked for; else nothing."""
    if tag := g.get("named"):
        return str(tag)
    lasting = asked.path.startswith(FOR_EVER) and not g.get(PASSING, False)
    return f"{asked.path} {language()}" if lasting else PASSING


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
