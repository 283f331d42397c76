"""Map, list, figure and legend show the same area in hand, and the same colours."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.carte import Carte

WHITE = (255, 255, 255)


def figure(carte: Carte) -> str:
    return carte.text("#figure")


def test_pointing_at_the_map_marks_the_list_and_the_sentence(carte: Carte) -> None:
    carte.open()
    whole = figure(carte)
    for code in ("3", "1"):
        carte.page.mouse.move(*carte.middle(code))
        expect(carte.line(code)).to_have_class("hover")
        expect(carte.page.locator("#ranking button.hover")).to_have_count(1)
        line = carte.listed()[code]
        assert figure(carte).startswith(f"{line['value']} structures ESS pour 1\u202f000 habitants dans ")
        rank = f", {line['rank'] + 'e' if line['rank'] != '1' else '1er'} sur 8" if line["rank"] else ""
        assert f"{rank}\u202f; métropole" in figure(carte)
        expect(carte.page.locator("#legend .marker.now")).to_have_count(1)
        assert outlined(carte) == [code]
    carte.page.mouse.move(2, 2)
    expect(carte.page.locator("#ranking button.hover")).to_have_count(0)
    assert figure(carte) == whole
    assert outlined(carte) == []


def test_pointing_at_the_list_marks_the_map_and_the_sentence(carte: Carte) -> None:
    carte.open("level=commune&territory=3")
    whole = figure(carte)
    for code, line in list(carte.listed().items())[:3]:
        carte.line(code).hover()
        assert outlined(carte) == [code]
        assert figure(carte).startswith(f"{line['value']} ")
    carte.page.mouse.move(2, 2)
    assert outlined(carte) == []
    assert figure(carte) == whole


def outlined(carte: Carte) -> list[str]:
    """Codes of the areas that have the outline of what is in hand."""
    found: list[str] = carte.page.evaluate(
        """() => [...document.querySelectorAll('#map .outlines .hover')].map(outline =>
            document.querySelector(`#map path[data-code][d="${outline.getAttribute('d')}"]`)?.dataset.code ?? '?')"""
    )
    return found


def test_the_outline_does_not_outlive_its_level(carte: Carte) -> None:
    carte.open()
    carte.line("3").hover()
    carte.page.select_option("#level", "commune")
    carte.page.mouse.move(2, 2)
    assert outlined(carte) == []


def dimmed(carte: Carte) -> tuple[set[str], set[str]]:
    return (
        {code for code, area in carte.areas().items() if "dim" in area["mark"].split()},
        {code for code, line in carte.listed().items() if line["dim"]},
    )


@pytest.mark.parametrize("query", ["", "level=commune", "indicator=actors&sector=finance-assurance&level=commune"])
def test_a_class_of_the_legend_dims_the_others(carte: Carte, query: str) -> None:
    carte.open(query)
    mark = carte.page.locator("#legend .block:not([data-none])").first.get_attribute("data-mark")
    others = {code for code, line in carte.listed().items() if line["mark"] != f"c{mark}"}
    carte.page.locator(f'#legend .block[data-mark="{mark}"]').click()
    assert dimmed(carte) == (others, others)
    carte.press("Escape")
    assert dimmed(carte) == (set(), set())


def test_dimming_ends_with_the_next_choice_and_lasts_through_a_zoom(carte: Carte) -> None:
    carte.open("indicator=actors&sector=finance-assurance&level=commune")
    zeros = carte.page.locator('#legend .block[data-mark="z"]')
    zeros.click()
    before = dimmed(carte)
    assert before[0]
    circles = carte.page.locator("#map .circles .dim")
    assert circles.count() > 0
    carte.page.get_by_role("button", name="Agrandir").click()
    expect(zeros).to_have_attribute("aria-pressed", "true")
    assert dimmed(carte) == before
    assert circles.count() > 0
    carte.choose("year", "2022")
    expect(zeros).to_have_attribute("aria-pressed", "false")
    assert dimmed(carte) == (set(), set())
    assert circles.count() == 0


@pytest.mark.parametrize(
    "query",
    [
        "",
        "level=commune",
        "method=quantile",
        "level=commune&territory=5&method=equal",
        "level=commune&scale=mean&classes=6",
        "method=rounded&scale=free&classes=3",
        "method=manual&breaks=2.5_4",
        "circles=1",
    ],
)
def test_the_legend_has_the_colours_that_are_painted(carte: Carte, query: str) -> None:
    carte.open(query)
    legend = carte.page.eval_on_selector_all(
        "#legend .block[data-mark]",
        "found => found.map(one => [one.dataset.mark, getComputedStyle(one.querySelector('i')).backgroundColor])",
    )
    painted = carte.page.eval_on_selector_all(
        "#map path[data-code]:not(.apart)",
        "found => found.map(one => [one.getAttribute('class').slice(1), getComputedStyle(one).fill])",
    )
    listed = carte.page.eval_on_selector_all(
        "#ranking .bar i",
        "found => found.map(one => [one.className.slice(1), getComputedStyle(one).backgroundColor])",
    )
    classes = {(mark, colour) for mark, colour in legend if mark.isdecimal()}
    assert len({colour for _, colour in classes}) == len(classes) > 1
    assert {tuple(pair) for pair in painted if pair[0].isdecimal()} <= classes
    assert {tuple(pair) for pair in listed if pair[0].isdecimal()} <= classes


def test_one_pixel_of_the_screen_has_the_colour_of_its_class(carte: Carte) -> None:
    carte.open()
    carte.page.add_style_tag(content=".labels, .lines { display: none }")
    carte.leave()
    image = Image.open(io.BytesIO(carte.page.screenshot())).convert("RGB")
    for code, area in carte.areas().items():
        colour = carte.page.evaluate(
            "mark => getComputedStyle(document.querySelector(`#legend .block[data-mark='${mark}'] i`)).backgroundColor",
            area["mark"].removeprefix("c"),
        )
        red, green, blue = (int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
        x, y = carte.middle(code)
        assert image.getpixel((round(x), round(y))) == (red, green, blue) != WHITE, code
