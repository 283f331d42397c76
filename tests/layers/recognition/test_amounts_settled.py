"""Which columns of amounts are the grants: parts, totals, requests, loans; doubts are asked."""

from __future__ import annotations

import pytest

from layers.recognition import amounts, columns
from layers.values.amounts import amount

HEAD = ["Association", "Commune"]
ROWS = [["Amicale fictive", "Roubaix"], ["Club fictif", "Lille"], ["Cercle fictif", "Lille"]]


def settled(titles: list[str], *values: list[int]) -> tuple[amounts.Amounts, list[str]]:
    header = [*HEAD, *titles]
    rows = [[*row, *(str(column[at]) for column in values)] for at, row in enumerate(ROWS)]
    return amounts.settled(columns.settle(header, rows), rows, lambda text: amount(text).cents), header


@pytest.mark.parametrize(
    ("titles", "values", "read", "asked"),
    [
        (["Montant accordé"], [[1, 2, 3]], [["Montant accordé"]], False),
        (["Montant demandé", "Montant accordé"], [[9, 9, 9], [1, 2, 3]], [["Montant accordé"]], False),
        (["Montant voté", "Montant versé"], [[1, 2, 3], [1, 1, 1]], [["Montant voté"]], False),
        (["Montant fonctionnement", "Montant investissement"], [[1, 2, 3], [4, 5, 6]],
         [["Montant fonctionnement", "Montant investissement"]], False),
        (["Montant fonctionnement", "Montant projet"], [[1, 2, 3], [4, 5, 6]],
         [["Montant fonctionnement", "Montant projet"]], False),
        (["Montant fonctionnement", "Montant investissement", "Montant total"], [[1, 2, 3], [4, 5, 6], [5, 7, 9]],
         [["Montant total"]], False),
        (["Montant 2022", "Montant 2023"], [[1, 2, 3], [4, 5, 6]], [["Montant 2022"], ["Montant 2023"]], False),
        (["Montant accordé", "Montant du prêt"], [[1, 2, 3], [7, 7, 7]], [["Montant accordé"]], False),
        (["Montant accordé", "Montant total du projet"], [[1, 2, 3], [9, 9, 9]], [["Montant accordé"]], False),
        (["Subvention accordée", "Aide accordée"], [[1, 2, 3], [9, 8, 7]], None, True),
        (["Montant", "Montant 2022"], [[1, 2, 3], [9, 8, 7]], None, True),
    ],
)  # fmt: skip
def test_the_grants_of_a_table(
    titles: list[str], values: list[list[int]], read: list[list[str]] | None, asked: bool
) -> None:
    found, header = settled(titles, *values)
    assert bool(found.questions) is asked
    if read is not None:
        assert [[header[at] for at in one.places] for one in found.granted] == read
    told = {one.name for one, _ in found.left} | {header[at] for one in found.granted for at in one.places}
    if not asked and "Montant total" not in titles:
        assert told == set(titles), "every column of amounts is read, or said"


def test_an_answer_settles_which_column_is_the_grant() -> None:
    header = [*HEAD, "Subvention accordée", "Aide accordée"]
    rows = [[*row, "1", "2"] for row in ROWS]
    told = columns.settle(header, rows)
    found = amounts.settled(told, rows, lambda text: amount(text).cents, "Aide accordée")
    assert [(one.id, one.guess) for one in found.questions] == [("amount", "Aide accordée")], "asked, with its answer"
    assert [one.places for one in found.granted] == [(3,)]


@pytest.mark.parametrize("values", [([9, 9, 9], [1, 2, 9]), ([1, 2, 9], [9, 9, 9])])
def test_of_amounts_as_sure_as_each_other_the_one_that_never_exceeds_another_is_proposed(
    values: tuple[list[int], list[int]],
) -> None:
    titles = ["Subvention accordée", "Subvention octroyée"]
    found, _header = settled(titles, *values)
    (question,) = found.questions
    assert question.guess == titles[values[1] < values[0]]


@pytest.mark.parametrize(
    ("titles", "values"),
    [
        (["Subvention accordée", "Aide accordée"], [[1, 2, 3], [9, 8, 7]]),
        (["Montant", "Montant 2022"], [[1, 2, 3], [9, 8, 7]]),
        (["Montant payé", "Truc 2022"], [[1, 2, 3], [9, 8, 7]]),
    ],
)
def test_an_answer_can_be_changed(titles: list[str], values: list[list[int]]) -> None:
    header = [*HEAD, *titles]
    rows = [[*row, *(str(column[at]) for column in values)] for at, row in enumerate(ROWS)]
    found = columns.settle(header, rows)
    asked = amounts.settled(found, rows, lambda text: amount(text).cents).questions
    assert [one.key for one in asked] == ["amount"]
    for said in asked[0].choices:
        again = amounts.settled(found, rows, lambda text: amount(text).cents, said).questions
        assert [set(one.choices) for one in again] == [set(asked[0].choices)], said


def test_an_amount_told_by_its_cells_alone_is_asked_about_beside_numbers_under_a_title_of_somebody() -> None:
    header = [*HEAD, "Financeur", "R"]
    rows = [[*row, f"{n} 000,00", f"{n} 500,50"] for n, row in enumerate(ROWS, 1)]
    found = amounts.settled(columns.settle(header, rows), rows, lambda text: amount(text).cents)
    assert found.questions
