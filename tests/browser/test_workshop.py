"""A workshop in three windows: a desk, a screen, telephones; a cut of the network in the middle; nothing twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import walls
from tests.browser.carte import Carte
from tests.browser.serving import Server


def looked_at(page: Page, *, phone: bool = False) -> None:
    """Nothing that axe finds, nothing beyond the edge, nothing too small for a thumb."""
    for width, height in ((360, 740), (390, 844)) if phone else ((1280, 720), (390, 844), (360, 740), (1280, 720)):
        page.set_viewport_size({"width": width, "height": height})
        assert walls.faults(page) == []
        assert walls.fits(page) == []
        if width < 400:
            assert page.evaluate(walls.SMALL, walls.THUMB) == []


def scene(page: Page, kind: str, question: str, view: str = "") -> None:
    """Write a scene with the form of the preparation."""
    if not page.locator("#new-question").is_visible():
        page.get_by_text("Écrire une scène").click()
    page.locator("#new-kind").select_option(kind)
    page.locator("#new-question").fill(question)
    page.locator("#new-view").fill(view)
    page.get_by_role("button", name="Ajouter la scène").click()
    expect(page.locator(".scenes h3").last).to_have_text(question)


def joined(browser: Browser, address: str, college: str) -> Page:
    """A telephone of its own that takes part."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(address)
    page.get_by_role("button", name=college).click()
    expect(page.locator("[data-part=phone]")).to_be_visible()
    return page


def prepared(desk: Page, address: str) -> str:
    """A meeting with its four scenes, written as a facilitator does; its address."""
    desk.goto(f"{address}/atelier")
    looked_at(desk)
    desk.locator("#new-place").select_option("6")
    desk.locator("#new-held").fill("2026-12-03")
    desk.locator("#new-name").fill("Rencontre fictive")
    desk.get_by_role("button", name="Créer").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Rencontre fictive")
    scene(desk, "view", "Où sont les structures ?", "/carte?indicator=actors_per_1000")
    scene(desk, "rank", "Quel territoire en a le plus ?", "/carte?indicator=actors_per_1000")
    scene(desk, "board", "Que constatons-nous ?")
    scene(desk, "vote", "Qu’est-ce qui compte le plus ?")
    looked_at(desk)
    return desk.url.partition("#")[0]


def received(phone: Page) -> None:
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.locator(".queue")).to_have_text("Reçu.")


def guessed(desk: Page, screen: Page, phones: list[Page]) -> None:
    """All rank the territories on their telephone before the screen shows what is measured."""
    for phone in phones:
        expect(phone.get_by_role("heading", level=1)).to_have_text("Quel territoire en a le plus ?")
        for n in range(1, 9):
            phone.locator(f"#rank-{n}").select_option(str(n))
        received(phone)
    looked_at(phones[0], phone=True)
    expect(screen.locator("[data-part=count]")).to_contain_text("3 réponses")
    desk.get_by_role("button", name="Révéler").click()
    expect(screen.locator(".guess tbody tr")).to_have_count(8)
    looked_at(screen)


def proposed_through_a_cut(desk: Page, screen: Page, phone: Page) -> None:
    """What is sent without network waits on the telephone, and comes once."""
    expect(phone.locator("#sentence")).to_be_visible()
    answers = [(403, {"told": "Refusé.", "token": "0"}), (422, {"told": "Refusé."})]  # an aged form is sent again, once

    def answer(route: Route) -> None:
        status, body = answers.pop(0)
        route.fulfill(status=status, json=body)

    phone.route("**/envoyer", answer, times=2)
    phone.locator("#sentence").fill("Constat fictif refusé.")
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.locator(".queue")).to_have_text("Refusé.")
    expect(phone.locator("#sentence")).to_have_value("Constat fictif refusé.")
    assert answers == []
    phone.context.set_offline(True)
    for n in range(2):
        phone.locator("#sentence").fill(f"Constat fictif {n}.")
        phone.get_by_role("button", name="Envoyer").click()
    expect(phone.locator(".queue")).to_contain_text("attendent le réseau : 2")
    phone.context.set_offline(False)
    expect(desk.locator(".pending li")).to_have_count(2)
    for n in (1, 0):
        desk.get_by_role("button", name="Accepter").first.click()
        expect(desk.locator(".pending li")).to_have_count(n)
    expect(screen.locator(".board li:not(.none)")).to_have_count(2)
    looked_at(desk)


