"""Intervals of counts, proportions and amounts, against scipy, the published vectors and the bootstrap."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from scipy.stats import poisson as law

from layers import intervals
from layers.indicators import INDICATORS, POISSON, WILSON
from layers.intervals import poisson, wilson


def test_six_laureates_may_be_two_or_thirteen() -> None:
    low, high = poisson(6)
    assert (round(low, 1), round(high, 1)) == (2.2, 13.1)


@pytest.mark.parametrize(("count", "bounds"), [(0, (0, 3.689)), (1, (0.0253, 5.572)), (10, (4.795, 18.39))])
def test_bounds_of_small_counts(count: int, bounds: tuple[float, float]) -> None:
    assert poisson(count) == pytest.approx(bounds, rel=1e-3, abs=1e-9)


@given(st.integers(1, 5000), st.sampled_from([0.8, 0.95, 0.999]))
def test_each_bound_leaves_its_tail(count: int, confidence: float) -> None:
    low, high = poisson(count, confidence)
    tail = (1 - confidence) / 2
    assert law.sf(count - 1, low) == pytest.approx(tail, rel=1e-6)
    assert law.cdf(count, high) == pytest.approx(tail, rel=1e-6)


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from([0.9, 0.95]))
def test_proportions_are_those_of_scipy(pair: tuple[int, int], confidence: float) -> None:
    expected = binomtest(*pair).proportion_ci(confidence, method="wilson")
    assert wilson(*pair, confidence) == pytest.approx((expected.low, expected.high), abs=1e-9)


@pytest.mark.parametrize("asked", [(-1, 0.95), (3, 0.0), (3, 1.0)])
def test_a_count_must_be_one(asked: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="no interval"):
        poisson(*asked)


@pytest.mark.parametrize("asked", [(2, 1), (-1, 3), (0, 0)])
def test_a_proportion_must_be_one(asked: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="no interval"):
        wilson(*asked)


def test_only_counts_and_ratios_of_counts_have_a_model() -> None:
    for indicator in INDICATORS.values():
        assert indicator.chance in (None, POISSON, WILSON)
        if indicator.chance == WILSON:
            assert (indicator.kind, indicator.scale, indicator.unit) == ("ratio", 100, "%")
        if indicator.numerator in ("amount", "jobs") or indicator.kind == "level":
            assert indicator.chance is None, indicator.key


def drawn(sizes: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Bounds of what a sum of so many amounts may be, by drawing it again: how many they are, then which."""
    source = np.random.Generator(np.random.PCG64(20))
    many = source.poisson(len(sizes), 4000)
    sums = [source.choice(sizes, number).sum() for number in many]
    low, high = np.quantile(sums, [0.025, 0.975])
    return float(low), float(high)


@pytest.mark.parametrize("number", [20, 60, 300])
@pytest.mark.parametrize("spread", [0.0, 0.8, 1.3])
def test_the_interval_of_an_amount_is_as_wide_as_its_bootstrap(number: int, spread: float) -> None:
    sizes = 1000 * np.exp(np.random.Generator(np.random.PCG64(number)).normal(0, spread, number))
    low, high = intervals.amount(number, sizes.sum(), (sizes**2).sum())
    least, most = drawn(sizes)
    assert 0.85 < (high - low) / (most - least) < 1.35
    if spread > 1:
        counted = [sizes.mean() * end for end in poisson(number)]
        assert (most - least) / (counted[1] - counted[0]) > 1.3  # what chance does to the number alone is too narrow


def test_an_amount_of_equal_grants_is_as_firm_as_their_number() -> None:
    assert intervals.amount(6, 600.0, 60_000.0) == pytest.approx([100 * end for end in poisson(6)])


def test_recoveries_make_an_amount_less_firm() -> None:
    sizes = np.array([1000.0] * 12 + [-400.0] * 3)
    low, high = intervals.amount(15, sizes.sum(), (sizes**2).sum(), 1200.0)
    least, most = drawn(sizes)
    assert low == pytest.approx(least, abs=1500)
    assert high == pytest.approx(most, abs=1500)
    assert intervals.amount(2, -500.0, 350_000.0, 700.0)[0] < -500.0


@pytest.mark.parametrize("asked", [(0, 0.0, 0.0), (-1, 5.0, 5.0), (3, 5.0, -1.0)])
def test_an_amount_must_be_of_some(asked: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="no interval"):
        intervals.amount(*asked)
