"""Up to three areas are kept in sight, with one letter each on the map, in the list, the legend and the table."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.carte import Carte

LETTERS = """() => Object.fromEntries(['#ranking button', '#values tbody tr', '#legend .marker'].map(where =>
    [where.split(' ')[0].slice(1), [...document.querySelectorAll(`${where}[data-pin]`)].map(one =>
        one.dataset.pin + (one.dataset.code ?? '')).sort()]))"""


def letters(carte: Carte) -> dict[str, list[str]]:
    found: dict[str, list[str]] = carte.page.evaluate(LETTERS)
    return found


def kept(carte: Carte) -> list[str]:
    return [text.strip() for text in carte.page.locator("#pins li").all_inner_texts()]


def test_an_address_with_pins_marks_every_view(carte: Carte) -> None:
    carte.open("pins=3_5")
    values = {code: line["value"] for code, line in carte.listed().items()}
    carte.table()
    assert letters(carte) == {"ranking": ["A3", "B5"], "values": ["A3", "B5"], "legend": ["A", "B"]}
    assert carte.page.locator("#map .outlines .pin").count() == 2
    names = carte.page.locator("#map .label .name").all_text_contents()
    assert {"A · Roubaisien", "B · Est"} <= set(names)
    assert [line.split("×")[0].split() for line in kept(carte)] == [
        ["A", "Roubaisien", values["3"]],
        ["B", "Est", values["5"]],
    ]


def test_pinning_by_shift_by_the_button_and_by_the_keyboard(carte: Carte) -> None:
    carte.open()
    carte.page.keyboard.down("Shift")
    carte.pick("3")
    carte.page.keyboard.up("Shift")
    assert carte.page.url.endswith("?pins=3")
    button = carte.page.get_by_role("button", name="Épingler", exact=True)
    button.click()
    carte.line("5").click()
    carte.settled()
    assert carte.page.url.endswith("?pins=3_5")
    carte.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "false")
    carte.line("1").focus()
    carte.press("e")
    assert carte.page.url.endswith("?pins=3_5_1")
    assert carte.focused() == "button[1]"
    carte.line("2").focus()
    carte.press("e")
    assert carte.page.url.endswith("?pins=5_1_2")
    carte.page.locator("#pins a").first.click()
    carte.settled()
    assert carte.page.url.endswith("?pins=1_2")
    carte.page.go_back()
    carte.settled()
    assert letters(carte)["ranking"] == ["A5", "B1", "C2"]
    carte.page.go_forward()
    carte.settled().leave().press("Escape")
    assert carte.page.url == f"{carte.address}/carte"
    expect(carte.page.locator("#pins")).to_be_hidden()


def test_pins_are_of_one_level(carte: Carte) -> None:
    carte.open("level=commune&pins=59512_59350").choose("sector", "commerce")
    assert letters(carte)["ranking"] == ["A59512", "B59350"]
    carte.choose("level", "territory")
    assert "pins" not in carte.page.url
    assert letters(carte) == {"ranking": [], "values": [], "legend": []}


def at_rest(target: Locator) -> dict[str, float]:
    """Where a target is, in the middle of the window, once what is loaded around it moves it no more."""
    box: dict[str, float] = target.evaluate(
        """async one => {
            const place = () => JSON.stringify(one.getBoundingClientRect());
            let before, still = 0;
            for (let frame = 0; frame < 600 && still < 10; frame += 1) {
                one.scrollIntoView({ block: 'center' });
                await new Promise(requestAnimationFrame);
                const now = place();
                still = now === before ? still + 1 : 0;
                before = now;
            }
            return JSON.parse(before);
        }"""
    )
    return box


def test_what_is_pointed_at_is_marked_everywhere(carte: Carte) -> None:
    carte.open("indicator=actors")
    carte.table()
    expect(carte.page.locator(".js-plotly-plot .main-svg").first).to_be_attached()
    expect(carte.page.locator(".js-plotly-plot:not(:has(.main-svg))")).to_have_count(0)
    for where in ('#map circle[data-of="3"]', '#values tr[data-code="3"]', '#ranking button[data-code="3"]'):
        box = at_rest(carte.page.locator(where))
        carte.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(carte.line("3")).to_have_class("hover")
        expect(carte.page.locator("#values tr.hover")).to_have_attribute("data-code", "3")
        expect(carte.page.locator("#map .outlines .hover")).to_have_count(1)
        carte.page.mouse.move(2, 2)
        expect(carte.page.locator("#values tr.hover")).to_have_count(0)


def test_pointing_at_a_class_shows_its_areas(carte: Carte) -> None:
    carte.open()
    block = carte.page.locator("#legend .block:not([data-none])").first
    others = {code for code, line in carte.listed().items() if line["mark"] != f"c{block.get_attribute('data-mark')}"}
    block.hover()
    assert {code for code, line in carte.listed().items() if line["dim"]} == others
    carte.page.mouse.move(2, 2)
    assert not any(line["dim"] for line in carte.listed().values())
