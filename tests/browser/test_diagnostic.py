"""The register: findings taken in one click, written, changed, and nothing that axe finds at any size."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import walls
from tests.browser.carte import Carte


@pytest.mark.usefixtures("administrator")
def test_findings_are_taken_written_and_changed_at_every_size(carte: Carte) -> None:
    page = carte.page
    page.goto(f"{carte.address}/diagnostic/7")
    first = page.locator("#proposed-title ~ .statements b").first.inner_text()
    page.get_by_role("button", name="Prendre").first.click()
    expect(page.locator("article h3")).to_have_text([first])
    page.locator("#new-sentence").fill("Une friche fictive attend un projet.")
    page.locator("#new-quadrant").select_option("opportunity")
    page.locator("#new-source").fill("Atelier fictif")
    page.get_by_role("button", name="Ajouter").click()
    article = page.locator(".opportunity article")
    expect(article.locator("h3")).to_have_text("Une friche fictive attend un projet.")
    article.get_by_text("Changer").press("Enter")
    article.locator("[name=status]").select_option("shared")
    article.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.locator("h1")).to_contain_text("1 partagé")
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        for summary in page.locator("article summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert walls.faults(page) == []
        page.reload()
