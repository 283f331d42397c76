"""The slider of the years: a stop for each, breaks marked, idle where there is nothing to go through."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.pages.timeline import timeline
from layers import demonstration, measure
from layers.demonstration.jobs import CLAP_LAST
from layers.demonstration.origin import JOB_YEARS, YEARS
from layers.release import Release
from tests import factories
from tests.factories import actor, view


def made(release: Release | None = None, **state: Any) -> Any:
    return timeline(view(release or demonstration.release(), **state))


@pytest.mark.parametrize(("indicator", "years"), [("actors", YEARS), ("jobs", JOB_YEARS)])
def test_there_is_a_stop_for_each_year_and_it_stands_at_the_one_shown(indicator: str, years: tuple[int, ...]) -> None:
    shown = made(indicator=indicator)
    assert tuple(stop.year for stop in shown.stops) == years
    assert shown.stops[shown.at].year == measure.default_year(demonstration.release(), indicator)
    assert not shown.idle
    for year in years:
        assert (again := made(indicator=indicator, year=year)).stops[again.at].year == year


def test_the_first_year_after_a_break_is_marked_and_the_break_is_told() -> None:
    shown = made(indicator="jobs")
    assert [stop.year for stop in shown.stops if stop.broken] == [CLAP_LAST + 1]
    assert "Flores" in shown.why
    assert made(indicator="actors").why == ""


def test_a_single_year_or_none_is_idle_and_says_so() -> None:
    one = made(factories.release(actors=[actor()]), indicator="actors")
    assert (one.idle, one.at) == (True, 0)
    assert "2020" in one.why
    none = made(factories.release(actors=[actor()]), indicator="jobs")
    assert none.idle
    assert none.why.startswith("Aucune année")
