"""``/atelier``: the calendar of meetings, the preparation of one, and the scene made of the page that one was on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Response, abort, redirect, request

from dashboard import locale
from dashboard.areas import metropole, territory
from dashboard.forms.labels import LABELS
from dashboard.gate import FIELD, WORKSHOPS
from dashboard.i18n import _, msg
from dashboard.pages import PAGES, Page
from dashboard.workshop import phones, preparing, shown
from dashboard.workshop import windows as opened
from dashboard.workshop.windows import PATH, STYLES, Windows
from geodata.territories import TERRITORIES
from layers.panel import METROPOLE
from layers.written.locking import Conflict
from layers.written.workshop import meetings, scenes
from layers.written.workshop.bodies import Refused
from layers.written.workshop.meetings import COLLEGES, InvalidMeeting, UnknownMeeting
from layers.written.workshop.scenes import KINDS, UnknownScene

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.gate import Gate
    from dashboard.rendering import Shell
    from dashboard.services import Services
    from layers.written.database import Database

PLACES = (METROPOLE, *TERRITORIES)
PREPARING = Page(
    "atelier_rencontre", PATH, msg("Rencontre"), msg("Préparer une rencontre : scènes, questions, durées."), STYLES
)
SCENE = Page(
    "atelier_scene", PATH, msg("Ajouter à l’atelier"), msg("Faire une scène de la page que l’on regarde."), STYLES
)
FIELDS = {
    "title": msg("Titre"), "held": msg("Date"), "minutes": msg("Compte rendu"), "place": msg("Territoire"),
    "view": msg("Adresse de la vue"), "question": msg("Question"), "kind": msg("Genre de scène"),
    "area": msg("Territoire"),
    "dots": msg("Points par personne"), "state": msg("État de la rencontre"), "number": msg("Bulletins identiques"),
    "minutes_left": msg("Minuteur, en minutes"), "notes": msg("Notes"), "scenes": msg("Nombre de scènes"),
    **{key: LABELS[key] for key in COLLEGES},
}  # fmt: skip
OF_SCENE = {"minutes": msg("Durée prévue, en minutes"), "question": msg("Question ou titre de la scène")}


def register(server: Flask, services: Services, shell: Shell, *, gate: Gate, database: Database, host: str) -> None:
    """Add the routes to a server, those of the windows too."""

    windows = Windows(services, shell, gate, database, host)

    def answer(page: Page, told: dict[str, Any], status: int = 200) -> Response:
        writes = gate.may(WORKSHOPS)
        common = {
            "writes": writes, "token": gate.token(), "field": FIELD, "ignored": (), "kinds": _labels(KINDS),
            "colleges": _labels(COLLEGES), "problem": None, "named": named, "day": locale.day,
        }  # fmt: skip
        body = shell.put(page, lambda _view, _services: common | told)
        return gate.keep(Response(body, status, mimetype="text/html", headers={"Cache-Control": "no-store"}))

    def calendar(status: int = 200, **more: Any) -> Response:
        found = [one for one in meetings.listed(database) if gate.may(WORKSHOPS) or not one.withdrawn]
        rows = [(place, [one for one in found if one.place == place]) for place in PLACES]
        return answer(PAGES["atelier"], {"rows": rows, "places": PLACES, **more}, status)

    def meeting(ident: str, status: int = 200, **more: Any) -> Response:
        now = shown.stage(database, ident)
        found = shown.context(services, database, now)
        told = {**found, "gone": [one for one in scenes.listed(database, ident) if one.withdrawn], **more}
        sentences = [(one.id, one.sentence) for _part, _label, inside in found["board"] for one in inside]
        told |= {"votes_of": {one.id: sentences for one in now.scenes if one.kind == scenes.VOTE}}
        told |= {"joining": windows.joining(now.meeting)}
        return answer(PREPARING, told, status)

    @server.get(PATH)
    def atelier() -> Response:
        return calendar()

    @server.post(PATH)
    def atelier_new() -> Any:
        if why := gate.refusal(WORKSHOPS, request.form):
            return calendar(403, problem=why)
        try:
            made = preparing.prepared(database, request.form, PLACES, gate.who())
        except InvalidMeeting as met:
            return calendar(400, problem=wrong(met.field))
        return redirect(f"{PATH}/{made.id}", 303)

    @server.get(f"{PATH}/scene")
    def atelier_scene() -> Response:
        came = urlsplit(request.referrer or "")
        address = f"{came.path}?{came.query}" if came.path else ""
        open_ones = [one for one in meetings.listed(database) if one.state != meetings.CLOSED and not one.withdrawn]
        return answer(SCENE, {"address": address, "meetings": open_ones})

    @server.get(f"{PATH}/<ident>")
    def atelier_meeting(ident: str) -> Response:
        try:
            return meeting(ident)
        except UnknownMeeting:
            abort(404)

    @server.post(f"{PATH}/<ident>")
    def atelier_write(ident: str) -> Any:
        form = request.form
        try:
            if why := gate.refusal(WORKSHOPS, form):
                return meeting(ident, 403, problem=why)
            preparing.done(services, database, ident, form, gate.who())
        except UnknownMeeting:
            abort(404)
        except Conflict:
            told = _("Quelqu’un a changé cela entre-temps ; rien n’a été écrit de votre saisie, que voici.")
            return meeting(ident, 409, problem=told)
        except InvalidMeeting as met:
            return meeting(ident, 400, problem=wrong(met.field, form.get("what", "")))
        except Refused as met:
            return meeting(ident, 400, problem=_(phones.REFUSALS[met.why]))
        except (UnknownScene, KeyError, ValueError):
            return meeting(ident, 400, problem=_("Ce qui était demandé n’existe pas, ou plus ; rien n’a été écrit."))
        back = form.get("back", "")
        return redirect(f"{PATH}/{ident}{back if back in opened.BACK else ''}", 303)

    opened.register(server, windows)
    phones.register(server, windows)


def named(place: str) -> str:
    """A place as the calendar names it."""
    return metropole().short if place == METROPOLE else territory(place).short


def wrong(field: str, what: str = "") -> str:
    """What is said of a field that is not filled in as it must be, in a form that asks for something."""
    told = _("« {field} » n’est pas rempli comme il faut ; rien n’a été écrit.")
    names = FIELDS | (OF_SCENE if what.startswith("scene") else {})
    return told.format(field=_(names.get(field, field)))


def _labels(found: Any) -> dict[str, str]:
    return {name: _(label) for name, label in found.items()}
