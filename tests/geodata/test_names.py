from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import names


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ST ANDRE LEZ LILLE", "SAINT ANDRE LEZ LILLE"),
        ("Saint-André-lès-Lille", "SAINT ANDRE LEZ LILLE"),
        ("st. andré les lille", "SAINT ANDRE LEZ LILLE"),
        ("STE MARIE CAPPEL", "SAINTE MARIE CAPPEL"),
        ("VILLENEUVE D ASCQ CEDEX", "VILLENEUVE D ASCQ"),
        ("Lille Cedex 9", "LILLE"),
        ("LILLE CEDEX 09 ", "LILLE"),
        ("HELLEMMES - LILLE", "HELLEMMES LILLE"),
        ("La Madeleine", "MADELEINE"),
        ("MADELEINE (LA)", "MADELEINE"),
        ("L’Orée de Mormal", "OREE DE MORMAL"),
        ("Le Maisnil", "MAISNIL"),
        ("Marcq-en-Barœul", "MARCQ EN BAROEUL"),
        ("QUESNOY S/DEULE", "QUESNOY SUR DEULE"),
        ("LYS LES LANNOY", "LYS LEZ LANNOY"),
        ("", ""),
        (" - ", ""),
    ],
)
def test_normalise(written: str, expected: str) -> None:
    assert names.normalise(written) == expected


WORDS = st.sampled_from(
    ["ST", "Ste", "les", "LE", "La", "L'", "s/", "CEDEX", "9", "Œ", "é", "-", "(La)", "lez", "Lille"]
)


@given(st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=8).map(" ".join)))
def test_normalise_is_idempotent(text: str) -> None:
    once = names.normalise(text)
    assert names.normalise(once) == once
    assert once == once.strip()


@given(st.lists(WORDS, max_size=6).map(" ".join))
def test_case_and_separators_do_not_matter(text: str) -> None:
    assert names.key(text.lower()) == names.key(text.upper())
    assert names.key(text.replace(" ", "  ")) == names.key(text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("FACHES", True),
        ("FACHES THUMESNIL NORD", True),
        ("FACHE THUMESNIL", True),
        ("THUMESNIL", False),
        ("FACH", False),
        ("", False),
        ("TOULOUSE", False),
    ],
)
def test_close_names(written: str, expected: bool) -> None:
    assert names.close("Faches-Thumesnil", written) is expected
