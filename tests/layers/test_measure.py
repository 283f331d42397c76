"""Queries: years, perimeters, what a source does not tell, and what is refused."""

from __future__ import annotations

import pytest

from geodata.perimeter import members
from layers import measure
from layers.release import Release
from layers.series import Cell, Query
from tests import factories
from tests.factories import AUBERS, LILLE, PROVIN, ROUBAIX, actor, everywhere, grant


def yearly(**counts: int) -> Release:
    """As many structures a year as told, as in ``y2019=3``."""
    return factories.release(actors=[actor(year=int(year[1:])) for year, n in counts.items() for _ in range(n)])


def test_the_year_shown_first_is_the_latest_that_holds_at_least_half_of_the_fullest() -> None:
    assert measure.default_year(yearly(y2018=10, y2019=5, y2020=4), "actors") == 2019
    assert measure.default_year(yearly(y2018=10, y2019=12, y2020=11), "actors") == 2020
    assert measure.default_year(factories.release(), "actors") is None
    assert measure.series(yearly(y2018=10, y2019=5, y2020=4), Query("actors")).query.year == 2019


def test_any_year_of_the_release_can_be_asked_for() -> None:
    release = yearly(y2018=10, y2020=4)
    assert measure.years(release, "actors") == (2018, 2020)
    assert measure.series(release, Query("actors", year=2020)).total.value == 4


def test_a_year_that_is_not_held_is_refused() -> None:
    with pytest.raises(ValueError, match="no year 2019"):
        measure.series(yearly(y2018=1, y2020=1), Query("actors", year=2019))


@pytest.mark.parametrize(("year", "divided"), [(2010, 2013), (2014, 2013), (2016, 2015), (2020, 2022)])
def test_the_denominator_is_of_the_nearest_year_and_says_which(year: int, divided: int) -> None:
    release = factories.release(
        grants=[grant(year=year, commune=LILLE)], observations=[*everywhere(year=2013), *everywhere(year=2015)]
    )
    series = measure.series(release, Query("grants_per_inhabitant"))
    people = measure.series(release, Query("population", year=divided))
    assert series.denominator_year == divided
    assert [cell.denominator for cell in series.cells] == [cell.value for cell in people.cells]


@pytest.mark.parametrize(("perimeter", "gone"), [(95, set()), (90, {PROVIN}), (85, {PROVIN, AUBERS})])
def test_a_perimeter_drops_those_who_entered_later_and_only_them(perimeter: int, gone: set[str]) -> None:
    release = factories.release(actors=[actor(commune=code) for code in (LILLE, AUBERS, PROVIN)])
    communes = measure.series(release, Query("actors", "commune", perimeter=perimeter))
    assert {cell.code for cell in communes.cells} == set(members(perimeter))
    assert len(communes.cells) == perimeter
    assert {cell.code for cell in communes.cells if cell.value} == {LILLE, AUBERS, PROVIN} - gone
    territories = measure.series(release, Query("actors", perimeter=perimeter))
    assert territories.total.value == 3 - len(gone)
    assert territories.cell("7").value == (PROVIN not in gone)
    assert territories.cell("1").value == (AUBERS not in gone)


def test_entrants_leave_the_denominators_too() -> None:
    release = factories.release(actors=[actor(commune=LILLE)])
    people = {p: measure.series(release, Query("actors_per_1000", perimeter=p)).total.denominator for p in (85, 90, 95)}
    entered = factories.geography().communes["population"]
    for wide, narrow in ((95, 90), (90, 85)):
        gone = set(members(wide)) - set(members(narrow))
        assert (people[wide] or 0) - (people[narrow] or 0) == entered[sorted(gone)].sum()


def test_a_sector_is_not_invented_for_a_source_that_does_not_tell_it() -> None:
    release = factories.release(grants=[grant(sector=None, family="association")])
    series = measure.series(release, Query("grants_amount", sector="commerce"))
    assert series.count("missing") == 8
    assert tuple(map(str, series.notes)) == ("Les sources de 2010 ne donnent pas le secteur : filtre sans objet.",)
    assert measure.series(release, Query("grants_amount", family="association")).total.value == 1500


