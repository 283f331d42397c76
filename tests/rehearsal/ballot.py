"""The vote: begun, cut, killed, taken up again, counted; the meeting is closed."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from layers.written.workshop.meetings import COLLEGES
from tests.rehearsal import said
from tests.rehearsal.room import QUEUE, Phone, Room
from tests.rehearsal.scenes import moved

IN_TIME, CUT_OFF, IN_FLIGHT, TOO_LATE = range(7), range(7, 12), range(12, 16), range(16, said.PHONES)
"""Telephones that vote before the kill, without network, at its very moment, and while nothing serves."""
REOPENED = TOO_LATE[-1]
"""The one whose page is lost in between, and opened again."""


def filled(phone: Phone, n: int) -> None:
    """Share out the dots of a telephone."""
    for sentence, number in said.ballot(n).items():
        phone.page.get_by_label(sentence, exact=True).select_option(str(number))


def vote(room: Room, n: int) -> None:
    """A telephone shares out its dots and sends them."""
    filled(room.phones[n], n)
    room.phones[n].send("ballots")


def begun(room: Room) -> None:
    """A third votes; others vote without network."""
    moved(room, said.VOTE)
    for n in IN_TIME:
        vote(room, n)
        room.phones[n].told()
    for n in CUT_OFF:
        room.phones[n].cut(off=True)
        vote(room, n)
        room.phones[n].told(waiting=1)
    votes = room.screen.locator("[data-part=count]")
    expect(votes).to_contain_text("Vote secret")
    expect(votes.locator(".note")).to_contain_text("élus : 3 votants")
    room.picture("11-vote")
    room.picture("11-telephone", room.phones[-1].page)
    room.picture("11-telephone-sans-reseau", room.phones[CUT_OFF[0]].page)


def killed(room: Room) -> None:
    """The server is killed while ballots come in; others are sent to nobody."""
    for n in IN_FLIGHT:
        filled(room.phones[n], n)
    for n in IN_FLIGHT:
        room.phones[n].page.get_by_role("button", name="Envoyer").dispatch_event("click")
        room.phones[n].sent["ballots"] += 1
    room.machine.kill()
    for n in TOO_LATE:
        vote(room, n)
        room.phones[n].told(waiting=1)
    for page in room.windows:
        expect(page.locator(".offline")).to_be_visible()
    room.picture("12-coupure")
    room.picture("12-bureau-coupure", room.desk)
    room.picture("12-telephone-coupure", room.phones[TOO_LATE[0]].page)
    room.phones[REOPENED].page.goto("about:blank")


def restarted(room: Room) -> None:
    """The server is there again: every window takes up by itself, and every ballot arrives."""
    room.machine.start()
    for n in CUT_OFF:
        room.phones[n].cut(off=False)
    room.phones[REOPENED].page.goto(f"{room.own}/participer")
    for phone in room.phones:
        phone.told()
        assert phone.page.evaluate(QUEUE, room.meeting) == [], "nothing waits any more"
        assert phone.again() == 200, "the same ballot is known, and not written"
    for page in room.windows:
        expect(page.locator(".offline")).to_be_hidden()
        expect(page.locator("main h1")).to_have_text(said.VOTE)
    each = [f"{label} : {said.PEOPLE.count(key)} votants" for key, label in COLLEGES.items()]
    for page in (room.desk, room.screen):
        expect(page.locator(".note", has_text="votants")).to_have_text(", ".join(each))
    room.count("ballots", desk=voters(room.desk), screen=voters(room.screen), phones=len(room.phones))
    room.picture("13-reprise")
    room.picture("13-telephone", room.phones[CUT_OFF[0]].page)


def voters(page: Page) -> int:
    """How many a window says have voted, all colleges together."""
    return sum(map(int, re.findall(r"\d+", page.locator(".note", has_text="votants").inner_text())))


def counted(room: Room) -> None:
    """The vote is closed: every window shows the same dots, college by college."""
    room.desk.get_by_role("button", name="Clore le vote").click()
    due = said.outcome()
    for page in room.windows:
        expect(page.locator(".votes > li")).to_have_count(len(due))
    room.readable()
    shown = [votes(page) for page in room.windows]
    assert shown == [due] * len(room.windows), "every window shows what the telephones sent"
    desk, screen, *phones = (sum(sum(one.values()) for one in found.values()) for found in shown)
    room.count("dots", desk=desk, screen=screen, phones=phones[0])
    room.picture("14-resultats")
    room.picture("14-bureau", room.desk)
    room.picture("14-telephone", room.phones[0].page)


def votes(page: Page) -> dict[str, dict[str, int]]:
    """The dots that a window shows, by sentence, then by college."""
    found = {}
    for line in page.locator(".votes > li").all():
        told = line.locator("small").text_content() or ""
        by = {key: re.search(rf"{label}\s:\s(\d+)", told) for key, label in COLLEGES.items()}
        found[" ".join(line.locator("span").first.text_content().split())] = {
            key: int(hit[1]) if hit else -1 for key, hit in by.items()
        }
    return found


def closed(room: Room) -> None:
    """The meeting is closed: the telephones are thanked, without being asked anything more."""
    room.desk.goto(room.own)
    room.desk.get_by_role("button", name="Clore : oublier les téléphones").click()
    expect(room.desk.locator("main")).to_contain_text("plus liées à aucun téléphone")
    for phone in room.phones:
        expect(phone.page.locator("main")).to_contain_text("Cette rencontre est close. Merci !")
    expect(room.screen.locator(".votes > li")).to_have_count(len(said.outcome()))
    room.picture("15-close", room.desk)
    room.picture("15-ecran-clos")
    room.picture("15-telephone-clos", room.phones[0].page)
