"""The sentence of one area, in every state, and its agreement in number."""

from __future__ import annotations

import re

import pytest

from dashboard.french import ONE
from dashboard.sentences import PLAIN, RANKED, SMALL, UNPLACED, UNSURE, area_sentence, noun, weak
from layers.indicators import INDICATORS
from tests.dashboard.invented_series import Told, cell, series

LILLE, ROUBAIX = "59350", "59512"


def said(key: str, told: dict[str, Told], total: Told, rank: int | None, among: int) -> str:
    """The sentence of the only area told, with plain spaces."""
    made = series(key, told, total)
    sentence = area_sentence(INDICATORS[key], made, made.cells[0], rank, among, mark=RANKED)
    return re.sub("[\u00a0\u202f]", " ", sentence)


@pytest.mark.parametrize(
    ("key", "code", "value", "total", "sentence"),
    [
        ("actors", "3", 1033, 5022, "1 033 structures ESS dans le Roubaisien, 2e sur 8 ; métropole : 5 022"),
        ("actors_per_1000", "6", 3.9, 4.21,
         "3,90 structures ESS pour 1 000 habitants en Couronne Nord, 2e sur 8 ; métropole : 4,21"),
        ("grants_per_inhabitant", "5", 0.14, 0.49,
         "0,14 € de subventions par habitant dans le territoire Est, 2e sur 8 ; métropole : 0,49 €"),
        ("grant_mean", LILLE, 6993.0, 6416.0,
         "6 993 € par subvention en moyenne à Lille, 2e sur 8 ; métropole : 6 416 €"),
        ("population_65_share", "1", 17.6, 15.3,
         "17,6 % d’habitants de 65 ans et plus dans les Weppes, 2e sur 8 ; métropole : 15,3 %"),
        ("actors", ROUBAIX, 0, 80, "0 structure ESS à Roubaix ; métropole : 80"),
        ("poverty_rate", ROUBAIX, "s", "s", "Valeur sous secret statistique à Roubaix ; métropole : s"),
        ("median_income", "4", "n.d.", "n.d.", "Valeur non disponible dans le territoire de la Lys ; métropole : n.d."),
        ("location_quotient", "8", 1.157, 1.0,
         "1,16 en quotient de localisation (1 = métropole) dans le Lillois, 2e sur 8 ; métropole : 1,00"),
        ("ess_job_share", "8", 9.6, 9.6, "9,6 % d’emplois ESS dans le Lillois, 2e sur 8 ; métropole : 9,6 %"),
    ],
)  # fmt: skip
def test_whole_sentences(key: str, code: str, value: Told, total: Told, sentence: str) -> None:
    assert said(key, {code: value}, total, 2, 8) == sentence


@pytest.mark.parametrize(
    ("mark", "value", "sentence"),
    [
        (PLAIN, 8.58, "8,58 structures ESS pour 1 000 habitants à Roubaix ; métropole : 4,21"),
        (SMALL, 8.58, "8,58 structures ESS pour 1 000 habitants à Roubaix, trop peu pour comparer ; métropole : 4,21"),
        (UNSURE, 8.58, "8,58 structures ESS pour 1 000 habitants à Roubaix, évolution non établie ; métropole : 4,21"),
        (UNPLACED, 0, "0,00 structure ESS pour 1 000 habitants à Roubaix, "
                      "hors ce qui n’a pas de commune ; métropole : 4,21"),
    ],
)  # fmt: skip
def test_a_sentence_says_no_more_than_is_supported(mark: str, value: Told, sentence: str) -> None:
    made = series("actors_per_1000", {ROUBAIX: value}, 4.21)
    told = area_sentence(INDICATORS["actors_per_1000"], made, made.cells[0], 1, 95, mark=mark)
    assert re.sub("[\u00a0\u202f]", " ", told) == sentence


def test_the_first_is_told_as_first() -> None:
    assert said("actors", {"8": 9}, 20, 1, 8) == "9 structures ESS dans le Lillois, 1er sur 8 ; métropole : 20"


def test_a_rank_of_one_area_is_not_told() -> None:
    assert said("population", {LILLE: 238695}, 1194040, 1, 1) == "238 695 habitants à Lille ; métropole : 1 194 040"


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("actors", 0, "structure"), ("actors", 1, "structure"), ("actors", 2, "structures"),
        ("actors", 1307, "structures"),
        ("actors_per_1000", 0.07, "structure"), ("actors_per_1000", 1.994, "structure"),
        ("actors_per_1000", 1.996, "structures"), ("actors_per_1000", 0.001, "structure"),
        ("actors_per_1000", 10.2, "structures"), ("population_density", 1, "habitant"),
        ("population", 1000, "habitants"),
        ("grants_beneficiaries", 1, "structure"), ("grants_count", 1, "subvention"),
    ],
)  # fmt: skip
def test_french_counts_from_two_on_the_number_as_it_is_printed(key: str, value: Told, word: str) -> None:
    assert noun(INDICATORS[key], cell("3", value)).split()[0] == word


def test_the_singular_is_told_by_the_text() -> None:
    texts = {
        "0": True,
        "1": True,
        "1,99": True,
        "<\u202f0,01": True,
        "2": False,
        "10": False,
        "1\u202f000": False,
        "s": False,
    }
    assert {text: bool(re.search(ONE, text)) for text in texts} == texts


@pytest.mark.parametrize(
    ("low", "high", "little"), [(95, 100, False), (96, 100, True), (100, 100, True), (0, 5, False)]
)
def test_a_gap_is_little_under_the_threshold_of_the_indicator(low: Told, high: Told, little: bool) -> None:
    assert weak(INDICATORS["population"], cell("1", low), cell("2", high)) == little


def test_a_hidden_value_is_not_little_different() -> None:
    assert not weak(INDICATORS["population"], cell("1", "s"), cell("2", 5))
