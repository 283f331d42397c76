"""What an indicator hides that declares the fewest units it may show: at all levels and perimeters at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from layers.cube import HIDDEN, Cube
from layers.secrecy.levels import areas_of, weights_of
from layers.secrecy.masks import Hidden, Mask
from layers.secrecy.primary import FEWEST_UNITS, VALID
from layers.secrecy.secondary import protect
from layers.secrecy.table import Numbers, cross

if TYPE_CHECKING:
    from layers.release import Release


def hidden(release: Release, fact: str, cube: Cube, fewest: int) -> Hidden:
    """Hidden cells of a fact that counts units: those of fewer than *fewest*, and those that would tell them.

    What is hidden together can be shown together: no sum of hidden cells that follows from the others is of fewer.
    """
    found: Hidden = release.cache.get(("fewest", fact, fewest), lambda: _hidden(release, cube, fewest))
    return found


def _hidden(release: Release, cube: Cube, fewest: int) -> Hidden:
    communes = tuple(sorted(release.geography.communes.index))
    places, areas, sums = areas_of(communes)
    values = np.where(cube.absence == HIDDEN, np.nan, cube.values.sum(axis=(1, 2)))
    weights = weights_of(places, len(areas))
    cells = [_of_year(one, fewest, areas, sums, weights) for one in values]
    return Hidden(cube.years, places, np.stack(cells).reshape(len(cells), len(areas), 1, 1, 1))


def _of_year(
    values: Numbers, fewest: int, areas: list[list[int]], sums: list[tuple[int, list[int]]], weights: list[float]
) -> Mask:
    """The units of the rule of three are parts of *fewest*."""
    column = values.reshape(-1, 1)
    units = np.nan_to_num(column) * FEWEST_UNITS / fewest
    return np.asarray(protect(cross(column, units, np.zeros_like(column), areas, sums, weights=weights)) != VALID)
