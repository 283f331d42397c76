"""What scripts made of a page is valid HTML as well."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests import validity
from tests.browser import walls
from tests.browser.carte import Carte

DOCUMENT = """() => {
  const copy = document.documentElement.cloneNode(true);
  for (const style of copy.querySelectorAll('head style')) style.remove();
  for (const chart of copy.querySelectorAll('.js-plotly-plot')) chart.replaceChildren();
  return copy.outerHTML;
}"""
"""The document as it is, less styles (Plotly puts its own before everything) and what Plotly draws in its boxes."""
MAPS = ("", "indicator=actors&level=commune&territory=3", "commune=59512", "mode=projection")
OTHERS = {
    "/": "main.accueil",
    "/acteurs?territory=3&family=association": "#stage[data-drawn]",
    "/acteurs/demonstration:demo-002104": "main.acteur h1",
    "/comparer?areas=3,59512&indicator=actors&free=1": "main.comparer figure[data-area]",
    "/methode": "main h1",
    "/recherche?q=roub": "main h1",
}
"""Other pages, each with what tells that it is there."""
SUGGESTED, SUGGESTED_ROLE = "#found [role=option]", 'role="option"'
"""What the search box proposes, which scripts write on every page."""


def document(page: Page) -> str:
    return "<!doctype html>" + str(page.evaluate(DOCUMENT))


def test_every_page_after_its_scripts(carte: Carte, tmp_path: Path) -> None:
    pages = {}
    for query in MAPS:
        carte.open(query).table()
        carte.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        if "mode" not in query:
            expect(carte.page.locator(".js-plotly-plot .main-svg").first).to_be_attached()
        pages[f"/carte?{query}"] = document(carte.page)
    for path, there in OTHERS.items():
        walls.shown(carte.page, carte.address + path).locator(there).first.wait_for(state="attached")
        carte.page.evaluate(walls.OPENED)
        expect(carte.page.locator("#search")).to_have_role("combobox")  # its script has come
        carte.page.locator("#search").fill("tourc")
        expect(carte.page.locator(SUGGESTED).first).to_be_visible()
        pages[path] = document(carte.page)
    assert all(SUGGESTED_ROLE in pages[path] for path in OTHERS)
    found = validity.faults(pages, tmp_path)
    assert found == [], "\n".join(found)
