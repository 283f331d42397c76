"""A reverse proxy that says nothing of whom it speaks for: HTTP/1.1, and not a header more than the visitor sent."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from werkzeug.serving import make_server

NAME = "ess.example"
"""The public name that visitors ask for."""
HOP = {"connection", "transfer-encoding", "keep-alive", "content-length", "host"}
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    """What a visitor is answered."""

    status: int
    text: str
    cookies: dict[str, str]


@dataclass
class Visitor:
    """Somebody elsewhere, who asks the public name on a port of this machine; keeps cookies as a browser does."""

    port: int
    name: str = NAME

    def __post_init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Answer:
        """One request over a connection of its own."""
        known = {"Host": self.name, "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        if method == "POST":
            known |= {"Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=60)
        connection.request(method, path, body or None, known | headers)
        told = connection.getresponse()
        text = told.read().decode("utf-8", "replace")
        put = dict(one.partition(";")[0].split("=", 1) for one in told.headers.get_all("Set-Cookie") or [])
        connection.close()
        self.cookies |= put
        return Answer(told.status, text, put)


def _handler(port: int, *, keeps_host: bool) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {key: value for key, value in self.headers.items() if key.lower() not in HOP}
            headers["Host"] = self.headers["Host"] if keeps_host else f"{LOOPBACK}:{port}"
            behind = http.client.HTTPConnection(LOOPBACK, port, timeout=60)
            behind.request(self.command, self.path, body or None, headers)
            told = behind.getresponse()
            content = told.read()
            behind.close()
            self.send_response_only(told.status)
            for key, value in told.headers.items():
                if key.lower() not in HOP:
                    self.send_header(key, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _pass  # noqa: N815  (names of the standard library)

        def log_message(self, *_told: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def _running(server: Any) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield int(server.server_port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def fronted(port: int, *, keeps_host: bool) -> Iterator[int]:
    """A proxy before a server that runs on a port of this machine: its own port."""
    with _running(ThreadingHTTPServer((LOOPBACK, 0), _handler(port, keeps_host=keeps_host))) as public:
        yield public


@contextmanager
def proxied(application: Any, *, keeps_host: bool) -> Iterator[tuple[int, int]]:
    """Serve an application on loopback, and a proxy before it: their ports."""
    behind = make_server(LOOPBACK, 0, application, threaded=True)
    with _running(behind) as port, fronted(port, keeps_host=keeps_host) as public:
        yield port, public
