"""What was asked for, granted, contracted and paid: the grants of one stage and year, cut by any of their columns.

Domain, section 3: stages are never added to one another; a grant goes to the commune of its project, else of its
beneficiary; what is for several territories, or has no commune, stays in a bucket of its own and is spread over none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geodata.perimeter import CURRENT, members
from layers import prices, stages
from layers.beneficiaries import MULTI_TERRITORY, completed
from layers.dimensions import GRANTS, Chosen, keep
from layers.facts import CENTS
from layers.intervals import LEAST_RATE
from layers.tables import KINDS

if TYPE_CHECKING:
    import pandas as pd

    from layers.release import Release

MULTI, NOWHERE = "multi", "nowhere"
"""Buckets of what no territory has: for several of them, and without a known commune."""


@dataclass(frozen=True)
class Asked:
    """Which awards: a stage of `layers.tables.KINDS`, filters by dimension, perimeter, whether at constant prices."""

    stage: str
    chosen: Mapping[str, Chosen] = field(default_factory=dict)
    perimeter: int = CURRENT
    constant: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """Some awards together: their sum in cents, how many, to how many beneficiaries; mean and median in cents.

    ``mean`` and ``median`` are None under `LEAST_RATE` awards, where they would tell chance alone. ``squares`` is the
    sum of the squares of the amounts, in square euros, ``back`` what the negative ones take back, in euros: what
    `layers.intervals.amount` asks.
    """

    cents: int
    number: int
    beneficiaries: int
    mean: float | None
    median: float | None
    squares: float = 0.0
    back: float = 0.0


def held(release: Release) -> tuple[str, ...]:
    """The stages that a release tells, in the order of the life of a grant."""
    told = set(release.grants["kind"].dropna())
    return tuple(kind for kind in KINDS if kind in told)


def usual(release: Release, year: int | None = None) -> str | None:
    """The stage shown first: that by which a year is measured, else the latest one, else whatever there is."""
    by_year = stages.by_year(release)
    return by_year.get(year or 0) or (by_year[max(by_year)] if by_year else next(iter(held(release)), None))


def awards(release: Release, asked: Asked) -> pd.DataFrame:
    """The awards of a stage, all years.

    Returns
    -------
    DataFrame
        Rows of `layers.beneficiaries.completed`, with ``cents`` (at constant prices where that is asked) and
        ``place``: a territory, `MULTI` or `NOWHERE`. Awards to a commune outside the perimeter are left out.

    Raises
    ------
    ValueError
        Constant prices where the release has no index of every year.
    """
    frame = keep(completed(release), GRANTS, asked.chosen)
    frame = frame[frame["kind"].eq(asked.stage).fillna(value=False).astype(bool)]
    cents = frame["amount_cents"]
    if asked.constant:
        at = prices.reference(release, set(frame["year"]))
        if at is None:
            raise ValueError("no price index for every year")
        cents = prices.constant(cents, frame["year"], prices.index(release), at)
    several = frame["located_by"].eq(MULTI_TERRITORY).fillna(value=False).astype(bool)
    place = frame["commune"].map(members(asked.perimeter)).astype("string")
    place = place.mask(frame["commune"].isna(), NOWHERE).mask(several, MULTI)
    return frame.assign(cents=cents, place=place)[place.notna().to_numpy()]


def years(frame: pd.DataFrame) -> tuple[int, ...]:
    """The years of some awards, rising."""
    return tuple(sorted(int(year) for year in frame["year"].unique()))


def amount(frame: pd.DataFrame) -> Amount:
    """Some awards together."""
    who = frame["siren"].fillna(frame["siret"]).fillna(frame["rna"]).fillna(frame["name"])
    number = len(frame)
    told = number >= LEAST_RATE
    euros = frame["cents"] / CENTS
    return Amount(
        cents=int(frame["cents"].sum()),
        number=number,
        beneficiaries=int(who.nunique()),
        mean=float(frame["cents"].mean()) if told else None,
        median=float(frame["cents"].median()) if told else None,
        squares=float((euros**2).sum()),
        back=float(-euros.clip(upper=0).sum()),
    )


def by(frame: pd.DataFrame, column: str) -> dict[str, Amount]:
    """Awards by the values of a column, the largest sum first; those that have none are left out."""
    found = {str(value): amount(rows) for value, rows in frame.groupby(column, sort=True)}
    return dict(sorted(found.items(), key=lambda one: (-one[1].cents, one[0])))


def sums(frame: pd.DataFrame, column: str) -> dict[str, int]:
    """Cents by the values of a column."""
    return {str(value): int(cents) for value, cents in frame.groupby(column, sort=True)["cents"].sum().items()}
