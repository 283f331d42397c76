"""Pictures of every screen, for ``docs/screenshots`` and for critical eyes: ``python -m tests.screens [NAME]``.

Served from the demonstration, or from the data folder that ``--data-dir`` names.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.serving import ROOT, serving
from tests.page_views import VIEWS

DESK, TABLET, PHONE = (1440, 900), (768, 1024), (390, 844)
ROOM, LARGE_ROOM = (1280, 720), (1920, 1080)
PICTURES = {
    "territoire": "/carte?level=commune&territory=3",
    "commune": "/carte?indicator=actors&commune=59512",
    "projection": "/carte?mode=projection",
}
"""Screens beside the first view of every page."""
COLOURS = 128


def sizes(name: str) -> tuple[tuple[int, int], ...]:
    """Sizes of the window in which a screen is looked at."""
    return (ROOM, LARGE_ROOM) if name == "projection" else (DESK, TABLET, PHONE)


def screens(chosen: list[str]) -> Iterator[tuple[str, str]]:
    """Name and address of each screen, of those chosen or of all."""
    known = {key: views[0] for key, views in VIEWS.items()} | PICTURES
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise SystemExit(f"no such screen: {', '.join(unknown)}; there are {', '.join(known)}")
    yield from ((name, known[name]) for name in (chosen or known))


def shoot(browser: Browser, address: str, size: tuple[int, int], path: Path) -> None:
    """One picture of the window, its colours counted so that it stays small."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="fr-FR", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    context.close()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", help="screens, all of them otherwise")
    asked.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    asked.add_argument("--data-dir", type=Path)
    asked.add_argument("--query", default="", help="added to every address: lang=en")
    given = asked.parse_args()
    executable = chromium.binary()
    if executable is None:
        raise SystemExit(chromium.ABSENT)
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as empty, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch(executable))
        with serving(["app.py"], given.data_dir or Path(empty)) as server:
            for name, address in screens(given.names):
                whole = f"{address}{'&' if '?' in address else '?'}{given.query}" if given.query else address
                for size in sizes(name):
                    path = given.out / f"{name}-{size[0]}.png"
                    shoot(browser, server.address + whole, size, path)
                    print(path)
        browser.close()


if __name__ == "__main__":
    main()
