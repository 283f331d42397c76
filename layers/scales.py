"""The scale that a legend has: which values are cut, and where."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from layers import change, measure
from layers.breaks import CLASSES, Breaks, breaks, diverging
from layers.classing import MANUAL, Classing

if TYPE_CHECKING:
    from layers.release import Release
    from layers.series import Query


def values(release: Release, query: Query, years: Iterable[int | None], since: int | None = None) -> list[float]:
    """What the areas of a level have in some years, or its changes since a year; the hidden and missing left out."""
    found: list[float] = []
    for year in years:
        asked = replace(query, year=year)
        series = measure.series(release, asked) if since is None else change.series(release, asked, since)
        found += [cell.value for cell in series.cells if cell.value is not None]
    return found


def cut(held: Sequence[float], level: str, classing: Classing, pivot: float | None = None) -> Breaks:
    """Classes of some values; zeros, which have a mark of their own, are left out of them.

    ``pivot`` makes the scale diverge, unless its bounds are given by hand. Counts have whole bounds.
    """
    above = [value for value in held if value]
    if not above:
        return Breaks(classing.method, ())
    if classing.method == MANUAL:
        return Breaks(MANUAL, classing.bounds)
    k = classing.classes or CLASSES[level]
    if pivot is not None:
        return diverging(above, classing.method, k + k % 2, pivot)
    made = breaks(above, classing.method, k)
    if all(value.is_integer() for value in above):
        return replace(made, bounds=tuple(dict.fromkeys(float(math.ceil(bound)) for bound in made.bounds)))
    return made


def default(release: Release, query: Query) -> Breaks:
    """The classes that a reader who chooses none is shown: those of all the years together."""
    held = values(release, query, measure.years(release, query.indicator))
    return cut(held, query.level, Classing(), release.indicators[query.indicator].pivot)
