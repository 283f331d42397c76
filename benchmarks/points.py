"""``python -m benchmarks.points``: the points of `/acteurs`, from a zoom or a filter to their canvas.

Serves the demonstration, or a region that `benchmarks.growth` made (``--region``), opens the directory, zooms by its
buttons and checks its filters in turn. A filter of this page is answered by the server, a zoom asks it nothing.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.map import browsing, machine
from benchmarks.servers import serving
from benchmarks.visit import WINDOW

PATIENCE = 600.0
DRAWN = "#stage[data-drawn]"
ZOOMS = ("in", "in", "in", "out", "out", "out")
BOXES = "#rail input[type=checkbox]"
MOST = 12
TIMED = """([selector, at]) => new Promise(done => {
  const stage = document.getElementById('stage'), before = stage.dataset.drawn, channel = new MessageChannel();
  channel.port1.onmessage = () => done(performance.now() - begun);
  new MutationObserver((_, seen) => {
    if (stage.dataset.drawn === before) return;
    seen.disconnect();
    requestAnimationFrame(() => channel.port2.postMessage(0));
  }).observe(stage, { attributes: true });
  const begun = performance.now();
  document.querySelectorAll(selector)[at].click();
})"""
"""Milliseconds from a click to the frame that shows the canvas drawn for it."""

COUNTED = """fetch(document.getElementById('main').dataset.points)
  .then(answer => answer.json()).then(all => all.keys.length)"""


def main() -> None:
    """Serve, measure, print a table."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.points", description=__doc__)
    reader.add_argument("--region", type=Path, help="folder of a geography made by benchmarks.growth")
    asked = reader.parse_args()
    command = ["-m", "benchmarks.region", "serve", str(asked.region)] if asked.region else ["app.py"]
    with tempfile.TemporaryDirectory() as scratch, browsing() as browser:
        data = Path(scratch) / "data"
        data.mkdir()
        with serving(command, data, Path(scratch), {"ESS_WORKERS": "1"}, patience=PATIENCE) as address:
            measure(browser, address)
        print(f"\n{machine(browser)}")


def measure(browser: Browser, address: str) -> None:
    """One visit of the directory."""
    page = browser.new_page(viewport=WINDOW, locale="fr-FR")
    page.goto(f"{address}/acteurs", timeout=1000 * PATIENCE)
    page.wait_for_selector(DRAWN, timeout=1000 * PATIENCE)
    structures = page.evaluate(
        "fetch(document.getElementById('main').dataset.points).then(r => r.json()).then(all => all.keys.length)"
    )
    zooms = [page.evaluate(TIMED, [f'.zoom [data-zoom="{way}"]', 0]) for way in ZOOMS * 3]
    filters = []
    for at in range(min(MOST, page.locator(BOXES).count())):
        for _ in range(2):  # checked, then not
            page.wait_for_selector("#main:not([aria-busy])")
            filters.append(page.evaluate(TIMED, [BOXES, at]))
    page.close()
    print(f"\n{structures} structures on the canvas of the directory, medians in ms:\n")
    print("| zoom to redrawn points | filter, answered by the server, to redrawn points |\n|---|---|")
    print(f"| {statistics.median(zooms[len(ZOOMS) :]):.0f} | {statistics.median(filters[2:]):.0f} |")


if __name__ == "__main__":
    main()