def known_again(desk: Page, phone: Page, code: str) -> None:
    """A telephone whose cookies are gone keeps what it sends, and what is being typed, until the code is given."""
    phone.context.clear_cookies(name="ess_telephone")
    phone.context.clear_cookies(name="ess_salle")
    phone.locator("#sentence").fill("Constat d’un téléphone oublié.")
    phone.get_by_role("button", name="Envoyer", exact=True).click()
    expect(phone.locator(".queue")).to_contain_text("donnez le code affiché dans la salle")
    phone.locator("#sentence").fill("Le suivant, en cours.")
    looked_at(phone, phone=True)
    phone.locator("#join-code").fill("zzz zzz")
    phone.get_by_role("button", name="Participer et envoyer").click()
    expect(phone.locator(".queue")).to_contain_text("Ce n’est pas le code")
    phone.locator("#join-code").fill(code)
    phone.get_by_role("button", name="Participer et envoyer").click()
    expect(phone.locator(".queue")).to_have_text("Reçu.")
    expect(phone.locator("#join-code")).to_be_hidden()
    expect(phone.locator("#sentence")).to_have_value("Le suivant, en cours.")
    phone.context.clear_cookies()  # all of them, as where a browser was closed for long
    phone.get_by_role("button", name="Envoyer", exact=True).click()
    expect(phone.locator(".queue")).not_to_have_text("Reçu.")
    phone.reload()
    expect(phone.locator(".queue")).to_contain_text("donnez le code affiché dans la salle")
    looked_at(phone, phone=True)
    phone.locator("#join-code").fill(f"{code[:3]} {code[3:]}".lower())
    phone.get_by_role("button", name="Participer").click()
    phone.get_by_role("button", name="Élus").click()
    expect(phone.locator(".queue")).to_have_text("Reçu.")
    expect(desk.locator(".pending li b")).to_have_text(["Constat d’un téléphone oublié.", "Le suivant, en cours."])
    for n in (1, 0):
        desk.get_by_role("button", name="Laisser").first.click()
        expect(desk.locator(".pending li")).to_have_count(n)


def voted(desk: Page, screen: Page, phones: list[Page]) -> None:
    """A secret vote shows nothing before it is closed."""
    phones[1].route("**/envoyer", lambda route: route.fulfill(content_type="text/html", body="<p>Portail</p>"), times=1)
    for phone in phones:
        phone.locator(".sending select").first.select_option("3")
        received(phone)  # the page of a gate is no acknowledgement: it is sent again
    phones[0].reload()
    expect(phones[0].locator(".queue")).to_contain_text("Votre réponse est reçue")
    expect(screen.locator("[data-part=count]")).to_contain_text("Vote secret")
    desk.get_by_role("button", name="Clore le vote").click()
    expect(screen.locator(".votes li").first).to_contain_text("9 points")
    looked_at(screen)


@pytest.mark.usefixtures("administrator")
def test_a_workshop_from_preparation_to_close(carte: Carte, server: Server, browser: Browser) -> None:
    desk = carte.page
    own = prepared(desk, carte.address)
    desk.get_by_role("button", name="Ouvrir aux participants").click()
    code = desk.locator(".join .letters").inner_text()
    desk.goto(f"{own}/animer")
    looked_at(desk)
    screen = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    server.administer(screen.context)  # its keys lead too
    screen.goto(f"{own}/projection")
    expect(screen.locator(".letters")).to_have_text(code)
    looked_at(screen)
    phones = [joined(browser, f"{carte.address}/a/{code}", name) for name in ("Élus", "Acteurs", "Services")]
    looked_at(phones[0], phone=True)
    desk.get_by_role("button", name="Commencer").click()
    expect(screen.locator("iframe")).to_be_visible()
    inside = screen.frame_locator("iframe")
    expect(inside.locator("p.keys")).to_be_hidden()
    inside.locator("body").press("ArrowRight")  # whoever clicked on the map still leads the scenes
    guessed(desk, screen, phones)
    screen.keyboard.press("ArrowRight")
    proposed_through_a_cut(desk, screen, phones[0])
    known_again(desk, phones[0], code)
    desk.get_by_role("button", name="Scène suivante").click()
    voted(desk, screen, phones)
    desk.goto(own)
    desk.get_by_role("button", name="Clore : oublier les téléphones").click()
    expect(desk.locator("main")).to_contain_text("plus liées à aucun téléphone")
    phones[0].reload()
    expect(phones[0].get_by_role("heading", level=1)).to_have_text("Rencontre fictive")
    desk.goto(f"{carte.address}/diagnostic/6")
    expect(desk.locator("article h3")).to_have_text(["Constat fictif 0.", "Constat fictif 1."])
    for page in (screen, *phones):
        page.context.close()
