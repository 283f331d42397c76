"""The page ``/carte`` as a reader uses it, and as a test reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import Locator, expect

from tests.browser.reading import AREAS, LIST, SETTLED, SNAPSHOT, TABLE, TABLE_FOLLOWS

if TYPE_CHECKING:
    from playwright.sync_api import Page

HIDDEN_AT_REST = ("method", "perimeter", "index", "yearly", "compare", "with")
TIME = 30_000
"""Milliseconds that a busy machine is given; nothing waits for them where all goes well."""


class Carte:
    """One opened page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        page.set_default_timeout(TIME)
        expect.set_options(timeout=TIME)

    def open(self, query: str = "") -> Carte:
        """Go to the address of a view, and wait until the page answers to the hand."""
        self.page.goto(f"{self.address}/carte{f'?{query}' if query else ''}", wait_until="domcontentloaded")
        return self.ready()

    def ready(self) -> Carte:
        """The scripts are there and what was asked is painted."""
        expect(self.page.locator("main[data-ready]")).to_be_attached()
        return self.settled()

    def settled(self) -> Carte:
        """Nothing is being loaded for the map nor for the list of structures."""
        self.page.wait_for_function(SETTLED)
        return self

    def choose(self, control: str, value: str) -> Carte:
        """Choose in one of the selects, as a reader does."""
        if control in HIDDEN_AT_REST and not self.page.locator(f"#{control}").is_visible():
            self.page.locator("details.more summary").click()
        self.page.select_option(f"#{control}", value)
        return self.settled()

    def pick(self, code: str) -> Carte:
        """Click an area of the map, on its label point, which is always inside it."""
        self.page.mouse.click(*self.middle(code))
        return self.settled()

    def middle(self, code: str) -> tuple[float, float]:
        """The point of the screen where an area is surely under the pointer."""
        self.area(code).scroll_into_view_if_needed()
        x, y = self.page.evaluate(
            """code => {
                const svg = document.getElementById('map');
                const boot = JSON.parse(document.getElementById('boot').textContent);
                const [, x, y] = boot.geometry.territory[code] || boot.geometry.commune[code];
                const spot = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
                return [spot.x, spot.y];
            }""",
            code,
        )
        return x, y

    def press(self, *keys: str) -> Carte:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        return self.settled()

    def area(self, code: str) -> Locator:
        """The path of an area."""
        return self.page.locator(f'#map path[data-code="{code}"]')

    def line(self, code: str) -> Locator:
        """The button of an area in the ranked list."""
        return self.page.locator(f'#ranking button[data-code="{code}"]')

    def text(self, selector: str) -> str:
        """Text of an element, the spaces as they are."""
        found = self.page.locator(selector).text_content()
        assert found is not None
        return found.strip()

    def leave(self) -> Carte:
        """Neither point at anything nor have the focus anywhere."""
        self.page.mouse.move(3, 3)
        self.page.evaluate("document.activeElement.blur()")
        return self

    def focused(self) -> str:
        """What has the focus: ``tag#id`` or ``tag[code]``."""
        found: str = self.page.evaluate(
            """() => { const at = document.activeElement, name = at.tagName.toLowerCase();
                return at.id ? `${name}#${at.id}` : at.dataset.code ? `${name}[${at.dataset.code}]` : name; }"""
        )
        return found

    def snapshot(self) -> dict[str, Any]:
        """All that the page shows of its view, the panels below it aside."""
        found: dict[str, Any] = self.page.evaluate(SNAPSHOT)
        return found

    def listed(self) -> dict[str, dict[str, str]]:
        """The ranked list, by code, in its order."""
        found: list[tuple[str, dict[str, str]]] = self.page.evaluate(LIST)
        return dict(found)

    def areas(self) -> dict[str, dict[str, str]]:
        """The areas of the map by code: state and class of their path, value printed on them or ""."""
        found: dict[str, dict[str, str]] = self.page.evaluate(AREAS)
        return found

    def table(self) -> dict[str, list[str]]:
        """The table below the map, by code ("" is the metropole), scrolled to and once it has followed the map."""
        self.page.locator("#panels").evaluate("found => found.scrollIntoView()")
        self.page.wait_for_function(TABLE_FOLLOWS)
        found: list[tuple[str, list[str]]] = self.page.evaluate(TABLE)
        return dict(found)
