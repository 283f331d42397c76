"""What comes of a disguise: it is read to the same grants, or it asks, or it refuses; or it is wrong in silence."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geodata import gazetteer, geography
from geodata.attach import Attacher
from layers.enclosure import door, inside
from layers.enclosure.bounds import Bounds
from layers.enclosure.values import TOLD
from layers.readers import read_file, scdl_conformity
from layers.register import Register
from layers.unreadable import UnreadableFile
from tests.layers.recognition.disguises import Disguise, clean, disguise

RIGHT, ASKED, REFUSED, PARTLY, WRONG = "right", "asked", "refused", "partly", "wrong"
"""Read alone; asks; refuses the file; refuses some rows and says so; another sum in silence."""


def outcome(made: Disguise, attacher: Attacher) -> str:
    """What comes of a disguise."""
    try:
        found = read_file(made.path, None, None, attacher, Register())
    except UnreadableFile:
        return REFUSED
    account, grants = found.account, found.tables.get("grants")
    if account.questions:
        return ASKED
    if grants is None:
        return WRONG if account.rows["accepted"] else REFUSED
    told, true = Counter(zip(grants["year"], grants["amount_cents"], strict=True)), clean.parts(made.clean)
    counted = sum(account.cents[one] for one in ("accepted", "outside", "not_ess", "duplicate"))
    rows = sum(account.rows[one] for one in ("accepted", "outside", "not_ess", "duplicate"))
    if told - true or counted > sum(cents * times for (_, cents), times in true.items()):
        return WRONG
    if rows == len(made.clean) and counted == sum(cents * times for (_, cents), times in true.items()):
        return RIGHT
    return PARTLY if account.rows["rejected"] else WRONG


@dataclass(frozen=True)
class Found:
    """A disguise that was tried: its seed, how it was made, what came of it."""

    seed: int
    how: tuple[str, ...]
    outcome: str


def tally(seeds: Iterable[int]) -> Iterator[Found]:
    """Try a disguise for each seed."""
    attacher, ran, reported = Attacher(gazetteer.load(), geography.load()), door._run, scdl_conformity.report
    door._run, scdl_conformity.report = _within, _nothing  # type: ignore[assignment]
    try:
        with tempfile.TemporaryDirectory() as name:
            for seed in seeds:
                made = disguise(seed, Path(name))
                yield Found(seed, made.how, outcome(made, attacher))
                made.path.unlink()
    finally:
        door._run, scdl_conformity.report = ran, reported


def _within(task: str, path: Path, folder: Path, bounds: Bounds) -> int:
    """A workbook opened in this process: one of its own takes longer than all else, and has its own tests."""
    (folder / TOLD).write_text(json.dumps(inside._done(task, path, folder, bounds)), "ascii")
    return 0


def _nothing(*_given: object) -> None:
    """The schema of the published grants changes no row, and has its own tests."""
