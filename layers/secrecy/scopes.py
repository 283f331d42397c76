"""Scopes protected together: posts of the ESS, of the private employers, of all of them, in the same year.

Those of one scope less those of a narrower one are posts of the rest: where both are shown, so is their difference.
The rest is therefore a cell too, that no one publishes, but that must be publishable wherever it can be subtracted.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Final

import numpy as np

from layers.secrecy.table import Line, Numbers, Places, Table

NESTED: Final = ("ess", "private", "all")
"""Each scope is part of the next ones."""
UNTOLD: Final = 1e6
"""Establishments of a cell whose source does not count them, and answers for its secrecy: more than any rule asks."""


def together(tables: Mapping[str, Table]) -> tuple[Table, dict[str, slice]]:
    """One table of the tables of several scopes, laid one after the other, and the place of each.

    Where a scope is part of another, every cell that both have is their total less the narrower: a third cell.
    """
    order = sorted(tables, key=lambda scope: [scope.startswith(each) for each in NESTED].index(True))
    weights = [np.ones(len(tables[scope].values)) if (own := tables[scope].weights) is None else own for scope in order]
    places: dict[str, slice] = {}
    parts, lines, start = [tables[scope] for scope in order], [], 0
    for scope, table in zip(order, parts, strict=True):
        places[scope] = slice(start, start + len(table.values))
        lines += [Line(line.total + start, line.parts + start) for line in table.lines]
        start += len(table.values)
    columns = [[part.values for part in parts], [part.units for part in parts], [part.largest for part in parts]]
    for narrow, wide in combinations(order, 2):
        inner, outer = _shared(tables[narrow], tables[wide])
        rest = _rest(tables[narrow], tables[wide], inner, outer)
        told = ~(rest[0] < 0)
        at = start + np.arange(len(inner))
        some = told & (tables[wide].values[outer] != 0)
        both = zip(inner + places[narrow].start, outer + places[wide].start, at, some, strict=True)
        lines += [Line(int(total), np.array([part, other])) for part, total, other, is_one in both if is_one]
        lines += _between_areas(tables[wide], outer, at, told)
        start += len(at)
        for column, found in zip(columns, rest, strict=True):
            column.append(np.where(told, found, 0.0))
    values, units, largest = (np.concatenate(column) for column in columns)
    published = sum(len(part.values) for part in parts)
    cost = np.concatenate([*weights, np.zeros(start - published)])
    return Table(values, units, largest, tuple(lines), (start,), cost, np.arange(start) >= published), places


def _shared(narrow: Table, wide: Table) -> tuple[Places, Places]:
    """Places of the cells that both tables have, in each: an axis that one lacks is at its total in the other."""
    at_narrow = np.arange(len(narrow.values)).reshape(narrow.shape)
    at_wide = np.arange(len(wide.values)).reshape(wide.shape)
    for axis in range(1, at_narrow.ndim):
        if at_narrow.shape[axis] != at_wide.shape[axis]:
            at_narrow = at_narrow.take([-1], axis=axis)
            at_wide = at_wide.take([-1], axis=axis)
    return at_narrow.ravel(), at_wide.ravel()


def _rest(narrow: Table, wide: Table, inner: Places, outer: Places) -> tuple[Numbers, Numbers, Numbers]:
    """Posts, establishments and largest employer of what is in the wide scope alone.

    Its largest is that of the wide scope where the narrow one has none so large; else nothing is known of it.
    """
    values = wide.values[outer] - narrow.values[inner]
    counted = (wide.units[outer] < UNTOLD) & (narrow.units[inner] < UNTOLD)
    units = np.where(counted, np.maximum(wide.units[outer] - narrow.units[inner], 0), UNTOLD)
    largest = np.where(wide.largest[outer] > narrow.largest[inner], wide.largest[outer], 0.0)
    return values, units, largest


def _between_areas(wide: Table, outer: Places, at: Places, told: np.ndarray) -> list[Line]:
    """Lines of the wide table between cells that have a rest, said of these rests."""
    place = dict(zip(outer.tolist(), zip(at.tolist(), told.tolist(), strict=True), strict=True))
    found = []
    for line in wide.lines:
        cells = [place.get(int(cell)) for cell in (line.total, *line.parts)]
        if all(cell is not None and cell[1] for cell in cells):
            total, *parts = [cell[0] for cell in cells if cell is not None]
            found.append(Line(total, np.array(parts)))
    return found
