"""What scripts made of a page is valid HTML as well."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests import validity
from tests.browser.carte import Carte

DOCUMENT = """() => {
  const copy = document.documentElement.cloneNode(true);
  for (const style of copy.querySelectorAll('head style')) style.remove();
  for (const chart of copy.querySelectorAll('.js-plotly-plot')) chart.replaceChildren();
  return copy.outerHTML;
}"""
"""The document as it is, less styles (Plotly puts its own before everything) and what Plotly draws in its boxes."""
VIEWS = ("", "indicator=actors&level=commune&territory=3", "commune=59512", "mode=projection")


def test_the_map_after_its_scripts(carte: Carte, tmp_path: Path) -> None:
    pages = {}
    for query in VIEWS:
        carte.open(query).table()
        carte.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        if "mode" not in query:
            expect(carte.page.locator(".js-plotly-plot .main-svg").first).to_be_attached()
        pages[query] = "<!doctype html>" + carte.page.evaluate(DOCUMENT)
    found = validity.faults(pages, tmp_path)
    assert found == [], "\n".join(found)
