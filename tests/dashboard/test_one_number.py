"""What two pages, files or answers name alike is one cell: no two of them tell another value of one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.followup.choice import read
from dashboard.followup.content import content as followup
from dashboard.funding.choice import Choice, Scenario
from dashboard.funding.content import content as funding
from geodata.territories import TERRITORIES
from layers import demonstration
from layers.allocation import RULES
from layers.store import Store
from tests import factories, random_releases
from tests.dashboard.one_number import differences, of_release

LEAST = 3
"""Tellings of the amount of the metropole, at least: home, series, funding, portrait."""


def test_the_demonstration_tells_one_number_of_each_thing(demo: FlaskClient) -> None:
    found = of_release(demonstration.release(), demo)
    assert differences(found) == []
    year = next(year for key, code, year in found if (key, code) == ("grants_amount", "mel"))
    assert len({one.where for one in found["grants_amount", "mel", year]}) > LEAST


@pytest.mark.parametrize("seed", range(random_releases.number(1)))
def test_a_release_drawn_at_random_does_too(seed: int) -> None:
    assert differences(of_release(random_releases.release(seed))) == []


def test_the_real_files_do_too(shared_data: Path, tmp_path: Path) -> None:
    assert differences(of_release(factories.real_release(shared_data, Store(tmp_path)))) == []


@pytest.mark.parametrize("years", [1, 3])
@pytest.mark.parametrize("rule", RULES)
def test_the_title_of_a_scenario_says_the_changes_of_its_table(rule: str, years: int) -> None:
    """« −2 248 € » in the title and « +10 009 € » in the table were two years of one scenario."""
    view = factories.view(demonstration.release(), indicator="grants_amount")
    shown = Scenario(rule, 700_000, 5.0, years, 20_000, None)
    made = funding(view, Choice(stage="voted", need="population", constant=False, scenario=shown))
    table = next(one for section in made.sections for one in section.sheets if one.key == "scenario-amounts")
    changed = [row[table.columns.index("Évolution")] for row in table.rows[: len(TERRITORIES)]]
    most, least = (pick(changed, key=lambda entry: entry.value) for pick in (max, min))
    assert most.text in made.headline
    assert least.text in made.headline


def test_the_title_of_the_follow_up_prints_what_its_table_does() -> None:
    view = factories.view(demonstration.release())
    made = followup(view, read(view))
    table = next(one for section in made.sections for one in section.sheets if one.key == "jobs-territory")
    total, heads = table.rows[-1], ("Créés, prévus", "Maintenus, prévus")
    assert all(total[table.columns.index(head)].text in made.headline for head in heads)
