"""Aggregate, then divide: every series against a naive computation with pandas, and what sums must be kept."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.perimeter import PERIMETERS, members
from layers import measure
from layers.cube import FAMILY_AXIS, SECTOR_AXIS, UNKNOWN
from layers.release import Release
from layers.series import LEVELS, Query, Series
from tests import factories

people = factories.geography().communes["population"]
releases = st.builds(
    factories.release,
    st.lists(factories.actors(), min_size=1, max_size=25),
    st.lists(factories.grants(), min_size=1, max_size=25),
)
levels, perimeters = st.sampled_from(LEVELS), st.sampled_from(PERIMETERS)
TABLES = {"actors": "actors", "actors_per_1000": "actors", "grants_count": "grants", "grants_amount": "grants",
          "grants_per_inhabitant": "grants", "grant_mean": "grants"}  # fmt: skip
SUMMED = ("actors", "grants_count", "grants_amount", "grants_beneficiaries", "population")


def area_of(level: str, perimeter: int) -> dict[str, str]:
    belongs = members(perimeter)
    return belongs if level == "territory" else {code: code for code in belongs}


def records(release: Release, query: Query) -> pd.DataFrame:
    """Rows that a query counts, with their area."""
    frame = getattr(release, TABLES[query.indicator])
    frame = frame[(frame["year"] == query.year) & (frame["ess"].eq("yes") if "ess" in frame else True)]
    for column in ("sector", "family"):
        wanted = getattr(query, column)
        if wanted is not None:
            frame = frame[frame[column].isna() if wanted == UNKNOWN else frame[column].eq(wanted).fillna(False)]
    return frame.assign(area=frame["commune"].map(area_of(query.level, query.perimeter)))


def naive(release: Release, query: Query) -> pd.Series:
    """The value of every area, another way: rows grouped by pandas; NaN where nothing can be divided by."""
    rows = records(release, query)
    areas = area_of(query.level, query.perimeter)
    inhabitants = people.loc[list(areas)].groupby(areas).sum()
    count = rows.groupby("area").size().reindex(inhabitants.index, fill_value=0)
    cents = rows.groupby("area")["amount_cents"].sum() if "amount_cents" in rows else count
    euros = cents.reindex(inhabitants.index, fill_value=0) / 100
    return {
        "actors": count,
        "actors_per_1000": 1000 * count / inhabitants,
        "grants_count": count,
        "grants_amount": euros,
        "grants_per_inhabitant": euros / inhabitants,
        "grant_mean": euros / count.where(count > 0),
    }[query.indicator]


@settings(max_examples=30)
@given(st.data(), releases, st.sampled_from(sorted(TABLES)), levels, perimeters)
def test_every_value_is_the_sum_divided_by_the_sum(
    data: st.DataObject, release: Release, indicator: str, level: str, perimeter: int
) -> None:
    held = measure.years(release, indicator)
    if not held:
        return
    year = data.draw(st.sampled_from(held))
    frame = getattr(release, TABLES[indicator])
    known = {c: frame.loc[frame["year"] == year, c].dropna().unique().tolist() for c in ("sector", "family")}
    sector = data.draw(st.sampled_from([None, *known["sector"]]))
    family = data.draw(st.sampled_from([None, *known["family"]]))
    query = Query(indicator, level, sector, family, year, perimeter)
    series = measure.series(release, query)
    if series.notes:
        return
    expected = naive(release, query)
    assert [cell.code for cell in series.cells] == list(expected.index)
    for cell, value in zip(series.cells, expected, strict=True):
        assert cell.value == (None if pd.isna(value) else pytest.approx(value))
        assert cell.state == ("missing" if pd.isna(value) else "value" if value else "zero")


def values(series: Series) -> list[float]:
    return [cell.value for cell in series.cells if cell.value is not None]


@settings(max_examples=30)
@given(releases, st.sampled_from(SUMMED), levels, perimeters)
def test_the_areas_add_up_to_the_metropole(release: Release, indicator: str, level: str, perimeter: int) -> None:
    for year in measure.years(release, indicator):
        series = measure.series(release, Query(indicator, level, year=year, perimeter=perimeter))
        assert sum(values(series)) == pytest.approx(series.total.value)


@settings(max_examples=30)
@given(releases, perimeters)
def test_communes_add_up_to_their_territory(release: Release, perimeter: int) -> None:
    for year in measure.years(release, "grants_amount"):
        above, below = (
            measure.series(release, Query("grants_amount", lv, year=year, perimeter=perimeter)) for lv in LEVELS
        )
        belongs = members(perimeter)
        for territory in above.cells:
            inside = [cell.value or 0 for cell in below.cells if belongs[cell.code] == territory.code]
            assert sum(inside) == pytest.approx(territory.value)


@settings(max_examples=30)
@given(releases, st.sampled_from(["sector", "family"]))
def test_sectors_and_families_with_the_unknown_one_add_up_to_all(release: Release, axis: str) -> None:
    slugs = SECTOR_AXIS if axis == "sector" else FAMILY_AXIS
    for year in measure.years(release, "grants_amount"):
        whole = measure.series(release, Query("grants_amount", year=year))
        parts = [measure.series(release, Query("grants_amount", year=year, **{axis: slug})) for slug in slugs]  # type: ignore[arg-type]
        if not any(part.notes for part in parts):
            assert sum(part.total.value or 0 for part in parts) == pytest.approx(whole.total.value)


@settings(max_examples=30)
@given(releases)
def test_no_euro_is_lost_nor_counted_twice(release: Release) -> None:
    for year in measure.years(release, "grants_amount"):
        shown = measure.series(release, Query("grants_amount", year=year)).total.value or 0
        apart = measure.unlocated(release, Query("grants_amount", year=year))
        cents = release.grants.loc[release.grants["year"] == year, "amount_cents"].sum()
        assert shown + apart == pytest.approx(cents / 100)


@settings(max_examples=30)
@given(releases)
def test_a_ratio_is_never_the_mean_of_ratios(release: Release) -> None:
    for year in measure.years(release, "actors_per_1000"):
        series = measure.series(release, Query("actors_per_1000", year=year))
        assert series.total.numerator == sum(cell.numerator or 0 for cell in series.cells)
        assert series.total.denominator == sum(cell.denominator or 0 for cell in series.cells) == people.sum()
        for cell in (*series.cells, series.total):
            assert cell.value == pytest.approx(1000 * (cell.numerator or 0) / (cell.denominator or 1))
