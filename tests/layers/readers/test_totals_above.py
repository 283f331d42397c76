"""Totals that stand above the rows they add up, told from grants that only look like them."""

from __future__ import annotations

import pytest

from layers.readers.grants.above import totals_above
from layers.readers.rows import Row
from layers.recognition.columns import MEANINGS

LOCATED: dict[str, tuple[int, ...]] = {**dict.fromkeys(MEANINGS, ()), "name": (0,), "city": (1,), "amount": (2,)}


def told(*rows: tuple[str, str, int]) -> tuple[list[int], list[int]]:
    made = [Row(line, (name, city, str(amount)), LOCATED) for line, (name, city, amount) in enumerate(rows)]
    totals, wrong, _sure = totals_above(made, lambda row: int(row.cells[2]))
    return sorted(totals), sorted(wrong)


PART_A = (("A", "Lille", 5), ("B", "Lille", 7))
PART_B = (("C", "Roubaix", 1), ("D", "Lille", 2), ("E", "Lille", 9))


@pytest.mark.parametrize(
    ("rows", "totals", "wrong"),
    [
        ((("Culture", "", 12), *PART_A, ("Sport", "", 12), *PART_B), [0, 3], []),
        ((("Tout", "", 24), ("Culture", "", 12), *PART_A, ("Sport", "", 12), *PART_B), [0, 1, 4], []),
        ((("Culture", "", 12), *PART_A, ("Sport", "", 12), *PART_B, ("Jeux", "", 13), *PART_A, ("X", "", 12), *PART_A),
         [0, 3, 10], [7]),
        # grants without a place, one of which is worth the next, are grants
        ((("A", "", 5), ("B", "Lille", 5), ("C", "", 7), ("D", "Lille", 1), ("E", "Lille", 9)), [], []),
        ((("A", "", 5), ("B", "Lille", 5), ("C", "", 1), ("D", "Lille", 1)), [], []),
        # nothing but names and amounts: only a table that is all parts
        ((("Lille", "", 12), ("A", "", 3), ("B", "", 4), ("C", "", 5), ("Roubaix", "", 9), ("D", "", 1), ("E", "", 2),
          ("F", "", 6)), [0, 4], []),
        ((("A", "", 5), ("B", "", 5), ("C", "", 5), ("D", "", 5)), [], []),
        ((("A", "", 10), ("B", "", 5), ("C", "", 5), ("D", "", 3)), [], []),
    ],
)  # fmt: skip
def test_a_sum_above_its_rows_is_no_grant(
    rows: tuple[tuple[str, str, int], ...], totals: list[int], wrong: list[int]
) -> None:
    assert told(*rows) == (totals, wrong)


def test_a_row_with_a_number_of_its_own_is_no_total_without_being_asked_about() -> None:
    """Six grants may come to the first by chance: only who has the file knows."""
    amounts = (12, 3, 4, 5, 9, 1, 2, 6)
    for numbers, sure in ((("",) * 8, True), (("90000100900019",) * 8, False)):
        rows = [
            Row(line, (f"Essai {line}", "", str(amount), number), {**LOCATED, "siret": (3,)})
            for line, (amount, number) in enumerate(zip(amounts, numbers, strict=True))
        ]
        totals, _wrong, said = totals_above(rows, lambda row: int(row.cells[2]))
        assert (sorted(totals), said) == ([0, 4], sure)
