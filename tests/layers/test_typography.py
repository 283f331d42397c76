from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from layers.typography import enumerated, euros_text, grouped, sentence, typeset


def test_spaces_that_must_not_break() -> None:
    assert typeset("Vu : « oui » ; 5 % !") == "Vu\u00a0: «\u00a0oui\u00a0»\u202f; 5\u202f%\u202f!"


@given(st.text(max_size=40))
def test_typesetting_is_idempotent(text: str) -> None:
    assert typeset(typeset(text)) == typeset(text)
    assert sentence(sentence(text)) == sentence(text)


def test_amounts_and_numbers() -> None:
    assert grouped(35_178_834) == "35\u202f178\u202f834"
    assert euros_text(123_450) == "1\u202f234,50\u202f€"
    assert euros_text(-100) == "−1\u202f€"


def test_lines_are_enumerated_and_long_lists_cut() -> None:
    assert enumerated([3]) == "ligne 3"
    assert enumerated([3, 8, 12]) == "lignes 3, 8 et 12"
    assert enumerated(list(range(2, 40)), most=3) == "lignes 2, 3, 4…"
