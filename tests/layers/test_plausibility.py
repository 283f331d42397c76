"""Values that cannot be are told, with the line of the file; those that can are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from layers import plausibility
from layers.release import Release
from tests import factories
from tests.factories import LILLE, ROUBAIX, observation
from tests.layers import invented

TODAY = 2026


def job(**changes: Any) -> dict[str, Any]:
    return {
        "commune": "59128",
        "year": 2020,
        "scope": "ess",
        "posts": 40.0,
        "establishments": 4.0,
        "largest": 12.0,
        "state": "value",
        "source": "flores",
        "vintage": "2020",
        "file_sha256": invented.sha256("flores.csv"),
        "row": 7,
        **changes,
    }


def told(release: Release, before: Release | None = None) -> list[tuple[str, int]]:
    return [(one.reason, one.row) for one in plausibility.check(before, release, TODAY)]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ({"grants": [invented.grant(3, -5_000)]}, "Montant négatif"),
        ({"grants": [invented.grant(3, 20_000_000_000)]}, "cent millions"),
        ({"grants": [invented.grant(3, year=1799)]}, "Année impossible"),
        ({"actors": [invented.actor(3, LILLE, year=2099)]}, "Année impossible"),
        ({"actors": [invented.actor(3, LILLE, longitude=2.35, latitude=48.85, position="address")]}, "Position hors"),
        ({"observations": [observation(LILLE, 101.0, "poverty_rate")]}, "supérieur à 100"),
        ({"observations": [observation(LILLE, 12.0, "median_income")]}, "Revenu annuel"),
        ({"observations": [observation(LILLE, -1.0, "jobseekers")]}, "Valeur négative"),
        ({"observations": [observation("59128", 900_000.0, "jobseekers")]}, "habitants"),
        ({"jobs": [job(posts=900_000.0)]}, "plus de postes de l’ESS"),
        ({"jobs": [job(establishments=900_000.0)]}, "habitants"),
        ({"jobs": [job(largest=41.0)]}, "plus grand établissement"),
        ({"jobs": [job(posts=-3.0, largest=None)]}, "Valeur négative"),
    ],
)
def test_what_cannot_be_is_told(rows: Mapping[str, Any], reason: str) -> None:
    (found,) = plausibility.check(None, factories.release(**rows), TODAY)
    assert reason.lower() in found.reason.lower()
    assert found.row == next(iter(rows.values()))[0]["row"]


def test_what_can_be_is_not_told() -> None:
    release = factories.release(
        actors=[invented.actor(1, LILLE, longitude=3.0573, latitude=50.6292, position="address")],
        grants=[invented.grant(1, 0), invented.grant(2, 10_000_000_000)],
        observations=[
            observation(LILLE, 24.0, "poverty_rate"),
            observation(ROUBAIX, None, "poverty_rate"),
            observation(LILLE, 21_000.0, "median_income"),
        ],
        jobs=[job(), job(scope="all", posts=900_000.0, size_class="1-9")],
    )
    assert told(release) == []


def test_the_commune_is_named() -> None:
    (found,) = plausibility.check(None, factories.release(jobs=[job(posts=900_000.0)]), TODAY)
    assert found.where == factories.geography().communes.loc["59128", "name"]


def test_only_what_new_files_bring_is_told() -> None:
    release = factories.release(grants=[invented.grant(3, -5_000)])
    manifest = {"sources": [{"sha256": invented.sha256("jaune.csv")}]}
    before = Release("0", manifest, demonstration=False, geography=release.geography, **release.tables())
    assert told(release, before) == []
    assert len(told(release)) == 1


def test_a_value_far_from_the_last_published_is_told() -> None:
    old = factories.release(observations=factories.everywhere("jobseekers", 2019))
    code = factories.COMMUNES[0]
    moved = {code: {"value": 2_001.0}, factories.COMMUNES[1]: {"value": 3_999.0}}
    rows = [
        {**row, "file_sha256": invented.sha256("next.csv")} for row in factories.everywhere("jobseekers", 2020, moved)
    ]
    manifest = {"sources": [{"sha256": invented.sha256("observations.csv")}]}
    before = Release("0", manifest, demonstration=False, geography=old.geography, **old.tables())
    found = [
        one for one in plausibility.check(before, factories.release(observations=rows), TODAY) if "double" in one.reason
    ]
    assert [(one.where, one.value) for one in found] == [(old.geography.communes.loc[code, "name"], 2_001.0)]
    assert "1000" in found[0].reason


@pytest.mark.parametrize(
    ("changed", "doubted"),
    [
        ([job(establishments=6.0, posts=46.0)], [7]),
        ([job(), job(commune=ROUBAIX, establishments=2.0, posts=6.0, row=8)], [8]),
        ([job(posts=41.0)], [7]),
        ([job(establishments=9.0, posts=70.0)], []),
        ([job()], []),
        ([job(year=2021)], []),
    ],
)
def test_a_correction_of_too_few_establishments_is_told(changed: list[dict[str, Any]], doubted: list[int]) -> None:
    """Of the same posts said by another file nothing is told, nor of another year."""
    before = factories.release(jobs=[job()])
    fresh = [{**row, "file_sha256": invented.sha256("corrected.csv")} for row in changed]
    found = told(factories.release(jobs=fresh), before)
    assert [row for reason, row in found if reason.startswith("Correction")] == doubted
