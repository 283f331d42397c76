"""``python -m benchmarks.growth``: the real page with the 3,800 communes of Hauts-de-France, from a filter to its map.

Makes the geography (`benchmarks.region`), serves the product on it, chooses each sector in turn and prints, beside the
moment of the repainted map, where the time of a change goes as Chromium's own trace has it; then the points of the
directory on the same region (`benchmarks.points`). Three to ten minutes, most of it the making.

With ``--addresses 3000``, growth of another kind: the memory of a process that answers so many valid addresses, all
different (`benchmarks.addresses`); with ``--packs``, of bundles of maps alone. Ten to thirty minutes.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks import addresses, points, region
from benchmarks.map import browsing, machine
from benchmarks.servers import serving
from benchmarks.subjects import choose
from benchmarks.visit import WINDOW, Subject, change, watched

PATH = "/carte?level=commune"
AREAS = "#map path[data-code]"
PARTS = {
    "script": ("EventDispatch", "FireAnimationFrame", "TimerFire"),
    "style": ("UpdateLayoutTree",),
    "layout": ("Layout",),
    "painting": ("PrePaint", "Paint", "Layerize", "Commit"),
}
TRACED = "devtools.timeline"
WAIT_MS = 600_000


def main() -> None:
    """Make, serve, measure, print a table."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    reader.add_argument(
        "--region", type=Path, help="folder of the geography, made there if absent (default: temporary)"
    )
    reader.add_argument("--changes", type=int, default=9, help="changes of the sector (9)")
    reader.add_argument("--indicator", default="actors_per_1000")
    reader.add_argument("--addresses", type=int, help="instead, ask for so many valid addresses, and tell the memory")
    reader.add_argument("--packs", action="store_true", help="those of bundles of maps alone")
    asked = reader.parse_args()
    if asked.addresses:
        addresses.main(asked.addresses, packs=asked.packs)
        return
    with tempfile.TemporaryDirectory() as scratch, browsing() as browser:
        folder = asked.region or Path(scratch) / "region"
        if not (folder / "communes.parquet").exists():
            region.make(folder)
        data = Path(scratch) / "data"
        data.mkdir()
        command = ["-m", "benchmarks.region", "serve", str(folder)]
        with serving(command, data, Path(scratch), {"ESS_WORKERS": "1"}, patience=WAIT_MS / 1000) as address:
            measure(browser, address, asked.indicator, asked.changes)
            points.measure(browser, address)
        print(f"\n{machine(browser)}")


def measure(browser: Browser, address: str, indicator: str, changes: int) -> None:
    """One visit: each sector in turn, the first change left out."""
    subject = Subject("growth", f"{PATH}&indicator={indicator}", AREAS, "#main[data-ready]", choose)
    page = browser.new_page(viewport=WINDOW, locale="fr-FR")
    traffic = watched(page, subject, address, least=1000)
    page.goto(address + subject.path, wait_until="domcontentloaded", timeout=WAIT_MS)
    page.wait_for_selector("#main[data-ready]", timeout=WAIT_MS)
    areas = page.locator(AREAS).count()
    sectors = page.eval_on_selector_all("#sector option", "found => found.map(one => one.label)")
    asked = [sectors[1 + i % (len(sectors) - 1)] for i in range(changes + 1)]
    found, parts = [], []
    for sector in asked:
        with traced(page) as events:
            done = change(page, traffic, subject, sector)
        if done is not None:
            found.append(done)
            parts.append({name: sum(events[kind] for kind in kinds) for name, kinds in PARTS.items()})
    print(f"{areas} communes, {len(found) - 1} changes of the sector, medians in ms:\n")
    print("| filter to repainted map | requests | " + " | ".join(f"{name}, until rest" for name in PARTS) + " |")
    print("|---" * (2 + len(PARTS)) + "|")
    middle = [f"{statistics.median(one[name] for one in parts[1:]):.0f}" for name in PARTS]
    times = f"{statistics.median(one.ms for one in found[1:]):.0f}"
    asked_for = f"{statistics.median(one.requests for one in found[1:]):.0f}"
    print("| " + " | ".join((times, asked_for, *middle)) + " |")


class traced:  # noqa: N801  (reads as a block)
    """Milliseconds by kind of event that Chromium traces while a block runs."""

    def __init__(self, page: Page) -> None:
        self._page, self._session = page, page.context.new_cdp_session(page)
        self._sums: dict[str, float] = defaultdict(float)
        self._ended = False

    def __enter__(self) -> dict[str, float]:
        self._session.on("Tracing.dataCollected", self._collect)
        self._session.on("Tracing.tracingComplete", self._end)
        config: dict[str, Any] = {"includedCategories": [TRACED]}
        self._session.send("Tracing.start", {"traceConfig": config, "transferMode": "ReportEvents"})
        return self._sums

    def __exit__(self, *failure: object) -> None:
        self._session.send("Tracing.end")
        while not self._ended:
            self._page.wait_for_timeout(20)
        self._session.detach()

    def _collect(self, sent: Any) -> None:
        for event in sent["value"]:
            if event.get("ph") == "X":
                self._sums[event["name"]] += event.get("dur", 0) / 1000

    def _end(self, _sent: Any) -> None:
        self._ended = True


if __name__ == "__main__":
    main()
