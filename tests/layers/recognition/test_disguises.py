"""A clean table of grants, disguised in any of the ways that are met, is read to the same euros, or it asks."""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from pathlib import Path

from geodata import gazetteer, geography
from geodata.attach import Attacher
from layers.readers import read_file
from layers.register import Register
from layers.unreadable import UnreadableFile
from tests.layers.recognition.disguises import Disguise, Grant, disguise, grants

TRIES = int(os.environ.get("ESS_DISGUISES", "300"))
RIGHT, ASKED, WRONG = "right", "asked", "wrong"
ENOUGH = 0.9


def outcome(clean: list[Grant], made: Disguise, attacher: Attacher) -> str:
    """Whether a disguise is read to the same rows and euros, asks or refuses, or gives another sum in silence."""
    try:
        account = read_file(made.path, None, None, attacher, Register()).account
    except UnreadableFile:
        return ASKED
    counted = sum(account.cents[one] for one in ("accepted", "outside", "not_ess", "duplicate"))
    rows = sum(account.rows[one] for one in ("accepted", "outside", "not_ess", "duplicate"))
    if (rows, counted) == (len(clean), sum(grant.cents for grant in clean)):
        return RIGHT
    return ASKED if account.questions or account.rows["rejected"] else WRONG


def tally(tries: int, seed: int = 0) -> tuple[Counter[str], list[str]]:
    """How many disguises come out right, asked, wrong; and how those that are wrong were made."""
    attacher, told, wrong = Attacher(gazetteer.load(), geography.load()), Counter[str](), []
    with tempfile.TemporaryDirectory() as name:
        for number in range(tries):
            chance = random.Random(seed + number)  # noqa: S311  (tries, not secrets)
            clean = grants(chance)
            made = disguise(clean, chance, Path(name))
            found = outcome(clean, made, attacher)
            told[found] += 1
            if found == WRONG:
                wrong.append(f"seed {seed + number}: {', '.join(made.how)}")
    return told, wrong


def test_no_disguise_gives_another_sum_in_silence() -> None:
    told, wrong = tally(TRIES)
    assert not wrong, wrong[:10]
    assert told[RIGHT] >= ENOUGH * TRIES, told
