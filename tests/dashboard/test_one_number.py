"""What two pages, files or answers name alike is one cell: no two of them tell another value of one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from layers import demonstration
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


@pytest.mark.parametrize("seed", range(random_releases.number(4)))
def test_a_release_drawn_at_random_does_too(seed: int) -> None:
    assert differences(of_release(random_releases.release(seed))) == []


def test_the_real_files_do_too(shared_data: Path, tmp_path: Path) -> None:
    assert differences(of_release(factories.real_release(shared_data, Store(tmp_path)))) == []
