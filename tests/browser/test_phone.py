"""On a phone: nothing beyond the edge, everything under a thumb."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.carte import Carte

THUMB = 44
WIDTHS = (390, 360)
QUERIES = ("", "level=commune&indicator=grants_amount", "commune=59512&couleur=bleu")
SMALL = """(least) => [...document.querySelectorAll(
        ['#ranking button', '#rail select', '#rail button', '#legend .block', '.zoom button',
         '.tools a', '.tools button', '.pages a', '.menu'].join())]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < least - 0.5)
    .map(one => `${one.id || one.className || one.textContent.trim()} ${one.getBoundingClientRect().height}`)"""
BEYOND = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


@pytest.fixture
def phone(carte: Carte) -> Carte:
    carte.page.set_viewport_size({"width": WIDTHS[0], "height": 780})
    return carte


def beyond(phone: Carte) -> dict[int, int]:
    """By width of the screen, the pixels by which the page is wider than it; empty where it never is."""
    found = {}
    for width in WIDTHS:
        phone.page.set_viewport_size({"width": width, "height": 780})
        found[width] = phone.page.evaluate(BEYOND)
    return {width: pixels for width, pixels in found.items() if pixels}


def test_nothing_goes_beyond_the_edge(phone: Carte) -> None:
    for query in QUERIES:
        phone.open(query).table()
        phone.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        expect(phone.page.locator("#charts .chart").first).to_be_attached()
        assert beyond(phone) == {}, query
    phone.page.goto(f"{phone.address}/methode")
    assert beyond(phone) == {}, "methode"


def test_what_is_touched_is_as_high_as_a_thumb(phone: Carte) -> None:
    phone.open()
    for width in WIDTHS:
        phone.page.set_viewport_size({"width": width, "height": 780})
        assert phone.page.evaluate(SMALL, THUMB) == []
    phone.page.click("#open-filters")
    assert phone.page.evaluate(SMALL, THUMB) == []


def test_the_sentence_then_the_list_then_the_map(phone: Carte) -> None:
    phone.open()
    tops = [
        phone.page.locator(part).evaluate("found => found.getBoundingClientRect().top")
        for part in ("#headline", "#ranking", "#map", "#legend", "#panels")
    ]
    assert tops == sorted(tops)
    expect(phone.page.locator("#headline")).to_be_in_viewport()
    expect(phone.page.locator("#ranking button").first).to_be_in_viewport()


def test_filters_open_in_a_sheet_and_close(phone: Carte) -> None:
    phone.open()
    opener = phone.page.locator("#open-filters")
    expect(phone.page.locator("#rail")).to_be_hidden()
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(phone.page.locator("#indicator")).to_be_focused()
    phone.choose("year", "2022")
    phone.page.click("#close-filters")
    expect(phone.page.locator("#rail")).to_be_hidden()
    expect(opener).to_be_focused()
    assert ", 2022," in phone.text("#subtitle")
    opener.click()
    phone.page.keyboard.press("Escape")
    expect(phone.page.locator("#rail")).to_be_hidden()
    expect(opener).to_have_attribute("aria-expanded", "false")
