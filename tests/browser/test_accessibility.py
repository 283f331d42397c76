"""axe-core finds nothing, on every page, at every width, in every mode."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.carte import Carte
from tests.browser.walls import at_every_width, faults

VIEWS = {
    "communes": "level=commune&indicator=actors",
    "structures": "commune=59512",
    "unknown words": "couleur=bleu",
    "no data": "indicator=openings",
}


def test_the_map_with_its_table_and_charts(carte: Carte) -> None:
    carte.open()
    carte.table()
    carte.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(carte.page.locator(".js-plotly-plot .main-svg").first).to_be_attached()
    assert at_every_width(carte.page) == {}


@pytest.mark.parametrize("query", VIEWS.values(), ids=VIEWS)
def test_views(carte: Carte, query: str) -> None:
    carte.open(query).table()
    assert faults(carte.page) == []


@pytest.mark.parametrize("query", ["", "territory=3", "level=commune&territory=3", "indicator=grants_amount"])
def test_projection(carte: Carte, query: str) -> None:
    carte.page.set_viewport_size({"width": 1280, "height": 720})
    carte.open(f"mode=projection&{query}")
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
