"""A meeting from a disk, the network off: its scenes turn, an answer waits until it is revealed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from dashboard.services import Services
from dashboard.settings import Settings
from dashboard.workshop import offline
from layers.store import CurrentRelease, Store
from layers.written import register
from layers.written.database import Database
from layers.written.register import Finding
from layers.written.workshop import meetings, scenes
from layers.written.workshop.meetings import Meeting
from layers.written.workshop.scenes import Scene
from tests.browser import walls

MAP = "/carte?indicator=actors_per_1000"


def session(folder: Path) -> Path:
    settings = Settings(ESS_DATA_DIR=folder)
    database, store = Database(settings.database), Store(settings.data_dir)
    meeting = meetings.prepare(database, Meeting("6", "Rencontre fictive", "2026-12-03"), "moi")
    register.add(database, Finding("6", "Constat fictif.", "strength", source="fictive"), "moi")
    for kind, question, view in (
        ("view", "Où ?", MAP),
        ("view", "Comment ?", "/territoire/6"),
        ("rank", "Qui le plus ?", MAP),
        ("board", "Quoi ?", ""),
        ("vote", "Lequel ?", ""),
    ):
        scenes.add(database, Scene(meeting.id, kind, question, view, notes="Note fictive."), "moi")
    out = folder / "seance.html"
    out.write_bytes(offline.session(Services(store, CurrentRelease(store, None)), database, meeting.id, notes=True))
    return out


def test_the_scenes_turn_from_a_disk(tmp_path: Path, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True).new_page()
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text))
    page.on("pageerror", lambda one: said.append(str(one)))
    page.goto(session(tmp_path).as_uri())
    expect(page.locator("h1:visible")).to_have_text("Rencontre fictive")
    for question in ("Où ?", "Comment ?", "Qui le plus ?"):
        page.keyboard.press("ArrowRight")
        expect(page.locator("h1:visible")).to_have_text(question)
        assert walls.faults(page) == []
        assert walls.fits(page) == []
    expect(page.locator(".guess")).to_be_hidden()
    page.keyboard.press("r")
    expect(page.locator(".guess tbody tr:visible")).to_have_count(8)
    expect(page.locator(".notes:visible")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.locator(".notes:visible")).to_have_text("Note fictive.")
    page.set_viewport_size({"width": 360, "height": 740})
    for question in ("Quoi ?", "Lequel ?"):
        page.get_by_role("button", name="Scène suivante").click()
        expect(page.locator("h1:visible")).to_have_text(question)
        assert walls.faults(page) == []
        assert walls.fits(page) == []
    expect(page.get_by_role("button", name="Scène suivante")).to_be_disabled()
    page.reload()
    expect(page.locator("h1:visible")).to_have_text("Lequel ?")
    assert said == []
    page.context.close()
