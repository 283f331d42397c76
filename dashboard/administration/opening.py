"""``/admin/ouvrir``: where a link of local administration leads. Its code is sent by the form of the page alone.

A link that is only fetched is not used up; and the form tells, by its origin, the name that the browser shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response, redirect, request

from dashboard.administration import access, messages
from dashboard.administration.local import PATH
from dashboard.i18n import FRENCH, _, language, msg
from dashboard.pages import Page

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response as Sent

    from dashboard.gate import Gate
    from dashboard.rendering import Shell

PAGE: Final = Page(
    "admin_opening", PATH, msg("Administration de cette machine"),
    msg("Ouvrir l’administration par le lien du serveur."), ("content.css", "asked.css"),
)  # fmt: skip


def register(server: Flask, shell: Shell, gate: Gate) -> None:
    """Add the route to a server."""

    def page(status: int = 200, problem: str = "") -> Response:
        told = {"token": gate.token(), "field": access.FIELD, "problem": problem, "allowed": not gate.administers()}
        body = shell.put(PAGE, lambda _view, _services: {**told, "ignored": (), "action": PATH})
        return gate.keep(Response(body, status, mimetype="text/html", headers={"Cache-Control": "no-store"}))

    def closed(why: str) -> Response:
        title, told = messages.refused(why)
        body = shell.administration("admin_told.html", {"title": title, "told": told})
        return Response(body, 403, mimetype="text/html", headers={"Cache-Control": "no-store"})

    @server.get(PATH)
    def local_link() -> Response:
        why = gate.closed()
        return closed(why) if why else page()

    @server.post(PATH)
    def local_opened() -> Sent:
        why = gate.closed() or (None if access.is_own(request) else access.FORWARDED)
        if why or gate.local is None:
            return closed(why or access.BOUND)
        if problem := gate.refusal(None, request.form):
            return page(403, problem)
        if not gate.local.spend(request.form.get("code", "").rpartition("#")[2].strip()):
            return page(403, _("Ce lien a déjà servi, a plus d’une heure, ou date d’un autre démarrage du serveur."))
        answer: Response = redirect("/admin" if language() == FRENCH else f"/admin?lang={language()}", 303)  # type: ignore[assignment]
        return gate.local.put(gate.renew(answer))
