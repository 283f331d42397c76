"""``ess backup`` and ``ess restore``: what is written, as one file, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard import cli_errors
from dashboard.cli_errors import DataDir

if TYPE_CHECKING:
    from layers.written.database import Database


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (backup, restore):
        app.command()(command)


def backup(
    *,
    out: Annotated[Path, typer.Argument(help="Fichier à écrire.", metavar="FICHIER", dir_okay=False)],
    data_dir: DataDir = None,
) -> None:
    """Sauvegarde ce qui est écrit : constats, rencontres, réponses et leur journal (pas les publications)."""
    from layers.written import saving  # noqa: PLC0415
    from layers.written.database import Database  # noqa: PLC0415

    database = Database(cli_errors.settings(data_dir=data_dir).database)
    typer.echo(f"{_told(saving.save(database, out))} dans {out}.")


def restore(
    *,
    source: Annotated[Path, typer.Argument(help="Une sauvegarde.", metavar="FICHIER", exists=True, dir_okay=False)],
    data_dir: DataDir = None,
) -> None:
    """Remet une sauvegarde à la place de tout ce qui est écrit, après avoir sauvegardé cela à côté."""
    from layers.written import saving  # noqa: PLC0415
    from layers.written.database import Database  # noqa: PLC0415

    database = Database(cli_errors.settings(data_dir=data_dir).database)
    try:
        saving.check(source)
    except saving.DamagedSave as error:
        raise cli_errors.WrongUsage(f"{source} : ce n’est pas une sauvegarde entière. Rien n’a été changé.") from error
    before = _saved(database, source)
    typer.echo(f"{_told(saving.give_back(database, source))} remis ; ce qui était écrit est dans {before}.")


def _saved(database: Database, source: Path) -> Path:
    """Where what was written is kept: a save beside the source, or the file itself, put aside where it is damaged."""
    from layers.written import saving  # noqa: PLC0415
    from layers.written.database import Damaged  # noqa: PLC0415

    before = source.with_name(f"{source.stem}-avant-{datetime.now(UTC):%Y%m%d%H%M%S}{source.suffix}")
    try:
        saving.save(database, before)
    except Damaged:
        return database.set_aside()
    return before


def _told(counts: dict[str, int]) -> str:
    named = (
        ("findings", "constats"),
        ("meetings", "rencontres"),
        ("contributions", "réponses"),
        ("journal", "lignes de journal"),
    )
    return ", ".join(f"{counts.get(table, 0)} {name}" for table, name in named)
