"""Every slice of one indicator at one level, at once: year, sector, family and area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geodata.perimeter import members as members_of
from geodata.perimeter import of_year
from layers import entry, facts, given, notes, sums
from layers.cube import ABSENT, FAMILY_AXIS, HIDDEN, PRESENT, SECTOR_AXIS, UNKNOWN, Array, Cube
from layers.dimensions import Chosen
from layers.indicators import Indicator
from layers.notes import Note, not_known, note
from layers.secrecy import masks, superseded, thresholds
from layers.secrecy.masks import Areas
from layers.series import MISSING, SUPPRESSED, VALUE, ZERO, Cell

if TYPE_CHECKING:
    from layers.release import Release

METROPOLE = "mel"
Slice = tuple[int, int, int] | None


@dataclass(frozen=True)
class Panel:
    """Arrays over (year, sector, family, area); the last area is the metropole, the last sector and family "all"."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[int, ...]
    values: Array
    states: npt.NDArray[np.uint8]
    numerators: Array
    denominators: Array | None
    by_sector: bool
    by_family: bool
    sector_known: tuple[bool, ...]
    family_known: tuple[bool, ...]
    denominator_years: Mapping[int, int | None]
    sources: Mapping[int, tuple[str, ...]]
    vintages: Mapping[int, tuple[str, ...]]
    least: int = 0
    counted: str = ""
    few: npt.NDArray[np.bool_] | None = None
    outside: npt.NDArray[np.bool_] | None = None
    far: Mapping[int, int] = field(default_factory=dict)
    """By year without any denominator near enough, the nearest year that has one."""
    late: Mapping[int, int] = field(default_factory=dict)
    """By year, how many communes of the areas were not in the metropole yet, which alone granted then."""
    withdrawn: Mapping[int, Note] = field(default_factory=dict)
    unlisted: Mapping[int, tuple[Note, ...]] = field(default_factory=dict)
    """By year, what is said of communes of which the source has no row."""

    def slice(self, year: int | None, sector: str | None, family: str | None) -> Slice:
        """Where a slice is; None where the release has no number for it. ``KeyError`` for an unknown slug."""
        at_sector = _place(SECTOR_AXIS, sector)
        at_family = _place(FAMILY_AXIS, family)
        if year is None or not self.answers(year, sector, family):
            return None
        return (
            self.years.index(year),
            at_sector if self.by_sector else -1,
            at_family if self.by_family else -1,
        )

    def answers(self, year: int, sector: str | None, family: str | None) -> bool:
        """Whether the sources of that year can be cut so: false where they do not tell the sector or the family."""
        i = self.years.index(year)
        sector_told = self.by_sector and self.sector_known[i]
        family_told = self.by_family and self.family_known[i]
        return (sector is None or sector_told) and (family is None or family_told)

    def notes(self, year: int | None, sector: str | None, family: str | None) -> tuple[Note, ...]:
        """Why the slice is empty, or how much of the whole is in no sector or family, not being known."""
        if year is None:
            return (note(notes.EMPTY),)
        i = self.years.index(year)
        found = [self.withdrawn[year]] if year in self.withdrawn else []
        if sector is not None and not (self.by_sector and self.sector_known[i]):
            found.append(note(notes.NO_SECTOR, year=year))
        if family is not None and not (self.by_family and self.family_known[i]):
            found.append(note(notes.NO_FAMILY, year=year))
        at = self.slice(year, sector, family)
        if at is None:
            return tuple(found)
        if self.few is not None and self.few[at].any():
            found.append(note(notes.FEW, least=self.least, counted=self.counted))
        if year in self.far:
            found.append(note(notes.FAR, year=year, nearest=self.far[year], furthest=facts.FURTHEST))
        if self.outside is not None and self.outside[i].any():
            found.append(note(notes.OUTSIDE, year=year))
        found += self.unlisted.get(year, ())
        if self.late.get(year):
            found.append(note(notes.LATE, year=year, communes=self.late[year], perimeter=of_year(year)))
        if sector not in (None, UNKNOWN):
            found += not_known("sector", self._part(self.slice(year, UNKNOWN, family), 1))
        if family not in (None, UNKNOWN):
            found += not_known("family", self._part(self.slice(year, sector, UNKNOWN), 2))
        return tuple(found)

    def _part(self, at: Slice, axis: int) -> float:
        """Part of the metropole that a slice is, of the same slice with all of an axis; 0 where either is not shown."""
        if at is None:
            return 0.0
        whole = (at[0], -1, at[2]) if axis == 1 else (at[0], at[1], -1)
        if self.states[at][-1] != PRESENT or self.states[whole][-1] != PRESENT:
            return 0.0
        total = float(self.numerators[whole][-1])
        return float(self.numerators[at][-1]) / total if total > 0 else 0.0

    def cell(self, at: Slice, area: int) -> Cell:
        """One cell; ``area`` is the place of the area, ``len(codes)`` for the metropole."""
        code, name = (self.codes[area], self.names[area]) if area < len(self.codes) else (METROPOLE, "Métropole")
        if at is None:
            return Cell(code, name, None, MISSING, None, None)
        state = int(self.states[at][area])
        denominator = None if self.denominators is None else float(self.denominators[at][area])
        if self.few is not None and self.few[at][area]:
            return Cell(code, name, None, MISSING, float(self.numerators[at][area]), denominator)
        if state != PRESENT:
            return Cell(code, name, None, SUPPRESSED if state == HIDDEN else MISSING, None, None)
        value = float(self.values[at][area])
        return Cell(code, name, value, VALUE if value else ZERO, float(self.numerators[at][area]), denominator)


