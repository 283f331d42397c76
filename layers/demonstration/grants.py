"""The fictitious grants: six instruments, five years, about 700,000 € a year in all.

They are of the metropole: none goes to a commune before the year in which it entered.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata import perimeter
from layers.demonstration.origin import YEARS, Integers
from layers.demonstration.structures import alive, typed
from layers.release import DEMONSTRATION

GRANTOR = "MEL (fictif)"
EUROS_BY_YEAR = dict(zip(YEARS, (620_000, 655_000, 680_000, 705_000, 730_000), strict=True))
STEP = 50
"""Amounts are multiples of this many euros."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """How many a year, of how many euros before the total is met, and how many of ten have no commune."""

    label: str
    number: int
    least: int
    most: int
    spread_in_ten: int = 0


INSTRUMENTS = (
    Instrument("Conseil et accompagnement", 26, 2_000, 7_000),
    Instrument("Aide financière à la création", 30, 2_000, 8_000),
    Instrument("Incubateur territorial", 4, 20_000, 35_000, spread_in_ten=5),
    Instrument("Amorçage", 16, 3_000, 10_000),
    Instrument("PTCE", 3, 20_000, 40_000, spread_in_ten=3),
    Instrument("Appel à projets «\u00a0Entreprendre autrement\u00a0»", 14, 6_000, 20_000, spread_in_ten=1),
)


def voted(structures: pd.DataFrame, source: np.random.Generator) -> pd.DataFrame:
    """The grants table; beneficiaries are structures that exist in the year, under the same name."""
    rows = pd.concat([_in_year(structures, year, source) for year in YEARS], ignore_index=True)
    return typed("grants", rows.assign(grantor=GRANTOR, kind="voted"))


def _in_year(structures: pd.DataFrame, year: int, source: np.random.Generator) -> pd.DataFrame:
    there = alive(structures, year)
    inside = _inside(there, year)
    drawn = pd.concat([_by_instrument(there, inside, instrument, source) for instrument in INSTRUMENTS])
    euros = _meeting(drawn["euros"].to_numpy(dtype=np.int64), EUROS_BY_YEAR[year])
    return drawn.assign(
        grant_id=[f"demo-{year}-{number:03d}" for number in range(1, len(drawn) + 1)],
        year=year,
        amount_cents=euros * 100,
    )


def _inside(there: pd.DataFrame, year: int) -> Integers:
    """Places of the structures whose commune is in the metropole at the end of a year."""
    members = perimeter.members(perimeter.of_year(year))
    return np.asarray(np.flatnonzero(there["commune"].isin(members)), dtype=np.int64)


def _by_instrument(
    there: pd.DataFrame, inside: Integers, instrument: Instrument, source: np.random.Generator
) -> pd.DataFrame:
    """A structure drawn outside gives its place to the next one ``inside``: all the others stay as drawn."""
    number = instrument.number + int(source.integers(-1, 2))
    drawn = source.integers(0, len(there), number)
    kept = inside[np.searchsorted(inside, drawn) % len(inside)]
    chosen = there.iloc[kept][["name", "commune", "sector", "family"]]
    placed = source.integers(0, 10, number) >= instrument.spread_in_ten
    euros = source.integers(instrument.least // STEP, instrument.most // STEP + 1, number) * STEP
    return chosen.assign(
        commune=chosen["commune"].where(placed, None),
        located_by=pd.Series(DEMONSTRATION, index=chosen.index).where(placed),
        instrument=instrument.label,
        euros=euros,
    )


def _meeting(euros: Integers, total: int) -> Integers:
    """Amounts in the same proportions, in multiples of `STEP`, whose sum is just under ``total``."""
    return np.asarray(np.maximum(euros * total // euros.sum() // STEP * STEP, STEP), dtype=np.int64)
