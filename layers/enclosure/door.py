"""The one door: a path in, values out. No byte of the file is parsed on this side, only JSON that was made of it."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from weakref import WeakValueDictionary

from layers.enclosure import values
from layers.enclosure.bounds import BOUNDS, GIB, Bounds
from layers.enclosure.values import TOLD, Contents, Rows, Sheet, Workbook
from layers.scratch import Scratch
from layers.unreadable import UnreadableFile

log = logging.getLogger(__name__)
INSIDE = "layers.enclosure.inside"
ROOT: Final = Path(__file__).resolve().parents[2]
_TOO_LONG: Final = -int(getattr(signal, "SIGALRM", 0))
_TIMES: Final = frozenset({_TOO_LONG, -int(getattr(signal, "SIGXCPU", 0))})
_KILLS: Final = frozenset({values.NO_MEMORY, -int(signal.SIGABRT), -int(getattr(signal, "SIGKILL", 0))})
_SAID: Final = "said"
_SHOWN: Final = 400
_MOST_TOLD: Final = 64 << 20
_held: WeakValueDictionary[tuple[object, ...], Contents] = WeakValueDictionary()


def contents(path: Path, bounds: Bounds | None = None) -> Contents:
    """What a workbook, a Parquet file or an archive holds; read once for all who hold it at the same time.

    Raises
    ------
    UnreadableFile
        A file refused, or one whose reading died: its name, why, and what to do.
    """
    state = path.stat()
    key = (path.absolute(), state.st_ino, state.st_size, state.st_mtime_ns, bounds)
    found = _held.get(key)
    if found is None:
        scratch = Scratch()
        try:
            found = _held[key] = _contents(path, scratch, bounds or BOUNDS)
        except BaseException:
            scratch.remove()  # at once: the error may be held for long
            raise
    return found


def ask(task: str, path: Path, folder: Path, bounds: Bounds | None = None) -> dict[str, Any]:
    """What a process of its own tells of a file, and leaves in *folder*: a task of `layers.enclosure.inside`.

    Raises `UnreadableFile` as `contents`.
    """
    bounds = bounds or BOUNDS
    status = _run(task, path, folder, bounds)
    told = _told(folder / TOLD) if status == 0 else None
    if told is None:
        log.info("%s: status %s, %s", path.name, status, _last_words(folder))
        raise UnreadableFile(path, *_end(status, bounds))
    if "refused" in told:
        reason, remedy, line, column = told["refused"]
        raise UnreadableFile(path, reason, remedy, line, column)
    return told


def _run(task: str, path: Path, folder: Path, bounds: Bounds) -> int:
    limits = json.dumps(asdict(bounds))
    command = [sys.executable, "-m", INSIDE, task, str(path.absolute()), str(folder), limits]
    with (folder / _SAID).open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        try:
            return process.wait(bounds.patience)
        except subprocess.TimeoutExpired:
            return _TOO_LONG
        finally:
            process.kill()
            process.wait()


def _told(path: Path) -> dict[str, Any] | None:
    try:
        with path.open("rb") as stream:
            told = json.loads(stream.read(_MOST_TOLD))
    except (OSError, ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _last_words(folder: Path) -> str:
    try:
        return (folder / _SAID).read_bytes()[-_SHOWN:].decode("utf-8", "replace")
    except OSError:
        return ""


def _end(status: int, bounds: Bounds) -> tuple[str, str]:
    """Why a process ended without telling anything, and what to do."""
    if status in _TIMES:
        return (
            f"sa lecture n’est pas finie au bout de {min(bounds.seconds, bounds.patience)} secondes",
            values.SAVE_AS_CSV,
        )
    if status == values.NO_ROOM:
        return values.FULL
    if status == values.TOO_BIG:
        return f"fichier démesuré : il prend plus de {bounds.disk / GIB:.3g} Go une fois ouvert", values.SAVE_AS_CSV
    if status in _KILLS:
        return (
            f"fichier abîmé ou démesuré : sa lecture demande plus de {bounds.memory / GIB:.3g} Go de mémoire",
            values.SAVE_AS_CSV,
        )
    return values.CRASHED


def _contents(path: Path, scratch: Scratch, bounds: Bounds) -> Contents:
    told = ask("contents", path, scratch.path, bounds)
    if told["form"] == "text":
        return Contents("text", None, scratch.path / values.EXPANDED, str(told.get("inside", "")), scratch)
    sheets = tuple(_sheet(path, one, scratch) for one in told["sheets"])
    return Contents(str(told["form"]), Workbook(sheets), None, str(told.get("inside", "")), scratch)


def _sheet(path: Path, told: dict[str, Any], scratch: Scratch) -> Sheet:
    merged = tuple((int(top), int(left), int(bottom), int(right)) for top, left, bottom, right in told["merged"])
    rows = Rows(path, scratch, int(told["start"]), int(told["count"]))
    return Sheet(str(told["name"]), bool(told["hidden"]), merged, rows)