def build(
    release: Release, indicator: Indicator, level: str, perimeter: int, chosen: Mapping[str, Chosen] | None = None
) -> Panel:
    """Aggregate the numerator and the denominator of an indicator over the areas of a level, then divide.

    What secrecy hides of either is hidden, and its numbers are not in the panel at all. With ``chosen``, values of
    dimensions are added up in one slice: the axes of sector and family have length 1. A sum over a hidden cell is
    hidden: what is shown follows from what is shown without it.
    """
    merged = _Merged.of(chosen)
    members = members_of(perimeter)
    communes = facts.communes_of(release)
    codes = tuple(sorted(members)) if level == "commune" else tuple(sorted(set(members.values())))
    matrix = sums.membership(communes, codes, level, members)
    numerator = facts.narrowed(release, indicator.numerator, chosen or {})
    if not indicator.cuts:
        numerator = whole(numerator)
    areas = Areas(codes, perimeter, commune=level == "commune")
    people = release.geography.communes.loc[list(communes), "population"].to_numpy(dtype=float)
    above, state = given.completed(numerator, *sums.over(numerator, matrix, people), areas)
    state = _with_secrecy(release, (indicator, indicator.numerator), numerator, state, areas)
    above, state = merged(above, state)
    outside = entry.before(release, indicator.numerator, numerator.years, tuple(sorted(members)))
    if areas.commune:
        zero = outside[:, None, None, :] & (above[..., :-1] == 0) & (state[..., :-1] == PRESENT)
        state = np.concatenate([np.where(zero, ABSENT, state[..., :-1]), state[..., -1:]], axis=-1).astype(np.uint8)
    below, few = None, None
    denominator_years: dict[int, int | None] = {}
    values = above * 1.0
    if indicator.denominator is not None:
        divided = facts.narrowed(release, indicator.denominator, chosen or {}, perimeter)
        divided = _cut_no_finer(divided, numerator)
        matched = [facts.dividing(divided, indicator.denominator, year) for year in numerator.years]
        denominator_years = {
            year: None if i is None else divided.years[i] for year, i in zip(numerator.years, matched, strict=True)
        }
        parts, states = given.completed(divided, *sums.over(divided, matrix, people), areas)
        states = _with_secrecy(release, (indicator, indicator.denominator), divided, states, areas)
        parts, states = merged(parts, states)
        below, below_state = _matched(parts, states, matched, above.shape)
        state = np.maximum(state, below_state)
        empty = (below == 0) & (state == PRESENT)
        few = (below > 0) & (below < indicator.least) & (state == PRESENT)
        state = np.where(empty | few, ABSENT, state).astype(np.uint8)
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.where(below > 0, indicator.scale * above / below, 0.0)
        told = (state == PRESENT) | few
        above, below = np.where(told, above, 0.0), np.where(told, below, 0.0)
    else:
        above = np.where(state == PRESENT, above, 0.0)
    values = np.where(state == PRESENT, values, 0.0)
    frame = release.geography.communes if level == "commune" else release.geography.territories
    return Panel(
        codes,
        tuple(str(frame.loc[code, "name"]) for code in codes),
        numerator.years,
        values,
        state,
        above,
        below,
        by_sector=above.shape[1] > 1,
        by_family=above.shape[2] > 1,
        sector_known=numerator.sector_known,
        family_known=numerator.family_known,
        denominator_years=denominator_years,
        sources=numerator.sources,
        vintages=numerator.vintages,
        least=indicator.least,
        counted=indicator.counted,
        few=few,
        far=facts.far(divided, indicator.denominator, numerator.years) if indicator.denominator is not None else {},
        outside=outside if areas.commune else None,
        unlisted=sums.unlisted(numerator, matrix, people),
        withdrawn=superseded.told(release, indicator, numerator.years, denominator_years),
        late={} if areas.commune else dict(zip(numerator.years, map(int, outside.sum(axis=1)), strict=True)),
    )


