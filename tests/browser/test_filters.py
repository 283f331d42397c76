"""Filters: several values with their numbers, chips, what is asked of the server, one reading of an address."""

from __future__ import annotations

import random
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, Request, expect

from dashboard.viewstate import Choices, parse
from geodata.perimeter import PERIMETERS, members
from layers.classing import CLASSINGS
from layers.dimensions import DIMENSIONS
from tests.browser.carte import Carte
from tests.browser.guard import Guard
from tests.browser.reading import differences
from tests.browser.serving import Server

FILTERED = "indicator=actors&sector=commerce,divers&size=10-19"
MIRROR = """async ([queries, script]) => {
    const { States } = await import(script);
    const states = new States(JSON.parse(document.getElementById('boot').textContent));
    return queries.map(query => { const state = states.parse(query); return [state, states.query(state)]; });
}"""


def boxes(carte: Carte, key: str) -> Any:
    return carte.page.locator(f'.several[data-dimension="{key}"]')


def unfold(carte: Carte, key: str) -> Any:
    """Open the list of several values of a filter, and wait for its numbers."""
    box = boxes(carte, key)
    box.locator("summary").click()
    expect(box.locator(".boxes [data-of]").last).not_to_be_empty()
    return box


def chips(carte: Carte) -> list[str]:
    return [text.removesuffix("×") for text in carte.page.locator("#chips button").all_text_contents()]


def listed(carte: Carte) -> dict[str, str]:
    return {code: line["value"] for code, line in carte.listed().items()}


def test_values_are_ticked_one_after_the_other_and_are_in_the_address(carte: Carte, server: Server) -> None:
    carte.open("indicator=actors&sector=commerce")
    box = unfold(carte, "sector")
    expect(box.locator("input:checked")).to_have_count(1)
    box.locator('input[value="divers"]').check()
    expect(carte.page).to_have_url(re.compile(r"indicator=actors&sector=commerce,divers$"))
    carte.settled()
    expect(carte.page.locator("#chips button")).to_have_count(2)
    assert chips(carte) == ["Commerce", "Divers"]
    expect(carte.page.locator("#sector")).to_have_value("commerce,divers")
    answer = server.get("/api/v1/indicators/actors?sector=commerce,divers")
    assert listed(carte) == {value["code"]: str(int(value["value"])) for value in answer["values"]}
    assert "commerce ou divers" in carte.text("#subtitle")


def test_the_number_beside_a_choice_is_what_it_shows(carte: Carte, server: Server) -> None:
    carte.open("indicator=actors&size=10-19")
    box = unfold(carte, "sector")
    for slug in ("commerce", "action-sociale"):
        total = server.get(f"/api/v1/indicators/actors?sector={slug}&size=10-19")["total"]["value"]
        expect(box.locator(f'[data-of="{slug}"]')).to_have_text(str(int(total)))


def test_a_chip_takes_its_value_away_and_back_brings_it_again(carte: Carte) -> None:
    first = carte.open(FILTERED).snapshot()
    assert chips(carte) == ["Commerce", "Divers", "10 à 19 salariés"]
    carte.page.get_by_role("button", name="Retirer le filtre\u00a0: Divers").click()
    expect(carte.page).to_have_url(re.compile(r"sector=commerce&size=10-19$"))
    expect(carte.page.locator("#chips button")).to_have_count(2)
    expect(carte.page.locator("#chips button").nth(1)).to_be_focused()
    second = carte.settled().snapshot()
    carte.page.go_back()
    expect(carte.page.locator("#chips button")).to_have_count(3)
    assert differences(carte.settled().snapshot(), first) == {}
    carte.page.go_forward()
    expect(carte.page.locator("#chips button")).to_have_count(2)
    assert differences(carte.settled().snapshot(), second) == {}


def test_one_button_clears_all(carte: Carte) -> None:
    carte.open(FILTERED)
    carte.page.click("#reset")
    expect(carte.page.locator("#chips")).to_be_hidden()
    expect(carte.page).to_have_url(re.compile(r"/carte$"))


def test_a_filter_that_the_new_indicator_does_not_have_is_said_to_go(carte: Carte) -> None:
    carte.open(FILTERED).choose("indicator", "grants_per_job")
    expect(carte.page.locator("#dropped")).to_contain_text("10 à 19 salariés")
    assert chips(carte) == ["Commerce", "Divers"]
    expect(carte.page.locator("#size")).to_be_disabled()
    expect(carte.page.locator("#size-why")).to_contain_text("secret statistique")
    expect(carte.page.locator("#instrument")).to_be_enabled()


def test_what_nothing_meets_is_explained(carte: Carte) -> None:
    carte.open("indicator=actors&sector=construction&family=mutuelle&size=250")
    assert "Rien ne répond à la fois à ces filtres" in carte.text("#notes")


