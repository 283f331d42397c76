"""The measures of need that an amount can be compared with: inhabitants, jobs, jobseekers…, by territory or commune."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from geodata.perimeter import CURRENT, members
from layers import facts, measure
from layers.panel import METROPOLE
from layers.series import MISSING, VALUE, Cell, Query

if TYPE_CHECKING:
    from layers.release import Release

LEAST_KNOWN: Final = 0.9
"""Part of the inhabitants of a territory whose commune must have a poverty rate, for its poor to be estimated."""
Numbers = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Need:
    """One measure of need. ``per`` is one unit of it in a sentence, ``told`` says in French how it is counted."""

    key: str
    label: str
    per: str
    told: str
    indicator: str
    read: Callable[[Release, str, int, int | None], Numbers]


def _counted(indicator: str) -> Callable[[Release, str, int, int | None], Numbers]:
    def read(release: Release, level: str, perimeter: int, year: int | None) -> Numbers:
        return _cells(release, indicator, level, perimeter, year)

    return read


def _cells(release: Release, indicator: str, level: str, perimeter: int, year: int | None) -> Numbers:
    near = _near(release, indicator, year)
    query = Query(indicator, level, year=near, perimeter=perimeter)
    found = measure.series(release, query)
    cells = (*found.cells, found.total)
    if near is None and year is not None:
        cells = tuple(replace(cell, value=None, state=MISSING, numerator=None, denominator=None) for cell in cells)
    return {cell.code: cell for cell in cells}


def _near(release: Release, indicator: str, year: int | None) -> int | None:
    """The year nearest to one that a source has; None without one, or where it is too far to divide (`facts`)."""
    fact = release.indicators[indicator].numerator
    cube = facts.cube(release, fact)
    near = None if year is None else facts.dividing(cube, fact, year)
    return None if near is None else cube.years[near]


def told_in(release: Release, key: str, year: int) -> int | None:
    """The year in which a need is told for a year of amounts."""
    return _near(release, declared(key).indicator, year)


def _poor(release: Release, level: str, perimeter: int, year: int | None) -> Numbers:
    """Inhabitants times the poverty rate of each commune; those without a rate count as the others of their territory.

    Nothing is estimated for a territory where less than `LEAST_KNOWN` of the inhabitants have a rate.
    """
    belongs = members(perimeter)
    people = _cells(release, "population", "commune", perimeter, year)
    rates = _cells(release, "poverty_rate", "commune", perimeter, year)
    poor = {
        code: (people[code].value or 0.0) * rate / 100 for code in belongs if (rate := rates[code].value) is not None
    }
    if level == "commune":
        return {code: _made(people[code], poor.get(code)) for code in belongs}
    found = {}
    territories = _cells(release, "population", "territory", perimeter, year)
    whole = territories.pop(METROPOLE)
    for cell in territories.values():
        inside = [code for code, territory in belongs.items() if territory == cell.code]
        known = sum(people[code].value or 0.0 for code in inside if code in poor)
        enough = bool(cell.value) and known >= LEAST_KNOWN * (cell.value or 0.0)
        estimate = sum(poor[code] for code in inside if code in poor) * (cell.value or 0.0) / known if enough else None
        found[cell.code] = _made(cell, estimate)
    known_all = [cell.value for cell in found.values() if cell.value is not None]
    found[METROPOLE] = _made(whole, sum(known_all) if len(known_all) == len(found) else None)
    return found


def _made(cell: Cell, value: float | None) -> Cell:
    return Cell(cell.code, cell.name, value, MISSING if value is None else VALUE, value, None)


NEEDS: Final[Mapping[str, Need]] = MappingProxyType(
    {
        need.key: need
        for need in (
            Need("population", "Habitants", "habitant", "Population municipale.", "population", _counted("population")),
            Need("jobs", "Emplois de l’ESS", "emploi ESS", "Postes salariés de l’ESS.", "jobs", _counted("jobs")),
            Need(
                "jobseekers",
                "Demandeurs d’emploi",
                "demandeur d’emploi",
                "Demandeurs d’emploi inscrits.",
                "jobseekers",
                _counted("jobseekers"),
            ),
            Need(
                "social_housing",
                "Logements sociaux",
                "logement social",
                "Logements du parc locatif social.",
                "social_housing",
                _counted("social_housing"),
            ),
            Need(
                "poor",
                "Habitants sous le seuil de pauvreté",
                "habitant pauvre",
                "Estimation : population municipale de chaque commune multipliée par son taux de pauvreté ; les "
                "communes sans taux comptent comme les autres de leur territoire, dont neuf habitants sur dix au moins "
                "ont un taux.",
                "poverty_rate",
                _poor,
            ),
        )
    }
)


STRUCTURES: Final = Need(
    "structures", "Structures de l’ESS", "structure ESS", "Structures de l’ESS.", "actors", _counted("actors")
)
"""No need: what amounts are divided by beside those."""


def available(release: Release) -> tuple[str, ...]:
    """Keys of the needs that a release can tell."""
    return tuple(key for key, need in NEEDS.items() if measure.available(release, need.indicator))


def known(release: Release, key: str) -> bool:
    """Whether a release tells a need, or the structures."""
    return measure.available(release, declared(key).indicator)


def declared(key: str) -> Need:
    """A need, or the structures. ``KeyError`` for an unknown one."""
    return STRUCTURES if key == STRUCTURES.key else NEEDS[key]


def numbers(
    release: Release, key: str, level: str = "territory", perimeter: int = CURRENT, year: int | None = None
) -> Numbers:
    """The need of each area and, under `layers.panel.METROPOLE`, of all of them.

    In the year that ratios of the year asked for are divided by (`layers.cube.Cube.nearest`); without one, in that
    shown first.

    A cell that is suppressed or missing stays so: what depends on it is not to be told either.

    Raises
    ------
    KeyError
        Unknown need.
    """
    return declared(key).read(release, level, perimeter, year)
