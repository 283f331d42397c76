"""A sheet is filled in, found on the board and in the register, by keyboard and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import walls
from tests.browser.carte import Carte


@pytest.mark.usefixtures("administrator")
def test_a_sheet_from_the_board_and_back(carte: Carte) -> None:
    page = carte.page
    page.goto(f"{carte.address}/diagnostic/5/actions")
    page.get_by_text("Remplir une fiche-action").click()
    page.get_by_label("Titre").fill("Une action fictive")
    page.get_by_label("Indicateur du tableau de bord").select_option("actors_per_1000")
    page.get_by_label("Cible", exact=True).fill("6")
    page.get_by_label("Avancement").select_option("running")
    page.get_by_role("button", name="Ajouter").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Une action fictive")
    expect(page.locator(".fiche")).to_contain_text("Mesuré maintenant")
    for address in (page.url, f"{carte.address}/diagnostic/5/actions"):
        page.goto(address)
        for summary in page.locator("details > summary").all():
            summary.click()
        for width, height in ((1280, 720), (360, 740)):
            page.set_viewport_size({"width": width, "height": height})
            assert walls.faults(page) == []
            assert walls.fits(page) == []
            if width < 400:
                assert page.evaluate(walls.SMALL, walls.THUMB) == []
    expect(page.locator(".columns .running h3")).to_have_text("Une action fictive")
