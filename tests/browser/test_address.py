"""The address is the state: every change is in it, and it gives the same view back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.carte import Carte
from tests.browser.reading import differences
from tests.browser.serving import Server
from tests.browser.views import several

STRANGE = "indicator=bonheur&sector=licornes&year=1515&level=canton&territory=9&commune=75056&couleur=bleu"
CHANGES = (
    ("indicator", "grants_amount", "indicator=grants_amount"),
    ("sector", "enseignement", "indicator=grants_amount&sector=enseignement"),
    ("family", "association", "indicator=grants_amount&sector=enseignement&family=association"),
    ("year", "2022", "indicator=grants_amount&sector=enseignement&family=association&year=2022"),
    ("level", "commune", "indicator=grants_amount&sector=enseignement&family=association&year=2022&level=commune"),
)


def test_every_change_is_in_the_address_and_back_undoes_it(carte: Carte) -> None:
    views = [carte.open().snapshot()]
    for control, value, query in CHANGES:
        carte.choose(control, value)
        expect(carte.page).to_have_url(f"{carte.address}/carte?{query}")
        views.append(carte.snapshot())
    for view in reversed(views[:-1]):
        carte.page.go_back()
        assert differences(carte.settled().snapshot(), view) == {}
    for view in views[1:]:
        carte.page.go_forward()
        assert differences(carte.settled().snapshot(), view) == {}
    carte.page.reload()
    assert differences(carte.ready().snapshot(), views[-1]) == {}


@pytest.mark.parametrize("seed", range(3))
def test_a_copied_link_gives_the_same_view_elsewhere(carte: Carte, server: Server, seed: int) -> None:
    view = several(server, 40 + seed, 1)[0]
    here = carte.open(view.query()).snapshot()
    browser = carte.page.context.browser
    assert browser is not None
    elsewhere = browser.new_page(viewport=carte.page.viewport_size, reduced_motion="reduce")
    try:
        assert (
            differences(Carte(elsewhere, server.address).open(carte.page.url.partition("?")[2]).snapshot(), here) == {}
        )
    finally:
        elsewhere.close()


def test_reset_goes_back_to_the_first_view(carte: Carte) -> None:
    first = carte.open().snapshot()
    for control, value, _ in CHANGES:
        carte.choose(control, value)
    carte.choose("method", "quantile")
    carte.page.click("#reset")
    assert differences(carte.settled().snapshot(), first) == {}


def test_what_the_address_says_and_nobody_knows_is_listed(carte: Carte) -> None:
    carte.open(STRANGE)
    notice = carte.page.locator("#ignored")
    expect(notice).to_be_visible()
    assert re.sub(r"\s+", " ", carte.text("#ignored")) == (
        "Non reconnu dans l’adresse, laissé de côté : indicator=bonheur, sector=licornes, year=1515, "
        "level=canton, territory=9, commune=75056, couleur=bleu."
    )
    usual = _view(carte.snapshot())
    assert differences(_view(carte.open().snapshot()), usual) == {}
    expect(notice).to_have_count(0)


def test_the_notice_goes_with_the_next_choice(carte: Carte) -> None:
    carte.open("couleur=bleu")
    expect(carte.page.locator("#ignored")).to_be_visible()
    carte.choose("year", "2022")
    expect(carte.page.locator("#ignored")).to_have_count(0)


INCOHERENT = {
    "a sector where the indicator has none": ("indicator=population&sector=commerce", "indicator=population"),
    "a family where the indicator has none": (
        "indicator=population_density&family=mutuelle",
        "indicator=population_density",
    ),
    "a commune without its territory": ("commune=59512", "level=commune&territory=3&commune=59512"),
    "a commune in another territory": ("commune=59512&territory=1", "level=commune&territory=3&commune=59512"),
    "the Lillois by commune": ("level=commune&territory=8", "level=commune&territory=8&commune=59350"),
}


@pytest.mark.parametrize(("said", "meant"), INCOHERENT.values(), ids=INCOHERENT)
def test_what_does_not_go_together_is_brought_back_to_what_does(carte: Carte, said: str, meant: str) -> None:
    found = _view(carte.open(said).snapshot())
    assert differences(found, _view(carte.open(meant).snapshot())) == {}


def test_an_indicator_without_data_is_shown_as_such_by_both(carte: Carte) -> None:
    first = carte.open("indicator=openings").snapshot()
    assert {area["state"] for area in first["areas"].values()} == {"missing"}
    carte.choose("level", "commune")
    carte.page.go_back()
    assert differences(carte.settled().snapshot(), first) == {}


def test_perimeters_draw_other_communes_apart_and_keep_the_territory(carte: Carte) -> None:
    carte.open("level=commune&territory=7&perimeter=85")
    assert len(carte.areas()) == 85
    carte.choose("perimeter", "90")
    carte.ready()
    assert len(carte.areas()) == 90
    expect(carte.page).to_have_url(re.compile("territory=7&perimeter=90"))
    carte.page.go_back()
    carte.ready()
    assert len(carte.areas()) == 85


def _view(snapshot: dict[str, Any]) -> dict[str, Any]:
    """A snapshot without the addresses in it: that it was asked for with too many words does not count."""
    return {key: value for key, value in snapshot.items() if key != "address"}
