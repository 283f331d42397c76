"""French as it is printed: numbers, ordinals, dates, elision."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import french
from layers.indicators import INDICATORS
from layers.series import Cell

SHARE, EUROS, DENSITY, RATE = (
    INDICATORS[key] for key in ("poverty_rate", "grants_amount", "population_density", "grants_per_inhabitant")
)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 0, "0"), (1234.5, 1, "1\u202f234,5"), (1234567, 0, "1\u202f234\u202f567"), (999, 0, "999"),
        (12.0, 2, "12,00"), (-5.25, 1, "−5,3"), (0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (22.5, 0, "23"),
        (0.125, 2, "0,13"), (0.375, 2, "0,38"), (1.005, 2, "1,01"),
    ],
)  # fmt: skip
def test_numbers_group_by_three_and_round_half_away_from_zero(value: float, digits: int, text: str) -> None:
    assert french.number(value, digits) == text


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(0, 2))
def test_a_number_says_its_value(value: Decimal, digits: int) -> None:
    text = french.number(float(value), digits)
    read = Decimal(text.replace("\u202f", "").replace(",", ".").replace("−", "-"))
    assert read == value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert " " not in text


@pytest.mark.parametrize(
    ("indicator", "amount", "text"),
    [
        (SHARE, 12.5, "12,5\u202f%"), (EUROS, 25_291_590.0, "25\u202f291\u202f590\u202f€"),
        (DENSITY, 6808.4, "6\u202f808"),
        (RATE, 102.087, "102,09\u202f€"), (RATE, 0.0, "0,00\u202f€"), (EUROS, -1200.0, "−1\u202f200\u202f€"),
    ],
)  # fmt: skip
def test_values_have_their_unit(indicator: object, amount: float, text: str) -> None:
    assert french.value(indicator, amount) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount", "text"), [(0.004, "<\u202f0,01\u202f€"), (0.006, "0,01\u202f€"), (0.0, "0,00\u202f€")]
)
def test_what_is_above_zero_is_never_printed_as_zero(amount: float, text: str) -> None:
    assert french.value(RATE, amount) == text


def test_the_four_states_of_a_cell() -> None:
    told = [(12.5, "value"), (0.0, "zero"), (None, "suppressed"), (None, "missing")]
    texts = [french.cell(SHARE, Cell("1", "", value, state, None, None)) for value, state in told]
    assert texts == ["12,5\u202f%", "0,0\u202f%", "s", "n.d."]


def test_ordinals() -> None:
    assert [french.ordinal(rank) for rank in (1, 2, 8, 21)] == ["1er", "2e", "8e", "21e"]
    assert french.ordinal(1, feminine=True) == "1re"


@pytest.mark.parametrize(
    ("when", "text"),
    [(date(2020, 3, 14), "14 mars 2020"), (date(2017, 1, 1), "1er janvier 2017"), (date(2011, 8, 11), "11 août 2011")],
)
def test_dates(when: date, text: str) -> None:
    assert french.day(when) == text


@pytest.mark.parametrize(
    ("noun", "text"),
    [
        ("habitants", "d’habitants"), ("logements", "de logements"), ("emplois ESS", "d’emplois ESS"),
        ("établissements", "d’établissements"), ("œuvres", "d’œuvres"), ("Économie", "d’Économie"),
    ],
)  # fmt: skip
def test_elision(noun: str, text: str) -> None:
    assert french.of(noun) == text


def test_a_capital_touches_the_first_letter_only() -> None:
    assert french.capital("les Weppes à Lille") == "Les Weppes à Lille"
    assert french.capital("écart") == "Écart"
    assert french.capital("") == ""


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (1.5, "1,5\u00a0fois"), (2.0, "2\u00a0fois"), (2.04, "2\u00a0fois"), (2.34, "2,3\u00a0fois"),
        (4.7, "4,7\u00a0fois"),
        (2.69, "2,7\u00a0fois"),
        (2.92, "près de 3\u00a0fois"),
        (4.96, "5\u00a0fois"), (5.02, "5\u00a0fois"), (5.2, "5,2\u00a0fois"), (6.49, "6,5\u00a0fois"),
        (9.7, "9,7\u00a0fois"),
        (13.3, "13\u00a0fois"), (3032.4, "3\u202f032\u00a0fois"),
    ],
)  # fmt: skip
def test_how_many_times(ratio: float, text: str) -> None:
    assert french.times(ratio) == text


def test_typesetting_puts_the_spaces_that_do_not_break() -> None:
    assert french.tight("a : b ; c ! « d » 5 %") == "a\u00a0: b\u202f; c\u202f! «\u00a0d\u00a0» 5\u202f%"


@given(st.text())
def test_typesetting_twice_changes_nothing_more(text: str) -> None:
    assert french.tight(french.tight(text)) == french.tight(text)
