"""Marks of disputed values in a browser: named for all, in their place at every width, following the map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.carte import Carte
from tests.browser.serving import Server, serving
from tests.browser.walls import FITS, at_every_width, faults
from tests.dashboard.disputes.filing import filed

PAGES = ("/territoire/3", "/comparer?indicator=actors&areas=3,8", "/carte?indicator=actors", "/territoire/3?lang=en")
LABELS = "#map .labels .value"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration, two of its values disputed."""
    folder: Path = tmp_path_factory.mktemp("disputed")
    with serving(["app.py"], folder) as started:
        filed(folder)
        filed(folder, indicator="ess_job_share", place="mel")
        yield started


@pytest.mark.parametrize("path", PAGES)
def test_marks_and_links_have_names_and_push_nothing_out(carte: Carte, path: str) -> None:
    page = carte.page
    page.goto(carte.address + path)
    expect(page.locator(".flag").first).to_be_attached()
    assert at_every_width(page) == {}
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate(FITS)
    figures = "all => all.filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1).length"
    assert page.locator("td:has(> .flag)").evaluate_all(figures) == 0


def test_the_map_and_its_list_follow_what_is_shown(carte: Carte) -> None:
    page = carte.open("indicator=actors").page
    marked = page.locator(LABELS, has_text="⚑")
    expect(marked).to_have_count(1)
    expect(page.locator("#ranking button[data-code='3'] .who")).to_contain_text("contesté")
    expect(page.locator("#contested-here a")).to_have_text("Roubaisien")
    page.select_option("#year", "2022")
    expect(page.locator("#contested-here")).to_be_hidden()
    expect(page.locator(LABELS, has_text="⚑")).to_have_count(0)
    expect(page.locator("#ranking .sign")).to_have_count(0)
    page.go_back()
    expect(page.locator("#contested-here")).to_be_visible()
    page.select_option("#indicator", "ess_job_share")
    expect(page.locator("#ranking-total")).to_contain_text("⚑")
    expect(page.locator("#figure")).to_contain_text("⚑")
    assert faults(page) == []


def test_before_a_room_and_on_paper_there_is_the_mark_and_no_link_to_dispute(carte: Carte) -> None:
    page = carte.open("indicator=actors&mode=projection").page
    expect(page.locator(LABELS, has_text="⚑")).to_have_count(1)
    expect(page.locator(".contest-it").first).to_be_hidden()
    page.goto(f"{carte.address}/territoire/3")
    expect(page.locator(".contest-it").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".contest-it").first).to_be_hidden()
    expect(page.locator(".flag").first).to_be_visible()
