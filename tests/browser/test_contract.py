"""The names of the page that others rely on."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.carte import Carte
from tests.browser.guard import Guard
from tests.browser.serving import Server

STATES = {"value", "zero", "suppressed", "missing"}
SCREENS = ("/", "/carte", "/methode", "/carte?mode=projection")
CONTROLS = ("indicator", "sector", "family", "year", "level")


@pytest.mark.parametrize(("level", "count"), [("territory", 8), ("commune", 95)])
def test_one_path_and_one_line_an_area(carte: Carte, server: Server, level: str, count: int) -> None:
    carte.open(f"level={level}")
    areas = carte.areas()
    path = "territories" if level == "territory" else "communes"
    codes = {feature["properties"]["code"] for feature in server.get(f"/api/v1/{path}")["features"]}
    assert len(areas) == count
    assert set(areas) == codes
    assert {area["state"] for area in areas.values()} <= STATES
    assert set(carte.listed()) == codes
    assert carte.page.locator("svg#map path[data-code]").count() == count


def test_controls_are_labelled_selects_and_the_sentence_is_told(carte: Carte) -> None:
    carte.open()
    for control in CONTROLS:
        expect(carte.page.locator(f"select#{control}")).to_be_visible()
        expect(carte.page.locator(f'label[for="{control}"]')).to_be_visible()
    expect(carte.page.locator("#headline")).to_have_attribute("aria-live", "polite")
    expect(carte.page.locator("#legend")).to_be_visible()
    expect(carte.page.locator("button#reset")).to_be_visible()


def test_the_release_is_the_one_that_health_names(carte: Carte, server: Server) -> None:
    carte.open()
    expect(carte.page.locator("body")).to_have_attribute("data-release", server.get("/health")["release"])


def test_demonstration_is_said_on_every_screen(carte: Carte) -> None:
    for path in (*SCREENS, "/carte?territory=3&level=commune"):
        carte.page.goto(carte.address + path)
        expect(carte.page.locator("body[data-demonstration]"), path).to_be_attached()
        said = carte.page.locator("#demonstration, p.keys").filter(has_text="émonstration", visible=True)
        expect(said, path).to_be_visible()


@pytest.mark.real
def test_imported_data_is_not_said_to_be_a_demonstration(carte: Carte) -> None:
    for path in SCREENS:
        carte.page.goto(carte.address + path)
        expect(carte.page.locator("body[data-release]"), path).to_be_attached()
        assert carte.page.locator("body[data-demonstration], #demonstration").count() == 0, path
        expect(carte.page.get_by_text("fictifs"), path).to_have_count(0)


def test_an_address_that_is_no_page_says_so(carte: Carte, guard: Guard) -> None:
    for path in ("/cartes", "/territoire/9", "/carte/3"):
        guard.allowed.append(path)
        answer = carte.page.goto(carte.address + path)
        assert answer is not None
        assert answer.status == 404, path


def test_the_root_leads_to_the_communes_of_a_territory(carte: Carte) -> None:
    carte.page.goto(f"{carte.address}/?perimeter=85")
    carte.page.locator(".pick a[data-code='3']").click()
    carte.ready()
    expect(carte.page).to_have_url(f"{carte.address}/carte?level=commune&territory=3&perimeter=85")
