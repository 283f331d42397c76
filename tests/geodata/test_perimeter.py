from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import perimeter

COUNTS = {
    85: (20, 6, 9, 12, 13, 11, 13, 1),
    90: (25, 6, 9, 12, 13, 11, 13, 1),
    95: (25, 6, 9, 12, 13, 11, 18, 1),
}


@pytest.mark.parametrize("number", perimeter.PERIMETERS)
def test_communes_of_each_territory(number: int) -> None:
    members = perimeter.members(number)
    counts = Counter(members.values())
    assert tuple(counts[str(code)] for code in range(1, 9)) == COUNTS[number]
    assert len(members) == number


def test_who_entered() -> None:
    entered_2017 = set(perimeter.members(90)) - set(perimeter.members(85))
    entered_2020 = set(perimeter.members(95)) - set(perimeter.members(90))
    assert entered_2017 == {"59025", "59088", "59257", "59371", "59487"}
    assert entered_2020 == {"59005", "59011", "59052", "59133", "59477"}


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2010, 6, 1), 85),
        (date(2016, 12, 31), 85),
        (date(2017, 1, 1), 90),
        (date(2020, 3, 13), 90),
        (date(2020, 3, 14), 95),
        (date(2026, 1, 1), 95),
    ],
)
def test_perimeter_in_force(day: date, number: int) -> None:
    assert perimeter.at(day) == number


@given(one=st.dates(), other=st.dates())
def test_a_commune_never_leaves_nor_changes_territory(one: date, other: date) -> None:
    before, after = (perimeter.members(perimeter.at(day)) for day in sorted((one, other)))
    assert before.items() <= after.items()


@given(day=st.dates())
def test_memberships_in_force_are_the_members(day: date) -> None:
    in_force = {m.commune: m.territory for m in perimeter.memberships() if (m.debut or date.min) <= day and not m.fin}
    assert in_force == perimeter.members(perimeter.at(day))


def test_labels_give_the_dates_in_french() -> None:
    assert perimeter.label(95) == "Périmètre à 95 communes (depuis le 14 mars 2020)"
    assert len({perimeter.label(number) for number in perimeter.PERIMETERS}) == 3


def test_another_number_is_refused() -> None:
    with pytest.raises(ValueError, match="périmètre inconnu"):
        perimeter.members(87)