@dataclass(frozen=True)
class _Merged:
    """Values of each axis that are added up in one: their places, the last one (all) where none is chosen."""

    axes: tuple[tuple[int, tuple[int, ...]], ...]

    @classmethod
    def of(cls, chosen: Mapping[str, Chosen] | None) -> _Merged:
        if chosen is None:
            return cls(())
        asked = ((1, SECTOR_AXIS, chosen.get("sector")), (2, FAMILY_AXIS, chosen.get("family")))
        return cls(tuple((axis, tuple(_place(slugs, s) for s in wanted or (None,))) for axis, slugs, wanted in asked))

    def __call__(self, values: Array, state: npt.NDArray[np.uint8]) -> tuple[Array, npt.NDArray[np.uint8]]:
        for axis, places in self.axes:
            if values.shape[axis] > 1:
                values = values.take(places, axis=axis).sum(axis=axis, keepdims=True)
                state = state.take(places, axis=axis).max(axis=axis, keepdims=True)
        return values, state


def _place(axis: tuple[str, ...], slug: str | None) -> int:
    if slug is not None and slug not in axis:
        raise KeyError(slug)
    return len(axis) if slug is None else axis.index(slug)


def _matched(
    values: Array, states: npt.NDArray[np.uint8], rows: list[int | None], shape: tuple[int, ...]
) -> tuple[Array, npt.NDArray[np.uint8]]:
    """The denominator for each year of the numerator, stretched over its sectors and families where it has none."""
    if not len(values):
        return np.zeros(shape), np.full(shape, ABSENT, dtype=np.uint8)
    chosen, lacking = [row or 0 for row in rows], np.array([row is None for row in rows])[:, None, None, None]
    below, state = np.broadcast_to(values[chosen], shape), np.broadcast_to(states[chosen], shape)
    return np.where(lacking, 0.0, below), np.where(lacking, ABSENT, state).astype(np.uint8)


def _with_secrecy(
    release: Release, told: tuple[Indicator, str], cube: Cube, state: npt.NDArray[np.uint8], areas: Areas
) -> npt.NDArray[np.uint8]:
    """States of the sums of a fact of an indicator, hidden where statistical secrecy says so."""
    indicator, fact = told
    if not cube.years or not (masks.is_secret(fact) or (indicator.fewest and cube.additive)):
        return state
    if masks.is_secret(fact):
        hidden = masks.mask(release, fact, cube.years, areas)
    else:
        hidden = thresholds.hidden(release, fact, cube, indicator.fewest).at(cube.years, areas)
    for axis in (1, 2):
        if state.shape[axis] == 1:
            hidden = hidden.take([-1], axis=axis)
    return np.where((state == PRESENT) & hidden, HIDDEN, state).astype(np.uint8)


def _cut_no_finer(divided: Cube, numerator: Cube) -> Cube:
    """The denominator without the axes that the numerator lacks."""
    lacking = tuple(axis for axis in (1, 2) if numerator.values.shape[axis] == 1)
    return replace(divided, values=divided.values.sum(axis=lacking, keepdims=True)) if lacking else divided


def whole(cube: Cube) -> Cube:
    """A fact without its sectors and families."""
    return replace(cube, values=cube.values.sum(axis=(1, 2), keepdims=True), sector_known=(), family_known=())
