"""Class breaks: every value in one class, rounded bounds that change no class."""

from __future__ import annotations

import doctest
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import breaks as module
from layers.breaks import METHODS, Breaks, breaks, roundest

numbers = st.one_of(
    st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False),
    st.integers(-50, 50).map(float),
    st.integers(0, 10**9).map(lambda cents: cents / 100),
)
lists = st.lists(numbers, min_size=1, max_size=60)
methods = st.sampled_from(METHODS)
classes = st.integers(1, 7)


def members(made: Breaks, values: Sequence[float]) -> list[list[float]]:
    found: list[list[float]] = [[] for _ in range(len(made))]
    for value in values:
        found[made.index(value)].append(value)
    return found


@given(lists, methods, classes)
def test_every_value_is_in_one_class_among_at_most_k(values: list[float], method: str, k: int) -> None:
    made = breaks(values, method, k)
    assert 1 <= len(made) <= k
    assert sum(map(len, members(made, values))) == len(values)


@given(lists, methods, classes)
def test_bounds_rise_inside_the_range(values: list[float], method: str, k: int) -> None:
    bounds = breaks(values, method, k).bounds
    assert all(low < high for low, high in pairwise(bounds))
    assert all(min(values) < bound <= max(values) for bound in bounds)


@given(lists, methods, classes)
def test_classes_follow_the_order_of_the_values(values: list[float], method: str, k: int) -> None:
    made = breaks(values, method, k)
    indices = [made.index(value) for value in sorted(values)]
    assert indices == sorted(indices)


@given(lists, st.sampled_from(["jenks", "quantile"]), classes)
def test_no_class_is_empty(values: list[float], method: str, k: int) -> None:
    assert all(members(breaks(values, method, k), values))


@given(lists, st.sampled_from(["jenks"]), classes)
def test_there_are_k_classes_where_there_are_k_values(values: list[float], method: str, k: int) -> None:
    assert len(breaks(values, method, k)) == min(k, len(set(values)))


@given(lists, methods, classes)
def test_the_order_of_the_values_does_not_matter(values: list[float], method: str, k: int) -> None:
    assert breaks(values, method, k) == breaks(list(reversed(values)), method, k)


@given(st.lists(numbers, min_size=4, max_size=60, unique=True), st.integers(1, 6))
def test_quantiles_are_of_nearly_equal_numbers_without_ties(values: list[float], k: int) -> None:
    sizes = [len(kept) for kept in members(breaks(values, "quantile", k), values)]
    if len(values) >= k:
        assert len(sizes) == k
        assert max(sizes) - min(sizes) <= 2


def test_quantiles_keep_equal_values_together() -> None:
    values = [0.0] * 7 + [1.0, 2.0, 3.0]
    made = breaks(values, "quantile", 4)
    assert {made.index(0.0)} == {made.index(value) for value in values[:7]} == {0}
    assert len(made) < 4


@given(st.lists(numbers, min_size=2, max_size=40, unique=True), st.integers(2, 6))
def test_equal_intervals_are_equal_but_for_the_rounding(values: list[float], k: int) -> None:
    low, high = min(values), max(values)
    step = (high - low) / min(k, len(values))
    for bound in breaks(values, "equal", k).bounds:
        nearest = round((bound - low) / step)
        assert abs(bound - low - nearest * step) <= step / 20 * 1.001 + 1e-9


@given(st.lists(st.integers(-500, 5_000), min_size=25, max_size=40, unique=True), classes)
def test_a_bound_of_equal_classes_is_made_round_without_moving_any_value(values: list[int], k: int) -> None:
    made = breaks(values, "equal", k)
    low, high, kinds = min(values), max(values), min(k, len(set(values)))
    exact = [min((value - low) * kinds // (high - low), kinds - 1) if high > low else 0 for value in values]
    classes_of = {step: {made.index(value) for value, at in zip(values, exact, strict=True) if at == step}
                  for step in set(exact)}  # fmt: skip
    assert all(len(found) == 1 for found in classes_of.values())
    assert len(set().union(*classes_of.values())) == len(classes_of)


def test_a_value_equal_to_a_bound_is_in_the_class_above() -> None:
    made = Breaks("jenks", (10.0, 20.0))
    assert [made.index(value) for value in (9.99, 10.0, 19.99, 20.0)] == [0, 1, 1, 2]


@pytest.mark.parametrize("values", [[5.0], [5.0, 5.0, 5.0]])
def test_one_value_makes_one_class(values: list[float]) -> None:
    assert breaks(values, "jenks", 4) == Breaks("jenks", ())


@pytest.mark.parametrize(
    ("values", "method", "k"),
    [([1.0, np.nan], "jenks", 3), ([1.0, np.inf], "equal", 3), ([1.0, 2.0], "kmeans", 3), ([1.0, 2.0], "jenks", 0)],
)
def test_what_has_no_classes_is_refused(values: list[float], method: str, k: int) -> None:
    with pytest.raises(ValueError, match=r"class breaks|unknown method"):
        breaks(values, method, k)


@given(numbers, numbers)
def test_the_roundest_number_is_above_low_and_at_most_high(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    if low == high:
        with pytest.raises(ValueError, match="no number"):
            roundest(low, high)
    else:
        assert low < roundest(low, high) <= high


@pytest.mark.parametrize(
    ("low", "high", "round_"),
    [
        (9.4, 10.8, 10),
        (99, 101, 100),
        (1.23, 1.27, 1.25),
        (-3, 4, 0),
        (-0.5, 0, 0),
        (3.4, 3.5, 3.5),
        (41_200, 58_900, 50_000),
    ],
)
def test_the_roundest_number_is_one_a_reader_expects(low: float, high: float, round_: float) -> None:
    assert roundest(low, high) == round_


def test_the_examples_of_the_docstrings() -> None:
    assert doctest.testmod(module).failed == 0
