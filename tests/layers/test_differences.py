"""A map before and a map after are on one scale, and list what differs."""

from __future__ import annotations

import pytest

from layers import demonstration, differences
from tests import factories
from tests.factories import LILLE, ROUBAIX, TOURCOING
from tests.layers import invented


def with_structures(lille: int, roubaix: int) -> factories.Release:
    communes = [LILLE] * lille + [ROUBAIX] * roubaix + [TOURCOING] * 3
    return factories.release(actors=[invented.actor(n, commune) for n, commune in enumerate(communes)])


def test_both_sides_share_one_scale_and_the_greatest_difference_comes_first() -> None:
    found = differences.between(with_structures(10, 4), with_structures(11, 30), "actors")
    assert [(old.value, new.value) for old, new in found.changed] == [(4, 30), (10, 11)]
    assert len(found.before) == len(found.after) == 8
    bounds = found.scale.bounds
    assert any(10 < bound <= 30 for bound in bounds), "a bound that the former release alone would not have"
    assert all(bound <= 30 for bound in bounds)


def test_a_first_import_has_nothing_before() -> None:
    after = with_structures(10, 4)
    for before in (None, demonstration.release()):
        found = differences.between(before, after, "actors", "commune")
        assert {cell.state for cell in found.before} == {"missing"}
        assert (found.before_year, found.after_year) == (None, 2020)
        assert {old.code for old, _ in found.changed} == set(factories.COMMUNES)


def test_the_same_release_differs_in_nothing() -> None:
    release = with_structures(10, 4)
    assert all(
        differences.between(release, release, declared.key, level).changed == ()
        for declared, level in differences.comparable(release)
    )


def test_what_does_not_add_up_is_mapped_by_commune_only() -> None:
    release = factories.release(observations=factories.everywhere("median_income", 2021))
    levels = [level for declared, level in differences.comparable(release) if declared.key == "median_income"]
    assert levels == ["commune"]


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(KeyError):
        differences.between(None, with_structures(1, 1), "happiness")
