"""Money of the State, of head offices, of an old year is known as such."""

from __future__ import annotations

import pytest

from layers import money
from layers.money import OLD, SEAT, STATE
from tests.factories import LILLE, release
from tests.layers.invented import actor, grant


@pytest.mark.parametrize(
    ("grantor", "source", "year", "marks"),
    [
        ("État", "jaune", 2010, (STATE, SEAT, OLD)),
        ("Préfecture du Nord", "scdl", 2020, (STATE,)),
        ("Ministère de la Culture", "scdl", 2014, (STATE, OLD)),
        ("Réserve parlementaire", "scdl", 2015, (STATE,)),
        ("Métropole européenne de Lille", "scdl", 2020, ()),
        ("Ville de Roubaix", "scdl", 2013, (OLD,)),
    ],
)
def test_what_money_is_follows_from_who_gives_where_and_when(
    grantor: str, source: str, year: int, marks: tuple[str, ...]
) -> None:
    rows = [grant(1, 100_000, LILLE, grantor=grantor, source=source, year=year)]
    assert money.marks(release(grants=rows).grants, 2020) == marks


def test_a_smaller_part_does_not_name_all() -> None:
    rows = [grant(1, 100_000, LILLE), grant(2, 300_000, LILLE, grantor="Ville de Lille", source="scdl", year=2020)]
    assert money.marks(release(grants=rows).grants, 2020) == ()
    assert money.marks(release(grants=rows[:1]).grants.iloc[:0], 2020) == ()


def test_age_is_counted_from_the_latest_year_of_the_release() -> None:
    shown = release([actor(1, LILLE, year=2023)], [grant(1, 100_000, LILLE, year=2018)])
    assert money.latest(shown) == 2023
    assert OLD not in money.of_year(shown, 2018)
    assert OLD in money.of_year(release([actor(1, LILLE, year=2024)], [grant(1, 100_000, LILLE, year=2018)]), 2018)
    assert money.of_year(shown, None) == ()
