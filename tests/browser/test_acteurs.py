"""The directory in a real browser: by the keyboard alone, on its map, without script, and found by the search box."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from layers.dimensions import SIZES
from tests.browser.carte import TIME, Carte
from tests.browser.serving import Server
from tests.browser.test_keyboard import RING
from tests.browser.walls import at_every_width, faults

LARGEST_FIRST = [code for _label, codes in reversed(SIZES.values()) for code in reversed(codes)]


def opened(page: Page, server: Server, path: str) -> Page:
    """Go to a page of the directory, and wait until it answers to the hand and its points are drawn."""
    page.set_default_timeout(TIME)
    expect.set_options(timeout=TIME)
    page.goto(server.address + path)
    expect(page.locator("main[data-ready]")).to_be_attached()
    expect(page.locator("#stage[data-drawn]")).to_be_attached()
    return page


def press_until(page: Page, key: str, selector: str, most: int = 90) -> None:
    """Press a key until what has the focus matches; the focus is always visible on the way."""
    for _ in range(most):
        page.keyboard.press(key)
        assert page.evaluate(RING), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{key} never reaches {selector}")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_keyboard_alone_finds_the_five_largest_associations_where_jobs_are_fewest(
    carte: Carte, server: Server
) -> None:
    page = carte.open().page
    press_until(page, "Tab", "select#indicator")
    for _ in range(60):
        if page.evaluate("document.activeElement.value") == "jobs_per_1000":
            break
        page.keyboard.press("ArrowDown")
    carte.settled()
    press_until(page, "Tab", "#ranking button")
    page.keyboard.press("End")
    while page.evaluate("document.activeElement.dataset.state") != "value":
        page.keyboard.press("ArrowUp")
    fewest = page.evaluate("document.activeElement.dataset.code")
    values = server.get("/api/v1/indicators/jobs_per_1000")["values"]
    told = {one["code"]: one["value"] for one in values if one["state"] == "value"}
    assert fewest == min(told, key=lambda code: told[code])

    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"territory={fewest}"))
    carte.settled()
    expect(page.locator(f'nav a[href*="/acteurs"][href*="territory={fewest}"]')).to_be_attached()
    press_until(page, "Shift+Tab", 'nav a[href*="/acteurs"]')
    page.keyboard.press("Enter")
    expect(page.locator("main.acteurs[data-ready]")).to_be_attached()
    assert query(page)["territory"] == [fewest]

    press_until(page, "Tab", "#family-association")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("family=association"))
    expect(page.locator("#family-association")).to_be_focused()
    press_until(page, "Tab", "#sort-size")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort=-size"))
    expect(page.locator("#sort-size")).to_be_focused()
    expect(page.locator(".col-size")).to_have_attribute("aria-sort", "descending")
    press_until(page, "Tab", "#list tbody a", 3)
    names = []
    for _ in range(5):
        names.append(page.evaluate("document.activeElement.textContent"))
        page.keyboard.press("ArrowDown")

    asked = f"/api/v1/actors?territory={fewest}&family=association&page="
    first = server.get(asked + "1")
    records = [one for n in range(1, first["pages"] + 1) for one in server.get(f"{asked}{n}")["records"]]
    records.sort(key=lambda one: LARGEST_FIRST.index(one["size_class"]) if one["size_class"] else len(LARGEST_FIRST))
    assert names == [one["name"] for one in records[:5]]

    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator("main.acteur h1")).to_have_text(names[0])
    page.go_back()
    expect(page.locator("main.acteurs[data-ready]")).to_be_attached()
    assert query(page)["sort"] == ["-size"]


@pytest.mark.parametrize("path", ["/acteurs?territory=3&family=association", "/acteurs/demonstration:demo-002104"])
def test_axe_finds_nothing_at_any_width(page: Page, server: Server, path: str) -> None:
    page.goto(server.address + path)
    expect(page.locator("h1")).not_to_be_empty()
    assert at_every_width(page) == {}


def test_every_state_comes_back_by_back_forward_reload_and_copy(page: Page, server: Server) -> None:
    seen = []

    def snapshot() -> tuple[str, ...]:
        expect(page.locator("main:not([aria-busy])")).to_be_attached()
        return (
            page.locator("#headline").inner_text(),
            page.locator("#caption").inner_text(),
            page.locator("#list tbody").inner_text(),
        )

    opened(page, server, "/acteurs")
    seen.append((page.url, snapshot()))
    for step in ("#territory-3", "#family-association", "#sort-commune", "#following", "#chips li:first-child a"):
        before = page.url
        page.locator(step).click()
        expect(page).not_to_have_url(before)
        seen.append((page.url, snapshot()))
    for url, was in reversed(seen[:-1]):
        page.go_back()
        expect(page).to_have_url(url)
        expect(page.locator("#headline")).to_have_text(was[0])
        assert snapshot() == was
    page.go_forward()
    expect(page).to_have_url(seen[1][0])
    expect(page.locator("#headline")).to_have_text(seen[1][1][0])
    for url, was in (seen[2], seen[4]):
        opened(page, server, url.removeprefix(server.address))
        assert snapshot() == was


def test_points_are_gathered_by_zoom_and_never_made_up(page: Page, server: Server) -> None:
    opened(page, server, "/acteurs?territory=3")
    total = int(re.sub(r"\D", "", page.locator("#headline").inner_text().partition(" ")[0]))
    tally = page.locator("#tally").inner_text().replace("\u202f", "")
    exact, communal = (
        int(re.search(pattern, tally)[1]) for pattern in (r"(\d+) structures à leur", r"(\d+) structures dont")
    )  # type: ignore[index]
    assert exact + communal == total
    gathered = """async () => {
        const script = document.getElementById('modules').src;
        const { placesOf, gather } = await import(script.replace('first.js', 'clusters.js'));
        const main = document.getElementById('main');
        const base = await (await fetch(main.dataset.points)).json();
        const shown = placesOf(main.dataset.shown);
        const [xs, ys] = [0, 1].map(axis => base.keys.map((_, i) => base.points[2 * i + axis]));
        const exact = shown.filter(i => xs[i] >= 0);
        return [20, 5, 1].map(unit => {
            const { groups, alone } = gather(xs, ys, exact, unit);
            return {
                shown: shown.length, exact: exact.length, groups: groups.length,
                held: alone.length + groups.reduce((sum, one) => sum + one.n, 0),
                areas: groups.map(one => one.r * one.r / one.n),
            };
        });
    }"""
    for made in page.evaluate(gathered):
        assert (made["shown"], made["exact"], made["held"]) == (total, exact, exact)
        assert all(one == pytest.approx(other) for one, other in pairwise(made["areas"]))
    wide = int(page.locator("#stage").get_attribute("data-alone") or 0)
    for _ in range(6):
        page.locator('[data-zoom="in"]').click()
    assert int(page.locator("#stage").get_attribute("data-alone") or 0) > wide


def test_the_list_and_the_map_point_at_each_other(page: Page, server: Server) -> None:
    opened(page, server, "/acteurs?commune=59025")
    box = page.locator("#map").bounding_box()
    assert box is not None
    spot: Any = page.evaluate(
        """async () => {
            const main = document.getElementById('main'), svg = document.getElementById('map');
            const base = await (await fetch(main.dataset.points)).json();
            const rows = [...document.querySelectorAll('#list tr[data-at]')].map(row => Number(row.dataset.at));
            const at = rows.find(i => base.points[2 * i] >= 0);
            const spot = new DOMPoint(base.points[2 * at], base.points[2 * at + 1]);
            const place = spot.matrixTransform(svg.getScreenCTM());
            return { at, name: base.names[at], x: place.x, y: place.y };
        }"""
    )
    page.mouse.move(spot["x"], spot["y"])
    expect(page.locator("#tip")).to_have_text(spot["name"])
    expect(page.locator(f'#list tr[data-at="{spot["at"]}"]')).to_have_class("lit")
    page.mouse.click(spot["x"], spot["y"])
    expect(page.locator("#picked h2")).to_have_text(spot["name"])
    expect(page).to_have_url(re.compile("actor="))
    page.locator("#unpick").click()
    expect(page.locator("#picked h2")).to_have_count(0)
    drawn = int(page.locator("#stage").get_attribute("data-drawn") or 0)
    page.locator("#list tbody a").first.focus()
    expect(page.locator("#stage")).not_to_have_attribute("data-drawn", str(drawn))


def test_the_search_box_by_the_keyboard(page: Page, server: Server) -> None:
    opened(page, server, "/acteurs")
    page.keyboard.press("/")
    box = page.locator("#search")
    expect(box).to_be_focused()
    page.keyboard.type("Roubais")
    expect(page.locator("#found [role=option]").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    chosen = page.locator('#found [aria-selected="true"]')
    expect(chosen).to_have_count(1)
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()
    expect(box).to_have_value("Roubais")
    page.keyboard.press("ArrowDown")
    option = page.locator("#found [role=option]", has_text="Roubaix").first
    expect(option).to_be_visible()
    while "Roubaix" not in (page.locator('#found [aria-selected="true"]').all_text_contents() or [""])[0]:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.address}/carte?commune=59512")


def test_without_answer_the_box_says_so_and_enter_opens_the_page_of_results(page: Page, server: Server) -> None:
    opened(page, server, "/acteurs")
    page.locator("#search").fill("xyzzyx")
    expect(page.locator("#found .none")).to_be_visible()
    expect(page.locator("#found-told")).not_to_be_empty()
    page.locator("#search").press("Enter")
    expect(page).to_have_url(re.compile(r"/recherche\?q=xyzzyx$"))
    expect(page.locator("main")).to_contain_text("Rien ne répond à ce texte")
    assert faults(page) == []


def test_a_commune_of_the_map_leads_to_its_sheets_and_to_the_directory(carte: Carte) -> None:
    page = carte.open("commune=59512&sector=divers").page
    link = page.locator("#structures li a").first
    expect(link).to_be_visible()
    name = link.inner_text()
    page.locator("#structures a.all").click()
    expect(page.locator("main.acteurs[data-ready]")).to_be_attached()
    assert (query(page)["commune"], query(page)["sector"]) == (["59512"], ["divers"])
    page.go_back()
    page.locator("#structures li a").first.click()
    expect(page.locator("main.acteur h1")).to_have_text(name)
