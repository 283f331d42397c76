"""``/compte``: one’s own password, and one’s own account to take away or to erase."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Response, request

from dashboard.accounts import session
from dashboard.accounts.web import OWN, SIGN_IN, WRONG, put, to, twice
from dashboard.i18n import _
from layers.written import accounts, persons
from layers.written.accounts import WrongPassword
from layers.written.attempts import TooManyAttempts
from layers.written.locking import Conflict, Invalid

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.gate import Gate
    from dashboard.rendering import Shell
    from dashboard.settings import Settings
    from layers.written.accounts import Account
    from layers.written.database import Database

PARTS = ("accounts", "journal")
"""What is of an account; a dispute is of who left its contact, which a name does not prove."""


def register(server: Flask, shell: Shell, *, gate: Gate, database: Database, settings: Settings) -> None:
    """Add the routes to a server."""

    def page(status: int = 200, problem: str = "") -> Response:
        return put(shell, gate, settings, OWN, status, problem=problem)

    def asked() -> Account | Response:
        """The account of who sends a form; else why nothing is done."""
        found = gate.account()
        if found is None:
            return put(shell, gate, settings, SIGN_IN, 403, problem=_("Connectez-vous d’abord ; rien n’a été écrit."))
        why = gate.refusal(None, request.form)
        return page(403, why) if why else found

    def prove(found: Account) -> None:
        """Raises `WrongPassword` or `TooManyAttempts` unless who asks is the person, not who found the place empty."""
        if found.is_federated:
            if request.form.get("name", "").strip().lower() != found.name:
                raise WrongPassword
            return
        accounts.sign_in(database, found.name, request.form.get("password", ""), request.remote_addr or "")

    @server.get(OWN.path)
    def account_own() -> Any:
        return page() if gate.account() else to(SIGN_IN.path)

    @server.post(OWN.path)
    def account_password() -> Any:
        found = asked()
        if isinstance(found, Response):
            return found
        try:
            prove(found)
            made = accounts.set_password(database, found.id, found.version, twice(request.form), found.name)
        except (WrongPassword, TooManyAttempts):
            return page(403, _("Le mot de passe actuel n’est pas celui-là ; rien n’a été écrit."))
        except Conflict:
            return page(409, _("Ce compte a changé entre-temps ; rien n’a été écrit."))
        except Invalid as met:
            return page(400, _(WRONG[met.field]))
        return session.put(gate.renew(to(OWN.path)), request, settings, made)

    @server.get(f"{OWN.path}.json")
    def account_copy() -> Any:
        found = gate.account()
        if found is None:
            return to(SIGN_IN.path)
        body = json.dumps(persons.exported(database, found.name, PARTS), ensure_ascii=False, indent=1)
        headers = {"Content-Disposition": 'attachment; filename="compte.json"', "Cache-Control": "no-store"}
        return Response(body + "\n", mimetype="application/json", headers=headers)

    @server.post(f"{OWN.path}/effacer")
    def account_erase() -> Any:
        found = asked()
        if isinstance(found, Response):
            return found
        try:
            prove(found)
        except (WrongPassword, TooManyAttempts):
            return page(400, _("Ce n’est pas ce compte ou son mot de passe ; rien n’a été effacé."))
        if accounts.is_last(database, found.id):
            return page(400, _(WRONG["last"]))
        persons.deleted(database, found.name, found.name, parts=PARTS)
        return session.drop(gate.renew(to(SIGN_IN.path)))
