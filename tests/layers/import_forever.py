"""A process that imports without end, to be killed at any moment."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from layers import importing, preparation
from layers.readers import READERS, Reading
from layers.store import Store
from tests.layers.invented import actor, delivery

ROWS = 40


def run(folder: str, first: int, told: Connection) -> None:
    """Import release after release, each of `ROWS` structures of one number."""
    store = Store(Path(folder))
    with pytest.MonkeyPatch.context() as patch:
        for number in range(first, first + 10_000):
            patch.setattr(preparation, "read_file", lambda *_, n=number, **__: reading(n))
            importing.import_files([Path(f"essai-{number}.csv")], store)
            told.send(number)


def reading(number: int) -> Reading:
    rows = [actor(row, name=f"Essai {number}") for row in range(1, ROWS + 1)]
    file = delivery(*rows, file=f"essai-{number}.csv")
    return Reading(file.tables, file.account, READERS["siae"])
