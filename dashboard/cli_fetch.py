"""``ess fetch``: progress, what was brought, what is missing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dashboard.cli_errors import DONE, INTERRUPTED, UNUSABLE, WrongUsage
from dashboard.settings import Settings
from layers.fetching.client import Client
from layers.fetching.clock import Bucket, Clock
from layers.fetching.failure import FetchFailed
from layers.fetching.progress import Tell
from layers.fetching.sources import SOURCES, Fetched, fetch
from layers.rounding import rounded
from layers.typography import grouped, sentence, typeset

MEGABYTE = 1_000_000
WIDEST = 34
"""Characters of a name beside the bar: a line of 80 holds both."""
EVERY = 25
"""Hundredths of a file between two lines, where no bar can be drawn."""


def run(source: str, folder: Path, settings: Settings, address: str | None = None) -> int:
    """Bring a source, say what came; return the exit status: 0 whole, 1 not all of it or nothing."""
    base = address_of(source, settings, address)
    return asked(settings, lambda client, tell: _brought(source, fetch(source, base, folder, client, tell)))


def address_of(source: str, settings: Settings, address: str | None) -> str:
    """Base address of the service of a source. Raises `WrongUsage`."""
    if source not in SOURCES:
        raise WrongUsage(f"Source inconnue\u202f: {source}. Au choix\u202f: {', '.join(SOURCES)}.")
    base: str = address or getattr(settings, f"{SOURCES[source].service}_url")
    if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).netloc:
        raise WrongUsage(f"Adresse incorrecte\u202f: {base}. Attendue\u202f: https://…")
    return base


def asked(settings: Settings, ask: Callable[[Client, Tell], Callable[[], int]]) -> int:
    """Ask a service with a bar, then say what came of it; return the exit status, 1 where it cannot be reached."""
    console = Console(stderr=True, highlight=False, markup=False)
    clock = Clock()
    client = Client(Bucket(settings.fetch_rate, clock), clock, lambda what: console.print(sentence(what)))
    try:
        with _shown(console) as tell:
            said = ask(client, tell)
    except FetchFailed as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("Interrompu. Relancez la même commande\u202f: seul ce qui manque sera demandé.", file=sys.stderr)
        return INTERRUPTED
    finally:
        client.session.close()
    return said()


def _brought(source: str, found: list[Fetched]) -> Callable[[], int]:
    def said() -> int:
        _summarise(source, found)
        return UNUSABLE if any(file.incomplete for file in found) else DONE

    return said


def _summarise(source: str, found: list[Fetched]) -> None:
    for file in found:
        rows = file.manifest["rows"]
        print(typeset(f"{file.path} : {grouped(rows)} lignes, {_size(file.manifest['bytes'])}"))
        for text in file.manifest["reserves"]:
            print(f"  {sentence(text)}")
        for text in file.incomplete:
            print(f"  INCOMPLET\u202f: {sentence(text)}", file=sys.stderr)
    if SOURCES[source].imported:
        print(f"À importer\u202f: ess import {' '.join(str(file.path) for file in found)}")


@contextmanager
def _shown(console: Console) -> Iterator[Tell]:
    """A bar on a terminal; elsewhere a line for each file or question, and at each quarter of it."""
    if not console.is_terminal:
        yield _lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, told="")
        yield lambda what, done, of: bar.update(
            task, description=_short(what), completed=done, total=of, told=_told(done, of)
        )


def _short(what: str) -> str:
    return what if len(what) <= WIDEST else what[: WIDEST - 1] + "…"


def _lines() -> Tell:
    seen: dict[str, int] = {}

    def tell(what: str, done: int, of: int | None) -> None:
        step = 100 * done // of // EVERY if of else done // (100 * MEGABYTE)
        if seen.get(what) != step:
            seen[what] = step
            print(f"{what}\u202f: {_told(done, of)}", file=sys.stderr, flush=True)

    return tell


def _told(done: int, of: int | None) -> str:
    if (of or done) < MEGABYTE:
        return f"{done}/{of}" if of else str(done)
    return f"{_size(done)} sur {_size(of)}" if of else _size(done)


def _size(size: int) -> str:
    return f"{rounded(size / MEGABYTE, 1)}\u202fMo".replace(".", ",") if size >= MEGABYTE else f"{grouped(size)} octets"
