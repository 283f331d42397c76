"""Telephones of a meeting: they join by its code, as a college and without a name, and send."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from flask import Response, abort, jsonify, redirect, request

from dashboard.i18n import _, msg
from dashboard.workshop import answers
from dashboard.workshop.windows import DEVICE, PATH
from layers.written.workshop import contributions, meetings, scenes
from layers.written.workshop.bodies import Refused
from layers.written.workshop.contributions import Sending
from layers.written.workshop.meetings import UnknownMeeting

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.workshop.windows import Windows

HOURS: Final = 12
MOST_SENT: Final = 16_384
"""Bytes of one sending."""
MOST_CODE: Final = 12
REFUSALS = {
    "closed": msg("La rencontre n’est pas ouverte : rien n’a été pris."),
    "college": msg("Choisissez d’abord à quel titre vous participez."),
    "kind": msg("Cette question n’est plus posée."),
    "body": msg("La réponse n’est pas complète, ou elle dépasse vos points."),
    "order": msg("Donnez à chaque territoire un rang, chacun une fois."),
    "many": msg("Ce téléphone a déjà beaucoup envoyé ; dites le reste de vive voix."),
    "id": msg("Cet envoi n’a pas pu être lu. Rechargez la page."),
}


def register(server: Flask, windows: Windows) -> None:
    """Add the routes to a server."""
    database, gate = windows.database, windows.gate

    @server.get(f"{PATH}/<ident>/participer")
    def atelier_phone(ident: str) -> Response:
        return windows.page(ident, "participer")

    @server.get("/a/<code>")
    def atelier_code(code: str) -> Any:
        try:
            return redirect(f"{PATH}/{meetings.by_code(database, code).id}/participer", 303)
        except UnknownMeeting:
            return redirect(f"{PATH}/rejoindre?code={code[:MOST_CODE]}", 303)

    @server.post(f"{PATH}/<ident>/rejoindre")
    def atelier_enter(ident: str) -> Any:
        if why := gate.refusal(None, request.form):
            return windows.page(ident, "participer", 403, problem=why)
        device = request.cookies.get(DEVICE) or secrets.token_urlsafe(24)
        try:
            contributions.join(database, meetings.read(database, ident), device, request.form.get("college", ""))
        except UnknownMeeting:
            abort(404)
        except Refused as met:
            return windows.page(ident, "participer", 409, problem=_(REFUSALS[met.why]))
        return _remembered(redirect(f"{PATH}/{ident}/participer", 303), device)

    @server.post(f"{PATH}/<ident>/envoyer")
    def atelier_send(ident: str) -> Any:
        if (request.content_length or 0) > MOST_SENT:
            return said(ident, _("Cet envoi est trop long ; rien n’a été pris."), 413)
        if why := gate.refusal(None, request.form):
            return said(ident, why, 403)
        try:
            new = sent(ident)
        except (UnknownMeeting, scenes.UnknownScene):
            return said(ident, _(REFUSALS["kind"]), 404)
        except Refused as met:
            return said(ident, _(REFUSALS[met.why]), 409)
        return said(ident, _("Reçu.") if new else _("Déjà reçu."), 201 if new else 200)

    def sent(ident: str) -> bool:
        """Take what the request holds; whether it is new."""
        form = request.form
        found = scenes.read(database, form.get("scene", ""))
        sending = Sending(form.get("id", ""), found.id, answers.read(found, form))
        return contributions.send(database, meetings.read(database, ident), request.cookies.get(DEVICE, ""), sending)

    def said(ident: str, text: str, status: int) -> Any:
        """The answer to a sending: in words for a script, else on the page of the telephone."""
        if request.headers.get("Accept", "").startswith("application/json"):
            return jsonify(told=text), status
        told = {"problem": text} if status >= 400 else {"thanks": text}  # noqa: PLR2004
        return windows.page(ident, "participer", status, **told)


def _remembered(answer: Any, device: str) -> Any:
    """The answer with the cookie by which a telephone is the same one through a meeting."""
    answer.set_cookie(
        DEVICE,
        device,
        max_age=3600 * HOURS,
        path=f"{PATH}/",
        httponly=True,
        samesite="Strict",
        secure=request.is_secure,
    )
    return answer
