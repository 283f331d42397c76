"""Two releases that differ in hidden cells alone: posts and establishments drawn again under all that is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_matrix

from layers import demonstration, tables
from layers.cube import UNKNOWN
from layers.release import Release
from layers.secrecy import masks
from layers.secrecy.masks import CUTS
from layers.secrecy.recording import Mask
from tests.layers.secrecy.invented_jobs import drawn, sized

FACTS = {
    "ess": ("jobs", "ess_establishments"),
    "private": ("private_jobs", "private_jobs"),
    "all": ("all_jobs", "all_establishments"),
}
"""Facts of each scope that tell its posts and its establishments; those of private employers are told by none."""
SECONDS = 20.0
EMPLOYERS = 150


def twins(seed: int = 15, years: Collection[int] = (), base: Release | None = None) -> tuple[Release, Release]:
    """The demonstration, or *base*, and another of its name: every number that may be shown is the same in both."""
    shown = demonstration.release() if base is None else base
    return shown, twin(shown, seed, years)


def small(seed: int) -> Release:
    """The demonstration with posts of a few employers, by size too, and of the private ones: most cells are hidden."""
    rows = []
    for year in (2021, 2023):
        held = sized(drawn(seed + year, EMPLOYERS), seed + year)
        everyone = [row for row in held if row["scope"] == "all"]
        less = {"posts": 40.0, "establishments": 1.0}
        private = [{**row, "scope": "private", **{name: row[name] - less[name] for name in less}} for row in everyone]
        rows += [{**row, "year": year, "source": demonstration.origin.DEMONSTRATION} for row in (*held, *private)]
    made = replace(demonstration.release(), jobs=tables.build("jobs", rows), secrecy=tables.empty("secrecy"))
    record = masks.record(made)
    return replace(made, secrecy=record.assign(source=demonstration.origin.DEMONSTRATION))


def twin(release: Release, seed: int, years: Collection[int] = ()) -> Release:
    """A release whose hidden posts, establishments and largest employers are others, and nothing else.

    *years* are those drawn again, all of them where none is named. Cells are hidden by the same record, which would be
    another if it were worked out of these numbers.
    """
    chance = np.random.default_rng(seed)
    jobs = release.jobs.copy()
    for scope, facts in FACTS.items():
        posts, units = (masks.hidden(release, fact) for fact in facts)
        for year in (one for one in posts.years if not years or one in years):
            rows = jobs.index[(jobs["scope"] == scope) & (jobs["year"] == year) & (jobs["posts"] > 0)]
            told = [_sums(jobs.loc[rows], held.cells[held.years.index(year)], release) for held in (posts, units)]
            drawn = _drawn(jobs.loc[rows], told[0], told[1], chance)
            for name, numbers in drawn.items():
                jobs.loc[rows, name] = numbers
    return replace(release, jobs=jobs)


def _drawn(
    rows: pd.DataFrame, of_posts: csr_matrix, of_units: csr_matrix, chance: np.random.Generator
) -> dict[str, np.ndarray]:
    """Other posts and establishments of some rows, as whole numbers, whose sums over each shown cell are the same."""
    units = rows["establishments"].to_numpy(dtype=float)
    others = _others(of_units, units, 1 + 0 * units, 3 * units + 3, chance)
    posts = rows["posts"].to_numpy(dtype=float)
    least = np.maximum(1, np.minimum(others, posts))
    drawn = _others(of_posts, posts, least, 4 * posts + 20, chance)
    largest = np.where(drawn == posts, rows["largest"], np.ceil(drawn / 2))
    return {"establishments": others, "posts": drawn, "largest": largest}


def _others(
    matrix: csr_matrix, numbers: np.ndarray, least: np.ndarray, most: np.ndarray, chance: np.random.Generator
) -> np.ndarray:
    """Whole numbers between bounds that a direction drawn at random leads farthest, with the same sums."""
    fixed = LinearConstraint(matrix, matrix @ numbers, matrix @ numbers)
    found = milp(
        chance.standard_normal(len(numbers)),
        constraints=fixed,
        bounds=(np.minimum(least, numbers), np.maximum(most, numbers)),
        integrality=np.ones(len(numbers)),
        options={"time_limit": SECONDS, "mip_rel_gap": 0.2},
    )
    return numbers if found.x is None else np.round(found.x)


def _sums(rows: pd.DataFrame, cells: Mask, release: Release) -> csr_matrix:
    """``[shown cell, row]``: which rows each shown cell adds up, once for cells that add up the same."""
    communes = tuple(sorted(release.geography.communes.index))
    _, areas, _ = masks.areas_of(communes)
    at = {code: [i for i, area in enumerate(areas) if place in area] for place, code in enumerate(communes)}
    found: dict[tuple[int, ...], list[int]] = {}
    for row, record in enumerate(rows[["commune", *CUTS]].to_dict("records")):
        for cell in _cells(record, at, cells.shape):
            if not cells[cell]:
                found.setdefault(cell, []).append(row)
    distinct = sorted({tuple(inside) for inside in found.values()})
    lengths = [len(inside) for inside in distinct]
    columns = np.concatenate([np.array(inside) for inside in distinct]) if distinct else np.array([], dtype=int)
    return csr_matrix(
        (np.ones(len(columns)), (np.repeat(np.arange(len(distinct)), lengths), columns)),
        shape=(len(distinct), len(rows)),
    )


def _cells(record: dict[str, str], at: dict[str, list[int]], shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The published cells that a row is part of."""
    places = [
        {length - 1, axis.index(record[name] if isinstance(record[name], str) else UNKNOWN) if length > 1 else 0}
        for length, (name, axis) in zip(shape[1:], CUTS.items(), strict=True)
    ]
    told = masks.published(tuple(length - (length > 1) for length in shape[1:]))
    for area in at[record["commune"]]:
        for sector in places[0]:
            for family in places[1]:
                for size in places[2]:
                    if told[sector, family, size]:
                        yield area, sector, family, size
