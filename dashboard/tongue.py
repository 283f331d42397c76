"""The language of a request: what its address asks for, in force until it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from flask import g, request

from dashboard import i18n

if TYPE_CHECKING:
    from flask import Flask, Response


def register(server: Flask) -> None:
    """Put the language of each request in force before anything else is done, and take it away after."""

    @server.before_request
    def begin() -> None:
        g.tongue = i18n.begin(of_query(request.query_string.decode("utf-8", "replace")))

    @server.after_request
    def tell(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers.setdefault("Content-Language", i18n.language())
        return response

    @server.teardown_request
    def end(_error: BaseException | None) -> None:
        token = g.pop("tongue", None)
        if token is not None:
            i18n.end(token)


def of_query(query: str) -> str:
    """The language that a query string names first; French where it names none that there is."""
    asked = next((value for key, value in parse_qsl(query) if key == "lang"), "")
    return asked if asked in i18n.LANGUAGES else i18n.FRENCH


def switched(query: str, lang: str) -> str:
    """The same query string in another language, all that it asks for kept; French, being the default, is not named."""
    kept = [(key, value) for key, value in parse_qsl(query, keep_blank_values=True) if key != "lang"]
    return urlencode(kept if lang == i18n.FRENCH else [*kept, ("lang", lang)])
