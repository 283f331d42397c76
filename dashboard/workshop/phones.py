"""Telephones of a meeting: they join by its code, as a college and without a name, and send."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from flask import Response, abort, jsonify, request

from dashboard.accounts.web import to
from dashboard.gate import FIELD
from dashboard.i18n import _, msg
from dashboard.workshop import answers
from dashboard.workshop.windows import DEVICE, DOOR, PATH, PROOF
from layers.written.attempts import TooManyAttempts
from layers.written.workshop import contributions, entrance, meetings, scenes
from layers.written.workshop.bodies import Refused
from layers.written.workshop.contributions import Sending
from layers.written.workshop.meetings import UnknownMeeting

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.workshop.windows import Windows
    from layers.written.workshop.meetings import Meeting

HOURS: Final = 12
MOST_SENT: Final = 16_384
"""Bytes of one sending."""
ENTERING: Final = ("code", "college")
"""What a telephone says to be let in; the rest of its form is what it sends."""
REFUSALS = {
    "closed": msg("La rencontre n’est pas ouverte : rien n’a été pris."),
    "college": msg("Choisissez d’abord à quel titre vous participez."),
    "kind": msg("Cette question n’est plus posée."),
    "body": msg("La réponse n’est pas complète, ou elle dépasse vos points."),
    "order": msg("Donnez à chaque territoire un rang, chacun une fois."),
    "many": msg("Ce téléphone a déjà beaucoup envoyé ; dites le reste de vive voix."),
    "id": msg("Cet envoi n’a pas pu être lu. Rechargez la page."),
    "code": msg("Pour participer, donnez le code affiché dans la salle. Ce que vous avez saisi est gardé."),
    "wrong": msg("Ce n’est pas le code de cette rencontre : relisez-le sur l’écran de la salle."),
    "unknown": msg("Aucune rencontre n’a ce code. Il est écrit sur l’écran de la salle."),
    "tries": msg("Trop de codes faux ont été donnés d’ici : scannez le code de l’écran, ou attendez un quart d’heure."),
    "full": msg("Trop de téléphones ont rejoint cette rencontre d’ici : attendez un quart d’heure."),
}
STATUS: Final = {"code": 403, "wrong": 403, "tries": 429, "full": 429}
"""Of a refusal; 409 for the others."""
ASKING: Final = ("code", "wrong", "tries", "college")
"""Refusals of what is taken once the code is given: a telephone keeps it until then."""


class Phones:
    """What telephones ask of the meetings of some windows; every method speaks of the request in hand."""

    def __init__(self, windows: Windows) -> None:
        self._windows, self._database = windows, windows.database

    def unread(self) -> tuple[str, int] | None:
        """Why a form is not even read, and the status of it; None where it is."""
        if (request.content_length or 0) > MOST_SENT:
            return _("Cet envoi est trop long ; rien n’a été pris."), 413
        why = self._windows.gate.refusal(None, request.form)
        return (why, 403) if why else None

    def led(self, code: str) -> Any:
        """To the meeting of a code that was typed, or of a token that was read: neither stays in the address."""
        read, database = len(code) == entrance.TOKEN, self._database
        try:
            found = entrance.by_token(database, code) if read else entrance.enter(database, code, _asker())
        except UnknownMeeting:
            return self._windows.door(404, _(REFUSALS["unknown"]), code)
        except TooManyAttempts:
            return self._windows.door(429, _(REFUSALS["tries"]), code)
        return _proven(to(f"{PATH}/{found.id}/participer"), found)

    def entered(self, ident: str) -> Any:
        """Let a telephone in, as a college where it says which, and take what it sends with it."""
        device, college = request.cookies.get(DEVICE) or secrets.token_urlsafe(24), request.form.get("college")
        try:
            found = self._admitted(ident, device)
            if college is not None or _sends():
                contributions.join(self._database, found, device, college or "", source=_asker())
        except UnknownMeeting:
            abort(404)
        except Refused as met:
            return self._refused(ident, met.why)
        if _sends():
            answer = self.taken(ident, device)
        else:
            answer = self.said(ident, _("Vous participez.")) if _is_script() else to(f"{PATH}/{ident}/participer")
        return _proven(_remembered(answer, device), found)

    def taken(self, ident: str, device: str) -> Response:
        """Take what the request sends, and say so."""
        try:
            new = self._sent(ident, device)
        except (UnknownMeeting, scenes.UnknownScene):
            return self.said(ident, _(REFUSALS["kind"]), 404)
        except Refused as met:
            return self._refused(ident, met.why)
        return self.said(ident, _("Reçu.") if new else _("Déjà reçu."), 201 if new else 200, device=device)

    def said(self, ident: str, text: str, status: int = 200, *, asks: bool = False, **more: Any) -> Response:
        """The answer to a sending: in words for a script, else on the page of the telephone."""
        if _is_script():
            answer = jsonify(told=text, asks=asks, token=self._windows.gate.token())
            answer.status_code = status
            return self._windows.gate.keep(answer)
        told = {"problem": text} if status >= 400 else {"thanks": text}  # noqa: PLR2004
        return self._windows.page(ident, "participer", status, **told, **more)

    def _admitted(self, ident: str, device: str) -> Meeting:
        """The meeting, for a telephone that is in it, knows its code, or gives it. Raises `Refused`."""
        found, code = meetings.read(self._database, ident), request.form.get("code", "").strip()
        if found.state != meetings.OPEN:
            raise Refused("closed")
        if self._knows(found, device):
            return found
        if not code:
            raise Refused("code")
        try:
            return entrance.enter(self._database, code, _asker(), ident)
        except UnknownMeeting as error:
            raise Refused("wrong") from error
        except TooManyAttempts as error:
            raise Refused("tries") from error

    def _knows(self, meeting: Meeting, device: str) -> bool:
        """Whether who asks gave the code of a meeting, or is in it already."""
        return self._windows.knows(meeting) or contributions.college_of(self._database, meeting, device) is not None

    def _sent(self, ident: str, device: str) -> bool:
        """Take what the request holds; whether it is new."""
        form, found = request.form, scenes.read(self._database, request.form.get("scene", ""))
        meeting = meetings.read(self._database, ident)
        if meeting.state == meetings.OPEN and not self._knows(meeting, device):
            raise Refused("code")
        sending = Sending(form.get("id", ""), found.id, answers.read(found, form))
        return contributions.send(self._database, meeting, device, sending)

    def _refused(self, ident: str, why: str) -> Response:
        """A refusal; where the code would have it taken, what was typed is asked for again with it."""
        asks, mine = why in ASKING, (*ENTERING, FIELD)
        kept = [(name, text) for name, text in request.form.items(multi=True) if name not in mine]
        more = {"kept": kept if asks and _sends() else (), "typed": request.form.get("code", "")}
        return self.said(ident, _(REFUSALS[why]), STATUS.get(why, 409), asks=asks, **more)


def register(server: Flask, windows: Windows) -> None:
    """Add the routes to a server."""
    phones = Phones(windows)

    @server.get(f"{PATH}/<ident>/participer")
    def atelier_phone(ident: str) -> Response:
        return windows.page(ident, "participer")

    @server.get("/a/<code>")
    def atelier_code(code: str) -> Any:
        return phones.led(code)

    @server.get(DOOR.path)
    def atelier_door() -> Any:
        return phones.led(request.args["code"]) if "code" in request.args else windows.door()

    @server.post(DOOR.path)
    def atelier_join() -> Any:
        code = request.form.get("code", "")
        why = phones.unread()
        return windows.door(why[1], why[0], code) if why else phones.led(code)

    @server.post(f"{PATH}/<ident>/rejoindre")
    def atelier_enter(ident: str) -> Any:
        why = phones.unread()
        return phones.said(ident, *why) if why else phones.entered(ident)

    @server.post(f"{PATH}/<ident>/envoyer")
    def atelier_send(ident: str) -> Any:
        why = phones.unread()
        return phones.said(ident, *why) if why else phones.taken(ident, request.cookies.get(DEVICE, ""))


def _sends() -> bool:
    """Whether a form sends an answer."""
    return "scene" in request.form


def _asker() -> str:
    """The address that a request comes from."""
    return request.remote_addr or ""


def _is_script() -> bool:
    """Whether a script asks, which shows what it is told by itself."""
    return request.headers.get("Accept", "").startswith("application/json")


def _remembered(answer: Any, device: str) -> Any:
    """The answer with the cookie by which a telephone is the same one through a meeting."""
    return _put(answer, DEVICE, device, f"{PATH}/", "Strict")


def _proven(answer: Any, meeting: Meeting) -> Any:
    """The answer with the cookie of who knows the code; it follows the link of a message too, as it is no vote."""
    return _put(answer, PROOF, entrance.token(meeting), f"{PATH}/{meeting.id}", "Lax")


def _put(answer: Any, name: str, value: str, path: str, samesite: str) -> Any:
    age, safe = 3600 * HOURS, request.is_secure
    answer.set_cookie(name, value, max_age=age, path=path, httponly=True, samesite=samesite, secure=safe)
    return answer
