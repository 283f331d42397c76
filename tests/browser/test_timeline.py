"""The slider of the years in a browser: it plays to the last year, and leaves one entry in the history."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from layers.demonstration.origin import JOB_YEARS, YEARS
from tests.browser.carte import Carte


def test_playing_ends_on_the_last_year_and_is_one_step_back(carte: Carte) -> None:
    carte.open(f"indicator=actors&year={YEARS[-3]}")
    before = carte.page.evaluate("history.length")
    carte.page.click("#play")
    expect(carte.page.locator("#play")).to_have_attribute("data-playing", "")
    expect(carte.page.locator("#play")).not_to_have_attribute("data-playing", "", timeout=30_000)
    carte.settled()
    expect(carte.page).to_have_url(re.compile(f"year={YEARS[-1]}"))
    expect(carte.page.locator("#year")).to_have_value(str(YEARS[-1]))
    assert carte.page.evaluate("history.length") == before + 1
    carte.page.go_back()
    carte.settled()
    expect(carte.page.locator("#year")).to_have_value(str(YEARS[-3]))
    expect(carte.page.locator("#years")).to_have_attribute("aria-valuetext", str(YEARS[-3]))


def test_the_slider_goes_by_the_keyboard_and_follows_the_select(carte: Carte) -> None:
    carte.open("indicator=jobs")
    slider = carte.page.locator("#years")
    slider.focus()
    carte.page.keyboard.press("Home")
    carte.settled()
    expect(carte.page.locator("#year")).to_have_value(str(JOB_YEARS[0]))
    expect(carte.page).to_have_url(re.compile(f"year={JOB_YEARS[0]}"))
    carte.choose("year", str(JOB_YEARS[2]))
    expect(slider).to_have_attribute("aria-valuetext", str(JOB_YEARS[2]))
    expect(carte.page.locator("#timeline-why")).to_contain_text("Flores")


def test_anything_done_meanwhile_stops_the_playing(carte: Carte) -> None:
    carte.open(f"indicator=jobs&year={JOB_YEARS[0]}")
    carte.page.click("#play")
    expect(carte.page.locator("#play")).to_have_attribute("data-playing", "")
    carte.choose("sector", "commerce")
    expect(carte.page.locator("#play")).not_to_have_attribute("data-playing", "")
    assert "sector=commerce" in carte.page.url


def test_a_single_year_has_nothing_to_play_and_says_so(carte: Carte) -> None:
    carte.open("indicator=population_65_share")
    expect(carte.page.locator("#play")).to_be_hidden()
    expect(carte.page.locator("#timeline-why")).to_contain_text("2021")
