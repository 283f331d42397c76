"""``/search``: suggestions as JSON; ``/recherche``: the same as a page, for who has no script or wants more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Response, request

from dashboard.i18n import _, msg
from dashboard.pages import Page
from dashboard.search.index import KINDS, MOST_TEXT, ON_PAGE, Group, href, index

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.rendering import Shell
    from dashboard.services import Services, View

PAGE = Page(
    "recherche",
    "/recherche",
    msg("Recherche"),
    msg("Chercher une commune, un code postal, un territoire, un indicateur ou une structure."),
    ("recherche.css",),
)


def register(server: Flask, services: Services, shell: Shell) -> None:
    """Add the routes to a server."""

    @server.get("/search")
    def suggestions() -> Response:
        view = services.view(request.query_string.decode("utf-8", "replace"))
        text = _text()
        groups = index(view.release).find(text) if text else []
        content = {
            "q": text,
            "release": view.release.id,
            "demonstration": view.release.demonstration,
            "groups": [{"kind": g.kind, "label": g.label, "count": g.count, "items": _items(g, view)} for g in groups],
        }
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return Response(body, mimetype="application/json", headers={"Cache-Control": "no-cache"})

    @server.get(PAGE.path)
    def results() -> Response:
        page = shell.put(PAGE, _context)
        return Response(page, mimetype="text/html", headers={"Cache-Control": "no-cache"})


def _text() -> str:
    return request.args.get("q", "").strip()[:MOST_TEXT]


def _items(group: Group, view: View) -> list[dict[str, str]]:
    return [{"label": one.label, "detail": one.detail, "href": href(one, view.state.release)} for one in group.entries]


def _context(view: View, _services: Services) -> dict[str, Any]:
    text = _text()
    groups = index(view.release).find(text, dict.fromkeys(KINDS, ON_PAGE)) if text else []
    title = _("Résultats pour « {text} »").format(text=text) if text else _("Recherche")
    return {
        "title": title,
        "sought": text,
        "groups": [(group, _items(group, view)) for group in groups],
    }
