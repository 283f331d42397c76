"""Records that a separator inside a cell has cut are put back under their columns, or left to be refused."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from layers.recognition.alignment import aligned

MEANINGS = ("grantor", "date", "name", "siret", "purpose", "amount", "nature", "period")
euros = st.integers(1, 9_999_999)
pieces = (
    st.text(st.sampled_from("abcdefgh éà"), min_size=3, max_size=12).map(str.strip).filter(lambda text: len(text) > 2)
)


@given(euros=euros, cents=st.integers(0, 99), name=pieces, purpose=pieces)
@settings(max_examples=200, deadline=None)
def test_a_decimal_comma_is_put_back(euros: int, cents: int, name: str, purpose: str) -> None:
    cells = ["Ville fictive", "2023-06-30", name, "", purpose, str(euros), f"{cents:02d}", "numéraire", "2023"]
    fixed = aligned(cells, MEANINGS, ",")
    assert fixed is not None
    assert fixed[5] == f"{euros},{cents:02d}"
    assert fixed[2] == name


@given(euros=euros, head=pieces, tail=pieces, delimiter=st.sampled_from(",;"))
@settings(max_examples=200, deadline=None)
def test_a_text_with_a_separator_is_put_back(euros: int, head: str, tail: str, delimiter: str) -> None:
    cells = ["Ville fictive", "2023-06-30", "Les Fictifs", "", head, f" {tail}", str(euros), "numéraire", "2023"]
    fixed = aligned(cells, MEANINGS, delimiter)
    assert fixed is not None
    assert (fixed[4], fixed[5]) == (f"{head}{delimiter} {tail}", str(euros))


@given(st.lists(st.text(st.sampled_from("ab1, €"), max_size=6), min_size=3, max_size=12), st.sampled_from(",;"))
@settings(max_examples=300, deadline=None)
def test_what_is_put_back_is_the_same_text_cut_elsewhere(cells: list[str], delimiter: str) -> None:
    fixed = aligned(cells, ("name", "amount"), delimiter)
    if fixed is not None:
        assert delimiter.join(fixed) == delimiter.join(cells)
        assert len(fixed) == 2


def test_two_ways_that_say_other_things_are_none() -> None:
    assert aligned(["A", "12", "30", "40"], ("name", "amount", "amount"), ",") is None, "12,30 and 40, or 12 and 30,40"
    assert aligned(["1", "2", "3", "4"], ("amount", "amount"), ";") is None


COINS = st.sampled_from(["Eur", " EUR", "€", " euros"])


@given(thousands=st.integers(1, 999), rest=st.integers(0, 999), coin=COINS, text=pieces)
@settings(deadline=None)
def test_thousands_cut_from_their_amount_never_leave_it_in_silence(
    thousands: int, rest: int, coin: str, text: str
) -> None:
    cells = ["Ville fictive", "2023-06-30", "Les Fictifs", "", text, str(thousands), f"{rest:03d}.50{coin}", "don", ""]
    fixed = aligned(cells, MEANINGS, ",")
    assert fixed is None or fixed[5] == f"{thousands},{rest:03d}.50{coin}"


@given(thousands=st.integers(1, 999), rest=st.integers(0, 999), blanks=st.integers(1, 3))
@settings(deadline=None)
def test_thousands_are_put_back_beside_empty_cells(thousands: int, rest: int, blanks: int) -> None:
    meanings = ("name", "amount", "contact", *[""] * blanks)
    fixed = aligned(["", str(thousands), f"{rest:03d}.35", *[""] * (blanks - 1), "dont culture", ""], meanings, ",")
    assert fixed is not None
    assert fixed[1] == f"{thousands},{rest:03d}.35"


@given(euros=euros, coin=COINS, blanks=st.integers(1, 3))
@settings(deadline=None)
def test_decimals_with_their_currency_are_put_back_beside_empty_cells(euros: int, coin: str, blanks: int) -> None:
    """As of a total, whose record has no more cells that say something than the table has columns."""
    meanings = ("name", "amount", "contact", *[""] * blanks)
    fixed = aligned(["Total", str(euros), f"00{coin}", *[""] * (blanks + 1)], meanings, ",")
    assert fixed is not None
    assert fixed[:2] == ["Total", f"{euros},00{coin}"]


def test_a_text_that_a_space_tells_was_cut_is_no_decimals_elsewhere() -> None:
    """« sorties, repas », or an account and the amount at its right: 65748,1."""
    meanings = ("name", "siret", "purpose", "category", "", "", "amount")
    cells = ["Les Fictifs", "90000101700012", "Ateliers", " sorties et repas", "Action sociale", "", "65748", "1"]
    assert aligned(cells, meanings, ",") is None


def test_decimals_of_less_than_one_are_put_back() -> None:
    """« 0,0015 » million euros in a file of commas."""
    cells = ["Ville fictive", "2023-06-30", "Les Fictifs", "", "Ateliers", "0", "0015", "numéraire", "2023"]
    fixed = aligned(cells, MEANINGS, ",")
    assert fixed is not None
    assert fixed[5] == "0,0015"
