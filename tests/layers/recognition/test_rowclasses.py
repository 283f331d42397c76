"""Totals are proved by arithmetic, notes and repeated headers are no rows, and no grant is taken for one of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from layers.recognition.rowclasses import BLANK, DATA, HEADER, NOTE, TOTAL, RowClasses, Ruled
from layers.recognition.totals import Total

TITLES = ("Association", "Commune", "RNA", "Montant")


def classes() -> RowClasses:
    return RowClasses(TITLES, (3,), (2,), lambda _at, text: int(text) * 100 if text.lstrip("-").isdecimal() else None)


def row(name: str, amount: object = "", commune: str = "", rna: str = "") -> list[str]:
    return [name, commune, rna, str(amount)]


amounts = st.lists(st.integers(-5000, 90_000).filter(bool), min_size=2, max_size=12)
says = st.sampled_from(["TOTAL", "Total général", "TOTAL ROUBAIX", "Sous-total", "Ensemble", ""])


def ruled(*rows: list[str]) -> list[Ruled]:
    return classes().of_all(rows)


def data(amounts: list[int], part: str = "") -> list[list[str]]:
    return [row(f"Amicale {part}{at}", one, "Lille") for at, one in enumerate(amounts)]


@given(amounts=amounts, says=says, above=st.booleans())
@settings(deadline=None)
def test_a_total_that_adds_up_is_a_control_row(amounts: list[int], says: str, above: bool) -> None:
    total = row(says, sum(amounts))
    found = ruled(total, *data(amounts)) if above else ruled(*data(amounts), total)
    kinds = [one.kind for one in (found[1:] if above else found[:-1])]
    assert kinds == [DATA] * len(amounts)
    if sum(amounts):
        assert found[0 if above else -1] == Ruled(TOTAL, Total(proved=True))


@given(
    groups=st.lists(amounts, min_size=2, max_size=4),
    above=st.booleans(),
    called=st.sampled_from(["Sous-total", "Partie"]),
)
@settings(deadline=None)
def test_sub_totals_by_their_word_or_by_name_alone_then_the_total_of_all(
    groups: list[list[int]], above: bool, called: str
) -> None:
    rows, totals = [], []
    for at, group in enumerate(groups):
        own, total = data(group, f"{at}-"), row(f"{called} {at}", sum(group))
        totals.append(len(rows) if above else len(rows) + len(own))
        rows += [total, *own] if above else [*own, total]
    found = ruled(*rows, row("Total", sum(map(sum, groups))))
    if all(sum(group) for group in groups) and sum(map(sum, groups)):
        assert [at for at, one in enumerate(found) if one.kind == TOTAL] == [*totals, len(rows)]
        assert not any(one.total.doubtful for one in found if one.total)


@given(amounts=amounts, wrong=st.integers(1, 900))
@settings(deadline=None)
def test_a_total_that_does_not_add_up_is_told_and_never_a_grant(amounts: list[int], wrong: int) -> None:
    (found,) = [one for one in ruled(*data(amounts), row("TOTAL", sum(amounts) + wrong)) if one.kind == TOTAL]
    assert found.total is not None
    if not found.total.proved:
        assert found.total.announced - found.total.added == wrong * 100


def test_a_body_whose_name_says_total_is_data_where_it_says_as_much_as_the_others() -> None:
    named = row("Ensemble vocal", 10, "Lille")
    assert [one.kind for one in ruled(row("Amicale", 10, "Lille"), named)] == [DATA, DATA]
    assert ruled(row("Amicale", 10), row("Total Fiction", 10, "", "W595000001"))[1].kind == DATA


def test_one_row_of_a_name_that_adds_up_by_chance_is_doubtful() -> None:
    found = ruled(row("Amicale", 10, "Lille"), row("Association du Modèle", 10), row("Amicale 2", 25, "Lille"))
    assert found[1].total == Total(proved=True, doubtful=True)


def test_a_row_that_counts_those_that_it_adds_up_is_a_total() -> None:
    found = ruled(*data([10, 25, 40]), row("3 associations", 75))
    assert found[-1].total == Total(proved=True)


def test_what_is_no_row() -> None:
    found = classes()
    assert found.of([" ", "", "", ""]).kind == BLANK
    assert found.of(["ASSOCIATION", "commune", "Rna", "Montant "]).kind == HEADER
    assert found.of(row("Source : service fictif")).kind == NOTE
    assert found.of(row("* montants provisoires")).kind == NOTE
    assert found.of(["Les", "Fictifs"]).kind == DATA, "cut: it is refused, and not passed for a note"
    assert found.of(row("Amicale", 0)).kind == DATA
    assert found.of(["(1)", "(2)", "(3)", "(4)"]).kind == HEADER
    assert found.of(["", "", "", "(k€)"]).kind == HEADER
