"""What every command shares: its settings, and its errors as a sentence in French and an exit status."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from dashboard.settings import Settings

DONE, UNUSABLE, USAGE, INTERRUPTED = 0, 1, 2, 130
DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Dossier des publications (ESS_DATA_DIR, sinon ./var).", metavar="D"),
]
"""The option by which `settings` is given a folder."""


class WrongUsage(Exception):  # noqa: N818  (says what happened)
    """The command cannot be understood; the message is for the user, in French."""


def settings(**given: Any) -> Settings:
    """Settings of the environment under the arguments given. Raises `WrongUsage`."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if not name:
            raise WrongUsage(
                "Réglage incorrect\u202f: ESS_OIDC_ISSUER demande ESS_OIDC_CLIENT_ID et ESS_OIDC_ROLES, par exemple "
                '{"ess-administration": "administrator", "ess-animation": "facilitator", "ess-donnees": "agent"}.'
            ) from error
        if name == "ESS_DATABASE_URL":  # it may hold a password
            raise WrongUsage(
                "Réglage incorrect\u202f: ESS_DATABASE_URL n’est ni sqlite:///CHEMIN, "
                "ni postgresql://NOM:MOT_DE_PASSE@HÔTE/BASE."
            ) from error
        raise WrongUsage(f"Réglage incorrect\u202f: {name} = «\u00a0{first['input']}\u00a0».") from error


def guarded(run: Callable[[], Any]) -> int:
    """Run a command; print what went wrong on the error output; return the exit status."""
    try:
        status = run()
        sys.stdout.flush()
        return status if isinstance(status, int) else DONE
    except (KeyboardInterrupt, EOFError):
        return _say("Interrompu\u202f: rien n’a été publié.", INTERRUPTED)
    except WrongUsage as error:
        return _say(str(error), USAGE)
    except Exception as error:
        return _explained(error)


def write(text: str) -> None:
    """Write on the standard output; a reader that leaves early (``| head``) is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explained(error: Exception) -> int:
    from dashboard.serving import CannotListen  # noqa: PLC0415
    from layers.store import DamagedRelease, StoreBusy, UnknownRelease  # noqa: PLC0415
    from layers.written.database import Unavailable  # noqa: PLC0415

    if hasattr(error, "exit_code") and hasattr(error, "format_message"):  # typer's own, whatever its version
        return _misused(error)
    if isinstance(error, UnknownRelease):
        return _say(f"{error} La commande «\u00a0ess releases\u00a0» en donne la liste.", USAGE)
    if isinstance(error, (DamagedRelease, StoreBusy, CannotListen, Unavailable)):
        return _say(str(error), UNUSABLE)
    if type(error).__name__ == "Abort":
        return _say("Interrompu\u202f: rien n’a été publié.", INTERRUPTED)
    if os.environ.get("ESS_DEBUG"):
        traceback.print_exception(error)
    if isinstance(error, OSError):
        place = f"{error.filename}\u202f: " if error.filename else ""
        return _say(f"{place}{error.strerror or error}.", UNUSABLE)
    detail = f"Erreur imprévue ({type(error).__name__})\u202f: {error}"
    return _say(f"{detail}\nRelancez avec ESS_DEBUG=1 pour en voir le détail, et signalez-la.", UNUSABLE)


def _misused(error: Any) -> int:
    name = type(error).__name__
    if name == "NoArgsIsHelpError":
        print(error.format_message(), file=sys.stderr)
        return USAGE
    hint = "Aide\u202f: «\u00a0ess --help\u00a0», «\u00a0ess COMMANDE --help\u00a0»."
    return _say(f"{_in_french(name, error)}\n{hint}", int(error.exit_code))


def _in_french(name: str, error: Any) -> str:
    parameter = getattr(error, "param", None)
    what = (getattr(parameter, "metavar", None) or "") if parameter is not None else ""
    if parameter is not None and parameter.opts[0].startswith("-"):
        what = parameter.opts[0]
    if name == "MissingParameter":
        return f"Il manque {what}."
    if name == "NoSuchOption":
        return f"Option inconnue\u202f: {error.option_name}."
    if name == "BadParameter":
        expected = str(getattr(parameter, "help", "")).rstrip(".")
        return f"Valeur incorrecte pour {what} ({expected})."
    if error.message.startswith("No such command"):
        return "Commande inconnue. Au choix\u202f: serve, import, fetch, template, releases, rollback, values."
    return f"Commande incorrecte\u202f: {error.format_message()}"


def _say(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status
