"""``/contester``, open to everybody, and ``/contestations``, what was disputed and what was answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from flask import Response, abort, redirect, request

from dashboard import locale
from dashboard.administration import access
from dashboard.areas import territory
from dashboard.disputes import others, value
from dashboard.disputes.marks import address, mark, name
from dashboard.disputes.value import PATH, PLACE, PUBLIC
from dashboard.gate import DISPUTES, FIELD
from dashboard.i18n import FRENCH, _, language, msg
from dashboard.pages import Page
from dashboard.portrait.place import METROPOLE, place
from dashboard.wording import told as worded
from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers import measure
from layers.written import disputes
from layers.written.disputes import OUTCOMES, TooMany, UnknownDispute
from layers.written.locking import Invalid

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.gate import Gate
    from dashboard.rendering import Shell
    from dashboard.services import Services, View
    from dashboard.settings import Settings
    from layers.written.database import Database
    from layers.written.disputes import Dispute

STYLES: Final = ("content.css", "asked.css", "disputes.css")
FORM = Page("contester", PATH, msg("Contester un chiffre"), msg("Dire pourquoi un chiffre est faux."), STYLES)
LIST = Page(
    "contestations", PUBLIC, msg("Chiffres contestés"), msg("Ce qui est contesté, et ce qui a été répondu."), STYLES
)
FIELDS = {"reason": msg("Pourquoi"), "source": msg("Source proposée"), "contact": msg("Contact")}
STATUSES = {
    disputes.OPEN: msg("contesté, en attente de réponse"),
    disputes.ANSWERED: msg("répondu"),
    disputes.WITHDRAWN: msg("retiré"),
}
MOST_A_VISIT: Final = 10
"""Disputes that one visit files in an hour, by process: counted in memory, never written."""


def register(
    server: Flask, services: Services, shell: Shell, *, gate: Gate, database: Database, settings: Settings
) -> None:
    """Add the routes to a server."""
    visits: Counter[tuple[str, int]] = Counter()

    def view() -> View:
        return services.view(request.query_string.decode("utf-8", "replace"))

    def form(status: int = 200, **more: Any) -> Response:
        asked = view()
        try:
            told = asking(asked) | {"token": gate.token(), "field": FIELD, "days": settings.contact_days}
        except KeyError:
            abort(404)
        told |= {"answered_days": settings.answered_days, "problem": "", **more}
        body = shell.put(FORM, lambda _view, _services: told, asked)
        return gate.keep(Response(body, status, mimetype="text/html", headers={"Cache-Control": "no-store"}))

    def listing(found: list[Dispute], **more: Any) -> Response:
        release = view().release
        told = {"rows": [row(release, one) for one in found], "ignored": (), "answers": gate.may(DISPUTES), **more}
        body = shell.put(LIST, lambda _view, _services: told)
        return Response(body, mimetype="text/html", headers={"Cache-Control": "no-store"})

    @server.get(PATH)
    def contest() -> Response:
        return form()

    @server.post(PATH)
    def contest_it() -> Any:
        sent = request.form
        if why := gate.refusal(None, sent):
            return form(403, problem=why)
        if not _may_file(visits):
            return form(429, problem=_("Trop de contestations en une heure ; réessayez plus tard."))
        try:
            one = value.disputed(view(), sent.get("reason", ""), sent.get("source", ""))
            made = disputes.file(database, one, sent.get("contact", ""), days=settings.contact_days)
        except KeyError:
            abort(404)
        except TooMany:
            return form(429, problem=_("Trop de contestations en une heure ; réessayez plus tard."))
        except Invalid as met:
            problem = _("« {field} » n’est pas rempli comme il faut ; rien n’a été écrit.")
            return form(400, problem=problem.format(field=_(FIELDS.get(met.field, met.field))))
        return redirect(address(made.id), 303)

    @server.get(PUBLIC)
    def contestations() -> Response:
        place = request.args.get("territory", "")
        inside = members(95)
        found = [one for one in disputes.listed(database) if one.status != disputes.WITHDRAWN]
        if place in TERRITORIES:
            found = [one for one in found if place in (one.place, inside.get(one.place))]
        places = [(code, territory(code).short) for code in TERRITORIES]
        return listing(found, places=places, chosen=place, one=None)

    @server.get(f"{PUBLIC}/<ident>")
    def contestation(ident: str) -> Response:
        try:
            one = disputes.read(database, ident)
        except UnknownDispute:
            abort(404)
        return listing([one], places=[], chosen="", one=one)


def asking(view: View) -> dict[str, Any]:
    """What the form prints: the value, and the choices that lead to another. ``KeyError`` for an unknown place."""
    if (other := others.asked(view)) is not None:
        return _other(view, other)
    shown = value.read(view)
    release, state = view.release, view.state
    communes = sorted((name(release, code), code) for code in members(state.perimeter))
    given = [worded(release.indicators[key]) for key in release.indicators if measure.available(release, key)]
    return {
        "others": _others(view),
        "shown": shown,
        "ignored": tuple(one for one in view.ignored if one.key != PLACE),
        "where": shown.place.named.short,
        "action": value.address(view, shown),
        "proof": f"/carte?{replace(value.frozen(view, shown), lang=state.lang).to_query()}",
        "territories": _territories(),
        "communes": [(code, label) for label, code in communes],
        "indicators": [(one.key, one.label) for one in given],
        "years": sorted(measure.years(release, state.indicator), reverse=True),
        "kept": [(key, text) for key, text in state.filters.items() if text]
        + [("perimeter", str(state.perimeter)), ("release", release.id), ("lang", state.lang)],
        "most": (disputes.MOST_REASON, disputes.MOST_SOURCE, disputes.MOST_CONTACT),
    }


def _territories() -> list[tuple[str, str]]:
    """The metropole and its territories, as the form offers them."""
    return [(METROPOLE, _("Métropole")), *((code, territory(code).short) for code in TERRITORIES)]


def _others(view: View) -> list[tuple[str, str]]:
    """The figures that are no indicators: name, address of the form."""
    lang = "" if language() == FRENCH else f"&lang={language()}"
    return [
        (_(one.label), f"{PATH}?{others.FIGURE}={one.key}&{others.kept(view)}{lang}") for one in others.OTHERS.values()
    ]


def _other(view: View, other: others.Other) -> dict[str, Any]:
    """What the form prints of a figure that is no indicator: its name, its place, its year, not its value."""
    where, lang = place(view, value.code_of(view)), "" if language() == FRENCH else f"&lang={language()}"
    own = f"{others.FIGURE}={other.key}&{PLACE}={where.code}&{others.kept(view)}{lang}"
    return {
        "other": _(other.label),
        "others": _others(view),
        "year": view.state.year,
        "code_of": where.code,
        "territories": _territories(),
        "kept": [*parse_qsl(others.kept(view)), (others.FIGURE, other.key), ("lang", view.state.lang)],
        "ignored": tuple(one for one in view.ignored if one.key not in (PLACE, others.FIGURE)),
        "where": where.named.short,
        "action": f"{PATH}?{own}",
        "proof": f"{other.path}?{others.kept(view)}{lang}",
        "most": (disputes.MOST_REASON, disputes.MOST_SOURCE, disputes.MOST_CONTACT),
    }


def row(release: Any, one: Dispute) -> dict[str, Any]:
    """A dispute as the list and its own page print it; the texts of one that was withdrawn are not shown."""
    hidden = one.status == disputes.WITHDRAWN
    return {
        "one": one,
        "mark": mark(release, one),
        "status": _(STATUSES[one.status]),
        "outcome": _(OUTCOMES[one.outcome]) if one.outcome else "",
        "reason": "" if hidden else one.reason,
        "source": "" if hidden else one.source,
        "answer": "" if hidden else one.answer,
        "filed": locale.day_of(one.created),
        "answered": locale.day_of(one.answered) if one.answered else "",
        "proof": f"{others.page_of(one.indicator)}?{one.view}{'' if language() == FRENCH else f'&lang={language()}'}",
    }


def _may_file(visits: Counter[tuple[str, int]]) -> bool:
    """Whether this visit has not filed too much this hour; visits of other hours are forgotten."""
    hour = int(datetime.now(UTC).timestamp()) // 3600
    for key in [key for key in visits if key[1] != hour]:
        del visits[key]
    own = (sha256(request.cookies.get(access.COOKIE, "").encode()).hexdigest(), hour)
    visits[own] += 1
    return visits[own] <= MOST_A_VISIT
