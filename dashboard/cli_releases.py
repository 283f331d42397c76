"""``ess releases`` and ``ess rollback``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from dashboard.cli_errors import WrongUsage
from layers import demonstration
from layers.store import Store

SHORTEST_PREFIX = 4
WIDE = 250
"""Columns of a table that no terminal bounds: one line a release."""


def show(data_dir: Path) -> None:
    """Print every release: name, date, whether it is served, sources, rows."""
    store = Store(data_dir)
    manifests, current = store.manifests(), store.chosen()
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    if not manifests:
        store.current()  # what there is, and cannot be read, is no demonstration
        name = demonstration.release().id
        console.print(f"Rien n’a été importé dans {data_dir}\u202f: la démonstration ({name}) est montrée.")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("Publication", "Date (UTC)", "Courante", "Démonstration"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Sources", overflow="fold")
    table.add_column("Lignes", justify="right")
    for manifest in manifests:
        table.add_row(*_row(manifest, current))
    console.print(table)
    store.current()


def roll_back(data_dir: Path, named: str) -> None:
    """Make an older release the current one; its name may be shortened where it stays unique."""
    store = Store(data_dir)
    release_id = _whole(store, named)
    if release_id == store.chosen():
        print(f"La publication {release_id} est déjà la courante.")
        return
    store.make_current(release_id)
    print(f"Publication courante\u202f: {release_id}. Les serveurs en marche la montrent sous deux secondes.")


def _whole(store: Store, named: str) -> str:
    found = [manifest["id"] for manifest in store.manifests() if manifest["id"].startswith(named)]
    if len(named) >= SHORTEST_PREFIX and len(found) > 1:
        raise WrongUsage(f"«\u00a0{named}\u00a0» désigne plusieurs publications\u202f: {', '.join(found)}.")
    return found[0] if len(named) >= SHORTEST_PREFIX and found else named


def _row(manifest: dict[str, Any], current: str | None) -> tuple[str, ...]:
    rows = sum(table["rows"] for table in manifest["tables"].values())
    return (
        manifest["id"],
        manifest["published"][:16].replace("T", " "),
        "oui" if manifest["id"] == current else "",
        "oui" if manifest["demonstration"] else "non",
        ", ".join(f"{source['kind']} {source['vintage']}" for source in manifest["sources"]),
        f"{rows:,}".replace(",", "\u202f"),
    )
