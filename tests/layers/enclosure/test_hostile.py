"""Each hostile file is refused in words, by its name, in little memory, and leaves nothing."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from layers import scratch
from layers.enclosure import door
from layers.recognition.opening import open_source
from layers.sirene.opening import recognise
from layers.unreadable import UnreadableFile
from tests.layers.enclosure.biff import xls
from tests.layers.enclosure.hostile import FAR, HOSTILE, workbook
from tests.layers.test_containers import CSV, HEADER, ROWS, gz, ods, parquet, zipped

MEASURED = """
import json, resource, sys
from pathlib import Path
from layers.sirene.opening import recognise
from layers.recognition.opening import open_source
from layers.unreadable import UnreadableFile
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    recognise(Path(sys.argv[1]))
    said = sum(1 for _ in open_source(sys.argv[1]).rows)
except UnreadableFile as error:
    said = error.sentence
print(json.dumps([said, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024]))
"""
"""Opens a file in a process that does nothing else: rows or refusal, and the MB that it took."""
MOST: int = 60
SEEDS = int(os.environ.get("ESS_MUTATIONS", "10"))
"""Mutations of each form: `ESS_MUTATIONS=2000` tries many more, in an hour or so."""


@pytest.fixture
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (folder := tmp_path / "aside").mkdir()
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def measured(path: Path) -> tuple[int | str, int]:
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True)
    said, megabytes = json.loads(done.stdout)
    return said, megabytes


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_its_name_in_little_memory_and_leaves_nothing(
    tmp_path: Path, aside: Path, name: str
) -> None:
    write, why = HOSTILE[name]
    path = write(tmp_path / "essai_2023.dat")
    said, megabytes = measured(path)
    assert isinstance(said, str)
    assert said.startswith("essai_2023.dat")
    assert why in said.replace("\u202f", " ").replace("\u00a0", " ")
    assert said.count(". ") >= 1, "a remedy"
    assert megabytes < MOST
    assert list(aside.iterdir()) == []


@pytest.mark.parametrize("form", FAR)
def test_a_far_cell_costs_nothing(tmp_path: Path, aside: Path, form: str) -> None:
    path = FAR[form](tmp_path / f"loin.{form}")
    said, megabytes = measured(path)
    assert said == 3, "two rows and the far one"
    assert megabytes < MOST
    assert list(aside.iterdir()) == []
    last = list(door.contents(path).workbook.sheets[0].rows)[-1]  # type: ignore[union-attr]
    assert (last[0], len(last[1]), last[1][-1]) == ((65_536, 256) if form == "xls" else (1_048_576, 16_384)) + ("loin",)


def test_a_zip_whose_names_climb_out_writes_nowhere(tmp_path: Path, aside: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../../sorti.csv", CSV)
    assert [cells for _, cells in open_source(path).rows] == ROWS
    assert not list(tmp_path.rglob("sorti*"))
    assert list(aside.iterdir()) == []


WHOLE: dict[str, Callable[[Path], Path]] = {
    "xls": lambda path: xls(path, [HEADER, *ROWS, *[[1.5, f"nom {n}", n] for n in range(200)]], merged=(1, 0, 2, 0)),
    "xlsx": workbook,
    "ods": ods,
    "zip": lambda path: zipped(path, a_csv=CSV * 50),
    "gz": gz,
    "parquet": parquet,
}


def mutated(whole: bytes, seed: int) -> bytes:
    """The same bytes, some of them changed, by chance among the first ones, and cut sometimes."""
    chance = random.Random(seed)  # noqa: S311
    content = bytearray(whole)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(chance.choice([len(content), min(len(content), 4096)]))
        content[at] = chance.choice([0, 255, chance.randrange(256)])
    return bytes(content[: chance.choice([len(content)] * 5 + [chance.randrange(4, len(content))])])


def survived(path: Path) -> None:
    recognise(path)
    try:
        source = open_source(path, lambda cells: "siret" in cells)
        assert all(isinstance(cell, str) for _, cells in source.rows for cell in cells)
    except UnreadableFile as error:
        assert error.file == path.name
        assert error.reason
        assert error.remedy


@pytest.mark.parametrize("form", WHOLE)
def test_damaged_bytes_are_read_or_refused_and_leave_nothing(tmp_path: Path, aside: Path, form: str) -> None:
    path = tmp_path / f"a.{form}"
    whole = WHOLE[form](path).read_bytes()
    for seed in range(SEEDS):
        path.write_bytes(mutated(whole, seed))
        survived(path)
    assert list(aside.iterdir()) == []
