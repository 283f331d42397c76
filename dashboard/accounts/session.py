"""The session of who signed in: a signed cookie that names the account, for a working day and one epoch of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from itsdangerous import BadData, URLSafeTimedSerializer

from dashboard.administration import access
from layers.written import accounts
from layers.written.accounts import UnknownAccount

if TYPE_CHECKING:
    from flask import Request, Response

    from dashboard.settings import Settings
    from layers.written.accounts import Account
    from layers.written.database import Database

COOKIE: Final = "ess_account"
HOURS: Final = 12
_SALT: Final = "account"


def put(response: Response, request: Request, settings: Settings, account: Account) -> Response:
    """Put the cookie of an account."""
    value = _signer(settings).dumps([account.id, account.epoch])
    response.set_cookie(
        COOKIE, value, max_age=HOURS * 3600, path="/", httponly=True, samesite="Strict", secure=request.is_secure
    )
    return response


def drop(response: Response) -> Response:
    """Take the cookie away."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Strict")
    return response


def account(request: Request, settings: Settings, database: Database) -> Account | None:
    """The account of a request; None where nobody signed in, or too long ago, or the account is not what it was."""
    given = request.cookies.get(COOKIE, "")
    if not given:
        return None
    try:
        ident, epoch = _signer(settings).loads(given, max_age=HOURS * 3600)
        found = accounts.read(database, str(ident))
    except (BadData, ValueError, TypeError, UnknownAccount):
        return None
    return None if found.disabled or found.epoch != epoch else found


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(access.key(settings.data_dir), salt=_SALT)
