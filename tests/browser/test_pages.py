"""The home page and the comparison: accessible at every width, nothing beyond the edge, usable by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walls
from tests.browser.serving import Server
from tests.browser.walls import faults

A4 = 718
"""CSS pixels that the margins of the browser leave of the width of a sheet."""
VIEWS = ("/comparer?areas=3,59512&free=1", "/comparer?areas=8,1,2&indicator=actors")


@pytest.mark.parametrize("path", VIEWS)
def test_nothing_is_wrong_nor_beyond_the_edge_once_unfolded(server: Server, page: Page, path: str) -> None:
    page.goto(server.address + path)
    for summary in page.locator("main summary").all():
        summary.click()
    for width, height in walls.WIDTHS.values():
        page.set_viewport_size({"width": width, "height": height})
        assert walls.fits(page) == []
        assert faults(page) == []
    assert page.evaluate(walls.SMALL, walls.THUMB) == []


def test_the_home_page_is_one_screen_at_a_desk(server: Server, page: Page) -> None:
    page.goto(f"{server.address}/")
    expect(page.locator("#shortcuts")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") <= 900


def test_the_menu_of_a_phone_opens_leads_and_closes(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.address}/?perimeter=85")
    expect(page.locator("#pages a").first).to_be_hidden()
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pages a[aria-current]")).to_have_text("Accueil")
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#pages a").first).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    page.locator("#pages").get_by_role("link", name="Comparer").click()
    expect(page).to_have_url(f"{server.address}/comparer?perimeter=85")


def test_the_pages_folded_under_more_open_lead_and_close(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{server.address}/?perimeter=85")
    folded = page.locator("#pages").get_by_role("link", name="Données et méthode")
    expect(folded).to_be_hidden()
    page.get_by_role("button", name="Plus de pages").focus()
    page.keyboard.press("Enter")
    expect(folded).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(folded).to_be_hidden()
    page.get_by_role("button", name="Plus de pages").click()
    folded.click()
    expect(page).to_have_url(f"{server.address}/methode")


def test_the_links_follow_the_view_of_the_map(server: Server, page: Page) -> None:
    page.goto(f"{server.address}/carte")
    expect(page.locator("main[data-ready]")).to_be_attached()
    page.locator("#ranking button[data-code='3']").click()
    page.select_option("#indicator", "actors")
    link = page.locator("#pages").get_by_role("link", name="Comparer")
    expect(link).to_have_js_property("search", "?indicator=actors&territory=3", timeout=60_000)
    link.click()
    expect(page.locator("h1")).to_contain_text("dans le Roubaisien")


def test_places_are_added_and_removed_by_the_keyboard(server: Server, page: Page) -> None:
    page.goto(f"{server.address}/comparer?areas=3,2")
    page.get_by_label("Ajouter un lieu").focus()
    page.get_by_label("Ajouter un lieu").select_option("59350")
    page.get_by_role("button", name="Appliquer").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.address}/comparer?areas=3,2,59350")
    page.get_by_role("link", name="Retirer Tourquennois").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.address}/comparer?areas=3,59350")
    page.go_back()
    expect(page).to_have_url(f"{server.address}/comparer?areas=3,2,59350")
    expect(page.locator("figure[data-area]")).to_have_count(3)


def test_the_colours_of_the_legend_are_those_of_the_maps(server: Server, page: Page) -> None:
    page.goto(f"{server.address}/comparer?areas=3,2")
    pairs = page.evaluate(
        """() => [...document.querySelectorAll('.classes i')].map(one => {
            const area = document.querySelector(`.small-map .area.${one.className}`);
            return [getComputedStyle(one).backgroundColor, area && getComputedStyle(area).fill];
        }).filter(([, fill]) => fill)"""
    )
    assert len(pairs) > 2
    assert all(block == fill for block, fill in pairs)


def test_the_home_page_prints_on_two_pages_with_nothing_cut(server: Server, page: Page) -> None:
    page.goto(f"{server.address}/")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4, "height": 1047})
    assert walls.fits(page) == []
    tops = page.eval_on_selector_all(".figures li", "all => all.map(one => one.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    sides = page.eval_on_selector_all(".where, .pick", "all => all.map(one => one.getBoundingClientRect().top)")
    assert len(set(sides)) == 1
    kept = page.eval_on_selector_all(
        ".where, .pick, .findings li", "all => all.map(one => getComputedStyle(one).breakInside)"
    )
    assert set(kept) == {"avoid"}
