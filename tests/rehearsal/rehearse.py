"""The whole meeting, step by step."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.settings import Settings
from layers.written import accounts
from layers.written.database import Database
from tests.rehearsal import ballot, counts, said, scenes, signing
from tests.rehearsal.machine import Machine
from tests.rehearsal.room import Room, gathered

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STEPS: tuple[Callable[[Room], None], ...] = (
    scenes.entered, scenes.prepared, scenes.opened, scenes.joined, scenes.looked_at, scenes.disputed,
    scenes.guessed, scenes.revealed, scenes.written, scenes.accepted, ballot.begun, ballot.killed, ballot.restarted,
    ballot.counted, counts.stored, ballot.closed, counts.kept, signing.registered, signing.validated, signing.reported,
)  # fmt: skip


@dataclass(frozen=True)
class Rehearsal:
    """What a rehearsal came to: numbers by what and where, seconds by step, what windows and server complained of."""

    seen: Mapping[str, Mapping[str, int]]
    seconds: Mapping[str, float]
    faults: list[str]

    @property
    def wrong(self) -> list[str]:
        """All that is not as it must be."""
        return counts.wrong(self.seen) + self.faults


def rehearse(
    browser: Browser, folder: Path, url: str = "", *, pictures: Path | None = None, pace: float = 0
) -> Rehearsal:
    """Hold the meeting with a server on ``folder``, which writes at ``url`` (empty: SQLite in the folder).

    ``pace`` is how many seconds it lasts at least, spread over its steps. Raises ``AssertionError`` at the first thing
    that a window does not show.
    """
    machine = Machine(folder, {"ESS_DATABASE_URL": url} if url else {})
    database = Database(Settings(ESS_DATA_DIR=folder, ESS_DATABASE_URL=url).database)
    accounts.create(database, said.NAME, accounts.ADMINISTRATOR, said.PASSWORD, "répétition")
    room = gathered(browser, machine, database, pictures)
    began, seconds = time.monotonic(), {}
    try:
        machine.start()
        for n, step in enumerate(STEPS, start=1):
            at = time.monotonic()
            step(room)
            seconds[step.__name__] = time.monotonic() - at
            room.desk.wait_for_timeout(max(0, 1000 * (began + pace * n / len(STEPS) - time.monotonic())))
    finally:
        room.close()
        machine.stop()
    return Rehearsal(room.seen, seconds, room.faults() + machine.trouble())
