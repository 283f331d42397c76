"""``python -m benchmarks.exports``: every file of every portrait, time and memory; ten at once beside the pages.

Each form is made in a process of its own, for the metropole and the eight territories, on the demonstration release.
Then a server is started, pages are asked for with and without ten PDF being made, and the ratio of their times is told:
times belong to one machine at one hour. Exit status 1 where an answer is an error.
"""

from __future__ import annotations

import http.client
import multiprocessing
import resource
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.servers import serving
from dashboard.exports.contents import FORMS
from dashboard.exports.pages import asked
from dashboard.i18n import speaking
from dashboard.services import Services
from geodata.territories import TERRITORIES
from layers.panel import METROPOLE
from layers.store import CurrentRelease, Store

TOGETHER = 10
PAGES = ("/", "/carte", "/carte?indicator=jobs&level=commune", "/territoire/4", "/methode")
OK, BUSY = 200, 503
MEGA = 1024


@dataclass(frozen=True, slots=True)
class Made:
    """One form: seconds of the first file and of the others (median), their mean size, most memory of the process."""

    form: str
    first: float
    next: float
    kilobytes: float
    megabytes: float


def made(form: str) -> Made:
    """All portraits in one form."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        services = Services(store, CurrentRelease(store, None))
        times, sizes = [], []
        for code in (METROPOLE, *TERRITORIES):
            page = asked(services, f"/territoire/{code}", "")
            with speaking("fr"):
                begun = time.perf_counter()
                content = page.make()
                written = FORMS[form].write(content, "http://127.0.0.1")
                times.append(time.perf_counter() - begun)
            sizes.append(len(written))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGA
    return Made(form, times[0], statistics.median(times[1:]), statistics.mean(sizes) / MEGA, peak)


def get(address: str, path: str) -> tuple[int, float, float]:
    """Status, milliseconds, and seconds after which to ask again."""
    link = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    begun = time.perf_counter()
    link.request("GET", path)
    answer = link.getresponse()
    answer.read()
    took = 1000 * (time.perf_counter() - begun)
    wait = float(answer.headers.get("Retry-After") or 0)
    link.close()
    return answer.status, took, wait


def pages(address: str, until: threading.Event, least: float) -> tuple[list[float], int]:
    """Milliseconds of pages asked for one after the other until an event, and errors."""
    times, errors, end = [], 0, time.monotonic() + least
    while not until.is_set() or time.monotonic() < end:
        for path in PAGES:
            status, took, _ = get(address, path)
            times.append(took)
            errors += status != OK
    return times, errors


def together(address: str) -> tuple[float, int, int]:
    """Ten PDF at once, each asked for again where it is sent away: seconds until the last, times sent away, errors."""
    sent_away, errors, lock = [0], [0], threading.Lock()

    def one(code: str) -> None:
        while True:
            status, _, wait = get(address, f"/territoire/{code}.pdf")
            with lock:
                sent_away[0] += status == BUSY
                errors[0] += status not in (OK, BUSY)
            if status != BUSY:
                return
            time.sleep(wait)

    codes = [*TERRITORIES, METROPOLE, "59350"][:TOGETHER]
    threads = [threading.Thread(target=one, args=(code,)) for code in codes]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - begun, sent_away[0], errors[0]


def main() -> int:
    """Print the tables."""
    print("| form | first, s | next, s | kB | peak memory, MB |\n|---|---|---|---|---|")
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for form in FORMS:
            one = pool.apply(made, (form,))
            print(
                f"| {one.form} | {one.first:.2f} | {one.next:.2f} | {one.kilobytes:.0f} | {one.megabytes:.0f} |",
                flush=True,
            )
    with tempfile.TemporaryDirectory() as folder, serving(["app.py"], Path(folder), Path(folder), {}) as address:
        for path in PAGES:
            get(address, path)
        get(address, "/territoire/3.pdf")
        quiet, wrong = pages(address, _set(), 5)
        done, found = threading.Event(), []
        asking = threading.Thread(target=lambda: found.append(pages(address, done, 1)))
        asking.start()
        seconds, sent_away, errors = together(address)
        done.set()
        asking.join()
        busy, wrong_then = found[0]
    print(f"\n{TOGETHER} PDF at once: {seconds:.0f} s, {sent_away} times told to ask again, {errors} errors.")
    for name, times in (("without", quiet), ("with", busy)):
        p95 = statistics.quantiles(times, n=20)[-1]
        told = f"median {statistics.median(times):.0f} ms, 95 of 100 in {p95:.0f} ms"
        print(f"Pages {name} them: {len(times)} answers, {told}.")
    print(f"Ratio of the medians: {statistics.median(busy) / statistics.median(quiet):.1f}.")
    return int(bool(errors or wrong or wrong_then))


def _set() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


if __name__ == "__main__":
    sys.exit(main())
