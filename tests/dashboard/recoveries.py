"""Releases of invented grants of which some were taken back, and what must stand in no page made of them.

With `ESS_EVERY_RECOVERY` set, the tests ask each release for many more pages and files, and draw more releases.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from geodata.perimeter import members
from layers import demonstration
from layers.release import Release

LAST, HUGE = 2023, -1_000_000_000
"""The year shown first, and a recovery in cents that is more than all the grants of a year."""
EVERY = bool(os.environ.get("ESS_EVERY_RECOVERY"))
"""Whether all is asked for; else a part, another for each case."""
Rows = Callable[[pd.DataFrame], pd.Series]

UNSOUND = re.compile(
    r"(?<![\w/=.\"'-])(?:nan|NaN|Infinity|inf|∞)(?![\w.-])"  # no number
    r"|[>\s(\u202f\u00a0][−-]€?0(?:[,.]0+)?(?![\d,.\u202f])"  # a zero with a sign
    r"|\s(?:width|height|r)=\"-|(?:width|height):\s?-"  # a length below zero
    r"|>None<|−−|\bNone\s?[%€]"
)
SCRIPTS = re.compile(
    r"<script.*?</script>|<style.*?</style>|\sd=\"[^\"]*\"|\s(?:transform|points)=\"[^\"]*\"", re.DOTALL
)


def unsound(page: str) -> list[str]:
    """What a page prints that is no number, each with what is around it; scripts and outlines aside."""
    shown = SCRIPTS.sub(" ", page)
    return [shown[max(0, found.start() - 60) : found.end() + 30] for found in UNSOUND.finditer(shown)]


def _every(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(data=True, index=frame.index)


def _of_year(frame: pd.DataFrame) -> pd.Series:
    return frame["year"].eq(LAST)


def of_territory(code: str) -> Rows:
    """The grants of a territory."""
    return lambda frame: frame["commune"].map(members()).eq(code).fillna(value=False).astype(bool)


def _one_in_two(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(np.random.default_rng(7).random(len(frame)) < 0.5, index=frame.index)


def _taken_back(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    return frame.assign(amount_cents=frame["amount_cents"].mask(rows(frame), -frame["amount_cents"]))


def _cancelled(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """Each given, then taken back: the sum is zero."""
    back = frame[rows(frame)]
    back = back.assign(grant_id=back["grant_id"] + "-back", amount_cents=-back["amount_cents"])
    return pd.concat([frame, back], ignore_index=True)


def _huge(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """The first of each stage in the last year becomes one recovery that is larger than all the rest."""
    first = frame[rows(frame) & _of_year(frame)].groupby("kind").head(1).index
    return frame.assign(amount_cents=frame["amount_cents"].mask(frame.index.isin(first), HUGE))


CASES: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "a territory": lambda frame: _taken_back(frame, of_territory("3")),
    "a year": lambda frame: _taken_back(frame, _of_year),
    "all": lambda frame: _taken_back(frame, _every),
    "a total of zero": lambda frame: _cancelled(frame, _every),
    "a territory at zero": lambda frame: _cancelled(frame, of_territory("3")),
    "one huge": lambda frame: _huge(frame, of_territory("3")),
    "one huge without a commune": lambda frame: _huge(frame, lambda one: one["commune"].isna()),
    "one in two": lambda frame: _taken_back(frame, _one_in_two),
    "all but one territory": lambda frame: _taken_back(frame, lambda one: ~of_territory("8")(one)),
    "none at all": lambda frame: frame.iloc[:0],
}
"""How each changes the grants of the demonstration."""


def part(addresses: Sequence[str], case: str, one_in: int) -> Sequence[str]:
    """Of some addresses, those that a case is asked for: cases next to each other have others."""
    return addresses[[*CASES].index(case) % one_in :: one_in]


@cache
def release(case: str) -> Release:
    """The demonstration with the grants of a case, under a name of its own."""
    base = demonstration.release()
    name = hashlib.sha256(case.encode()).hexdigest()[:12]
    return replace(base, id=name, grants=CASES[case](base.grants))
