"""The fictitious posts: those of the fictitious structures, and those of all employers around them.

Two years stand before the change from Clap to Flores, so that a broken series can be seen. Secrecy bites on them as on
published ones: each cell says on how many establishments it stands, and how large the largest is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from layers.demonstration.mix import POSTS_BY_SIZE
from layers.demonstration.origin import JOB_YEARS, YEARS, Integers
from layers.demonstration.structures import alive, typed
from layers.ess import SECTORS

if TYPE_CHECKING:
    from geodata.geography import Geography

CLAP_LAST, CLAP_PERCENT = 2016, 91
"""Last year of the older source, and the part of the posts that it counts: it does not cover all employers."""
POSTS_PER_1000 = {
    "action-sociale": 20,
    "sante-humaine": 40,
    "enseignement": 35,
    "finance-assurance": 15,
    "arts-spectacles": 6,
    "sports-loisirs": 3,
    "soutien-entreprises": 110,
    "commerce": 60,
    "hebergement-restauration": 18,
    "construction": 22,
    "agriculture-industrie": 50,
    "divers": 20,
}
"""Posts outside the social economy, by thousand inhabitants."""
MEAN_SIZE = 12
GROUPS = ["commune", "sector"]


def posts(geography: Geography, structures: pd.DataFrame, source: np.random.Generator) -> pd.DataFrame:
    """The jobs table: the social economy by sector and family, all employers by sector."""
    first = _first_posts(structures, source)
    drift = source.integers(-25, 36, len(structures))
    others = _others(geography, source)
    tables = []
    for year in JOB_YEARS:
        there = alive(structures.assign(posts=_in_year(first, drift, year)), max(year, YEARS[0]))
        there = there[there["posts"] > 0]
        tables += [_ess(there, year), _none(geography, there, year), _all(there, others, year)]
    rows = pd.concat(tables, ignore_index=True)
    return typed("jobs", rows.assign(state=np.where(rows["posts"] > 0, "value", "zero")))


def _first_posts(structures: pd.DataFrame, source: np.random.Generator) -> Integers:
    """Posts of each structure in the first year, inside its size class."""
    bounds = np.array([POSTS_BY_SIZE[size] for size in structures["size_class"]], dtype=np.int64)
    return np.asarray(source.integers(bounds[:, 0], bounds[:, 1] + 1), dtype=np.int64)


def _in_year(first: Integers, drift: Integers, year: int) -> Integers:
    """Posts grown by ``drift`` per thousand a year, whole; those of the older source are fewer."""
    grown = (first * (1000 + drift * (year - JOB_YEARS[0])) + 500) // 1000
    grown = np.where(first > 0, np.maximum(grown, 1), 0)
    if year > CLAP_LAST:
        return np.asarray(grown, dtype=np.int64)
    return np.asarray((grown * CLAP_PERCENT + 50) // 100, dtype=np.int64)


def _ess(there: pd.DataFrame, year: int) -> pd.DataFrame:
    grouped = there.groupby([*GROUPS, "family"], observed=True)["posts"]
    summed = grouped.agg(posts="sum", establishments="size", largest="max").reset_index()
    return summed.assign(year=year, scope="ess")


def _none(geography: Geography, there: pd.DataFrame, year: int) -> pd.DataFrame:
    """A row of zero for each commune without an employer of the social economy: it is known to have none."""
    without = geography.communes.index.difference(there["commune"])
    return pd.DataFrame(
        {"commune": without, "sector": "divers", "family": "association", "posts": 0, "establishments": 0}
    ).assign(year=year, scope="ess")


def _others(geography: Geography, source: np.random.Generator) -> pd.DataFrame:
    """Employers outside the social economy, by commune and sector, in the first year."""
    communes = geography.communes
    population = communes["population"].to_numpy(dtype=np.int64)
    rates = np.array([POSTS_PER_1000[sector] for sector in SECTORS], dtype=np.int64)
    shape = (len(communes), len(rates))
    tilt = source.integers(60, 141, shape)
    counted = population[:, None] * rates * tilt // 100_000 + 1
    return pd.DataFrame(
        {
            "commune": np.repeat(communes.index.to_numpy(), len(rates)),
            "sector": np.tile(list(SECTORS), len(communes)),
            "posts": counted.ravel(),
            "establishments": (counted // MEAN_SIZE + source.integers(1, 4, shape)).ravel(),
            "percent": source.integers(4, 60, shape).ravel(),
        }
    )


def _all(there: pd.DataFrame, others: pd.DataFrame, year: int) -> pd.DataFrame:
    """All employers: those of the social economy are among them."""
    growth = 1000 + 6 * (year - JOB_YEARS[0])
    percent = CLAP_PERCENT if year <= CLAP_LAST else 100
    told = others.assign(posts=np.maximum(others["posts"] * growth * percent // 100_000, 1)).set_index(GROUPS)
    alone = told["establishments"] == 1
    largest = (told["posts"] * told["percent"] // 100).clip(lower=1).where(~alone, told["posts"])
    ess = there.groupby(GROUPS, observed=True)["posts"].agg(["sum", "size", "max"])
    ess = ess.reindex(told.index, fill_value=0)
    return (
        pd.DataFrame(
            {
                "posts": told["posts"] + ess["sum"],
                "establishments": told["establishments"] + ess["size"],
                "largest": np.maximum(largest, ess["max"]),
            }
        )
        .reset_index()
        .assign(year=year, scope="all")
    )
