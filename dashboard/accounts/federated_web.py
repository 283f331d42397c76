"""``/connexion/identite`` and ``/connexion/retour``: out to the service of identity, and back from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import abort, request, url_for

from dashboard.accounts import federated
from dashboard.accounts import session as signed
from dashboard.accounts.web import SIGN_IN, STYLES, put
from dashboard.i18n import _, language, msg, speaking
from dashboard.pages import Page
from layers.written import accounts

if TYPE_CHECKING:
    from flask import Flask, Response

    from dashboard.gate import Gate
    from dashboard.rendering import Shell
    from dashboard.settings import Settings
    from layers.written.database import Database

BACK: Final = Page("connecte", f"{federated.PATH}/retour", msg("Connexion"), msg("Retour de la connexion."), STYLES)


def register(server: Flask, shell: Shell, *, gate: Gate, database: Database, settings: Settings) -> None:
    """Add the routes to a server; nothing is there where the settings name no service."""
    identity = federated.Identity(server, settings) if settings.oidc_issuer else None

    def problem(status: int, told: str) -> Response:
        return put(shell, gate, settings, SIGN_IN, status, problem=told)

    def service() -> federated.Identity:
        if identity is None:
            abort(404)
        return identity

    @server.get(f"{federated.PATH}/identite")
    def account_identity() -> Any:
        try:
            return service().leave_for(url_for("account_back", _external=True), language())
        except federated.Unreachable:
            return problem(503, _("Le service d’identité ne répond pas : réessayez dans un moment."))

    @server.get(BACK.path)
    def account_back() -> Any:
        with speaking(service().language()):
            return back()

    def back() -> Response:
        try:
            subject, name, role = service().back()
            found = accounts.enter(database, settings.oidc_issuer, subject, name, role)
        except federated.Unreachable:
            return problem(503, _("Le service d’identité ne répond pas : réessayez dans un moment."))
        except federated.Refused:
            return problem(400, _("La connexion n’a pas abouti, ou a trop attendu : recommencez."))
        except federated.NoRole:
            return problem(403, _("Le service d’identité vous connaît, mais ne vous donne aucun rôle ici."))
        except accounts.Closed:
            return problem(403, _("Ce compte a été fermé ici."))
        # A page, not a redirection: the cookie that names the account is only sent from our own pages.
        answer = put(shell, gate, settings, BACK, entered=found.name)
        return signed.put(gate.renew(answer), request, settings, found)
