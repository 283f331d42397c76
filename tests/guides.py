"""Pictures of the guides, and what they show in words: ``python -m tests.guides`` takes them all again.

The words are kept beside the pictures (``tests/browser/guides.json``); a test reads the screens again and compares.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from dashboard.settings import Settings
from layers import demonstration
from layers.written import disputes, register
from layers.written.database import Database
from layers.written.disputes import Dispute
from layers.written.register import Finding
from layers.written.workshop import contributions, meetings, scenes
from layers.written.workshop.contributions import Sending
from layers.written.workshop.meetings import Meeting
from layers.written.workshop.scenes import Scene
from tests.browser import chromium
from tests.browser.serving import ROOT, Server, serving

TOLD = ROOT / "tests" / "browser" / "guides.json"
PICTURES = ROOT / "assets"
COLOURS = 96
DESK, ROOM, PHONE = (1280, 800), (1280, 720), (390, 844)
MAP = "/carte?indicator=actors_per_1000"
MOVING = re.compile(
    r"\b[A-HJ-NP-Z2-9]{6}\b|[0-9a-f]{12,}|\d{4}-\d\d-\d\d|\d{1,2} \w+ 20\d\d|127\.0\.0\.1:\d+|\d+:\d\d|\d\d/\d\d/\d{4}"
)
"""What is another every time: codes, identifiers, days, ports, timers."""


@dataclass(frozen=True)
class Shot:
    """One screen of a guide; ``joined`` where a telephone takes part first, ``live`` where it never stops asking."""

    name: str
    path: str
    size: tuple[int, int]
    joined: bool = False
    live: bool = False


def prepared(folder: Path) -> list[Shot]:
    """A meeting that is led, a dispute, and the screens that show them."""
    database = Database(Settings(ESS_DATA_DIR=folder).database)
    meeting, code = _meeting(database)
    release = demonstration.release().id
    disputes.file(
        database,
        Dispute(
            "3",
            "actors_per_1000",
            2023,
            4.6,
            "value",
            "4,6",
            release,
            f"indicator=actors_per_1000&release={release}",
            "Deux associations fictives sont comptées deux fois.",
            "Annuaire fictif",
        ),
    )
    return [
        Shot("guide-carte", MAP, DESK),
        Shot("guide-portrait", "/territoire/3", DESK),
        Shot("guide-contester", "/contester?indicator=actors_per_1000&place=4", DESK),
        Shot("guide-preparer", f"/atelier/{meeting}", DESK),
        Shot("guide-animer", f"/atelier/{meeting}/animer", DESK, live=True),
        Shot("guide-salle", f"/atelier/{meeting}/projection", ROOM, live=True),
        Shot("guide-telephone", f"/a/{code}", PHONE, joined=True, live=True),
        Shot("guide-importer", "/admin/import", DESK),
        Shot("guide-file", "/admin/contestations", DESK),
    ]


def _meeting(database: Database) -> tuple[str, str]:
    """A meeting whose room has guessed, and sees what is measured."""
    one = meetings.prepare(database, Meeting("3", "Rencontre fictive du Roubaisien", "2026-12-03"), "guide")
    register.add(database, Finding("3", "Constat fictif : les locaux manquent.", "threat", source="fictive"), "guide")
    scenes.add(database, Scene(one.id, "view", "Où sont les structures ?", MAP, minutes=5), "guide")
    guess = scenes.add(
        database, Scene(one.id, "rank", "Quel territoire en a le plus ?", MAP, "Laisser deviner.", 10), "guide"
    )
    board = scenes.add(database, Scene(one.id, "board", "Que constatons-nous ?", minutes=15), "guide")
    scenes.add(database, Scene(one.id, "vote", "Qu’est-ce qui compte le plus ?", minutes=10), "guide")
    meetings.open_(database, one.id, "guide")
    for n, college in enumerate(("elected", "actors", "services")):
        contributions.join(database, one, f"d{n}", college)
        order = [str(1 + (n + k) % 8) for k in range(8)]
        contributions.send(database, one, f"d{n}", Sending(uuid.uuid4().hex, guess.id, order))
    told = {"sentence": "Constat fictif : un réseau d’entraide.", "quadrant": "strength"}
    contributions.send(database, one, "d0", Sending(uuid.uuid4().hex, board.id, told))
    meetings.lead(database, one.id, "guide", scene=guess.id, phase=meetings.REVEALED)
    return one.id, one.code


def shown(browser: Browser, server: Server, shots: list[Shot]) -> Iterator[tuple[Shot, Page]]:
    """Each screen, open."""
    for shot in shots:
        size = {"width": shot.size[0], "height": shot.size[1]}
        context = browser.new_context(viewport=size, locale="fr-FR", reduced_motion="reduce")
        if shot.path.startswith(("/admin", "/atelier")) and not shot.joined:
            server.administer(context)
        page = context.new_page()
        page.goto(server.address + shot.path)
        if shot.joined:
            page.get_by_role("button", name="Acteurs").click()
        page.locator("main h1").first.wait_for()
        if not shot.live:
            page.wait_for_load_state("networkidle")
        yield shot, page
        context.close()


SPOKEN = """() => [...document.querySelectorAll('main :is(h1, h2, h3, th, label, legend, button, summary)')]
    .filter(one => one.checkVisibility({ visibilityProperty: true }))
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && box.top >= 0 && box.bottom <= innerHeight)
    .map(([one]) => one.innerText)"""
"""Headings, labels and buttons that are whole in the window."""


def words(page: Page) -> list[str]:
    """What the headings, labels and buttons of a screen say, without what is another every time."""
    said = (text.replace("\u00a0", " ").replace("\u202f", " ") for text in page.evaluate(SPOKEN))
    return [line for text in said if (line := " ".join(MOVING.sub("…", text).split()))]


def main() -> None:
    executable = chromium.binary()
    if executable is None:
        raise SystemExit(chromium.ABSENT)
    kept = {}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        shots = prepared(folder)
        browser = playwright.chromium.launch(**chromium.launch(executable))
        with serving(["app.py"], folder) as server:
            for shot, page in shown(browser, server, shots):
                page.wait_for_timeout(1500)  # pictures and panels
                kept[shot.name] = words(page)
                picture = Image.open(io.BytesIO(page.screenshot()))
                picture.convert("RGB").quantize(COLOURS).save(PICTURES / f"{shot.name}.png", optimize=True)
                print(shot.name, len(kept[shot.name]))
        browser.close()
    TOLD.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
