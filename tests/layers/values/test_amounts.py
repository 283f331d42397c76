from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.values.amounts import LARGEST_EUROS, Amount, Writing, amount, amounts, writing

SPACES = (" ", "\u00a0", "\u202f", "\u2009", "\u2007")
GROUPS = (*SPACES, "'", "’", "", ".", ",")
CURRENCIES = ("{}", "{} €", "{}€", "€ {}", "€{}", "{}\u00a0€", "{} EUR", "{} euros", "{} EUROS", "{} € TTC", "EUR {}")
MINUSES = ("-{}", "- {}", "−{}", "–{}", "{}-", "({})")


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1 930,54", 193_054), ("1930.54", 193_054), ("1.930,54", 193_054), ("1,930.54", 193_054),
        ("1'930.54", 193_054), ("1’930,54", 193_054), ("1930,54 €", 193_054), ("€ 1930,54", 193_054),
        ("1 930,54 EUROS", 193_054), ("1930 EUR", 193_000), ("1 930,54€ TTC", 193_054), ("1930,-", 193_000),
        ("1930,--", 193_000), ("1.930,-", 193_000), ("(1930,54)", -193_054), ("(1930,54 €)", -193_054),
        ("-€ 12", -1_200), ("1930,54-", -193_054), ("−1930,54", -193_054), ("+12,5", 1_250), ("12€50", 1_250),
        ("1930,54\n€", 193_054), ("'1930,54", 193_054), ("1 000,500", 100_050), ("1.93054E+03", 193_054),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, cents: int) -> None:
    found = amount(text)
    assert (found.cents, found.rounded, found.reason, found.candidates) == (cents, False, "", ())


@pytest.mark.parametrize(
    ("text", "cents"), [("1930,543", 193_054), ("1930.540000001", 193_054), ("0,125", 13), ("-0,125", -13),
                        ("0.0049", 0), ("1930,545", 193_055), ("1.931E+03", 193_100)]
)  # fmt: skip
def test_more_than_the_cent_is_rounded_away_from_zero_and_said(text: str, cents: int) -> None:
    found = amount(text)
    assert (found.cents, found.rounded) == (cents, True)
    assert found.note


@pytest.mark.parametrize(
    ("text", "unit", "cents"),
    [("1,5 k€", 1, 150_000), ("1,5 K EUR", 1, 150_000), ("15k", 1, 1_500_000), ("2 M€", 1, 200_000_000),
     ("2 millions d’euros", 1, 200_000_000), ("3 milliers d'euros", 1, 300_000), ("1 Md€", 1, 10**11),
     ("6", 1_000, 600_000), ("6 k€", 1_000, 600_000), ("1,5", 1_000_000, 150_000_000), ("0,001", 1_000, 100)],
)  # fmt: skip
def test_units_of_the_cell_and_of_the_column(text: str, unit: int, cents: int) -> None:
    assert amount(text, unit).cents == cents


def test_a_cell_in_euros_in_a_column_of_thousands_is_asked() -> None:
    found = amount("6 €", 1_000)
    assert (found.cents, found.fault, found.candidates) == (None, "unit", (600, 600_000))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"), (" \n", "empty"), ("-", "not_said"), ("néant", "not_said"), ("NC", "not_said"),
        ("n.d.", "not_said"), ("X", "not_said"), ("Non communiqué", "not_said"), ("#REF!", "formula"),
        ("#DIV/0!", "formula"), ("#####", "formula"), ("#N/A", "formula"), ("Err:502", "formula"),
        ("50 %", "percent"), ("12,5%", "percent"), ("22/05/2023", "date"), ("2023-06-30", "date"),
        ("30 juin 2023", "date"), ("1000 $", "currency"), ("1000 F", "currency"), ("12 CHF", "currency"),
        ("1000 / 2000", "two_numbers"), ("1000 + 500", "two_numbers"), ("100\n200", "two_numbers"),
        ("1 000 € 2 000 €", "two_numbers"), ("1 23", "broken"), ("12 34 567", "broken"), ("1.234.56", "broken"),
        ("12,", "broken"), ("--1", "broken"), ("(-5)", "broken"), ("(5", "broken"), ("1 000 2 000", "broken"),
        ("1930 (solde)", "text_beside"), ("environ 1000", "text_beside"), ("1930²", "text_beside"),
        ("subvention", "text"), ("٥٠", "text"), ("0320212223", "code"), ("20009320100016", "too_large"),
        ("1e999", "too_large"), ("1.2E+06", "scientific"), ("1E+05", "scientific"),
    ],
)  # fmt: skip
def test_each_refusal_has_its_own_reason(text: str, fault: str) -> None:
    found = amount(text)
    assert (found.cents, found.fault) == (None, fault)
    assert found.reason
    assert found.remedy


