"""``/admin/contestations``: the queue of those who answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Response, redirect, request

from dashboard import locale
from dashboard.disputes.web import row
from dashboard.gate import DISPUTES, FIELD
from dashboard.i18n import _, language
from layers.written import disputes
from layers.written.disputes import OUTCOMES, UnknownDispute
from layers.written.locking import Conflict, Invalid

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.gate import Gate
    from dashboard.rendering import Shell
    from dashboard.services import Services
    from dashboard.settings import Settings
    from layers.written.database import Database

PATH: Final = "/admin/contestations"


def register(
    server: Flask, services: Services, shell: Shell, *, gate: Gate, database: Database, settings: Settings
) -> None:
    """Add the routes to a server."""

    def page(status: int = 200, problem: str = "") -> Response:
        if not gate.may(DISPUTES):
            why = _("Seuls ceux qui répondent aux contestations voient cette page.")
            body = shell.administration("admin_told.html", {"title": _("Refusé"), "told": why})
            return Response(body, 403, mimetype="text/html")
        release = services.release()
        where = disputes.contacts(database)
        rows = [row(release, one) | {"contact": _contact(where.get(one.id))} for one in disputes.listed(database)]
        rows.sort(key=lambda one: one["one"].status != disputes.OPEN)
        told: dict[str, Any] = {
            "token": gate.token(), "field": FIELD, "rows": rows, "problem": problem,
            "outcomes": {key: _(label) for key, label in OUTCOMES.items()}, "days": settings.answered_days,
        }  # fmt: skip
        body = shell.administration("admin_disputes.html", told)
        return gate.keep(Response(body, status, mimetype="text/html", headers={"Cache-Control": "no-store"}))

    @server.get(PATH)
    def disputes_queue() -> Response:
        return page()

    @server.post(PATH)
    def disputes_answer() -> Any:
        form = dict(request.form.items())
        if why := gate.refusal(DISPUTES, request.form):
            return page(403, why)
        try:
            _done(database, form, gate.who(), settings.answered_days)
        except Conflict:
            told = _("Quelqu’un a répondu entre-temps : voici sa réponse ; la vôtre n’est pas écrite.")
            return page(409, told)
        except Invalid:
            return page(400, _("Il faut une suite et une réponse ; rien n’a été écrit."))
        except (UnknownDispute, KeyError, ValueError):
            return page(400, _("Cette contestation n’existe pas, ou plus."))
        return redirect(PATH + ("" if language() == "fr" else f"?lang={language()}"), 303)


def _done(database: Database, form: dict[str, str], who: str, days: int) -> None:
    """Do what a form asks. Raises as `layers.written.disputes`, ``KeyError`` or ``ValueError`` for what is no form."""
    ident, version = form["id"], int(form["version"])
    if form["what"] == "answer":
        disputes.answer(database, ident, version, form, who, days=days)
    elif form["what"] == "withdraw":
        disputes.withdraw(database, ident, version, who)
    else:
        raise KeyError(form["what"])


def _contact(found: tuple[str, str] | None) -> tuple[str, str] | None:
    """A contact, and the day on which it goes."""
    return None if found is None else (found[0], locale.day_of(found[1]))
