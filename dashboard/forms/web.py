"""One place where every form of the product that is refused, or whose writing failed, comes back with what was typed.

The form is looked for in the page that answers, else in the page that it was sent from, made again; where neither has
it (no right any more, a database that does not answer), what was typed is shown to be copied or sent again. A form
that a page of elsewhere sent gets none of its words back: they would stand on our page as if they were ours.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from flask import g, request
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from dashboard.administration import access
from dashboard.forms import markup, typed
from dashboard.forms.labels import LABELS
from dashboard.forms.markup import PROBLEM, Form, Markup
from dashboard.forms.typed import Edit, Typed
from dashboard.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask, Response

    from dashboard.gate import Gate

log = logging.getLogger(__name__)
REFUSED: Final = 400
RETRIED: Final = (403, 429, 500, 503, 507)
"""Refusals that pass: the same form may be right later."""
CONFLICT: Final = 409
SENT: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


def register(server: Flask, gate: Gate) -> None:
    """Look at every answer of a server; after whatever compresses them, for the last that is told is asked first."""

    @server.after_request
    def put_back(answer: Response) -> Response:
        if answer.status_code < REFUSED or answer.mimetype != "text/html" or access.is_foreign(request):
            return answer
        sent = _sent()
        return _with(server, gate, answer, sent) if sent and sent.told else answer


def read(fields: Mapping[str, str]) -> None:
    """Say what a form held that its address reads in its own way, as it must where there are files."""
    g.typed = tuple(fields.items())


def _sent() -> Typed | None:
    """The form of the request in hand, if it is one."""
    if request.method == "GET":
        return Typed(request.path, "GET", tuple(request.args.items(multi=True)))
    if request.mimetype not in SENT:
        return None
    try:
        return Typed(request.path, request.method, g.get("typed") or tuple(request.form.items(multi=True)))
    except HTTPException:  # too long to be read
        return None


def _with(server: Flask, gate: Gate, answer: Response, sent: Typed) -> Response:
    page = markup.read(answer.get_data(as_text=True))
    why = page.inside(page.problem) if page.problem else ""
    form = typed.form_of(page, sent)
    if form is None and sent.method == "GET":
        return answer
    if form is None:
        for other in _made_again(server):
            again = markup.read(other.get_data(as_text=True))
            if found := typed.form_of(again, sent):
                other.status_code = answer.status_code
                answer, page, form = other, again, found
                break
    answer.set_data(_put_back(gate, page, form, sent, (why, answer.status_code)))
    answer.headers["Cache-Control"] = "no-store"
    return gate.keep(answer) if form is None else answer


def _put_back(gate: Gate, page: Markup, form: Form | None, sent: Typed, answered: tuple[str, int]) -> str:
    """The text of a page with why, and with what was typed in its form, or beside where it has none."""
    why, status = answered
    edits, lost = typed.put_back(page, form, sent, met=status == CONFLICT) if form else (list[Edit](), sent.told)
    more = _also(form) + (_copies(gate, sent, lost, form is None and status in RETRIED) if lost else "")
    return typed.edited(page.text, [*edits, *_told(page, form, why, more)])


def _told(page: Markup, form: Form | None, why: str, more: str) -> Iterator[Edit]:
    """Why, focused: above the form where something is typed in it, else where it was; ``more`` follows."""
    there = page.problem
    if there and not (form and typed.is_written_in(form)):
        yield there.start, there.end, there.written(tabindex="-1", autofocus=True)
        yield there.close, there.close, more
        return
    if there:
        yield there.start, there.close, ""
    at = form.start if form and typed.is_written_in(form) else page.main.end if page.main else 0
    yield at, at, f'<p class="ignored" id="{PROBLEM}" role="alert" tabindex="-1" autofocus>{why}</p>{more}'


def _also(form: Form | None) -> str:
    """What does not come back in a form."""
    kinds = {one.kind for one in form.controls} if form else set()
    told = {
        "file": _("Un navigateur ne rend pas les fichiers : choisissez-les à nouveau."),
        "password": _("Les mots de passe ne reviennent pas : tapez-les à nouveau."),
    }
    return "".join(f'<p class="note">{escape(text)}</p>' for kind, text in told.items() if kind in kinds)


def _copies(gate: Gate, sent: Typed, lost: list[tuple[str, str]], is_sent_again: bool) -> str:
    """What was typed, to be copied; to be sent again too, where that may be right later."""
    labels = {name: _(label) for name, label in LABELS.items()}
    lead = _("Voici ce que vous aviez saisi : rien n’en est écrit, copiez-le avant de quitter cette page.")
    button = ""
    if is_sent_again and not sent.has_secret:
        token = f'<input type="hidden" name="{access.FIELD}" value="{gate.token()}">'
        button = f'{token}<button type="submit">{escape(_("Envoyer à nouveau"))}</button>'
    if is_sent_again and gate.has_accounts() and gate.account() is None:
        path, told = (
            f"/connexion?lang={language()}",
            escape(_("Se connecter dans un autre onglet, puis envoyer à nouveau")),
        )
        button += f'<a class="go" href="{path}" target="_blank" rel="noopener">{told}</a>'
    action = escape(request.full_path.removesuffix("?"))
    return (
        f'<section class="typed"><p>{escape(lead)}</p><form class="asked" method="post" action="{action}">'
        f"{typed.copies(lost, labels)}{button}</form></section>"
    )


def _made_again(server: Flask) -> Iterator[Response]:
    """The pages on which the form may have been, made again: the one that the browser names, the one of its address."""
    came = urlsplit(request.referrer or "")
    places = [(came.path, came.query)] if came.netloc == request.host else []
    for path, query in dict.fromkeys([*places, (request.path, request.query_string.decode("utf-8", "replace"))]):
        asked = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_LENGTH": "0",
            "CONTENT_TYPE": "", "HTTP_ACCEPT_ENCODING": "", "wsgi.input": BytesIO(),
        }  # fmt: skip
        kept = {key: value for key, value in request.environ.items() if key not in ("ess.account", "werkzeug.request")}
        with server.app_context(), server.request_context(kept | asked):
            try:
                made: Response = server.full_dispatch_request()
            except Exception:
                log.exception("%s", path)
                continue
        if made.status_code == 200 and made.mimetype == "text/html":  # noqa: PLR2004
            yield made
