"""Without scripts, the page still answers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.carte import Carte


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "java_script_enabled": False}


@pytest.mark.parametrize(("query", "areas", "lines"), [("", 8, 8), ("level=commune&territory=3", 95, 9)])
def test_map_list_legend_and_sentence_are_there(carte: Carte, query: str, areas: int, lines: int) -> None:
    page = carte.page
    page.goto(f"{carte.address}/carte?{query}")
    expect(page.locator("#headline")).not_to_be_empty()
    expect(page.locator("#map path[data-code]")).to_have_count(areas)
    expect(page.locator("#ranking button[data-code]")).to_have_count(lines)
    expect(page.locator("#legend .block").first).to_be_visible()
    expect(page.locator("#figure")).not_to_be_empty()
    box = page.locator("#map").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) > 300


def test_links_work(carte: Carte) -> None:
    carte.page.goto(f"{carte.address}/carte?level=commune&territory=3")
    carte.page.locator("#trail a").click()
    expect(carte.page).to_have_url(f"{carte.address}/carte")
    carte.page.get_by_role("button", name="Plus de pages").click()
    carte.page.get_by_role("link", name="Données et méthode").click()
    expect(carte.page).to_have_url(f"{carte.address}/methode")
