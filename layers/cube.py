"""A fact by year, sector, family and commune: what can be added up, laid out so that it is added in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.territories import TERRITORIES
from layers import dimensions
from layers.ess import FAMILIES, SECTORS
from layers.tables import REST

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
UNKNOWN = dimensions.UNKNOWN
SECTOR_AXIS: tuple[str, ...] = (*SECTORS, UNKNOWN)
FAMILY_AXIS: tuple[str, ...] = (*FAMILIES, UNKNOWN)

PRESENT, HIDDEN, ABSENT = 0, 1, 2
"""Why a number is there or not: present, under statistical secrecy, not published."""


@dataclass(frozen=True)
class Cube:
    """``values[year, sector, family, commune]``; the axes of sector and family have length 1 where a fact has none.

    ``absence[year, commune]`` holds `PRESENT`, `HIDDEN` or `ABSENT`. ``sector_known`` and ``family_known``
    say, year by year, whether the sources tell the sector or the family of any record at all.
    ``adrift[year, sector, family]`` is the part that has no commune, or is for several territories. ``given`` holds
    what is told of a territory itself: its values and its absences, by year.
    """

    years: tuple[int, ...]
    values: Array
    absence: npt.NDArray[np.uint8]
    additive: bool = True
    sector_known: tuple[bool, ...] = ()
    family_known: tuple[bool, ...] = ()
    sources: dict[int, tuple[str, ...]] = field(default_factory=dict)
    vintages: dict[int, tuple[str, ...]] = field(default_factory=dict)
    adrift: Array = field(default_factory=lambda: np.zeros((0, 1, 1)))
    given: dict[str, tuple[Array, Places]] = field(default_factory=dict)
    sparse: bool = False
    empty: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def unlocated(self) -> tuple[float, ...]:
        """Year by year, the part that has no commune."""
        return tuple(float(part) for part in self.adrift.sum(axis=(1, 2)))

    def nearest(self, year: int, within: int | None = None) -> int | None:
        """Index of the year nearest to ``year``, the earlier of two at the same distance.

        None if empty, or where the nearest is more than ``within`` years away.
        """
        if not self.years:
            return None
        found = min(range(len(self.years)), key=lambda i: (abs(self.years[i] - year), self.years[i]))
        return found if within is None or abs(self.years[found] - year) <= within else None


def empty(communes: int) -> Cube:
    """A fact that the release does not hold."""
    return Cube((), np.zeros((0, 1, 1, communes)), np.zeros((0, communes), dtype=np.uint8))


def from_records(frame: pd.DataFrame, amounts: pd.Series, communes: Sequence[str], years: tuple[int, ...] = ()) -> Cube:
    """Add ``amounts`` up by year, sector, family and commune.

    ``frame`` has columns ``year``, ``sector``, ``family``, ``commune``, ``source`` and ``vintage``; a null
    sector or family is the unknown one, a null commune goes to ``adrift``. ``years`` are those of the frame where none
    are given; else they hold those of the frame.
    """
    if frame.empty and not years:
        return empty(len(communes))
    years = years or tuple(sorted(int(year) for year in frame["year"].unique()))
    position = {code: i for i, code in enumerate(communes)}
    year = _places(frame["year"], years)
    sector = _places(frame["sector"], SECTOR_AXIS)
    family = _places(frame["family"], FAMILY_AXIS)
    commune = frame["commune"].map(position).fillna(-1).to_numpy(dtype=int)
    quantity = amounts.to_numpy(dtype=float)
    here = commune >= 0
    values = np.zeros((len(years), len(SECTOR_AXIS), len(FAMILY_AXIS), len(communes)))
    np.add.at(values, (year[here], sector[here], family[here], commune[here]), quantity[here])
    adrift = np.zeros(values.shape[:3])
    np.add.at(adrift, (year[~here], sector[~here], family[~here]), quantity[~here])
    return Cube(
        years,
        values,
        np.zeros((len(years), len(communes)), dtype=np.uint8),
        sector_known=_known(year, sector != SECTOR_AXIS.index(UNKNOWN), len(years)),
        family_known=_known(year, family != FAMILY_AXIS.index(UNKNOWN), len(years)),
        sources=by_year(frame, "source"),
        vintages=by_year(frame, "vintage"),
        adrift=adrift,
    )


def from_observations(frame: pd.DataFrame, communes: Sequence[str], *, additive: bool) -> Cube:
    """One observed variable (rows of `observations`) by year and commune, or territory; what has no row is absent."""
    if frame.empty:
        return empty(len(communes))
    years = tuple(sorted(int(year) for year in frame["year"].unique()))
    codes = (*communes, *sorted(set(frame["commune"]) & set(TERRITORIES)))
    values = np.zeros((len(years), 1, 1, len(codes)))
    absence = np.full((len(years), len(codes)), ABSENT, dtype=np.uint8)
    place = {code: i for i, code in enumerate(codes)}
    row = {year: i for i, year in enumerate(years)}
    states = {"value": PRESENT, "zero": PRESENT, "suppressed": HIDDEN}
    for year, commune, value, state in zip(
        frame["year"], frame["commune"], frame["value"], frame["state"], strict=True
    ):
        if commune not in place:
            continue
        at = row[int(year)], place[commune]
        absence[at] = states.get(state, ABSENT)
        if absence[at] == PRESENT:
            values[at[0], 0, 0, at[1]] = value
    sources, vintages = by_year(frame, "source"), by_year(frame, "vintage")
    inside = len(communes)
    given = {code: (values[:, 0, 0, place[code]], absence[:, place[code]].astype(np.int64)) for code in codes[inside:]}
    return Cube(
        years,
        values[..., :inside],
        absence[:, :inside],
        additive=additive,
        sources=sources,
        vintages=vintages,
        given=given,
    )


def from_jobs(frame: pd.DataFrame, column: str, communes: Sequence[str], nothing: Mapping[int, frozenset[str]]) -> Cube:
    """Posts, or another *column* of the table ``jobs``, by year, sector, family and commune, of one scope.

    An axis that no row cuts has length 1. A commune without a row that year is absent, unless there is *nothing* in it,
    and so is one of which a row does not tell that column; what the source keeps secret is hidden by `layers.secrecy`,
    and counts for nothing here.
    """
    untold = frame[column].isna() & ~frame["state"].isin(["suppressed", REST])
    if frame.empty or untold.all():
        return empty(len(communes))
    partial = frame.loc[untold, ["commune", "year"]].drop_duplicates()
    frame = frame[~untold]
    told = frame.assign(**{column: frame[column].fillna(0.0)})
    built = from_records(told, told[column], communes)
    present = np.zeros(built.absence.shape, dtype=bool)
    place = {code: i for i, code in enumerate(communes)}
    for year, commune in frame[["year", "commune"]].drop_duplicates().itertuples(index=False):
        if commune in place:
            present[built.years.index(int(year)), place[commune]] = True
    without = {year: nothing.get(year, frozenset()) for year in built.years}
    for i, year in enumerate(built.years):
        present[i, [place[commune] for commune in without[year]]] = True
    for commune, year in partial.itertuples(index=False):
        if commune in place and int(year) in built.years:
            present[built.years.index(int(year)), place[commune]] = False
    values = built.values
    for axis, name in ((1, "sector"), (2, "family")):
        if frame[name].isna().all():
            values = values.sum(axis=axis, keepdims=True)
    absence = np.where(present, PRESENT, ABSENT).astype(np.uint8)
    return replace(built, values=values, absence=absence, sparse=True, empty=without)


def constant(values: Array, year: int, source: str, vintage: str) -> Cube:
    """A fact known once, by commune."""
    return Cube(
        (year,),
        np.asarray(values, dtype=float).reshape(1, 1, 1, -1),
        np.zeros((1, len(values)), dtype=np.uint8),
        sources={year: (source,)},
        vintages={year: (vintage,)},
    )


def stack(first: Cube, second: Cube) -> Cube:
    """The years of ``first``, and those of ``second`` that ``first`` does not hold."""
    added = [i for i, year in enumerate(second.years) if year not in first.years]
    if not added:
        return first
    years = first.years + tuple(second.years[i] for i in added)
    order = np.argsort(years)
    return Cube(
        tuple(years[i] for i in order),
        np.concatenate([first.values, second.values[added]])[order],
        np.concatenate([first.absence, second.absence[added]])[order],
        additive=first.additive,
        sources={**second.sources, **first.sources},
        vintages={**second.vintages, **first.vintages},
    )


def _places(column: pd.Series, axis: Sequence[object]) -> Places:
    """Place of each entry on an axis; the last one for what is not on it."""
    index = {entry: i for i, entry in enumerate(axis)}
    places: Places = column.map(index).fillna(len(axis) - 1).to_numpy().astype(np.int64)
    return places


def _known(year: Places, known: npt.NDArray[np.bool_], years: int) -> tuple[bool, ...]:
    return tuple(bool(known[year == i].any()) for i in range(years))


def by_year(frame: pd.DataFrame, column: str) -> dict[int, tuple[str, ...]]:
    """The distinct texts of a column, sorted, by year."""
    pairs = frame[["year", column]].drop_duplicates()
    years = [int(year) for year in pairs["year"]]
    found: dict[int, set[str]] = {year: set() for year in years}
    for year, kind in zip(years, pairs[column], strict=True):
        found[year].add(str(kind))
    return {year: tuple(sorted(kinds)) for year, kinds in found.items()}
