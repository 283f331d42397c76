"""Posts of the ESS, of the private employers, of all of them: no difference says what it must not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers import measure
from layers.secrecy import masks
from layers.secrecy.primary import VALID
from layers.secrecy.scopes import together
from layers.secrecy.secondary import protect
from layers.secrecy.table import Table, cross
from layers.series import Query
from tests.factories import COMMUNES, release
from tests.layers.secrecy.invented_jobs import job, shown
from tests.layers.secrecy.test_rebuilding import AREAS, EXAMPLES, SUMS, narrowest

WHOLE = {"scope": "all", "sector": None, "family": None}


def states(made, indicator: str, code: str) -> str:
    return measure.series(made, Query(indicator, level="commune")).cell(code).state


def two_scopes(**rest: float):
    """Every commune has a hundred posts of the ESS, and four hundred others; *rest* changes those of Roubaix."""
    others = {"posts": 400.0, "establishments": 30.0, "largest": 50.0}
    rows = [job(code) for code in COMMUNES]
    for code in COMMUNES:
        added = {**others, **(rest if code == "59512" else {})}
        posts, units = 100.0 + added["posts"], 10.0 + added["establishments"]
        rows.append(job(code, **WHOLE, posts=posts, establishments=units, largest=added["largest"]))
    return shown(rows)


def test_nothing_is_hidden_where_the_rest_is_many() -> None:
    made = two_scopes()
    assert not masks.hidden(made, "jobs").cells.any()
    assert not masks.hidden(made, "all_jobs").cells.any()


@pytest.mark.parametrize(
    "rest",
    [{"establishments": 2.0}, {"establishments": 1.0, "posts": 9.0, "largest": 20.0}, {"largest": 390.0}],
    ids=["two others", "one other", "one other that dominates"],
)
def test_the_rest_is_never_the_difference_of_two_shown_numbers(rest: dict[str, float]) -> None:
    made = two_scopes(**rest)
    assert "suppressed" in {states(made, "jobs", "59512"), states(made, "ess_job_share", "59512")}
    shown_of_both = [
        code
        for place, code in enumerate(sorted(COMMUNES))
        if not masks.hidden(made, "jobs").cells[0, place, -1, -1, -1]
        and not masks.hidden(made, "all_jobs").cells[0, place, -1, -1, -1]
    ]
    assert "59512" not in shown_of_both
    assert len(shown_of_both) < len(COMMUNES) - 1, "another commune hides the first one"


def test_a_commune_of_the_ess_alone_is_no_secret_of_the_others() -> None:
    made = two_scopes(posts=0.0, establishments=0.0, largest=0.0)
    assert states(made, "jobs", "59512") == "value"


def test_years_are_hidden_alike_where_they_can() -> None:
    """A cell that hides another hides it the year after too, though one a little smaller would do."""
    small = {"establishments": 2.0, "posts": 10.0, "largest": 6.0}
    first = [job(code, **(small if code == "59512" else {"posts": 100.0 + i})) for i, code in enumerate(COMMUNES)]
    second = [
        {**row, "year": 2023, "posts": row["posts"] if row["establishments"] < 3 else 300.0 - row["posts"]}
        for row in first
    ]
    cells = masks.hidden(release(jobs=[*first, *second]), "jobs").cells
    alone = masks.hidden(release(jobs=second), "jobs").cells
    assert (cells[0] == cells[1]).all()
    assert (alone[0] != cells[0]).any()


def test_the_private_employers_stand_between() -> None:
    rows = [job(code) for code in COMMUNES]
    rows += [job(code, **{**WHOLE, "scope": "private"}, posts=500.0, establishments=40.0) for code in COMMUNES]
    for code in COMMUNES:
        public = 1.0 if code == "59512" else 9.0
        rows.append(job(code, **WHOLE, posts=700.0, establishments=40.0 + public))
    made = shown(rows)
    place = sorted(COMMUNES).index("59512")
    both = [masks.hidden(made, fact).cells[0, place, -1, -1, -1] for fact in ("private_jobs", "all_jobs")]
    assert any(both), "one public employer is not private less all"


@st.composite
def scopes(draw: st.DrawFn) -> dict[str, Table]:
    """ESS by sector, and all employers without, over the areas of the tests of rebuilding."""
    shape = (5, draw(st.integers(1, 2)))
    drawn = {}
    for scope in ("ess", "rest"):
        values, units, largest = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        for at in np.ndindex(shape):
            posts = draw(st.lists(st.integers(1, 40), max_size=6))
            values[at], units[at], largest[at] = sum(posts), len(posts), max(posts, default=0)
        drawn[scope] = values, units, largest
    (ess, units, largest), (rest, others, top) = drawn["ess"], drawn["rest"]
    whole = np.maximum(largest, top).max(axis=1, keepdims=True)
    everyone = (ess + rest).sum(axis=1, keepdims=True), (units + others).sum(axis=1, keepdims=True), whole
    return {"ess": cross(ess, units, largest, AREAS, SUMS), "all": cross(*everyone, AREAS, SUMS)}


@settings(max_examples=EXAMPLES, deadline=None)
@given(scopes())
def test_no_hidden_value_and_no_rest_is_pinned(tables: dict[str, Table]) -> None:
    """Bounds by whole numbers over every table that agrees with what is shown, the rest never being."""
    table, _ = together(tables)
    assert narrowest(table, protect(table)) >= 1


def test_without_the_rest_a_difference_would_tell() -> None:
    units, others = np.full((5, 1), 9.0), np.array([[2.0], [9], [9], [9], [9]])
    ess = cross(units * 10, units, units, AREAS, SUMS)
    everyone = cross(units * 10 + others * 5, units + others, units, AREAS, SUMS)
    apart = [(protect(table) != VALID).any() for table in (ess, everyone)]
    assert apart == [False, False]
    table, places = together({"ess": ess, "all": everyone})
    found = protect(table)
    assert any(found[at][0] != VALID for at in places.values())
