"""Rules of sharing: every cent is given, none is made, and each rule does what its words say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.allocation import RULES, Given, budgets, proportional

CODES = "12345678"
NEEDS = st.lists(st.floats(0, 1e6, allow_nan=False), min_size=8, max_size=8).filter(lambda need: sum(need) > 1e-3)
CENTS = st.integers(0, 10**11)
EXISTING = st.lists(st.integers(0, 10**8), min_size=8, max_size=8)


@pytest.mark.parametrize("key", RULES)
@given(budget=CENTS, need=NEEDS, existing=EXISTING, floor=st.integers(0, 10**9))
def test_every_cent_is_given(key: str, budget: int, need: list[float], existing: list[int], floor: int) -> None:
    asked = Given(budget, dict(zip(CODES, need, strict=True)), dict(zip(CODES, existing, strict=True)), floor)
    shared = RULES[key].share(asked)
    assert sum(shared.values()) == budget
    assert list(shared) == list(CODES)
    assert min(shared.values()) >= 0
    if key == "floor":
        assert min(shared.values()) >= min(floor, budget // 8)
    if key == "keep" and budget >= sum(existing):
        assert all(shared[code] >= had for code, had in zip(CODES, existing, strict=True))
    if key == "keep" and budget < sum(existing):
        assert all(shared[code] <= had + 1 for code, had in zip(CODES, existing, strict=True))


@given(budget=CENTS, need=NEEDS)
def test_shares_are_within_a_cent_of_exact(budget: int, need: list[float]) -> None:
    shared = proportional(budget, dict(zip(CODES, need, strict=True)))
    for code, one in zip(CODES, need, strict=True):
        assert abs(shared[code] - budget * one / sum(need)) <= 1 + budget * 1e-12


def test_more_need_never_gets_less() -> None:
    shared = proportional(1001, {"1": 3, "2": 1, "3": 1, "4": 0})
    assert shared == {"1": 601, "2": 200, "3": 200, "4": 0}


def test_what_cannot_be_shared_is_refused() -> None:
    for budget, need in ((-1, {"1": 1.0}), (1, {"1": 0.0}), (1, {"1": -1.0, "2": 2.0})):
        with pytest.raises(ValueError, match="0 or more"):
            proportional(budget, need)


@given(st.integers(1, 10**9), st.floats(0, 100), st.integers(1, 6))
def test_budgets_grow(first: int, growth: float, years: int) -> None:
    found = budgets(first * 100, growth, years)
    assert len(found) == years
    assert found[0] == first * 100
    assert list(found) == sorted(found)
    assert all(one % 100 == 0 for one in found)
