"""A rehearsed import on the disk, so that any process of the server finds it.

::

    rehearsals/<id>/state.json      how far it is
    rehearsals/<id>/files/          the files, as they were sent
    rehearsals/<id>/*.json          the report, the rehearsal, the maps
    rehearsals/<id>/*.parquet       the tables that would be published
    rehearsals/<id>/lock            held by the process that reads the files
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from layers import durable, scratch
from layers.lock import FolderLock
from layers.questions import Answers

FOLDER: Final = "rehearsals"
QUEUED, RUNNING, READY, REFUSED, FAILED = "queued", "running", "ready", "refused", "failed"
CHANGED: Final = "changed"
"""What is said of its files is not what was rehearsed: it is to be rehearsed again, and nothing of it is published."""
INTERRUPTED: Final = "interrupted"
"""Never written: what a draft is whose process died."""
KEPT: Final = 24 * 3600.0
"""Seconds that a draft is kept: files may hold personal data."""
STARTING: Final = 120.0
"""Seconds that a process may take to begin, on a busy machine."""
_ID = re.compile(r"[0-9a-f]{16}")

State = dict[str, Any]
Service = tuple[str, float]
"""Base address of the company-search API, and requests a second at most."""


class UnknownDraft(KeyError):  # noqa: N818  (says what happened)
    """No draft has this name: it was published, dropped or purged."""


class Draft:
    """One rehearsed import."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.id = folder.name
        self.files = folder / "files"

    def state(self) -> State:
        """What is known of it; ``status`` is `INTERRUPTED` where its process died. Raises `UnknownDraft`."""
        found = self._read()
        if found["status"] in (QUEUED, RUNNING) and not self.is_running():
            waits = found["status"] == QUEUED and time.time() - found["queued"] < STARTING
            found = found if waits else self._read()  # it may have ended between the two looks
            if found["status"] in (QUEUED, RUNNING) and not waits:
                return {**found, "status": INTERRUPTED}
        return found

    def _read(self) -> State:
        try:
            read: State = json.loads((self.folder / "state.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise UnknownDraft(self.id) from error
        return read

    def tell(self, **changes: object) -> None:
        """Change what is known of it."""
        self.write("state.json", {**self._read(), **changes})

    def queue(
        self,
        kind: str | None,
        year: int | None,
        answers: Answers | None = None,
        service: Service | None = None,
        declarations: Mapping[str, Any] | None = None,
    ) -> None:
        """Say that its files are all there, what they are where it was told, and what was answered of them.

        ``service`` is asked first where their beneficiaries are, of those that were found without a place.
        *declarations* are those of some of the files, by name, as JSON.
        """
        sent = [{"name": path.name, "size": path.stat().st_size} for path in self.paths()]
        now = datetime.now(UTC).isoformat(timespec="seconds")
        about = {
            "created": now,
            "queued": time.time(),
            "kind": kind,
            "year": year,
            "files": sent,
            "answers": dict(answers or {}),
            "service": service,
            "declarations": dict(declarations or {}),
        }
        self.write("state.json", {"status": QUEUED, "what": "", "done": 0, "total": len(sent) + 2, **about})

    def choose(self, answers: Answers) -> None:
        """Keep what is said of its files, by ``FILE/QUESTION``; what was rehearsed no more stands."""
        self.tell(status=CHANGED, answers=dict(answers))

    def paths(self) -> list[Path]:
        """The files, in the order of their names."""
        return sorted(path for path in self.files.iterdir() if path.is_file()) if self.files.is_dir() else []

    def write(self, name: str, content: object) -> None:
        """Put JSON in its folder, whole."""
        durable.write(self.folder / name, json.dumps(content, ensure_ascii=False).encode())

    def read(self, name: str) -> Any:
        """JSON of its folder. Raises `UnknownDraft`."""
        try:
            return json.loads((self.folder / name).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise UnknownDraft(self.id) from error

    def lock(self) -> FolderLock:
        """What the process that reads the files holds; the system frees it when that process dies."""
        return FolderLock(self.folder / "lock")

    def is_running(self) -> bool:
        """Whether its process is alive."""
        return self.lock().is_held()

    def remove(self) -> None:
        """Stop its process, and forget everything, the state first: nobody then finds half of it."""
        if self.is_running():
            self._stop()
            scratch.sweep()
        (self.folder / "state.json").unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _stop(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            holder = int((self.folder / "lock").read_text("ascii"))
            if holder not in (0, os.getpid()):
                os.kill(holder, signal.SIGTERM)
        end = time.monotonic() + 5
        while self.is_running() and time.monotonic() < end:
            time.sleep(0.05)


class Drafts:
    """The drafts of a data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = Path(data_dir)
        self._folder = self.data_dir / FOLDER

    def create(self) -> Draft:
        """A new one, without a file yet."""
        draft = Draft(self._folder / secrets.token_hex(8))
        draft.files.mkdir(parents=True)
        draft.folder.chmod(0o700)
        return draft

    def get(self, draft_id: str) -> Draft:
        """The one of that name. Raises `UnknownDraft`."""
        draft = Draft(self._folder / draft_id)
        if not _ID.fullmatch(draft_id) or not (draft.folder / "state.json").is_file():
            raise UnknownDraft(draft_id)
        return draft

    def all(self) -> list[tuple[Draft, State]]:
        """All of them, the latest first."""
        found = []
        for path in self._folder.glob("*/state.json"):
            draft = Draft(path.parent)
            with contextlib.suppress(UnknownDraft):
                found.append((draft, draft.state()))
        return sorted(found, key=lambda pair: pair[1]["queued"], reverse=True)

    def purge(self, age: float = KEPT) -> None:
        """Forget those older than ``age`` seconds, and what was left of a sending that was cut."""
        scratch.sweep()
        now = time.time()
        for folder in self._folder.glob("*"):
            with contextlib.suppress(OSError):
                if folder.is_dir() and now - folder.stat().st_mtime > age:
                    Draft(folder).remove()