def test_one_value_asks_nothing_and_several_ask_for_one_pack(carte: Carte) -> None:
    carte.open("indicator=actors")
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/pack/" in request.url or "/choices" in request.url:
            asked.append(request.url)

    carte.page.on("request", note)
    carte.choose("sector", "commerce").choose("family", "association").choose("sector", "divers")
    assert asked == []
    unfold(carte, "sector").locator('input[value="commerce"]').check()
    expect(carte.page.locator("#chips button")).to_have_count(3)
    assert [url.partition("/jenks/")[2].partition(".json")[0] for url in asked if "/pack/" in url] == [
        "sector=commerce,divers&family=association"
    ]


def test_the_map_stays_until_the_pack_comes_and_a_failure_is_told(carte: Carte, guard: Guard) -> None:
    guard.allowed.append("/pack/")
    carte.open("indicator=actors&sector=commerce")
    before = listed(carte)
    carte.page.route("**/pack/**", lambda route: route.abort())
    unfold(carte, "sector").locator('input[value="divers"]').check()
    expect(carte.page.locator("#notes")).to_contain_text("n’ont pas pu être lues")
    assert listed(carte) == before
    carte.page.unroute("**/pack/**")
    boxes(carte, "sector").locator('input[value="enseignement"]').check()
    expect(carte.page.locator("#chips button")).to_have_count(3)


def test_numbers_that_cannot_be_read_are_said_not_to_be(carte: Carte, guard: Guard) -> None:
    guard.allowed.append("/choices")
    carte.open("indicator=actors")
    carte.page.route("**/choices?**", lambda route: route.abort())
    boxes(carte, "family").locator("summary").click()
    expect(boxes(carte, "family").locator(".boxes .why")).to_contain_text("n’ont pas pu être lus")
    expect(boxes(carte, "family").locator("input")).to_have_count(5)


def test_targets_are_large_on_a_phone(carte: Carte) -> None:
    carte.page.set_viewport_size({"width": 390, "height": 844})
    carte.open(FILTERED)
    low = [box["height"] for chip in carte.page.locator("#chips button").all() if (box := chip.bounding_box())]
    carte.page.click("#open-filters")
    box = unfold(carte, "sector")
    low += [held["height"] for label in box.locator("label").all() if (held := label.bounding_box())]
    low += [held["height"] for held in [box.locator("summary").bounding_box()] if held]
    assert len(low) > 12
    assert min(low) >= 44


@pytest.mark.parametrize("seed", range(2))
def test_the_browser_reads_an_address_as_the_server_does(carte: Carte, server: Server, seed: int) -> None:
    carte.open()
    indicators = {one["key"]: one for one in server.get("/api/v1/indicators")["indicators"] if one["available"]}
    queries = [drawn(random.Random(100 * seed + i), indicators) for i in range(60)]  # noqa: S311
    found = carte.page.evaluate(MIRROR, [queries, script(carte.page)])
    choices = Choices(
        years=lambda key: indicators[key]["years"],
        releases=(),
        values=lambda key, name: [one["value"] for one in indicators[key]["filters"].get(name, ())],
    )
    for query, (state, written) in zip(queries, found, strict=True):
        expected = parse(query, choices)[0]
        assert {key: state[key] for key in DIMENSIONS} == expected.filters, query
        assert {key: state[key] for key in ("indicator", "year", "level", "territory", "commune", "method")} == {
            key: getattr(expected, key) for key in ("indicator", "year", "level", "territory", "commune", "method")
        }, query
        assert written == expected.to_query(), query


def script(page: Page) -> str:
    """Address of ``state.js`` as the page has it."""
    source = page.locator("#modules").get_attribute("src")
    assert source is not None
    return source.replace("first.js", "state.js")


def drawn(chance: random.Random, indicators: dict[str, Any]) -> str:
    """An address with filters that may be several, in any order, unknown, or without object."""
    indicator = indicators[chance.choice([*indicators])]
    every = {one["value"] for other in indicators.values() for held in other["filters"].values() for one in held}
    said: dict[str, str] = {"indicator": indicator["key"]}
    for key in DIMENSIONS:
        own = [one["value"] for one in indicator["filters"].get(key, ())]
        pool = [*own, *own, *own, "licornes", chance.choice(sorted(every))]
        if chance.random() < 0.6:
            said[key] = ",".join(chance.choices(pool, k=chance.randint(1, 5)))
    if chance.random() < 0.5:
        said["year"] = str(chance.choice([*indicator["years"], 1515]))
    if chance.random() < 0.4:
        said |= {"level": "commune", "territory": chance.choice("12345678")}
    if chance.random() < 0.2:
        said["commune"] = chance.choice(sorted(members()))
    if chance.random() < 0.3:
        said["method"] = chance.choice([method for method in CLASSINGS if method != "manual"])
    if chance.random() < 0.2:
        said["perimeter"] = str(PERIMETERS[-1])
    return urlencode(said, safe=",")
