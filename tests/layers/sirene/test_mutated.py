"""Mutated stock files: read whole, or refused in words; never a traceback, never a row lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from geodata import gazetteer as gazetteers
from geodata import geography as geographies
from geodata.attach import Attacher
from layers.account import OUTCOMES
from layers.readers import read_file
from layers.sirene.bundle import read_bundle
from layers.sirene.opening import recognise
from layers.unreadable import UnreadableFile
from tests.layers.readers.test_mutated import mutated
from tests.layers.sirene.stock import establishment, stock, unit

FILES = {".csv": 150, ".zip": 20, ".gz": 20, ".parquet": 25}
"""Those that are opened in a process of their own take longer."""


@pytest.mark.parametrize("suffix", [".csv", ".zip", ".gz", ".parquet"])
def test_mutated_stock_files(tmp_path: Path, suffix: str) -> None:
    attacher = Attacher(gazetteers.load(), geographies.load())
    chance = random.Random(suffix)  # noqa: S311
    units = [unit(number) for number in range(1, 9)]
    paths = stock(tmp_path, units, [establishment(number) for number in range(1, 9)], suffix)
    whole = [path.read_bytes() for path in paths]
    seen = {"read": 0, "refused": 0}
    for _ in range(FILES[suffix]):
        spoilt = chance.randrange(2)
        for place, path in enumerate(paths):
            path.write_bytes(mutated(whole[place], chance) if place == spoilt else whole[place])
        found = [recognise(path) for path in paths]
        try:
            if None in found:
                read_file(paths[found.index(None)], None, 2026, attacher)
                continue
            readings = read_bundle([file for file in found if file], 2026, attacher)
        except UnreadableFile as error:
            seen["refused"] += 1
            assert error.reason
            assert error.remedy
            continue
        seen["read"] += 1
        for reading in readings:
            report = reading.account.to_json()
            assert report["rows_read"] == sum(report[f"rows_{outcome}"] for outcome in OUTCOMES)
    assert seen["refused"] > FILES[suffix] // 20
