"""The figures that the official files are known to give, from the files to the series."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.perimeter import members
from layers import choices, measure
from layers.release import Release
from layers.series import Query, Series
from layers.store import Store
from tests import factories

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def release(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    return factories.real_release(shared_data, Store(tmp_path_factory.mktemp("store")))


def series(release: Release, indicator: str, level: str = "territory", **asked: object) -> Series:
    return measure.series(release, Query(indicator, level, **asked))  # type: ignore[arg-type]


def test_the_state_gave_25_291_590_euros_to_396_associations(release: Release) -> None:
    amounts, beneficiaries = series(release, "grants_amount"), series(release, "grants_beneficiaries")
    assert (amounts.query.year, amounts.total.value) == (2010, 25_291_590)
    assert sum(cell.value or 0 for cell in amounts.cells) == 25_291_590
    assert min(cell.value or 0 for cell in amounts.cells) > 0
    found = [cell.value for cell in beneficiaries.cells]
    assert (beneficiaries.total.value, min(found), max(found)) == (396, 2, 267)  # type: ignore[type-var]


def test_the_euros_without_a_commune_are_apart(release: Release) -> None:
    cents = release.grants["amount_cents"]
    apart = measure.unlocated(release, Query("grants_amount", year=2010))
    assert apart == cents[release.grants["commune"].isna()].sum() / 100
    assert series(release, "grants_amount").total.value == pytest.approx(cents.sum() / 100 - apart)


@pytest.mark.parametrize("key", ["sector", "family", "size", "employer", "qpv", "instrument"])
def test_the_choices_of_a_filter_share_out_every_euro(release: Release, key: str) -> None:
    whole = Query("grants_amount", year=2010)
    offered = choices.offered(release, "grants_amount").get(key, {})
    parts = [whole.filtered(key, slug) for slug in offered]
    assert parts or not choices.is_told(release, "grants_amount", key, 2010)
    if parts:
        shared = sum(series(release, "grants_amount", year=2010, **{key: slug}).total.value or 0 for slug in offered)
        assert shared == pytest.approx(25_291_590)
        apart = sum(measure.unlocated(release, part) for part in parts)
        assert apart == pytest.approx(measure.unlocated(release, whole))


@pytest.mark.parametrize(("year", "people"), [(2013, 1_159_071), (2021, 1_187_907), (2022, 1_194_040)])
def test_the_population_of_a_year(release: Release, year: int, people: int) -> None:
    for level in ("territory", "commune"):
        found = series(release, "population", level, year=year)
        assert found.total.value == people == sum(cell.value or 0 for cell in found.cells)


def test_an_income_for_each_commune_and_a_rate_for_58(release: Release) -> None:
    incomes, rates = (series(release, key, "commune") for key in ("median_income", "poverty_rate"))
    assert (incomes.query.year, incomes.count("value")) == (2021, 95)
    assert (rates.count("suppressed"), rates.count("value"), rates.count("zero")) == (37, 58, 0)
    assert rates.total.state == "suppressed"


def test_a_rate_of_a_territory_is_told_for_the_lillois_alone(release: Release) -> None:
    rates = series(release, "poverty_rate")
    hidden = {
        members()[cell.code] for cell in series(release, "poverty_rate", "commune").cells if cell.state == "suppressed"
    }
    assert {cell.code: cell.state for cell in rates.cells} == {
        **dict.fromkeys("1234567", "missing"), **dict.fromkeys(sorted(hidden), "suppressed"), "8": "value",
    }  # fmt: skip


def test_eighty_insertion_structures_are_of_the_ess(release: Release) -> None:
    structures = series(release, "actors")
    assert (structures.query.year, structures.total.value) == (2020, 80)
    assert sum(cell.value or 0 for cell in series(release, "actors", "commune").cells) == 80


def test_the_oldest_grants_are_divided_by_the_nearest_population(release: Release) -> None:
    found = series(release, "grants_per_inhabitant")
    assert (found.query.year, found.denominator_year) == (2010, 2013)
    assert found.total.value == pytest.approx(25_291_590 / 1_159_071)


def test_constant_perimeters_drop_the_entrants(release: Release) -> None:
    people = {p: series(release, "population", year=2013, perimeter=p).total.value or 0 for p in (85, 90, 95)}
    each = {cell.code: cell.value or 0 for cell in series(release, "population", "commune", year=2013).cells}
    for perimeter, whole in people.items():
        assert whole == sum(each[code] for code in members(perimeter))
    assert people[85] < people[90] < people[95] == 1_159_071
