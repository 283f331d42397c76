"""Intervals of counts and proportions, against scipy and the published vectors."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from scipy.stats import poisson as law

from layers import intervals
from layers.indicators import INDICATORS, POISSON, WILSON
from layers.intervals import interval, poisson, wilson
from layers.series import Cell, Query
from tests.factories import LILLE, ROUBAIX, release
from tests.layers.invented import actor, grant


def cell(value: float | None, numerator: float | None, denominator: float | None = None) -> Cell:
    return Cell("3", "Essai", value, "value" if value else "missing", numerator, denominator)


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


def test_a_rate_has_the_interval_of_what_it_counts() -> None:
    indicator = INDICATORS["actors_per_1000"]
    low, high = poisson(6)
    assert interval(indicator, cell(0.06, 6, 100_000)) == pytest.approx((low / 100, high / 100))


def test_a_share_has_the_interval_of_a_proportion() -> None:
    indicator = INDICATORS["social_housing_share"]
    low, high = wilson(20, 80)
    assert interval(indicator, cell(25.0, 20, 80)) == pytest.approx((100 * low, 100 * high))


def test_what_has_no_value_or_is_no_draw_has_no_interval() -> None:
    assert interval(INDICATORS["actors"], cell(None, None)) is None
    assert interval(INDICATORS["grants_amount"], cell(1000.0, 1000.0)) is None


def test_only_counts_and_ratios_of_counts_have_a_model() -> None:
    for indicator in INDICATORS.values():
        assert indicator.chance in (None, POISSON, WILSON)
        if indicator.chance == WILSON:
            assert (indicator.kind, indicator.scale, indicator.unit) == ("ratio", 100, "%")
        if indicator.numerator in ("amount", "jobs") or indicator.kind == "level":
            assert indicator.chance is None, indicator.key


def test_values_are_apart_when_their_intervals_are() -> None:
    indicator = INDICATORS["actors"]
    assert intervals.apart(indicator, cell(10.0, 10), cell(40.0, 40))
    assert not intervals.apart(indicator, cell(10.0, 10), cell(20.0, 20))
    assert not intervals.apart(indicator, cell(10.0, 10), cell(40.0, 40), 1 - 1e-9)
    assert intervals.apart(replace(indicator, chance=None), cell(10.0, 10), cell(11.0, 11))


def test_behind_an_amount_are_its_grants() -> None:
    shown = release(
        actors=[actor(1, LILLE)], grants=[grant(1, 999_900, LILLE), grant(2, 100, LILLE), grant(3, 5, ROUBAIX)]
    )
    counted = intervals.units(shown, Query("grants_per_inhabitant"))
    assert (counted.cell("8").numerator, counted.cell("3").numerator, counted.total.numerator) == (2, 1, 3)
    assert intervals.units(shown, Query("actors")).total.numerator == 1


@pytest.mark.parametrize(("number", "told"), [(4, False), (5, True), (None, False), (math.inf, True)])
def test_enough(number: float | None, told: bool) -> None:
    assert intervals.enough(cell(number, number)) is told


@pytest.mark.parametrize(("grants", "told"), [(10, False), (100, True)])
def test_an_amount_is_as_firm_as_its_grants(grants: int, told: bool) -> None:
    behind = cell(float(grants), grants)
    assert intervals.firm(cell(1000.0, 1000), cell(1500.0, 1500), behind, behind) is told
    assert not intervals.firm(cell(1000.0, 1000), cell(9000.0, 9000), cell(None, None), behind)
