"""What was sent, acknowledged, stored and seen: one table, and what of it is not as it must be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from layers.written import disputes, register
from layers.written.workshop import contributions, meetings, results, scenes, tally
from layers.written.workshop.ballots import FINDING
from tests.rehearsal import said

if TYPE_CHECKING:
    from layers.written.database import Database
    from tests.rehearsal.room import Room

WHERE = ("sent", "acknowledged", "stored", "desk", "screen", "phones", "register", "pdf", "docx", "pptx")
DUE = {
    "telephones": said.PHONES, "guesses": said.PHONES, "findings": len(said.FINDINGS), "ballots": said.PHONES,
    "dots": said.PHONES * said.DOTS, "disputes": 1,
}  # fmt: skip
"""What each line must come to, in each of its columns."""


def stored(room: Room) -> None:
    """Count what is written while the telephones are still told apart, and hold it against what was acknowledged."""
    database, kept = room.database, {one.kind: one for one in scenes.listed(room.database, room.meeting)}
    guesses = contributions.counted(database, kept[scenes.RANK])
    ballots = contributions.counted(database, kept[scenes.VOTE])
    findings = contributions.proposed(database, room.meeting, contributions.ACCEPTED)
    assert not any(one.late for one in (*guesses, *ballots)), "nothing came too late"
    assert not contributions.proposed(database, room.meeting), "nothing waits for the desk"
    names = [one.id for one in (*guesses, *findings, *ballots)]
    told = [phone.acknowledged for phone in room.phones]
    assert sorted(names) == sorted(name for one in told for name in one), "what is written is what was acknowledged"
    assert [len(one) for one in told] == [phone.sent.total() for phone in room.phones], "each was told of each"
    assert sorted(each_once(findings)) == sorted(said.FINDINGS)
    everything = set().union(*told)
    for what, found in (("guesses", guesses), ("findings", findings), ("ballots", ballots)):
        own = {one.id for one in found} & everything
        sent = sum(phone.sent[what] for phone in room.phones)
        room.count(what, sent=sent, acknowledged=len(own), stored=len(found))
    room.count("telephones", stored=sum(meetings.joined(database, room.meeting).values()))
    dots = sum(sum(said.ballot(n).values()) for n in range(len(room.phones)))
    room.count("dots", sent=dots, stored=sum(sum(one.held.values()) for one in ballots))
    assert tallied(database, room, tally.dots(ballots, secret=True)) == said.outcome()


def kept(room: Room) -> None:
    """Count what stays once the meeting is closed: the same, and nothing of any telephone."""
    database = room.database
    (result,) = results.closed(database, said.PLACE)
    assert tallied(database, room, result.tally) == said.outcome()
    assert meetings.joined(database, room.meeting) == {}
    assert meetings.read(database, room.meeting).attendance == {key: said.PEOPLE.count(key) for key in said.FAVOURITES}
    found = [one for one in register.listed(database, said.PLACE) if not one.withdrawn]
    assert sorted((one.quadrant, one.sentence) for one in found) == sorted(said.FINDINGS)
    for one in found:
        assert [change.what for change in register.history(database, one.id)] == ["added"], "taken once"
    (dispute,) = disputes.listed(database)
    assert (dispute.place, dispute.reason) == (said.PLACE, said.DISPUTED)
    room.count("disputes", stored=1)


def each_once(found: list[contributions.Contribution]) -> list[tuple[str, str]]:
    """Quadrant and sentence of proposed findings."""
    assert all(one.kind == FINDING for one in found)
    return [(one.held["quadrant"], one.held["sentence"]) for one in found]


def tallied(database: Database, room: Room, found: tally.Tally) -> Mapping[str, Mapping[str, int | None]]:
    """A tally by sentence, then by college."""
    sentences = {one.id: one.sentence for one in register.listed(database, said.PLACE)}
    return {sentences[one.finding]: dict(one.by_college) for one in found.votes}


def table(seen: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The numbers, a line for each thing that was counted; a dash where a place does not show it."""
    rows = [f"| {'':10} | " + " | ".join(WHERE) + " |", "|---" * (len(WHERE) + 1) + "|"]
    for what, where in seen.items():
        cells = (str(where.get(column, "–")).rjust(len(column)) for column in WHERE)
        rows.append(f"| {what:10} | " + " | ".join(cells) + " |")
    return rows


def wrong(seen: Mapping[str, Mapping[str, int]]) -> list[str]:
    """What is not as it was sent."""
    lines = [f"{what}: none were counted" for what in DUE if what not in seen]
    return lines + [
        f"{what}, {column}: {number} for {DUE[what]}"
        for what, where in seen.items()
        for column, number in where.items()
        if number != DUE[what]
    ]
