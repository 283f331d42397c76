"""What a release that is not published yet would change: totals by year, structures by commune and by sector.

Only what may be shown is compared: the numbers come from `layers.measure`, after statistical secrecy. Beside them, the
rows of every table are counted: what no indicator shows is told too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from layers import class_changes, measure, plausibility, table_changes
from layers.class_changes import ClassChange
from layers.ess import SECTORS
from layers.indicators import LEVEL
from layers.plausibility import Implausible
from layers.release import Release
from layers.series import Query
from layers.table_changes import TableChange
from layers.tables import SCHEMAS, empty
from layers.unmatched import Unmatched

if TYPE_CHECKING:
    from layers.account import Duplicate
    from layers.deliveries import Departure
    from layers.indicators import Indicator

STRUCTURES: Final = "actors"
DEVIATIONS: Final = 3.0
"""Standard deviations of the difference of two counts (Poisson: their sum is its variance) from which it is unusual."""
FEWEST: Final = 10
"""A difference of fewer structures is never unusual."""
RATIO: Final = 2.0
"""A total more than this many times another, or less than one part of as many, is unusual."""


@dataclass(frozen=True, slots=True)
class Change:
    """A number before and after, in the unit of its indicator; None where there is, or may be shown, none.

    ``where`` is the year, commune or sector it is of, in French.
    """

    indicator: Indicator
    where: str
    before: float | None
    after: float | None
    unusual: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsal:
    """What a release would change of the one that is shown.

    Attributes
    ----------
    compared : name of the release shown; None where nothing was imported before: there is nothing to compare.
    totals : metropole, by indicator and year, of what adds up; only what changes.
    communes, sectors : structures of the year shown first; only what changes.
    tables : rows that come and leave, of every table, by part and year.
    departures : what of earlier files leaves because of the new ones.
    classes : areas that change class; none where there is nothing to compare.
    implausible : values of the new files that cannot be, or hardly.
    unmatched : places that the new files name and that are not found.
    duplicates : by file, rows that repeat another.
    before, after : the releases themselves, for the maps; ``before`` is None where there is nothing to compare.
    """

    compared: str | None
    totals: tuple[Change, ...]
    communes: tuple[Change, ...]
    sectors: tuple[Change, ...]
    tables: tuple[TableChange, ...] = ()
    departures: tuple[Departure, ...] = ()
    classes: tuple[ClassChange, ...] = ()
    implausible: tuple[Implausible, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    duplicates: Mapping[str, tuple[Duplicate, ...]] = field(default_factory=dict)
    before: Release | None = None
    after: Release | None = None

    @property
    def is_still(self) -> bool:
        """Whether no figure changes: rows may only come from another file than before."""
        rows = any(change.added or change.removed for change in self.tables)
        return not (rows or self.totals or self.communes or self.sectors)

    @property
    def unusual(self) -> tuple[Change, ...]:
        """What is out of distribution: to be checked before it is published."""
        return tuple(change for change in (*self.totals, *self.communes, *self.sectors) if change.unusual)


def compare(before: Release | None, after: Release) -> Rehearsal:
    """Compare a release to come with the one shown; demonstration data are compared with nothing."""
    if before is None or before.demonstration:
        nothing = _nothing(after)
        return Rehearsal(
            None,
            tuple(_totals(nothing, after)),
            (),
            (),
            table_changes.changes(nothing, after),
            implausible=plausibility.check(None, after),
            after=after,
        )
    declared = after.indicators[STRUCTURES]
    communes = _counts(declared, _by_commune(before), _by_commune(after))
    sectors = _counts(declared, _by_sector(before), _by_sector(after))
    return Rehearsal(
        before.id,
        tuple(_totals(before, after)),
        tuple(communes),
        tuple(sectors),
        table_changes.changes(before, after),
        classes=class_changes.changes(before, after),
        implausible=plausibility.check(before, after),
        before=before,
        after=after,
    )


def is_unusual_count(before: float, after: float) -> bool:
    """Whether two counts of structures differ by more than chance would, and by `FEWEST` at least."""
    return abs(after - before) >= FEWEST and abs(after - before) > DEVIATIONS * math.sqrt(before + after)


def is_unusual_total(before: float, after: float) -> bool:
    """Whether a total is out of proportion with the one it is held against."""
    low, high = sorted((abs(before), abs(after)))
    return high > RATIO * low


def _nothing(after: Release) -> Release:
    """The release before the first import: the geography alone."""
    tables = {name: empty(name) for name in SCHEMAS}
    return Release("", {"sources": []}, demonstration=False, geography=after.geography, **tables)


def _totals(before: Release, after: Release) -> Iterator[Change]:
    """Totals that change; a year that comes is held against the one before it."""
    for declared in after.indicators.values():
        if declared.denominator is not None or declared.kind == LEVEL:
            continue
        old, new = _by_year(before, declared), _by_year(after, declared)
        for year in sorted(old.keys() | new.keys()):
            was, now = old.get(year), new.get(year)
            if was == now:
                continue
            held = was if was is not None else new.get(max((other for other in new if other < year), default=0))
            strange = now is not None and held is not None and is_unusual_total(held, now)
            yield Change(declared, str(year), was, now, unusual=strange or (was is not None and now is None))


def _by_year(release: Release, declared: Indicator) -> dict[int, float | None]:
    if not measure.available(release, declared.key):
        return {}
    years = measure.years(release, declared.key)
    found = {year: measure.series(release, Query(declared.key, year=year)).total.value for year in years}
    return {year: value for year, value in found.items() if value is not None}


def _counts(
    declared: Indicator, before: Mapping[str, float | None], after: Mapping[str, float | None]
) -> Iterator[Change]:
    for where, now in after.items():
        was = before.get(where)
        if was != now:
            yield Change(declared, where, was, now, unusual=is_unusual_count(was or 0.0, now or 0.0))


def _by_commune(release: Release) -> dict[str, float | None]:
    return {cell.name: cell.value for cell in measure.series(release, Query(STRUCTURES, "commune")).cells}


def _by_sector(release: Release) -> dict[str, float | None]:
    return {
        sector.label: measure.series(release, Query(STRUCTURES, sector=slug)).total.value
        for slug, sector in SECTORS.items()
    }
