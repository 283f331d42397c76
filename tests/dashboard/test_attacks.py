"""Releases that differ in hidden cells alone: each way out once. `python -m tests.attacks` asks for all of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from layers.release import Release
from layers.secrecy import masks
from tests.attacks.asked import differences, few
from tests.attacks.twins import twins

YEAR = 2023
Pair = tuple[Release, Release]


@pytest.fixture(scope="module")
def pair() -> Pair:
    return twins(years=(YEAR,))


def test_hidden_cells_are_others_and_no_shown_one_is(pair: Pair) -> None:
    one, other = pair
    moved = one.jobs["posts"].ne(other.jobs["posts"])
    assert moved.sum() > 300
    assert set(one.jobs.loc[moved, "year"]) == {YEAR}
    assert one.jobs["establishments"].ne(other.jobs["establishments"]).sum() > 100
    assert one.id == other.id
    assert one.secrecy is other.secrecy


def test_they_give_the_same_bytes(pair: Pair, tmp_path: Path) -> None:
    seen, found = differences(pair, list(few(pair[0])), tmp_path)
    assert seen > 60
    assert not found, "\n".join(found)


def test_were_nothing_hidden_they_would_not(pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = [Release(**{name: getattr(one, name) for name in FIELDS}) for one in pair]
    mask = masks.mask
    monkeypatch.setattr(masks, "mask", lambda *asked: np.zeros_like(mask(*asked)))
    asked = [one for one in few(pair[0]) if one.startswith(("/api/v1/indicators/jobs?level", "/export/xlsx"))]
    _, found = differences((shown[0], shown[1]), asked, tmp_path)
    told = [one.partition("\n")[0] for one in found]
    assert len(asked) == 2
    assert set(asked) <= set(told)
    assert any(one.startswith("scene") for one in told)


FIELDS = ("id", "manifest", "demonstration", "geography", "actors", "grants", "observations", "jobs", "secrecy")
