"""A drill-down arrives at once, with motion or without; the buttons move where the reader accepts motion."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.browser.carte import Carte

FRAMES = """() => {
    window.frames_seen = new Set();
    new MutationObserver(() => window.frames_seen.add(document.getElementById('map').getAttribute('viewBox')))
        .observe(document.getElementById('map'), {attributes: true, attributeFilter: ['viewBox']});
}"""


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_drill_down_and_a_zoom(carte: Carte, motion: Literal["reduce", "no-preference"]) -> None:
    arrival = carte.open("level=commune&territory=4").snapshot()["frame"]
    carte.page.emulate_media(reduced_motion=motion)
    carte.open()
    carte.page.evaluate(FRAMES)
    carte.pick("4")
    carte.page.wait_for_function("goal => document.getElementById('map').getAttribute('viewBox') === goal", arg=arrival)
    assert carte.page.evaluate("window.frames_seen.size") == 1
    carte.page.evaluate(FRAMES)
    carte.page.get_by_role("button", name="Agrandir").click()
    carte.page.wait_for_function(
        "wide => Number(document.getElementById('map').getAttribute('viewBox').split(' ')[2]) <= wide / 1.49",
        arg=float(arrival.split()[2]),
    )
    frames = carte.page.evaluate("window.frames_seen.size")
    assert frames == 1 if motion == "reduce" else frames > 1


def test_nothing_else_moves(carte: Carte) -> None:
    carte.open()
    moving = carte.page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(one => {
            const { animationName, transitionDuration, transitionProperty } = getComputedStyle(one);
            return animationName !== 'none' || (transitionDuration !== '0s' && transitionProperty !== 'none');
        }).map(one => one.id || one.tagName)"""
    )
    assert moving == []


def test_buttons_and_wheel_zoom_and_fit_comes_back(carte: Carte) -> None:
    home = carte.open().snapshot()["frame"]
    carte.page.get_by_role("button", name="Agrandir").click()
    near = carte.snapshot()["frame"]
    assert float(near.split()[2]) < float(home.split()[2])
    carte.page.get_by_role("button", name="Recadrer").click()
    assert carte.snapshot()["frame"] == home
    x, y = carte.middle("5")
    carte.page.mouse.move(x, y)
    carte.page.keyboard.down("Control")
    carte.page.mouse.wheel(0, -300)
    carte.page.keyboard.up("Control")
    carte.page.wait_for_function("home => document.getElementById('map').getAttribute('viewBox') !== home", arg=home)


def test_the_wheel_alone_scrolls_the_page(carte: Carte) -> None:
    carte.page.set_viewport_size({"width": 1280, "height": 500})
    home = carte.open().snapshot()["frame"]
    carte.page.mouse.move(*carte.middle("5"))
    carte.page.mouse.wheel(0, 300)
    carte.page.wait_for_function("window.scrollY > 0")
    assert carte.snapshot()["frame"] == home


def test_dragging_a_zoomed_map_moves_it_and_drills_nowhere(carte: Carte) -> None:
    carte.open()
    for _ in range(2):
        carte.page.get_by_role("button", name="Agrandir").click()
    before = carte.snapshot()["frame"]
    x, y = carte.middle("8")
    carte.page.mouse.move(x, y)
    carte.page.mouse.down()
    carte.page.mouse.move(x + 60, y + 40, steps=5)
    carte.page.mouse.up()
    assert carte.snapshot()["frame"] != before
    assert carte.page.url == f"{carte.address}/carte"
