"""The facts: structures of the ESS alone, beneficiaries once a year, euros from cents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers import facts, measure
from layers.series import Query
from tests import factories
from tests.factories import LILLE, ROUBAIX, TOURCOING, actor, everywhere, grant

PEOPLE = 1_194_040
"""Municipal population of the 95 communes in 2022."""


def count(release: object, indicator: str, level: str = "commune") -> dict[str, float]:
    series = measure.series(release, Query(indicator, level))  # type: ignore[arg-type]
    return {cell.code: cell.value for cell in series.cells if cell.value}


def test_a_record_to_review_is_not_counted() -> None:
    release = factories.release(actors=[actor(), actor(ess="to_review")])
    assert count(release, "actors") == {LILLE: 1}


def test_cents_become_euros() -> None:
    assert count(factories.release(grants=[grant(cents=150_050)]), "grants_amount") == {LILLE: 1500.5}


def test_a_beneficiary_is_counted_once_a_year() -> None:
    release = factories.release(grants=[grant(name="A"), grant(name="A"), grant(name="B"), grant(name="A", year=2011)])
    assert facts.cube(release, "beneficiaries").values.sum(axis=(1, 2, 3)).tolist() == [2, 1]


@pytest.mark.parametrize("known", [{"siren": "100000009"}, {"siret": "10000000900017"}, {"rna": "W595000001"}])
def test_an_identifier_wins_over_a_name(known: dict[str, str]) -> None:
    release = factories.release(grants=[grant(name="Essai", **known), grant(name="ESSAI (Lille)", **known)])
    assert count(release, "grants_beneficiaries") == {LILLE: 1}


def test_a_beneficiary_is_where_it_receives_most_in_all() -> None:
    rows = [grant(name="A", commune=ROUBAIX, cents=600), grant(name="A", commune=ROUBAIX, cents=600)]
    release = factories.release(grants=[grant(name="A", commune=LILLE, cents=1000), *rows])
    assert count(release, "grants_beneficiaries") == {ROUBAIX: 1}


def test_a_beneficiary_with_a_commune_is_not_left_without_one() -> None:
    rows = [grant(name="A", commune=None, cents=9000), grant(name="A", commune=TOURCOING, cents=1)]
    release = factories.release(grants=rows)
    assert count(release, "grants_beneficiaries") == {TOURCOING: 1}
    assert measure.unlocated(release, Query("grants_beneficiaries", year=2010)) == 0


@settings(max_examples=50)
@given(st.lists(factories.grants(), max_size=25))
def test_beneficiaries_are_the_distinct_names_of_the_year(rows: list[dict[str, object]]) -> None:
    release = factories.release(grants=rows)
    built = facts.cube(release, "beneficiaries")
    for i, year in enumerate(built.years):
        names = release.grants.loc[release.grants["year"] == year, "name"].nunique()
        assert built.values[i].sum() + built.unlocated[i] == names


def test_the_embedded_population_serves_where_none_is_imported() -> None:
    release = factories.release()
    series = measure.series(release, Query("population"))
    assert (series.query.year, series.total.value, series.sources) == (2022, PEOPLE, ("geography",))


def test_imported_populations_come_beside_the_embedded_one() -> None:
    release = factories.release(observations=everywhere(year=2015))
    assert measure.years(release, "population") == (2015, 2022)
    assert measure.series(release, Query("population", year=2015)).sources == ("population",)


def test_an_imported_population_of_the_embedded_year_wins() -> None:
    release = factories.release(observations=everywhere(year=2022))
    series = measure.series(release, Query("population"))
    assert series.sources == ("population",)
    assert series.total.value == sum(1000 * (i + 1) for i in range(95))


def test_jobs_are_in_no_release_yet() -> None:
    release = factories.release()
    assert [facts.is_usable(facts.cube(release, fact)) for fact in ("jobs", "all_jobs", "jobs_expected")] == [False] * 3


def test_a_fact_is_built_once() -> None:
    release = factories.release(actors=[actor()])
    assert facts.cube(release, "actors") is facts.cube(release, "actors")


def test_an_unknown_fact_is_refused() -> None:
    with pytest.raises(KeyError):
        facts.cube(factories.release(), "chance")
