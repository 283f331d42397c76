"""``/diagnostic/<code>``: everybody reads; the administrator of this machine writes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Response, redirect, request

from dashboard.diagnostic.content import LABELS, address, content, evidence, voted
from dashboard.diagnostic.proposed import proposed
from dashboard.exports.answers import FORM_RULE, answer, listed
from dashboard.gate import FIELD, FINDINGS
from dashboard.i18n import FRENCH, _
from dashboard.pages import PAGES
from dashboard.portrait.place import offered
from dashboard.portrait.web import found as place_of
from layers.written import actions
from layers.written import register as findings
from layers.written.locking import Conflict
from layers.written.register import EVIDENCE, INDICATOR, QUADRANTS, STATUSES, InvalidFinding, UnknownFinding
from layers.written.workshop import results

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.gate import Gate
    from dashboard.portrait.place import Place
    from dashboard.rendering import Shell
    from dashboard.services import Services, View
    from layers.written.database import Database
    from layers.written.register import Finding

PATH = "/diagnostic"
FIELDS = ("sentence", "quadrant", "theme", "status", "source")


def register(server: Flask, services: Services, shell: Shell, gate: Gate, database: Database) -> None:
    """Add the routes to a server."""

    def view() -> View:
        return services.view(request.query_string.decode("utf-8", "replace"))

    def page(code: str, status: int = 200, **more: Any) -> Response:
        asked = view()
        where = place_of(asked, code)
        writes = gate.may(FINDINGS)
        told = {
            "token": gate.token() if writes else "",
            "field": FIELD,
            "writes": writes,
            "account": gate.account(),
            **more,
        }
        body = shell.put(PAGES["diagnostic"], lambda seen, _services: context(seen, where, database, told), asked)
        response = Response(body, status, mimetype="text/html", headers={"Cache-Control": "no-store"})
        return gate.keep(response) if writes else response

    @server.get(f"{PATH}/<code>")
    def diagnostic(code: str) -> Response:
        return page(code)

    @server.get(f"{PATH}/<code>.{FORM_RULE}")
    def diagnostic_file(code: str, form: str) -> Response:
        asked = view()
        where = place_of(asked, code)
        return answer(asked, form, lambda: content(asked, where, findings.listed(database, code)), ("diagnostic", code))

    @server.post(f"{PATH}/<code>")
    def write(code: str) -> Any:
        asked = view()
        where = place_of(asked, code)
        form = dict(request.form.items())
        if why := gate.refusal(FINDINGS, request.form):
            return page(code, 403, problem=why)
        try:
            done(database, asked, where, form, gate.who())
        except Conflict:
            told = _("Quelqu’un a changé ce constat entre-temps : voici ce qu’il est, et ce que vous vouliez écrire.")
            return page(code, 409, problem=told)
        except InvalidFinding as met:
            told = _("« {field} » n’est pas rempli comme il faut ; rien n’a été écrit.").format(
                field=_(LABELS.get(met.field, met.field))
            )
            return page(code, 400, problem=told)
        except (UnknownFinding, KeyError, ValueError):
            return page(code, 400, problem=_("Ce constat n’existe pas, ou plus."))
        return redirect(address(asked, code), 303)


def done(database: Database, view: View, place: Place, form: dict[str, str], who: str) -> None:
    """Do what a form asks. Raises as `layers.written.register`, ``KeyError`` or ``ValueError`` for what is no form."""
    what = form["what"]
    if what == "adopt":
        (one,) = (one for one in proposed(view, place) if one.sentence == form["sentence"])
        if all(other.sentence != one.sentence for other in findings.listed(database, place.code)):
            findings.add(database, one, who)
    elif what == "add":
        told = {key: form.get(key, "") for key in (*FIELDS, "evidence")}
        if told["evidence"] == INDICATOR:
            raise InvalidFinding("source")
        findings.add(database, replace(findings.Finding(place.code, "", ""), **told), who)  # type: ignore[arg-type]
    elif what == "change":
        kept = {key: form[key] for key in FIELDS if key in form}
        findings.change(database, form["id"], int(form["version"]), kept, who)
    elif what == "withdraw":
        findings.withdraw(database, form["id"], int(form["version"]), who)
    elif what == "restore":
        findings.restore(database, form["id"], int(form["version"]), who)
    else:
        raise KeyError(what)


def context(view: View, place: Place, database: Database, told: dict[str, Any]) -> dict[str, Any]:
    """All that the template ``diagnostic.html`` prints."""
    found = findings.listed(database, place.code)
    made = content(view, place, found)
    taken = {one.sentence for one in found}
    return {
        "title": made.title,
        "made": made,
        "ignored": view.ignored,
        "quadrants": [(key, _(label), _inside(view, database, found, key)) for key, label in QUADRANTS.items()],
        "acting": [one for one in actions.listed(database, place.code) if not one.withdrawn],
        "votes": _votes(database, place.code),
        "gone": [one for one in found if one.withdrawn],
        "proposed": [one for one in proposed(view, place) if one.sentence not in taken] if told["writes"] else [],
        "statuses": {key: _(label) for key, label in STATUSES.items()},
        "parts": {key: _(label) for key, label in QUADRANTS.items()},
        "kinds": {key: _(label) for key, label in EVIDENCE.items() if key != INDICATOR},
        "labels": {key: _(label) for key, label in LABELS.items()},
        "action": address(view, place.code),
        "typed": "" if view.state.lang == FRENCH else FRENCH,
        "places": offered(lambda code: address(view, code)),
        "where": place,
        "files": listed(made, lambda form: address(view, f"{place.code}.{form}", pinned=True)),
        "problem": "",
        **told,
    }


def _votes(database: Database, code: str) -> dict[str, list[str]]:
    """By finding, what each closed vote gave it, in words."""
    found = results.by_finding(results.closed(database, code))
    return {ident: [voted(result, votes) for result, votes in some] for ident, some in found.items()}


def _inside(view: View, database: Database, found: list[Finding], key: str) -> list[tuple[Finding, str, Any]]:
    """The findings of a quadrant, each with its evidence in words and its history."""
    return [
        (one, evidence(view, one), findings.history(database, one.id))
        for one in found
        if one.quadrant == key and not one.withdrawn
    ]
