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
from tests.databases import Address

ROUNDS, WRITERS = 20, 2
WRITER = """
import sys
from layers.written import register
from layers.written.database import Database
database = Database(sys.argv[1])
while True:
    made = register.add(database, register.Finding("3", "Constat fictif.", "threat", source="essai"), "essai")
    made = register.change(database, made.id, 1, {"status": "shared"}, "essai")
    print(made.id, flush=True)
"""


def test_every_acknowledged_write_is_there_after_a_kill(address: Address) -> None:
    url, chance = address(), random.Random(20)  # noqa: S311  (a draw, not a secret)
    register.add(Database(url), register.Finding("3", "Premier.", "threat", source="essai"), "essai")
    told: list[str] = []
    for _ in range(ROUNDS):
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
            for _ in range(WRITERS)
        ]
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
    assert set(told) <= set(found)
    for ident, one in found.items():
        journal = register.history(database, ident)
        assert journal[-1].after == one, "a change and its line are kept together, or neither is"
        assert [change.what for change in journal] == ["added", "changed"][: one.version]
