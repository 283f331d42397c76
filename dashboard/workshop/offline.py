"""A meeting as one page that opens from a disk, without server or network: its scenes, each with what it shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboard import locale
from dashboard.diagnostic.content import content as registered
from dashboard.documents import printed
from dashboard.exports import carte, pages
from dashboard.i18n import _
from dashboard.portrait.place import place
from dashboard.workshop import shown
from layers.written import register
from layers.written.workshop import meetings
from layers.written.workshop.meetings import CLOSED
from layers.written.workshop.scenes import BOARD, GUESSED, KINDS, RANK, VALUE, VOTE

if TYPE_CHECKING:
    from dashboard.content import Content
    from dashboard.services import Services
    from dashboard.workshop.shown import Stage
    from layers.written.database import Database
    from layers.written.workshop.scenes import Scene

MAP, REGISTER = "/carte", "/diagnostic/"
PARTS = {RANK: "compared_table", VALUE: "estimates_list", BOARD: "board_parts", VOTE: "votes_list"}
"""By kind of scene, the part of the windows of a meeting that tells its answer."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One scene: its kind in words, what its view shows (None where that needs a server), what is asked, its answer.

    ``choices`` are the findings of a vote that is not closed.
    """

    scene: Scene
    kind: str
    view: Content | None
    asked: str
    answer: Markup
    hides: bool
    choices: tuple[str, ...]


def session(services: Services, database: Database, ident: str, *, notes: bool = False) -> bytes:
    """The page; ``notes`` puts those of who leads in it, for a file that is not handed on.

    Raises `meetings.UnknownMeeting`.
    """
    now = shown.stage(database, ident)
    slides = [_slide(services, database, now, scene) for scene in now.scenes]
    release = services.release()
    marked = release.demonstration or any(one.view is not None and one.view.demonstration for one in slides)
    html = (
        printed.templates()
        .get_template("session.html")
        .render(
            meeting=now.meeting,
            slides=slides,
            notes=notes,
            demonstration=marked,
            day=locale.day(now.meeting.day),
            made=locale.day(datetime.now(UTC).date()),
            place=place(services.view(""), now.meeting.place).named.subject,
            absolute=lambda href: href,
        )
    )
    return html.encode()


def _slide(services: Services, database: Database, now: Stage, scene: Scene) -> Slide:
    told = shown.context(services, database, replace(now, scene=scene)) | {"revealed": True}
    asked = ", ".join(part for part in (told["asked"], told["area"]) if part)
    found = _content(services, database, scene.view) if scene.view else None
    votes = scene.kind == VOTE and scene.open and now.meeting.state != CLOSED
    choices = tuple(sentence for _ident, sentence in told["votes"]["findings"]) if votes else ()
    answer = Markup() if votes else _answer(scene, told)
    return Slide(scene, _(KINDS[scene.kind]), found, asked, answer, hides=scene.kind in GUESSED, choices=choices)


def _answer(scene: Scene, told: dict[str, Any]) -> Markup:
    """The answer of a scene as the windows of a meeting print it; ours, its texts escaped by the template."""
    if scene.kind not in PARTS:
        return Markup()
    module = printed.templates().get_template("atelier_parts.html").make_module(told)
    return Markup(getattr(module, PARTS[scene.kind])())  # noqa: S704  (made by a template that escapes)


def _content(services: Services, database: Database, address: str) -> Content | None:
    """What a page shows, without the links that need a server; None for a page that is made for it alone."""
    path, _mark, query = address.partition("?")
    if path == MAP:
        return _unlinked(carte.content(services.view(query)))
    if path.startswith(REGISTER):
        view, code = services.view(query), path.removeprefix(REGISTER)
        return _unlinked(registered(view, place(view, code), register.listed(database, code)))
    try:
        return _unlinked(pages.asked(services, path, query).make())
    except KeyError:
        return None


def _unlinked(content: Content) -> Content:
    sections = (
        replace(one, statements=tuple(replace(said, href="") for said in one.statements)) for one in content.sections
    )
    return replace(content, sections=tuple(sections))


def name(database: Database, ident: str) -> str:
    """The file's name: what it is, of which place, of which day. Raises `meetings.UnknownMeeting`."""
    found = meetings.read(database, ident)
    return f"seance_{found.place}_{found.held}.html"
