"""``/diagnostic/<code>/actions``: everybody reads the board and the sheets; who has the right writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, abort, redirect, request

from dashboard.actions import content as written
from dashboard.actions import form as forms
from dashboard.actions import measures
from dashboard.actions.content import address
from dashboard.actions.form import LABELS
from dashboard.exports.answers import FORM_RULE, answer, listed
from dashboard.gate import ACTIONS, FIELD
from dashboard.i18n import FRENCH, _, msg
from dashboard.pages import Page
from dashboard.portrait.place import offered
from dashboard.portrait.web import found as place_of
from dashboard.wording import worded
from layers import measure
from layers.written import actions, noting
from layers.written import register as findings
from layers.written.actions import EDITED, STATUSES, Action, UnknownAction
from layers.written.locking import Conflict, Invalid

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.gate import Gate
    from dashboard.portrait.place import Place
    from dashboard.rendering import Shell
    from dashboard.services import Services, View
    from layers.written.database import Database

PATH = "/diagnostic/<code>/actions"
STYLES = ("palette.css", "content.css", "asked.css", "diagnostic.css", "actions.css")
BOARD = Page(
    "actions", PATH, msg("Actions"), msg("Ce qu’un territoire décide de faire de ses constats, par avancement."), STYLES
)
SHEET = Page(
    "action", PATH, msg("Fiche-action"), msg("Une action : pourquoi, qui, combien, quand, mesurée comment."), STYLES
)


def register(server: Flask, services: Services, shell: Shell, gate: Gate, database: Database) -> None:
    """Add the routes to a server."""

    def view() -> View:
        return services.view(request.query_string.decode("utf-8", "replace"))

    def put(page: Page, asked: View, told: dict[str, Any], status: int) -> Response:
        writes = gate.may(ACTIONS)
        common = {"token": gate.token() if writes else "", "field": FIELD, "writes": writes}
        body = shell.put(page, lambda _seen, _services: common | told, asked)
        answered = Response(body, status, mimetype="text/html", headers={"Cache-Control": "no-store"})
        return gate.keep(answered) if writes else answered

    def board(code: str, status: int = 200, **more: Any) -> Response:
        asked = view()
        where = place_of(asked, code)
        return put(BOARD, asked, _common(asked, where, database) | _board(asked, where, database) | more, status)

    def sheet(code: str, ident: str, status: int = 200, **more: Any) -> Response:
        asked = view()
        where = place_of(asked, code)
        one = _own(database, code, ident)
        told = _common(asked, where, database) | _sheet(asked, where, database, one)
        return put(SHEET, asked, told | more, status)

    @server.get(PATH)
    def actions_board(code: str) -> Response:
        return board(code)

    @server.get(f"{PATH}.{FORM_RULE}")
    def actions_file(code: str, form: str) -> Response:
        asked = view()
        where = place_of(asked, code)
        return answer(asked, form, lambda: _board(asked, where, database)["made"], ("actions", code))

    @server.get(f"{PATH}/<ident>")
    def actions_sheet(code: str, ident: str) -> Response:
        return sheet(code, ident)

    @server.get(f"{PATH}/<ident>.{FORM_RULE}")
    def actions_sheet_file(code: str, ident: str, form: str) -> Response:
        asked = view()
        where, one = place_of(asked, code), _own(database, code, ident)
        return answer(asked, form, lambda: _sheet(asked, where, database, one)["made"], ("action", code))

    @server.post(PATH)
    def actions_write(code: str) -> Any:
        asked = view()
        where = place_of(asked, code)
        form: dict[str, Any] = dict(request.form.items())
        if "findings" in form:
            form["findings"] = request.form.getlist("findings")
        ident = str(form.get("id", ""))

        def again(status: int, problem: str) -> Response:
            known = any(one.id == ident for one in actions.listed(database, code))
            return sheet(code, ident, status, problem=problem) if known else board(code, status, problem=problem)

        if why := gate.refusal(ACTIONS, request.form):
            return again(403, why)
        try:
            ident = forms.done(database, asked, where, form, gate.who())
        except Conflict:
            told = _(
                "Quelqu’un a changé cette action entre-temps : voici ce qu’elle est et ce que vous vouliez écrire."
            )
            return again(409, told)
        except Invalid as met:
            told = _("« {field} » n’est pas rempli comme il faut ; rien n’a été écrit.")
            return again(400, told.format(field=_(LABELS.get(met.field, met.field))))
        except (UnknownAction, KeyError, ValueError):
            return again(400, _("Cette action n’existe pas, ou plus."))
        return redirect(address(asked, code, ident), 303)


def _own(database: Database, code: str, ident: str) -> Action:
    """An action of a place; 404 for what is not."""
    try:
        one = actions.read(database, ident)
    except UnknownAction:
        abort(404)
    if one.place != code:
        abort(404)
    return one


def _common(view: View, place: Place, database: Database) -> dict[str, Any]:
    """What the templates of the board and of a sheet print beside their own."""
    found = [one for one in findings.listed(database, place.code) if not one.withdrawn]
    return {
        "where": place,
        "ignored": view.ignored,
        "problem": "",
        "labels": {name: _(label) for name, label in LABELS.items()},
        "statuses": {key: _(label) for key, label in STATUSES.items()},
        "indicators": [
            (key, worded(view.release, key).label)
            for key in view.release.indicators
            if measure.available(view.release, key)
        ],
        "sentences": [(one.id, one.sentence) for one in found],
        "action": address(view, place.code),
        "address": lambda ident: address(view, place.code, ident),
        "typed": "" if view.state.lang == FRENCH else FRENCH,
        "blank": Action(place.code, ""),
    }


def _board(view: View, place: Place, database: Database) -> dict[str, Any]:
    every = actions.listed(database, place.code)
    shown = [one for one in every if not one.withdrawn]
    years = actions.years(database, [one.id for one in shown])
    made = written.board(view, place, shown, years)
    return {
        "title": made.title,
        "made": made,
        "columns": [(key, _(label), [one for one in shown if one.status == key]) for key, label in STATUSES.items()],
        "gone": [one for one in every if one.withdrawn],
        "places": offered(lambda code: address(view, code)),
        "files": listed(made, lambda form: _file(address(view, place.code, pinned=True), form)),
    }


def _sheet(view: View, place: Place, database: Database, one: Action) -> dict[str, Any]:
    sentences = {found.id: found.sentence for found in findings.listed(database, place.code)}
    years = actions.years(database, [one.id])
    made = written.sheet(view, place, one, years, sentences)
    history = [
        (line, [(_(LABELS[name]), was, now) for name, was, now in line.differs if name in LABELS and name in EDITED])
        for line in noting.lines(database, one.id)
    ]
    return {
        "title": made.title,
        "made": made,
        "one": one,
        "years": years,
        "measures": measures.told(view, place, one, years),
        "history": history,
        "files": listed(made, lambda form: _file(address(view, place.code, one.id, pinned=True), form)),
    }


def _file(page: str, form: str) -> str:
    """Address of a file beside a page."""
    path, mark, query = page.partition("?")
    return f"{path}.{form}{mark}{query}"
