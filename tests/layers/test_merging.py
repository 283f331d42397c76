from __future__ import annotations

import itertools
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers import demonstration, tables
from layers.covering import RECORD
from layers.merging import Incoming, merge
from tests.layers.invented import actor, delivery, grant, sha256


def after(base: Any, *incoming: Incoming) -> Any:
    """What a release made of these files holds."""
    merged = merge(base, incoming)
    for name, frame in merged.tables.items():
        assert not frame.duplicated(list(RECORD[name])).any()
        assert list(frame.columns) == list(tables.COLUMNS[name])
    manifest = {"sources": list(merged.sources)}
    return SimpleNamespace(demonstration=False, manifest=manifest, tables=lambda: merged.tables, gone=merged.departures)


def names(release: Any, table: str = "actors") -> list[str]:
    return sorted(release.tables()[table]["name"])


def files(release: Any) -> set[str]:
    return {source["file"] for source in release.manifest["sources"]}


def test_the_first_import_starts_from_nothing() -> None:
    release = after(None, delivery(actor(1), actor(2)))
    assert names(release) == ["Essai 1", "Essai 2"]
    assert release.tables()["grants"].empty


def test_the_first_import_forgets_the_demonstration() -> None:
    release = after(demonstration.release(), delivery(actor(1)))
    assert names(release) == ["Essai 1"]
    assert files(release) == {"essai.csv"}


def test_another_kind_or_vintage_adds_up() -> None:
    base = after(None, delivery(actor(1)))
    added = delivery(actor(1, year=2021), vintage="2021", file="b.csv")
    base = after(base, added, delivery(grant(1), kind="jaune", vintage="2010", file="jaune.csv"))
    assert len(base.tables()["actors"]) == 2
    assert len(base.tables()["grants"]) == 1
    assert files(base) == {"essai.csv", "b.csv", "jaune.csv"}
    assert added.replaced == 0


def test_the_same_rows_from_another_file_are_replaced_and_counted() -> None:
    base = after(None, delivery(actor(1), actor(2), actor(3)))
    new = delivery(actor(2), actor(3), actor(4), file="new.csv")
    release = after(base, new)
    assert names(release) == ["Essai 2", "Essai 3", "Essai 4"]
    assert files(release) == {"new.csv"}
    assert new.replaced == 3


def test_the_same_file_again_replaces_nothing() -> None:
    base = after(None, delivery(actor(1), actor(2)))
    again = delivery(actor(1), actor(2))
    release = after(base, again)
    assert again.replaced == 0
    pd.testing.assert_frame_equal(release.tables()["actors"], base.tables()["actors"])


def test_the_same_file_under_another_vintage_is_a_correction() -> None:
    base = after(None, delivery(actor(1)), delivery(actor(2, year=2019), vintage="2019", file="other.csv"))
    release = after(base, delivery(actor(1, year=2021), vintage="2021"))
    assert sorted(release.tables()["actors"]["year"]) == [2019, 2021]
    assert sorted(source["vintage"] for source in release.manifest["sources"]) == ["2019", "2021"]


def test_files_of_one_command_add_up() -> None:
    release = after(None, delivery(actor(1), file="north.csv"), delivery(actor(2), file="south.csv"))
    assert names(release) == ["Essai 1", "Essai 2"]
    one = delivery(actor(1), actor(2), actor(3), file="whole.csv")
    whole = after(release, one)
    assert names(whole) == ["Essai 1", "Essai 2", "Essai 3"]
    assert one.replaced == 2
    assert files(whole) == {"whole.csv"}


def observation(value: float, year: int = 2021, **changes: Any) -> dict[str, Any]:
    row = {"commune": "59350", "variable": "population", "year": year, "value": value, "state": "value", "row": 2}
    return {**row, **changes}


def observed(file: str, vintage: str, *rows: dict[str, Any]) -> Incoming:
    incoming = delivery(kind="population", vintage=vintage, file=file)
    origin = {"source": "population", "vintage": vintage, "file_sha256": sha256(file)}
    incoming.tables = {"observations": tables.build("observations", [{**row, **origin} for row in rows])}
    return incoming


def test_a_value_said_again_by_another_vintage_is_that_of_the_newest_file() -> None:
    base = after(None, observed("old.csv", "2013-2021", observation(1.0, 2013), observation(2.0, 2021)))
    new = observed("new.csv", "2014-2022", observation(3.0, 2021), observation(4.0, 2022))
    release = after(base, new)
    held = release.tables()["observations"].set_index("year")["value"].to_dict()
    assert held == {2013: 1.0, 2021: 3.0, 2022: 4.0}
    assert new.replaced == 1
    assert files(release) == {"old.csv", "new.csv"}


def test_a_file_of_which_nothing_is_left_is_no_longer_a_source() -> None:
    base = after(None, observed("old.csv", "2021", observation(1.0)))
    assert files(after(base, observed("new.csv", "2021 révisé", observation(2.0)))) == {"new.csv"}


deliveries = st.lists(
    st.tuples(
        st.sampled_from(["siae", "conseiller-numerique"]),
        st.sampled_from([2020, 2021]),
        st.sets(st.integers(1, 5), min_size=1),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda drawn: drawn[:2],
)


@settings(deadline=None, max_examples=30)
@given(deliveries, st.randoms(use_true_random=False))
def test_the_order_of_the_imports_does_not_change_the_release(drawn: list[Any], chance: Any) -> None:
    def imported(order: list[Any]) -> Any:
        release = None
        for kind, year, numbers in order:
            rows = [actor(number, year=year) for number in sorted(numbers)]
            release = after(release, delivery(*rows, kind=kind, vintage=str(year), file=f"{kind}-{year}.csv"))
        return release

    shuffled = list(drawn)
    chance.shuffle(shuffled)
    pd.testing.assert_frame_equal(imported(drawn).tables()["actors"], imported(shuffled).tables()["actors"])


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sets(st.integers(1, 6), min_size=1), min_size=1, max_size=5))
def test_every_row_is_kept_or_counted_as_replaced(steps: list[set[int]]) -> None:
    release, accepted, replaced = None, 0, 0
    for step, numbers in enumerate(steps):
        file = delivery(*[actor(number) for number in sorted(numbers)], file=f"{step}.csv")
        release = after(release, file)
        accepted += len(numbers)
        replaced += file.replaced
    assert release
    assert len(release.tables()["actors"]) == accepted - replaced


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_sources_have_their_rows_and_rows_their_source(order: tuple[int, ...]) -> None:
    incoming = [delivery(actor(n, year=2020 + n), vintage=str(2020 + n), file=f"{n}.csv") for n in range(3)]
    release = after(None, *(incoming[n] for n in order))
    by_source = {source["sha256"] for source in release.manifest["sources"]}
    assert set(release.tables()["actors"]["file_sha256"]) == by_source
