from __future__ import annotations

import pytest

from layers import facts, measure, stages
from layers.series import Query
from tests.factories import release
from tests.layers.invented import grant


def test_voted_and_paid_of_one_year_are_never_added() -> None:
    shown = release(grants=[grant(cents=100_000, kind="paid"), grant(cents=70_000, kind="voted"), grant(kind="asked")])
    total = measure.series(shown, Query("grants_amount")).total
    assert total.value == 700
    assert measure.series(shown, Query("grants_count")).total.value == 1
    assert facts.cube(shown, "beneficiaries").values.sum() == 1


def test_each_year_has_its_stage() -> None:
    shown = release(
        grants=[
            grant(kind="paid", year=2019),
            grant(kind="contracted", year=2020),
            grant(kind="paid", year=2020),
            grant(kind="asked", year=2021),
        ]
    )
    assert stages.by_year(shown) == {2019: "paid", 2020: "contracted"}
    assert sorted(stages.measured(shown)["year"]) == [2019, 2020]
    assert measure.years(shown, "grants_amount") == (2019, 2020)


@pytest.mark.parametrize("stage", stages.MEASURED)
def test_every_stage_has_its_words(stage: str) -> None:
    from dashboard.captions import STAGES  # noqa: PLC0415

    assert STAGES[stage].startswith("Subventions")
