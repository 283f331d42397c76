"""A value, a zero, a secret, a gap: how the four states combine when areas are added up and divided."""

from __future__ import annotations

import pytest

from layers import measure
from layers.series import Cell, Query
from tests import factories
from tests.factories import LILLE, ROUBAIX, TOURCOING, actor, everywhere, grant

HIDDEN = {"value": None, "state": "suppressed"}
GONE = {"value": None, "state": "missing"}


def cells(indicator: str, level: str, **states: dict[str, object]) -> dict[str, Cell]:
    """Cells of an indicator where the population of some communes is not told, and the metropole."""
    variable = indicator if indicator in ("median_income", "poverty_rate") else "population"
    release = factories.release(
        actors=[actor(1, LILLE), actor(2, ROUBAIX)],
        observations=everywhere(variable, unlike=states),
    )
    year = 2020 if indicator in ("population", "population_density", "median_income", "poverty_rate") else None
    series = measure.series(release, Query(indicator, level, year=year))
    return {**{cell.code: cell for cell in series.cells}, "mel": series.total}


def states(found: dict[str, Cell], *codes: str) -> list[str]:
    return [found[code].state for code in codes]


@pytest.mark.parametrize(("state", "said"), [(HIDDEN, "suppressed"), (GONE, "missing")])
def test_an_area_with_a_commune_that_is_not_told_is_not_told(state: dict[str, object], said: str) -> None:
    found = cells("population", "territory", **{ROUBAIX: state})
    assert states(found, "3", "mel") == [said, said]
    assert [found[code].state for code in "124578" if code != "3"] == ["value"] * 6
    assert (found["3"].value, found["3"].numerator) == (None, None)


def test_a_commune_that_is_not_told_leaves_the_others_alone() -> None:
    found = cells("population", "commune", **{ROUBAIX: HIDDEN})
    assert states(found, ROUBAIX, LILLE, TOURCOING) == ["suppressed", "value", "value"]


def test_what_is_both_hidden_and_missing_is_missing() -> None:
    assert states(cells("population", "territory", **{ROUBAIX: HIDDEN, "59332": GONE}), "3") == ["missing"]


@pytest.mark.parametrize(("state", "said"), [(HIDDEN, "suppressed"), (GONE, "missing")])
def test_a_ratio_is_told_no_more_than_its_denominator(state: dict[str, object], said: str) -> None:
    found = cells("actors_per_1000", "territory", **{ROUBAIX: state})
    assert states(found, "3", "8", "mel") == [said, "value", said]
    assert (found["3"].value, found["3"].numerator, found["3"].denominator) == (None, None, None)


@pytest.mark.parametrize(("state", "said"), [(HIDDEN, "suppressed"), (GONE, "missing")])
def test_a_ratio_is_told_no_more_than_its_numerator(state: dict[str, object], said: str) -> None:
    assert states(cells("population_density", "commune", **{ROUBAIX: state}), ROUBAIX, LILLE) == [said, "value"]


def test_zero_is_a_value_of_its_own() -> None:
    found = cells("actors", "commune")
    assert (found[LILLE].state, found[LILLE].value) == ("value", 1.0)
    assert (found[TOURCOING].state, found[TOURCOING].value) == ("zero", 0.0)
    ratio = cells("actors_per_1000", "commune")[TOURCOING]
    assert (ratio.state, ratio.value, ratio.numerator) == ("zero", 0.0, 0.0)


def test_a_ratio_over_nothing_is_missing() -> None:
    release = factories.release(grants=[*(grant(n, commune=LILLE) for n in range(5)), grant(9, commune=None)])
    series = measure.series(release, Query("grant_mean", "commune"))
    assert series.cell(LILLE).value == 1500
    assert series.cell(ROUBAIX) == Cell(ROUBAIX, "Roubaix", None, "missing", None, None)


def test_a_mean_of_fewer_than_five_grants_is_not_given_but_its_amount_is() -> None:
    release = factories.release(grants=[grant(n, commune=LILLE) for n in range(4)])
    series = measure.series(release, Query("grant_mean", "commune"))
    assert series.cell(LILLE) == Cell(LILLE, "Lille", None, "missing", 6000, 4)
    assert tuple(map(str, series.notes)) == ("Non calculé (n.d.) où il y a moins de 5 subventions.",)
    assert measure.series(release, Query("grants_amount", "commune")).cell(LILLE).value == 6000


def test_a_published_zero_is_a_zero() -> None:
    found = cells("population", "commune", **{ROUBAIX: {"value": 0.0, "state": "zero"}})
    assert found[ROUBAIX].state == "zero"
    density = cells("actors_per_1000", "commune", **{ROUBAIX: {"value": 0.0, "state": "zero"}})
    assert density[ROUBAIX].state == "missing"


@pytest.mark.parametrize("indicator", ["median_income", "poverty_rate"])
def test_what_does_not_add_up_exists_only_where_one_commune_is_the_area(indicator: str) -> None:
    found = cells(indicator, "territory")
    assert states(found, *"1234567", "mel") == ["missing"] * 8
    assert found["8"].value == cells(indicator, "commune")[LILLE].value


def test_a_hidden_rate_stays_hidden_in_the_territory_that_holds_it() -> None:
    found = cells("poverty_rate", "territory", **{LILLE: HIDDEN, ROUBAIX: HIDDEN})
    assert states(found, "8", "3", "2", "mel") == ["suppressed", "suppressed", "missing", "suppressed"]


def test_a_commune_without_a_row_is_missing() -> None:
    release = factories.release(observations=[factories.observation(LILLE, 20_000.0, "median_income")])
    series = measure.series(release, Query("median_income", "commune"))
    assert (series.count("value"), series.count("missing")) == (1, 94)


def test_what_the_release_does_not_hold_is_missing_and_says_so() -> None:
    series = measure.series(factories.release(), Query("jobs_per_1000"))
    assert series.count("missing") == 8
    assert tuple(map(str, series.notes)) == ("Cette publication n’a aucune donnée pour cet indicateur.",)
