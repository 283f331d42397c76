"""Primary suppression: cells that say too much of one unit (Insee: three units at least, none above 85 %)."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from layers.secrecy.table import Numbers, Table

FEWEST_UNITS: Final = 3
DOMINANCE: Final = 0.85
VALID, FREQUENCY, DOMINATED, SECONDARY = "V", "A", "B", "D"
MARGIN: Final = 0.10
"""Part of its value by which a hidden cell must be able to be less, or more: Insee's FREQ(3,10)."""

Statuses = npt.NDArray[np.str_]


def statuses(table: Table) -> Statuses:
    """``A`` (fewer than three units, or secret at the source), ``B`` (dominated), ``V`` for the rest.

    A cell of value zero is valid: no post is told of anyone.
    """
    found = np.full(table.values.shape, VALID)
    found[dominated(table.values, table.largest)] = DOMINATED
    found[few(table.values, table.units)] = FREQUENCY
    found[np.isnan(table.values)] = FREQUENCY
    return found


def few(values: Numbers, units: Numbers) -> npt.NDArray[np.bool_]:
    """Whether a cell that has a value stands on fewer than three units."""
    return np.asarray((units < FEWEST_UNITS) & (values > 0))


def dominated(values: Numbers, largest: Numbers) -> npt.NDArray[np.bool_]:
    """Whether one unit makes more than 85 % of a cell."""
    return np.asarray((values > 0) & (largest > DOMINANCE * values))


def least_width(values: Numbers, largest: Numbers) -> Numbers:
    """Least width, in whole units, of what a hidden cell may be: `MARGIN` on both sides, at least one.

    Of a dominated cell as much, on both sides, as it takes for its largest unit to make 85 % of it: Insee's NK(1,85).
    """
    sides = np.maximum(MARGIN * values, largest / DOMINANCE - values)
    return np.maximum(1.0, np.ceil(2 * np.nan_to_num(sides) - 1e-9))
