"""The map first: nothing heavy is asked for before it, and nothing at all before it is painted anew."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.carte import Carte
from tests.browser.guard import Guard

# When the map can be used, and what the page had asked for by then: written down by the page itself, as it happens.
WATCH = """
new MutationObserver((changes, watcher) => {
    const main = document.querySelector('main[data-ready]');
    if (!main) return;
    watcher.disconnect();
    window.readyAt = performance.now();
}).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ['data-ready']});
"""
ASKED = """() => performance.getEntriesByType('resource').map(one => [new URL(one.name).pathname, one.startTime])"""
# The repaint and the requests of one choice, in the order in which they happen.
TRACE = """(control) => {
    window.trace = [];
    const told = fetch, paths = document.querySelector('#map .areas');
    window.fetch = (...given) => { window.trace.push(`asked ${given[0]?.url ?? given[0]}`); return told(...given); };
    const open = XMLHttpRequest.prototype.open;
    XMLHttpRequest.prototype.open = function (way, address) {
        window.trace.push(`asked ${address}`);
        return open.apply(this, arguments);
    };
    document.getElementById(control).addEventListener('change', () => window.trace.push('chosen'), {capture: true});
    new MutationObserver(() => window.trace.push('painted'))
        .observe(paths, {subtree: true, childList: true, attributes: true});
}"""


def paths(guard: Guard) -> list[str]:
    return [urlsplit(address).path for address in guard.requests]


def test_plotly_is_asked_for_only_when_the_charts_are_near(carte: Carte, guard: Guard) -> None:
    carte.page.add_init_script(WATCH)
    carte.page.set_viewport_size({"width": 1440, "height": 700})
    carte.open()
    expect(carte.page.locator("#charts")).to_be_attached()
    assert not [path for path in paths(guard) if "plotly" in path]
    carte.page.locator("#panels").scroll_into_view_if_needed()
    carte.page.locator("footer.source").evaluate("found => window.scrollTo(0, document.body.scrollHeight)")
    expect(carte.page.locator(".js-plotly-plot .main-svg").first).to_be_attached()
    ready = carte.page.evaluate("window.readyAt")
    plotly = [start for path, start in carte.page.evaluate(ASKED) if "plotly" in path]
    assert plotly
    assert min(plotly) > ready


def test_what_the_first_map_needs(carte: Carte, guard: Guard) -> None:
    """The page holds its map: it asks for no data but the one pack, once, and no style sheet nor font."""
    carte.page.add_init_script(WATCH)
    carte.open()
    ready = carte.page.evaluate("window.readyAt")
    before = [path for path, start in carte.page.evaluate(ASKED) if start < ready]
    assert len([path for path in before if path.startswith("/pack/")]) == 1
    assert not [path for path in paths(guard) if path.endswith((".css", ".woff2", ".woff", ".ttf"))]
    files = [path for path in paths(guard) if path != "/_dash-update-component"]
    assert len(files) == len(set(files))


def test_nothing_is_asked_while_the_panels_are_out_of_sight(carte: Carte, guard: Guard) -> None:
    carte.page.set_viewport_size({"width": 1440, "height": 700})
    carte.open("level=commune")
    carte.page.wait_for_load_state("networkidle")
    before = len(guard.requests)
    for year in ("2021", "2022", "2023"):
        carte.choose("year", year)
    carte.page.wait_for_load_state("networkidle")
    assert [address for address in guard.requests[before:] if not address.endswith("/icon.svg")] == []
    expect(carte.page.get_by_role("button", name="Afficher le tableau des valeurs")).to_be_attached()
    expect(carte.page.locator("#values")).to_have_count(0)
    assert carte.table()
    assert ", 2023," in carte.text("#values caption")


@pytest.mark.parametrize(
    ("control", "value"), [("sector", "commerce"), ("family", "mutuelle"), ("year", "2021"), ("level", "territory")]
)
def test_a_filter_repaints_without_asking_anything(carte: Carte, control: str, value: str) -> None:
    carte.open()
    if control == "level":
        carte.choose("level", "commune")
    carte.table()
    carte.page.evaluate(TRACE, control)
    carte.page.select_option(f"#{control}", value)
    carte.page.wait_for_function(
        "() => window.trace.slice(window.trace.indexOf('painted')).some(done => done.startsWith('asked'))"
    )
    trace = carte.page.evaluate("window.trace")
    then = trace[trace.index("chosen") :]
    assert then[:2] == ["chosen", "painted"], trace
    assert not [done for done in trace if "/pack/" in done]


def test_the_panels_in_sight_follow_the_view(carte: Carte) -> None:
    carte.open()
    carte.table()
    expect(carte.page.locator("#charts h2")).to_be_visible()
    with (
        carte.page.expect_request(re.compile("/_dash-update-component")) as asked,
        carte.page.expect_request(re.compile("/table")) as read,
    ):
        carte.page.select_option("#year", "2021")
    inputs = json.loads(asked.value.post_data or "{}")["inputs"]
    assert "year=2021" in inputs[0]["value"]
    assert "year=2021" in read.value.url
    table = carte.table()
    assert ", 2021," in carte.text("#values caption")
    assert len(table) == 9


def test_the_charts_follow_the_view(carte: Carte) -> None:
    carte.open()
    carte.page.locator("#panels").scroll_into_view_if_needed()
    expect(carte.page.locator("#charts h2")).to_have_text("Détail\u00a0: la métropole")
    carte.page.evaluate("window.scrollTo(0, 0)")
    carte.pick("3")
    carte.page.locator("#panels").evaluate("found => found.scrollIntoView()")
    expect(carte.page.locator("#charts h2")).to_have_text("Détail\u00a0: le Roubaisien")
    for chart in carte.page.locator("#charts .chart").all():
        expect(chart.locator("h3")).not_to_be_empty()
        expect(chart.locator("p").first).not_to_be_empty()
        expect(chart.locator("table")).to_have_count(1)
