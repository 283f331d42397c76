"""From the metropole to a territory, to a commune, to its structures, and back up."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from geodata.perimeter import members
from tests.browser.carte import Carte
from tests.browser.serving import Server

ROUBAISIEN, ROUBAIX = "3", "59512"
COMMUNES = {code for code, territory in members().items() if territory == ROUBAISIEN}


def trail(carte: Carte) -> list[str]:
    return [step.strip() for step in carte.page.locator("#trail > *").all_text_contents()]


def test_down_to_the_structures_and_up_again(carte: Carte, server: Server) -> None:
    top = carte.open().leave().snapshot()

    territory = carte.pick(ROUBAISIEN).leave().snapshot()
    expect(carte.page).to_have_url(re.compile(r"/carte\?level=commune&territory=3$"))
    assert len(carte.areas()) == 95
    assert set(carte.listed()) == COMMUNES
    assert {code for code, area in carte.areas().items() if "apart" not in area["mark"]} == COMMUNES
    assert trail(carte) == ["Métropole", "Roubaisien"]
    expect(carte.page.locator("#structures")).to_be_hidden()

    carte.pick(ROUBAIX)
    expect(carte.page).to_have_url(re.compile(r"/carte\?level=commune&territory=3&commune=59512$"))
    assert trail(carte) == ["Métropole", "Roubaisien", "Roubaix"]
    count = server.get(f"/api/v1/actors?commune={ROUBAIX}&year=2023")["count"]
    shown = carte.text("#structures h2").replace("\u202f", "")
    assert shown == f"{count} structures ESS, 2023"
    assert carte.page.locator("#map .points circle").count() == count
    assert carte.page.locator("#structures li").count() == min(count, 300)
    expect(carte.line(ROUBAIX)).to_have_attribute("aria-pressed", "true")

    carte.press("Escape").leave()
    assert carte.snapshot() == territory
    carte.press("Escape").leave()
    assert carte.snapshot() == top
    carte.press("Escape")
    expect(carte.page).to_have_url(f"{carte.address}/carte")


def test_the_lillois_goes_straight_to_the_structures_of_lille(carte: Carte) -> None:
    top = carte.open().leave().snapshot()
    assert carte.page.locator("#map .orientation path").count() == 0
    carte.pick("8")
    assert trail(carte) == ["Métropole", "Lillois"]
    assert list(carte.listed()) == ["59350"]
    assert carte.page.locator("#map .orientation path").count() == 2
    expect(carte.page.locator("#structures h2")).to_contain_text("structures ESS")
    alone = r"[\d,]+ structures ESS pour 1\u202f000 habitants à Lille\u202f; métropole\u00a0: [\d,]+"
    assert re.fullmatch(alone, carte.text("#headline"))
    carte.press("Escape").leave()
    assert carte.snapshot() == top


def test_the_trail_leads_back(carte: Carte) -> None:
    carte.open(f"commune={ROUBAIX}&indicator=grants_amount")
    carte.page.locator("#trail").get_by_text("Roubaisien").click()
    carte.settled()
    expect(carte.page).to_have_url(f"{carte.address}/carte?indicator=grants_amount&level=commune&territory=3")
    expect(carte.page.locator("#trail > :last-child")).to_be_focused()
    carte.page.locator("#trail").get_by_text("Métropole").click()
    carte.settled()
    expect(carte.page).to_have_url(f"{carte.address}/carte?indicator=grants_amount")


@pytest.mark.parametrize("commune", ["59512", "59009", "59051"])
def test_the_sentence_of_a_commune_is_the_headline(carte: Carte, server: Server, commune: str) -> None:
    carte.open(f"commune={commune}&indicator=population")
    values = server.get("/api/v1/indicators/population?level=commune&year=2022")
    communes = [one for one in values["values"] if members()[one["code"]] == members()[commune]]
    mine = next(one for one in communes if one["code"] == commune)
    rank = 1 + sum(one["value"] > mine["value"] for one in communes)
    number, total = (f"{int(one['value']):,}".replace(",", "\u202f") for one in (mine, values["total"]))
    within = {"59512": "à Roubaix", "59009": "à Villeneuve-d’Ascq", "59051": "à La Bassée"}[commune]
    assert carte.text("#headline") == (
        f"{number} habitants {within}, {'1er' if rank == 1 else f'{rank}e'} sur {len(communes)}"
        f"\u202f; métropole\u00a0: {total}"
    )


def test_filters_are_kept_on_the_way_down(carte: Carte) -> None:
    carte.open("sector=enseignement&year=2022").pick("7")
    expect(carte.page).to_have_url(f"{carte.address}/carte?sector=enseignement&year=2022&level=commune&territory=7")
    code = next(iter(carte.listed()))
    carte.pick(code)
    expect(carte.page.locator("#structures h2")).to_contain_text(", 2022")
    details = set(carte.page.locator("#structures small").all_text_contents())
    assert {detail.split(" · ")[0] for detail in details} == {"Enseignement"}


def test_without_network_the_map_says_so_and_keeps_the_former_choice(carte: Carte) -> None:
    carte.open()
    before = carte.listed()
    carte.page.route("**/pack/**", lambda route: route.fulfill(status=200, body="{", content_type="application/json"))
    carte.page.select_option("#indicator", "population_65_share")
    expect(carte.page.locator("#notes")).to_have_text(
        "Ces valeurs n’ont pas pu être lues\u00a0: réseau ou serveur absent. La carte montre encore le choix précédent."
    )
    assert carte.listed() == before
