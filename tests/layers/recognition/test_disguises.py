"""A clean table of grants, disguised in any of the ways that are met, is read to the same euros, or it asks."""

from __future__ import annotations

import os
from collections import Counter

from tests.layers.recognition.outcomes import PARTLY, RIGHT, WRONG, tally

TRIES = int(os.environ.get("ESS_DISGUISES", "2000"))
ENOUGH = 0.45
"""Part that is read alone: a mix of several changes, or what is made to mislead, often leaves something to ask."""


def test_no_disguise_gives_another_sum_in_silence() -> None:
    told: Counter[str] = Counter()
    wrong = []
    for found in tally(range(TRIES)):
        told[found.outcome] += 1
        if found.outcome == WRONG:
            wrong.append(f"seed {found.seed}: {', '.join(found.how)}")
    assert not wrong, wrong[:10]
    assert told[RIGHT] >= ENOUGH * TRIES, told
    assert told[PARTLY] < told[RIGHT] / 5, told
