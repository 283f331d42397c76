from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from layers import measure
from layers.ess import FAMILIES, SECTORS
from layers.facts import FACTS
from layers.indicators import INDICATORS
from layers.panel import build
from layers.secrecy import masks, recording
from layers.series import Query
from tests.factories import AUBERS, COMMUNES, LILLE, release
from tests.layers.secrecy.invented_jobs import drawn, drawn_release, job, shown

MANY = {"posts": 100.0, "establishments": 10.0, "largest": 20.0}


def everywhere(**unlike: dict[str, object]):
    return [job(code, **unlike.get(f"c{code}", {})) for code in COMMUNES]


@pytest.mark.parametrize("key", list(INDICATORS))
def test_every_indicator_made_of_jobs_declares_secrecy(key: str) -> None:
    declared = INDICATORS[key]
    made_of = [fact for fact in (declared.numerator, declared.denominator) if fact]
    if any(masks.is_secret(fact) for fact in made_of):
        assert declared.secrecy


def test_facts_under_secrecy_are_facts() -> None:
    assert {"jobs", "all_jobs", "jobs_expected"} <= {fact for fact in FACTS if masks.is_secret(fact)}
    assert not masks.is_secret("actors")


def test_a_commune_of_two_establishments_is_hidden_with_another_and_ratios_with_them() -> None:
    made = shown(everywhere(c59512={"establishments": 2.0}))
    jobs = measure.series(made, Query("jobs", level="commune"))
    rate = measure.series(made, Query("jobs_per_1000", level="commune"))
    hidden = {cell.code for cell in jobs.cells if cell.state == "suppressed"}
    assert "59512" in hidden
    assert len(hidden) > 1
    for cell in (*jobs.cells, *rate.cells):
        if cell.code in hidden:
            assert (cell.state, cell.value, cell.numerator, cell.denominator) == ("suppressed", None, None, None)
    assert measure.series(made, Query("jobs")).total.state == "value"


def test_a_dominated_commune_is_hidden() -> None:
    made = shown(everywhere(c59512={"largest": 90.0}))
    assert measure.series(made, Query("jobs", level="commune")).cell("59512").state == "suppressed"


def test_lille_and_its_territory_are_hidden_together() -> None:
    made = shown(everywhere(c59350={"establishments": 2.0}))
    assert measure.series(made, Query("jobs", level="commune")).cell(LILLE).state == "suppressed"
    assert measure.series(made, Query("jobs")).cell("8").state == "suppressed"


def test_a_commune_that_entered_is_not_the_difference_of_two_perimeters() -> None:
    made = shown([job(code) for code in COMMUNES if code not in ENTERED] + [job(AUBERS, establishments=1.0)])
    states = {
        perimeter: measure.series(made, Query("jobs", perimeter=perimeter)).cell("1").state for perimeter in (85, 95)
    }
    absent = measure.series(made, Query("jobs", level="commune")).cell("59088").state
    assert absent == "zero", "a table that is cut lists what is not empty"
    assert states == {85: "suppressed", 95: "value"}, "the perimeter of before is hidden first"


ENTERED = ("59025", "59088", "59257", "59371", "59487")


def test_what_the_source_hides_is_never_a_zero() -> None:
    made = shown(everywhere(c59512={"posts": None, "establishments": None, "largest": None}))
    roubaix = measure.series(made, Query("jobs", level="commune")).cell("59512")
    assert (roubaix.state, roubaix.value) == ("suppressed", None)
    assert measure.series(made, Query("jobs")).cell("3").state == "suppressed"
    assert measure.series(made, Query("jobs")).total.state == "suppressed"


def test_hidden_numbers_are_not_in_the_panel_at_all() -> None:
    made = drawn_release()
    for key in ("jobs", "jobs_per_1000", "ess_job_share", "location_quotient"):
        for level, perimeter in product(("commune", "territory"), (85, 90, 95)):
            found = build(made, INDICATORS[key], level, perimeter)
            gone = found.states != 0
            assert gone.any()
            assert not found.values[gone].any()
            assert not found.numerators[gone].any()
            assert found.denominators is None or not found.denominators[gone].any()


def test_what_is_recorded_at_publication_is_what_would_be_worked_out() -> None:
    made = drawn_release()
    kept = release(jobs=drawn())
    object.__setattr__(kept, "secrecy", masks.record(made))
    for scope in ("ess", "all"):
        recorded = recording.recorded(kept.secrecy, scope, 4)
        worked_out = masks.hidden(made, {"ess": "jobs", "all": "all_jobs"}[scope])
        assert recorded.keys() == set(worked_out.years)
        for year, cells in recorded.items():
            assert np.array_equal(cells, worked_out.cells[worked_out.years.index(year)])


def test_the_quotient_is_that_of_the_domain() -> None:
    """Domain, section 3: 9.6 % against 10.8 % is 0.889."""
    rows = [job(code, posts=90.0) for code in COMMUNES]
    everyone = {"scope": "all", "family": None, "sector": None, "posts": 1000.0, "establishments": 60.0}
    rows += [job(code, **everyone, largest=100.0) for code in COMMUNES]
    made = shown(rows)
    assert measure.series(made, Query("ess_job_share")).total.value == pytest.approx(9.0)
    assert measure.series(made, Query("location_quotient")).total.value == pytest.approx(1.0)
    unequal = [
        job(code, posts=96.0 if code == LILLE else 108.0 + 12.0 / (len(COMMUNES) - 1), largest=10.0)
        for code in COMMUNES
    ]
    made = shown([*unequal, *rows[len(COMMUNES) :]])
    assert measure.series(made, Query("location_quotient", level="commune")).cell(LILLE).value == pytest.approx(
        0.889, abs=5e-4
    )


def test_the_quotient_is_not_cut_by_sector() -> None:
    found = measure.series(drawn_release(), Query("location_quotient", sector=next(iter(SECTORS))))
    assert all(cell.state == "missing" for cell in found.cells)


def test_sectors_and_families_exist_in_the_drawn_release() -> None:
    built = measure.panel(drawn_release(), "jobs", "territory", 95)
    assert built.by_sector
    assert built.by_family
    assert len(FAMILIES) + 2 == built.values.shape[2]
