"""A comparison before a room: large, whole, led by keys, its circles on one scale."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser import walls
from tests.browser.carte import Carte
from tests.browser.test_projection import CLASSES, SIZES, TEXTS, contrast, luminance

QUERIES = (
    "areas=3,8",
    "areas=3,8,1,6,59512&indicator=grants_per_inhabitant",
    "areas=3,8,1,59512&indicator=actors&lang=en",
    "areas=5&indicator=ess_establishment_share&free=1",
)
READ = "h1, .sub, figcaption span, figcaption b, .classes li, .source, p.keys, .scale text"
SCALES = """() => [...document.querySelectorAll('.multiples .small-map')].map(
    map => map.getScreenCTM().a * Number(map.style.getPropertyValue('--u')))"""


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_large_and_whole(carte: Carte, size: tuple[int, int]) -> None:
    page, (wide, high) = carte.page, size
    page.set_viewport_size({"width": wide, "height": high})
    for query in QUERIES:
        page.goto(f"{carte.address}/comparer?{query}&mode=projection")
        expect(page.locator("html[data-ready]")).to_be_attached()
        texts = page.evaluate(TEXTS)
        assert [one for one in texts if one["size"] < 18] == [], query
        cut = [
            one
            for one in texts
            if one["right"] > wide + 0.5 or one["bottom"] > high + 0.5 or one["left"] < 0 or one["top"] < 0
        ]
        assert cut == [], query
        assert page.evaluate("() => document.documentElement.scrollHeight") == high
        colours = page.eval_on_selector_all(
            READ, "all => all.map(one => getComputedStyle(one)[one.closest('svg') ? 'fill' : 'color'])"
        )
        assert len(colours) > 6
        assert all(contrast(colour, "255,255,255") >= 7 for colour in colours)
        shades = [luminance(one) for one in page.eval_on_selector_all(".classes li:not(.state) > i", CLASSES)]
        assert all(light > 1.25 * dark + 0.0125 for light, dark in pairwise(shades)), "told apart in greys"
        headline = page.locator("h1").evaluate("one => Number.parseFloat(getComputedStyle(one).fontSize)")
        assert headline >= 40
        expect(page.locator("#demonstration b")).to_be_in_viewport(ratio=1)
        scales = page.evaluate(SCALES)
        assert max(scales) <= 1.01 * min(scales), "maps are drawn on one scale"
        assert page.locator("figure").count() == min(4, len(query.split("&")[0].split(",")))
        assert page.locator("main :is(a, button):not(#leave)").count() == 0, "nothing to point at"
    assert walls.faults(page) == []


@pytest.mark.parametrize("size", [*SIZES.values(), (1366, 768)])
def test_no_key_prints_text_over_text_nor_beyond_what_holds_it(carte: Carte, size: tuple[int, int]) -> None:
    page, found = carte.page, {}
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for query in QUERIES[:3]:
        page.goto(f"{carte.address}/comparer?{query}&mode=projection")
        for key in ("", "2", "7", "ArrowRight", "r", "5", "r"):
            before = page.url
            if key:
                page.keyboard.press(key)
            if key.isdigit() or key.startswith("Arrow"):
                expect(page).not_to_have_url(before)
            expect(page.locator("html[data-ready]")).to_be_attached()
            found |= {(query, key): crowded} if (crowded := walls.crowded(page)) else {}
    assert found == {}


def test_keys_of_the_facilitator(carte: Carte) -> None:
    page = carte.page
    page.goto(f"{carte.address}/comparer?areas=3,8")
    expect(page.locator("html[data-ready]")).to_be_attached()

    def press(key: str, address: str) -> None:
        page.keyboard.press(key)
        expect(page).to_have_url(f"{carte.address}/comparer?{address}")
        expect(page.locator("html[data-ready]")).to_be_attached()

    press("p", "areas=3,8&mode=projection")
    press("1", "areas=3,8,1&mode=projection")
    press("8", "areas=3,1&mode=projection")
    first = page.locator(".sub").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("indicator="))
    expect(page.locator("html[data-ready]")).to_be_attached()
    assert page.locator(".sub").inner_text() != first
    press("ArrowLeft", "areas=3,1&mode=projection")

    page.keyboard.press("b")
    expect(page.locator("#blank")).to_be_visible()
    page.keyboard.press("b")
    page.keyboard.press("r")
    expect(page.locator("figcaption b").first).not_to_be_visible()
    expect(page.locator("h1")).not_to_be_visible()
    fills = page.eval_on_selector_all(".area", "all => [...new Set(all.map(one => getComputedStyle(one).fill))]")
    assert len(fills) == 1, "the maps give nothing away before they are revealed"
    press("2", "areas=3,1,2&mode=projection")
    expect(page.locator("figcaption b").first).not_to_be_visible()
    expect(page.locator("h1")).not_to_be_visible()
    page.keyboard.press("r")
    expect(page.locator("h1")).to_be_visible()
    press("2", "areas=3,1&mode=projection")
    expect(page.locator("figcaption b").first).to_be_visible()
    page.keyboard.press("r")
    press("Escape", "areas=3,1")
    press("p", "areas=3,1&mode=projection")
    expect(page.locator("figcaption b").first).to_be_visible()
    press("p", "areas=3,1")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{carte.address}/comparer?areas=3,1")
