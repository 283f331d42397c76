"""``/territoire/<code>``: the page of a portrait, and its files beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, request

from dashboard.exports.answers import DRAWING, FORM_RULE, answer, listed
from dashboard.grants.state import address_in
from dashboard.pages import PAGES
from dashboard.portrait.content import address, content
from dashboard.portrait.place import Place, offered, place

if TYPE_CHECKING:
    from flask import Flask, Response

    from dashboard.rendering import Shell
    from dashboard.services import Services, View


def register(server: Flask, services: Services, shell: Shell) -> None:
    """Add the routes to a server."""

    def view() -> View:
        return services.view(request.query_string.decode("utf-8", "replace"))

    @server.get("/territoire/<code>")
    def portrait(code: str) -> Response:
        return shell.answer(PAGES["portrait"], lambda view, _services: context(view, found(view, code)))

    @server.get(f"/territoire/<code>.{FORM_RULE}")
    def portrait_file(code: str, form: str) -> Response:
        asked = view()
        where = found(asked, code)
        return answer(asked, form, lambda: content(asked, where), ("portrait", code))


def found(view: View, code: str) -> Place:
    """The place of a code; an unknown one is not found."""
    try:
        return place(view, code)
    except KeyError:
        abort(404)


def context(view: View, where: Place) -> dict[str, Any]:
    """All that the template ``portrait.html`` prints."""
    made = content(view, where)
    return {
        "title": made.title,
        "made": made,
        "where": where,
        "ignored": view.ignored,
        "list_url": address_in(view, where.code),
        "places": offered(lambda code: address(view, code)),
        "above": address(view, where.territory) if where.level == "commune" else "",
        "files": listed(made, lambda form: address(view, f"{where.code}.{form}", pinned=True)),
        "chart": lambda key, form: f"{address(view, f'{where.code}.{form}', pinned=True)}&{DRAWING}={key}",
    }
