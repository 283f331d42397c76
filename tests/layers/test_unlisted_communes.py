"""Communes of which a source of posts has no row: zero where it lists what is not empty, else left out and said."""

from __future__ import annotations

from typing import Any

import pytest

from layers import measure, notes
from layers.release import Release
from layers.series import Query, Series
from tests.factories import COMMUNES, LILLE
from tests.layers.secrecy.invented_jobs import job, shown

WHOLE = {"sector": None, "family": None}
AWAY = ("59487", "59524")


def without(*away: str, **cut: Any) -> Release:
    return shown([job(code, **cut) for code in COMMUNES if code not in away])


def told(series: Series) -> set[str]:
    return {note.text for note in series.notes}


def states(release: Release, level: str, codes: tuple[str, ...]) -> set[str]:
    return {measure.series(release, Query("jobs", level=level)).cell(code).state for code in codes}


def test_a_table_that_is_cut_lists_what_is_not_empty() -> None:
    made = without(*AWAY)
    found = measure.series(made, Query("jobs"))
    assert states(made, "commune", AWAY) == {"zero"}
    assert {cell.state for cell in found.cells} == {"value"}
    assert found.total.value == 100 * (len(COMMUNES) - len(AWAY))
    assert notes.TAKEN_FOR_ZERO in told(found)


@pytest.mark.parametrize("said", [WHOLE, {}], ids=["cut by nothing", "empty communes are listed"])
def test_else_it_is_left_out_of_the_sums_which_say_so(said: dict[str, Any]) -> None:
    made = without(*AWAY, **said)
    if not said:
        empty = job(LILLE, posts=0.0, establishments=0.0, largest=None)
        made = shown([*(job(code) for code in COMMUNES if code not in (*AWAY, LILLE)), empty])
    found = measure.series(made, Query("jobs"))
    assert states(made, "commune", AWAY) == {"missing"}
    assert "missing" not in {cell.state for cell in found.cells} | {found.total.state}
    assert notes.LEFT_OUT in told(found)
    assert notes.TAKEN_FOR_ZERO not in told(found)


def test_a_territory_without_most_of_its_people_has_no_sum() -> None:
    made = without(LILLE, "59512", **WHOLE)
    assert states(made, "territory", ("3", "8")) == {"missing"}
    assert states(made, "territory", ("1", "2")) == {"value"}


def test_a_table_of_a_part_of_the_metropole_says_nothing_of_the_rest() -> None:
    made = shown([job(code) for code in COMMUNES[:60]])
    assert states(made, "commune", tuple(COMMUNES[60:])) == {"missing"}


def test_a_commune_that_was_not_in_the_metropole_yet_is_no_zero() -> None:
    made = shown([job(code, year=2015) for code in COMMUNES if code not in AWAY])
    found = measure.series(made, Query("jobs", level="commune", year=2015))
    assert found.cell("59487").state == "missing", "it entered later"
    assert found.cell("59524").state == "zero"
