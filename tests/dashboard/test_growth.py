"""Valid addresses without end: no cache goes beyond its bound, and what is made once of a release stays so."""

from __future__ import annotations

import random

import pytest
from flask.testing import FlaskClient

from benchmarks.addresses import Draw
from layers import demonstration
from layers.cache import Cache, in_use

PART = 20
"""Of the bounds: what a few dozen addresses reach, as thousands reach the whole."""


def test_random_valid_addresses_keep_every_cache_within_its_bound(
    demo: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = demonstration.release()
    draw = Draw(release, random.Random(20))  # noqa: S311  (a draw, not a secret)
    narrowed = [one for one in in_use() if isinstance(one, Cache) and one.name not in ("release", "geographies")]
    before = {one: one.size for one in narrowed}
    for one in narrowed:
        monkeypatch.setattr(one, "most", one.most // PART)
    drawn = [draw.pack() for _ in range(8)] + [draw.page() for _ in range(8)] + [draw.other() for _ in range(16)]
    assert [address for address in drawn if demo.get(address).status_code != 200] == []
    assert [one.name for one in narrowed if one.size > max(one.most, before[one])] == []
    assert {one.name for one in narrowed if one.size > one.most * 0.9} >= {"series"}


def test_what_is_made_once_of_a_release_has_no_name_that_an_address_makes(demo: FlaskClient) -> None:
    release = demonstration.release()

    def ask(number: int) -> None:
        for address in (
            f"/acteurs/points/{release.id}/{number}-to_review.json",
            f"/api/v1/actors?ess=to_review&year={number % 9000 + 1000}",
            f"/acteurs?year={number}",
            f"/search?q={number}",
        ):
            assert demo.get(address).status_code in (200, 400)

    ask(1)
    once = len(release.cache)
    for number in range(2, 40):
        ask(number)
    assert len(release.cache) == once
