"""Natural breaks against jenkspy: bounds differ, since ours are rounded, but no class is better."""

from __future__ import annotations

import jenkspy
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from layers.breaks import breaks

values_of_any_kind = st.one_of(
    st.lists(st.integers(0, 400).map(float), min_size=4, max_size=40),
    st.lists(st.integers(0, 10**6).map(lambda cents: cents / 100), min_size=4, max_size=40),
)


def deviation(values: list[float], indices: list[int]) -> float:
    """Sum of squared deviations from the mean of each class."""
    array, at = np.asarray(values), np.asarray(indices)
    return float(sum(((array[at == i] - array[at == i].mean()) ** 2).sum() for i in set(indices)))


def ours(values: list[float], k: int) -> float:
    made = breaks(values, "jenks", k)
    return deviation(values, [made.index(value) for value in values])


def theirs(values: list[float], k: int) -> float:
    """jenkspy closes its classes above: a value equal to a bound is in the class below."""
    bounds = jenkspy.jenks_breaks(values, n_classes=k)[1:-1]
    return deviation(values, [int(np.searchsorted(bounds, value, side="left")) for value in values])


@given(values_of_any_kind, st.integers(2, 5))
def test_no_other_classes_are_tighter(values: list[float], k: int) -> None:
    assume(len(set(values)) >= k)
    assert ours(values, k) == pytest.approx(theirs(values, k), rel=1e-6, abs=1e-6)


def test_the_groups_that_an_eye_sees() -> None:
    values = [1.0, 2.0, 3.0, 40.0, 41.0, 42.0, 90.0, 91.0]
    made = breaks(values, "jenks", 3)
    assert [made.index(value) for value in values] == [0, 0, 0, 1, 1, 1, 2, 2]
    assert made.bounds == (25.0, 50.0)
