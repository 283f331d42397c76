"""A figure taken apart: its numerator, its denominator, and what one of them is computed from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers import facts, measure
from layers.dimensions import Chosen
from layers.panel import METROPOLE
from layers.secrecy.masks import FOLLOWS
from layers.series import READY, Cell, Query
from layers.trace.cells import Cells
from layers.trace.origin import COMPUTED, Files, Part, Place
from layers.trace.records import Recorded

if TYPE_CHECKING:
    from layers.indicators import Indicator
    from layers.release import Release

NUMERATOR, DENOMINATOR = "numerator", "denominator"


@dataclass(frozen=True)
class Traced:
    """A figure and its parts; none where it is hidden or not there (``cell.state``), for then it traces to nothing."""

    query: Query
    indicator: Indicator
    cell: Cell
    parts: tuple[Part, ...]

    def of(self, role: str) -> tuple[Part, ...]:
        """The parts of a numerator or of a denominator: itself first, then what it is computed from."""
        return tuple(part for part in self.parts if part.role == role)


def level_of(area: str) -> str:
    """Level of the series where the figure of an area stands; the metropole is that of its territories."""
    return "territory" if area == METROPOLE or area in TERRITORIES else "commune"


class Tracer:
    """What traces the figures of one query, its level apart: rows are chosen once for all its areas.

    ``lines`` tells the lines of files under secrecy too, to who holds the files. Raises what `layers.measure.series`
    raises.
    """

    def __init__(self, release: Release, query: Query, *, lines: bool = False) -> None:
        self._release, self._query = release, query
        self._files = Files(release)
        self._recorded: dict[tuple[str, int | None], Recorded] = {}
        self._of_metropole: dict[tuple[str, int | None], Part] = {}
        self.indicator = release.indicators[query.indicator]
        self._cells = Cells(release, self._files, query, lines=lines)

    def figure(self, area: str) -> Traced:
        """The figure of a commune, a territory or the metropole; `KeyError` for an area that the perimeter lacks."""
        asked = replace(self._query, level=level_of(area))
        series = measure.series(self._release, asked)
        cell = series.total if area == METROPOLE else series.cell(area)
        if cell.numerator is None:
            return Traced(series.query, self.indicator, cell, ())
        years = {NUMERATOR: series.query.year, DENOMINATOR: series.denominator_year}
        place = Place(NUMERATOR, area, self._inside(area), asked.perimeter)
        told = [(NUMERATOR, self.indicator.numerator, cell.numerator)]
        if self.indicator.denominator is not None and cell.denominator is not None:
            told.append((DENOMINATOR, self.indicator.denominator, cell.denominator))
        parts = tuple(
            part
            for role, fact, total in told
            for part in self._parts(fact, replace(place, role=role), years[role], total)
        )
        return Traced(series.query, self.indicator, cell, parts)

    def _inside(self, area: str) -> frozenset[str]:
        belongs = members(self._query.perimeter)
        return frozenset(code for code, territory in belongs.items() if area in (code, territory, METROPOLE))

    def _parts(self, fact: str, where: Place, year: int | None, total: float) -> Iterator[Part]:
        if fact in facts.RECORDS:
            key = (fact, year)
            if key not in self._recorded:
                self._recorded[key] = Recorded(self._release, self._files, fact, year, self._query.chosen)
            yield self._recorded[key].part(where, self._cut(fact))
        elif fact in FOLLOWS:
            yield from self._computed(fact, where, year, total)
        else:
            yield self._cells.part(fact, where, year, self._cut(fact), total)

    def _computed(self, fact: str, where: Place, year: int | None, total: float) -> Iterator[Part]:
        """Posts at the share of the metropole: those of the area, then those of the ESS and all those of it."""
        yield Part(
            where.role, fact, COMPUTED, where.area, year, total, 0, withheld=False, unnamed=0, files=(),
            entries=lambda _first, _last: (),
        )  # fmt: skip
        everyone, ess = FOLLOWS[fact]
        whole = replace(where, area=METROPOLE, communes=self._inside(METROPOLE))
        yield self._summed(everyone, where, year)
        for other in (ess, everyone):
            key = (other, year)
            if key not in self._of_metropole:
                self._of_metropole[key] = self._summed(other, whole, year)
            yield self._of_metropole[key]

    def _summed(self, fact: str, where: Place, year: int | None) -> Part:
        return self._cells.part(fact, where, year, {}, self._sum(fact, where, year))

    def _sum(self, fact: str, where: Place, year: int | None) -> float:
        built = facts.cube(self._release, fact)
        inside = [code in where.communes for code in facts.communes_of(self._release)]
        return float(built.values[built.years.index(year or 0)][..., inside].sum())

    def _cut(self, fact: str) -> Mapping[str, Chosen]:
        """Sectors and families by which a fact is cut here: where it tells them, and so does the numerator."""
        if not self.indicator.cuts:
            return {}
        axes = {key: 1 + place for place, key in enumerate(READY)}
        cubes = (facts.cube(self._release, fact), facts.cube(self._release, self.indicator.numerator))
        return {
            key: slugs
            for key, slugs in self._query.chosen.items()
            if key in READY and all(cube.values.shape[axes[key]] > 1 for cube in cubes)
        }
