"""Change between two years: of what both sides show, of nothing across a break."""

from __future__ import annotations

import pytest

from layers import change, demonstration, measure
from layers.demonstration.jobs import CLAP_LAST
from layers.indicators import INDICATORS
from layers.intervals import LEAST_RATE
from layers.series import MISSING, SUPPRESSED, VALUE, Query
from tests import factories
from tests.factories import LILLE, ROUBAIX, actor


@pytest.mark.parametrize("perimeter", [85, 90, 95])
def test_a_change_is_the_difference_of_the_two_series(perimeter: int) -> None:
    release, query = demonstration.release(), Query("actors", perimeter=perimeter)
    found = change.between(release, query, 2023, 2019)
    assert (found.first, found.last, found.breaks) == (2019, 2023, ())
    then, now = (measure.series(release, Query("actors", year=y, perimeter=perimeter)) for y in (2019, 2023))
    for one, before, after in zip(
        (*found.areas, found.total), (*then.cells, then.total), (*now.cells, now.total), strict=True
    ):
        assert before.value is not None
        assert after.value is not None
        assert one.absolute == after.value - before.value
        assert one.percent == pytest.approx(100 * (after.value / before.value - 1))
    assert sum(one.absolute or 0 for one in found.areas) == found.total.absolute


def test_nothing_is_computed_across_a_break() -> None:
    found = change.between(demonstration.release(), Query("jobs"), CLAP_LAST, CLAP_LAST + 1)
    assert [one.key for one in found.breaks] == ["clap-flores"]
    for one in (*found.areas, found.total):
        assert (one.absolute, one.percent, one.state) == (None, None, MISSING)
        assert one.then.value is not None, "both values stay shown"


def test_what_is_hidden_in_either_year_hides_the_change() -> None:
    found = change.between(demonstration.release(), Query("jobs", "commune"), 2017, 2023)
    hidden = [one for one in found.areas if SUPPRESSED in (one.then.state, one.now.state)]
    assert hidden
    assert {(one.state, one.absolute, one.percent) for one in hidden} == {(SUPPRESSED, None, None)}
    assert any(one.state == VALUE for one in found.areas)


def test_no_per_cent_from_zero_or_from_few() -> None:
    rows = [actor(n, LILLE, year=2019) for n in range(4)] + [
        actor(n, place, year=2020) for place in (LILLE, ROUBAIX) for n in range(9)
    ]
    found = change.between(factories.release(actors=rows), Query("actors", "commune"), 2019, 2020)
    told = {one.now.code: (one.absolute, one.percent) for one in found.areas}
    assert told[LILLE] == (5.0, None)
    assert told[ROUBAIX] == (9.0, None)


def test_an_amount_has_a_per_cent_only_where_both_years_stand_on_five_grants() -> None:
    release = demonstration.release()
    stand_on = [key for key, one in INDICATORS.items() if one.stands_on is not None]
    assert set(stand_on) == {key for key, one in INDICATORS.items() if one.numerator == "amount"}
    found = change.between(release, Query("grants_amount", "commune"), 2020, 2023)
    counts = [
        {cell.code: cell.value or 0 for cell in measure.series(release, Query("grants_count", "commune", year=y)).cells}
        for y in (2020, 2023)
    ]
    told = {one.now.code: one for one in found.areas}
    few = {code for code in told if min(one[code] for one in counts) < LEAST_RATE}
    assert few
    assert {code for code, one in told.items() if one.percent is None} == few
    assert any(told[code].absolute for code in few), "the difference stays known"
