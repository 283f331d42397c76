"""``python -m benchmarks.map``: our map beside a plain Plotly Express choropleth of the same data, in Chromium.

The servers are started for the occasion, on the same release; visits alternate, so that whatever else the machine does
weighs on all of them. About two minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks import table
from benchmarks.servers import serving
from benchmarks.subjects import command, subjects
from benchmarks.visit import NETWORKS, Place, Subject, Visit, visit
from dashboard import packs
from dashboard.captions import sector_label
from layers.current import CurrentRelease
from layers.indicators import DEFAULT, INDICATORS
from layers.release import Release
from layers.store import Store

AREAS = {"territory": 8, "commune": 95}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
Measured = dict[str, dict[str, list[Visit]]]


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.map", description=__doc__)
    reader.add_argument("--runs", type=int, default=3, help="cold visits of each page on each network (3)")
    reader.add_argument("--changes", type=int, default=6, help="changes of the sector in each visit (6)")
    reader.add_argument("--level", choices=AREAS, default="territory", help="8 territories or 95 communes")
    reader.add_argument("--indicator", choices=INDICATORS, default=DEFAULT)
    reader.add_argument("--networks", default="lan,4g", help="lan, 4g or both")
    reader.add_argument("--data-dir", type=Path, help="releases to read (default: none, the demonstration)")
    reader.add_argument("--json", type=Path, metavar="OUT", help="writes every visit and the medians")
    reader.add_argument("--shots", type=Path, metavar="DIR", help="keeps pictures of each page")
    return reader.parse_args(given)


def main() -> None:
    """Measure, print the table, write the JSON."""
    asked = arguments()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as made, browsing() as browser:
        data_dir = asked.data_dir or Path(made)
        release = CurrentRelease(Store(data_dir)).get()
        pages = subjects(asked.indicator, asked.level)
        with ExitStack() as running:
            places = {}
            for page in pages:
                words, settings = command(page, asked.indicator, asked.level)
                places[page.name] = running.enter_context(serving(words, data_dir, Path(made), settings))
            measured = _measure(browser, pages, places, labels(release, asked.indicator), asked)
        where = machine(browser)
    found = table.medians(measured)
    print(table.markdown(found, [page.name for page in pages]))
    print(f"\n{asked.level}, {asked.indicator}, release {release.id}; {where}; {time.monotonic() - begun:.0f} s")
    if asked.json is not None:
        content = {"machine": where, "level": asked.level, "indicator": asked.indicator, "release": release.id}
        rows = {
            name: {network: [asdict(one) for one in visits] for network, visits in by_network.items()}
            for name, by_network in measured.items()
        }
        asked.json.write_text(json.dumps(content | {"medians": found, "visits": rows}, indent=1), encoding="utf-8")


def labels(release: Release, indicator: str) -> list[str]:
    """Sectors to choose in turn, as both pages print them."""
    return [sector_label(slug) for slug in packs.sectors(release, indicator)]


def _measure(
    browser: Browser, pages: tuple[Subject, ...], places: dict[str, str], sectors: list[str], asked: argparse.Namespace
) -> Measured:
    """Visits by page and network; « fresh » is the first visit that a server gets."""
    measured: Measured = {page.name: {} for page in pages}
    networks = [name for name in asked.networks.split(",") if name in NETWORKS]
    plan = [("fresh", "lan", 0, 0)]
    plan += [(name, name, asked.changes, run) for run in range(asked.runs) for name in networks]
    for kept_as, network, count, run in plan:
        for page in (*pages[run % len(pages) :], *pages[: run % len(pages)]):
            print(f"{kept_as} {run + 1}: {page.name}", file=sys.stderr, flush=True)
            chosen = [sectors[(run * count + i) % len(sectors)] for i in range(count)]
            at = Place(places[page.name], network, AREAS[asked.level])
            seen = visit(browser, page, at, chosen, asked.shots)
            measured[page.name].setdefault(kept_as, []).append(seen)
    return measured


@contextmanager
def browsing() -> Iterator[Browser]:
    """Chromium, until the end of the block."""
    binary = shutil.which(os.environ.get("CHROMIUM", "")) or next(filter(None, map(shutil.which, BROWSERS)), None)
    if binary is None:
        raise SystemExit("No Chromium: install it, or name it with CHROMIUM=/path/to/chromium")
    switches = ["--disable-dev-shm-usage"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        switches.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=switches)
        yield browser
        browser.close()


def machine(browser: Browser) -> str:
    """When and on what it was measured."""
    when = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    return f"{when}, {os.cpu_count()} processors, Python {platform.python_version()}, Chromium {browser.version}"


if __name__ == "__main__":
    main()
