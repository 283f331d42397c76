"""In a meeting room, 1280 by 720: large, without a mouse, nothing cut off."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.carte import Carte

QUERIES = (
    "",
    "territory=3",
    "indicator=grants_amount",
    "indicator=grants_amount&territory=6",
    "level=commune&territory=3",
    "level=commune",
    "indicator=jobs",
    "indicator=grants_per_inhabitant&sector=hebergement-restauration&family=societe_commerciale_ess&territory=6",
)
TEXTS = """() => [...document.querySelectorAll('body *')].filter(one =>
        one.checkVisibility({visibilityProperty: true}) && one.tagName !== 'TITLE'
        && [...one.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()))
    .map(one => {
        const box = one.getBoundingClientRect(), scale = one.getCTM ? one.getScreenCTM().a : 1;
        return {
            what: one.id || one.getAttribute('class') || one.tagName, text: one.textContent.trim().slice(0, 40),
            size: Number.parseFloat(getComputedStyle(one).fontSize) * scale + 0.01,
            left: box.left, top: box.top, right: box.right, bottom: box.bottom,
        };
    }).filter(one => one.right > 0 && one.bottom > 0)"""

EXTENT = """one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const { top, bottom } = range.getBoundingClientRect();
    return { top, bottom };
}"""


@pytest.fixture
def screen(carte: Carte) -> Carte:
    carte.page.set_viewport_size({"width": 1280, "height": 720})
    return carte


@pytest.mark.parametrize("query", QUERIES)
def test_large_and_whole(screen: Carte, query: str) -> None:
    screen.open(f"mode=projection&{query}")
    texts = screen.page.evaluate(TEXTS)
    assert [one for one in texts if one["size"] < 18] == []
    cut = [one for one in texts if one["right"] > 1280.5 or one["bottom"] > 720.5 or one["left"] < 0 or one["top"] < 0]
    assert cut == []
    parts = [
        screen.page.locator(part) for part in ("#headline", "#subtitle", "#figure", "#legend", "#source", "p.keys")
    ]
    for over, under in pairwise([part.evaluate(EXTENT) for part in parts if part.is_visible()]):
        assert over["bottom"] <= under["top"] + 1
    headline = screen.page.locator("#headline").evaluate("found => Number.parseFloat(getComputedStyle(found).fontSize)")
    assert headline >= 40
    assert screen.page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    ) == [1280, 720]


def test_keys_of_the_facilitator(screen: Carte) -> None:
    screen.open().press("p")
    expect(screen.page).to_have_url(f"{screen.address}/carte?mode=projection")
    for hidden in ("#rail", ".top", "#ranking", "#panels"):
        expect(screen.page.locator(hidden)).to_be_hidden()

    screen.press("3")
    expect(screen.page).to_have_url(re.compile("territory=3"))
    expect(screen.page.locator("#map .outlines .pin")).to_have_count(1)
    assert re.fullmatch(
        r"[\d,]+ structures ESS pour 1\u202f000 habitants dans le Roubaisien, \de sur 8\u202f; métropole\u00a0: [\d,]+",
        screen.text("#figure"),
    )
    screen.press("3")
    expect(screen.page.locator("#map .outlines .pin")).to_have_count(0)

    expect(screen.page.locator("#blank")).to_be_hidden()
    screen.press("b")
    expect(screen.page.locator("#blank")).to_be_visible()
    assert screen.page.evaluate("document.elementFromPoint(640, 360).id") == "blank"
    screen.press("b")
    expect(screen.page.locator("#blank")).to_be_hidden()

    screen.press("r")
    expect(screen.page.locator("#headline")).not_to_be_visible()
    expect(screen.page.locator("#map .label .value").first).not_to_be_visible()
    expect(screen.page.locator("#map .label .name").first).to_be_visible()
    fills = screen.page.eval_on_selector_all(
        "#map path[data-code]", "found => [...new Set(found.map(one => getComputedStyle(one).fill))]"
    )
    assert len(fills) == 1, "the map gives nothing away before it is revealed"
    screen.press("r")
    expect(screen.page.locator("#headline")).to_be_visible()

    screen.press("Escape")
    expect(screen.page).to_have_url(f"{screen.address}/carte")
    expect(screen.page.locator("#rail")).to_be_visible()


def test_arrows_change_the_indicator_and_come_back(screen: Carte) -> None:
    screen.open("mode=projection")
    first = screen.leave().snapshot()
    seen = [first["subtitle"]]
    for _ in range(3):
        screen.press("ArrowRight")
        seen.append(screen.text("#subtitle"))
    assert len(set(seen)) == 4
    screen.press("ArrowLeft", "PageUp", "ArrowLeft")
    assert screen.leave().snapshot() == first


def test_keys_do_nothing_while_one_types_or_outside_the_projection(screen: Carte) -> None:
    screen.open()
    address = screen.page.url
    screen.press("3", "b", "r", "ArrowRight")
    assert screen.page.url == address
    expect(screen.page.locator("#blank")).to_be_hidden()
    screen.page.locator("#indicator").focus()
    screen.page.keyboard.press("p")
    assert "projection" not in screen.page.url


def test_what_was_hidden_is_shown_again_outside_the_projection(screen: Carte) -> None:
    screen.open("mode=projection").press("b", "r", "Escape")
    expect(screen.page.locator("#blank")).to_be_hidden()
    expect(screen.page.locator("#headline")).to_be_visible()
    screen.press("p")
    expect(screen.page.locator("#headline")).to_be_visible()
