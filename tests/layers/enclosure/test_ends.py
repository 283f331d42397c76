"""However the process that opens a file ends, its end is told with the file's name and a remedy."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from layers import scratch
from layers.enclosure import door
from layers.enclosure.bounds import BOUNDS
from layers.recognition.opening import open_source
from layers.unreadable import UnreadableFile

ENDS = {
    "sleep": "n’est pas finie au bout de 2 secondes",
    "spin": "n’est pas finie au bout de 2 secondes",
    "killed": "plus de 1 Go de mémoire",
    "allocates": "plus de 1 Go de mémoire",
    "aborts": "plus de 1 Go de mémoire",
    "panics": "sa lecture s’est interrompue",
    "leaves": "sa lecture s’est interrompue",
    "fills": "fichier démesuré",
    "pickles": "sa lecture s’est interrompue",
    "nests": "sa lecture s’est interrompue",
}


PATIENCE = {"sleep": 2}


@pytest.fixture
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (folder := tmp_path / "aside").mkdir()
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(folder))
    monkeypatch.setattr(door, "INSIDE", "tests.layers.enclosure.misbehaving")
    return folder


def misbehaving(folder: Path, how: str) -> Path:
    path = folder / "essai.xls"
    path.write_bytes(b"PK\x03\x04" + f"\n{how}\n".encode())
    return path


def refusal(path: Path) -> tuple[str, str, str]:
    """File, reason and remedy; the error is dropped with what it holds."""
    try:
        open_source(path)
    except UnreadableFile as error:
        return error.file, error.reason, error.remedy
    raise AssertionError("not refused")


@pytest.mark.parametrize("how", ENDS)
def test_every_end_is_told(tmp_path: Path, aside: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setattr(
        door, "BOUNDS", replace(BOUNDS, memory=1 << 30, patience=PATIENCE.get(how, 600), seconds=2, disk=1)
    )
    name, reason, remedy = refusal(misbehaving(tmp_path, how))
    assert name == "essai.xls"
    assert ENDS[how] in reason.replace("\u00a0", " ")
    assert remedy
    assert list(aside.iterdir()) == []


def test_a_killed_import_takes_its_reader_along_and_the_next_one_removes_its_folder(
    tmp_path: Path, aside: Path
) -> None:
    path = misbehaving(tmp_path, "sleep")
    code = (
        "import sys; from layers.enclosure import door; from layers.recognition.opening import open_source;"
        f"door.INSIDE = {door.INSIDE!r}; open_source(sys.argv[1])"
    )
    environment = {**os.environ, "TMPDIR": str(aside)}
    process = subprocess.Popen([sys.executable, "-c", code, str(path)], env=environment)
    try:
        reader = _child(process.pid)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert _gone(reader)
    assert len(list(aside.iterdir())) == 1
    scratch_left = next(aside.iterdir())
    while time.time() - scratch_left.stat().st_ctime < scratch._MAKING:
        time.sleep(0.05)
    with scratch.folder() as mine:
        assert list(aside.iterdir()) == [mine]


def _child(pid: int) -> int:
    """The process that another one started; waits for it."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                told = status.read_text().rpartition(")")[2].split()
                begun = b"misbehaving" in (status.parent / "cmdline").read_bytes()
            except OSError:
                continue
            if int(told[1]) == pid and begun and _is_held(int(status.parent.name)):
                return int(status.parent.name)
        time.sleep(0.05)
    raise AssertionError("no child")


def _is_held(pid: int) -> bool:
    """Whether a process went as far as holding itself to its bounds."""
    limits = Path(f"/proc/{pid}/limits").read_text()
    return str(BOUNDS.memory) in limits and "S" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def _gone(pid: int) -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


def test_a_folder_in_use_is_left_alone(tmp_path: Path, aside: Path) -> None:
    with scratch.folder() as mine:
        os.utime(mine, (0, 0))
        time.sleep(scratch._MAKING)
        scratch.sweep()
        assert mine.is_dir()
    assert list(aside.iterdir()) == []
