"""Plain addresses beside Dash: files for ever, packs of series, structures, CSV, health."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Response, abort, g, redirect, request

from dashboard import assets, exports, filters, packs, program, structures
from dashboard.comparison import choice, table
from dashboard.comparison import content as comparison
from dashboard.compression import PASSING
from dashboard.exports import answers, carte
from dashboard.exports.making import Busy
from dashboard.pages import PAGES, accueil
from dashboard.rendering import CONTEXTS, WITH_DASH
from dashboard.services import UNREADABLE
from dashboard.slices import Scope
from geodata.perimeter import PERIMETERS
from layers import measure
from layers.classing import Classing
from layers.indicators import can_cross
from layers.secrecy import superseded
from layers.series import LEVELS

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.rendering import Shell
    from dashboard.services import Services, View
    from layers.release import Release

FOR_EVER = "public, max-age=31536000, immutable"


def register(server: Flask, services: Services, shell: Shell) -> None:
    """Add the routes to a server."""

    @server.get("/health")
    def health() -> Response:
        problems = services.problems()
        status = {"status": "degraded", "problems": problems} if problems else {"status": "ok"}
        return _json(status | {"release": services.release().id}, "no-store")

    @server.get("/favicon.ico")
    def icon() -> Any:
        return redirect(f"{assets.base()}/icon.svg", 302)

    def _view() -> View:
        return services.view(request.query_string.decode("utf-8", "replace"))

    _pages(server, shell, _view)

    @server.get("/assets/<digest>/<name>")
    def asset(digest: str, name: str) -> Response:
        content = assets.files().get(name)
        if content is None:
            abort(404)
        caching = FOR_EVER if digest == assets.digest() else "no-cache"
        return Response(content, mimetype=assets.kind(name), headers={"Cache-Control": caching})

    @server.get("/pack/<release_id>/<indicator>/<scope>/<method>.json")
    @server.get("/pack/<release_id>/<indicator>/<scope>/<method>/<chosen>.json")
    def pack(release_id: str, indicator: str, scope: str, method: str, chosen: str = "") -> Response:
        try:
            release = services.current.get(release_id)
        except UNREADABLE:
            abort(404)
        parsed = _scope(scope)
        method, second = packs.second_of(method)
        classes = packs.classes_of(method)
        if parsed is None or indicator not in release.indicators or classes is None:
            abort(404)
        if packs.read_filters(release, indicator, chosen) is None or not _crosses(release, method, indicator, second):
            abort(404)
        classing, circles, since = classes
        if since is not None and since not in measure.years(release, indicator):
            abort(404)
        key = packs.PackKey(indicator, parsed, classing, circles, chosen, since, second)
        content = packs.pack(release, key)
        told = [release.indicators[one] for one in (indicator, second) if one]
        setattr(g, PASSING, any(map(superseded.under_secrecy, told)))  # withdrawn when another release is shown
        lasting = request.args.get("v") == program.mark() and not g.get(PASSING)
        caching = FOR_EVER if lasting else "no-cache"
        return Response(content, mimetype="application/json", headers={"Cache-Control": caching})

    @server.get("/table")
    def values() -> Response:
        return Response(shell.values(), mimetype="text/html", headers={"Cache-Control": "no-cache"})

    @server.get("/choices")
    def choices() -> Response:
        view = services.view(request.query_string.decode("utf-8", "replace"))
        return _json(filters.choices(view), "no-cache")

    @server.get("/structures")
    def listed() -> Response:
        view = services.view(request.query_string.decode("utf-8", "replace"))
        return _json(structures.content(view), "no-cache")

    @server.get("/export/<form>")
    def export(form: str) -> Response:
        exporter = exports.EXPORTERS.get(form)
        if exporter is None:
            abort(404)
        view = services.view(request.query_string.decode("utf-8", "replace"))
        name = f'attachment; filename="{exports.file_name(view, exporter)}"'

        if answers.DRAWING in request.args:
            return answers.answer(view, form, lambda: carte.content(view), ("ess", view.state.indicator))

        def made() -> bytes:
            return exports.file_of(view, exporter, answers.origin())

        try:
            content = answers.in_turn(made, heavy=exporter.heavy)
        except Busy:
            return answers.busy()
        return Response(content, content_type=exporter.content_type, headers={"Content-Disposition": name})


def _pages(server: Flask, shell: Shell, view_of: Callable[[], View]) -> None:
    """The pages, and what leads to another address than theirs."""

    def page() -> Response:
        return Response(shell.page(), mimetype="text/html", headers={"Cache-Control": "no-cache"})

    for key in CONTEXTS:
        if key not in (WITH_DASH, "accueil", "comparer"):
            server.add_url_rule(PAGES[key].path, f"page_{key}", page)

    @server.get(PAGES["accueil"].path)
    def welcome() -> Any:
        """The page; before a room, its map."""
        view = view_of()
        room = view.state.mode is not None
        return redirect(accueil.projection(view), 302) if room else shell.answer(PAGES["accueil"])

    @server.get(PAGES["comparer"].path)
    def compare() -> Any:
        """The page; a form is answered by the address it makes."""
        if choice.ADD not in request.args:
            return shell.answer(PAGES["comparer"])
        return redirect(choice.canonical(view_of()), 302)

    @server.get(f"{PAGES['comparer'].path}.csv")
    def compared() -> Response:
        view = view_of()
        parts = ["ess_comparaison", view.release.id, *(["demonstration"] if view.release.demonstration else [])]
        name = f'attachment; filename="{"_".join(parts)}.csv"'
        kind = "text/csv; charset=utf-8"
        return Response(table.to_csv(view, answers.origin()), content_type=kind, headers={"Content-Disposition": name})

    @server.get(f"{PAGES['comparer'].path}.{answers.FORM_RULE}")
    def compared_file(form: str) -> Response:
        view = view_of()
        return answers.answer(view, form, lambda: comparison.content(view, choice.read(view)), ("comparaison",))


def _crosses(release: Release, method: str, indicator: str, second: str | None) -> bool:
    """Whether a pack of two indicators can be: their thirds are the only classes they have."""
    return second is None or (method == Classing().key and can_cross(indicator, second, release.indicators))


def _scope(text: str) -> Scope | None:
    """``territory-all-95`` or ``commune-3-85``; None for anything else."""
    level, territory, perimeter = (*text.split("-"), "", "", "")[:3]
    known = level in LEVELS and perimeter in {str(p) for p in PERIMETERS}
    if not known or text.count("-") != 2:  # noqa: PLR2004
        return None
    if territory == "all":
        return Scope(level, None, int(perimeter))
    if level == "commune" and territory in {str(code) for code in range(1, 9)}:
        return Scope(level, territory, int(perimeter))
    return None


def _json(content: Any, caching: str) -> Response:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(body, mimetype="application/json", headers={"Cache-Control": caching})
