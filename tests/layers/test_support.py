"""What a series supports: nothing of few, nothing that chance, a hidden area or what has no place could change."""

from __future__ import annotations

from typing import Any

import pytest

from layers import support
from layers.indicators import INDICATORS
from layers.release import Release
from layers.series import Cell, Query
from layers.support import ADRIFT, CHANCE, DRIVEN, FEW, HIDDEN, LACKING, Backing, Support
from tests.factories import LILLE, ROUBAIX, TOURCOING, release
from tests.layers.invented import actor, grant

WEPPES, LYS = "59025", "59017"
PLACES = {"8": LILLE, "3": ROUBAIX, "2": TOURCOING, "1": WEPPES, "4": LYS}


def built(key: str, told: dict[str, float | str], adrift: float = 0.0, units: float | None = None) -> Support:
    """Areas of an indicator that counts, by code; ``s`` and ``n.d.`` as everywhere; ``units`` the same behind each."""
    areas = {code: _one(code, value, units) for code, value in told.items()}
    known = sum(value for value in told.values() if not isinstance(value, str))
    return Support(INDICATORS[key], areas, _one("mel", known, None), (adrift, 0.0))


def _one(code: str, value: float | str, units: float | None) -> Backing:
    if isinstance(value, str):
        return Backing(Cell(code, code, None, {"s": "suppressed", "n.d.": "missing"}[value], None, None), 0)
    cell = Cell(code, code, value, "value" if value else "zero", value, None)
    return Backing(cell, value if units is None else units)


@pytest.mark.parametrize(
    ("told", "adrift", "reason"),
    [
        ({"8": 60, "3": 20, "1": 9}, 0, ""),
        ({"8": 60, "3": 55, "1": 9}, 0, CHANCE),
        ({"8": 60, "3": 4, "1": 2}, 0, FEW),
        ({"8": 12, "3": 5}, 0, FEW),
        ({"8": 1, "3": 0}, 0, FEW),
        ({"8": 60, "3": 20, "1": "s"}, 0, HIDDEN),
        ({"8": 60, "3": 20, "1": "n.d."}, 0, LACKING),
        ({"8": 60, "3": 20, "1": 9}, 40, ADRIFT),
        ({"8": 60, "3": 60, "1": 9}, 0, CHANCE),
    ],
)
def test_who_may_be_said_to_be_ahead(told: dict[str, float | str], adrift: float, reason: str) -> None:
    assert built("actors", told, adrift).lead() == reason


def test_a_census_draws_nothing_and_ties_are_ahead_together() -> None:
    assert built("population", {"8": 1000, "3": 999}).lead() == ""
    assert built("population", {"8": 1000, "3": 1000, "1": 10}).lead() == ""


def test_posts_come_by_establishments() -> None:
    assert built("jobs", {"8": 900, "3": 300}, units=40).lead() == ""
    assert built("jobs", {"8": 900, "3": 300}, units=3).lead() == FEW


def test_a_rank_is_told_where_no_other_area_may_have_it() -> None:
    made = built("actors", {"8": 400, "3": 100, "2": 95, "1": 20, "4": 4})
    assert made.ranks() == {"8": 1}
    assert built("actors", {"8": 400, "3": 100, "1": 20}).ranks() == {"8": 1, "3": 2, "1": 3}
    assert built("actors", {"8": 400, "3": 100, "1": "s"}).ranks() == {}
    assert built("actors", {"8": 400, "3": 100, "1": 20}, adrift=90).ranks() == {"8": 1}
    assert built("population", {"8": 400, "3": 100, "1": 99}).ranks() == {"8": 1, "3": 2, "1": 3}


def test_a_change_needs_both_years() -> None:
    def of(before: int, after: int) -> str:
        shown = release(
            [actor(1, LILLE, year=year) for year, many in ((2019, before), (2020, after)) for _ in range(many)]
        )
        return support.change(shown, Query("actors", year=2020), 2019)["8"]

    assert [of(6, 2), of(40, 50), of(40, 120), of(4, 400)] == [FEW, CHANCE, "", FEW]


def funded(cents: dict[str, list[int]], nowhere: list[int] | None = None) -> Release:
    rows: list[dict[str, Any]] = [
        grant(1, one, PLACES[code], year=2021) for code, some in cents.items() for one in some
    ]
    return release(grants=[*rows, *(grant(1, one, None, year=2021) for one in nowhere or ())])


def test_amounts_are_as_sure_as_their_number_and_their_sizes() -> None:
    alike = funded({"8": [100_000] * 60, "3": [100_000] * 20})
    assert support.of(alike, Query("grants_amount")).pair("8", "3") == ""
    one_large = funded({"8": [100_000] * 20 + [4_000_000], "3": [100_000] * 20})
    assert support.of(one_large, Query("grants_amount")).pair("8", "3") == CHANCE


def test_what_has_no_commune_may_change_who_receives_more() -> None:
    cents = {"8": [100_000] * 60, "3": [100_000] * 20}
    assert support.of(funded(cents, [4_100_000]), Query("grants_amount")).pair("8", "3") == ADRIFT
    assert support.of(funded(cents, [3_000_000]), Query("grants_amount")).pair("8", "3") == ""


def test_a_mean_that_one_place_makes_is_no_yardstick() -> None:
    everywhere = {code: [100_000] * 30 for code in PLACES}
    made = support.of(funded({**everywhere, "8": [9_000_000] * 30}), Query("grants_per_inhabitant"))
    assert made.driven
    assert {made.gap(code) for code in PLACES} == {DRIVEN}


def test_behind_an_amount_are_its_grants() -> None:
    shown = funded({"8": [999_900, 100], "3": [500, -100]})
    made = support.of(shown, Query("grants_per_inhabitant"))
    assert (made.of("8").units, made.of("3").units, made.total.units) == (2, 2, 4)
    assert made.of("3").squares == pytest.approx(26.0)
    assert (made.of("3").back, made.of("8").back) == (1.0, 0.0)


@pytest.mark.parametrize(("units", "told"), [(4, FEW), (5, "")])
def test_a_gap_needs_five_units(units: int, told: str) -> None:
    areas = {"8": Backing(Cell("8", "", 9.0, "value", 9000.0, 1000.0), units)}
    whole = Backing(Cell("mel", "", 2.0, "value", 20_000.0, 10_000.0), 50)
    assert Support(INDICATORS["jobs_per_1000"], areas, whole).gap("8") == told


def test_filters_narrow_what_stands_behind() -> None:
    rows = [grant(n, 100_000, LILLE, sector="commerce" if n % 4 else "divers") for n in range(40)]
    made = support.of(release(grants=rows), Query("grants_amount", sector="divers"))
    assert (made.of("8").units, made.of("8").squares) == (10, 10 * 1000.0**2)
    both = support.of(release(grants=rows), Query("grants_amount", sector="commerce,divers"))
    assert both.of("8").units == 40
