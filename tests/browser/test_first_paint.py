"""The server paints what the browser repaints: nothing moves when the scripts arrive."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.carte import Carte
from tests.browser.reading import differences
from tests.browser.serving import Server
from tests.browser.views import several

PRINTED_LATER = {"circles", "points", "structures", "frame", "legend"}
"""What needs the size of the window, or the list of the structures."""


def blocks(seen: dict[str, Any]) -> list[str]:
    """The marks of the legend; the sizes of its circles wait for the window."""
    return [entry for entry in seen["legend"] if entry.split("|")[1]]


@pytest.mark.parametrize("seed", range(3))
def test_nothing_changes_when_the_scripts_arrive(carte: Carte, server: Server, browser: Browser, seed: int) -> None:
    views = [view.query() for view in several(server, 70 + seed, 2)]
    size = carte.page.viewport_size
    without = browser.new_page(java_script_enabled=False, viewport=size, reduced_motion="reduce")
    try:
        for query in views:
            without.goto(f"{server.address}/carte?{query}")
            first = Carte(without, server.address).snapshot()
            then = carte.open(query).snapshot()
            for seen in (first, then):
                for area in seen["areas"].values():
                    area["printed"] = area["printed"] if seen["level"] == "level-territory" else ""
                for line in seen["list"]:
                    line[1]["width"] = round(line[1]["width"])
            kept = first.keys() - PRINTED_LATER
            assert differences({key: first[key] for key in kept}, {key: then[key] for key in kept}) == {}
            assert blocks(first) == blocks(then)
    finally:
        without.close()
