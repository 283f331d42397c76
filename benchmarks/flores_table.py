"""A table drawn to order from Flores, of any number of employers: invented rows, for measures and tests."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from geodata.perimeter import members
from layers.ess import FAMILIES, SECTORS

OTHERS_PER_EMPLOYER: Final = 6
"""Private employers out of the ESS, for each of the ESS."""
PUBLIC_PER_EMPLOYER: Final = 0.3
SMALLEST_OF: Final = {"0": 0, "1-9": 1, "10-19": 10, "20-49": 20, "50-99": 50, "100-plus": 100}
HEADER: Final = (
    "CODGEO",
    "annee",
    "champ",
    "secteur",
    "famille",
    "taille",
    "etablissements",
    "postes",
    "plus_grand_etablissement",
)
Cell = tuple[str, str, str, str, str]
"""Commune, scope, sector, family, size class: a text of the file each, empty for a cut that the scope has not."""


@dataclass(frozen=True)
class Employers:
    """Establishments one by one: places in the lists of communes, sectors, families and size classes, and posts."""

    commune: np.ndarray
    sector: np.ndarray
    family: np.ndarray
    size: np.ndarray
    posts: np.ndarray


def employers(count: int, source: np.random.Generator) -> Employers:
    """Establishments spread as in a metropole: a few communes, sectors and families hold most, most are small."""
    communes = len(members())
    weights = 1 / np.arange(1, communes + 1)
    posts = np.minimum(np.ceil(source.lognormal(1.4, 1.35, count)), 3000)
    posts[source.random(count) < 0.05] = 0
    return Employers(
        source.choice(communes, count, p=weights / weights.sum()),
        np.minimum(source.exponential(3, count).astype(int), len(SECTORS) - 1),
        np.minimum(source.exponential(0.6, count).astype(int), len(FAMILIES) - 1),
        np.searchsorted(list(SMALLEST_OF.values()), posts, side="right") - 1,
        posts,
    )


def grown(held: Employers, source: np.random.Generator) -> Employers:
    """The same establishments a year later: the posts of most have moved."""
    posts = np.where(held.posts > 0, np.maximum(np.round(held.posts * source.lognormal(0, 0.1, len(held.posts))), 1), 0)
    size = np.searchsorted(list(SMALLEST_OF.values()), posts, side="right") - 1
    return Employers(held.commune, held.sector, held.family, size, posts)


def write(path: Path, count: int, years: tuple[int, ...], *, sized: bool, seed: int = 7) -> int:
    """Write the table of *count* employers of the ESS, and of all private and public ones; return its rows."""
    source = np.random.default_rng(seed)
    groups = [employers(int(count * part), source) for part in (1, OTHERS_PER_EMPLOYER, PUBLIC_PER_EMPLOYER)]
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        for year in years:
            for cell, (units, posts, largest) in _added(groups, sized=sized).items():
                commune, scope, *cuts = cell
                writer.writerow([commune, year, scope, *cuts, units, posts, largest])
                rows += 1
            groups = [grown(group, source) for group in groups]
    return rows


def _added(groups: list[Employers], *, sized: bool) -> dict[Cell, tuple[int, int, int]]:
    """Establishments, posts and the largest of every cell of the three scopes, each made of the first groups."""
    found: dict[Cell, tuple[int, int, int]] = {}
    for scope, parts in (("ESS", groups[:1]), ("privé", groups[:2]), ("tous employeurs", groups)):
        for cell, posts in (each for part in parts for each in _cells(scope, part, sized=sized)):
            units, before, largest = found.get(cell, (0, 0, 0))
            found[cell] = units + 1, before + posts, max(largest, posts)
    return found


def _cells(scope: str, held: Employers, *, sized: bool) -> Iterator[tuple[Cell, int]]:
    communes, sectors, families, sizes = sorted(members()), list(SECTORS), list(FAMILIES), list(SMALLEST_OF)
    for commune, sector, family, size, posts in zip(
        held.commune, held.sector, held.family, held.size, held.posts.astype(int), strict=True
    ):
        of_family = families[family] if scope == "ESS" else ""
        of_size = sizes[size] if sized else ""
        yield (communes[commune], scope, sectors[sector], of_family, of_size), int(posts)
