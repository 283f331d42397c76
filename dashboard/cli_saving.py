"""``ess backup`` and ``ess restore``: what is written, as one file, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.cli_errors import WrongUsage
from layers.written import saving
from layers.written.database import Database

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
    before = source.with_name(f"{source.stem}-avant-{datetime.now(UTC):%Y%m%d%H%M%S}{source.suffix}")
    saving.save(database, before)
    try:
        counts = saving.give_back(database, source)
    except saving.DamagedSave as error:
        before.unlink()
        raise WrongUsage(f"{source} : ce n’est pas une sauvegarde entière. Rien n’a été changé.") from error
    return f"{_told(counts)} remis ; ce qui était écrit est dans {before}."


def _told(counts: dict[str, int]) -> str:
    named = (
        ("findings", "constats"),
        ("meetings", "rencontres"),
        ("contributions", "réponses"),
        ("journal", "lignes de journal"),
    )
    return ", ".join(f"{counts.get(table, 0)} {name}" for table, name in named)
