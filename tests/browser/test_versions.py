"""A diagnostic is frozen, signed and read on a desk and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import walls
from tests.browser.carte import Carte


@pytest.mark.usefixtures("administrator")
def test_a_version_from_draft_to_validated(carte: Carte) -> None:
    page = carte.page
    own = f"{carte.address}/diagnostic/4/versions"
    page.goto(own)
    page.get_by_role("button", name="Figer un projet").click()
    for n, name in enumerate(("Proposer", "Valider"), start=1):
        page.goto(own)
        page.get_by_label("Organisme").fill("Comité fictif")
        page.get_by_label("Date").fill("2026-11-20")
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"version {n + 1}")
    for address in (page.url, own, f"{own}/1/3"):
        page.goto(address)
        for width, height in ((1280, 720), (360, 740)):
            page.set_viewport_size({"width": width, "height": height})
            assert walls.faults(page) == []
            assert walls.fits(page) == []
            if width < 400:
                assert page.evaluate(walls.SMALL, walls.THUMB) == []
