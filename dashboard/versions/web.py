"""``/diagnostic/<code>/versions``: everybody reads and compares; who has the right freezes, proposes and validates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, abort, redirect, request

from dashboard import locale
from dashboard.exports.answers import FORM_RULE, answer, listed
from dashboard.gate import FIELD, VERSIONS
from dashboard.i18n import FRENCH, _, msg
from dashboard.pages import Page
from dashboard.portrait.place import offered
from dashboard.portrait.web import found as place_of
from dashboard.versions import content as written
from dashboard.versions import freezing, withheld
from dashboard.versions.content import address
from layers.written import versions
from layers.written.locking import Conflict, Invalid
from layers.written.versions import FORWARD, PROPOSED, UnknownVersion, Version

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.content import Content
    from dashboard.gate import Gate
    from dashboard.portrait.place import Place
    from dashboard.rendering import Shell
    from dashboard.services import Services, View
    from layers.written.database import Database

PATH = "/diagnostic/<code>/versions"
STYLES = ("palette.css", "content.css", "asked.css", "diagnostic.css", "versions.css")
LIST = Page(
    "versions",
    PATH,
    msg("Versions et validation"),
    msg("Le diagnostic figé, proposé, validé, et ce qui a changé."),
    STYLES,
)
ONE = Page("version", PATH, msg("Version"), msg("Un diagnostic figé, avec ses annexes."), STYLES)
LABELS = {"body": msg("Organisme"), "signed": msg("Date"), "note": msg("Note"), "state": msg("État")}


def register(server: Flask, services: Services, shell: Shell, gate: Gate, database: Database) -> None:
    """Add the routes to a server."""

    def view() -> View:
        return services.view(request.query_string.decode("utf-8", "replace"))

    def put(page: Page, asked: View, told: dict[str, Any], status: int = 200) -> Response:
        writes = gate.may(VERSIONS)
        common = {
            "token": gate.token() if writes else "", "field": FIELD, "writes": writes, "ignored": asked.ignored,
            "typed": "" if asked.state.lang == FRENCH else FRENCH,
        }  # fmt: skip
        body = shell.put(page, lambda _seen, _services: common | told, asked)
        answered = Response(body, status, mimetype="text/html", headers={"Cache-Control": "no-store"})
        return gate.keep(answered) if writes else answered

    def every(code: str, status: int = 200, **more: Any) -> Response:
        asked = view()
        return put(LIST, asked, _listed(asked, place_of(asked, code), database) | more, status)

    def report(code: str, *numbers: int) -> tuple[View, Content]:
        asked = view()
        where = place_of(asked, code)
        found = [withheld.read(asked, _read(database, code, number)) for number in numbers]
        made = written.compared(asked, where, *found) if len(found) > 1 else written.report(asked, where, found[0])
        return asked, made

    @server.get(PATH)
    def versions_list(code: str) -> Any:
        chosen = [request.args.get(name, "") for name in ("a", "b")]
        if all(one.isdecimal() for one in chosen):
            return redirect(address(view(), code, *map(int, chosen)), 302)
        return every(code)

    @server.get(f"{PATH}/<int:number>")
    def versions_one(code: str, number: int) -> Response:
        asked, made = report(code, number)
        files = listed(made, lambda form: address(asked, code, number, form=form))
        return put(ONE, asked, {"title": made.title, "made": made, "files": files, "back": address(asked, code)})

    @server.get(f"{PATH}/<int:number>.{FORM_RULE}")
    def versions_file(code: str, number: int, form: str) -> Response:
        asked, made = report(code, number)
        return answer(asked, form, lambda: made, ("diagnostic", code, f"version-{number}"))

    @server.get(f"{PATH}/<int:a>/<int:b>")
    def versions_two(code: str, a: int, b: int) -> Response:
        asked, made = report(code, a, b)
        files = listed(made, lambda form: address(asked, code, a, b, form=form))
        return put(ONE, asked, {"title": made.title, "made": made, "files": files, "back": address(asked, code)})

    @server.get(f"{PATH}/<int:a>/<int:b>.{FORM_RULE}")
    def versions_two_file(code: str, a: int, b: int, form: str) -> Response:
        asked, made = report(code, a, b)
        return answer(asked, form, lambda: made, ("diagnostic", code, f"versions-{a}-{b}"))

    @server.post(PATH)
    def versions_write(code: str) -> Any:
        asked, form = view(), request.form
        where = place_of(asked, code)
        if why := gate.refusal(VERSIONS, form):
            return every(code, 403, problem=why)
        try:
            made = _done(database, asked, where, form, gate.who())
        except Conflict:
            told = _("Une autre version est venue entre-temps : la voici dans la liste. Rien n’a été écrit.")
            return every(code, 409, problem=told)
        except Invalid as met:
            told = _("« {field} » n’est pas rempli comme il faut ; rien n’a été écrit.")
            return every(code, 400, problem=told.format(field=_(LABELS.get(met.field, met.field))))
        except (UnknownVersion, KeyError, ValueError):
            return every(code, 400, problem=_("Cette version n’existe pas."))
        return redirect(address(asked, code, made.number), 303)


def _done(database: Database, view: View, place: Place, form: Any, who: str) -> Version:
    number = int(form["number"])
    if form["what"] == "freeze":
        held = freezing.content(database, view, place)
        return versions.freeze(
            database, place.code, view.release.id, held, who, after=number, note=form.get("note", "")
        )
    if form["what"] != "sign":
        raise KeyError(form["what"])
    return versions.sign(database, place.code, number, who, body=form.get("body", ""), day=form.get("signed", ""))


def _read(database: Database, code: str, number: int) -> Version:
    try:
        return versions.read(database, code, number)
    except UnknownVersion:
        abort(404)


def _listed(view: View, place: Place, database: Database) -> dict[str, Any]:
    """All that the template ``versions.html`` prints."""
    found = versions.listed(database, place.code)
    last = found[-1] if found else None
    return {
        "title": _("Versions et validation"),
        "where": place,
        "problem": "",
        "found": [
            (one, written.state(one), address(view, place.code, one.number), locale.day_of(one.created))
            for one in reversed(found)
        ],
        "last": last,
        "next": FORWARD.get(last.state, "") if last else "",
        "proposes": bool(last) and FORWARD.get(last.state) == PROPOSED if last else False,
        "labels": {name: _(label) for name, label in LABELS.items()},
        "action": address(view, place.code),
        "places": offered(lambda code: address(view, code)),
    }
