"""An indicator through the years: nothing is computed across a break, on a hidden value, or from too few."""

from __future__ import annotations

import pytest

from layers import demonstration, measure, trend
from layers.demonstration.origin import JOB_YEARS
from layers.indicators import INDICATORS
from layers.series import MISSING, SUPPRESSED, VALUE, ZERO, Cell, Query
from layers.trend import Trend


def cell(value: float | None, state: str | None = None) -> Cell:
    return Cell("1", "Essai", value, state or (ZERO if value == 0 else VALUE), value, None)


def made(*cells: Cell, runs: tuple[tuple[int, ...], ...] | None = None) -> Trend:
    years = tuple(range(2015, 2015 + len(cells)))
    return Trend(years, cells, cells, runs or (years,), ())


def states(cells: tuple[Cell, ...]) -> list[str]:
    return [one.state for one in cells]


def test_an_index_is_100_in_its_base_and_proportional_to_the_values() -> None:
    found = trend.indices(t := made(cell(50.0), cell(75.0), cell(0.0)), t.metropole, 2015)
    assert [one.value for one in found] == [100.0, 150.0, 0.0]
    assert states(found) == [VALUE, VALUE, ZERO]


def test_no_index_across_a_break() -> None:
    t = made(cell(50.0), cell(75.0), cell(60.0), runs=((2015,), (2016, 2017)))
    assert [one.value for one in trend.indices(t, t.metropole, 2016)] == [None, 100.0, 80.0]
    assert states(trend.indices(t, t.metropole, 2015)) == [VALUE, MISSING, MISSING]


@pytest.mark.parametrize("state", [SUPPRESSED, MISSING])
def test_a_value_that_is_not_shown_gives_no_index(state: str) -> None:
    t = made(cell(50.0), cell(None, state), cell(10.0))
    assert states(trend.indices(t, t.metropole, 2015)) == [VALUE, state, VALUE]
    assert set(states(trend.indices(t, t.metropole, 2016))) == {state}


def test_a_hidden_base_hides_and_leaves_no_number_behind() -> None:
    t = made(cell(50.0), cell(None, SUPPRESSED))
    for one in trend.indices(t, t.metropole, 2016):
        assert (one.value, one.numerator, one.denominator) == (None, None, None)


def test_no_index_from_zero() -> None:
    t = made(cell(0.0), cell(75.0))
    assert set(states(trend.indices(t, t.metropole, 2015))) == {MISSING}


def test_a_change_in_per_cent_needs_enough_to_start_from() -> None:
    count, ratio = INDICATORS["actors"], INDICATORS["actors_per_1000"]
    assert trend.percent(cell(10.0), cell(12.0), count) == pytest.approx(20)
    assert trend.percent(cell(4.0), cell(12.0), count) is None
    assert trend.percent(cell(4.0), cell(5.0), ratio) == pytest.approx(25)
    for then, now in ((cell(0.0), cell(1.0)), (cell(None, MISSING), cell(9.0)), (cell(9.0), cell(None, SUPPRESSED))):
        assert trend.percent(then, now, ratio) is None


def test_a_trend_is_the_series_of_each_year_in_all_perimeters() -> None:
    release = demonstration.release()
    for perimeter in (85, 90, 95):
        found = trend.of(release, Query("jobs", perimeter=perimeter), "7")
        assert found.years == JOB_YEARS
        for year, area, metropole in zip(found.years, found.area or (), found.metropole, strict=True):
            series = measure.series(release, Query("jobs", year=year, perimeter=perimeter))
            assert (area, metropole) == (series.cell("7"), series.total)


def test_the_metropole_is_beside_nothing_but_itself() -> None:
    assert trend.of(demonstration.release(), Query("actors"), None).area is None
