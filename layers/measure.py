"""From a release to a series: add up, then divide, keeping why a number is not there.

Rules (domain): numerators and denominators are aggregated before they are divided, never the rates; a ratio on a
hidden cell is hidden; what is not additive exists only where one commune stands for the whole area.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from layers import facts
from layers.cache import MB, Cache
from layers.choices import Labels, cuts, is_told, labels, offered, table_of
from layers.cube import FAMILY_AXIS, SECTOR_AXIS
from layers.dimensions import DIMENSIONS, GRANTS, PARTED, Chosen
from layers.notes import BENEFICIARY, NO_CUT, NOT_TOLD, UNTOLD, UNTOLD_OF_GRANTS, Note, not_known, note
from layers.panel import Panel, Slice, build
from layers.parts import obstacle
from layers.secrecy.masks import is_secret
from layers.series import LEVELS, MISSING, VALUE, Cell, Query, Series

if TYPE_CHECKING:
    from layers.release import Release

NOWHERE, NOWHERE_NAME = "sans-commune", "Multi-territoires ou sans commune"
CELL: Final = 200
"""Bytes of a cell of a series, its numbers included."""


def weighed(series: Series) -> int:
    """Bytes of a series: it has too many small parts to be weighed each time."""
    return CELL * (len(series.cells) + len(series.notes) + 5)


PANELS: Final[Cache[Panel]] = Cache("panels", 64 * MB)
SERIES: Final[Cache[Series]] = Cache("series", 48 * MB, weighed)
SUBSTANTIAL = 0.5
"""Part of the fullest year from which a later year is the one shown first."""


def panel(release: Release, indicator: str, level: str, perimeter: int) -> Panel:
    """All slices of one indicator at one level, computed once for each release.

    Raises
    ------
    KeyError
        Unknown indicator.
    ValueError
        Unknown level or perimeter.
    """
    if level not in LEVELS:
        raise ValueError(f"unknown level {level!r}")
    declared = release.indicators[indicator]
    key = (release.token, indicator, level, perimeter)
    return PANELS.get(key, lambda: build(release, declared, level, perimeter))


def years(release: Release, indicator: str) -> tuple[int, ...]:
    """The years an indicator can be shown for, rising."""
    return facts.cube(release, release.indicators[indicator].numerator).years


def default_year(release: Release, indicator: str) -> int | None:
    """The latest year that holds at least half of what the fullest one does; None without any year.

    A later list of a few records must not hide the year that the diagnostic stands on. Of what is under secrecy it is
    the communes that have any that are counted: a zero is shown, and no hidden number chooses the year.
    """
    found: int | None = release.cache.get(("default year", indicator), lambda: _default_year(release, indicator))
    return found


def _default_year(release: Release, indicator: str) -> int | None:
    fact = release.indicators[indicator].numerator
    built = facts.cube(release, fact)
    if not built.years:
        return None
    by_commune = np.abs(built.values).sum(axis=(1, 2))
    held = (by_commune > 0 if is_secret(fact) or release.indicators[indicator].fewest else by_commune).sum(axis=1)
    return max(year for year, amount in zip(built.years, held, strict=True) if amount >= SUBSTANTIAL * held.max())


def available(release: Release, indicator: str) -> bool:
    """Whether the release holds what the indicator is made of."""
    declared = release.indicators.get(indicator)
    if declared is None:
        return False
    needed = [declared.numerator, *([declared.denominator] if declared.denominator else [])]
    return all(facts.is_usable(facts.cube(release, fact)) for fact in needed)


def series(release: Release, query: Query) -> Series:
    """The series of a query, its cells in the order of their codes.

    Raises
    ------
    KeyError
        Unknown indicator, sector or family.
    ValueError
        Unknown level or perimeter, or a year the release does not hold for this indicator.
    """
    held = years(release, query.indicator)
    if query.year is not None and query.year not in held:
        raise ValueError(f"no year {query.year} for {query.indicator}: {held}")
    query = replace(query, year=query.year if query.year is not None else default_year(release, query.indicator))
    return SERIES.get((release.token, query), lambda: _series(release, query))


def _panel(release: Release, query: Query) -> Panel:
    """The panel that answers a query: the ready one, or that of its filters, of one slice a year."""
    if query.is_ready:
        return panel(release, query.indicator, query.level, query.perimeter)
    chosen = query.chosen
    key = (release.token, query.indicator, query.level, query.perimeter, tuple(sorted(chosen.items())))

    def narrowed() -> Panel:
        for dimension, slugs in chosen.items():
            _check(dimension, slugs, offered(release, query.indicator).get(dimension))
        return build(release, release.indicators[query.indicator], query.level, query.perimeter, chosen)

    return PANELS.get(key, narrowed)


def _check(dimension: str, slugs: Chosen, labels: Labels | None) -> None:
    """Raise ``KeyError`` for a slug that is neither declared nor, where the data name the values, in them."""
    declared = DIMENSIONS[dimension].names
    known = {*(declared or (slugs if labels is None else labels)), *DIMENSIONS[dimension].apart}
    if unknown := set(slugs) - known:
        raise KeyError(min(unknown))


def _series(release: Release, query: Query) -> Series:
    found = _panel(release, query)
    at, notes = _slice(release, query, found)
    cells = tuple(found.cell(at, i) for i in range(len(found.codes)))
    vintages = found.vintages.get(query.year, ()) if query.year is not None else ()
    return Series(
        query=query,
        unit=release.indicators[query.indicator].unit,
        cells=cells,
        total=found.cell(at, len(found.codes)),
        denominator_year=found.denominator_years.get(query.year) if query.year is not None else None,
        sources=found.sources.get(query.year, ()) if query.year is not None else (),
        source=", ".join(found.sources.get(query.year, ())) if query.year is not None else "",
        vintage=", ".join(vintages),
        vintages=vintages,
        notes=notes,
        filters=tuple((key, labels(release, query.indicator, key, slugs)) for key, slugs in query.chosen.items()),
    )


def _slice(release: Release, query: Query, found: Panel) -> tuple[Slice, tuple[Note, ...]]:
    """Where the slice of a query is, and what is to be known of it."""
    if query.is_ready:
        return found.slice(query.year, query.sector, query.family), found.notes(query.year, query.sector, query.family)
    year = query.year
    untold = [key for key in query.chosen if year is None or not is_told(release, query.indicator, key, year)]
    if untold or year is None:
        return None, tuple(_untold(release, query.indicator, key, year) for key in untold)
    at, notes = found.slice(year, None, None), list(found.notes(year, None, None))
    for key in query.chosen:
        texts = UNTOLD_OF_GRANTS if _of_beneficiary(query, key) else UNTOLD
        notes += not_known(key, _part_unknown(release, query, key), texts)
    if any(_of_beneficiary(query, key) for key in query.chosen):
        notes.append(note(BENEFICIARY))
    return at, tuple(notes)


def _untold(release: Release, indicator: str, key: str, year: int | None) -> Note:
    dimension = DIMENSIONS[key]
    if year is None or not cuts(indicator, key):
        return note(NO_CUT, dimension=dimension.label)
    return note(NOT_TOLD, dimension=dimension.label, year=year)


def _part_unknown(release: Release, query: Query, key: str) -> float:
    """Part of the metropole in no value of a dimension, of what was not asked for, the other filters kept."""
    held, asked_for = offered(release, query.indicator)[key], query.chosen[key]
    apart = [slug for slug in DIMENSIONS[key].apart if slug in held and slug not in asked_for]
    if not apart:
        return 0.0
    amounts = []
    for slug in (PARTED.join(apart), None):
        asked = query.filtered(key, slug)
        found = _panel(release, asked)
        year, sector, family = query.year, *((asked.sector, asked.family) if asked.is_ready else (None, None))
        total = found.cell(found.slice(year, sector, family), len(found.codes))
        nowhere = unlocated(release, asked) if _of_beneficiary(query, key) else 0.0
        amounts.append((total.numerator or 0.0) + nowhere)
    return 0.0 if obstacle((amounts[0], amounts[1] - amounts[0])) else amounts[0] / amounts[1]


def _of_beneficiary(query: Query, key: str) -> bool:
    """Whether a dimension is one that grants have from their beneficiary alone."""
    return bool(DIMENSIONS[key].unmatched) and table_of(query.indicator) == GRANTS


def unlocated(release: Release, query: Query, fact: str | None = "") -> float:
    """What a fact, the numerator where none is named, has without a commune, in its own unit; 0 where all is located.

    Grants for several territories are there too: they are given to none. Without a year, that shown first.
    """
    if fact is None:
        return 0.0
    built = facts.narrowed(release, fact or release.indicators[query.indicator].numerator, query.chosen)
    year = query.year if query.year is not None else default_year(release, query.indicator)
    if year not in built.years or not len(built.adrift):
        return 0.0
    adrift = built.adrift[built.years.index(year)]
    for axis, slugs in ((SECTOR_AXIS, query.chosen.get("sector")), (FAMILY_AXIS, query.chosen.get("family"))):
        chosen = adrift if slugs is None else adrift[[axis.index(slug) for slug in slugs]]
        adrift = chosen.sum(axis=0)
    return float(adrift)


def nowhere(release: Release, query: Query) -> Cell | None:
    """The bucket that stands beside the areas: what has no commune or is for several; None where it is empty.

    A ratio has no value there, only its numerator. The total of a series does not hold it.
    """
    apart = unlocated(release, query)
    if not apart:
        return None
    declared = release.indicators[query.indicator]
    value = None if declared.denominator else apart * declared.scale
    state = MISSING if value is None else VALUE
    return Cell(NOWHERE, NOWHERE_NAME, value, state, apart, None)


def ranks(cells: tuple[Cell, ...]) -> dict[str, int]:
    """Rank of each area that has a number, the highest first; equal values share the better rank."""
    shown = [cell for cell in cells if cell.value is not None]
    values = np.array([cell.value for cell in shown], dtype=float)
    return {cell.code: int((values > cell.value).sum()) + 1 for cell in shown}
