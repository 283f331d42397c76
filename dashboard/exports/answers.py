"""A file as the answer to a request: its name, its turn where it is heavy, and what is said where it cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from flask import Response, abort, request

from dashboard.exports import contents
from dashboard.exports.contents import DRAWN, FORMS, Form
from dashboard.exports.making import LINE, RETRY, Busy
from dashboard.i18n import _, speaking

if TYPE_CHECKING:
    from dashboard.content import Content
    from dashboard.services import View

DRAWING = "drawing"
"""Key of the address that asks for one chart of a page."""
FORM_RULE = "<any(pdf,card,docx,pptx,xlsx,csv,png,svg):form>"


def origin() -> str:
    """Where links of a file lead: the address by which the server was asked."""
    return request.host_url.rstrip("/")


def answer(view: View, form: str, made: Callable[[], Content], name: Sequence[str]) -> Response:
    """The file of a content; ``made`` makes it, in the language of the view, once its turn has come."""
    with speaking(view.state.lang):
        drawing = request.args.get(DRAWING)
        if form not in (FORMS if drawing is None else DRAWN):
            abort(404)
        declared = FORMS[form]

        def write() -> bytes:
            content = made()
            if drawing is not None:
                try:
                    return contents.chart(content, drawing, form, origin())
                except KeyError:
                    abort(404)
            if not declared.suits(content):
                abort(404)
            return declared.write(content, origin())

        try:
            body = in_turn(write, heavy=declared.heavy)
        except Busy:
            return busy()
    parts = [*name, *([drawing] if drawing else []), *(["90-secondes"] if form == "card" else []), view.release.id]
    parts += ["demonstration"] if view.release.demonstration else []
    return given(body, declared, "_".join(parts))


def in_turn(write: Callable[[], bytes], *, heavy: bool) -> bytes:
    """What is written, in its turn where it is heavy. Raises `Busy`."""
    if not heavy:
        return write()
    with LINE.turn():
        return write()


def given(body: bytes, form: Form, name: str) -> Response:
    """A file to keep under a name."""
    attached = f'attachment; filename="{name}.{form.extension}"'
    return Response(body, content_type=form.content_type, headers={"Content-Disposition": attached})


def busy() -> Response:
    """Too many at once: when to ask again."""
    told = _("Le serveur prépare déjà d’autres documents : réessayez dans quelques secondes.")
    headers = {"Retry-After": str(RETRY), "Cache-Control": "no-store"}
    return Response(told, 503, content_type="text/plain; charset=utf-8", headers=headers)


def listed(content: Content, address: Callable[[str], str]) -> list[tuple[str, str, str, str]]:
    """The files of a page as it offers them: form, address, name, use."""
    return [(one.key, address(one.key), _(one.label), _(one.purpose)) for one in contents.suited(content)]
