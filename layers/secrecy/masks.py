"""Which cells of a fact under secrecy are hidden, for every level and perimeter at once, computed once for a release.

The three perimeters are published side by side, so they are protected together: a territory of one less the same
territory of another is the communes that entered between. Lille and its territory are one cell under two names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from layers import tables
from layers.cube import FAMILY_AXIS, SECTOR_AXIS, UNKNOWN
from layers.jobs import of_scope
from layers.secrecy import recording
from layers.secrecy.levels import METROPOLE, Place, areas_of, weights_of
from layers.secrecy.primary import VALID
from layers.secrecy.scopes import NESTED, UNTOLD, together
from layers.secrecy.secondary import protect
from layers.secrecy.table import Numbers, Table, cross
from layers.size_classes import SIZE_CLASSES
from layers.tables import REST

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from layers.release import Release

SIZE_AXIS: Final = (*SIZE_CLASSES, UNKNOWN)
CUTS: Final = {"sector": SECTOR_AXIS, "family": FAMILY_AXIS, "size_class": SIZE_AXIS}
"""Columns of the table ``jobs`` that may cut it, and their categories: the axes of what is protected, in order."""
COUNTS: Final = {"ess": "ess-establishments", "all": "all-establishments"}
"""Scopes of which the establishments are published too: a table of its own, that hides what its small counts need."""
SCOPES: Final = {
    "jobs": "ess",
    "ess_establishments": COUNTS["ess"],
    "private_jobs": "private",
    "all_jobs": "all",
    "all_establishments": COUNTS["all"],
}
"""Facts made of the table ``jobs`` by what is hidden of them: those are under secrecy, and what is made of them."""
FOLLOWS: Final = {"jobs_expected": ("all_jobs", "jobs")}
"""Facts computed from others: hidden wherever one of these is, and everywhere where it is for the metropole."""

Mask = npt.NDArray[np.bool_]
Rest = tuple[Numbers, Numbers, Numbers]


@dataclass(frozen=True)
class Hidden:
    """``cells[year, area, sector, family, size]``; an axis that the source does not cut is 1 long, else total last."""

    years: tuple[int, ...]
    areas: dict[Place, int]
    cells: Mask

    def at(self, years: tuple[int, ...], areas: Areas, size: str | None = None) -> Mask:
        """``[year, sector, family, area]`` for these areas and the metropole, as a panel lays them out.

        *size* is a class of `SIZE_AXIS`, None for all of them; `KeyError` where the source does not cut by size.
        """
        places = [self.areas[code, 0 if areas.commune else areas.perimeter] for code in areas.codes]
        places.append(self.areas[METROPOLE, areas.perimeter])
        rows = [self.years.index(year) for year in years]
        cells = self.cells[rows][:, places]
        if size is not None and cells.shape[-1] == 1:
            raise KeyError(size)
        of_size = cells[..., -1 if size is None else SIZE_AXIS.index(size)]
        return np.moveaxis(of_size, 1, -1)


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
    found: Hidden = release.cache.get("secrecy", lambda: _hidden(release, release.secrecy))[scope]
    return found


def mask(release: Release, fact: str, years: tuple[int, ...], areas: Areas, size: str | None = None) -> Mask:
    """``[year, sector, family, area]`` of what is hidden of a fact under secrecy, the metropole being the last area.

    *size* is a class of `SIZE_AXIS`, None for all sizes together.
    """
    if fact not in FOLLOWS:
        return hidden(release, fact).at(years, areas, size)
    totals = [hidden(release, other).at(years, areas)[:, -1:, -1:] for other in FOLLOWS[fact]]
    own, *_ = totals
    of_metropole = np.logical_or.reduce([total[..., -1:] for total in totals])
    return np.asarray(own | of_metropole)


def record(release: Release, tell: Callable[[int], None] | None = None) -> pd.DataFrame:
    """Table ``secrecy`` of a release about to be published: what is hidden, so that no server has to work it out.

    Its own is that of the release before: what it tells of the same posts is kept. *tell* is told each year that has
    to be worked out.
    """
    held = {scope: of_scope(release, scope) for scope in NESTED}
    stamped = recording.stamps(held, tuple(sorted(release.geography.communes.index)))
    made = _hidden(release, recording.up_to_date(release.secrecy, stamped), tell)
    rows = [
        recording.row(scope, year, cells, stamped[year])
        for scope, found in made.items()
        for year, cells in zip(found.years, found.cells, strict=True)
    ]
    return tables.build("secrecy", rows)


def atoms(frame: pd.DataFrame, communes: tuple[str, ...]) -> tuple[Numbers, Numbers, Numbers]:
    """Posts, establishments and largest employer of one year and scope, ``[commune, sector, family, size]``.

    Posts are NaN where the source keeps them secret; where it tells only establishments, their number stands for them.
    A source that does not count establishments answers for its own cells: they are taken as safe. An axis that no row
    cuts has length 1.
    """
    told = frame["posts"].where(frame["state"] != "missing", frame["establishments"])
    return _atoms(frame, communes, told, frame["largest"])


def counts(frame: pd.DataFrame, communes: tuple[str, ...]) -> tuple[Numbers, Numbers, Numbers]:
    """As `atoms`, of the establishments themselves: no unit is larger than another."""
    told = frame["establishments"].where(frame["establishments"].notna() | frame["state"].eq("suppressed"), UNTOLD)
    return _atoms(frame, communes, told, frame["largest"] * 0)


def _atoms(
    frame: pd.DataFrame, communes: tuple[str, ...], told: pd.Series, largest_of: pd.Series
) -> tuple[Numbers, Numbers, Numbers]:
    rest = frame["state"].eq(REST)
    complete = frame.loc[rest & frame["establishments"].notna(), "commune"]
    frame, told, largest_of = frame[~rest], told[~rest], largest_of[~rest]
    cuts = [_axis(frame[column], axis) for column, axis in CUTS.items()]
    commune = frame["commune"].map({code: i for i, code in enumerate(communes)})
    inside = commune.notna().to_numpy()
    at = (commune[inside].to_numpy(dtype=int), *(place[inside] for place, _ in cuts))
    shape = (len(communes), *(length for _, length in cuts))
    posts, units, largest = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    np.add.at(posts, at, told.to_numpy(dtype=float, na_value=np.nan)[inside])
    counted = frame["establishments"].to_numpy(dtype=float, na_value=np.nan)[inside]
    within = frame["commune"].isin(complete).to_numpy()[inside]
    np.add.at(units, at, np.where(np.isnan(counted), np.where(within, 0, UNTOLD), counted))
    np.maximum.at(largest, at, largest_of.fillna(0).to_numpy(dtype=float)[inside])
    return posts, units, largest


def _rest(frame: pd.DataFrame, communes: tuple[str, ...], column: str) -> Rest | None:
    """By commune, what its secret cells hold together where its total is published (`layers.tables.REST`)."""
    kept = frame[frame["state"].eq(REST) & frame[column].notna()]
    if kept.empty:
        return None
    by_commune = kept.drop_duplicates("commune").set_index("commune").reindex(list(communes))
    numbers = (by_commune[name].to_numpy(dtype=float, na_value=np.nan) for name in (column, "establishments"))
    values, units = numbers
    largest = by_commune["largest"].to_numpy(dtype=float, na_value=np.nan) * (column == "posts")
    return values, np.where(np.isnan(values) | ~np.isnan(units), units, UNTOLD), largest


def _axis(column: pd.Series, axis: tuple[str, ...]) -> tuple[Any, int]:
    if column.isna().all():
        return np.zeros(len(column), dtype=np.int64), 1
    places = {entry: i for i, entry in enumerate(axis)}
    return column.map(places).fillna(axis.index(UNKNOWN)).to_numpy().astype(np.int64), len(axis)


def _hidden(release: Release, recorded: pd.DataFrame, tell: Callable[[int], None] | None = None) -> dict[str, Hidden]:
    """What is hidden of each scope: as recorded, else worked out, all the scopes of a year together."""
    communes = tuple(sorted(release.geography.communes.index))
    places, areas, sums = areas_of(communes)
    weights = weights_of(places, len(areas))
    tables = {scope: of_scope(release, scope) for scope in NESTED}
    kept = {scope: recording.recorded(recorded, scope, 1 + len(CUTS)) for scope in (*NESTED, *COUNTS.values())}
    found: dict[str, dict[int, Mask]] = {scope: {} for scope in kept}
    before: dict[str, Mask] = {}
    for year in sorted({int(year) for table in tables.values() for year in table["year"].unique()}):
        held = {scope: table[table["year"] == year] for scope, table in tables.items()}
        told = {scope: frame for scope, frame in held.items() if len(frame)}
        if all(year in kept[scope] for scope in told):
            before = {scope: masks[year] for scope, masks in kept.items() if year in masks}
        else:
            if tell:
                tell(year)
            posts = {scope: (atoms(frame, communes), _rest(frame, communes, "posts")) for scope, frame in told.items()}
            units = {
                COUNTS[scope]: (counts(frame, communes), _rest(frame, communes, "establishments"))
                for scope, frame in told.items()
                if scope in COUNTS and frame["establishments"].notna().any()
            }
            before = {
                scope: _without_rests(hides, each[scope][1], areas)
                for each in (posts, units)
                for scope, hides in _protected(
                    {scope: _crossed(*numbers, areas, sums, weights) for scope, numbers in each.items()}, before
                ).items()
            }
        for scope, other in COUNTS.items():
            # published before establishments had a table of their own, or told by a source that does not count them
            if scope in before and other not in before:
                before[other] = before[scope]
        for scope, cells in before.items():
            found[scope][year] = cells
    of_counts = {other: tables[scope] for scope, other in COUNTS.items()}
    return {scope: _laid(table, found[scope], places, len(areas)) for scope, table in {**tables, **of_counts}.items()}


def _crossed(
    numbers: tuple[Numbers, Numbers, Numbers],
    rest: Rest | None,
    areas: list[list[int]],
    sums: list[tuple[int, list[int]]],
    weights: list[float],
) -> Table:
    return cross(*numbers, areas, sums, published=published(numbers[0].shape[1:]), weights=weights, rest=rest)


def _without_rests(hides: Mask, rest: Rest | None, areas: list[list[int]]) -> Mask:
    """Hide what is of no known category where it holds what secret cells hold together: only totals count it."""
    if rest is not None:
        held = np.array([not np.isnan(rest[0][inside]).all() for inside in areas])
        for axis in range(1, hides.ndim):
            if hides.shape[axis] > 1:
                np.moveaxis(hides, axis, -1)[held, ..., -2] = True
    return hides


def published(categories: tuple[int, ...]) -> Mask:
    """Which ``[sector, family, size]``, totals last, is published: sizes only of all sectors and families together.

    Two tables, then, that have in common the total of each area and nothing else. What is cut by sector, family and
    size at once mostly stands on one or two establishments.
    """
    lengths = tuple(length + (length > 1) for length in categories)
    found = np.zeros(lengths, dtype=bool)
    found[..., -1] = True
    found[-1, -1] = True
    return found


def _protected(tables: dict[str, Table], before: dict[str, Mask]) -> dict[str, Mask]:
    """Hidden cells of each scope of one year; those hidden the year *before* are hidden first where one must be."""
    whole, places = together(tables)
    preferred = np.zeros(len(whole.values), dtype=bool)
    for scope, at in places.items():
        if scope in before and before[scope].shape == tables[scope].shape:
            preferred[at] = before[scope].ravel()
    hides = protect(whole, preferred=preferred) != VALID
    return {
        scope: hides[at].reshape(table.shape) | ~published(_categories(table))
        for scope, table in tables.items()
        for at in (places[scope],)
    }


def _categories(table: Table) -> tuple[int, ...]:
    """Length of each axis of the cells but the areas, without its total."""
    return tuple(length - (length > 1) for length in table.shape[1:])


def _laid(table: pd.DataFrame, found: dict[int, Mask], places: dict[Place, int], areas: int) -> Hidden:
    """The years of one scope as one array, an axis that any of them cuts being cut in all."""
    cut = [not table[column].isna().all() for column in CUTS]
    shape = (0, areas, *(len(axis) + 1 if is_cut else 1 for axis, is_cut in zip(CUTS.values(), cut, strict=True)))
    cells = [_stretched(cells, cut) for cells in found.values()]
    return Hidden(tuple(found), places, np.stack(cells) if cells else np.zeros(shape, dtype=bool))


def _stretched(found: Mask, cut: list[bool]) -> Mask:
    """A year that does not cut an axis that others cut: its one cell is the total, the details are hidden with it."""
    for axis, (categories, is_cut) in enumerate(zip(CUTS.values(), cut, strict=True), start=1):
        if is_cut and found.shape[axis] == 1:
            found = np.repeat(found, len(categories) + 1, axis=axis)
    return found
