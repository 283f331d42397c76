"""``ess admin``: the first account, a password that was lost, a link of local administration."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from dashboard.administration import local
from dashboard.cli_errors import WrongUsage
from layers.written import accounts
from layers.written.accounts import ADMINISTRATOR, UnknownAccount
from layers.written.database import Database
from layers.written.locking import Invalid

if TYPE_CHECKING:
    from dashboard.settings import Settings

WHO = "ligne de commande"
_WRONG = {
    "name": "Ce nom est pris, ou n’est pas fait de 2 à 64 lettres sans accent, chiffres, points ou tirets.",
    "federated": "Ce compte se connecte par le service d’identité\u202f: il n’a pas de mot de passe ici.",
    "password": "Un mot de passe a de 12 à 200 caractères.",
}


def create(settings: Settings, name: str, *, from_input: bool) -> str:
    """Make an administrator's account; what is said of it. Raises `WrongUsage`."""
    try:
        made = accounts.create(Database(settings.database), name, ADMINISTRATOR, _password(from_input), WHO)
    except Invalid as error:
        raise WrongUsage(_WRONG[error.field]) from error
    return f"Compte {made.name} créé (administration). On se connecte à l’adresse /connexion."


def reset(settings: Settings, name: str, *, from_input: bool) -> str:
    """Give an account another password; what is said of it. Raises `WrongUsage`."""
    try:
        made = accounts.reset(Database(settings.database), name, _password(from_input), WHO)
    except UnknownAccount as error:
        raise WrongUsage(f"Aucun compte n’a le nom {name}.") from error
    except Invalid as error:
        raise WrongUsage(_WRONG[error.field]) from error
    return f"Compte {made.name}\u202f: mot de passe changé, sessions fermées."


def link(settings: Settings) -> str:
    """A new link of local administration for each server that runs on the data folder. Raises `WrongUsage`."""
    if settings.oidc_issuer or accounts.exist(Database(settings.database)):
        raise WrongUsage("Il y a des comptes\u202f: on administre en se connectant, à l’adresse /connexion.")
    try:
        found = local.links(settings.data_dir)
    except PermissionError as error:
        raise WrongUsage("Ce lien se demande depuis le compte du système qui a lancé le serveur.") from error
    if not found:
        raise WrongUsage(
            f"Aucun serveur qui n’écoute que cette machine ne répond pour le dossier {settings.data_dir.absolute()} "
            "(--data-dir en désigne un autre). Sur une adresse du réseau, derrière un relais ou avec ESS_ADMIN=off, "
            "un lien n’ouvre rien\u202f: on administre avec un compte, «\u00a0ess admin create NOM\u00a0»."
        )
    return "\n".join(found)


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    first, second = getpass.getpass("Mot de passe\u202f: "), getpass.getpass("Encore une fois\u202f: ")
    if first != second:
        raise WrongUsage("Les deux saisies ne sont pas les mêmes.")
    return first
