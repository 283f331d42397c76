"""A server on loopback: answers by path, a log of what was asked, and faults played in order."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Asked:
    """One request received."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass
class Answer:
    """What is sent back: *cut* bytes of the body only, *drip* seconds after each *piece* of it."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    drip: float = 0.0
    piece: int = 8


Respond = Callable[[Asked], Answer]
Fault = Callable[[Asked, Answer], Answer]


def json_answer(said: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(said, ensure_ascii=False).encode(), {"Content-Type": "application/json"})


@dataclass
class Server:
    """What is served (by path) and what was asked. Each fault of the queue spoils one answer, None lets one pass."""

    base: str = ""
    routes: dict[str, Respond] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    faults: deque[Fault | None] = field(default_factory=deque)
    delay: float = 0.0

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        time.sleep(self.delay)
        route = self.routes.get(asked.path)
        good = route(asked) if route else json_answer({"message": "introuvable"}, 404)
        fault = self.faults.popleft() if self.faults else None
        return fault(asked, good) if fault else good


def status(code: int, **headers: str) -> Fault:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _asked, _good: Answer(code, b'{"erreur": "panne d\\u2019essai"}', sent)


def cut(at: int) -> Fault:
    """The connection is closed after *at* bytes of the body."""
    return lambda _asked, good: Answer(good.status, good.body, good.headers, cut=at)


def truncated(_asked: Asked, good: Answer) -> Answer:
    """A body that ends too early, and says so of itself: only its content tells."""
    return Answer(good.status, good.body[: len(good.body) // 2], good.headers)


def drip(seconds: float) -> Fault:
    return lambda _asked, good: Answer(good.status, good.body, good.headers, drip=seconds)


def instead(body: bytes) -> Fault:
    return lambda _asked, good: Answer(good.status, body, good.headers)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves early is what these tests are about."""


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            found = server.answer(Asked(parts.path, dict(parse_qsl(parts.query)), dict(self.headers)))
            try:
                self._send(found)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _send(self, found: Answer) -> None:
            self.send_response(found.status)
            for name, value in {"Content-Length": str(len(found.body)), **found.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            body = found.body if found.cut is None else found.body[: found.cut]
            step = found.piece if found.drip else len(body) or 1
            for start in range(0, len(body), step):
                self.wfile.write(body[start : start + step])
                self.wfile.flush()
                time.sleep(found.drip)
            if found.cut is not None:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    httpd = _Quiet(("127.0.0.1", 0), _handler(server))
    server.base = f"http://127.0.0.1:{httpd.server_address[1]}"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()
