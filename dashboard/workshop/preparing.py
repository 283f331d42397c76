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
MOST_DIGITS = 6


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
    is_of, ask = _DONE[form["what"]]
    if "id" in form and not is_of(database, ident, form["id"]):
        raise KeyError(form["id"])
    ask(services, database, ident, form, who)


def _edited(form: Form) -> dict[str, Any]:
    found: dict[str, Any] = {name: form[name] for name in ("question", "notes", "area") if name in form}
    found |= {name: _whole(form, name) for name in ("minutes", "dots") if name in form}
    if "ballot" in form:
        found["secret"] = form["ballot"] == "hidden"
    return found


def _whole(form: Form, name: str) -> int:
    """A whole number as it is typed, nothing being 0. Raises `InvalidMeeting`."""
    text = form[name].strip()
    if text and not (text.isdecimal() and len(text) <= MOST_DIGITS):
        raise InvalidMeeting(name)
    return int(text or 0)


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
        return {"minutes_left": _minutes(form["minutes"])}
    moves: dict[str, dict[str, Any]] = {
        "reveal": {"phase": meetings.REVEALED}, "hide": {"phase": meetings.ASKED},
        "blank": {"blank": True}, "unblank": {"blank": False},
    }  # fmt: skip
    return moves[what]


def _minutes(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise InvalidMeeting("minutes_left") from error


def _move_stage(_services: Services, database: Database, ident: str, form: Form, who: str) -> None:
    meetings.lead(database, ident, who, **_lead(form))


def _accept(_services: Services, database: Database, ident: str, form: Form, who: str) -> None:
    meeting = meetings.read(database, ident)
    with speaking(FRENCH):  # the register has one language
        source = f"{meeting.title}, {locale.day(meeting.day)}"
    contributions.accept(database, form["id"], who, source, form.get("quadrant"))


def _paper(_services: Services, database: Database, ident: str, form: Form, who: str) -> None:
    found = scenes.read(database, form["id"])
    number, body = _whole(form, "number"), answers.read(found, form)
    contributions.type_in(database, ident, found.id, body, college=form["college"], number=number, who=who)


def _simple(ask: Callable[[Database, str, Form, str], object]) -> Callable[..., None]:
    def do(_services: Services, database: Database, ident: str, form: Form, who: str) -> None:
        ask(database, ident, form, who)

    return do


def _is_meeting(_database: Database, meeting: str, named: str) -> bool:
    return named == meeting


def _is_scene(database: Database, meeting: str, named: str) -> bool:
    return named in {one.id for one in scenes.listed(database, meeting)}


Ask = Callable[["Services", "Database", str, Form, str], None]
_MEETINGS: dict[str, Ask] = {
    "change": _change,
    "scene": _scene,
    **dict.fromkeys(("timer", "reveal", "hide", "blank", "unblank"), _move_stage),
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
}
_SCENES: dict[str, Ask] = {
    "scene-change": _scene_change,
    "go": _move_stage,
    "paper": _paper,
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
}
_SENDINGS: dict[str, Ask] = {
    "accept": _accept,
    "refuse": _simple(lambda database, ident, form, who: contributions.refuse(database, form["id"], who)),
}
_DONE: dict[str, tuple[Callable[[Database, str, str], bool], Ask]] = {
    what: (is_of, ask)
    for is_of, asks in ((_is_meeting, _MEETINGS), (_is_scene, _SCENES), (contributions.is_of, _SENDINGS))
    for what, ask in asks.items()
}
"""By what a form asks: whether what it names is of the meeting, as what that is, and how it is done."""
