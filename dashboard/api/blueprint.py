"""The API as a Flask blueprint: reads the request, asks for the answer, says how long it holds."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from dashboard import compression
from dashboard.api import caching, problems
from dashboard.api.problems import Problem
from dashboard.api.route import BASE, Route
from dashboard.api.routes import ROUTES
from dashboard.i18n import _, language

if TYPE_CHECKING:
    from dashboard.services import Services

log = logging.getLogger(__name__)
READ = ("GET", "HEAD", "OPTIONS")
METHODS = (*READ, "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT")
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
}


def create(services: Services) -> Blueprint:
    """The blueprint of the API on some releases."""
    blueprint = Blueprint("api", __name__, url_prefix=BASE)
    for route in ROUTES.values():
        view = _view(services, route)
        blueprint.add_url_rule(_rule(route.path), route.key, view, methods=["GET"], provide_automatic_options=False)
    for rule in ("", "/", "/<path:rest>"):
        blueprint.add_url_rule(rule, "elsewhere", _elsewhere, methods=METHODS, provide_automatic_options=False)
    blueprint.register_error_handler(Problem, problems.response)
    blueprint.register_error_handler(Exception, _failed)
    blueprint.app_errorhandler(405)(_refused_outside)
    blueprint.after_request(_opened)
    return blueprint


def _rule(path: str) -> str:
    return re.sub(r"\{(\w+)\}", r"<\1>", path)


def _view(services: Services, route: Route) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        asked = route.asked(services, path, _query())
        tag = caching.etag(route, asked)
        response = compression.unchanged(tag) or _body(route, route.answer(asked))
        response.headers.setdefault("ETag", tag)
        response.headers["Cache-Control"] = caching.lifetime(route, asked)
        return response

    return view


def _query() -> MultiDict[str, str]:
    """Parameters of the query string; bytes that are no text become the mark that says so, and match nothing."""
    text = request.query_string.decode("utf-8", "replace")
    return MultiDict(parse_qsl(text, keep_blank_values=True))


def _body(route: Route, content: Any) -> Response:
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(text, content_type=route.media_type)


def _elsewhere(rest: str = "") -> Response:
    """An address that is none of the API's, or one of its own asked with another method than GET."""
    known = any(re.fullmatch(_pattern(route.path), f"/{rest}") for route in ROUTES.values())
    if known and request.method == "OPTIONS":
        return Response(status=204, headers={"Allow": ", ".join(READ)})
    if known and request.method not in READ:
        return _refused(request.method)
    told = _("Rien à cette adresse. L’API est décrite à {address}.").format(address=f"{BASE}/openapi.json")
    raise Problem("introuvable", told)


def _pattern(path: str) -> str:
    return re.sub(r"\{\w+\}", "[^/]+", path)


def _refused(method: str) -> Response:
    told = _("Méthode {method} : l’API se lit seulement, par GET.").format(method=method)
    response = problems.response(Problem("lecture-seule", told, allowed=list(READ)))
    response.headers["Allow"] = ", ".join(READ)
    return response


def _refused_outside(error: HTTPException) -> Any:
    """A method that no rule knows; addresses outside the API keep the answer they had."""
    if not request.path.startswith(f"{BASE}/"):
        return error
    return _opened(_refused(request.method))


def _failed(error: Exception) -> Response:
    log.error("API: %s ?%s", request.path, request.query_string, exc_info=error)
    return problems.response(Problem("erreur", _("Le serveur n’a pas su répondre à cette demande.")))


def _opened(response: Response) -> Response:
    """Open data: any page may read it; a browser that asks first is told what it may send."""
    for name, value in OPEN.items():
        response.headers[name] = value
    response.headers["Content-Language"] = language()
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = ", ".join(READ)
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
