"""What the forms of ``/atelier`` ask: meetings and scenes written, moved, opened and led."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard import locale
from dashboard.i18n import FRENCH, speaking
from dashboard.workshop import answers, views
from layers.written.workshop import contributions, meetings, scenes
from layers.written.workshop.meetings import InvalidMeeting, Meeting
from layers.written.workshop.scenes import Scene

if TYPE_CHECKING:
    from dashboard.services import Services
    from layers.written.database import Database

Form = Mapping[str, str]


def prepared(database: Database, form: Form, places: Collection[str], who: str) -> Meeting:
    """A new meeting. Raises `InvalidMeeting`."""
    if form.get("place") not in places:
        raise InvalidMeeting("place")
    return meetings.prepare(database, Meeting(form["place"], form.get("title", ""), form.get("held", "")), who)


def scene_of(services: Services, form: Form, meeting: str) -> Scene:
    """The scene that a form describes. Raises `InvalidMeeting`."""
    try:
        view = views.frozen(services, form["view"]) if form.get("view") else ""
    except views.NoView as error:
        raise InvalidMeeting("view") from error
    made = Scene(meeting, form.get("kind", ""), form.get("question", ""), view)
    return replace(made, **_edited(form))


def done(services: Services, database: Database, ident: str, form: Form, who: str) -> None:
    """Do what a form of a meeting asks.

    Raises what `layers.written.workshop` raises, ``KeyError`` or ``ValueError`` for what is no form of ours.
    """
    ask = _DONE[form["what"]]
    if "id" in form and not _is_of(database, ident, form):
        raise KeyError(form["id"])
    ask(services, database, ident, form, who)


def _is_of(database: Database, ident: str, form: Form) -> bool:
    """Whether the scene or the sending that a form names is of its meeting, not of another."""
    if form["what"] in ("accept", "refuse"):
        return contributions.is_of(database, ident, form["id"])
    return form["id"] in {one.id for one in scenes.listed(database, ident)}


def _edited(form: Form) -> dict[str, Any]:
    found: dict[str, Any] = {name: form[name] for name in ("question", "notes", "area") if name in form}
    for name in ("minutes", "dots"):
        if form.get(name):
            if not form[name].isdecimal():
                raise InvalidMeeting(name)
            found[name] = int(form[name])
    if "ballot" in form:
        found["secret"] = form["ballot"] == "hidden"
    return found


def _change(_services: Services, database: Database, ident: str, form: Form, who: str) -> None:
    kept = {name: form[name] for name in meetings.EDITED if name in form}
    meetings.change(database, ident, int(form["version"]), kept, who)


def _scene(services: Services, database: Database, ident: str, form: Form, who: str) -> None:
    scenes.add(database, scene_of(services, form, ident), who)


def _scene_change(_services: Services, database: Database, _ident: str, form: Form, who: str) -> None:
    scenes.change(database, form["id"], int(form["version"]), _edited(form), who)


def _lead(form: Form) -> dict[str, Any]:
    """Where a form moves the stage to."""
    what = form["what"]
    if what == "go":
        return {"scene": form["id"], "phase": meetings.ASKED, "blank": False, "timer": ""}
    if what == "timer":
        return {"minutes_left": float(form["minutes"].replace(",", "."))}
    moves: dict[str, dict[str, Any]] = {
        "reveal": {"phase": meetings.REVEALED}, "hide": {"phase": meetings.ASKED},
        "blank": {"blank": True}, "unblank": {"blank": False},
    }  # fmt: skip
    return moves[what]


def _move_stage(_services: Services, database: Database, ident: str, form: Form, who: str) -> None:
    meetings.lead(database, ident, who, **_lead(form))


def _accept(_services: Services, database: Database, ident: str, form: Form, who: str) -> None:
    meeting = meetings.read(database, ident)
    with speaking(FRENCH):  # the register has one language
        source = f"{meeting.title}, {locale.day(meeting.day)}"
    contributions.accept(database, form["id"], who, source, form.get("quadrant"))


def _paper(_services: Services, database: Database, ident: str, form: Form, who: str) -> None:
    found = scenes.read(database, form["id"])
    number = int(form["number"])
    contributions.type_in(
        database, ident, found.id, answers.read(found, form), college=form["college"], number=number, who=who
    )


def _simple(ask: Callable[[Database, str, Form, str], object]) -> Callable[..., None]:
    def do(_services: Services, database: Database, ident: str, form: Form, who: str) -> None:
        ask(database, ident, form, who)

    return do


_DONE: dict[str, Callable[[Services, Database, str, Form, str], None]] = {
    "change": _change,
    "scene": _scene,
    "scene-change": _scene_change,
    **dict.fromkeys(("go", "timer", "reveal", "hide", "blank", "unblank"), _move_stage),
    "accept": _accept,
    "paper": _paper,
    "open": _simple(lambda database, ident, form, who: meetings.open_(database, ident, who)),
    "code": _simple(lambda database, ident, form, who: meetings.renew(database, ident, who)),
    "close": _simple(lambda database, ident, form, who: meetings.close(database, ident, who)),
    "withdraw": _simple(
        lambda database, ident, form, who: meetings.withdraw(database, ident, int(form["version"]), who)
    ),
    "restore": _simple(
        lambda database, ident, form, who: meetings.withdraw(
            database, ident, int(form["version"]), who, withdrawn=False
        )
    ),
    "scene-up": _simple(lambda database, ident, form, who: scenes.move(database, form["id"], -1, who)),
    "scene-down": _simple(lambda database, ident, form, who: scenes.move(database, form["id"], 1, who)),
    "scene-withdraw": _simple(
        lambda database, ident, form, who: scenes.withdraw(database, form["id"], int(form["version"]), who)
    ),
    "scene-restore": _simple(
        lambda database, ident, form, who: scenes.withdraw(
            database, form["id"], int(form["version"]), who, withdrawn=False
        )
    ),
    "vote-open": _simple(lambda database, ident, form, who: scenes.set_open(database, form["id"], who, is_open=True)),
    "vote-close": _simple(lambda database, ident, form, who: scenes.set_open(database, form["id"], who, is_open=False)),
    "late": _simple(
        lambda database, ident, form, who: contributions.count_late(database, scenes.read(database, form["id"]), who)
    ),
    "refuse": _simple(lambda database, ident, form, who: contributions.refuse(database, form["id"], who)),
}
