"""Amounts by stage: equal to the measured series where they tell the same, never added across stages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.perimeter import PERIMETERS
from geodata.territories import TERRITORIES
from layers import awards, demonstration, measure, needs, prices, programme
from layers.awards import MULTI, NOWHERE, Asked
from layers.release import Release
from layers.series import SUPPRESSED, Query


@pytest.fixture(scope="module")
def release() -> Release:
    return demonstration.release()


@given(
    year=st.sampled_from([2019, 2021, 2023]),
    perimeter=st.sampled_from(PERIMETERS),
    sector=st.sampled_from([None, "commerce", "action-sociale"]),
    family=st.sampled_from([None, "association"]),
)
def test_the_same_as_the_measured_series(year: int, perimeter: int, sector: str | None, family: str | None) -> None:
    release = demonstration.release()
    chosen = {key: (slug,) for key, slug in (("sector", sector), ("family", family)) if slug}
    frame = awards.awards(release, Asked("voted", chosen, perimeter))
    sums = awards.sums(frame[frame["year"].eq(year)], "place")
    query = Query("grants_amount", year=year, perimeter=perimeter, sector=sector, family=family)
    series = measure.series(release, query)
    assert {cell.code: sums.get(cell.code, 0) / 100 for cell in series.cells} == {
        cell.code: cell.value or 0 for cell in series.cells
    }
    apart = (sums.get(MULTI, 0) + sums.get(NOWHERE, 0)) / 100
    assert apart == measure.unlocated(release, query)


def test_stages_are_apart(release: Release) -> None:
    assert awards.held(release) == ("asked", "voted", "paid")
    assert awards.usual(release) == "voted"
    totals = {stage: awards.amount(awards.awards(release, Asked(stage))).cents for stage in awards.held(release)}
    assert totals["asked"] > totals["voted"] > totals["paid"] > 0
    assert totals["voted"] == release.grants.loc[release.grants["kind"].eq("voted"), "amount_cents"].sum()


def test_few_awards_have_no_mean(release: Release) -> None:
    frame = awards.awards(release, Asked("voted"))
    few, many = awards.amount(frame.head(4)), awards.amount(frame.head(5))
    assert few.mean is few.median is None
    assert many.mean == frame["cents"].head(5).mean()


def test_constant_euros_need_an_index_of_every_year(release: Release) -> None:
    with pytest.raises(ValueError, match="price index"):
        awards.awards(release, Asked("voted", constant=True))
    rows = release.programme.head(5).assign(
        entry_id=[f"p{year}" for year in range(2019, 2024)],
        theme="prices",
        measure="price_index",
        year=range(2019, 2024),
        value=[100.0, 101.0, 102.0, 110.0, 120.0],
    )
    held = replace(release, programme=rows)
    assert prices.reference(held, range(2019, 2024)) == 2023
    assert prices.reference(held, [2018]) is None
    now = awards.awards(release, Asked("voted"))
    then = awards.awards(held, Asked("voted", constant=True))
    first = now["year"].eq(2019)
    assert (then.loc[first, "cents"] == (now.loc[first, "cents"] * 1.2).round()).all()
    assert (then.loc[now["year"].eq(2023), "cents"] == now.loc[now["year"].eq(2023), "cents"]).all()


def test_entries_hold_what_was_written_and_nothing_else(release: Release) -> None:
    calls = programme.entries(release, "call")
    table = release.programme[release.programme["theme"].eq("call")]
    assert len(calls) == table["entry_id"].nunique()
    for measured in ("asked", "granted", "laureate"):
        assert programme.total(calls, measured) == table.loc[table["measure"].eq(measured), "value"].sum()
    assert calls["granted"].isna().sum() == (calls["laureate"] == 0).sum()
    assert programme.total(calls, "jobs_created_12") is None
    voted = release.grants[release.grants["kind"].eq("voted")]
    assert programme.total(calls, "granted") == voted["amount_cents"].sum() / 100


def test_needs_are_those_of_the_series(release: Release) -> None:
    assert needs.available(release) == ("population", "jobs")
    for key in needs.available(release):
        found = needs.numbers(release, key, year=2023)
        series = measure.series(release, Query(needs.NEEDS[key].indicator, year=2023 if key == "jobs" else None))
        assert found == {cell.code: cell for cell in (*series.cells, series.total)}
    assert needs.known(release, "structures")
    assert not needs.known(release, "poor")
    hidden = needs.numbers(release, "jobs", "commune", year=2023)
    assert any(cell.state == SUPPRESSED and cell.value is None for cell in hidden.values())
    with pytest.raises(KeyError):
        needs.numbers(release, "nothing")


def test_the_poor_are_estimated_where_nearly_all_communes_have_a_rate(release: Release) -> None:
    communes = release.geography.communes
    rows = [
        {"commune": code, "variable": "poverty_rate", "year": 2021, "value": 10.0, "state": "value"}
        for code in communes.index
        if communes.loc[code, "territory"] in "12"
    ]
    from layers.tables import build  # noqa: PLC0415

    origin = {"source": "demonstration", "vintage": "essai", "file_sha256": "0" * 64, "row": 1}
    held = replace(release, observations=build("observations", [{**row, **origin} for row in rows]))
    found = needs.numbers(held, "poor")
    people = needs.numbers(held, "population")
    for code in TERRITORIES:
        if code in "12":
            assert found[code].value == pytest.approx((people[code].value or 0) / 10)
        else:
            assert found[code].state == "missing"
    assert found["mel"].value is None
