"""Grants of the metropole before a commune entered it are missing, not zero; sums are what they were."""

from __future__ import annotations

import pytest

from layers import entry, measure
from layers.series import MISSING, VALUE, ZERO, Query
from tests import factories
from tests.factories import AUBERS, LILLE, PROVIN, ROUBAIX, grant

MEL = "Métropole européenne de Lille"


def state(year: int, commune: str, *grants: tuple[str, str], indicator: str = "grants_amount") -> str:
    release = factories.release(grants=[grant(commune=place, grantor=who, year=year) for who, place in grants])
    return measure.series(release, Query(indicator, "commune", year=year)).cell(commune).state


@pytest.mark.parametrize(
    "indicator", ["grants_amount", "grants_count", "grants_per_inhabitant", "grants_beneficiaries"]
)
@pytest.mark.parametrize(
    ("year", "commune", "expected"),
    [
        (2016, AUBERS, MISSING),
        (2017, AUBERS, ZERO),
        (2019, PROVIN, MISSING),
        (2020, PROVIN, ZERO),
        (2017, ROUBAIX, ZERO),
    ],
)
def test_before_it_entered_a_commune_has_no_zero(indicator: str, year: int, commune: str, expected: str) -> None:
    assert state(year, commune, (MEL, LILLE), indicator=indicator) == expected


def test_what_another_administration_gives_is_known_everywhere() -> None:
    assert state(2016, AUBERS, (MEL, LILLE), ("État", LILLE)) == ZERO


def test_what_was_received_stays() -> None:
    assert state(2016, AUBERS, (MEL, AUBERS)) == VALUE


def test_territories_and_the_metropole_keep_their_sums() -> None:
    release = factories.release(grants=[grant(commune=LILLE, grantor=MEL, year=2016)])
    series = measure.series(release, Query("grants_amount", year=2016))
    assert {cell.state for cell in series.cells} == {VALUE, ZERO}
    assert series.total.value == series.cell("8").value
    communes = measure.series(release, Query("grants_amount", "commune", year=2016))
    assert any("hors MEL" in str(note) for note in communes.notes)


@pytest.mark.parametrize(
    ("name", "expected"),
    [(MEL, True), ("MEL", True), ("MEL (fictif)", True), ("Lille Métropole Communauté urbaine", True), ("LMCU", True),
     ("État", False), ("Ville de Melun", False), ("Département du Nord", False)],
)  # fmt: skip
def test_the_metropole_is_known_by_its_names(name: str, expected: bool) -> None:
    assert entry.is_metropole(name) == expected
