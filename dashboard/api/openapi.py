"""The OpenAPI 3.1 document, written from the routes and their parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.api.parameters import COMMON, Parameter
from dashboard.api.problems import MEDIA_TYPE
from dashboard.api.route import BASE, Asked, Route
from dashboard.api.schemas import SCHEMAS
from dashboard.api.shapes import one
from layers.manifest import software
from layers.typography import typeset

DESCRIPTION = (
    "Indicateurs, contours, structures et subventions de l’économie sociale et solidaire dans les huit territoires "
    "et les 95 communes de la Métropole Européenne de Lille. Lecture seule. Chaque réponse dit de quelle publication "
    "elle vient, et si ses données sont fictives. Un paramètre vide vaut un paramètre absent. "
    "Méthode, sources et licences : /methode."
)
VALIDATOR = {"ETag": {"schema": {"type": "string"}, "description": "Empreinte forte de la réponse."}}


def document(routes: Sequence[Route], asked: Asked) -> dict[str, Any]:
    """The document of an API made of these routes; it says which release it was asked about."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Diagnostic ESS, Lille Métropole",
            "version": software().removeprefix("ess-territorial-dashboard ").removeprefix("("),
            "description": typeset(DESCRIPTION),
            "license": {"name": "MIT (programme)", "identifier": "MIT"},
            "x-release": asked.release.id,
            "x-demonstration": asked.release.demonstration,
        },
        "servers": [{"url": BASE}],
        "paths": {route.path: {"get": _operation(route)} for route in routes},
        "components": {
            "schemas": {name: _typeset(schema) for name, schema in SCHEMAS.items()},
            "responses": {"Problem": _problem()},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    inside = [_parameter(parameter, "path") for parameter in route.path_parameters]
    after = [_parameter(parameter, "query") for parameter in (*route.parameters, *COMMON)]
    return {
        "operationId": route.key,
        "summary": typeset(route.title),
        "description": typeset(route.description),
        "parameters": inside + after,
        "responses": {
            "200": {
                "description": typeset(route.title),
                "headers": VALIDATOR,
                "content": {route.media_type: {"schema": one(route.schema)}},
            },
            "304": {"description": "Inchangé depuis l’empreinte envoyée par If-None-Match."},
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }


def _parameter(parameter: Parameter, place: str) -> dict[str, Any]:
    schema = dict(parameter.schema)
    if parameter.default is not None:
        schema["default"] = str(parameter.default) if schema["type"] == "string" else parameter.default
    return {
        "name": parameter.name,
        "in": place,
        "required": place == "path",
        "description": typeset(parameter.description),
        "schema": schema,
    }


def _problem() -> dict[str, Any]:
    return {
        "description": "Erreur, avec ce qui est admis.",
        "content": {MEDIA_TYPE: {"schema": one("Problem")}},
    }


def _typeset(schema: Any) -> Any:
    """The same schema, its descriptions in French typography."""
    if isinstance(schema, Mapping):
        return {k: typeset(v) if k == "description" and isinstance(v, str) else _typeset(v) for k, v in schema.items()}
    return [_typeset(part) for part in schema] if isinstance(schema, list) else schema
