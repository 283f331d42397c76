"""The table that is published: cells, and the lines in which some add up to another.

A line is a total and its parts. Cells are those of every area (commune, territory, metropole, in each perimeter)
crossed with every category of each axis and their totals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Cells = npt.NDArray[np.bool_]

OF_CUTS: Final = (100.0, 5.0, 1.0)
"""What it costs to hide a cell cut by nothing, by one axis, by more: a total before its parts costs too much."""


@dataclass(frozen=True, slots=True)
class Line:
    """Places of cells that add up to the cell *total*."""

    total: int
    parts: Places


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as flat arrays of the same length, and the lines between them.

    Attributes
    ----------
    values : what would be shown (posts, euros), not negative; NaN where the source itself keeps it secret.
    units : on how many establishments or firms a cell stands; very many where the source does not say.
    largest : value of its largest unit; 0 where the source does not say.
    shape : of the cells, areas first, then each axis with its total last.
    weights : what it costs to hide each cell; the same for all where it is None.
    unpublished : cells that no one publishes, but that may follow from those that are; none where it is None.
    """

    values: Numbers
    units: Numbers
    largest: Numbers
    lines: tuple[Line, ...]
    shape: tuple[int, ...]
    weights: Numbers | None = None
    unpublished: Cells | None = None


def cross(
    values: Numbers,
    units: Numbers,
    largest: Numbers,
    areas: Sequence[Sequence[int]],
    sums: Sequence[tuple[int, Sequence[int]]],
    *,
    published: Cells | None = None,
    weights: Sequence[float] | None = None,
    rest: tuple[Numbers, Numbers, Numbers] | None = None,
) -> Table:
    """Table of atoms over areas.

    Parameters
    ----------
    values, units, largest : atoms ``[place, category, …]``, one axis a category (length 1: no such cut).
    areas : the places that each published area is made of.
    sums : which area is the sum of which others, as places in *areas*: the lines between areas.
    published : which categories, totals included, are published of every area; all where it is None. Those that are
        not have no number and no line here.
    weights : what it costs to hide a cell of each area, the same for all where it is None; `OF_CUTS` multiplies it.
    rest : by place, what its secret atoms hold together, all their establishments and the largest of the place, where
        its total is published all the same; NaN elsewhere.
    """
    belongs = np.zeros((len(areas), values.shape[0]))
    for i, places in enumerate(areas):
        belongs[i, list(places)] = 1
    added = [_with_totals(np.tensordot(belongs, atoms, axes=1)) for atoms in (values_or_zero(values), units)]
    secret = _with_totals(np.tensordot(belongs, np.isnan(values).astype(float), axes=1)) > 0
    top = _largest(largest, areas)
    if rest is not None:
        unknown = np.isnan(values).reshape(len(values), -1).any(axis=1) & np.isnan(rest[0])
        secret.reshape(len(areas), -1)[:, -1] = belongs @ unknown.astype(float) > 0
        _complete((*added, top), rest, belongs)
    shape = added[0].shape
    told = np.ones(shape[1:], dtype=bool) if published is None else published
    cells = np.where(told, np.where(secret, np.nan, added[0]), 0.0)
    lines = tuple(_lines(np.broadcast_to(told, shape), values.shape[1:], sums))
    of_areas = np.ones(len(areas)) if weights is None else np.array(weights, dtype=float)
    cost = np.multiply.outer(of_areas, _cost(shape[1:]))
    return Table(cells.ravel(), added[1].ravel(), top.ravel(), lines, tuple(shape), cost.ravel())


def _complete(columns: Sequence[Numbers], rest: Sequence[Numbers], belongs: Numbers) -> None:
    """Add what secret atoms hold together to the values, units and largest of the totals of areas, in place."""
    values, units, largest = (column.reshape(len(column), -1)[:, -1] for column in columns)
    held, counted, top = (np.nan_to_num(part) for part in rest)
    values += belongs @ held
    units += belongs @ counted
    np.maximum(largest, (belongs * top).max(axis=1), out=largest)


def _cost(shape: Sequence[int]) -> Numbers:
    """`OF_CUTS` of every category: how many axes are at another place than their total."""
    cuts = np.zeros(tuple(shape), dtype=int)
    for axis, length in enumerate(shape):
        cuts += (np.arange(length) < length - 1).reshape([-1 if at == axis else 1 for at in range(len(shape))])
    return np.array(OF_CUTS)[np.minimum(cuts, len(OF_CUTS) - 1)]


def values_or_zero(values: Numbers) -> Numbers:
    """Values with zero for those that are secret at the source."""
    return np.where(np.isnan(values), 0.0, values)


def _with_totals(atoms: Numbers) -> Numbers:
    """Every axis but the first with its total appended; an axis of length 1 is its own total."""
    for axis in range(1, atoms.ndim):
        if atoms.shape[axis] > 1:
            atoms = np.concatenate([atoms, atoms.sum(axis=axis, keepdims=True)], axis=axis)
    return atoms


def _largest(largest: Numbers, areas: Sequence[Sequence[int]]) -> Numbers:
    top = np.stack([largest[list(places)].max(axis=0) for places in areas])
    for axis in range(1, top.ndim):
        if top.shape[axis] > 1:
            top = np.concatenate([top, top.max(axis=axis, keepdims=True)], axis=axis)
    return top


def _lines(published: Cells, categories: Sequence[int], sums: Sequence[tuple[int, Sequence[int]]]) -> Iterator[Line]:
    """Lines between the cells that are *published*, a table of areas and categories with their totals."""
    places = np.arange(published.size).reshape(published.shape)
    for axis, length in enumerate(categories, start=1):
        if length == 1:
            continue
        along = np.moveaxis(places, axis, -1).reshape(-1, length + 1)
        whole = np.moveaxis(published, axis, -1).reshape(-1, length + 1).all(axis=1)
        yield from (Line(int(cells[-1]), cells[:-1]) for cells in along[whole])
    for total, parts in sums:
        for at in np.argwhere(published[total]):
            yield Line(int(places[(total, *at)]), places[(list(parts), *at)])
