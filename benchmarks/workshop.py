"""``python -m benchmarks.workshop``: two hundred telephones in one meeting, on this machine alone, a minute at most.

Each telephone joins by what it reads on the screen, asks for news as its page does (every 0.5 s), and votes once at a
moment of its own, sent twice as after a cut; a desk and a screen ask too (every 0.35 s). Then whoever leads changes
the scene three times. Two questions: how long from a vote to the desk and to the screen, and from a change of scene to
every telephone.
``--postgresql`` writes in a server of PostgreSQL that it starts, instead of SQLite; ``--database`` in one of yours.
Exit status 1 where a vote is lost or written twice, or where an answer is an error.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import statistics
import sys
import tempfile
import threading
import time
import uuid
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from sqlalchemy import select

from benchmarks.servers import serving
from dashboard.administration.local import links
from dashboard.settings import Settings
from layers.written import register
from layers.written.database import Database
from layers.written.register import Finding
from layers.written.schema import CONTRIBUTIONS
from layers.written.workshop import contributions, entrance, meetings, scenes
from layers.written.workshop.meetings import COLLEGES, Meeting
from layers.written.workshop.scenes import Scene
from tests.databases import made, postgresql

MOST, PACE, CLOSE, FORM = 200, 0.5, 0.35, "application/x-www-form-urlencoded"
TICKS = os.sysconf("SC_CLK_TCK")


def _form(body: bytes) -> tuple[str, str]:
    """Field and token of the first form of a page."""
    found = re.search(r'<input type="hidden" name="(\w+)" value="([0-9a-f]{16,})"', body.decode())
    if found is None:
        raise RuntimeError(f"no form: {body[:200]!r}")
    return found[1], found[2]


@dataclass
class Seen:
    """When things were sent and seen, in seconds of one clock."""

    sent: dict[str, float] = field(default_factory=dict)
    windows: dict[str, list[tuple[float, int, int]]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Client:
    """One browser: its connection, its cookies, its token; ``read`` is what it reads on the screen."""

    def __init__(self, address: str, meeting: str, seen: Seen, read: str = "") -> None:
        self.host, self.meeting, self.seen, self.read = urlsplit(address).netloc, meeting, seen, read
        self.connection = http.client.HTTPConnection(self.host, timeout=30)
        self.cookies: dict[str, str] = {}
        self.since = ""

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept": "application/json"}
        if form is not None:
            headers |= {"Content-Type": FORM, "Origin": f"http://{self.host}", "Sec-Fetch-Site": "same-origin"}
        try:
            self.connection.request(method, path, urlencode(form) if form is not None else None, headers)
            answer = self.connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = http.client.HTTPConnection(self.host, timeout=30)
            return 0, b""
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, body

    def page(self, window: str) -> tuple[str, str]:
        """Field and token of the forms of a window."""
        _status, body = self.ask("GET", f"/atelier/{self.meeting}/{window}")
        return _form(body)

    def administer(self, link: str) -> None:
        """Open local administration, as the browser of who leads does."""
        path, _, code = urlsplit(link)._replace(scheme="", netloc="").geturl().partition("#")
        _status, body = self.ask("GET", path)
        name, token = _form(body)
        status, _body = self.ask("POST", path, {name: token, "code": code})
        if status != http.client.SEE_OTHER:
            raise RuntimeError(f"the link opens nothing: {status}")

    def news(self, window: str) -> None:
        """Ask once, and keep what is new with the moment at which it came."""
        status, body = self.ask("GET", f"/atelier/{self.meeting}/live?window={window}&since={self.since}")
        if status == http.client.OK:
            told = re.search(rb'"since":\s*"([\d.]+)"', body)
            if told:
                self.since = told[1].decode()
                pulse, _, received = self.since.partition(".")
                with self.seen.lock:
                    self.seen.windows.setdefault(f"{window}-{id(self)}", []).append(
                        (time.monotonic(), int(pulse), int(received or 0))
                    )
        elif status != http.client.NO_CONTENT:
            with self.seen.lock:
                self.seen.errors.append(f"live {window}: {status}")


def telephone(client: Client, college: str, chance: random.Random, vote: tuple[str, str], until: list[float]) -> None:
    """Join, follow, vote once within the first half of the time."""
    client.ask("GET", f"/a/{client.read}")
    name, token = client.page("participer")
    client.ask("POST", f"/atelier/{client.meeting}/rejoindre", {name: token, "college": college})
    scene, finding = vote
    at, voted = until[0] + chance.uniform(0, until[1] / 2), False
    time.sleep(chance.uniform(0, PACE))
    while time.monotonic() < until[0] + until[1]:
        if not voted and time.monotonic() >= at:
            voted, ident = True, uuid.UUID(int=chance.getrandbits(128)).hex
            form = {name: token, "id": ident, "scene": scene, f"dots-{finding}": "3"}
            with client.seen.lock:
                client.seen.sent[ident] = time.monotonic()
            for _again in range(2):  # sent twice, as after a cut: written once
                status, body = client.ask("POST", f"/atelier/{client.meeting}/envoyer", form)
                if status not in (200, 201):
                    with client.seen.lock:
                        client.seen.errors.append(f"vote: {status} {body[:80]!r}")
        client.news("participer")
        time.sleep(PACE)


def watch(client: Client, window: str, until: list[float]) -> None:
    """The desk or the screen."""
    while time.monotonic() < until[0] + until[1]:
        client.news(window)
        time.sleep(CLOSE)


def used(port: str) -> tuple[float, float]:
    """Seconds of processor and megabytes of memory of the processes of a server."""
    cpu, memory = 0.0, 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"PORT={port}\0".encode() not in (folder / "environ").read_bytes():
                continue
            words = (folder / "stat").read_text().rpartition(")")[2].split()
            cpu += (int(words[11]) + int(words[12])) / TICKS
            memory += int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
        except OSError:
            continue
    return cpu, memory


def percentiles(times: list[float]) -> str:
    """Median, 95 of 100 and the longest, in milliseconds."""
    if not times:
        return "– | – | –"
    cuts = statistics.quantiles(times, n=20) if len(times) > 1 else [times[0]] * 19
    return f"{1000 * cuts[9]:.0f} | {1000 * cuts[18]:.0f} | {1000 * max(times):.0f}"


def prepared(database: Database) -> tuple[Meeting, str, str, list[str]]:
    """A meeting that is open at its vote: it, the vote, the finding, all its scenes."""
    one = meetings.prepare(database, Meeting("3", "Rencontre fictive", "2026-12-03"), "banc")
    finding = register.add(database, Finding("3", "Constat fictif.", "threat", source="fictive"), "banc")
    made = [scenes.add(database, Scene(one.id, kind, f"Scène {kind}"), "banc") for kind in ("vote", "board")]
    meetings.open_(database, one.id, "banc")
    meetings.lead(database, one.id, "banc", scene=made[0].id)
    return one, made[0].id, finding.id, [scene.id for scene in made]


def run(address: str, link: str, database: Database, people: int, seconds: float) -> tuple[list[str], list[str]]:
    """Rows of the table, and what is wrong."""
    meeting, vote, finding, order = prepared(database)
    seen, chance = Seen(), random.Random(1)  # noqa: S311  (a draw, not a secret)
    read = entrance.token(meetings.read(database, meeting.id))
    until = [time.monotonic() + 5, seconds]
    threads = []
    for n in range(people):
        own = random.Random(chance.random())  # noqa: S311  (as above)
        client = Client(address, meeting.id, seen, read)
        college = list(COLLEGES)[n % len(COLLEGES)]
        threads.append(threading.Thread(target=telephone, args=(client, college, own, (vote, finding), until)))
    desk, screen = (Client(address, meeting.id, seen) for _ in range(2))
    desk.administer(link)
    threads += [
        threading.Thread(target=watch, args=(client, window, until))
        for client, window in ((screen, "projection"), (desk, "animer"))
    ]
    port = address.rpartition(":")[2]
    before, began = used(port)[0], time.monotonic()
    for thread in threads:
        thread.start()
    changes = []
    time.sleep(max(0.0, until[0] + seconds * 0.6 - time.monotonic()))
    for n in range(3):
        moment = time.monotonic()
        meetings.lead(database, meeting.id, "banc", scene=order[(n + 1) % 2])
        changes.append((moment, meetings.pulse(database, meeting.id)[0]))
        time.sleep(seconds * 0.1)
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    cpu, memory = used(port)
    rows, wrong = _table(database, meeting, seen, changes)
    votes = contributions.counted(database, scenes.read(database, vote))
    rows += ["", f"Server: {100 * (cpu - before) / took:.0f} % of one processor on average, {memory:.0f} MB in all."]
    return [*rows, f"{len(votes)} votes counted of {people} telephones."], wrong


def _table(
    database: Database, meeting: Meeting, seen: Seen, changes: list[tuple[float, int]]
) -> tuple[list[str], list[str]]:
    wrong = list(dict.fromkeys(seen.errors))
    with database.read() as connection:
        asked = select(CONTRIBUTIONS.c.id).where(CONTRIBUTIONS.c.meeting == meeting.id).order_by(CONTRIBUTIONS.c.at)
        kept = list(connection.execute(asked).scalars())
    if sorted(kept) != sorted(seen.sent):
        wrong.append(f"{len(seen.sent)} votes were sent, {len(kept)} are written")
    first = meetings.pulse(database, meeting.id)[1] - len(kept)
    rows = ["| | p50, ms | p95, ms | longest, ms |", "|---|---|---|---|"]
    for window, named in (("projection", "screen"), ("animer", "desk")):
        told = next(value for key, value in seen.windows.items() if key.startswith(window))
        came = [next((at for at, _n, number in told if number >= first + n), None) for n in range(1, len(kept) + 1)]
        times = [max(0.0, at - seen.sent[one]) for one, at in zip(kept, came, strict=True) if at and one in seen.sent]
        rows.append(f"| a vote to the {named} ({len(times)} seen) | {percentiles(times)} |")
    phones = [told for key, told in seen.windows.items() if key.startswith("participer")]
    late = [
        next((at - moment for at, n, _r in told if n >= pulse), None) for moment, pulse in changes for told in phones
    ]
    rows.append(
        f"| a change of scene to a telephone ({len(late)} seen) | {percentiles([one for one in late if one])} |"
    )
    if None in late or len(phones) < len(seen.sent):
        wrong.append("a change of scene was not seen by every telephone")
    return rows, wrong


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=MOST)
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--database", default="", help="address of an empty PostgreSQL database")
    asked.add_argument("--postgresql", action="store_true")
    given = asked.parse_args()
    people, seconds = min(given.people, MOST), min(given.seconds, 60.0)
    own = postgresql(durable=True) if given.postgresql else nullcontext("")
    with own as server, tempfile.TemporaryDirectory() as name:
        folder, url = Path(name), made(server) if server else given.database
        settings = {"ESS_WORKERS": str(given.workers)} | ({"ESS_DATABASE_URL": url} if url else {})
        database = Database(Settings(ESS_DATA_DIR=folder, ESS_DATABASE_URL=url).database)
        with serving(["app.py"], folder, folder, settings) as address:
            (link,) = links(folder)
            rows, wrong = run(address, link, database, people, seconds)
    kind = "PostgreSQL" if url else "SQLite"
    print(f"{people} telephones, {given.workers} processes, {kind}, {seconds:.0f} s\n")
    print("\n".join(rows))
    for one in wrong:
        print(f"WRONG: {one}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
