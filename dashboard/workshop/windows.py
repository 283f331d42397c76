"""The windows of a meeting in step: the desk of who leads, the screen of the room, the telephones.

They ask for news all the time (`live`): two numbers of a row where nothing moved. It works behind a plain proxy, with
several workers, and goes on by itself after a cut.
"""

from __future__ import annotations

import secrets
import uuid
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from flask import Response, abort, jsonify, request

from dashboard.documents.links import code_svg, source
from dashboard.exports.answers import busy, in_turn, origin
from dashboard.exports.making import Busy
from dashboard.gate import FIELD, WORKSHOPS
from dashboard.i18n import language, msg
from dashboard.network import shared
from dashboard.pages import Page
from dashboard.workshop import offline, shown
from dashboard.workshop.pulses import Pulses
from layers.cache import MB, Cache
from layers.written.workshop import contributions, entrance, meetings
from layers.written.workshop.meetings import UnknownMeeting

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.gate import Gate
    from dashboard.rendering import Shell
    from dashboard.services import Services
    from layers.written.database import Database
    from layers.written.workshop.meetings import Meeting

PATH = "/atelier"
BACK: Final = ("/animer", "/projection")
SCENES_KEPT: Final = 8 * MB
DEVICE: Final = "ess_telephone"
"""Cookie of a telephone that takes part; it names nobody."""
PROOF: Final = "ess_salle"
"""Cookie of who knows the code of a meeting, for the addresses of that one."""
STYLES = ("content.css", "asked.css", "atelier.css")
WINDOWS = {
    name: Page(f"atelier_{name}", PATH, title, description, (*STYLES, *more))
    for name, title, description, more in (
        ("animer", msg("Animer"), msg("Notes, scène suivante, minuteur, propositions à accepter."), ()),
        ("projection", msg("Projection"), msg("L’écran de la salle."), ("atelier_projection.css",)),
        ("participer", msg("Participer"), msg("Répondre depuis un téléphone, sans compte et sans nom."), ()),
    )
}
DOOR = Page(
    "atelier_rejoindre", f"{PATH}/rejoindre", msg("Rejoindre une rencontre"),
    msg("Taper le code affiché dans la salle."), STYLES,
)  # fmt: skip
PARTS = {"animer": ("leading", "desk"), "projection": ("screen", "count", "keys"), "participer": ("phone",)}
"""Parts of a window that are drawn again when they change."""
TOKEN, SENDING = secrets.token_hex(16), secrets.token_hex(16)
"""What stands for the token of a telephone, and for the name of its next sending, in what is made for all of them."""


