"""Shortcuts of one key can be switched off, on every page and for good (WCAG 2.1.4)."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import walls
from tests.browser.carte import Carte


def test_shortcuts_are_switched_off_and_on_again(carte: Carte) -> None:
    page = carte.open().page
    search, box = page.locator("#search"), page.get_by_label("Raccourcis clavier à une touche")
    carte.press("/")
    expect(search).to_be_focused()
    expect(search).to_have_attribute("placeholder", "Chercher ( / )")

    box.uncheck()
    carte.leave().press("/", "p", "P")
    expect(search).not_to_be_focused()
    expect(search).to_have_attribute("placeholder", "Chercher")
    assert page.url == f"{carte.address}/carte"
    first = next(iter(carte.listed()))
    carte.line(first).focus()
    carte.press("e")
    expect(page.locator("#pins")).to_be_hidden()

    carte.open("mode=projection")
    address = page.url
    carte.leave().press("3", "b", "r", "p", "ArrowRight", "PageDown")
    assert page.url == address
    expect(page.locator("#blank")).to_be_hidden()
    expect(page.locator("#headline")).to_be_visible()
    expect(page.locator("p.keys")).to_be_hidden()
    page.get_by_role("button", name="Quitter la projection").click()
    carte.settled()
    assert page.url == f"{carte.address}/carte"

    page.goto(f"{carte.address}/comparer?areas=3,8&mode=projection")
    expect(page.locator("html[data-ready]")).to_be_attached()
    for key in ("b", "1", "ArrowRight", "p"):
        page.keyboard.press(key)
    expect(page.locator("#blank")).to_be_hidden()
    assert page.url == f"{carte.address}/comparer?areas=3,8&mode=projection"
    assert walls.faults(page) == []
    page.get_by_role("link", name="Quitter la projection").click()
    expect(page).to_have_url(f"{carte.address}/comparer?areas=3,8")
    expect(box).not_to_be_checked()
    box.check()
    carte.open().leave().press("p")
    assert page.url == f"{carte.address}/carte?mode=projection"
    expect(page.locator("#leave")).to_be_hidden()
    page.goto(f"{carte.address}/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("p")
    carte.settled()
    assert page.url == f"{carte.address}/carte?mode=projection"
