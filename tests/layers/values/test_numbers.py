from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.values.numbers import Value, cents, coordinate, count_value, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 000 ", 500_000), ("5\u00a0000", 500_000), ("1\u202f234\u202f567",
        123_456_700), ("35 178 834", 3_517_883_400),
        ("1500", 150_000), ("12,5", 1_250), ("12.05", 1_205), ("1 234,50 €", 123_450), ("0", 0), ("-100", -10_000),
        ("−1 000", -100_000),
    ],
)  # fmt: skip
def test_amounts_as_french_files_write_them(text: str, expected: int) -> None:
    assert cents(text) == expected


@pytest.mark.parametrize(
    "text", ["", " ", "1 23", "12 34 567", "1 2345", "1.234.567", "1,234", "12.345",
    "5 000 000 0", "abc", "1e5", "12,", ",5",
             "9" * 14, "٥٠", "1 000 2", "1;2", "--1"]
)  # fmt: skip
def test_half_a_number_is_no_number(text: str) -> None:
    assert cents(text) is None


@given(st.integers(-(10**14), 10**14), st.sampled_from([" ", "\u00a0", "\u202f", ""]), st.sampled_from(",."))
def test_every_amount_is_read_back(amount: int, space: str, mark: str) -> None:
    whole, rest = divmod(abs(amount), 100)
    text = f"{'-' if amount < 0 else ''}{whole:,}".replace(",", space) + f"{mark}{rest:02d}"
    assert cents(text) == amount


@given(st.integers(10_000, 10**12))
def test_a_grouped_amount_cut_inside_a_group_is_never_read(amount: int) -> None:
    text = f"{amount:,}".replace(",", " ")
    for cut in (text[:-1], text[:-2]):
        assert cents(cut) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s", Value(None, "suppressed")), ("S", Value(None, "suppressed")), ("", Value(None, "missing")),
        ("nd", Value(None, "missing")), ("n.d.", Value(None, "missing")), ("0", Value(0.0, "zero")),
        ("0,0", Value(0.0, "zero")), ("38,0", Value(38.0, "value")), ("-12,1", Value(-12.1, "value")),
        ("21 000", Value(21000.0, "value")), ("x", None), ("1,2,3", None), ("ss", None), ("nan", None), ("inf", None),
    ],
)  # fmt: skip
def test_a_secret_an_absence_and_a_zero_are_three_states(text: str, expected: Value | None) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("3,05", 3.05), ("-1.5", -1.5), ("181", None), ("", None), ("s", None)])
def test_coordinates(text: str, expected: float | None) -> None:
    assert coordinate(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("99000.5", Value(99_001.0, "value", rounded=True)), ("50 000,25", Value(50_000.0, "value", rounded=True)),
        ("-2,5", Value(-3.0, "value", rounded=True)), ("0,4", Value(0.0, "zero", rounded=True)),
        ("12", Value(12.0, "value")), ("12,0", Value(12.0, "value")), ("0", Value(0.0, "zero")),
        ("s", Value(None, "suppressed")), ("", Value(None, "missing")), ("x", None), ("12.345.678", None),
    ],
)  # fmt: skip
def test_counts_of_the_census_are_rounded_and_said(text: str, expected: Value | None) -> None:
    assert count_value(text) == expected


@given(st.integers(-(10**8), 10**8), st.integers(0, 99))
def test_a_count_is_the_nearest_whole_number(whole: int, hundredths: int) -> None:
    sign, size = (-1 if whole < 0 else 1), abs(whole)
    found = count_value(f"{'-' if sign < 0 else ''}{size},{hundredths:02d}")
    assert found is not None
    assert found.number == sign * (size + (hundredths >= 50))
    assert found.rounded == (hundredths != 0)