def test_no_two_refusals_share_their_reason() -> None:
    texts = ("", "-", "#REF!", "5 %", "2023-06-30", "1 $", "1 / 2", "1 23", "1 a", "a", "01", "9" * 14, "1E+9", "1.000")
    found = [amount(text) for text in texts]
    assert len({one.reason for one in found}) == len({one.fault for one in found}) == len(texts)


def test_digits_lost_to_scientific_notation_are_only_proposed() -> None:
    assert amount("1,2E+6").candidates == (120_000_000,)


def test_nothing_given_is_an_amount_and_said() -> None:
    assert amount("0,00 €") == Amount(0, note="montant nul")


@pytest.mark.parametrize("text", ["1.000", "1,000", "12.500", "(350.000)"])
def test_three_digits_after_one_mark_are_asked(text: str) -> None:
    found = amount(text)
    assert (found.cents, found.fault) == (None, "thousands")
    assert len(found.candidates) == 2


@pytest.mark.parametrize(
    ("others", "cents"),
    [
        (["12,50"], 100_000),
        (["1.930,54", ""], 100_000),
        (["1.000.000"], 100_000),
        (["1930,-"], 100_000),
        (["0.125"], 100),
        (["1930.543"], 100),
        (["12.50"], None),  # two decimals elsewhere: three are odd
        (["12.50", "12,50"], None),
        (["1 500", "abc", "2000"], None),
        (["2.000", "3.500"], None),
    ],
)
def test_the_column_tells_thousands_from_decimals(others: list[str], cents: int | None) -> None:
    assert amounts([*others, "1.000"])[-1].cents == cents


def test_an_answer_to_the_question_is_followed() -> None:
    assert amount("1.000", written=Writing(",")).cents == 100_000
    assert amount("1.000", written=Writing(".", thousandths=True)).cents == 100
    assert writing(["1,5", "2,25"]) == Writing(",", thousandths=False)


@given(
    st.integers(0, LARGEST_EUROS * 100), st.sampled_from(GROUPS), st.sampled_from(",."),
    st.sampled_from(CURRENCIES), st.sampled_from([None, *MINUSES]),
)  # fmt: skip
def test_every_amount_in_every_writing_is_read_back(
    cents: int, group: str, mark: str, currency: str, minus: str | None
) -> None:
    if group == mark:
        group = ""
    text = currency.format(f"{grouped(cents // 100, group)}{mark}{cents % 100:02d}")
    text = minus.format(text) if minus else text
    found = amount(text)
    assert (found.cents, found.rounded) == (-cents if minus else cents, False), text


@given(st.integers(0, 10**9), st.sampled_from(GROUPS))
def test_whole_amounts_are_read_back_or_asked_with_the_right_one(euros: int, group: str) -> None:
    found = amount(grouped(euros, group))
    assert found.cents == euros * 100 or (found.fault == "thousands" and euros * 100 in found.candidates)


@given(st.integers(1_000_000, 10**9), st.sampled_from([*SPACES, "'", ".", ","]))
def test_an_amount_cut_inside_a_group_is_never_read(euros: int, group: str) -> None:
    text = grouped(euros, group)
    for cut in (text[:-1], text[:-2]):
        assert amount(cut).cents is None, cut


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.sampled_from([" / ", " + ", "\n", " et ", ";", " € "]))
def test_two_amounts_in_a_cell_are_never_one(one: int, other: int, between: str) -> None:
    assert amount(f"{one}{between}{other}").cents is None


@given(st.text() | st.text(alphabet="0123456789.,-+()€kMEe '%/#\n\u202f", max_size=20))
def test_whatever_a_cell_holds_is_read_or_refused(text: str) -> None:
    found = amount(text)
    assert (found.cents is None) == bool(found.reason) == bool(found.remedy) == bool(found.fault)
    assert found.cents is None or not found.candidates
    assert amounts([text])[0].cents in (found.cents, *found.candidates)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.sampled_from([(".", ","), (",", "."), (" ", ",")]))
def test_a_column_of_one_writing_is_never_read_otherwise(cents: list[int], marks: tuple[str, str]) -> None:
    group, mark = marks
    texts = [grouped(one // 100, group) + (f"{mark}{one % 100:02d}" if one % 100 else "") for one in cents]
    for found, right in zip(amounts(texts), cents, strict=True):
        assert found.cents == right or right in found.candidates
