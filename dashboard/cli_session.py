"""``ess export session``: a meeting as one page that opens from a disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.cli_errors import WrongUsage
from dashboard.cli_export import write
from dashboard.services import Services
from dashboard.workshop import offline
from layers.store import CurrentRelease, Store
from layers.written.database import Database
from layers.written.workshop import meetings

if TYPE_CHECKING:
    from dashboard.settings import Settings


def export(settings: Settings, code: str | None, out: Path, *, notes: bool) -> None:
    """Write the page of the meeting of a code.

    Raises `WrongUsage` where no meeting has it: those that there are, are told.
    """
    database, store = Database(settings.database), Store(settings.data_dir)
    try:
        found = meetings.by_code(database, code or "")
    except meetings.UnknownMeeting as error:
        known = [f"{one.code} ({one.title}, {one.held})" for one in meetings.listed(database) if not one.withdrawn]
        none = "Aucune rencontre n’est écrite\u202f; voir /atelier."
        told = f"Au choix\u202f: {', '.join(known)}." if known else none
        raise WrongUsage(f"Aucune rencontre n’a le code «\u00a0{code or ''}\u00a0» (--meeting). {told}") from error
    services = Services(store, CurrentRelease(store, settings.release))
    write(out, offline.session(services, database, found.id, notes=notes))
