"""Packs: a slice for every choice, the same as made alone, and the same bytes every time."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest

from dashboard import packs, slices
from dashboard.packs import PackKey
from dashboard.slices import Scope
from geodata import geography as geographies
from layers import demonstration, measure
from layers.classing import Classing
from layers.indicators import INDICATORS
from layers.release import Release
from layers.series import Query
from tests import factories
from tests.factories import LILLE, ROUBAIX, actor, grant

METROPOLE, ROUBAISIEN = Scope("territory", None, 95), Scope("commune", "3", 90)


def rows() -> dict[str, list[dict[str, Any]]]:
    return {
        "actors": [
            actor(1, LILLE), actor(2, ROUBAIX, sector="commerce", year=2021),
            actor(3, ROUBAIX, sector=None, family=None),
        ],
        "grants": [grant(1, 10_000, LILLE, sector=None, family="association"), grant(2, 500, None, year=2011)],
    }  # fmt: skip


@pytest.fixture(scope="module")
def release() -> Release:
    return factories.release(**rows())


def content(release: Release, key: str, scope: Scope = METROPOLE, method: str = "jenks") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(packs.pack(release, PackKey(key, scope, Classing(method))))
    return found


@pytest.mark.parametrize("key", INDICATORS)
@pytest.mark.parametrize("scope", [METROPOLE, ROUBAISIEN], ids=lambda scope: scope.key)
def test_there_is_a_slice_for_every_choice(release: Release, key: str, scope: Scope) -> None:
    found = content(release, key, scope)
    expected = {
        packs.slice_name(sector, family, year)
        for year in measure.years(release, key) or (None,)
        for sector in (None, *packs.sectors(release, key))
        for family in (None, *packs.families(release, key))
    }
    assert set(found["slices"]) == expected
    assert found["codes"] == list(scope.codes())
    assert len(found["within"]) == len(found["short"]) == len(found["codes"])
    assert found["year"] in (*found["years"], None)


@pytest.mark.parametrize("key", INDICATORS)
def test_a_slice_made_alone_is_that_of_the_pack(key: str) -> None:
    packed = content(factories.release(**rows()), key, ROUBAISIEN)
    alone = factories.release(**rows())
    for name, found in packed["slices"].items():
        sector, family, year = (part or None for part in name.split("|"))
        query = Query(key, "commune", sector, family, int(year) if year else None, 90)
        made = slices.make(alone, query, ROUBAISIEN, Classing())
        assert json.loads(json.dumps(made.packed())) == found


def test_the_same_release_gives_the_same_bytes() -> None:
    one, other = (factories.release(**rows()) for _ in range(2))
    for key in ("actors", "grants_per_inhabitant", "population"):
        assert packs.pack(one, PackKey(key, METROPOLE, Classing())) == packs.pack(
            other, PackKey(key, METROPOLE, Classing())
        )


def test_a_pack_is_made_once(release: Release) -> None:
    key = PackKey("actors", METROPOLE, Classing())
    assert packs.pack(release, key) is packs.pack(release, key)


@pytest.mark.parametrize(("key", "error"), [("magie", KeyError)])
def test_an_unknown_pack_is_refused(release: Release, key: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        packs.pack(release, PackKey(key, METROPOLE, Classing()))


def test_sectors_are_offered_where_a_source_tells_them(release: Release) -> None:
    assert packs.sectors(release, "population") == packs.families(release, "population") == ()
    assert packs.sectors(release, "actors")[-1] == "inconnu"
    without = factories.release(actors=[actor(sector="divers", family=None)])
    assert packs.sectors(without, "actors")[-1] == "divers"
    assert packs.families(without, "actors") == ()


def test_the_unknown_sector_is_offered_only_where_something_is_in_it() -> None:
    assert "inconnu" not in packs.sectors(demonstration.release(), "actors")


def test_the_name_of_a_pack() -> None:
    assert PackKey("actors", ROUBAISIEN, Classing("quantile")).path == "actors/commune-3-90/quantile"
    assert [packs.slice_name(None, None, None), packs.slice_name("divers", "mutuelle", 2020)] == [
        "||",
        "divers|mutuelle|2020",
    ]


@pytest.mark.parametrize(("scope", "most"), [(METROPOLE, 50_000), (Scope("commune", None, 95), 120_000)], ids=str)
def test_packs_of_the_demonstration_stay_light(scope: Scope, most: int) -> None:
    for key in ("actors_per_1000", "grants_per_inhabitant"):
        assert len(zlib.compress(packs.pack(demonstration.release(), PackKey(key, scope, Classing())), 6)) < most


def test_no_pack_says_more_than_the_areas_of_its_scope(release: Release) -> None:
    names = geographies.load().communes["name"]
    text = packs.pack(release, PackKey("actors", ROUBAISIEN, Classing())).decode()
    assert "Roubaix" in text
    assert str(names[LILLE]) not in json.loads(text)["short"]
