"""In a meeting room, 1280 by 720 or 1920 by 1080: large, without a mouse, nothing cut off."""

from __future__ import annotations

import re
from itertools import cycle, pairwise

import pytest
from playwright.sync_api import expect

from tests.browser import walls
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
ROOMS = ((1280, 720), (1366, 768), (1920, 1080))
PRESSED = (
    "",
    "indicator=grants_amount",
    "indicator=grants_per_inhabitant&level=commune",
    "indicator=jobs&level=commune&territory=3",
    "indicator=location_quotient&pins=1_2_3",
)
KEYS = ("", *"12345678", "ArrowRight", "5", "ArrowLeft", "r", "3", "ArrowRight", "r", "b", "b", "8", "Escape")
"""As a facilitator presses them; the last comes back from the territory."""
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


SIZES = {"small": (1280, 720), "large": (1920, 1080)}
PAINTED = """() => [...document.querySelectorAll('#map .label')].map(label => {
    const text = label.querySelector('.name'), style = getComputedStyle(text);
    return [text.textContent, style.fill, style.stroke, Number(style.strokeOpacity), style.paintOrder];
})"""
CLASSES = "found => found.map(one => getComputedStyle(one).backgroundColor)"
ENDS = """() => [...document.querySelectorAll('#legend .block:not([data-none]) span')].map(one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const { left, right } = range.getBoundingClientRect();
    return [left, right];
})"""


@pytest.fixture
def screen(carte: Carte) -> Carte:
    return sized(carte, "small")


def sized(carte: Carte, name: str) -> Carte:
    """The screen becomes that of the other room; the page is told of it as of any change of its window."""
    width, height = SIZES[name]
    carte.page.set_viewport_size({"width": width, "height": height})
    carte.page.wait_for_function("wide => innerWidth === wide", arg=width)
    carte.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return carte


def luminance(colour: str) -> float:
    """Relative luminance (WCAG) of « rgb(1, 2, 3) »."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Ratio of contrast (WCAG) of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_and_shades_of_grey(screen: Carte) -> None:
    screen.open("mode=projection")
    for name in SIZES:
        sized(screen, name)
        contrasted(screen)


def contrasted(screen: Carte) -> None:
    painted = screen.page.evaluate(PAINTED)
    assert len(painted) == 8
    for _name, fill, casing, opacity, order in painted:
        assert contrast(fill, casing) >= 7
        assert (opacity, order.split()[0]) == (1, "stroke")
    for part in ("#headline", "#subtitle", "#source", "p.keys", "#legend .block span"):
        assert (
            contrast(screen.page.locator(part).first.evaluate("one => getComputedStyle(one).color"), "255,255,255") >= 7
        )
    shades = [luminance(c) for c in screen.page.eval_on_selector_all("#legend .block:not(.small) > i", CLASSES)]
    assert all(light > 1.25 * dark + 0.0125 for light, dark in pairwise(shades)), shades


def test_demonstration_and_what_has_no_commune_are_told(screen: Carte) -> None:
    screen.open("mode=projection&indicator=grants_amount")
    for name in SIZES:
        sized(screen, name)
        told(screen)


def told(screen: Carte) -> None:
    badge = screen.page.locator("#demonstration b")
    expect(badge).to_be_in_viewport(ratio=1)
    assert badge.evaluate("one => Number.parseFloat(getComputedStyle(one).fontSize)") >= 24
    expect(screen.page.locator("#demonstration a")).to_be_hidden()
    expect(screen.page.locator("#nowhere")).to_be_in_viewport(ratio=1)
    assert screen.text("#nowhere").startswith("Multi-territoires ou sans commune")


def test_labels_of_the_legend_are_apart(screen: Carte) -> None:
    screen.open("mode=projection")
    for name in SIZES:
        ends = sized(screen, name).page.evaluate(ENDS)
        assert len(ends) == 4
        assert all(right + 10 <= left for (_, right), (left, _) in pairwise(ends)), (name, ends)


def test_a_short_headline_is_written_large(screen: Carte) -> None:
    screen.open("mode=projection&indicator=population")
    read = "one => Number.parseFloat(getComputedStyle(one).fontSize)"
    screen.page.locator("#headline").evaluate("one => { one.textContent = 'Le Lillois d’abord'; }")
    for name in reversed(SIZES):
        sized(screen, name)
        assert screen.page.locator("#subtitle").evaluate(read) >= 24
        assert screen.page.locator("#headline").evaluate(read) >= 56


@pytest.mark.parametrize(("query", "first"), [*zip(QUERIES, cycle(SIZES), strict=False)])
def test_large_and_whole(carte: Carte, query: str, first: str) -> None:
    """In the room where it is opened, each of the two in turn, then in the other."""
    sized(carte, first).open(f"mode=projection&{query}")
    whole(carte)
    whole(sized(carte, next(name for name in SIZES if name != first)))


def whole(screen: Carte) -> None:
    size = screen.page.viewport_size
    assert size is not None
    wide, high = size["width"], size["height"]
    texts = screen.page.evaluate(TEXTS)
    assert [one for one in texts if one["size"] < 18] == []
    cut = [
        one
        for one in texts
        if one["right"] > wide + 0.5 or one["bottom"] > high + 0.5 or one["left"] < 0 or one["top"] < 0
    ]
    assert cut == []
    parts = [
        screen.page.locator(part)
        for part in ("#headline", "#subtitle", "#figure", "#legend", "#nowhere", "#source", "p.keys")
    ]
    for over, under in pairwise([part.evaluate(EXTENT) for part in parts if part.is_visible()]):
        assert over["bottom"] <= under["top"] + 1
    headline = screen.page.locator("#headline").evaluate("found => Number.parseFloat(getComputedStyle(found).fontSize)")
    assert headline >= 40
    assert screen.page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    ) == [wide, high]


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


@pytest.mark.parametrize(
    ("room", "lang"),
    [*((room, "fr") for room in ROOMS), (ROOMS[0], "en")],  # the least room is the one that words overflow
    ids=lambda one: one if isinstance(one, str) else f"{one[0]}x{one[1]}",
)
def test_no_key_prints_text_over_text_nor_beyond_what_holds_it(carte: Carte, room: tuple[int, int], lang: str) -> None:
    """What a key writes comes after the page was opened, and is looked at after each key: it was not."""
    carte.page.set_viewport_size({"width": room[0], "height": room[1]})
    found = {}
    for query in PRESSED:
        carte.open(f"mode=projection&lang={lang}&{query}")
        for i, key in enumerate(KEYS):
            carte.press(*([key] if key else []))
            found |= {(query, i, key): crowded} if (crowded := walls.crowded(carte.page)) else {}
    assert found == {}


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
