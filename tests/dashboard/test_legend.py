"""Legend: its classes are those painted, its circles those drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import legend
from dashboard.legend import SHARE, Scale
from layers.breaks import CLASSES, METHODS, Breaks
from layers.classing import Classing
from layers.indicators import INDICATORS
from layers.series import LEVELS
from tests.dashboard.invented_series import cell

amounts = st.one_of(st.integers(0, 5000).map(float), st.integers(0, 10**7).map(lambda cents: cents / 100))
lists = st.lists(amounts, max_size=60)
levels, methods = st.sampled_from(LEVELS), st.sampled_from(METHODS)
RATE, COUNT, SHARED = INDICATORS["actors_per_1000"], INDICATORS["actors"], INDICATORS["poverty_rate"]


@given(lists, levels, methods)
def test_every_value_is_painted_with_a_class_of_the_legend(values: list[float], level: str, method: str) -> None:
    made = legend.scale(values, level, Classing(method))
    labels = legend.labels(RATE, made)
    for value in values:
        mark = made.mark(cell("1", value))
        assert mark == "z" if not value else int(mark) < len(labels) <= CLASSES[level]


@given(lists, levels, methods)
def test_edges_rise_from_the_lowest_to_the_highest(values: list[float], level: str, method: str) -> None:
    made = legend.scale(values, level, Classing(method))
    edges = legend.edges(made)
    if not any(values):
        assert edges == legend.labels(RATE, made) == ()
        return
    assert len(edges) == len(legend.labels(RATE, made)) + 1
    assert all(low <= high for low, high in pairwise(edges))
    assert edges[-1] == SHARE


@given(lists, levels, methods)
def test_shares_follow_the_values(values: list[float], level: str, method: str) -> None:
    made = legend.scale(values, level, Classing(method))
    shares = [made.share(value) for value in sorted(values)]
    assert shares == sorted(shares)
    assert all(0 <= share <= SHARE for share in shares)


@given(st.lists(st.integers(0, 3000).map(float), min_size=1, max_size=60), levels, methods)
def test_bounds_of_counts_are_whole(values: list[float], level: str, method: str) -> None:
    assert all(bound.is_integer() for bound in legend.scale(values, level, Classing(method)).breaks.bounds)


@given(lists, levels, methods)
def test_the_circles_of_the_legend_are_round_numbers_within_the_data(
    values: list[float], level: str, method: str
) -> None:
    made = legend.scale(values, level, Classing(method))
    sizes = legend.sizes(COUNT, made)
    assert len(sizes) <= 3
    assert [share for _, share in sizes] == sorted({share for _, share in sizes}, reverse=True)
    assert all(0 <= share <= SHARE for _, share in sizes)


def test_labels_name_the_bounds() -> None:
    made = Scale(Breaks("jenks", (10.0, 12.5, 1000.0)), 3.0, 2000.0)
    assert legend.labels(RATE, made) == ("moins de 10", "10 à 12,5", "12,5 à 1\u202f000", "1\u202f000 et plus")
    assert legend.labels(SHARED, made)[0] == "moins de 10\u202f%"


def test_one_class_is_the_range_of_its_values() -> None:
    assert legend.labels(RATE, Scale(Breaks("jenks", ()), 3.0, 3.0)) == ("3,00",)
    assert legend.labels(RATE, Scale(Breaks("jenks", ()), 3.0, 4.0)) == ("3,00 à 4,00",)


def test_the_three_other_states_have_their_own_marks() -> None:
    made = legend.scale([1.0, 2.0, 9.0], "territory", Classing("jenks"))
    assert [made.mark(cell("1", told)) for told in (0, "s", "n.d.", 9.0)] == ["z", "s", "m", "2"]
    assert {mark for mark, _text in legend.STATES} == set(legend.MARKS.values())


def test_zeros_are_left_out_of_the_classes() -> None:
    assert legend.scale([0.0] * 50 + [5.0, 6.0], "commune", Classing("quantile")) == legend.scale(
        [5.0, 6.0], "commune", Classing("quantile")
    )


@pytest.mark.parametrize(
    ("highest", "labels"), [(1307, ["1\u202f000", "300", "50"]), (3, ["3"]), (18, ["10", "5", "1"]), (0, [])]
)
def test_circles(highest: float, labels: list[str]) -> None:
    made = Scale(Breaks("jenks", ()), min(1.0, highest), highest)
    assert [label for label, _ in legend.sizes(COUNT, made)] == labels


def test_an_amount_below_zero_is_as_large_as_it_is_and_on_its_side_of_zero() -> None:
    made = legend.scale([-5.0, 10.0], "territory", Classing("jenks"))
    assert (made.share(-5.0), made.share(10.0)) == (-legend.SHARE // 2, legend.SHARE)
    shares = dict(legend.sizes(INDICATORS["grants_amount"], made))
    assert [share for share in shares.values() if share < 0] == [-legend.SHARE // 2], "a hollow circle of the legend"
    assert legend.extents([5000, -2500, 0]) == [(66.7, 33.3), (33.3, 0.0), (0.0, 33.3)]


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([0.5, 0.7, 1.2, 1.9], "0257"),
        ([0.5, 1.2, 1.9], "257"),
        ([1.2, 1.9], "57"),
        ([0.5, 0.7], "02"),
        ([0.5], "0"),
    ],
)
def test_a_diverging_scale_has_its_colours_on_either_side_of_the_pivot(values: list[float], marks: str) -> None:
    made = legend.scale(values, "territory", Classing("jenks", 4), 1.0)
    assert made.marks == marks
    assert [made.mark(cell("1", value)) for value in values] == list(marks)
    assert made.dark == legend.DARK


def test_bounds_by_hand_are_those_of_the_legend_even_beyond_the_values() -> None:
    made = legend.scale([1.0, 2.0], "territory", Classing("manual", None, (1.5, 10.0)), 1.0)
    assert legend.labels(COUNT, made) == ("moins de 1,5", "1,5 à 10", "10 et plus")
    assert (made.marks, made.dark) == ("012", "2")
    assert list(legend.edges(made)) == sorted(legend.edges(made))
