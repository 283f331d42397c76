"""Breaks of series: each one of the registry breaks what it concerns, and nothing else."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from layers import demonstration, facts, measure, series_breaks
from layers.demonstration.jobs import CLAP_LAST
from layers.demonstration.origin import JOB_YEARS
from layers.dimensions import DIMENSIONS
from layers.indicators import INDICATORS
from layers.readers import READERS
from layers.series import Query
from layers.series_breaks import REGISTRY, SeriesBreak
from tests import factories
from tests.factories import LILLE, actor, grant

PER_BREAK = pytest.mark.parametrize("declared", REGISTRY.values(), ids=REGISTRY)
NO_READER = {"urssaf"}
"""Sources that no reader brings yet: what concerns them is declared, and waits."""


def post(year: int, source: str = "flores", **changes: Any) -> dict[str, Any]:
    return {
        "commune": LILLE, "year": year, "scope": "ess", "posts": 100.0, "establishments": 10.0, "largest": 20.0,
        "state": "value", "source": source, "vintage": str(year), "file_sha256": "", "row": 1, **changes,
    }  # fmt: skip


@PER_BREAK
def test_a_declaration_names_what_exists(declared: SeriesBreak) -> None:
    assert declared.key in REGISTRY
    assert set(declared.facts) <= set(facts.FACTS)
    assert set(declared.sources) <= {*READERS, *NO_READER}
    assert declared.dimension is None or declared.dimension in DIMENSIONS
    assert declared.sentence.endswith(".")
    assert declared.reference
    assert "{" not in declared.sentence


@PER_BREAK
def test_it_is_between_the_last_year_before_and_the_first_after(declared: SeriesBreak) -> None:
    for before, after in ((declared.first - 1, declared.first), (declared.first - 5, declared.first + 5)):
        assert declared.parts(before, after)
        assert declared.parts(after, before)
    assert not declared.parts(declared.first, declared.first + 5)
    assert not declared.parts(declared.first - 5, declared.first - 1)


@PER_BREAK
def test_it_is_one_of_its_facts_and_cuts_only(declared: SeriesBreak) -> None:
    for indicator in INDICATORS:
        made_of = {INDICATORS[indicator].numerator, INDICATORS[indicator].denominator}
        expected = not declared.of_region and (not declared.facts or bool(made_of & set(declared.facts)))
        cuts = [declared.dimension] if declared.dimension else []
        assert (declared in series_breaks.declared(indicator, cuts)) == expected
        if declared.dimension:
            assert declared not in series_breaks.declared(indicator)


def test_posts_before_flores_are_not_compared_with_those_after() -> None:
    release = demonstration.release()
    for key in ("jobs", "jobs_per_1000", "ess_job_share", "location_quotient"):
        (one,) = series_breaks.found(release, Query(key))
        assert (one.key, one.before, one.after) == ("clap-flores", CLAP_LAST, CLAP_LAST + 1)
        old, new = series_breaks.runs(release, Query(key))
        assert (*old, *new) == JOB_YEARS
        assert max(old) == CLAP_LAST
    assert series_breaks.found(release, Query("actors")) == ()


def test_two_years_are_across_a_break_where_they_are_in_two_runs() -> None:
    release = demonstration.release()
    query = Query("jobs")
    for one, other in combinations(JOB_YEARS, 2):
        together = series_breaks.run_of(release, query, one) == series_breaks.run_of(release, query, other)
        assert bool(series_breaks.across(release, query, one, other)) != together
        assert series_breaks.across(release, query, other, one) == series_breaks.across(release, query, one, other)


def test_other_sources_break_a_series() -> None:
    release = factories.release(actors=[actor(year=2018, source="sirene"), actor(year=2019), actor(year=2020)])
    (one,) = series_breaks.found(release, Query("actors"))
    assert (one.key, one.before, one.after) == (series_breaks.SOURCES, 2018, 2019)
    assert "2018" in one.told()
    assert series_breaks.runs(release, Query("actors")) == ((2018,), (2019, 2020))


def test_grants_of_another_stage_break_a_series() -> None:
    release = factories.release(grants=[grant(year=2019, kind="paid"), grant(year=2020, kind="voted")])
    assert [one.key for one in series_breaks.found(release, Query("grants_amount"))] == [series_breaks.STAGES]


def test_new_limits_of_neighbourhoods_break_only_what_is_cut_by_them() -> None:
    years = (2014, 2015, 2016, 2023, 2024)
    release = factories.release(actors=[actor(year=year, priority_area="QN05901M") for year in years])
    assert series_breaks.runs(release, Query("actors")) == (years,)
    assert series_breaks.runs(release, Query("actors", qpv="in")) == ((2014,), (2015, 2016, 2023), (2024,))


def test_apprentices_break_the_posts_of_urssaf_and_no_others() -> None:
    for source, keys in (("urssaf", ["urssaf-apprentis"]), ("flores", [])):
        release = factories.release(jobs=[post(2022, source), post(2023, source)])
        assert [one.key for one in series_breaks.found(release, Query("jobs"))] == keys


def test_two_municipal_populations_of_insee_are_one_series() -> None:
    release = factories.release(observations=factories.everywhere(year=2015))
    years = measure.years(release, "population")
    assert len(years) > 1, "one imported, one embedded"
    assert series_breaks.found(release, Query("population")) == ()
    assert series_breaks.runs(release, Query("population")) == (years,)
