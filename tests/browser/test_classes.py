"""Classes as the reader chooses them: the address follows, the legend says them, a reload restores them."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.carte import Carte

BLOCKS = "#legend .block:not(.small)"


def labels(carte: Carte) -> list[str]:
    return [text.strip() for text in carte.page.locator(BLOCKS).all_inner_texts()]


def opened(carte: Carte, query: str = "") -> None:
    carte.open(query)
    carte.page.locator(".more").evaluate("one => { one.open = true }")


def test_a_number_of_classes(carte: Carte) -> None:
    opened(carte)
    carte.choose("classes", "3")
    assert len(labels(carte)) == 3
    assert "classes=3" in carte.page.url
    carte.choose("classes", "2")
    assert len(labels(carte)) == 2
    carte.page.go_back()
    expect(carte.page.locator(BLOCKS)).to_have_count(3)


def test_bounds_by_hand_start_from_those_shown_and_follow_what_is_typed(carte: Carte) -> None:
    opened(carte)
    before = labels(carte)
    carte.choose("method", "manual")
    assert labels(carte) == before
    field = carte.page.locator("#breaks")
    field.fill("3,5 ; 5")
    field.press("Enter")
    expect(carte.page.locator(BLOCKS)).to_have_count(3)
    assert "breaks=3.5_5" in carte.page.url
    shown = labels(carte)
    carte.page.reload()
    assert labels(carte.ready()) == shown
    field.fill("trois")
    field.press("Tab")
    expect(carte.page.locator("#breaks-why")).to_contain_text("séparés par des points-virgules")
    assert labels(carte) == shown


def test_circles_stand_over_the_fill_with_three_sizes(carte: Carte) -> None:
    opened(carte)
    expect(carte.page.locator("#map .circles circle")).to_have_count(0)
    carte.choose("circles", "1")
    expect(carte.page.locator("#map .circles circle")).to_have_count(8)
    expect(carte.page.locator("#legend .size")).to_have_count(3)
    expect(carte.page.locator("#legend .over")).to_contain_text("structures ESS")
    radii = carte.page.eval_on_selector_all(
        "#map .circles circle", "all => all.map(one => Number(one.getAttribute('r')))"
    )
    assert radii == sorted(radii, reverse=True)


def test_a_scale_around_the_metropole_parts_the_areas_at_its_value(carte: Carte) -> None:
    opened(carte, "scale=mean")
    expect(carte.page.locator("#notes")).to_contain_text("autour de la valeur de la métropole")
    marks = {line["rank"]: mark for line, mark in zip(carte.listed().values(), classes(carte), strict=True)}
    total = number(carte.text("#ranking-total").removeprefix("métropole "))
    for line, mark in zip(carte.listed().values(), classes(carte), strict=True):
        assert (mark >= "4") == (number(line["value"]) >= total), (line, marks)


def test_a_change_takes_bounds_by_hand_and_shared_scales_away_and_says_why(carte: Carte) -> None:
    opened(carte, "method=manual&breaks=3_5")
    carte.choose("compare", "2020")
    assert carte.page.url == f"{carte.address}/carte?compare=2020"
    offered = "one => [...one.options].map(option => option.value)"
    assert carte.page.locator("#scale").evaluate(offered) == ["", "mean"]
    assert "manual" not in carte.page.locator("#method").evaluate(offered)
    expect(carte.page.locator("#scale-why")).to_contain_text("de part et d’autre d’un pivot")
    around_zero = labels(carte)
    carte.choose("scale", "mean")
    assert labels(carte) != around_zero
    carte.page.reload()
    assert carte.ready().page.locator("#scale").input_value() == "mean"
    carte.choose("compare", "")
    assert carte.page.locator("#scale").evaluate(offered) == ["", "free", "mean"]
    expect(carte.page.locator("#scale-why")).to_be_hidden()


def classes(carte: Carte) -> list[str]:
    return [
        name[1:] for name in carte.page.eval_on_selector_all("#ranking .bar i", "all => all.map(one => one.className)")
    ]


def number(text: str) -> float:
    return float(text.replace("\u202f", "").replace(",", "."))


def test_the_map_is_moved_by_the_keyboard(carte: Carte) -> None:
    carte.open()
    box = "document.getElementById('map').getAttribute('viewBox')"
    whole = carte.page.evaluate(box)
    carte.page.locator(".zoom button").first.focus()
    carte.page.keyboard.press("ArrowRight")
    assert carte.page.evaluate(box) == whole, "an arrow moves nothing until the map is enlarged"
    carte.page.keyboard.press("+")
    carte.page.wait_for_function(f"{box} !== '{whole}'")
    carte.page.wait_for_timeout(400)
    enlarged = carte.page.evaluate(box)
    carte.page.keyboard.press("ArrowRight")
    assert carte.page.evaluate(box) != enlarged
    carte.page.keyboard.press("0")
    carte.page.wait_for_function(f"{box} === '{whole}'")
