"""Every perimeter, walked: what the measure gives is what pandas adds up from the rows, over the members alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import pairwise

import pandas as pd
import pytest

from geodata import perimeter
from geodata.perimeter import CURRENT, PERIMETERS, members, memberships
from layers import change, demonstration, measure, trend
from layers.indicators import INDICATORS, LEVEL
from layers.series import MISSING, SUPPRESSED, Query, Series

RELEASE = demonstration.release()
VOTED = RELEASE.grants[RELEASE.grants["kind"].eq("voted")]
"""What is measured: the other stages are never added to it."""
HELD = [key for key in INDICATORS if measure.available(RELEASE, key) and INDICATORS[key].kind != LEVEL]
ENTRANTS = {number: set(members(number)) - set(members(before)) for before, number in pairwise(PERIMETERS)}
METROPOLE = "mel"
GRANTED = {"grants", "amount", "beneficiaries"}
Sums = dict[tuple[int, str], float]


def _rows(frame: pd.DataFrame, amounts: pd.Series) -> Sums:
    sums = amounts.groupby([frame["year"], frame["commune"]]).sum()
    return {(int(year), str(code)): float(total) for (year, code), total in sums.items()}


def _jobs(scope: str, column: str) -> Sums:
    frame = RELEASE.jobs[RELEASE.jobs["scope"] == scope]
    return _rows(frame, frame[column].astype(float))


def _grants(amounts: Callable[[pd.DataFrame], pd.Series]) -> Sums:
    return _rows(VOTED, amounts(VOTED))


def _beneficiaries() -> Sums:
    """In the demonstration a name is of one structure, which has one commune."""
    placed = VOTED.dropna(subset=["commune"]).drop_duplicates(["year", "name"])
    return _rows(placed, pd.Series(1.0, placed.index))


def _known_once(column: pd.Series) -> Sums:
    """What is known for one year serves them all."""
    return {(0, str(code)): float(value) for code, value in column.items()}


ORACLE: dict[str, Callable[[], Sums]] = {
    "actors": lambda: _rows(RELEASE.actors, pd.Series(1.0, RELEASE.actors.index)),
    "grants": lambda: _grants(lambda rows: pd.Series(1.0, rows.index)),
    "amount": lambda: _grants(lambda rows: rows["amount_cents"] / 100),
    "beneficiaries": _beneficiaries,
    "jobs": lambda: _jobs("ess", "posts"),
    "all_jobs": lambda: _jobs("all", "posts"),
    "ess_establishments": lambda: _jobs("ess", "establishments"),
    "all_establishments": lambda: _jobs("all", "establishments"),
    "population": lambda: _known_once(RELEASE.geography.communes["population"]),
    "area_km2": lambda: _known_once(RELEASE.geography.communes["area_km2"]),
    "census": lambda: _known_once(RELEASE.geography.census["pop"]),
    "under_20": lambda: _known_once(RELEASE.geography.census["pop_0_19"]),
    "over_65": lambda: _known_once(RELEASE.geography.census["pop_65p"]),
    "housing": lambda: _known_once(RELEASE.geography.census["logements"]),
    "vacant": lambda: _known_once(RELEASE.geography.census["logements_vacants"]),
}
"""Each fact by year and commune, from the tables alone."""


@cache
def rows_of(fact: str) -> Sums:
    return ORACLE[fact]()


def summed(fact: str, year: int, codes: set[str]) -> float:
    held = rows_of(fact)
    at = year if any(told == year for told, _ in held) else _nearest(held, year)
    return sum(held.get((at, code), 0.0) for code in codes)


def _nearest(held: Sums, year: int) -> int:
    return min({told for told, _ in held}, key=lambda told: (abs(told - year), told))


def expected(fact: str, year: int, codes: set[str], inside: set[str]) -> float:
    """What a fact is in some communes; posts expected are those of the share of the ESS in the communes ``inside``."""
    if fact != "jobs_expected":
        return summed(fact, year, codes)
    share = summed("jobs", year, inside) / summed("all_jobs", year, inside)
    return summed("all_jobs", year, codes) * share


def areas(number: int, level: str) -> dict[str, set[str]]:
    """Communes of each area of a perimeter, from the table of the memberships, and of the metropole."""
    last = {85: date(2016, 12, 31), 90: date(2019, 12, 31), 95: date(2020, 12, 31)}[number]
    there = {m.commune: m.territory for m in memberships() if m.debut is None or m.debut <= last}
    codes = sorted(there) if level == "commune" else sorted(set(there.values()))
    of = (lambda code, commune: code == commune) if level == "commune" else (lambda code, c: there[c] == code)
    return {code: {c for c in there if of(code, c)} for code in codes} | {METROPOLE: set(there)}


def shown(key: str, number: int, level: str, year: int | None = None) -> Series:
    return measure.series(RELEASE, Query(key, level, year=year, perimeter=number))


def test_the_oracle_knows_every_fact() -> None:
    needed = {fact for key in HELD for fact in (INDICATORS[key].numerator, INDICATORS[key].denominator) if fact}
    assert needed - {"jobs_expected"} == set(ORACLE)


@pytest.mark.parametrize("number", PERIMETERS)
@pytest.mark.parametrize("level", ["territory", "commune"])
@pytest.mark.parametrize("key", HELD)
def test_every_number_is_what_its_members_add_up_to(key: str, level: str, number: int) -> None:
    declared, told = INDICATORS[key], 0
    for year in measure.years(RELEASE, key):
        series = shown(key, number, level, year)
        held = areas(number, level)
        assert [cell.code for cell in (*series.cells, series.total)] == list(held)
        for cell in (*series.cells, series.total):
            if cell.value is None:
                continue
            above = expected(declared.numerator, year, held[cell.code], held[METROPOLE])
            below = 1.0
            if declared.denominator:
                below = expected(declared.denominator, year, held[cell.code], held[METROPOLE])
            assert cell.value == pytest.approx(declared.scale * above / below), (year, cell)
            told += 1
    every = len(held) * len(measure.years(RELEASE, key))
    if declared.secrecy or declared.least:
        assert len(held) / 4 < told <= every, "the others are hidden, or too few to tell"
    else:
        entered_later = len(ENTRANTS[CURRENT] & set(held)) if declared.numerator in GRANTED else 0
        assert told == every - entered_later


@pytest.mark.parametrize("number", PERIMETERS)
def test_the_metropole_is_1_beside_itself(number: int) -> None:
    for year in measure.years(RELEASE, "location_quotient"):
        assert shown("location_quotient", number, "territory", year).total.value == pytest.approx(1.0)


@pytest.mark.parametrize("key", [key for key in HELD if INDICATORS[key].denominator is None])
def test_an_entry_adds_what_the_entrants_have_to_one_territory_and_to_the_metropole(key: str) -> None:
    for before, number in pairwise(PERIMETERS):
        entered = ENTRANTS[number]
        (grown,) = {members(number)[code] for code in entered}
        for year in measure.years(RELEASE, key):
            then, now = (shown(key, p, "territory", year) for p in (before, number))
            added = summed(INDICATORS[key].numerator, year, entered)
            for one, other in zip((*then.cells, then.total), (*now.cells, now.total), strict=True):
                if None in (one.value, other.value):
                    continue
                expects = added if one.code in (grown, METROPOLE) else 0
                assert (other.value or 0) - (one.value or 0) == pytest.approx(expects), (number, year, one.code)


@pytest.mark.parametrize("number", PERIMETERS)
def test_a_ranking_counts_the_areas_of_its_perimeter(number: int) -> None:
    for level, size in (("commune", number), ("territory", 8)):
        ranks = measure.ranks(shown("actors", number, level).cells)
        assert len(ranks) == size
        assert min(ranks.values()) == 1
        assert max(ranks.values()) <= size
        assert set(ranks) == (set(members(number)) if level == "commune" else set(members(number).values()))


@pytest.mark.parametrize("number", PERIMETERS)
@pytest.mark.parametrize("key", ["actors", "actors_per_1000", "grants_amount", "jobs"])
def test_a_trend_has_the_same_communes_at_every_year(key: str, number: int) -> None:
    for code in ("1", "7", "8"):
        found = trend.of(RELEASE, Query(key, perimeter=number), code)
        inside = {c for c, territory in members(number).items() if territory == code}
        for year, cell in zip(found.years, found.area or (), strict=True):
            if cell.numerator is not None:
                assert cell.numerator == pytest.approx(summed(INDICATORS[key].numerator, year, inside))


@pytest.mark.parametrize("number", PERIMETERS)
@pytest.mark.parametrize(
    ("key", "first", "last"),
    [("actors", 2019, 2020), ("actors", 2019, 2023), ("jobs", 2017, 2021), ("jobs", 2015, 2016)],
)
def test_a_change_across_an_entry_is_of_the_same_communes(key: str, first: int, last: int, number: int) -> None:
    found = change.between(RELEASE, Query(key, perimeter=number), first, last)
    held = areas(number, "territory")
    for one in (*found.areas, found.total):
        then, now = (summed(INDICATORS[key].numerator, year, held[one.now.code]) for year in (first, last))
        if one.state == SUPPRESSED:
            continue
        assert one.absolute == pytest.approx(now - then)
        assert one.percent == pytest.approx(100 * (now / then - 1))


def test_no_change_across_the_two_sources_of_the_posts_in_any_perimeter() -> None:
    for number in PERIMETERS:
        found = change.between(RELEASE, Query("jobs", perimeter=number), 2016, 2017)
        assert {one.absolute for one in (*found.areas, found.total)} == {None}


@pytest.mark.parametrize("level", ["territory", "commune"])
@pytest.mark.parametrize("key", ["grants_count", "grants_amount", "grants_beneficiaries", "grants_per_inhabitant"])
def test_the_metropole_granted_nothing_to_a_commune_before_it_entered(key: str, level: str) -> None:
    for number in PERIMETERS:
        series = shown(key, number, level, 2019)
        if level == "commune":
            missing = {cell.code for cell in series.cells if cell.state == MISSING}
            assert missing == ENTRANTS[CURRENT] & set(members(number))
    granted = VOTED.dropna(subset=["commune"])
    entered = {m.commune: m.debut.year for m in memberships() if m.debut}
    assert (granted["year"] >= granted["commune"].map(entered).fillna(0)).all()


def test_dates_of_the_perimeters_are_those_of_the_memberships() -> None:
    dates = sorted({m.debut for m in memberships() if m.debut})
    assert [perimeter.at(day) for day in dates] == [90, 95]
    assert [perimeter.of_year(year) for year in (2010, 2016, 2017, 2019, 2020, 2030)] == [85, 85, 90, 90, 95, 95]
