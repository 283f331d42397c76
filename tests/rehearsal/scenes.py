"""The meeting, scene by scene, as those who are there live it: prepared, joined, looked at, guessed, written."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from dashboard.documents import links
from layers.written.workshop import entrance, meetings
from layers.written.workshop.meetings import COLLEGES
from tests.rehearsal import said
from tests.rehearsal.room import Room

BY_HAND = 3
"""Telephones that type the code; the others open the address that the code to scan holds."""
OUT_OF_REACH = range(10, len(said.FINDINGS))
"""Telephones whose network is cut while they write."""


def today() -> str:
    """The day, as forms take it."""
    return datetime.now(UTC).date().isoformat()


def entered(room: Room) -> None:
    """Who leads signs in, at the desk and on the screen: a server that listens to a room has no local administration.

    The code of the meeting is shown on the screen of who leads only.
    """
    for page in (room.screen, room.desk):
        page.goto(f"{room.machine.address}/connexion")
        page.locator("#name").fill(said.NAME)
        page.locator("#password").fill(said.PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_url(f"{room.machine.address}/")


def prepared(room: Room) -> None:
    """A facilitator writes the meeting, and makes two of its scenes from the map that is on the desk."""
    desk = room.desk
    desk.goto(f"{room.machine.address}/atelier")
    desk.locator("#new-place").select_option(said.PLACE)
    desk.locator("#new-held").fill(today())
    desk.locator("#new-name").fill(said.TITLE)
    desk.get_by_role("button", name="Créer").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(said.TITLE)
    room.meeting = desk.url.partition("#")[0].rpartition("/")[2]
    from_the_map(room, "view", said.SHOW)
    from_the_map(room, "rank", said.GUESS, said.NOTES)
    by_hand(desk, "board", said.BOARD)
    by_hand(desk, "vote", said.VOTE, dots=said.DOTS)
    expect(desk.locator(".scenes h3")).to_have_text([said.SHOW, said.GUESS, said.BOARD, said.VOTE])
    room.picture("01-preparation", desk)


def from_the_map(room: Room, kind: str, question: str, notes: str = "") -> None:
    """A scene by « Ajouter à l’atelier » of the map."""
    desk = room.desk
    desk.goto(f"{room.machine.address}/carte?{said.VIEW}")
    expect(desk.locator("main[data-ready]")).to_be_attached()
    desk.locator("button:is(.menu, .more-pages):visible").click()
    desk.get_by_role("link", name="Ajouter à l’atelier").click()
    desk.get_by_label("Genre de scène").select_option(kind)
    desk.get_by_label("Question ou titre de la scène").fill(question)
    desk.get_by_label("Notes, que seul voit qui anime").fill(notes)
    desk.get_by_label("Durée prévue, en minutes").fill("7")
    desk.get_by_role("button", name="Ajouter la scène").click()
    expect(desk.locator(".scenes h3").last).to_have_text(question)


def by_hand(desk: Page, kind: str, question: str, dots: int = 5) -> None:
    """A scene by the form of the preparation."""
    desk.get_by_text("Écrire une scène").click()
    desk.locator("#new-kind").select_option(kind)
    desk.locator("#new-question").fill(question)
    desk.locator("#new-dots").fill(str(dots))
    desk.get_by_role("button", name="Ajouter la scène").click()
    expect(desk.locator(".scenes h3").last).to_have_text(question)


def opened(room: Room) -> None:
    """The meeting is opened; the desk and the screen take their places."""
    room.desk.get_by_role("button", name="Ouvrir aux participants").click()
    room.code = room.desk.locator(".join .letters").inner_text()
    room.desk.goto(f"{room.own}/animer")
    room.screen.goto(f"{room.own}/projection")
    expect(room.screen.locator(".letters")).to_have_text(room.code)
    room.picture("02-accueil")
    read = f"{room.machine.address}/a/{entrance.token(meetings.read(room.database, room.meeting))}"
    expect(room.screen.locator(".qr")).to_have_attribute("src", links.source(links.code_svg(read)))
    room.read = read


def joined(room: Room) -> None:
    """Twenty telephones come, each as a college, and the desk counts them; none gets in by the address alone."""
    stranger = room.enter().page
    stranger.goto(f"{room.own}/participer")
    expect(stranger.locator("#join-code")).to_be_visible()
    expect(stranger.get_by_role("button", name=COLLEGES["elected"].capitalize())).to_have_count(0)
    room.phones.pop().page.context.close()
    for n, college in enumerate(said.PEOPLE):
        page = room.enter().page
        if n < BY_HAND:
            page.goto(f"{room.machine.address}/atelier")
            page.locator("#join-code").fill(room.code.lower())
            page.get_by_role("button", name="Participer").click()
        else:
            page.goto(room.read)
        if n == 0:
            room.picture("03-telephone-colleges", page)
        page.get_by_role("button", name=COLLEGES[college].capitalize()).click()
        expect(page.locator("[data-part=phone]")).to_contain_text(said.TITLE)
    each = [f"{label} : {said.PEOPLE.count(key)}" for key, label in COLLEGES.items()]
    expect(room.desk.locator("[data-part=desk] .note").first).to_contain_text(", ".join(each))
    counted = re.findall(r": (\d+)", room.desk.locator("[data-part=desk] .note").first.inner_text())
    room.count("telephones", sent=len(room.phones), desk=sum(map(int, counted)))


def moved(room: Room, question: str, *, first: bool = False) -> None:
    """The desk goes one scene on, and every window follows."""
    room.desk.get_by_role("button", name="Commencer" if first else "Scène suivante").click()
    for page in room.windows:
        expect(page.locator("main h1")).to_have_text(question)
    room.readable()


def looked_at(room: Room) -> None:
    """The map is on the screen."""
    moved(room, said.SHOW, first=True)
    frame = room.screen.frame_locator("iframe.whole")
    expect(frame.locator("main[data-ready]")).to_be_attached()
    room.picture("04-carte")
    room.picture("04-bureau", room.desk)
    room.picture("04-telephone", room.phones[0].page)


def disputed(room: Room) -> None:
    """A telephone opens the view, says that its figure is wrong, and comes back to the meeting."""
    page = room.phones[1].page
    page.get_by_role("link", name="Voir la vue sur ce téléphone").click()
    expect(page.locator("main[data-ready]")).to_be_attached()
    page.get_by_role("link", name="Je conteste un chiffre de cette page").click()
    page.locator("#reason").fill(said.DISPUTED)
    room.picture("05-telephone-conteste", page)
    page.get_by_role("button", name="Contester ce chiffre").click()
    expect(page.locator("main")).to_contain_text(said.DISPUTED)
    room.count("disputes", sent=1, acknowledged=1, phones=1)
    page.goto(f"{room.machine.address}/a/{room.code}")
    expect(page.locator("main h1")).to_have_text(said.SHOW)


def guessed(room: Room) -> None:
    """Everybody ranks the territories before the screen shows what is measured."""
    moved(room, said.GUESS)
    for n, phone in enumerate(room.phones):
        for rank, code in enumerate(said.guess(n), start=1):
            phone.page.locator(f"#rank-{code}").select_option(str(rank))
        phone.send("guesses")
        phone.told()
    everybody = f"{len(room.phones)} réponses"
    expect(room.screen.locator("[data-part=count]")).to_contain_text(everybody)
    expect(room.desk.locator("[data-part=desk]")).to_contain_text(f"{everybody} à cette scène")
    expect(room.screen.locator(".guess")).to_have_count(0)
    room.picture("06-avant")
    room.picture("06-telephone", room.phones[0].page)
    room.count("guesses", desk=len(room.phones), screen=len(room.phones))


def revealed(room: Room) -> None:
    """What is measured beside what was guessed, the same in every window."""
    room.desk.get_by_role("button", name="Révéler").click()
    rows = room.screen.locator(".guess tbody tr")
    expect(rows).to_have_count(8)
    told = rows.all_text_contents()
    for page in room.windows:
        expect(page.locator(".guess tbody tr")).to_have_text(told)
    room.readable()
    room.count("guesses", phones=len(room.phones))
    room.picture("07-revele")
    room.picture("07-bureau", room.desk)
    room.picture("07-telephone", room.phones[0].page)


def written(room: Room) -> None:
    """Fifteen telephones write a finding, five of them without network."""
    moved(room, said.BOARD)
    for n, (quadrant, sentence) in enumerate(said.FINDINGS):
        phone = room.phones[n]
        if n in OUT_OF_REACH:
            phone.cut(off=True)
        phone.page.locator("#sentence").fill(sentence)
        phone.page.locator("#quadrant").select_option(quadrant)
        phone.send("findings")
        phone.told(waiting=1 if n in OUT_OF_REACH else 0)
    expect(room.desk.locator(".pending li")).to_have_count(len(said.FINDINGS) - len(OUT_OF_REACH))
    room.picture("08-telephone-sans-reseau", room.phones[OUT_OF_REACH[0]].page)


def accepted(room: Room) -> None:
    """The network comes back; the desk takes all of the findings into the register."""
    for n in OUT_OF_REACH:
        room.phones[n].cut(off=False)
    for n in OUT_OF_REACH:
        room.phones[n].told()
    pending = room.desk.locator(".pending li")
    expect(pending).to_have_count(len(said.FINDINGS))
    room.picture("09-bureau-propositions", room.desk)
    for left in range(len(said.FINDINGS) - 1, -1, -1):
        room.desk.get_by_role("button", name="Accepter").first.click()
        expect(pending).to_have_count(left)
    shown = room.screen.locator(".board li:not(.none)")
    expect(shown).to_have_count(len(said.FINDINGS))
    room.readable()
    room.count("findings", desk=len(said.FINDINGS), screen=shown.count())
    room.picture("10-constats")
