"""axe-core finds nothing, on every page, at every width, in every mode."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.carte import Carte

WIDTHS = {"desk": (1440, 900), "tablet": (768, 1024), "phone": (390, 844)}
VIEWS = {
    "territories": "",
    "communes": "level=commune&indicator=actors",
    "structures": "commune=59512",
    "unknown words": "couleur=bleu",
    "no data": "indicator=openings",
}


def faults(page: Page) -> list[str]:
    """What axe-core reports, in one line each."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:4]}" for one in found]


@pytest.mark.parametrize("size", WIDTHS.values(), ids=WIDTHS)
def test_the_map_with_its_table_and_charts(carte: Carte, size: tuple[int, int]) -> None:
    carte.page.set_viewport_size({"width": size[0], "height": size[1]})
    carte.open()
    carte.table()
    carte.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(carte.page.locator(".js-plotly-plot .main-svg").first).to_be_attached()
    assert faults(carte.page) == []


@pytest.mark.parametrize("query", VIEWS.values(), ids=VIEWS)
def test_views(carte: Carte, query: str) -> None:
    carte.open(query).table()
    assert faults(carte.page) == []


@pytest.mark.parametrize("query", ["", "territory=3", "level=commune&territory=3", "indicator=grants_amount"])
def test_projection(carte: Carte, query: str) -> None:
    carte.page.set_viewport_size({"width": 1280, "height": 720})
    carte.open(f"mode=projection&{query}")
    assert faults(carte.page) == []


@pytest.mark.parametrize("size", WIDTHS.values(), ids=WIDTHS)
def test_the_method(carte: Carte, size: tuple[int, int]) -> None:
    carte.page.set_viewport_size({"width": size[0], "height": size[1]})
    carte.page.goto(f"{carte.address}/methode")
    assert faults(carte.page) == []


def test_the_sheet_of_filters(carte: Carte) -> None:
    carte.page.set_viewport_size({"width": 390, "height": 844})
    carte.open()
    carte.page.click("#open-filters")
    assert faults(carte.page) == []


@pytest.mark.real
@pytest.mark.parametrize("query", ["indicator=poverty_rate&level=commune", "indicator=median_income"])
def test_hidden_and_missing_values(carte: Carte, query: str) -> None:
    carte.open(query)
    assert faults(carte.page) == []
