"""Addresses of the directory beside its page: sheets, points, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, request

from dashboard import program
from dashboard.directory import export, points, workbook
from dashboard.directory.listing import Listing
from dashboard.directory.state import PATH, STANDINGS, parse
from dashboard.exports import answers
from dashboard.exports.contents import FORMS
from dashboard.i18n import _
from dashboard.pages import acteur
from dashboard.services import UNREADABLE
from dashboard.web import FOR_EVER
from layers import directory, sheets

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.rendering import Shell
    from dashboard.services import Services


def register(server: Flask, services: Services, shell: Shell) -> None:
    """Add the routes to a server."""

    @server.get(f"{PATH}/points/<release_id>/<int:year>-<ess>.json")
    def actor_points(release_id: str, year: int, ess: str) -> Response:
        try:
            release = services.current.get(release_id)
        except UNREADABLE:
            abort(404)
        if ess not in STANDINGS:
            abort(404)
        caching = FOR_EVER if request.args.get("v") == program.mark() else "no-cache"
        content = points.packed(release, year or None, ess)
        return Response(content, mimetype="application/json", headers={"Cache-Control": caching})

    @server.get(f"{PATH}/<path:key>")
    def actor_sheet(key: str) -> Response:
        view = services.view(request.query_string.decode("utf-8", "replace"))
        state, _ignored = parse(view.query, view.release)
        found = sheets.sheet(view.release, key, state.year or directory.default_year(view.release, state.ess))
        if found is None:
            told = _(
                "Aucune structure listée de cette publication n’a cette référence : "
                "elle a pu changer, sortir des listes, ou demander à n’être pas diffusée."
            )
            return Response(shell.error(_("Structure introuvable"), told), 404, mimetype="text/html")
        page = shell.put(acteur.PAGE, lambda view, services: acteur.context(view, services, found))
        return Response(page, mimetype="text/html", headers={"Cache-Control": "no-cache"})

    @server.get(f"{PATH}.xlsx")
    def actor_workbook() -> Response:
        view = services.view(request.query_string.decode("utf-8", "replace"))
        state, _ignored = parse(view.query, view.release)
        listing = Listing(view.release, state)
        body = workbook.to_xlsx(listing, answers.origin())
        return answers.given(body, FORMS["xlsx"], export.file_name(listing).removesuffix(".csv"))

    @server.get(f"{PATH}.csv")
    def actor_export() -> Response:
        view = services.view(request.query_string.decode("utf-8", "replace"))
        state, _ignored = parse(view.query, view.release)
        listing = Listing(view.release, state)
        name = f'attachment; filename="{export.file_name(listing)}"'
        headers = {"Content-Disposition": name}
        return Response(export.to_csv(listing), content_type="text/csv; charset=utf-8", headers=headers)
