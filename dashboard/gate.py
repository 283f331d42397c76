"""The one door of what is written by the pages: who asks, what their role may do, and that the form is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from dashboard.accounts import session
from dashboard.administration import access
from dashboard.i18n import _
from layers.written import accounts
from layers.written.accounts import ADMINISTRATOR, AGENT, FACILITATOR
from layers.written.database import Unavailable

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.datastructures import MultiDict

    from dashboard.administration.local import Local
    from dashboard.settings import Settings
    from layers.written.accounts import Account
    from layers.written.database import Database

FINDINGS, WORKSHOPS, ACTIONS = "findings", "workshops", "actions"
DISPUTES, VERSIONS = "disputes", "versions"
DATA, ACCOUNTS = "data", "accounts"
"""Rights: write findings; prepare and lead meetings; write action sheets; answer who disputes a value; freeze, propose
and validate versions; import and publish; say who may what."""
RIGHTS: Final = (FINDINGS, WORKSHOPS, ACTIONS, DISPUTES, VERSIONS, DATA, ACCOUNTS)
ROLES: Final = {
    FACILITATOR: (FINDINGS, WORKSHOPS, ACTIONS),
    AGENT: (DISPUTES, DATA),
    ADMINISTRATOR: RIGHTS,
}
"""What each role may do where there are accounts."""
LOCAL: Final = "administrateur local"
FIELD: Final = access.FIELD
"""Name of the field of a form that carries its token."""


class Gate:
    """Who may do what; every method speaks of the request in hand.

    ``local`` is the local administration of the run that serves; None where there is none.
    """

    def __init__(self, settings: Settings, database: Database, local: Local | None = None) -> None:
        self._settings, self._database, self.local = settings, database, local

    def may(self, right: str) -> bool:
        """Whether who asks has a right of `RIGHTS`.

        Where there are accounts, by the role of who signed in; else the browser of this machine that opened a link of
        local administration has all of them. Nobody has any while the database does not tell.
        """
        if right not in RIGHTS or self._settings.admin == access.OFF:
            return False
        if self.has_accounts():
            account = self.account()
            return account is not None and right in ROLES[account.role]
        return self.administers() is None

    def administers(self) -> str | None:
        """Why a request may not see ``/admin``, as a word of `access`; None where it may."""
        if self.has_accounts() and self._settings.admin != access.OFF:
            return None if self.may(DATA) else access.SIGNED
        why = self.closed()
        return why or (None if self.local and self.local.is_open(request) else access.LINK)

    def closed(self) -> str | None:
        """Why no link opens local administration to a request, as a word of `access`; None where one does."""
        if self._settings.admin == access.OFF:
            return access.OFF
        if (some := self._asked()[0]) is not False:
            return access.SIGNED if some else access.SILENT
        return access.refusal(request, self._settings) or (None if self.local else access.BOUND)

    def has_accounts(self) -> bool:
        """Whether one signs in here."""
        return self._asked()[0] is True

    def account(self) -> Account | None:
        """The account of who asks."""
        return self._asked()[1]

    def who(self) -> str:
        """As the journal names who asks."""
        account = self.account()
        return account.name if account else LOCAL

    def link(self) -> str | None:
        """What the link to the account says: who signed in, or empty; None where nobody does here."""
        account = self.account()
        return account.name if account else ("" if self.has_accounts() else None)

    def renew(self, response: Response) -> Response:
        """Begin another visit, whose forms are not those of the one before."""
        request.environ["ess.visit"] = access.session()
        return self.keep(response)

    def _asked(self) -> tuple[bool | None, Account | None]:
        """Whether there are accounts (None: the database does not tell) and that of the request; asked once of it."""
        found: tuple[bool | None, Account | None] | None = request.environ.get("ess.account")
        if found is None:
            try:
                some = accounts.exist(self._database) or bool(self._settings.oidc_issuer)
                found = (some, session.account(request, self._settings, self._database) if some else None)
            except Unavailable:
                found = (None, None)
            request.environ["ess.account"] = found
        return found

    def token(self) -> str:
        """What the forms of this visit carry; `keep` must follow, on the answer."""
        return access.token(access.key(self._settings.data_dir), self._visit())

    def keep(self, response: Response) -> Response:
        """Put the cookie of this visit, which its token goes with."""
        safe = request.is_secure
        response.set_cookie(access.COOKIE, self._visit(), path="/", httponly=True, samesite="Strict", secure=safe)
        return response

    def refusal(self, right: str | None, form: MultiDict[str, str]) -> str | None:
        """Why what a form asks is not done, as a sentence; None where it may. ``right`` None: anybody may.

        The form must come from a page of this server, in this visit. Raises `Unavailable` where the database does not
        tell who has which right.
        """
        self.answers()
        if right is not None and not self.may(right):
            if self.has_accounts():
                return _("Refusé : il faut se connecter avec un compte qui en a le droit.")
            return _("Refusé : il faut un compte, ou le lien d’administration que le serveur affiche à son démarrage.")
        key = access.key(self._settings.data_dir)
        visit = request.cookies.get(access.COOKIE, "")
        if access.is_foreign(request):
            return _(
                "Refusé : ce formulaire n’est plus valable, ou vient d’un autre site. Rouvrez la page et recommencez."
            )
        if access.write_refusal(request) or not access.is_token(key, visit, form.get(FIELD, "")):
            return _("Ce formulaire a vieilli : rien n’a été écrit. Envoyez-le à nouveau.")
        return None

    def answers(self) -> None:
        """Raises `Unavailable` where the database does not tell whether there are accounts."""
        if self._asked()[0] is None:
            raise Unavailable("accounts")

    def _visit(self) -> str:
        """The session of this visit, the same for the whole of one request."""
        found: str = request.environ.get("ess.visit") or request.cookies.get(access.COOKIE) or access.session()
        request.environ["ess.visit"] = found
        return found
