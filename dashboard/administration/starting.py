"""What a server that starts says of how it is administered, in French."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.administration import access
from dashboard.administration.local import MINUTES
from layers.written import accounts
from layers.written.database import Database, Unavailable

if TYPE_CHECKING:
    from dashboard.administration.local import Local
    from dashboard.settings import Settings


SILENT = "Administration fermée tant que la base de données ne répond pas."


def told(settings: Settings, local: Local | None, address: str) -> str:
    """Who administers, and how: by a link, by an account that there is, or by one to make."""
    if settings.admin == access.OFF:
        return "Administration coupée par le réglage ESS_ADMIN."
    try:
        if settings.oidc_issuer or accounts.exist(Database(settings.database)):
            return f"Pour administrer et animer\u202f: {address}connexion"
    except Unavailable:
        return SILENT if local is None else _by_link(settings, local, silent=True)
    return _by_account(settings, address) if local is None else _by_link(settings, local)


def _by_link(settings: Settings, local: Local, *, silent: bool = False) -> str:
    """A link that serves once; or why there is none: the database is silent, the folder takes no file."""
    more = _command("link", settings)
    try:
        local.begin()
        if silent:
            return f"{SILENT} Ensuite\u202f: {more}"
        link = local.link()
    except OSError as error:
        return f"Administration fermée\u202f: {settings.data_dir} ne prend pas de fichier ({error.strerror})."
    return (
        f"Pour administrer, dans un navigateur de cette machine\u202f: {link}\n"
        f"Ce lien sert une fois, dans les {MINUTES} minutes. Pour un autre\u202f: {more}"
    )


def _by_account(settings: Settings, address: str) -> str:
    same = " (avec le même ESS_DATABASE_URL)" if settings.database_url else ""
    return (
        "Ouvert au réseau ou à un relais, ce serveur ne s’administre et ne s’anime qu’avec un compte\u202f; "
        "il n’y en a pas encore.\n"
        f"Pour créer le premier, dans un autre terminal{same}\u202f: {_command('create', settings)} NOM\n"
        f"Puis se connecter\u202f: {address}connexion"
    )


def _command(what: str, settings: Settings) -> str:
    """A command to copy, with the program and the folder of this server."""
    beside = Path(sys.executable).with_name("ess")
    program = [str(beside)] if beside.exists() else [sys.executable, "-m", "dashboard"]
    return shlex.join([*program, "admin", what, "--data-dir", str(settings.data_dir.absolute())])
