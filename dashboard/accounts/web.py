"""``/connexion``, ``/deconnexion`` and ``/admin/comptes``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Response, redirect, request

from dashboard.accounts import session
from dashboard.gate import ACCOUNTS, FIELD
from dashboard.i18n import FRENCH, _, language, msg
from dashboard.pages import Page
from layers.written import accounts
from layers.written.accounts import ROLES, UnknownAccount, WrongPassword
from layers.written.attempts import TooManyAttempts
from layers.written.locking import Conflict, Invalid

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.gate import Gate
    from dashboard.rendering import Shell
    from dashboard.settings import Settings
    from layers.written.database import Database

STYLES: Final = ("content.css", "asked.css")
SIGN_IN = Page("connexion", "/connexion", msg("Connexion"), msg("Se connecter pour écrire ou administrer."), STYLES)
OWN = Page("compte", "/compte", msg("Mon compte"), msg("Changer son mot de passe, se déconnecter."), STYLES)
ALL = Page("comptes", "/admin/comptes", msg("Comptes"), msg("Qui se connecte, et ce que chacun peut."), STYLES)
WRONG: Final = {
    "name": msg("Ce nom est déjà pris, ou n’est pas fait de 2 à 64 lettres sans accent, chiffres, points ou tirets."),
    "role": msg("Le premier compte est celui d’un administrateur ; les autres ont l’un des trois rôles."),
    "password": msg("Un mot de passe a de 12 à 200 caractères, et les deux saisies sont les mêmes."),
    "federated": msg(
        "Ce compte se connecte par le service d’identité, qui dit son rôle : il n’a pas de mot de passe ici."
    ),
    "last": msg("C’est le dernier administrateur : donnez d’abord ce rôle à un autre compte."),
}


def register(server: Flask, shell: Shell, *, gate: Gate, database: Database, settings: Settings) -> None:
    """Add the routes to a server."""

    def page(which: Page, status: int = 200, problem: str = "", **more: Any) -> Response:
        return put(shell, gate, settings, which, status, problem=problem, **more)

    def comptes(status: int = 200, problem: str = "") -> Response:
        if not gate.may(ACCOUNTS):
            return page(SIGN_IN, 403, problem or _("Cette page est réservée à l’administration des comptes."))
        return page(ALL, status, problem, rows=accounts.listed(database))

    @server.get(SIGN_IN.path)
    def account_sign_in() -> Response:
        return page(SIGN_IN)

    @server.post(SIGN_IN.path)
    def account_signed_in() -> Any:
        if why := gate.refusal(None, request.form):
            return page(SIGN_IN, 403, why)
        name, password = request.form.get("name", ""), request.form.get("password", "")
        try:
            found = accounts.sign_in(database, name, password, request.remote_addr or "")
        except WrongPassword:
            return page(SIGN_IN, 403, _("Ce nom et ce mot de passe ne vont pas ensemble, ou le compte est fermé."))
        except TooManyAttempts:
            return page(SIGN_IN, 429, _("Trop d’essais ont échoué : réessayez dans un quart d’heure."))
        return session.put(gate.renew(to("/")), request, settings, found)

    @server.post("/deconnexion")
    def account_signed_out() -> Any:
        if why := gate.refusal(None, request.form):
            return page(OWN if gate.account() else SIGN_IN, 403, why)
        if found := gate.account():
            accounts.leave(database, found.id, found.name)
        return session.drop(gate.renew(to("/")))

    @server.get(ALL.path)
    def account_list() -> Response:
        return comptes()

    @server.post(ALL.path)
    def account_write() -> Any:
        if why := gate.refusal(ACCOUNTS, request.form):
            return comptes(403, why)
        try:
            _done(database, dict(request.form.items()), gate.who())
        except Conflict:
            return comptes(409, _("Ce compte a changé entre-temps ; rien n’a été écrit."))
        except Invalid as met:
            return comptes(400, _(WRONG[met.field]))
        except (UnknownAccount, KeyError, ValueError):
            return comptes(400, _("Ce compte n’existe pas, ou plus."))
        return to(ALL.path)


def put(shell: Shell, gate: Gate, settings: Settings, which: Page, status: int = 200, **more: Any) -> Response:
    """A page about accounts; ``more`` is what it prints beside what they all do."""
    told = {"token": gate.token(), "field": FIELD, "problem": "", "ignored": (), "roles": _roles(), **more}
    told |= {"account": gate.account(), "exist": gate.has_accounts()}
    told |= {"identity": (settings.oidc_name or _("le service d’identité")) if settings.oidc_issuer else ""}
    body = shell.put(which, lambda _view, _services: told)
    return gate.keep(Response(body, status, mimetype="text/html", headers={"Cache-Control": "no-store"}))


def _done(database: Database, form: dict[str, str], who: str) -> None:
    """Do what a form asks. Raises as `layers.written.accounts`, ``KeyError`` or ``ValueError`` for what is no form."""
    what = form["what"]
    if what == "create":
        accounts.create(database, form["name"], form["role"], twice(form), who)
        return
    ident, version = form["id"], int(form["version"])
    if what == "role":
        accounts.set_role(database, ident, version, form["role"], who)
    elif what == "password":
        accounts.set_password(database, ident, version, twice(form), who)
    elif what in ("disable", "enable"):
        accounts.set_disabled(database, ident, version, who, disabled=what == "disable")
    else:
        raise KeyError(what)


def twice(form: Any) -> str:
    """The new password, typed twice. Raises `Invalid`."""
    first, second = form.get("new", ""), form.get("again", "")
    if first != second:
        raise Invalid("password")
    return str(first)


def _roles() -> dict[str, str]:
    return {key: _(label) for key, label in ROLES.items()}


def to(path: str) -> Any:
    """Go to another page, in the same language."""
    return redirect(path if language() == FRENCH else f"{path}?lang={language()}", 303)
