"""However one came to a view, it is the view that its address gives."""

from __future__ import annotations

import random

import pytest

from tests.browser.carte import Carte
from tests.browser.reading import differences

STEPS = 30
CONTROLS = ("indicator", "sector", "family", "year", "level", "method")


def choose(carte: Carte, chance: random.Random) -> str:
    control = chance.choice(CONTROLS)
    values: list[str] = carte.page.eval_on_selector_all(
        f"#{control}:not(:disabled) option:not(:disabled)", "found => found.map(one => one.value)"
    )
    if not values:
        return f"{control} has no choice"
    value = chance.choice(values)
    carte.choose(control, value)
    return f"{control}={value}"


def pick(carte: Carte, chance: random.Random) -> str:
    code = chance.choice([code for code, area in carte.areas().items() if "apart" not in area["mark"]])
    carte.pick(code)
    return f"map {code}"


def pick_in_list(carte: Carte, chance: random.Random) -> str:
    code = chance.choice(list(carte.listed()))
    carte.line(code).click()
    carte.settled()
    return f"list {code}"


def escape(carte: Carte, chance: random.Random) -> str:
    carte.press("Escape")
    return "Escape"


def go_back(carte: Carte, chance: random.Random) -> str:
    if carte.page.evaluate("navigation.currentEntry.index") < 1:
        return "too early to go back"
    carte.page.go_back()
    carte.settled()
    return "back"


def go_forward(carte: Carte, chance: random.Random) -> str:
    carte.page.go_forward()
    carte.settled()
    return "forward"


def follow(carte: Carte, chance: random.Random) -> str:
    links = carte.page.locator("#trail a").all()
    if not links:
        return "no trail"
    chance.choice(links).click()
    carte.settled()
    return "trail"


ACTIONS = (choose, choose, choose, pick, pick, pick_in_list, escape, go_back, go_forward, follow)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_walk_ends_where_its_address_leads(carte: Carte, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    carte.open()
    said = []
    for step in range(STEPS):
        said.append(chance.choice(ACTIONS)(carte, chance))
        if step % 15 == 14:
            here = carte.leave().snapshot()
            there = carte.page.context.new_page()
            same = Carte(there, carte.address).open(here["address"].partition("?")[2]).snapshot()
            there.close()
            assert differences(here, same) == {}, said
