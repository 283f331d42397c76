"""``python -m benchmarks.transport``: how a change of scene reaches two hundred telephones, by polling or by events.

Polling is what the application does: each telephone asks every half second whether a number moved. Events are the same
application with a route of server-sent events, made here alone: a stream to each telephone, on which the server says
that the number moved; the telephone then asks as it does. A stream holds a thread of the server for as long as the
page is open: ``--threads`` of each process. Both are tried straight, and behind a plain proxy that hands an answer on
once it has it whole. Exit status 1 where polling misses a change.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.servers import serving
from benchmarks.workshop import MOST, PACE, Client, Seen, percentiles, prepared, used
from dashboard.settings import Settings
from layers.written.database import Database
from layers.written.workshop import meetings

POLLING, EVENTS = "polling", "events"
CHANGES, BETWEEN, FIRST = 6, 2.0, 4.0
"""Changes of scene, the seconds between two of them, and before the first."""
CHECK = 0.1


class Proxy(BaseHTTPRequestHandler):
    """A proxy as plain as they come: one answer at a time, whole."""

    protocol_version = "HTTP/1.1"
    upstream = ""

    def _pass(self) -> None:
        kept = {k: v for k, v in self.headers.items() if k.lower() not in {"host", "connection"}}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        there = http.client.HTTPConnection(self.upstream, timeout=15)
        try:
            there.request(self.command, self.path, body or None, kept | {"Host": self.headers["Host"]})
            answer = there.getresponse()
            whole = answer.read()
        except (OSError, http.client.HTTPException):
            self.send_error(504)
            return
        finally:
            there.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"transfer-encoding", "connection", "content-length", "date", "server"}:
                self.send_header(name, value)
        if answer.status != http.client.NO_CONTENT:
            self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        self.wfile.write(whole)

    do_GET = do_POST = _pass  # noqa: N815  (names of the library)

    def log_message(self, *_told: object) -> None:
        """Say nothing."""


class Front(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, *_told: object) -> None:
        """A telephone that left is no error."""


@contextmanager
def proxied(address: str) -> Iterator[str]:
    handler = type("To", (Proxy,), {"upstream": urlsplit(address).netloc})
    front = Front(("127.0.0.1", 0), handler)
    threading.Thread(target=front.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{front.server_port}"
    finally:
        front.shutdown()
        front.server_close()


def poll(client: Client, until: float, chance: random.Random) -> None:
    time.sleep(chance.uniform(0, PACE))
    while time.monotonic() < until:
        client.news("participer")
        time.sleep(PACE)


def listen(client: Client, until: float, _chance: random.Random) -> None:
    """Follow a stream, and ask for what is new each time that it says so."""
    stream = http.client.HTTPConnection(client.host, timeout=max(1.0, until - time.monotonic()))
    try:
        stream.request("GET", f"/atelier/{client.meeting}/events")
        answer = stream.getresponse()
        while time.monotonic() < until:
            line = answer.readline()
            if not line:
                return
            if line.startswith(b"data:"):
                client.news("participer")
    except (OSError, http.client.HTTPException):
        return
    finally:
        stream.close()


def tried(transport: str, *, proxy: bool, people: int, threads: int) -> tuple[str, int]:
    """A row of the table, and how many times a telephone missed a change."""
    with tempfile.TemporaryDirectory() as name:
        folder, seen = Path(name), Seen()
        database = Database(Settings(ESS_DATA_DIR=folder, ESS_DATABASE_URL="").database)
        meeting, _vote, _finding, order = prepared(database)
        command = ["-m", "benchmarks.transport", "--serve", str(threads if transport == EVENTS else 0)]
        with (
            serving(command, folder, folder, {}) as straight,
            proxied(straight) if proxy else nullcontext(straight) as address,
        ):
            port, began = straight.rpartition(":")[2], time.monotonic()
            until = began + FIRST + CHANGES * BETWEEN
            follow, changes = (listen if transport == EVENTS else poll), []
            running = [
                threading.Thread(target=follow, args=(Client(address, meeting.id, seen), until, random.Random(n)))  # noqa: S311
                for n in range(people)
            ]
            for thread in running:
                thread.start()
            time.sleep(FIRST)
            before = used(port)[0]
            for n in range(CHANGES):
                moment = time.monotonic()
                meetings.lead(database, meeting.id, "banc", scene=order[(n + 1) % 2])
                changes.append((moment, meetings.pulse(database, meeting.id)[0]))
                time.sleep(max(0.0, moment + BETWEEN - time.monotonic()))
            cpu, memory = used(port)
            for thread in running:
                thread.join(30)
    told = list(seen.windows.values())
    late = [next((at - moment for at, n, _r in one if n >= pulse), None) for moment, pulse in changes for one in told]
    came = [one for one in late if one is not None]
    missed = CHANGES * people - len(came)
    share = 100 * (cpu - before) / (CHANGES * BETWEEN)
    named = f"{transport}{', behind a proxy' if proxy else ''}"
    return f"| {named} | {percentiles(came)} | {missed} of {CHANGES * people} | {share:.0f} % | {memory:.0f} |", missed


def serve(threads: int) -> None:
    """The application, with a route of events where ``threads`` is not 0."""
    from flask import Response  # noqa: PLC0415

    from app import create_server  # noqa: PLC0415
    from dashboard import serving as server  # noqa: PLC0415
    from dashboard.workshop.pulses import Pulses  # noqa: PLC0415

    settings = Settings()
    made = create_server(settings)
    if threads:
        server.THREADS = threads
        pulses = Pulses(Database(settings.database))

        def events(ident: str) -> Response:
            def told() -> Iterator[str]:
                last = None
                while True:
                    now = pulses.read(ident)[0]
                    yield f"data: {now}\n\n" if now != last else ":\n\n"
                    last = now
                    time.sleep(CHECK)

            headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
            return Response(told(), mimetype="text/event-stream", headers=headers)

        made.add_url_rule("/atelier/<ident>/events", "events", events)
    server._serve_gunicorn(made, settings)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=MOST)
    asked.add_argument("--threads", type=int, default=MOST + 16, help="of each process, for the streams")
    asked.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.serve is not None:
        serve(given.serve)
        return 0
    people, wrong = min(given.people, MOST), 0
    print(f"{people} telephones, 2 processes, SQLite, {CHANGES} changes of scene; {os.cpu_count()} processors\n")
    print("| | p50, ms | p95, ms | longest, ms | missed | processor | memory, MB |\n|---|---|---|---|---|---|---|")
    for transport in (POLLING, EVENTS):
        for proxy in (False, True):
            row, missed = tried(transport, proxy=proxy, people=people, threads=given.threads)
            print(row, flush=True)
            wrong += missed if transport == POLLING else 0
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
