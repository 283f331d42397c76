"""What a reader is told when a page does not exist or cannot be made."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Response, abort, request
from werkzeug.exceptions import HTTPException

from dashboard.i18n import _, msg
from dashboard.pages import PAGES
from layers.written.database import Damaged, Unavailable

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.rendering import Shell

log = logging.getLogger(__name__)

CATCH_ALL = "/<path:path>"
"""Dash's own route, which would answer any address with the map."""
TOLD = {
    400: (msg("Envoi illisible"), msg("Ce qui était envoyé n’a pas pu être lu ; rien n’a été écrit.")),
    403: (
        msg("Page réservée"),
        msg(
            "Connectez-vous avec un compte qui en a le droit ; sans compte, ouvrez d’abord, sur la machine qui sert, "
            "le lien d’administration que le serveur affiche à son démarrage."
        ),
    ),
    405: (msg("Envoi refusé"), msg("Cette adresse ne prend pas ce qui lui est envoyé ; rien n’a été écrit.")),
    413: (
        msg("Envoi trop long"),
        msg("Ce qui était envoyé dépasse ce que cette page prend ; rien n’a été écrit. Raccourcissez-le."),
    ),
    404: (msg("Page introuvable"), msg("Cette adresse ne mène à aucune page du tableau de bord.")),
    500: (
        msg("Page indisponible"),
        msg("Le serveur n’a pas pu faire cette page ; l’erreur est notée dans son journal. Réessayez."),
    ),
    503: (
        msg("Page indisponible"),
        msg("La base de ce qui s’écrit ne répond pas ; rien n’a été écrit. Les cartes et les chiffres restent là."),
    ),
}

DAMAGED = (
    msg("Page indisponible"),
    msg(
        "La base de ce qui s’écrit est endommagée ; rien n’a été écrit. Qui tient le serveur y remet une sauvegarde, "
        "avec la commande « ess restore ». Les cartes et les chiffres restent là."
    ),
)


def register(server: Flask, shell: Shell) -> None:
    """Answer unknown addresses with 404, and faults with a page that says so."""

    @server.before_request
    def known() -> None:
        rule = request.url_rule
        if "\0" in request.full_path:  # no database holds it
            abort(404)
        if rule is not None and rule.rule == CATCH_ALL and request.path not in {page.path for page in PAGES.values()}:
            abort(404)

    def refused(error: HTTPException) -> Response:
        return _page(shell, error.code or 400)

    for code in (400, 403, 404, 405, 413):
        server.register_error_handler(code, refused)

    @server.errorhandler(500)
    def fault(error: Exception) -> Response:
        log.error("%s %s", request.method, request.full_path, exc_info=getattr(error, "original_exception", error))
        return _page(shell, 500)

    @server.errorhandler(Unavailable)
    def unwritten(error: Unavailable) -> Response:
        log.error("%s %s: %s", request.method, request.path, error)
        return _page(shell, 503, DAMAGED if isinstance(error, Damaged) else None)


def _page(shell: Shell, status: int, told: tuple[str, str] | None = None) -> Response:
    return Response(shell.error(*map(_, told or TOLD[status])), status, mimetype="text/html")
