"""The example of the domain's rules: activities 01, 02, 06 by size classes tr1, tr2."""

from __future__ import annotations

import numpy as np

from layers.secrecy.primary import statuses
from layers.secrecy.secondary import protect
from layers.secrecy.table import Table, cross

VALUES = [[100, 50], [30, 20], [60, 40]]
UNITS = [[10, 5], [2, 5], [8, 6]]
LARGEST = [[20, 15], [20, 10], [16, 38]]


def example() -> Table:
    atoms = (np.array([numbers], dtype=float) for numbers in (VALUES, UNITS, LARGEST))
    return cross(*atoms, areas=[[0]], sums=[])


def test_primary_statuses() -> None:
    found = statuses(example()).reshape(4, 3)
    assert found.tolist() == [["V", "V", "V"], ["A", "V", "V"], ["V", "B", "V"], ["V", "V", "V"]]


def test_secondary_statuses() -> None:
    found = protect(example()).reshape(4, 3)
    assert found.tolist() == [["V", "V", "V"], ["A", "D", "V"], ["D", "B", "V"], ["V", "V", "V"]]


def test_totals_add_up() -> None:
    table = example()
    assert table.values.reshape(4, 3)[-1].tolist() == [190, 110, 300]
    assert table.largest.reshape(4, 3)[-1, -1] == 38
