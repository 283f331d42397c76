"""Votes that are closed, as the register tells them."""

from __future__ import annotations

import uuid

from layers.written import register
from layers.written.database import Database
from layers.written.register import Finding
from layers.written.workshop import contributions, meetings, results, scenes
from layers.written.workshop.contributions import Sending
from layers.written.workshop.meetings import Meeting
from layers.written.workshop.scenes import Scene
from tests.databases import Address


def test_only_closed_votes_are_told_and_small_colleges_stay_hidden(address: Address) -> None:
    database = Database(address())
    meeting = meetings.prepare(database, Meeting("3", "Rencontre fictive", "2026-12-03"), "moi")
    found = register.add(database, Finding("3", "Constat fictif.", "strength", source="fictive"), "moi")
    vote = scenes.add(database, Scene(meeting.id, "vote", "Lequel ?"), "moi")
    meetings.open_(database, meeting.id, "moi")
    for n, college in enumerate(("elected", "elected", "elected", "actors", "actors", "actors", "actors")):
        contributions.join(database, meeting, f"d{n}", college)
        contributions.send(database, meeting, f"d{n}", Sending(uuid.uuid4().hex, vote.id, {found.id: 2}))
    assert results.closed(database, "3") == []
    meetings.close(database, meeting.id, "moi")
    (result,) = results.closed(database, "3")
    ((told, votes),) = results.by_finding([result])[found.id]
    assert told.meeting.id == meeting.id
    assert (votes.dots, votes.by_college["elected"], votes.by_college["actors"]) == (14, 6, 8)
    assert results.closed(database, "4") == []
    scenes_now = scenes.read(database, vote.id)
    scenes.withdraw(database, vote.id, scenes_now.version, "moi")
    assert results.closed(database, "3") == []
