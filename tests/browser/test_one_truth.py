"""Map, list, table, sentence and API say the same, to the last digit."""

from __future__ import annotations

import pytest

from tests.browser import truth
from tests.browser.carte import Carte
from tests.browser.serving import Server
from tests.browser.views import Drawn, several
from tests.dashboard import changed

SERVED, CHANGED = 6, 7


def agree(carte: Carte, server: Server, view: Drawn) -> None:
    """Everything that the page prints of a view is what the API gives for it."""
    areas, metropole = truth.expected(server, view)
    listed, drawn, table = carte.listed(), carte.areas(), carte.table()
    assert [(code, line["value"], line["state"]) for code, line in listed.items()] == [
        (area.code, area.value, area.state) for area in areas
    ]
    for area in areas:
        rank, _, value, state, *parts = table[area.code]
        assert rank in ("", area.rank), "a rank that is not established has no number"
        assert listed[area.code]["rank"] == rank
        assert (value, state, *parts) == (area.value, truth.NAMED[area.state], *area.parts)
        assert drawn[area.code]["state"] == area.state
        if view.level is None or drawn[area.code]["printed"]:
            assert drawn[area.code]["printed"] == area.value
    assert table[""][2] == metropole
    assert (
        ("sans-commune" in table) == ("hors du classement" in carte.text("#nowhere")) == bool(truth.apart(server, view))
    )
    assert carte.text("#ranking-total") == f"métropole {metropole}"


def told(carte: Carte, server: Server, view: Drawn) -> None:
    """The sentence under the map, area by area, begins with the area's value and ends with the metropole's."""
    areas, metropole = truth.expected(server, view)
    for area in areas[:2] + areas[-1:]:
        carte.line(area.code).hover()
        said = carte.text("#figure")
        assert said.startswith(f"{area.value} "), said
        assert said.endswith(f" ; métropole\u00a0: {metropole}".replace(" ;", "\u202f;")), said
        if carte.listed()[area.code]["rank"] and len([one for one in areas if one.rank]) > 1 and area.state == "value":
            among = sum(one.rank != "" for one in areas)
            ordinal = "1er" if area.rank == "1" else f"{area.rank}e"
            assert f", {ordinal} sur {among}" in said, said
    picked = truth.picked(view)
    if picked:
        value = next(area.value for area in areas if area.code == picked)
        assert carte.text("#headline").startswith(f"{value} ") or value in truth.TEXTS.values()


@pytest.mark.parametrize("seed", range(SERVED))
def test_a_fresh_page(carte: Carte, server: Server, seed: int) -> None:
    view = several(server, seed, 1)[0]
    carte.open(view.query())
    agree(carte, server, view)
    told(carte, server, view)


def test_after_changes(carte: Carte, server: Server) -> None:
    carte.open()
    for view in several(server, 7, CHANGED, drilled=False):
        change(carte, view)
        agree(carte, server, view)


def change(carte: Carte, view: Drawn) -> None:
    """Come to a view from any other by the controls alone."""
    carte.choose("level", "territory").choose("indicator", view.indicator)
    carte.choose("level", view.level or "territory")
    for control in ("sector", "family", "year"):
        value = getattr(view, control)
        if not carte.page.locator(f"#{control}").is_disabled():
            if control != "year":
                carte.choose(control, value or "")
            elif value is not None:
                carte.choose(control, str(value))


def test_a_change_between_two_years(carte: Carte, server: Server) -> None:
    """The map, the list and the table print the one change that the API gives."""
    asked = "year=2022&compare=2019&level=commune&territory=3"
    table = carte.open(f"indicator=jobs&{asked}").table()
    answer = server.get(f"/api/v1/indicators/jobs?{asked}")
    changed.agree(answer, {code or "mel": cells for code, cells in table.items()}, percent=True)
    listed, drawn = carte.listed(), carte.areas()
    assert {code: line["value"] for code, line in listed.items()} == {
        area["code"]: table[area["code"]][2] for area in answer["values"]
    }
    printed = {code: drawn[code]["printed"] for code in listed if drawn[code]["printed"]}
    assert len(printed) > 3
    assert printed == {code: listed[code]["value"] for code in printed}


@pytest.mark.real
@pytest.mark.parametrize("seed", range(2))
def test_imported_data(carte: Carte, server: Server, seed: int) -> None:
    for view in several(server, seed, 4):
        carte.open(view.query())
        agree(carte, server, view)
