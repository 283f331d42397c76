"""Which cells of a fact under secrecy are hidden, for every level and perimeter at once, computed once for a release.

The three perimeters are published side by side, so they are protected together: a territory of one less the same
territory of another is the communes that entered between. Lille and its territory are one cell under two names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from geodata.perimeter import PERIMETERS, members
from layers import tables
from layers.cube import FAMILY_AXIS, SECTOR_AXIS, UNKNOWN
from layers.jobs import of_scope
from layers.secrecy.primary import VALID
from layers.secrecy.secondary import protect
from layers.secrecy.table import Numbers, cross

if TYPE_CHECKING:
    import pandas as pd

    from layers.release import Release

METROPOLE: Final = "mel"
SOURCE: Final = "secrecy"
UNTOLD: Final = 1e6
"""Establishments of a cell whose source does not count them, and answers for its secrecy: more than any rule asks."""
SCOPES: Final = {
    "jobs": "ess",
    "ess_establishments": "ess",
    "private_jobs": "private",
    "all_jobs": "all",
    "all_establishments": "all",
}
"""Facts made of the table ``jobs`` by the scope of its rows: those are under secrecy, and what is made of them."""
FOLLOWS: Final = {"jobs_expected": ("all_jobs", "jobs")}
"""Facts computed from others: hidden wherever one of these is, and everywhere where it is for the metropole."""

Mask = npt.NDArray[np.bool_]
Place = tuple[str, int]
"""Code of an area (commune, territory, `METROPOLE`) and perimeter; 0 for a commune, the same in all."""


@dataclass(frozen=True)
class Hidden:
    """``cells[year, area, sector, family]``; an axis that the source does not cut has length 1, else its total last."""

    years: tuple[int, ...]
    areas: dict[Place, int]
    cells: Mask

    def at(self, years: tuple[int, ...], areas: Areas) -> Mask:
        """``[year, sector, family, area]`` for these areas and the metropole, as a panel lays them out."""
        places = [self.areas[code, 0 if areas.commune else areas.perimeter] for code in areas.codes]
        places.append(self.areas[METROPOLE, areas.perimeter])
        rows = [self.years.index(year) for year in years]
        return np.moveaxis(self.cells[rows][:, places], 1, -1)


@dataclass(frozen=True)
class Areas:
    """The areas of a panel: communes, or territories of a perimeter."""

    codes: tuple[str, ...]
    perimeter: int
    commune: bool


def is_secret(fact: str) -> bool:
    """Whether a fact is under statistical secrecy: what counts jobs is, what counts a public register is not."""
    return fact in SCOPES or fact in FOLLOWS


def hidden(release: Release, fact: str) -> Hidden:
    """Hidden cells of a fact under secrecy; `KeyError` for another."""
    scope = SCOPES[fact]
    key = ("secrecy", scope)
    found = release.cache.get(key)
    if found is None:
        found = release.cache.setdefault(key, _hidden(release, scope))
    if not isinstance(found, Hidden):
        raise TypeError(key)
    return found


def mask(release: Release, fact: str, years: tuple[int, ...], areas: Areas) -> Mask:
    """``[year, sector, family, area]`` of what is hidden of a fact under secrecy, the metropole being the last area."""
    if fact not in FOLLOWS:
        return hidden(release, fact).at(years, areas)
    totals = [hidden(release, other).at(years, areas)[:, -1:, -1:] for other in FOLLOWS[fact]]
    own, *_ = totals
    of_metropole = np.logical_or.reduce([total[..., -1:] for total in totals])
    return np.asarray(own | of_metropole)


def record(release: Release) -> pd.DataFrame:
    """Table ``secrecy`` of a release about to be published: what is hidden, so that no server has to work it out."""
    rows = []
    for scope in sorted(release.jobs["scope"].unique()):
        found = _hidden(release, str(scope))
        rows += [
            {
                "scope": str(scope),
                "year": year,
                "shape": " ".join(str(length) for length in cells.shape),
                "cells": np.packbits(cells).tobytes().hex(),
                "source": SOURCE,
                "vintage": str(year),
                "file_sha256": "",
                "row": 0,
            }
            for year, cells in zip(found.years, found.cells, strict=True)
        ]
    return tables.build("secrecy", rows)


def recorded(release: Release, scope: str) -> dict[int, Mask]:
    """Cells hidden when the release was published, by year."""
    held = release.secrecy[release.secrecy["scope"] == scope]
    found = {}
    for year, shape, cells in zip(held["year"], held["shape"], held["cells"], strict=True):
        lengths = [int(length) for length in shape.split()]
        bits = np.unpackbits(np.frombuffer(bytes.fromhex(cells), dtype=np.uint8), count=int(np.prod(lengths)))
        found[int(year)] = bits.reshape(lengths).astype(bool)
    return found


def atoms(frame: pd.DataFrame, communes: tuple[str, ...]) -> tuple[Numbers, Numbers, Numbers]:
    """Posts, establishments and largest employer, ``[commune, sector, family]``, of the rows of one year and scope.

    Posts are NaN where the source keeps them secret; where it tells only establishments, their number stands for them.
    A source that does not count establishments answers for its own cells: they are taken as safe. An axis that no row
    cuts has length 1.
    """
    sector, sectors = _axis(frame["sector"], SECTOR_AXIS)
    family, families = _axis(frame["family"], FAMILY_AXIS)
    commune = frame["commune"].map({code: i for i, code in enumerate(communes)})
    inside = commune.notna().to_numpy()
    at = (commune[inside].to_numpy(dtype=int), sector[inside], family[inside])
    shape = (len(communes), sectors, families)
    posts, units, largest = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    told = frame["posts"].where(frame["state"] != "missing", frame["establishments"])
    np.add.at(posts, at, told.to_numpy(dtype=float, na_value=np.nan)[inside])
    counted = frame["establishments"].to_numpy(dtype=float, na_value=np.nan)[inside]
    np.add.at(units, at, np.where(np.isnan(counted), UNTOLD, counted))
    np.maximum.at(largest, at, frame["largest"].fillna(0).to_numpy(dtype=float)[inside])
    return posts, units, largest


def _axis(column: pd.Series, axis: tuple[str, ...]) -> tuple[Any, int]:
    if column.isna().all():
        return np.zeros(len(column), dtype=np.int64), 1
    places = {entry: i for i, entry in enumerate(axis)}
    return column.map(places).fillna(axis.index(UNKNOWN)).to_numpy().astype(np.int64), len(axis)


def _hidden(release: Release, scope: str) -> Hidden:
    communes = tuple(sorted(release.geography.communes.index))
    table = of_scope(release, scope)
    years = tuple(sorted(int(year) for year in table["year"].unique()))
    places, areas, sums = areas_of(communes)
    cells = []
    cut = [not table[column].isna().all() for column in ("sector", "family")]
    kept = recorded(release, scope)
    for year in years:
        found = kept.get(year)
        if found is None:
            posts, units, largest = atoms(table[table["year"] == year], communes)
            built = cross(posts, units, largest, areas, sums)
            found = (protect(built) != VALID).reshape(built.shape)
        cells.append(_stretched(found, cut))
    shape = (0, len(areas), *(len(axis) + 1 if is_cut else 1 for axis, is_cut in zip(_AXES, cut, strict=True)))
    return Hidden(years, places, np.stack(cells) if cells else np.zeros(shape, dtype=bool))


_AXES: Final = (SECTOR_AXIS, FAMILY_AXIS)


def _stretched(found: Mask, cut: list[bool]) -> Mask:
    """A year that does not cut an axis that others cut: its one cell is the total, the details are hidden with it."""
    for axis, (categories, is_cut) in enumerate(zip(_AXES, cut, strict=True), start=1):
        if is_cut and found.shape[axis] == 1:
            found = np.repeat(found, len(categories) + 1, axis=axis)
    return found


def areas_of(
    communes: tuple[str, ...],
) -> tuple[dict[Place, int], list[list[int]], list[tuple[int, list[int]]]]:
    """Distinct areas of all levels and perimeters, the communes of each, and which add up to which.

    Areas of the same communes are one: territories that did not change, Lille and its territory.
    """
    index = {code: i for i, code in enumerate(communes)}
    places: dict[Place, int] = {(code, 0): i for code, i in index.items()}
    areas: list[list[int]] = [[i] for i in range(len(communes))]
    known = {frozenset(area): i for i, area in enumerate(areas)}
    sums: set[tuple[int, tuple[int, ...]]] = set()

    def place(inside: frozenset[int]) -> int:
        if inside not in known:
            known[inside] = len(areas)
            areas.append(sorted(inside))
            sums.add((known[inside], tuple(sorted(inside))))
        return known[inside]

    before: dict[str, int] = {}
    for perimeter in PERIMETERS:
        belongs = members(perimeter)
        for territory in sorted(set(belongs.values())):
            inside = frozenset(index[code] for code, other in belongs.items() if other == territory and code in index)
            places[territory, perimeter] = place(inside)
        whole = frozenset(index[code] for code in belongs if code in index)
        places[METROPOLE, perimeter] = place(whole)
        now = {code: places[code, perimeter] for code in sorted({*belongs.values(), METROPOLE})}
        parts = tuple(area for code, area in now.items() if code != METROPOLE)
        sums.add((now[METROPOLE], parts))
        for code, area in before.items():
            if entered := set(areas[now[code]]) - set(areas[area]):
                sums.add((now[code], (area, *sorted(entered))))
        before = now
    return places, areas, [(total, list(parts)) for total, parts in sorted(sums) if parts != (total,)]
