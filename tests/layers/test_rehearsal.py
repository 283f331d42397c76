"""A rehearsal says what a release would change, and what of it is out of proportion."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import demonstration, rehearsal
from layers.importing import import_files
from layers.store import Store
from tests import factories
from tests.factories import LILLE, ROUBAIX
from tests.layers import invented


def structures(number: int, commune: str, start: int = 0, **changes: object) -> list[dict[str, object]]:
    return [invented.actor(start + n, commune, **changes) for n in range(number)]


def test_nothing_changes_between_a_release_and_itself() -> None:
    release = factories.release(actors=structures(3, LILLE))
    found = rehearsal.compare(release, release)
    assert (found.totals, found.communes, found.sectors, found.unusual) == ((), (), (), ())


def test_a_commune_that_loses_its_structures_is_unusual_and_named() -> None:
    before = factories.release(actors=structures(60, LILLE) + structures(40, ROUBAIX, 100))
    after = factories.release(actors=structures(63, LILLE) + structures(4, ROUBAIX, 100))
    found = rehearsal.compare(before, after)
    assert [(change.where, change.before, change.after) for change in found.communes] == [
        ("Lille", 60, 63),
        ("Roubaix", 40, 4),
    ]
    assert [change.where for change in found.unusual if change in found.communes] == ["Roubaix"]
    assert [(change.where, change.before, change.after) for change in found.totals] == [("2020", 100, 67)]


def test_a_sector_that_appears_at_once_is_unusual() -> None:
    before = factories.release(actors=structures(60, LILLE))
    after = factories.release(actors=structures(20, LILLE) + structures(40, LILLE, 100, sector="commerce"))
    unusual = rehearsal.compare(before, after).unusual
    assert {(change.before, change.after) for change in unusual} == {(0, 40), (60, 20)}
    assert len(unusual) == 2


def test_a_year_that_comes_is_held_against_the_one_before_it_and_one_that_leaves_is_told() -> None:
    first = factories.release(grants=[invented.grant(n) for n in range(5)])
    both = factories.release(
        grants=[invented.grant(n) for n in range(5)] + [invented.grant(n, 1_500_000, year=2011) for n in range(9, 12)]
    )
    (amount,) = [change for change in rehearsal.compare(first, both).unusual if change.indicator.key == "grants_amount"]
    assert (amount.where, amount.before, amount.after) == ("2011", None, 45_000)
    left = rehearsal.compare(both, first)
    assert all(change.unusual and change.after is None and change.where == "2011" for change in left.totals)


def test_a_first_import_is_compared_with_nothing() -> None:
    after = factories.release(actors=structures(40, LILLE))
    for before in (None, demonstration.release()):
        found = rehearsal.compare(before, after)
        assert found.compared is None
        assert [(change.indicator.key, change.where, change.after) for change in found.totals] == [
            ("actors", "2020", 40)
        ]
        assert found.unusual == ()


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_chance_and_few_structures_are_never_unusual(before: int, after: int) -> None:
    assert rehearsal.is_unusual_count(before, after) == rehearsal.is_unusual_count(after, before)
    if abs(after - before) < rehearsal.FEWEST or (after - before) ** 2 <= before + after:
        assert not rehearsal.is_unusual_count(before, after)


@pytest.mark.parametrize(
    ("before", "after", "told"), [(100, 199, False), (100, 201, True), (0, 1, True), (0, 0, False)]
)
def test_a_total_beyond_twice_or_half_is_unusual(before: float, after: float, *, told: bool) -> None:
    assert rehearsal.is_unusual_total(before, after) is told
    assert rehearsal.is_unusual_total(after, before) is told


def test_a_dry_run_rehearses_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "siae_2020-12.csv"
    path.write_text("siret;kind;naf;name;post_code;city\n;EI;8899B;ESSAI COQUELICOT;59000;LILLE\n", "utf-8")
    store = Store(tmp_path / "data")
    found = import_files([path], store, dry_run=True).rehearsal
    assert found is not None
    assert found.compared is None
    assert not store.folder.exists()
    shown = import_files([path], store)
    assert shown.rehearsal is None
    again = import_files([path], store, dry_run=True).rehearsal
    assert again is not None
    assert (again.compared, again.totals) == (shown.release, ())
    refused = import_files([tmp_path / "absent.csv"], store, dry_run=True)
    assert refused.rehearsal is None
