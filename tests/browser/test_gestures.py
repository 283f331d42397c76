"""The map under the hand: two fingers, a double click, the wheel with Control, Escape; and in forced colours."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.carte import Carte

FEWEST = 5
WIDTH = "Number(document.getElementById('map').getAttribute('viewBox').split(' ')[2])"


def wide(carte: Carte) -> float:
    found: float = carte.page.evaluate(WIDTH)
    return found


def pinch(carte: Carte, at: tuple[float, float], *spans: float) -> None:
    """Two fingers on either side of a point, as far from it as each span in turn."""
    session = carte.page.context.new_cdp_session(carte.page)
    x, y = at
    for i, span in enumerate(spans):
        points = [{"x": x - span, "y": y, "id": 0}, {"x": x + span, "y": y, "id": 1}]
        session.send("Input.dispatchTouchEvent", {"type": "touchMove" if i else "touchStart", "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def painted(carte: Carte, where: str, kind: str) -> set[str]:
    """Colours of a kind that elements have."""
    read = f"all => all.map(one => getComputedStyle(one)['{kind}'])"
    return set(carte.page.eval_on_selector_all(where, read))


def test_two_fingers_zoom_and_pick_nothing(carte: Carte) -> None:
    carte.open()
    before, middle = wide(carte), carte.middle("8")
    pinch(carte, middle, *range(30, 135, 15))
    assert wide(carte) < before / 2
    assert carte.page.url == f"{carte.address}/carte"
    near = wide(carte)
    pinch(carte, middle, *range(120, 25, -15))
    assert wide(carte) > near * 1.5
    assert carte.page.url == f"{carte.address}/carte"


def test_one_finger_scrolls_the_page(carte: Carte) -> None:
    assert carte.open().page.evaluate("getComputedStyle(document.getElementById('map')).touchAction") == "pan-y"


def test_a_double_click_zooms_where_it_is_and_picks_once(carte: Carte) -> None:
    home = carte.open("level=commune").snapshot()["frame"]
    x, y = carte.middle("59350")
    carte.page.mouse.dblclick(x, y)
    carte.settled()
    assert carte.page.url.endswith("territory=8&commune=59350")
    picked = carte.snapshot()["frame"]
    assert float(picked.split()[2]) < float(home.split()[2]) * 0.6


def test_escape_steps_back_to_the_metropole(carte: Carte) -> None:
    carte.open("level=commune&territory=3&commune=59512")
    carte.press("Escape")
    assert carte.page.url.endswith("level=commune&territory=3")
    carte.press("Escape")
    assert carte.page.url == f"{carte.address}/carte"


def test_classes_are_told_apart_in_forced_colours(carte: Carte) -> None:
    carte.page.emulate_media(forced_colors="active")
    carte.open("level=commune")
    fills = set(
        carte.page.eval_on_selector_all(
            "#legend .block i", "all => all.map(one => getComputedStyle(one).backgroundColor)"
        )
    )
    assert len(fills) >= 5
    outlines = carte.page.eval_on_selector_all(
        "#map .areas path", "all => all.map(one => getComputedStyle(one).stroke)"
    )
    assert set(outlines) == {"rgb(22, 35, 43)"}
    expect(carte.page.locator("#map .label").first).to_be_visible()
