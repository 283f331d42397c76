"""``python -m benchmarks.pages``: what a page costs the server, made for the first time and asked for again.

For each page, on the demonstration: milliseconds of processor of the first answer and of those that follow, bytes sent,
then answers a second and the time within which 95 of 100 come, to twenty sessions that ask again as soon as they are
answered (``--seconds`` of each page, the product's own server on loopback). The map stands beside the others: it is
what they are compared with.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.servers import serving
from dashboard import application
from dashboard.settings import Settings

PAGES = (
    "/carte", "/carte?level=commune", "/", "/territoire/3", "/territoire/mel", "/territoire/59512", "/financements",
    "/suivi", "/comparer", "/acteurs", "/methode", "/diagnostic/3",
)  # fmt: skip
SESSIONS, MOST_SECONDS = 20, 20
HEADERS = {"Accept-Encoding": "br"}
OFTEN = 20


def processor(folder: Path) -> dict[str, tuple[float, float, int]]:
    """Milliseconds of the first answer, of each of the next, and bytes, by page; one process, nothing kept before."""
    client = application.build(Settings(ESS_DATA_DIR=folder)).server.test_client()
    client.get("/health")
    found = {}
    for page in PAGES:
        times = []
        for _ in range(OFTEN):
            begun = time.process_time()
            answer = client.get(page, headers=HEADERS)
            times.append(1000 * (time.process_time() - begun))
        found[page] = times[0], statistics.median(times[1:]), len(answer.data)
    return found


def asked(address: str, page: str, seconds: float) -> tuple[float, float, int]:
    """Answers a second, milliseconds within which 95 of 100 came, and errors."""
    times: list[float] = []
    errors: list[int] = []
    begin = threading.Barrier(SESSIONS)

    def session() -> None:
        host = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        host.request("GET", page, headers=HEADERS)  # not counted: both workers have made it once
        host.getresponse().read()
        begin.wait()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            begun = time.monotonic()
            host.request("GET", page, headers=HEADERS)
            answer = host.getresponse()
            answer.read()
            times.append(1000 * (time.monotonic() - begun))
            if answer.status != http.client.OK:
                errors.append(answer.status)

    sessions = [threading.Thread(target=session) for _ in range(SESSIONS)]
    for one in sessions:
        one.start()
    for one in sessions:
        one.join()
    return len(times) / seconds, statistics.quantiles(times, n=20)[-1], len(errors)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=5, help="of each page")
    seconds = min(parser.parse_args().seconds, MOST_SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        costs = processor(Path(folder))
        with serving(["-m", "dashboard", "serve"], Path(folder), Path(folder), {}) as address:
            loads = {page: asked(address, page, seconds) for page in PAGES}
    print(f"{'page':24} {'first':>8} {'again':>8} {'bytes':>8} {'a second':>9} {'p95':>7} {'errors':>7}")
    for page in PAGES:
        (first, again, size), (rate, p95, errors) = costs[page], loads[page]
        print(f"{page:24} {first:8.1f} {again:8.1f} {size:8} {rate:9.0f} {p95:7.0f} {errors:7}")


if __name__ == "__main__":
    main()
