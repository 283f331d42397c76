"""The page /carte as the server sends it: complete before any script."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import packs, slices
from dashboard.pages.carte import scope_of, trail
from dashboard.viewstate import KEYS, ViewState
from geodata.perimeter import members
from layers import demonstration
from layers.indicators import INDICATORS
from tests import factories
from tests.dashboard.reading import Page

QUERIES = (
    "", "indicator=actors", "indicator=actors&level=commune", "level=commune&territory=3", "commune=59512",
    "territory=8&level=commune", "indicator=median_income", "indicator=jobs", "indicator=openings",
    "indicator=population&perimeter=85&level=commune",
    "indicator=grants_amount&sector=commerce&year=2021", "territory=1", "mode=projection", "indicator=grants_per_job",
)  # fmt: skip
SPACES = re.compile(r"[^ ] [:;!?%€»](?!\w)|« |\d \d{3}\b")


def page_of(client: FlaskClient, query: str) -> Page:
    answer = client.get(f"/carte?{query}")
    assert answer.status_code == 200
    return Page(answer.get_data(as_text=True))


def state_of(client: FlaskClient, query: str) -> ViewState:
    boot = json.loads(page_of(client, query).text_of("boot"))
    return ViewState(**dict(zip(ViewState.__slots__, (boot["state"][key] for key in KEYS), strict=True)))


@pytest.mark.parametrize("query", QUERIES)
def test_map_list_and_sentence_show_the_slice(demo: FlaskClient, query: str) -> None:
    page, state, release = page_of(demo, query), state_of(demo, query), demonstration.release()
    made = slices.make(release, state.series_query(), scope_of(state), state.classing)
    paths = {path["data-code"]: path["data-state"] for path in page.all("path") if "data-code" in path}
    assert paths == {cell.code: cell.state for cell in made.series.cells}
    listed = [held for held in page.all("button") if "data-code" in held]
    assert {held["data-code"]: held["data-state"] for held in listed} == {cell.code: cell.state for cell in made.cells}
    shown = page.text_of("ranking")
    assert all(text in shown for text in made.texts)
    assert page.text_of("headline")
    assert page.text_of("source").startswith(made.source)
    assert page.text_of("subtitle") == made.subtitle


@pytest.mark.parametrize("query", QUERIES)
def test_the_names_of_the_contract_are_there(demo: FlaskClient, query: str) -> None:
    page = page_of(demo, query)
    for id_ in ("map", "ranking", "legend", "headline", "indicator", "sector", "family", "year", "level", "reset"):
        assert len([held for _, held in page.elements if held.get("id") == id_]) == 1
    (body,) = page.all("body")
    assert body["data-release"] == demonstration.release().id
    assert "data-demonstration" in body
    ids = [held["id"] for _, held in page.elements if held.get("id")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("query", QUERIES)
def test_counts_are_circles_and_ratios_are_fills(demo: FlaskClient, query: str) -> None:
    page, state = page_of(demo, query), state_of(demo, query)
    circles = [held for held in page.all("circle") if "data-of" in held]
    assert bool(circles) == (not INDICATORS[state.indicator].fill and state.indicator != "openings")
    (stage,) = [held for held in page.all("figure") if held.get("id") == "stage"]
    assert stage["data-kind"] == ("fill" if INDICATORS[state.indicator].fill else "circle")


@pytest.mark.parametrize("query", QUERIES)
def test_controls_show_the_state(demo: FlaskClient, query: str) -> None:
    page, state = page_of(demo, query), state_of(demo, query)
    chosen = {str(held["value"]) for held in page.all("option") if "selected" in held}
    wanted = {state.indicator, state.level, state.method, str(state.perimeter), state.sector or "", state.family or ""}
    assert wanted <= chosen


@pytest.mark.parametrize("query", QUERIES)
def test_the_page_is_in_good_french_typography(demo: FlaskClient, query: str) -> None:
    answer = demo.get(f"/carte?{query}").get_data(as_text=True)
    visible = re.sub(r"<script.*?</script>|<style>.*?</style>|<svg.*?</svg>|<code>.*?</code>", "", answer, flags=re.S)
    texts = [part.strip() for part in re.split(r"<[^>]+>", visible)]
    assert [text for text in texts if SPACES.search(text)] == []


def test_an_unavailable_indicator_is_shown_and_cannot_be_chosen(demo: FlaskClient) -> None:
    options = {held["value"]: "disabled" in held for held in page_of(demo, "").all("option")}
    assert (options["openings"], options["grants_per_job"], options["actors"]) == (True, False, False)


def test_what_is_ignored_is_told(demo: FlaskClient) -> None:
    page = page_of(demo, "indicator=population&sector=commerce&magie=1")
    assert "sector=commerce" in page.text_of("ignored")
    assert "magie=1" in page.text_of("ignored")
    assert [held for _, held in page_of(demo, "").elements if held.get("id") == "ignored"] == []


def test_a_sector_that_the_grants_do_not_tell_is_that_of_their_beneficiaries(imported: FlaskClient) -> None:
    page = page_of(imported, "indicator=grants_amount&sector=divers")
    assert not [held for _, held in page.elements if held.get("id") == "ignored"]
    assert "1\u202f500\u202f€" in page.text_of("ranking")


def test_a_sector_that_no_structure_tells_is_left_out() -> None:
    untold = factories.release(grants=[factories.grant(n, 1000, "59350") for n in range(9)])
    assert packs.sectors(untold, "grants_amount") == ()


def test_an_imported_release_has_no_mark_of_demonstration(imported: FlaskClient) -> None:
    (body,) = page_of(imported, "").all("body")
    assert "data-demonstration" not in body
    assert "fictifs" not in imported.get("/carte").get_data(as_text=True)


@pytest.mark.parametrize(("perimeter", "count"), [(85, 85), (90, 90), (95, 95)])
def test_a_perimeter_draws_its_communes(demo: FlaskClient, perimeter: int, count: int) -> None:
    page = page_of(demo, f"level=commune&perimeter={perimeter}")
    codes = {path["data-code"] for path in page.all("path") if "data-code" in path}
    assert codes == set(members(perimeter))
    assert len(codes) == count


def test_the_boot_lists_what_each_indicator_allows(demo: FlaskClient) -> None:
    boot: dict[str, Any] = json.loads(page_of(demo, "").text_of("boot"))
    assert set(boot["defaults"]) == set(KEYS)
    assert boot["members"] == members()
    assert "openings" not in boot["options"]
    assert boot["options"]["population"]["sectors"] == []
    assert len(boot["options"]["actors"]["sectors"]) == 12


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (ViewState(), ["Métropole"]),
        (ViewState(level="commune"), ["Métropole", "Toutes les communes"]),
        (ViewState(level="commune", territory="3"), ["Métropole", "Roubaisien"]),
        (ViewState(level="commune", territory="3", commune="59512"), ["Métropole", "Roubaisien", "59512"]),
        (ViewState(level="commune", territory="8", commune="59350"), ["Métropole", "Lillois"]),
    ],
)
def test_the_trail_leads_from_the_metropole_to_the_view(state: ViewState, steps: list[str]) -> None:
    found = trail(state)
    assert [step.label for step in found] == steps
    assert replace(found[-1].state, commune=state.commune) == state
    assert found[0].href == "/carte"


def test_the_headline_of_a_commune_is_its_sentence(demo: FlaskClient) -> None:
    said = page_of(demo, "indicator=actors&commune=59512").text_of("headline")
    assert re.fullmatch(r"\d+ structures ESS à Roubaix, 1er sur 9\u202f; métropole\u00a0: 5\u202f\d{3}", said)


def links(client: FlaskClient, query: str) -> set[str]:
    return {
        str(held["href"]).split("#")[0]
        for held in page_of(client, query).all("a")
        if str(held.get("href")).startswith("/")
    }


@pytest.fixture(scope="module")
def answered() -> set[str]:
    """Addresses that have answered: what another page led to is not asked again."""
    return set()


@pytest.mark.parametrize("query", QUERIES)
def test_every_link_of_the_page_answers(demo: FlaskClient, answered: set[str], query: str) -> None:
    found = links(demo, query)
    assert len(found) > 2
    for address in found - answered:
        answered.add(address)
        assert demo.get(address, follow_redirects=True).status_code == 200, address


def test_anchors_lead_to_something(demo: FlaskClient) -> None:
    for query in ("", "indicator=grant_mean"):
        for held in page_of(demo, query).all("a"):
            address, _, anchor = str(held["href"]).partition("#")
            if anchor:
                target = Page(demo.get(address or "/carte").get_data(as_text=True))
                assert anchor in {found.get("id") for _, found in target.elements}, held["href"]
