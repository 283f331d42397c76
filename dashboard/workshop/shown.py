"""What each window shows of the scene in hand: the room, the telephones, the desk of who leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.areas import territory
from dashboard.i18n import _
from dashboard.workshop import views
from geodata.territories import TERRITORIES
from layers.written import register
from layers.written.register import QUADRANTS
from layers.written.workshop import contributions, meetings, scenes, tally
from layers.written.workshop.meetings import COLLEGES, REVEALED
from layers.written.workshop.scenes import GUESSED, Scene

if TYPE_CHECKING:
    from dashboard.services import Services
    from layers.written.database import Database
    from layers.written.workshop.meetings import Meeting
    from layers.written.workshop.tally import Tally


@dataclass(frozen=True, slots=True)
class Stage:
    """A meeting, the scene in hand (None before the first), the next one, and all of them."""

    meeting: Meeting
    scene: Scene | None
    next: Scene | None
    scenes: tuple[Scene, ...]


def stage(database: Database, ident: str) -> Stage:
    """Where a meeting is. Raises `meetings.UnknownMeeting`."""
    meeting = meetings.read(database, ident)
    found = tuple(one for one in scenes.listed(database, ident) if not one.withdrawn)
    at = next((n for n, one in enumerate(found) if one.id == meeting.scene), -1)
    return Stage(meeting, found[at] if at >= 0 else None, found[at + 1] if at + 1 < len(found) else None, found)


def key(now: Stage) -> str:
    """What a window has to draw again for: it leaves alone what someone types in until this changes."""
    scene = now.scene
    kept = (scene.id, scene.version) if scene else ("", 0)
    return "-".join(map(str, (now.meeting.state, *kept, now.meeting.phase, now.meeting.blank)))


def context(services: Services, database: Database, now: Stage) -> dict[str, Any]:
    """All that the parts of the windows print of a scene."""
    scene = now.scene
    found = {
        "stage": now,
        "meeting": now.meeting,
        "scene": scene,
        "asked": "",
        "revealed": now.meeting.phase == REVEALED,
        "compared": [],
        "estimates": [],
        "truth": "",
        "votes": None,
        "ballots": 0,
        "late": 0,
        "board": board(database, now),
        "colleges": {name: _(label) for name, label in COLLEGES.items()},
        "quadrants": {name: _(label) for name, label in QUADRANTS.items()},
        "territories": [(code, territory(code).short) for code in TERRITORIES],
        "projected": views.projected(scene.view) if scene and scene.view else "",
        "area": territory(scene.area).subject if scene and scene.area in TERRITORIES else "",
    }
    return found if scene is None else found | _of_scene(services, database, now, scene)


def board(database: Database, now: Stage) -> list[tuple[str, str, list[register.Finding]]]:
    """The register of the place, by part of the AFOM."""
    found = [one for one in register.listed(database, now.meeting.place) if not one.withdrawn]
    return [(name, _(label), [one for one in found if one.quadrant == name]) for name, label in QUADRANTS.items()]


def _of_scene(services: Services, database: Database, now: Stage, scene: Scene) -> dict[str, Any]:
    answers = contributions.counted(database, scene)
    told: dict[str, Any] = {"ballots": sum(one.ballots for one in answers), "late": sum(one.late for one in answers)}
    if scene.kind in GUESSED:
        told["asked"] = views.asked(services, scene.view)
    if scene.kind == scenes.RANK:
        told["compared"] = _compared(services, scene, tally.perceived(answers))
    elif scene.kind == scenes.VALUE:
        named = {"": _("tous")} | {name: _(label) for name, label in COLLEGES.items()}
        told["estimates"] = [
            (named[who], number, views.written(services, scene.view, middle))
            for who, (number, middle) in tally.estimates(answers).items()
        ]
        told["truth"] = views.told(services, scene.view, scene.area)
    elif scene.kind == scenes.VOTE:
        told["votes"] = _votes(database, now, tally.dots(answers, secret=scene.secret))
    return told


def _compared(services: Services, scene: Scene, found: list[tally.Perceived]) -> list[dict[str, Any]]:
    """Territories as they are measured, the highest first, beside the place that the room gave them."""
    _view, series = views.measured(services, scene.view)
    ranks, perceived = views.order(series), {one.code: one for one in found}
    rows = [
        {
            "name": territory(code).short,
            "value": views.told(services, scene.view, code),
            "measured": ranks[code],
            "perceived": perceived[code].place if code in perceived else None,
        }
        for code in TERRITORIES
    ]
    return sorted(rows, key=lambda row: (row["measured"] is None, row["measured"] or 0, row["name"]))


def _votes(database: Database, now: Stage, found: Tally) -> dict[str, Any]:
    """Findings from the most dots to the fewest, with those that have none."""
    kept = {one.id: one.sentence for one in register.listed(database, now.meeting.place) if not one.withdrawn}
    rows = [(kept[one.finding], one) for one in found.votes if one.finding in kept]
    return {
        "rows": rows,
        "voters": found.voters,
        "most": max((one.dots for one in found.votes), default=0),
        "findings": list(kept.items()),
    }