def test_a_family_is_not_invented_either() -> None:
    release = factories.release(grants=[grant(sector="divers", family=None)])
    series = measure.series(release, Query("grants_amount", sector="divers", family="mutuelle"))
    assert tuple(map(str, series.notes)) == ("Les sources de 2010 ne donnent pas la famille : filtre sans objet.",)


def test_sectors_are_told_year_by_year() -> None:
    release = factories.release(grants=[grant(year=2010, sector=None), grant(year=2015, sector="divers")])
    told = [measure.series(release, Query("grants_count", sector="divers", year=year)) for year in (2010, 2015)]
    assert [series.count("missing") for series in told] == [8, 0]


def test_a_filter_on_what_has_no_sector_is_missing() -> None:
    series = measure.series(factories.release(), Query("population", sector="divers"))
    assert (series.count("missing"), len(series.notes)) == (8, 1)


@pytest.mark.parametrize(
    ("query", "error"),
    [
        (Query("chance"), KeyError),
        (Query("actors", sector="magie"), KeyError),
        (Query("actors", family="magie"), KeyError),
        (Query("actors", level="quartier"), ValueError),
        (Query("actors", perimeter=87), ValueError),
    ],
)
def test_an_unknown_query_is_refused(query: Query, error: type[Exception]) -> None:
    with pytest.raises(error):
        measure.series(factories.release(actors=[actor()]), query)


def test_what_has_no_commune_is_apart() -> None:
    release = factories.release(grants=[grant(cents=10_000), grant(commune=None, cents=70_000)])
    series = measure.series(release, Query("grants_amount"))
    assert series.total.value == sum(cell.value or 0 for cell in series.cells) == 100
    assert measure.unlocated(release, Query("grants_amount", year=2010)) == 700
    assert measure.unlocated(release, Query("grants_amount", year=1999)) == 0
    assert measure.unlocated(release, Query("population", year=2022)) == 0


def test_a_record_outside_the_metropole_is_in_no_area() -> None:
    release = factories.release(actors=[actor(commune="75056"), actor(commune=LILLE)])
    assert measure.series(release, Query("actors")).total.value == 1


def test_available_needs_the_numerator_and_the_denominator() -> None:
    release = factories.release(actors=[actor()], grants=[grant()])
    told = {
        key: measure.available(release, key) for key in ("actors", "grants_per_inhabitant", "grants_per_job", "jobs")
    }
    assert told == {"actors": True, "grants_per_inhabitant": True, "grants_per_job": False, "jobs": False}


def test_equal_values_share_the_better_rank() -> None:
    found = tuple(
        Cell(code, code, value, "value", value, None) for code, value in zip("abcd", (3.0, 7.0, 3.0, 1.0), strict=True)
    )
    assert measure.ranks((*found, Cell("e", "e", None, "missing", None, None))) == {"a": 2, "b": 1, "c": 2, "d": 4}


def test_cells_are_in_the_order_of_their_codes_with_their_names() -> None:
    series = measure.series(factories.release(actors=[actor()]), Query("actors", "commune"))
    codes = [cell.code for cell in series.cells]
    assert codes == sorted(codes)
    assert series.cell(ROUBAIX).name == "Roubaix"
    assert (series.total.code, series.total.name) == ("mel", "Métropole")


def test_the_bucket_without_commune_follows_the_choice() -> None:
    grants = [
        factories.grant(1, 10_000, None, sector="commerce"),
        factories.grant(2, 5_000, None, sector=None),
        factories.grant(3, 1_000, LILLE, sector="commerce"),
    ]
    shown = factories.release(grants=grants)
    cell = measure.nowhere(shown, Query("grants_amount", sector="commerce"))
    assert cell is not None
    assert (cell.code, cell.value, cell.state, cell.numerator) == ("sans-commune", 100, "value", 100)
    ratio = measure.nowhere(shown, Query("grants_per_inhabitant"))
    assert ratio is not None
    assert (ratio.value, ratio.state, ratio.numerator) == (None, "missing", 150)
    assert measure.nowhere(shown, Query("grants_amount", sector="divers")) is None
    assert measure.series(shown, Query("grants_amount")).total.value == 10
