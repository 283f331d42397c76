"""``/territoire/<code>``: the page of a portrait, and its files beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, abort, request

from dashboard.areas import territory
from dashboard.documents import DOCUMENTS
from dashboard.exports import XLSX
from dashboard.exports.workbook import workbook
from dashboard.i18n import _, speaking
from dashboard.pages import PAGES
from dashboard.portrait.content import address, content
from dashboard.portrait.place import METROPOLE, Place, place

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.content import Content
    from dashboard.rendering import Shell
    from dashboard.services import Services, View

FORMS = ("pdf", "card", "docx", "pptx", "xlsx")


def register(server: Flask, services: Services, shell: Shell) -> None:
    """Add the routes to a server."""

    def view() -> View:
        return services.view(request.query_string.decode("utf-8", "replace"))

    @server.get("/territoire/<code>")
    def portrait(code: str) -> Response:
        page = shell.put(PAGES["portrait"], lambda view, _services: context(view, found(view, code)))
        return Response(page, mimetype="text/html", headers={"Cache-Control": "no-cache"})

    @server.get("/territoire/<code>.<form>")
    def portrait_file(code: str, form: str) -> Response:
        asked = view()
        if form not in FORMS:
            abort(404)
        where = found(asked, code)
        with speaking(asked.state.lang):
            made, kind, extension = written(content(asked, where), form, request.host_url.rstrip("/"))
        parts = ["portrait", code, *(["90-secondes"] if form == "card" else []), asked.release.id]
        parts += ["demonstration"] if asked.release.demonstration else []
        name = f'attachment; filename="{"_".join(parts)}.{extension}"'
        return Response(made, content_type=kind, headers={"Content-Disposition": name})


def found(view: View, code: str) -> Place:
    """The place of a code; an unknown one is not found."""
    try:
        return place(view, code)
    except KeyError:
        abort(404)


def written(made: Content, form: str, origin: str) -> tuple[bytes, str, str]:
    """A file of a content: bytes, content type, extension."""
    if form == "xlsx":
        return workbook(made, origin), XLSX, "xlsx"
    kind = DOCUMENTS[form]
    return kind.write(made, origin), kind.content_type, kind.extension


def context(view: View, where: Place) -> dict[str, Any]:
    """All that the template ``portrait.html`` prints."""
    made = content(view, where)
    labels = {key: _(DOCUMENTS[key].label) for key in FORMS if key in DOCUMENTS} | {"xlsx": "Excel"}
    return {
        "title": made.title,
        "made": made,
        "where": where,
        "ignored": view.ignored,
        "places": [(METROPOLE, _("Métropole"), address(view, METROPOLE))]
        + [(str(code), territory(str(code)).short, address(view, str(code))) for code in range(1, 9)],
        "above": address(view, where.territory) if where.level == "commune" else "",
        "files": [(form, labels[form], address(view, f"{where.code}.{form}", pinned=True)) for form in FORMS],
    }
