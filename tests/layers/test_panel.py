"""All slices at once: the same numbers as one at a time, and in their place."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.perimeter import members
from layers import facts, measure, panel
from layers.cube import FAMILY_AXIS, SECTOR_AXIS, UNKNOWN
from layers.indicators import INDICATORS
from layers.release import Release
from tests import factories
from tests.factories import LILLE, ROUBAIX, actor, grant


@pytest.fixture(scope="module")
def release() -> Release:
    return factories.release(
        actors=[actor(1, LILLE), actor(2, ROUBAIX, sector="commerce"), actor(3, ROUBAIX, sector=None, family=None)],
        grants=[grant(1, 10_000, LILLE)],
    )


@pytest.mark.parametrize("key", INDICATORS)
def test_arrays_have_a_place_for_every_slice(release: Release, key: str) -> None:
    for level, areas in (("territory", 8), ("commune", 95)):
        found = measure.panel(release, key, level, 95)
        sectors = len(SECTOR_AXIS) + 1 if found.by_sector else 1
        families = len(FAMILY_AXIS) + 1 if found.by_family else 1
        assert found.values.shape == found.states.shape == (len(found.years), sectors, families, areas + 1)
        assert len(found.codes) == len(found.names) == areas
        assert np.isfinite(found.values).all()


def test_the_last_place_is_all(release: Release) -> None:
    found = measure.panel(release, "actors", "territory", 95)
    assert found.slice(2020, None, None) == (0, len(SECTOR_AXIS), len(FAMILY_AXIS))
    assert found.values[0, -1, -1, -1] == 3
    assert found.values[0, SECTOR_AXIS.index("commerce"), -1, -1] == 1


def test_what_has_no_sector_has_one_place(release: Release) -> None:
    found = measure.panel(release, "population", "commune", 95)
    assert (found.by_sector, found.by_family) == (False, False)
    assert found.slice(2022, None, None) == (0, -1, -1)
    assert found.slice(2022, "commerce", None) is None


def test_a_panel_is_built_once_for_each_level_and_perimeter(release: Release) -> None:
    assert measure.panel(release, "actors", "commune", 85) is measure.panel(release, "actors", "commune", 85)
    assert measure.panel(release, "actors", "commune", 85) is not measure.panel(release, "actors", "commune", 95)


def test_an_unknown_level_is_refused(release: Release) -> None:
    with pytest.raises(ValueError, match="unknown level"):
        measure.panel(release, "actors", "quartier", 95)


def test_the_areas_are_those_of_the_perimeter(release: Release) -> None:
    found = panel.build(release, INDICATORS["actors"], "commune", 85)
    assert found.codes == tuple(sorted(members(85)))
    territories = panel.build(release, INDICATORS["actors"], "territory", 95)
    assert territories.names[2] == "Territoire Roubaisien"
    assert territories.values[0, -1, -1][2] == 2
    assert facts.cube(release, "actors").values.sum() == 3


def test_what_no_source_tells_is_said_beside_a_cut(release: Release) -> None:
    found = measure.panel(release, "actors", "territory", 95)
    assert tuple(map(str, found.notes(2020, "commerce", None))) == (
        "Secteur inconnu pour 33 % de la métropole : cette part n’est dans aucun secteur.",
    )
    assert found.notes(2020, None, None) == found.notes(2020, UNKNOWN, None) == ()
    assert "Famille inconnue pour 33 %" in str(found.notes(2020, None, "association")[0])
