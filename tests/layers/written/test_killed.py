"""A writer killed at any moment: what was acknowledged is there, the journal with it, and one goes on writing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from layers.written import register
from layers.written.database import Database
from layers.written.workshop import contributions, meetings, scenes
from layers.written.workshop.contributions import Sending
from layers.written.workshop.meetings import Meeting
from layers.written.workshop.scenes import Scene
from tests.databases import Address

ROUNDS, WRITERS, DEVICE = 12, 2, "téléphone fictif"
WRITER = """
import sys, uuid
from layers.written import register
from layers.written.database import Database
from layers.written.workshop import contributions, meetings
database, meeting, scene, device = Database(sys.argv[1]), *sys.argv[2:]
meeting = meetings.read(database, meeting)
while True:
    made = register.add(database, register.Finding("3", "Constat fictif.", "threat", source="essai"), "essai")
    made = register.change(database, made.id, 1, {"status": "shared"}, "essai")
    sent = contributions.Sending(uuid.uuid4().hex, scene, {"sentence": "Idée fictive.", "quadrant": "threat"})
    contributions.send(database, meeting, device, sent)
    print(made.id, sent.id, flush=True)
"""


def test_every_acknowledged_write_is_there_after_a_kill(address: Address) -> None:
    url, chance = address(), random.Random(20)  # noqa: S311  (a draw, not a secret)
    meeting, scene = _open(Database(url))
    told: list[str] = []
    for _ in range(ROUNDS):
        writers = [_writer(url, meeting, scene, chance) for _ in range(WRITERS)]
        for one in writers:
            assert one.stdout
            told.append(one.stdout.readline().strip())  # moments count from the first write, however slow the disk
        time.sleep(chance.uniform(0.005, 0.12))
        for one in writers:
            os.kill(one.pid, signal.SIGKILL)
        for one in writers:
            assert one.stdout
            with one.stdout as out:
                told += out.read().split("\n")[:-1]  # after the last end of line is what was not said whole
            one.wait()
    database = Database(url)
    last = register.add(database, register.Finding("3", "Dernier.", "threat", source="essai"), "essai")
    assert last.version == 1, "and it waits for what the server still does for those that were killed"
    found = {one.id: one for one in register.listed(database, "3")}
    assert len(told) >= ROUNDS * WRITERS
    acknowledged = [line.split() for line in told]
    assert {one for one, _sent in acknowledged} <= set(found)
    kept = contributions.proposed(database, meeting)
    assert {sent for _one, sent in acknowledged} <= {one.id for one in kept}
    assert len(kept) == len({one.id for one in kept})
    again = Sending(acknowledged[-1][1], scene, {"sentence": "Idée fictive.", "quadrant": "threat"})
    assert contributions.send(database, meetings.read(database, meeting), DEVICE, again) is False, "as after a cut"
    for ident, one in found.items():
        journal = register.history(database, ident)
        assert journal[-1].after == one, "a change and its line are kept together, or neither is"
        assert [change.what for change in journal] == ["added", "changed"][: one.version]


def _open(database: Database) -> tuple[str, str]:
    """A meeting that takes proposals, and the scene that they are for."""
    made = meetings.prepare(database, Meeting("3", "Rencontre fictive", "2026-12-03"), "essai")
    scene = scenes.add(database, Scene(made.id, "board", "Quoi ?"), "essai")
    meetings.lead(database, made.id, "essai", scene=scene.id)
    contributions.join(database, meetings.open_(database, made.id, "essai"), DEVICE, "actors")
    return made.id, scene.id


def _writer(url: str, meeting: str, scene: str, chance: random.Random) -> subprocess.Popen[str]:
    device = f"téléphone {chance.random()}"
    database = Database(url)
    contributions.join(database, meetings.read(database, meeting), device, "actors")
    told = [sys.executable, "-c", WRITER, url, meeting, scene, device]
    return subprocess.Popen(told, stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
