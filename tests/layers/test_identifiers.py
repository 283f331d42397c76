from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import identifiers
from layers.identifiers import insee, siren, siret
from tests.layers.readers import fictitious

numbers = st.integers(0, 9_999_999)


@given(numbers)
def test_a_right_number_is_kept_whatever_its_separators(number: int) -> None:
    code = fictitious.siret(number)
    for written in (code, f" {code} ", f"{code[:3]} {code[3:6]}\u00a0{code[6:9]}\u202f{code[9:]}'", f"’{code}"):
        assert siret(written).code == code
        assert siret(written).note == ""
    assert siren(code[:9]).code == code[:9]


@given(numbers, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: int, position: int, shift: int) -> None:
    code = fictitious.siret(number)
    wrong = code[:position] + str((int(code[position]) + shift) % 10) + code[position + 1 :]
    found = siret(wrong)
    assert found.code is None
    assert "clé de contrôle" in found.reason
    assert found.remedy


@pytest.mark.parametrize("text", [None, "", "  ", "0", "00000000000000", "000000000", "0.0", "'"])
def test_zeros_and_blanks_are_absent_though_they_pass_the_key(text: str | None) -> None:
    assert siret(text).absent
    assert siren(text).absent


@pytest.mark.parametrize(
    "text",
    [
        *(
            "NR",
            "NR\nCHORUS",
            "n.r.",
            "N/A",
            "nc",
            "ND",
            "néant",
            "Inconnu",
            "non renseigné",
            "NON COMMUNIQUÉ",
            "aucun",
        ),
        *("pas de SIRET", "sans SIREN", "en cours d’immatriculation", "En cours", "non connu", "-", "?", "///", "null"),
    ],
)
def test_words_that_say_that_it_is_not_known_are_an_absence(text: str) -> None:
    assert siret(text).absent
    assert siren(text).absent
    assert insee(text).absent


@pytest.mark.parametrize("text", ["CHORUS LILLE", "SIRET", "A", "Roubaix", "NR 12", "W591234567"])
def test_other_words_are_no_absence(text: str) -> None:
    assert siret(text).reason


@pytest.mark.parametrize("text", ["4.18664E+13", "4,18664E+13", "4e13", "4.1866472800049E13", "4.18664e+013"])
def test_scientific_notation_is_refused_with_a_remedy_even_where_digits_may_be_whole(text: str) -> None:
    found = siret(text)
    assert found.code is None
    assert "notation scientifique" in found.reason
    assert "format texte" in found.remedy


def test_a_whole_number_with_a_decimal_point_is_kept_with_a_note() -> None:
    code = fictitious.siret(7)
    for written in (f"{code}.0", f"{code},0", f"{code}.00"):
        assert siret(written).code == code
        assert "sans perte" in siret(written).note
    assert siret(f"{code}.5").reason


def test_a_lost_leading_zero_is_refused_and_never_put_back() -> None:
    found = siret(fictitious.siret(7)[1:])
    assert found.code is None
    assert "13 chiffres" in found.reason
    assert "zéro initial" in found.reason


@pytest.mark.parametrize("text", ["123", "9" * 15, "FR12345678901", "١٢٣٤٥٦٧٨٩٠١٢٣٤", "²" * 14, "12345678901A34"])
def test_anything_else_is_refused(text: str) -> None:
    assert siret(text).code is None
    assert siret(text).reason


def test_la_poste_has_a_key_of_its_own() -> None:
    assert siret("35600000000048").code == "35600000000048"  # by the ordinary key
    by_fives = next(
        f"356000000{n:05d}"
        for n in range(1, 1000)
        if sum(map(int, f"356000000{n:05d}")) % 5 == 0 and not identifiers.luhn(f"356000000{n:05d}")
    )
    assert siret(by_fives).code == by_fives
    assert siret("35600000000001").reason or sum(map(int, "35600000000001")) % 5 == 0


@pytest.mark.parametrize("code", ["59350", "01004", "2A004", "2b033", "97105", " 59 350 "])
def test_insee_codes_of_right_form_are_text(code: str) -> None:
    assert insee(code).code == code.replace(" ", "").upper()


def test_an_insee_code_that_lost_its_zero_is_refused_with_a_remedy() -> None:
    found = insee("1004")
    assert found.code is None
    assert "zéro initial perdu" in found.reason
    assert "format texte" in found.remedy


@pytest.mark.parametrize("code", ["593501", "5E3", "5.9E4", "ABCDE", "59 3", "2C004", "५९३५०"])
def test_other_insee_codes_are_refused(code: str) -> None:
    assert insee(code).code is None
    assert insee(code).reason


def test_an_insee_code_kept_whole_as_a_number_is_read_with_a_note() -> None:
    assert insee("59350.0").code == "59350"
    assert insee("59350.0").note


@given(st.text(max_size=20))
def test_any_text_gives_a_code_a_reason_or_an_absence(text: str) -> None:
    for check in (siren, siret, insee):
        found = check(text)
        assert (found.code is not None) + bool(found.reason) + found.absent == 1
        assert bool(found.reason) == bool(found.remedy)
