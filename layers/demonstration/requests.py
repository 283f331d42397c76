"""The fictitious requests and payments behind the grants: what was asked for, by whom in vain, and what was paid.

Drawn from a stream of their own, so that the grants voted stay as they were drawn.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from layers.demonstration.grants import STEP
from layers.demonstration.origin import Integers
from layers.demonstration.structures import alive, typed
from layers.release import DEMONSTRATION

REFUSED_IN_TEN = 6
"""Requests in vain for ten that are granted."""


def requests(voted: pd.DataFrame, structures: pd.DataFrame, source: np.random.Generator) -> pd.DataFrame:
    """Rows of the grants table of the stage ``asked``: one for each grant voted, and those in vain."""
    granted = voted.assign(
        grant_id=voted["grant_id"] + ":asked",
        kind="asked",
        amount_cents=_above(voted["amount_cents"].to_numpy(dtype=np.int64), source),
    )
    drawn = [_in_vain(rows, structures, source) for _, rows in voted.groupby("year", sort=True)]
    return typed("grants", pd.concat([granted, *drawn], ignore_index=True))


def payments(voted: pd.DataFrame, source: np.random.Generator) -> pd.DataFrame:
    """Rows of the stage ``paid``: what was paid in the year, seven to ten tenths of what was voted."""
    tenths = source.integers(7, 11, len(voted))
    cents = voted["amount_cents"].to_numpy(dtype=np.int64) * tenths // 10
    return typed("grants", voted.assign(grant_id=voted["grant_id"] + ":paid", kind="paid", amount_cents=cents))


def _above(cents: Integers, source: np.random.Generator) -> Integers:
    """What was asked for: as much as was granted, or up to six tenths more, in whole steps."""
    step = STEP * 100
    return np.asarray(cents * (10 + source.integers(0, 7, len(cents))) // 10 // step * step, dtype=np.int64)


def _in_vain(voted: pd.DataFrame, structures: pd.DataFrame, source: np.random.Generator) -> pd.DataFrame:
    """Requests of a year that nothing was granted to, made by structures of the same communes and for as much."""
    year, number = int(voted["year"].iloc[0]), len(voted) * REFUSED_IN_TEN // 10
    like = voted.iloc[source.integers(0, len(voted), number)].reset_index(drop=True)
    there = alive(structures, year)
    inside = there[there["commune"].isin(set(voted["commune"].dropna()))]
    who = inside.iloc[source.integers(0, len(inside), number)][["name", "commune", "sector", "family"]]
    return who.reset_index(drop=True).assign(
        grant_id=[f"demo-{year}-{place:03d}:refused" for place in range(1, number + 1)],
        grantor=like["grantor"],
        instrument=like["instrument"],
        kind="asked",
        year=year,
        amount_cents=_above(like["amount_cents"].to_numpy(dtype=np.int64), source),
        located_by=DEMONSTRATION,
    )