class Windows:
    """Makes the windows of meetings, whole or the parts of them that changed; ``host`` is where the server listens."""

    def __init__(self, services: Services, shell: Shell, gate: Gate, database: Database, host: str) -> None:
        self.services, self.shell, self.gate, self.database, self._host = services, shell, gate, database, host
        self._pulses = Pulses(database)
        self._scenes: Cache[tuple[shown.Stage, dict[str, Any]]] = Cache("scenes", SCENES_KEPT)
        self._phones: Cache[dict[str, Any]] = Cache("telephones", MB)

    def joining(self, meeting: Meeting) -> dict[str, str]:
        """What lets in: the code, the address that ends with it, and the square that a telephone reads."""
        door = f"{shared(origin(), self._host)}/a/"
        square = source(code_svg(door + (entrance.token(meeting) or meeting.code)))
        return {"code": meeting.code, "address": door + meeting.code, "square": square}

    def knows(self, meeting: Meeting) -> bool:
        """Whether who asks gave the code of a meeting, or read it with a telephone."""
        return entrance.is_token(meeting, request.cookies.get(PROOF, ""))

    def page(self, ident: str, window: str, status: int = 200, *, device: str = "", **more: Any) -> Response:
        """A window whole, for a telephone (``device``) that has no cookie yet; 404 for a meeting that there is not."""
        try:
            found = self.told(ident, window) | more
        except UnknownMeeting:
            abort(404)
        if window == "participer":
            device = device or request.cookies.get(DEVICE, "")
            found["college"] = contributions.college_of(self.database, found["meeting"], device)
        return self._answer(WINDOWS[window], status, found)

    def door(self, status: int = 200, problem: str = "", typed: str = "") -> Response:
        """The page that asks for the code of a meeting, whichever it is."""
        told = {"token": self.gate.token(), "field": FIELD, "ignored": (), "problem": problem, "typed": typed}
        return self._answer(DOOR, status, told)

    def _answer(self, page: Page, status: int, told: dict[str, Any]) -> Response:
        body = self.shell.put(page, lambda _view, _services: told)
        return self.gate.keep(Response(body, status, mimetype="text/html", headers={"Cache-Control": "no-store"}))

    def told(self, ident: str, window: str, *, fresh: bool = True) -> dict[str, Any]:
        """All that a window prints; not ``fresh``, as it was made for another that asked since the last change.

        Raises `UnknownMeeting`.
        """
        since = self.since(ident, window, fresh=fresh)  # before what it is of: a change in between is asked for again
        now, scene = self._scene(ident, window, since, fresh=fresh)
        leads = window != "participer" and self.gate.may(WORKSHOPS)
        knows = leads or self.knows(now.meeting)
        return {
            **scene, "window": window, "leads": leads,
            "token": self.gate.token(), "field": FIELD, "ignored": (),
            "knows": knows, "joining": self.joining(now.meeting) if knows and window != "participer" else None,
            "problem": None, "thanks": "", "typed": "", "kept": (),
            "pending": contributions.proposed(self.database, ident) if leads else [], "ident": uuid.uuid4().hex,
            "joined": dict.fromkeys(meetings.COLLEGES, 0) | meetings.joined(self.database, ident), "since": since,
            "part_keys": _keys(now, knows=knows), "college": None,
            "now": datetime.now(UTC).isoformat(timespec="milliseconds"),
        }  # fmt: skip

    def _scene(self, ident: str, window: str, since: str, *, fresh: bool) -> tuple[shown.Stage, dict[str, Any]]:
        """Where the meeting is, and what its scene shows: made once for all who are told of a change."""
        key = (ident, window, since, language(), self.services.release().id)

        def made() -> tuple[shown.Stage, dict[str, Any]]:
            now = shown.stage(self.database, ident)
            return now, shown.context(self.services, self.database, now)

        if not fresh:
            return self._scenes.get(key, made)
        found = made()
        self._scenes.put(key, found)
        return found

    def since(self, ident: str, window: str, *, fresh: bool = False) -> str:
        """What a window was last told; telephones do not follow what others send. Raises `UnknownMeeting`."""
        pulse, received = self._pulses.read(ident, fresh=fresh)
        return f"{pulse}" if window == "participer" else f"{pulse}.{received}"

    def news(self, ident: str, window: str, since: str | None, *, fresh: bool = False) -> Response:
        """The parts of a window where they changed since it was told; else nothing. Raises `UnknownMeeting`."""
        now = self.since(ident, window, fresh=fresh)
        if now == since:
            return Response(status=204, headers={"Cache-Control": "no-store"})
        found = self._phone(ident, now) if window == "participer" else self._parts(ident, window, {})
        answer = jsonify(found | {"now": datetime.now(UTC).isoformat(timespec="milliseconds")})
        answer.headers["Cache-Control"] = "no-store"
        return self.gate.keep(answer)

    def _parts(self, ident: str, window: str, more: dict[str, Any]) -> dict[str, Any]:
        """What `news` tells a window, for who asks, or with ``more`` instead of what is theirs."""
        found = self.told(ident, window, fresh=False) | more
        parts = {
            name: [found["part_keys"][name], self.shell.part("atelier_parts.html", name, found)]
            for name in PARTS[window]
        }
        return {"since": found["since"], "parts": parts, "timer": found["meeting"].timer}

    def _phone(self, ident: str, now: str) -> dict[str, Any]:
        """What `news` tells a telephone: made once for all of them, but for the token and the name of its sending."""
        key = (ident, now, language(), self.services.release().id)
        found = self._phones.get(key, lambda: self._parts(ident, "participer", {"token": TOKEN, "ident": SENDING}))
        own = {TOKEN: self.gate.token(), SENDING: uuid.uuid4().hex}
        parts = {name: [drawn, _filled(html, own)] for name, (drawn, html) in found["parts"].items()}
        return found | {"parts": parts}


def register(server: Flask, windows: Windows) -> None:
    """Add the routes of the desk, of the screen, of the file for a room without network and of the news to a server."""
    gate = windows.gate

    @server.get(f"{PATH}/<ident>/animer")
    def atelier_lead(ident: str) -> Response:
        if not gate.may(WORKSHOPS):
            abort(403)
        return windows.page(ident, "animer")

    @server.get(f"{PATH}/<ident>/projection")
    def atelier_screen(ident: str) -> Response:
        return windows.page(ident, "projection")

    @server.get(f"{PATH}/<ident>/hors-ligne")
    def atelier_offline(ident: str) -> Response:
        if not gate.may(WORKSHOPS):
            abort(403)
        notes = request.args.get("notes") == "1"
        try:
            name = offline.name(windows.database, ident)
            body = in_turn(lambda: offline.session(windows.services, windows.database, ident, notes=notes), heavy=True)
        except UnknownMeeting:
            abort(404)
        except Busy:
            return busy()
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(body, content_type="text/html; charset=utf-8", headers=headers)

    @server.get(f"{PATH}/<ident>/live")
    def atelier_live(ident: str) -> Response:
        window = request.args.get("window", "participer")
        if window not in WINDOWS or (window == "animer" and not gate.may(WORKSHOPS)):
            abort(403)
        try:
            return windows.news(ident, window, request.args.get("since"), fresh="fresh" in request.args)
        except UnknownMeeting:
            abort(404)


def _filled(html: str, own: dict[str, str]) -> str:
    for mark, value in own.items():
        html = html.replace(mark, value)
    return html


def _keys(now: shown.Stage, *, knows: bool) -> dict[str, str]:
    """By part, what it is drawn again for; the screen of who ``knows`` the code, for another code too."""
    base = shown.key(now)
    code = sha256(entrance.token(now.meeting).encode()).hexdigest()[:8] if knows else ""
    stage = f"{base}-{now.meeting.pulse}"
    moving = f"{stage}.{now.meeting.received}"
    return {"leading": stage, "keys": stage, "screen": f"{base}-{code}", "phone": base, "desk": moving, "count": moving}
