from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import classing
from layers.breaks import METHODS, breaks, diverging
from layers.classing import FEWEST, MANUAL, MOST, Classing

bounds = st.lists(st.floats(1e-3, 1e6).map(lambda x: float(f"{x:.6g}")), min_size=1, max_size=MOST - 1, unique=True)
automatic = st.builds(
    Classing,
    st.sampled_from(METHODS),
    st.none() | st.integers(FEWEST, MOST),
    around_mean=st.booleans(),
    free=st.booleans(),
)
by_hand = bounds.map(lambda cut: Classing(MANUAL, None, tuple(sorted(cut))))
values = st.lists(st.floats(0.01, 1000), min_size=1, max_size=60)


@given(automatic | by_hand)
def test_a_key_is_read_back(made: Classing) -> None:
    assert classing.parse(made.key) == made


@pytest.mark.parametrize(
    "text",
    ["", "manual", "jenks-1", "jenks-8", "jenks-05", "manual-nan", "manual-3_1", "sturges", "jenks~"],
)
def test_anything_else_is_none(text: str) -> None:
    assert classing.parse(text) is None


@given(st.text(max_size=30))
def test_no_text_raises(text: str) -> None:
    found = classing.parse(text)
    assert found is None or found.key == text
    assert len(classing.read_bounds(text)) < MOST


@pytest.mark.parametrize(
    ("text", "read"),
    [("0,3 ; 0,5;0,75", (0.3, 0.5, 0.75)), ("10 2 2", (2.0, 10.0)), ("−1_0_1", (-1.0, 0.0, 1.0)), ("1;deux", ())],
)
def test_bounds_are_read_as_they_are_typed(text: str, read: tuple[float, ...]) -> None:
    assert classing.read_bounds(text) == read


@given(values, st.sampled_from(METHODS), st.integers(FEWEST, MOST), st.floats(0.02, 900))
def test_no_class_stands_on_both_sides_of_the_pivot(cut: list[float], method: str, k: int, pivot: float) -> None:
    made = diverging(cut, method, k, pivot)
    assert made.below is not None
    for value in cut:
        assert (made.index(value) < made.below) == (value < pivot)
    assert list(made.bounds) == sorted(set(made.bounds))
    assert len(made) <= 2 * max(1, k // 2)


@given(values, st.integers(FEWEST, MOST))
def test_round_bounds_are_multiples_of_one_step(cut: list[float], k: int) -> None:
    made = breaks(cut, "rounded", k)
    assert len(made) <= k
    if len(made.bounds) > 2:
        steps = [high - low for low, high in zip(made.bounds, made.bounds[1:], strict=False)]
        assert max(steps) == pytest.approx(min(steps))
