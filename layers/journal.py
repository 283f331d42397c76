"""What happened to a data folder: one line of JSON an event, only ever added to."""

from __future__ import annotations

import getpass
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from layers import durable

STARTED = "import_started"
PUBLISHED = "published"
ALREADY = "already_published"
REFUSED = "refused"
ROLLED_BACK = "rolled_back"
INTERRUPTED = "interrupted_import_cleaned"

ENDINGS = (PUBLISHED, ALREADY, REFUSED, INTERRUPTED)

Entry = dict[str, Any]


class Journal:
    """The file ``journal.jsonl``. Each entry has ``when`` (UTC), ``who`` (account, process) and ``what``."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, what: str, **details: object) -> None:
        """Add one event and flush it to the disk."""
        entry = {
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "who": _who(),
            "what": what,
            **details,
        }
        durable.append_line(self._path, json.dumps(entry, ensure_ascii=False))

    def entries(self) -> list[Entry]:
        """All events, oldest first; a line that an interruption cut short is left out."""
        if not self._path.is_file():
            return []
        return [entry for line in self._path.read_text("utf-8").splitlines() if (entry := _read(line))]

    def unfinished(self) -> Entry | None:
        """The import that started last and never ended, or None. Only meaningful while holding the lock."""
        for entry in reversed(self.entries()):
            if entry["what"] in ENDINGS:
                return None
            if entry["what"] == STARTED:
                return entry
        return None


def _read(line: str) -> Entry | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and "what" in entry else None


def _who() -> str:
    try:
        account = getpass.getuser()
    except (OSError, KeyError, ImportError):
        account = "?"
    return f"{account} ({os.getpid()})"
