"""What happened to a data folder: one line of JSON an event, only ever added to."""

from __future__ import annotations

import getpass
import json
import logging
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

UNWRITABLE = (IsADirectoryError, PermissionError)
MOST_SAID = 10

Entry = dict[str, Any]
log = logging.getLogger(__name__)


class Journal:
    """The file ``journal.jsonl``. Each entry has ``when`` (UTC), ``who`` (account, process) and ``what``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._said: set[int] = set()

    def add(self, what: str, **details: object) -> None:
        """Add one event and flush it to the disk; where it may not be, that is said, and what is done goes on."""
        entry = {
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "who": _who(),
            "what": what,
            **details,
        }
        try:
            durable.append_line(self._path, json.dumps(entry, ensure_ascii=False))
        except UNWRITABLE as error:
            log.warning("%s ne peut pas être écrit (%s)\u202f: %s n’y est pas noté.", self._path, error.strerror, what)

    def entries(self) -> list[Entry]:
        """All events, oldest first; a line that is none stays in the file, and is said and left out here."""
        try:
            lines = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        except OSError as error:
            log.warning("%s ne peut pas être lu (%s).", self._path, error.strerror)
            return []
        read = [(number, _read(line)) for number, line in enumerate(lines, start=1) if line.strip()]
        self._say([number for number, entry in read if entry is None])
        return [entry for _number, entry in read if entry is not None]

    def never_published(self) -> bool:
        """Whether imports began and none ever came to its end, as far as each line of the file can be read."""
        told = [entry["what"] for entry in self.entries()]
        return STARTED in told and not self._said and not {PUBLISHED, ALREADY, ROLLED_BACK} & set(told)

    def _say(self, unread: list[int]) -> None:
        """Say once which lines cannot be read."""
        new = [number for number in unread if number not in self._said]
        if new:
            self._said.update(new)
            named = ", ".join(map(str, new[:MOST_SAID])) + ("…" if len(new) > MOST_SAID else "")
            log.warning("%s\u202f: ligne(s) illisible(s), laissée(s) telles quelles\u202f: %s.", self._path, named)

    def unfinished(self) -> Entry | None:
        """The import that started last and never ended, or None. Only meaningful while holding the lock."""
        for entry in reversed(self.entries()):
            if entry["what"] in ENDINGS:
                return None
            if entry["what"] == STARTED:
                return entry
        return None


def _read(line: bytes) -> Entry | None:
    """The event of a line, as `Journal.add` writes it; None for anything else."""
    try:
        entry = json.loads(line.decode("utf-8"))
        datetime.fromisoformat(entry["when"])
        json.dumps(entry, ensure_ascii=False).encode()
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return entry if isinstance(entry.get("what"), str) and isinstance(entry.get("who"), str) else None


def _who() -> str:
    try:
        account = getpass.getuser()
    except (OSError, KeyError, ImportError):
        account = "?"
    return f"{account} ({os.getpid()})"
