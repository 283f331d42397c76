"""Values hidden before a guess: the page of two years is the same, whatever is pressed, pointed at or looked into."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.carte import Carte

YEARS = ("2019", "2023")
VIEWS = (
    "indicator=actors_per_1000",
    "indicator=grants_amount&pins=1_5",
    "indicator=jobs_per_1000&circles=1",
    "indicator=grants_per_inhabitant&level=commune&territory=3",
    "indicator=actors&level=commune&commune=59512",
    "indicator=actors_per_1000&with=grants_per_inhabitant",
)
ROOM = {"width": 1280, "height": 720}
YEAR = re.compile(r"\b20[12]\d\b")

SEEN = """() => {
    const page = document.body.cloneNode(true);
    for (const one of page.querySelectorAll('script, style, .rail, .timeline')) one.remove();
    const look = one => {
        const { color, fill, stroke, opacity, backgroundColor, visibility, fontSize } = getComputedStyle(one);
        const { x, y, width, height } = one.getBoundingClientRect();
        return [color, fill, stroke, opacity, backgroundColor, visibility, fontSize, x, y, width, height].join(' ');
    };
    return [document.title, page.outerHTML, ...[...document.querySelectorAll('main *')]
        .filter(one => one.checkVisibility() && !one.closest('.rail, .source')).map(look)];
}"""
"""All that the page holds but data that scripts read and the controls, which say the year; how what is seen looks."""

VALUED = "#map .label .value, #ranking .num, #figure b, .scene figcaption b, .scene .label .value"
VALUES = r"""where => [...document.querySelectorAll(where)]
    .map(one => one.textContent.trim()).filter(text => /\d.*\d/.test(text))"""


def seen(page: Page) -> list[str]:
    """What a room, a reader of the code and an assistive program have of the page, its years apart."""
    return [YEAR.sub("YEAR", text) for text in page.evaluate(SEEN)]


def hidden(carte: Carte, query: str, year: str) -> list[list[str]]:
    """What is seen of a year while its values are hidden: at rest, after keys, under the pointer."""
    carte.page.set_viewport_size(ROOM)
    carte.open(f"mode=projection&{query}&year={year}")
    expect(carte.page.locator("#charts")).to_be_attached()  # Dash is there, or is still loading, in either year
    values = set(carte.page.evaluate(VALUES, VALUED))
    assert values, "there is something to hide"
    found = [seen(carte.press("r").page)]
    found += [seen(carte.press(key).page) for key in ("3", "8", "8")]
    carte.page.mouse.move(900, 300)
    found.append(seen(carte.settled().page))
    carte.page.mouse.move(3, 3)
    for one in found:
        told = re.sub(r"<[^>]*>", " ", one[1])
        assert {value for value in values if f" {value} " in told} == set()
    carte.press("r")
    assert carte.page.evaluate(VALUES, VALUED), "they are shown again"
    return found


@pytest.mark.parametrize("query", VIEWS)
def test_nothing_tells_the_values_of_a_year_before_they_are_revealed(carte: Carte, query: str) -> None:
    one, other = (hidden(carte, query, year) for year in YEARS)
    assert same(one, other) == []


def same(one: list[list[str]], other: list[list[str]]) -> list[tuple[Any, ...]]:
    """Where two lists of what is seen differ, with what is around."""
    found: list[tuple[Any, ...]] = []
    for step, (a, b) in enumerate(zip(one, other, strict=True)):
        if len(a) != len(b):
            found.append((step, len(a), len(b)))
        for before, after in zip(a, b, strict=False):
            if before != after:
                at = next(i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1])
                found.append((step, before[max(0, at - 80) : at + 60], after[max(0, at - 80) : at + 60]))
    return found


def test_what_was_read_below_the_map_is_not_there_while_the_room_guesses(carte: Carte) -> None:
    page = carte.open().page
    assert carte.table()
    expect(page.locator("#charts .js-plotly-plot").first).to_be_attached()
    page.evaluate("scrollTo(0, 0)")
    carte.press("p", "r")
    assert page.locator("#values, .js-plotly-plot").count() == 0
    carte.press("r", "Escape")
    assert carte.table()
    expect(page.locator("#charts .js-plotly-plot").first).to_be_attached()


def test_a_page_that_is_opened_again_shows_nothing_before_its_script(carte: Carte) -> None:
    page = carte.open("mode=projection").press("r").page
    page.reload()
    carte.ready()
    expect(page.locator("#headline")).to_be_empty()
    assert page.evaluate(VALUES, VALUED) == []


@pytest.mark.parametrize("indicator", ["grants_per_inhabitant", "actors"])
def test_a_comparison_tells_nothing_before_it_is_revealed(carte: Carte, indicator: str) -> None:
    page = carte.page
    page.set_viewport_size(ROOM)
    both = []
    for year in YEARS:
        page.goto(f"{carte.address}/comparer?areas=3,8&indicator={indicator}&year={year}&mode=projection")
        expect(page.locator("html[data-ready]")).to_be_attached()
        values = page.evaluate(VALUES, VALUED)
        page.keyboard.press("r")
        both.append(seen(page))
        told = re.sub(r"<[^>]*>", " ", both[-1][1])
        assert [value for value in values if f" {value} " in told] == []
        page.keyboard.press("r")
        assert page.evaluate(VALUES, VALUED) == values
    assert same(*([one] for one in both)) == []
