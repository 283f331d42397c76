"""A ratio of two years says so, and is not given where they are too far from each other."""

from __future__ import annotations

import pytest

from dashboard import captions
from layers import measure, needs
from layers.facts import FURTHEST
from layers.indicators import INDICATORS
from layers.release import Release
from layers.series import MISSING, Query
from tests import factories
from tests.factories import COMMUNES, everywhere
from tests.layers.invented import grant

PEOPLE = 2021
"""Beside the year of the embedded population, which is later."""
FAR, NEAR = PEOPLE - FURTHEST - 1, PEOPLE - FURTHEST


@pytest.fixture(scope="module")
def release() -> Release:
    """Grants of each commune in the years around the one of the inhabitants."""
    years = (FAR, NEAR, PEOPLE)
    grants = [grant(commune=code, year=year, kind="voted") for code in COMMUNES for year in years]
    return factories.release(grants=grants, observations=everywhere(year=PEOPLE))


@pytest.mark.parametrize("level", ["territory", "commune"])
def test_a_ratio_stops_beyond_the_stated_distance_and_says_why(release: Release, level: str) -> None:
    far = measure.series(release, Query("grants_per_inhabitant", level, year=FAR))
    assert {cell.state for cell in (*far.cells, far.total)} == {MISSING}
    assert far.denominator_year is None
    assert [note for note in map(str, far.notes) if str(PEOPLE) in note and str(FURTHEST) in note]
    near = measure.series(release, Query("grants_per_inhabitant", level, year=NEAR))
    assert all(cell.value for cell in (*near.cells, near.total))
    assert near.denominator_year == PEOPLE


def test_funding_divides_by_the_same_years(release: Release) -> None:
    assert {cell.value for cell in needs.numbers(release, "population", year=FAR).values()} == {None}
    assert all(cell.value for cell in needs.numbers(release, "population", year=NEAR).values())
    assert (needs.told_in(release, "population", FAR), needs.told_in(release, "population", NEAR)) == (None, PEOPLE)


def test_the_year_of_a_figure_names_that_of_what_divides_it(release: Release) -> None:
    near, same = (measure.series(release, Query("grants_per_inhabitant", year=year)) for year in (NEAR, PEOPLE))
    assert captions.when(near) == f"{NEAR}, population {PEOPLE}"
    assert captions.when(same) == f"{PEOPLE}"


@pytest.mark.parametrize("key", [key for key, one in INDICATORS.items() if one.denominator])
def test_what_divides_of_another_year_has_a_name(key: str) -> None:
    """Areas have no year; grants and structures divide what is of their own year."""
    assert INDICATORS[key].denominator in {*captions.DENOMINATORS, "area_km2", "grants"}
