"""``ess export``: a file of what the page with a query string shows."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from dashboard.cli_errors import WrongUsage
from dashboard.exports import EXPORTERS, ORIGIN, file_of
from dashboard.services import Services
from layers.store import CurrentRelease, Store

PAGE = "/carte"


def export(data_dir: Path, release_id: str | None, form: str, view: str, *, out: Path, address: str = ORIGIN) -> None:
    """Write the file of a view.

    Parameters
    ----------
    form : a key of the registry of exporters.
    view : query string of ``/carte``, with or without its « ? », or the page with it.
    address : origin (« https://host ») to which the link and the code of the file lead.

    Raises
    ------
    WrongUsage
        Unknown form or page, or a part of the query string that is not understood: what is written is what was asked.
    """
    exporter = EXPORTERS.get(form)
    if exporter is None:
        raise WrongUsage(f"Forme inconnue\u202f: «\u00a0{form}\u00a0». Au choix\u202f: {', '.join(EXPORTERS)}.")
    path, mark, asked = view.rpartition("?")
    page = urlsplit(path if mark else view if view.startswith("/") else "").path
    if page not in ("", PAGE):
        raise WrongUsage(f"Page inconnue\u202f: «\u00a0{page}\u00a0». La page qui s’exporte est {PAGE}.")
    store = Store(data_dir)
    shown = Services(store, CurrentRelease(store, release_id)).view("" if view == PAGE else asked)
    if shown.ignored:
        told = ", ".join(f"{one.key}={one.value}" for one in shown.ignored)
        raise WrongUsage(f"Non compris dans --view\u202f: {told}. Copiez l’adresse de la page telle qu’elle est.")
    out.write_bytes(file_of(shown, exporter, address))
