"""Errors of the API as RFC 9457 problem details, in the language asked for: what was wrong, and what is allowed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from flask import Response, request

from dashboard import locale
from dashboard.api.shapes import TEXT, WHOLE, Schema
from dashboard.i18n import _

MEDIA_TYPE = "application/problem+json"
SCHEMA: Final[Schema] = {
    "type": "object",
    "description": "RFC 9457.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": TEXT,
        "status": WHOLE,
        "detail": TEXT,
        "instance": {"type": "string", "format": "uri-reference"},
        "parameter": {"type": "string", "description": "Nom du paramètre en cause."},
        "value": {"description": "Valeur en cause."},
        "allowed": {"type": "array", "items": TEXT, "description": "Ce qui est admis."},
    },
    "required": ["type", "title", "status", "detail", "instance"],
}
"""How an error is told (RFC 9457)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem; its ``type`` is the place on the method page that explains it."""

    slug: str
    status: int
    title: str
    meaning: str

    @property
    def uri(self) -> str:
        """Address of the explanation, relative to the server."""
        return f"/methode#probleme-{self.slug}"


KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind(
            "parametre-inconnu",
            400,
            "Paramètre inconnu",
            "Le nom d’un paramètre n’existe pas à cette adresse.",
        ),
        Kind(
            "valeur-inconnue",
            400,
            "Valeur non admise",
            "La valeur d’un paramètre n’est pas de celles admises.",
        ),
        Kind("valeur-repetee", 400, "Paramètre répété", "Un paramètre est donné plusieurs fois."),
        Kind("introuvable", 404, "Introuvable", "L’adresse, ou la clé qu’elle contient, n’existe pas."),
        Kind("lecture-seule", 405, "Méthode non admise", "L’API se lit seulement, par GET."),
        Kind(
            "erreur",
            500,
            "Erreur du serveur",
            "Le serveur n’a pas su répondre : le journal du serveur dit pourquoi.",
        ),
        Kind(
            "indisponible",
            503,
            "Publication illisible",
            "Les fichiers de la publication demandée sont altérés.",
        ),
    )
}


class Problem(Exception):  # noqa: N818  (says what is told)
    """A problem to be told to the client. ``members`` are added to the five of the standard."""

    def __init__(self, slug: str, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.kind = KINDS[slug]
        self.detail = locale.tight(detail)
        self.members = members


def unknown_name(name: str, allowed: Sequence[str]) -> Problem:
    """The name of a parameter is not one of those of the address."""
    told = _("Paramètre inconnu : « {name} ». Admis : {allowed}.").format(name=name, allowed=", ".join(allowed))
    return Problem("parametre-inconnu", told, parameter=name, allowed=list(allowed))


def unknown_value(name: str, value: str, expected: str, allowed: Sequence[str] | None = None) -> Problem:
    """The value of a parameter is not allowed; ``expected`` says what is, in the language in force."""
    told = _("Valeur non admise pour « {name} » : « {value} ». Attendu : {expected}.")
    told = told.format(name=name, value=value, expected=expected)
    listed = {} if allowed is None else {"allowed": list(allowed)}
    return Problem("valeur-inconnue", told, parameter=name, value=value, **listed)


def response(problem: Problem) -> Response:
    """The problem as ``application/problem+json``; never kept by a cache without asking again."""
    body = {
        "type": problem.kind.uri,
        "title": locale.tight(_(problem.kind.title)),
        "status": problem.kind.status,
        "detail": problem.detail,
        "instance": _instance(),
        **problem.members,
    }
    answer = Response(json.dumps(body, ensure_ascii=False), status=problem.kind.status, content_type=MEDIA_TYPE)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _instance() -> str:
    """Address that was asked for, as a relative URI."""
    query = quote(request.query_string, safe="=&+%;,:/?@!$'()*~-._")
    return quote(request.path) + (f"?{query}" if query else "")
