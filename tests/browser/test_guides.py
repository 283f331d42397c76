"""The screens say what the pictures of the guides show; the guides are read on a desk and on a telephone."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, expect

from dashboard.guides.web import FOLDER, GUIDES, PICTURE
from tests import guides
from tests.browser import walls
from tests.browser.carte import Carte
from tests.browser.serving import serving


def test_the_screens_still_say_what_the_pictures_show(tmp_path: Path, browser: Browser) -> None:
    kept = json.loads(guides.TOLD.read_text(encoding="utf-8"))
    shots = guides.prepared(tmp_path)
    assert {shot.name for shot in shots} == set(kept)
    with serving(["app.py"], tmp_path) as server:
        for shot, page in guides.shown(browser, server, shots):
            told = f"{shot.name}: the screen is another than its picture; take them again: python -m tests.guides"
            assert guides.words(page) == kept[shot.name], told


def test_every_picture_of_a_guide_is_there_and_taken() -> None:
    named = {name for key in GUIDES for name, _told in PICTURE.findall((FOLDER / f"{key}.html").read_text("utf-8"))}
    assert named == {f"{name}.png" for name in json.loads(guides.TOLD.read_text(encoding="utf-8"))}
    assert all((guides.PICTURES / name).stat().st_size > 5_000 for name in named)


def test_the_guides_are_read_on_a_desk_and_on_a_telephone(carte: Carte) -> None:
    page = carte.page
    page.goto(f"{carte.address}/carte")
    page.get_by_role("link", name="Guides").click()
    for key in GUIDES:
        page.goto(f"{carte.address}/guide/{key}")
        for image in page.locator("main img").all():
            image.scroll_into_view_if_needed()
            expect(image).to_have_js_property("complete", value=True)
            assert image.evaluate("one => one.naturalWidth") > 300
        for width, height in ((1280, 720), (360, 740)):
            page.set_viewport_size({"width": width, "height": height})
            assert walls.faults(page) == []
            assert walls.fits(page) == []
