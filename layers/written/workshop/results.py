"""Votes that are closed, finding by finding: what the register and the versions of a diagnostic tell of them."""

from __future__ import annotations

from dataclasses import dataclass

from layers.written.database import Database
from layers.written.workshop import contributions, meetings, scenes, tally
from layers.written.workshop.meetings import CLOSED, Meeting
from layers.written.workshop.scenes import VOTE, Scene
from layers.written.workshop.tally import Tally, Votes


@dataclass(frozen=True, slots=True)
class Result:
    """One vote that is closed: its meeting, its scene, what it adds up to."""

    meeting: Meeting
    scene: Scene
    tally: Tally


def closed(database: Database, place: str) -> list[Result]:
    """The votes of the meetings of a place that are closed, in their order; those withdrawn are left out."""
    found = []
    for meeting in meetings.listed(database, place):
        if meeting.withdrawn:
            continue
        for scene in scenes.listed(database, meeting.id):
            if scene.kind != VOTE or scene.withdrawn or (scene.open and meeting.state != CLOSED):
                continue
            answers = contributions.counted(database, scene)
            if answers:
                found.append(Result(meeting, scene, tally.dots(answers, secret=scene.secret)))
    return found


def by_finding(results: list[Result]) -> dict[str, list[tuple[Result, Votes]]]:
    """The votes that each finding got, by its identifier; small groups of a secret vote stay hidden (`tally.dots`)."""
    found: dict[str, list[tuple[Result, Votes]]] = {}
    for result in results:
        for votes in result.tally.votes:
            found.setdefault(votes.finding, []).append((result, votes))
    return found
