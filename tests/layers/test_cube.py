"""Facts laid out by year, sector, family and commune: nothing is lost on the way."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.cube import (
    ABSENT,
    FAMILY_AXIS,
    HIDDEN,
    PRESENT,
    SECTOR_AXIS,
    Cube,
    constant,
    empty,
    from_observations,
    from_records,
    stack,
)
from tests import factories
from tests.factories import COMMUNES, LILLE, ROUBAIX, observation

rows = st.lists(factories.grants(), max_size=25)


def cube_of(found: list[dict[str, object]]) -> tuple[Cube, pd.DataFrame]:
    frame = factories.release(grants=found).grants
    return from_records(frame, frame["amount_cents"], COMMUNES), frame


@settings(max_examples=50)
@given(rows)
def test_every_cent_is_somewhere(found: list[dict[str, object]]) -> None:
    built, frame = cube_of(found)
    assert built.values.sum() + sum(built.unlocated) == frame["amount_cents"].sum()


@settings(max_examples=50)
@given(rows)
def test_each_year_has_its_own(found: list[dict[str, object]]) -> None:
    built, frame = cube_of(found)
    assert built.years == tuple(sorted(set(frame["year"])))
    for i, year in enumerate(built.years):
        here = frame[frame["year"] == year]
        assert built.values[i].sum() == here.loc[here["commune"].notna(), "amount_cents"].sum()
        assert built.unlocated[i] == here.loc[here["commune"].isna(), "amount_cents"].sum()
        assert built.sector_known[i] == here["sector"].notna().any()
        assert built.family_known[i] == here["family"].notna().any()


@settings(max_examples=50)
@given(st.lists(factories.grants(), min_size=1, max_size=25))
def test_each_sector_and_family_has_its_own(found: list[dict[str, object]]) -> None:
    built, frame = cube_of(found)
    located = frame[frame["commune"].notna()].fillna({"sector": "inconnu", "family": "inconnu"})
    for axis, column, dimension in ((SECTOR_AXIS, "sector", (0, 2, 3)), (FAMILY_AXIS, "family", (0, 1, 3))):
        expected = located.groupby(column)["amount_cents"].sum()
        assert dict(zip(axis, built.values.sum(axis=dimension), strict=True)) == {
            slug: expected.get(slug, 0) for slug in axis
        }


def test_observations_keep_why_a_number_is_not_there() -> None:
    found = [
        observation(LILLE, 5.0),
        observation(ROUBAIX, state="suppressed"),
        observation("59009", state="missing"),
        observation("59013", 0.0),
        observation("75056", 9.0),
    ]
    built = from_observations(factories.release(observations=found).observations, COMMUNES, additive=True)
    absence = dict(zip(COMMUNES, built.absence[0], strict=True))
    assert [absence[code] for code in (LILLE, ROUBAIX, "59009", "59013", "59025")] == [
        PRESENT, HIDDEN, ABSENT, PRESENT, ABSENT,
    ]  # fmt: skip
    assert built.values.sum() == 5.0


def test_two_sources_of_one_year_are_both_named() -> None:
    found = [factories.grant(source="jaune"), factories.grant(source="scdl", vintage="2011")]
    built, _ = cube_of(found)
    assert built.sources == {2010: ("jaune", "scdl")}
    assert built.vintages == {2010: ("2010", "2011")}


@pytest.mark.parametrize(("asked", "found"), [(2013, 2013), (2010, 2013), (2016, 2015), (2017, 2018), (2030, 2018)])
def test_the_nearest_year(asked: int, found: int) -> None:
    made = constant([1.0, 2.0], 2013, "a", "2013")
    for year in (2015, 2018):
        made = stack(made, constant([1.0, 2.0], year, "a", str(year)))
    nearest = made.nearest(asked)
    assert nearest is not None
    assert made.years[nearest] == found


def test_of_two_years_as_near_the_earlier() -> None:
    made = stack(constant([1.0], 2016, "a", "2016"), constant([1.0], 2018, "a", "2018"))
    assert made.nearest(2017) == made.years.index(2016)


def test_an_empty_fact_has_no_nearest_year() -> None:
    assert empty(95).nearest(2020) is None


def test_stacking_keeps_the_first_and_sorts_the_years() -> None:
    later, embedded = constant([1.0, 2.0], 2022, "imported", "2022"), constant([8.0, 9.0], 2022, "embedded", "2022")
    assert stack(later, embedded) is later
    made = stack(later, constant([3.0, 4.0], 2013, "embedded", "2013"))
    assert made.years == (2013, 2022)
    assert made.values[:, 0, 0].tolist() == [[3.0, 4.0], [1.0, 2.0]]
    assert made.sources == {2013: ("embedded",), 2022: ("imported",)}
