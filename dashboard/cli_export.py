"""``ess export``: a file of what a page shows, or every file of every territory."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.cli_errors import WrongUsage
from dashboard.disputes.reading import Open
from dashboard.exports import EXPORTERS, ORIGIN, file_of
from dashboard.exports.contents import DRAWN, FORMS, chart, suited
from dashboard.exports.pages import asked
from dashboard.i18n import speaking
from dashboard.services import Services
from geodata.territories import TERRITORIES
from layers.panel import METROPOLE
from layers.store import CurrentRelease, Store
from layers.written.database import Database

if TYPE_CHECKING:
    from dashboard.settings import Settings
    from dashboard.viewstate import Ignored

MAP = "/carte"
PAGES = (MAP, "/territoire/<code>", "/comparer", "/financements", "/suivi")


def export(
    settings: Settings,
    form: str,
    view: str,
    *,
    out: Path,
    address: str = ORIGIN,
    drawing: str | None = None,
) -> None:
    """Write the file of a view.

    Parameters
    ----------
    form : a key of `dashboard.exports.EXPORTERS` for the map, of `dashboard.exports.contents.FORMS` for other pages.
    view : a page with its query string; without a path, that of ``/carte``.
    address : origin (« https://host ») to which the link and the code of the file lead.
    drawing : key of one chart of the page, alone, as SVG or PNG.

    Raises
    ------
    WrongUsage
        Unknown form, page, place or chart, or a part of the query string that is not understood: what is written is
        what was asked. Nothing is left half written.
    """
    services = _services(settings)
    path, query = _parted(view)
    if path == MAP and drawing is None:
        exporter = EXPORTERS.get(form)
        if exporter is None:
            raise WrongUsage(f"Forme inconnue\u202f: «\u00a0{form}\u00a0». Au choix\u202f: {', '.join(EXPORTERS)}.")
        shown = services.view(query)
        _understood(shown.ignored)
        write(out, file_of(shown, exporter, address))
        return
    if form not in FORMS or (drawing is not None and form not in DRAWN):
        allowed = DRAWN if drawing is not None else FORMS
        raise WrongUsage(f"Forme inconnue\u202f: «\u00a0{form}\u00a0». Au choix\u202f: {', '.join(allowed)}.")
    try:
        page = asked(services, path, query)
    except KeyError as error:
        raise WrongUsage(f"Page inconnue\u202f: «\u00a0{path}\u00a0». Au choix\u202f: {', '.join(PAGES)}.") from error
    _understood(page.ignored)
    with speaking(page.view.state.lang):
        if form == "csv" and page.csv is not None:
            write(out, page.csv(address))
            return
        content = page.make()
        if drawing is not None:
            try:
                write(out, chart(content, drawing, form, address))
            except KeyError as error:
                known = [one.key for section in content.sections for one in section.drawings]
                told = f"Graphique inconnu\u202f: «\u00a0{drawing}\u00a0». Au choix\u202f: {', '.join(known)}."
                raise WrongUsage(told) from error
        elif not FORMS[form].suits(content):
            raise WrongUsage(f"Cette page n’a pas de forme «\u00a0{form}\u00a0».")
        else:
            write(out, FORMS[form].write(content, address))


def everything(settings: Settings, folder: Path, *, address: str = ORIGIN) -> int:
    """Write the portraits of the metropole and of the eight territories, the funding and the follow-up in every form.

    Tells each file on the error output as it is written; what is interrupted leaves the files already whole.

    Returns
    -------
    How many files were written.
    """
    services = _services(settings)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [*(f"/territoire/{code}" for code in (METROPOLE, *TERRITORIES)), "/financements", "/suivi", "/comparer"]
    written = 0
    for i, path in enumerate(paths, start=1):
        page = asked(services, path, "")
        content = page.make()
        mark = "_demonstration" if page.view.release.demonstration else ""
        for form in suited(content):
            kind = "_90-secondes" if form.key == "card" else ""
            name = f"{page.name}{kind}_{page.view.release.id}{mark}.{form.extension}"
            print(f"[{i}/{len(paths)}] {name}", file=sys.stderr, flush=True)
            own = page.csv if form.key == "csv" else None
            write(folder / name, own(address) if own else form.write(content, address))
            written += 1
    return written


def _services(settings: Settings) -> Services:
    """The releases of the settings, and what is disputed of their values."""
    store = Store(settings.data_dir)
    current = CurrentRelease(store, settings.release)
    return Services(store, current, disputes=Open(Database(settings.database)))


def write(out: Path, content: bytes) -> None:
    """Write a file whole or not at all: under another name first."""
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes(content)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _parted(view: str) -> tuple[str, str]:
    """Path and query of a view: « /comparer?areas=3,8 », « territoire/3 », « indicator=jobs », « ?indicator=jobs »."""
    path, mark, query = view.partition("?")
    if not mark and "=" in path:
        path, query = "", view
    return (f"/{path.strip('/')}" if path else MAP), query


def _understood(ignored: tuple[Ignored, ...]) -> None:
    if ignored:
        told = ", ".join(f"{one.key}={one.value}" for one in ignored)
        raise WrongUsage(f"Non compris dans --view\u202f: {told}. Copiez l’adresse de la page telle qu’elle est.")
