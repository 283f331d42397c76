"""``python -m benchmarks.load``: fifty sessions at once, on this machine alone, for a minute at most.

Each session opens the page, then asks every other second what the browser asks of the server when the panels are in
view or a commune is opened: the table, the charts' callback, the structures of a commune, or another page. A filter
change above the panels asks nothing, so it is not here. Exit status 1 where an answer is an error, or where five of a
hundred are slower than ``--limit``.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.servers import serving
from geodata.perimeter import members

MOST_SESSIONS, MOST_SECONDS = 200, 60
OK = 200
SECTORS = ("", "commerce", "action-sociale", "finance-assurance")
YEARS = ("2021", "2022", "2023")
HEADERS = {"Accept-Encoding": "gzip, br"}


@dataclass
class Answers:
    """What came back, by what was asked: milliseconds, and the errors."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, took: float, wrong: str | None) -> None:
        """One answer."""
        with self.lock:
            self.times[kind].append(took)
            if wrong:
                self.errors.append(wrong)


def session(address: str, seed: int, pace: float, until: float, answers: Answers) -> None:
    """One reader: the page, then one thing after the other, ``pace`` seconds apart on average."""
    chance = random.Random(seed)  # noqa: S311  (a draw, not a secret)
    host = urlsplit(address).netloc
    time.sleep(chance.uniform(0, pace))
    ask(host, "page", "/carte", None, answers)
    while time.monotonic() < until:
        time.sleep(chance.uniform(0.5, 1.5) * pace)
        kind, path, body = drawn(chance)
        ask(host, kind, path, body, answers)


def drawn(chance: random.Random) -> tuple[str, str, str | None]:
    """What a reader does next: kind, path, and the body of what Dash posts."""
    codes = members()
    commune = chance.choice(sorted(codes))
    query = f"sector={chance.choice(SECTORS)}&year={chance.choice(YEARS)}"
    view = f"{query}&level=commune" if chance.random() < 0.5 else query
    return chance.choice(
        [
            ("page", f"/carte?{view}", None),
            ("table", f"/table?{view}", None),
            ("charts", "/_dash-update-component", charts(f"{query}&territory={codes[commune]}")),
            ("structures", f"/structures?{query}&commune={commune}", None),
        ]
    )


def charts(query: str) -> str:
    """What Dash posts for the charts of a view."""
    given = [{"id": "view", "property": "data", "value": query}]
    output = {"id": "charts", "property": "children"}
    return json.dumps(
        {"output": "charts.children", "outputs": output, "inputs": given, "changedPropIds": ["view.data"]}
    )


def ask(host: str, kind: str, path: str, body: str | None, answers: Answers) -> None:
    """One request on a connection of its own; a refused one is an error too."""
    begun = time.perf_counter()
    wrong = None
    connection = http.client.HTTPConnection(host, timeout=30)
    try:
        headers = HEADERS | ({"Content-Type": "application/json"} if body else {})
        connection.request("POST" if body else "GET", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        wrong = None if answer.status == OK else f"{answer.status} {path}"
    except OSError as error:
        wrong = f"{error} {path}"
    finally:
        connection.close()
    answers.note(kind, 1000 * (time.perf_counter() - begun), wrong)


def main() -> int:
    """Serve the demonstration, run the sessions, print what was answered."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    reader.add_argument("--sessions", type=int, default=50, help=f"at once, {MOST_SESSIONS} at most (50)")
    reader.add_argument("--seconds", type=float, default=20, help=f"{MOST_SECONDS} at most (20)")
    reader.add_argument("--pace", type=float, default=2, help="seconds between two changes of a session (2)")
    reader.add_argument("--limit", type=float, default=100, help="milliseconds that 95 of 100 answers keep to (100)")
    asked = reader.parse_args()
    answers = Answers()
    with tempfile.TemporaryDirectory() as made, serving(["app.py"], Path(made), Path(made), {}) as address:
        for seed in range(8):  # what is made once in each worker is made
            session(address, seed, 0.01, time.monotonic() + 1, Answers())
        until = time.monotonic() + min(asked.seconds, MOST_SECONDS)
        running = [
            threading.Thread(target=session, args=(address, seed, asked.pace, until, answers), daemon=True)
            for seed in range(min(asked.sessions, MOST_SESSIONS))
        ]
        for one in running:
            one.start()
        for one in running:
            one.join()
    return report(answers, asked.limit)


def report(answers: Answers, limit: float) -> int:
    """Print a table; 1 where something was wrong or slow."""
    print("| asked for | answers | median, ms | 95th of 100, ms |\n|---|---:|---:|---:|")
    for kind, times in sorted(answers.times.items()):
        print(f"| {kind} | {len(times)} | {statistics.median(times):.0f} | {slow(times):.0f} |")
    every = [one for times in answers.times.values() for one in times]
    print(f"| all | {len(every)} | {statistics.median(every):.0f} | {slow(every):.0f} |")
    print(f"\n{len(answers.errors)} errors" + "".join(f"\n{error}" for error in answers.errors[:5]))
    return int(bool(answers.errors) or slow(every) > limit)


def slow(times: list[float]) -> float:
    """The time that 95 of 100 keep to."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


if __name__ == "__main__":
    sys.exit(main())
