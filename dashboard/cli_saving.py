"""``ess backup`` and ``ess restore``: what is written, as one file, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.cli_errors import WrongUsage
from layers.written import saving
from layers.written.database import Damaged, Database

if TYPE_CHECKING:
    from dashboard.settings import Settings


def backup(settings: Settings, out: Path) -> str:
    """Save what is written; what is said of it."""
    return f"{_told(saving.save(Database(settings.database), out))} dans {out}."


def restore(settings: Settings, source: Path) -> str:
    """Put a save in the place of what is written, which is saved beside it first; what is said of it.

    Raises `WrongUsage` for a file that is no save: nothing is changed.
    """
    database = Database(settings.database)
    try:
        saving.check(source)
    except saving.DamagedSave as error:
        raise WrongUsage(f"{source} : ce n’est pas une sauvegarde entière. Rien n’a été changé.") from error
    before = _saved(database, source)
    return f"{_told(saving.give_back(database, source))} remis ; ce qui était écrit est dans {before}."


def _saved(database: Database, source: Path) -> Path:
    """Where what was written is kept: a save beside the source, or the file itself, put aside where it is damaged."""
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
