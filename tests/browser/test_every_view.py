"""Every view of every page, in both languages: nothing beyond the edge, nothing too small, no fault for axe-core."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walls
from tests.browser.carte import TIME
from tests.browser.guard import Guard
from tests.browser.serving import Server
from tests.dashboard import desk
from tests.page_views import VIEWS

SMALLEST, PHONE, TABLET, DESK = 360, 390, 768, 1440
REFLOW, TWICE = 320, DESK // 2
"""Widths left by 400 % of 1280 px, and by 200 % of a desk."""
HIGH = 844
IN_ENGLISH = 2
"""Views of a page that are looked at in English: the others say the same words in other places."""
READ = 4
"""Views of a page in French that axe-core reads: the others have the same parts."""
ABSENT = "/acteurs/demonstration:absente"
"""The sheet of a structure that there is not: answered 404, and looked at like the others."""
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
"""Spacing of text that a reader may ask for (WCAG 1.4.12)."""


def resized(page: Page, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": HIGH})
    return page


def in_language(address: str, lang: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={lang}"


pytestmark = pytest.mark.usefixtures("administrator")
"""Who writes sees all that readers do, and the forms."""


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("key", VIEWS)
def test_on_a_phone_then_wider(server: Server, guard: Guard, page: Page, key: str, lang: str) -> None:
    guard.allowed.append(ABSENT)
    assert wrong(page, server, VIEWS[key], lang) == {}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_administration_with_an_import_that_waits_for_a_decision(server: Server, page: Page, lang: str) -> None:
    page.set_default_timeout(TIME)
    page.goto(f"{server.address}/admin/import?lang={lang}")
    file = {"name": desk.NAME, "mimeType": "text/csv", "buffer": desk.csv(*desk.GOOD, *desk.BAD)}
    page.locator("#files").set_input_files(file)
    page.locator("form.send button").click()
    decide = page.locator('form[action*="/publier"]').first
    decide.wait_for(state="attached", timeout=4 * TIME)
    waiting = urlsplit(page.url).path
    try:
        views = (waiting, f"{waiting}/lecture/0", "/admin", "/admin/import", "/admin/choix")
        assert wrong(page, server, views, lang) == {}
        page.goto(f"{server.address}/admin?lang={lang}")
        expect(page.locator(f'a[href*="{waiting}"]')).to_be_visible()
    finally:
        page.goto(f"{server.address}{waiting}?lang={lang}")
        page.locator('form[action*="/abandonner"] button').first.click()
        expect(page.locator(".told")).not_to_be_empty()


def wrong(page: Page, server: Server, views: Sequence[str], lang: str) -> dict[str, list[str]]:
    """What is wrong in views in a language, by place: everything for the first in French, less for the others.

    A language changes words and lengths, neither colours nor roles: axe-core looks at each page once in English.
    """
    found: dict[str, list[str]] = {}
    whole = lang == "fr"
    for i, view in enumerate(views if whole else views[:IN_ENGLISH]):
        address = in_language(view, lang)
        walls.shown(resized(page, SMALLEST), server.address + address)
        found[f"{address} beyond {SMALLEST}"] = walls.fits(page)
        found[f"{address} beyond {PHONE}"] = walls.fits(resized(page, PHONE))
        page.evaluate(walls.OPENED)
        found[f"{address} small"] = page.evaluate(walls.SMALL, walls.THUMB)
        if i == 0 or (whole and i < READ):
            found[f"{address} axe {PHONE}"] = walls.faults(page)
        for width in (TABLET, DESK):
            found[f"{address} beyond {width}"] = walls.fits(resized(page, width))
            if i == 0 and whole and width == DESK:
                found[f"{address} axe {width}"] = walls.faults(page)
        if i == 0 and whole:
            page.emulate_media(forced_colors="active")
            found[f"{address} axe in forced colours"] = walls.faults(page)
            page.emulate_media(forced_colors="none")
    return {place: what for place, what in found.items() if what}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_title_language_landmarks_and_the_way_past_the_header(server: Server, page: Page, lang: str) -> None:
    titles = set()
    for views in VIEWS.values():
        walls.shown(resized(page, DESK), server.address + in_language(views[0], lang))
        assert page.evaluate("document.documentElement.lang") == lang
        titles.add(page.title())
        for one in ("main", "h1", "header", "nav.pages"):
            expect(page.locator(one)).to_have_count(1)
        expect(page.locator("h1")).not_to_be_empty()
        page.keyboard.press("Tab")
        expect(page.locator("a.skip")).to_be_focused()
        expect(page.locator("a.skip")).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)"), views[0]
        levels = page.eval_on_selector_all("main :is(h1, h2, h3, h4)", "all => all.map(one => Number(one.tagName[1]))")
        assert levels[0] <= 2
        assert all(after <= before + 1 for before, after in pairwise(levels)), (views[0], levels)
    assert len(titles) == len(VIEWS)


def test_whatever_takes_the_focus_shows_it_and_every_drawing_has_a_name(server: Server, page: Page) -> None:
    found: dict[str, list[str]] = {}
    for views in VIEWS.values():
        walls.shown(resized(page, DESK), server.address + views[0])
        for width in (DESK, PHONE):
            resized(page, width).keyboard.press("Tab")
            count, found[f"{views[0]} focus {width}"] = page.evaluate(walls.DULL)
            assert count > 5
        found[f"{views[0]} drawings"] = page.evaluate(walls.NAMELESS)
    assert {place: what for place, what in found.items() if what} == {}


def test_text_twice_as_large_reflowed_and_spaced(server: Server, page: Page) -> None:
    found: dict[str, list[str]] = {}
    for views in VIEWS.values():
        walls.shown(resized(page, REFLOW), server.address + views[0])
        found[f"{views[0]} 400 %"] = walls.fits(page)
        found[f"{views[0]} 200 %"] = walls.fits(resized(page, TWICE))
        page.evaluate(
            "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", SPACED
        )
        found[f"{views[0]} spaced"] = walls.fits(page)
        expect(page.locator("h1")).to_be_visible()
    assert {place: what for place, what in found.items() if what} == {}
