"""Location quotients of sectors and families."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.intervals import wilson
from layers.specialisation import specialisation


@pytest.mark.parametrize(
    ("share", "quotient"), [(9.6, 0.889), (10.4, 0.963), (11.9, 1.102), (12.5, 1.157), (19.9, 1.843)]
)
def test_the_published_vector(share: float, quotient: float) -> None:
    found = specialisation(share * 100, 10_000, 1080, 10_000)
    assert found is not None
    assert round(found.quotient, 3) == quotient


def test_few_units_say_nothing_of_a_place() -> None:
    made = specialisation(2, 8, 100, 1000)
    assert made is not None
    assert made.quotient == 2.5
    assert not made.told
    assert specialisation(2, 4, 100, 1000) is None
    assert specialisation(0, 10, 0, 1000) is None


@given(st.integers(5, 2000), st.integers(1, 500))
def test_a_place_like_the_metropole_is_not_specialised(whole: int, times: int) -> None:
    made = specialisation(whole // 2, whole, times * (whole // 2), times * whole)
    assert made is not None
    assert made.quotient == pytest.approx(1)
    assert not made.told
    assert (made.low, made.high) == wilson(whole // 2, whole)
