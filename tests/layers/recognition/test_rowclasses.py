"""Totals are proved by arithmetic, notes and repeated headers are no rows, and no grant is taken for one of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from layers.recognition.rowclasses import BLANK, DATA, HEADER, NOTE, TOTAL, RowClasses

TITLES = ("Association", "Commune", "RNA", "Montant")


def classes() -> RowClasses:
    return RowClasses(TITLES, (3,), (2,), lambda _at, text: int(text) * 100 if text.lstrip("-").isdecimal() else None)


def row(name: str, amount: object = "", commune: str = "", rna: str = "") -> list[str]:
    return [name, commune, rna, str(amount)]


amounts = st.lists(st.integers(-5000, 90_000).filter(bool), min_size=2, max_size=12)
says = st.sampled_from(["TOTAL", "Total général", "TOTAL ROUBAIX", "Sous-total", "Ensemble", ""])


@given(amounts=amounts, says=says)
@settings(deadline=None)
def test_a_total_that_adds_up_is_a_control_row(amounts: list[int], says: str) -> None:
    found = classes()
    assert [found.of(row(f"Amicale {at}", one)).kind for at, one in enumerate(amounts)] == [DATA] * len(amounts)
    if sum(amounts):
        assert found.of(row(says, sum(amounts))).kind == TOTAL


@given(groups=st.lists(amounts, min_size=2, max_size=4))
@settings(deadline=None)
def test_sub_totals_then_the_total_of_all(groups: list[list[int]]) -> None:
    found = classes()
    for at, group in enumerate(groups):
        for number, one in enumerate(group):
            assert found.of(row(f"Amicale {at}-{number}", one)).kind == DATA
        if sum(group):
            ruled = found.of(row(f"Sous-total {at}", sum(group)))
            assert (ruled.kind, ruled.proved) == (TOTAL, True)
    whole = sum(sum(group) for group in groups)
    if whole and all(sum(group) for group in groups):
        assert found.of(row("Total", whole)).kind == TOTAL


@given(amounts=amounts, wrong=st.integers(1, 900))
@settings(deadline=None)
def test_a_total_that_does_not_add_up_is_told_and_never_a_grant(amounts: list[int], wrong: int) -> None:
    found = classes()
    for at, one in enumerate(amounts):
        found.of(row(f"Amicale {at}", one))
    ruled = found.of(row("TOTAL", sum(amounts) + wrong))
    assert (ruled.kind, ruled.proved) == (TOTAL, False)
    assert ruled.announced - ruled.added == wrong * 100


def test_a_body_whose_name_says_total_is_data_where_it_has_a_number() -> None:
    found = classes()
    found.of(row("Amicale", 10))
    assert found.of(row("Total Fiction", 25, "Lille", "W595000001")).kind == DATA


def test_what_is_no_row() -> None:
    found = classes()
    assert found.of([" ", "", "", ""]).kind == BLANK
    assert found.of(["ASSOCIATION", "commune", "Rna", "Montant "]).kind == HEADER
    assert found.of(row("Source : service fictif")).kind == NOTE
    assert found.of(row("* montants provisoires")).kind == NOTE
    assert found.of(["Les", "Fictifs"]).kind == DATA, "cut: it is refused, and not passed for a note"
    assert found.of(row("Amicale", 0)).kind == DATA
