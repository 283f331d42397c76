"""What a file replaces is what it covers and says again: nothing else ever leaves, and nothing leaves in silence."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers import tables
from layers.covering import COVERAGE, IDENTITY, RECORD
from layers.deliveries import INSIDE, ORIGIN, removes
from layers.merging import Incoming, merge
from layers.readers.grant_records import decided
from layers.repetition import settle
from tests.layers.invented import actor, delivery, grant, sha256

GRANTORS = ("Roubaix", "Tourcoing", "Département fictif")


@dataclass(frozen=True)
class Sent:
    """A delivery: a grantor, a year and a half of it, its folder, and the amounts of its decisions by number."""

    grantor: str
    year: int
    half: int
    amounts: tuple[int, ...]
    edition: int = 1

    @property
    def incoming(self) -> Incoming:
        """All of them bear the same file name: only the folder differs, which no release knows."""
        rows = [
            grant(
                number,
                cents,
                name=f"Association fictive {self.half}{number}",
                grant_id=f"essai:{self.grantor}:{self.year}:{self.half}:{number}:{cents}",
                grantor=self.grantor,
                year=self.year,
                kind="contracted",
                decision=decided(f"{self.half}-{number}", f"{self.year}-{6 * self.half:02}-01", ""),
            )
            for number, cents in enumerate(self.amounts)
        ]
        return named(delivery(*rows, kind="scdl", vintage=str(self.year), file=f"{self}"), "subventions.csv")

    @property
    def euros(self) -> int:
        return sum(self.amounts)


def named(incoming: Incoming, name: str, **source: str) -> Incoming:
    incoming.source |= {"file": name, **source}
    return incoming


def after(base: Any, *incoming: Incoming) -> Any:
    merged = merge(base, incoming)
    for name, frame in merged.tables.items():
        tables.check(name, frame)
    return SimpleNamespace(
        demonstration=False,
        manifest={"sources": list(merged.sources)},
        tables=lambda: merged.tables,
        gone=merged.departures,
    )


def total(release: Any) -> int:
    return int(release.tables()["grants"]["amount_cents"].sum())


sent = st.builds(
    Sent,
    st.sampled_from(GRANTORS),
    st.sampled_from([2022, 2023]),
    st.sampled_from([1, 2]),
    st.lists(st.integers(1, 10**6), min_size=1, max_size=5).map(tuple),
)
several = st.lists(sent, min_size=1, max_size=5, unique_by=lambda one: (one.grantor, one.year, one.half))


@settings(deadline=None, max_examples=5)
@given(several, st.randoms(use_true_random=False))
def test_disjoint_deliveries_all_stay_in_any_order_once_or_twice(drawn: list[Sent], chance: Any) -> None:
    def imported(order: list[Sent]) -> Any:
        release = None
        for one in order:
            release = after(release, one.incoming)
            assert not removes(release.gone)
        return release

    first = imported(drawn)
    assert total(first) == sum(one.euros for one in drawn)
    again = [*drawn, *chance.choices(drawn, k=3)]
    chance.shuffle(again)
    pd.testing.assert_frame_equal(first.tables()["grants"], imported(again).tables()["grants"])


@settings(deadline=None, max_examples=8)
@given(several, st.data())
def test_a_correction_replaces_its_own_rows_only_and_says_what_leaves(drawn: list[Sent], data: Any) -> None:
    release = None
    for one in drawn:
        release = after(release, one.incoming)
    old = data.draw(st.sampled_from(drawn))
    kept = data.draw(st.integers(-(-len(old.amounts) // 2), len(old.amounts)), label="rows kept, the half at least")
    amounts = tuple(cents + data.draw(st.sampled_from([0, 7])) for cents in old.amounts[:kept])
    new = replace(old, amounts=amounts, edition=2)
    release = after(release, new.incoming)
    assert total(release) == sum(one.euros for one in drawn) - old.euros + new.euros
    assert sum(one.removed for one in release.gone) == len(old.amounts) - kept
    assert sum(one.cents_removed for one in release.gone) == sum(old.amounts[kept:])
    assert {(one.file, one.year) for one in release.gone if one.removed} <= {("subventions.csv", old.year)}
    assert removes(release.gone) == (kept < len(old.amounts))


def weak(*amounts: int, names: str, file: str) -> Incoming:
    """Grants without reference nor date: only their names, in the order of ``names``, tell them apart."""
    rows = [
        grant(n, cents, name=name, grant_id=f"essai:{name}:{cents}", year=2023)
        for n, (name, cents) in enumerate(zip(names, amounts, strict=True))
    ]
    return delivery(*rows, kind="table", file=file)


def test_two_halves_that_share_a_beneficiary_without_reference_are_both_kept() -> None:
    release = after(after(None, weak(1, 2, 3, names="abc", file="s1.csv")), weak(4, 5, 6, names="ade", file="s2.csv"))
    assert total(release) == 21
    assert not removes(release.gone)


def test_other_amounts_of_the_same_names_without_reference_are_asked_about() -> None:
    release = after(after(None, weak(1, 2, names="ab", file="s1.csv")), weak(4, 5, names="ab", file="s2.csv"))
    assert removes(release.gone), "another amount may be another grant"
    same = after(after(None, weak(1, 2, names="ab", file="s1.csv")), weak(4, 5, names="ab", file="s1.csv"))
    assert total(same) == 9 and not removes(same.gone), "the name of the file says that it is the same one"


@pytest.mark.parametrize("date", ["", "2023"])
def test_a_purpose_that_many_grants_bear_does_not_tell_a_decision(date: str) -> None:
    def half(cents: int, file: str) -> Incoming:
        told = decided("", date, "Fonctionnement")
        rows = [grant(n, cents, name=f"Fictive {n}", grant_id=f"{n}:{cents}", decision=told) for n in range(3)]
        return delivery(*rows, kind="scdl", file=file)

    assert removes(after(after(None, half(100, "s1.csv")), half(101, "s2.csv")).gone), "it may be another half-year"
    assert not removes(after(after(None, half(100, "s1.csv")), half(101, "s1.csv")).gone)


Statement = tuple[str, int, int]  # what the last word is of: a grantor, a year, the number of a decision
statements = st.dictionaries(
    st.tuples(st.sampled_from(GRANTORS[:2]), st.sampled_from([2022, 2023]), st.integers(1, 4)),
    st.integers(1, 10**4), min_size=1, max_size=8,
)  # fmt: skip


def said(drawn: dict[Statement, int], file: str, **source: str) -> Incoming:
    rows = [
        grant(n, cents, name=f"Fictive {number}", grant_id=f"{who}:{year}:{number}:{cents}", grantor=who, year=year,
              kind="contracted", decision=decided(f"D{number}", f"{year}-01-01", ""))
        for n, ((who, year, number), cents) in enumerate(drawn.items())
    ]  # fmt: skip
    return named(delivery(*rows, kind="scdl", file=file), "subventions.csv", **source)


@settings(deadline=None, max_examples=int(os.environ.get("ESS_DELIVERIES", "15")))
@given(statements, st.lists(st.tuples(st.booleans(), st.data()), min_size=1, max_size=4))
def test_the_last_word_on_each_decision_is_what_the_release_sums(first: dict[Statement, int], then: Any) -> None:
    """Editions of one list, of some of its years or all, and its rejects: each decision counts once."""
    release, model = after(None, said(first, "0.csv")), dict(first)
    for at, (rejected, data) in enumerate(then, start=1):
        amounts = st.integers(1, 10**4)
        if rejected:
            news = data.draw(st.dictionaries(st.tuples(st.sampled_from(GRANTORS[:2]), st.just(2023), st.integers(5, 7)),
                                             amounts, min_size=1, max_size=3))  # fmt: skip
            news = {one: cents for one, cents in model.items() if one[2] > 4} | news  # rejects come back whole
            release = after(release, said(news, f"{at}-rejets.xlsx", **{ORIGIN: sha256("0.csv")}))
        else:
            years = data.draw(st.sampled_from([(2022,), (2023,), (2022, 2023)]))
            kept = {one: cents for one, cents in model.items() if one[1] in years}
            news = {one: data.draw(st.one_of(st.just(cents), amounts)) for one, cents in kept.items()} or dict(model)
            release = after(release, said(news, f"{at}.csv"))
        assert not removes(release.gone)
        model |= news
        assert total(release) == sum(model.values())


def test_a_grant_repeated_without_reference_is_counted_as_often_as_it_is_said() -> None:
    rows = [grant(n, 500, grant_id=f"essai:a:{n}", name="A", year=2023) for n in range(3)]
    release = after(after(None, delivery(*rows, kind="table", file="a.csv")), delivery(*rows[:2], kind="table"))
    assert total(release) == 1000
    assert sum(one.removed for one in release.gone) == 1


def rejects(origin: str, *rows: dict[str, Any], file: str = "a-rejets.xlsx") -> Incoming:
    return named(delivery(*rows, kind="table", file=file), file, **{ORIGIN: sha256(origin)})


def table(file: str, *rows: dict[str, Any]) -> Incoming:
    return delivery(*rows, kind="table", file=file)


@pytest.mark.parametrize("name", ["another", "the same"])
def test_corrected_rejects_complete_their_file_and_are_never_counted_twice(name: str) -> None:
    first, second, third = (
        grant(n, 1000 * n, grant_id=f"essai:{n}", name=name if name == "the same" else f"Fictive {n}", year=2023)
        for n in (1, 2, 3)
    )
    original, whole = table("a.csv", first), table("a2.csv", first, second, third)
    alone = after(after(None, original), rejects("a.csv", second, third))
    assert total(alone) == 6000
    assert not removes(alone.gone)
    assert total(after(alone, rejects("a.csv", second, third))) == 6000
    corrected = after(alone, whole)
    assert total(corrected) == 6000
    assert not removes(corrected.gone)
    late = after(corrected, rejects("a.csv", second, third))
    assert total(late) == 6000
    assert not removes(late.gone), "rejects never take the place of anything"
    together = [table("a2.csv", first, second, third), rejects("a.csv", second, third)]
    settle(together, {})
    assert total(after(alone, *together)) == 6000


def test_a_corrected_file_takes_the_place_of_the_rejects_of_the_one_it_corrects() -> None:
    first, second = (grant(n, 1000 * n, grant_id=f"essai:{n}", name=f"Fictive {n}", year=2023) for n in (1, 2))
    badly = {**second, "name": "Fictive 2, mal écrite", "grant_id": "essai:other"}
    base = after(after(None, table("a.csv", first)), rejects("a.csv", badly))
    release = after(base, table("a2.csv", first, second))
    assert total(release) == 3000
    assert [(one.file, one.removed) for one in release.gone if one.removed] == [("a-rejets.xlsx", 1)]


@pytest.mark.parametrize("decision", [decided("D1", "", ""), None], ids=["told", "by its names alone"])
def test_rejects_that_come_again_leave_the_rows_that_they_no_longer_say(decision: str | None) -> None:
    rows = [grant(n, 1000 * n, grant_id=f"essai:{n}", name=f"Fictive {n}", year=2023) for n in (1, 2, 3, 4)]
    rows = [{**row, "decision": decision and f"{decision}{n}"} for n, row in enumerate(rows)]
    base = after(after(None, table("a.csv", rows[0])), rejects("a.csv", rows[1], rows[2]))
    second = after(base, rejects("a.csv", rows[2], rows[3], file="a-rejets-2.xlsx"))
    assert (total(second), removes(second.gone)) == (10_000, False), "what was corrected before stays"
    twice = {**rows[2], "amount_cents": 5, "grant_id": "essai:again"}
    third = after(second, rejects("a.csv", twice, file="a-rejets-3.xlsx"))
    assert total(third) == 10_000 - 3_000 + 5
    assert removes(third.gone) is (decision is None), "what only its names tell may be another grant: it is asked"


@pytest.mark.parametrize("first", ["zip", "plain"])
def test_a_file_and_its_archive_are_one_with_the_rejects_of_either(first: str) -> None:
    held = [grant(n, 1000 * n, grant_id=f"essai:{n}", name=f"Fictive {n}", year=2023) for n in (1, 2, 3)]
    sent = {
        "zip": lambda: named(table("a.zip", *held[:2]), "a.zip", **{INSIDE: sha256("a.csv")}),
        "plain": lambda: table("a.csv", *held[:2]),
    }
    then = next(name for name in sent if name != first)
    rejected = rejects("a.zip" if first == "zip" else "a.csv", held[2])
    base = after(after(None, sent[first]()), rejected)
    again = after(base, sent[then]())
    assert (total(again), removes(again.gone)) == (6_000, False)
    assert [one["file"] for one in again.manifest["sources"]] == [
        "a-rejets.xlsx",
        "a.zip" if then == "zip" else "a.csv",
    ]
    other = next(name for name in sent if name != then)
    assert total(after(again, sent[other]())) == 6_000


def test_lists_of_two_places_under_one_name_are_both_kept() -> None:
    north = named(delivery(actor(1), actor(2), kind="table", file="north"), "associations.csv")
    south = named(delivery(actor(3), actor(4), kind="table", file="south"), "associations.csv")
    assert len(after(after(None, north), south).tables()["actors"]) == 4


def test_every_table_of_files_declares_what_its_rows_cover_and_what_tells_them() -> None:
    assert set(COVERAGE) == set(IDENTITY) == set(RECORD) - {"secrecy"} == set(tables.SCHEMAS) - {"secrecy"}
    for name in COVERAGE:
        assert {*COVERAGE[name], *IDENTITY[name], *RECORD[name]} <= set(tables.COLUMNS[name])
