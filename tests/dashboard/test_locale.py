"""Numbers, dates and words in each language, through one door."""

from __future__ import annotations

import inspect
from datetime import date

import pytest

from dashboard import english, french, locale
from dashboard.i18n import LANGUAGES, speaking
from layers.indicators import INDICATORS
from layers.series import Cell

NNBSP = "\u202f"


@pytest.mark.parametrize(
    ("told", "fr", "en"),
    [
        (lambda: locale.number(1234.5, 1), "1\u202f234,5", "1,234.5"),
        (lambda: locale.number(-1234), "\u22121\u202f234", "\u22121,234"),
        (lambda: locale.percent(12.5, 1), "12,5\u202f%", "12.5%"),
        (lambda: locale.euros(1234), "1\u202f234\u202f€", "€1,234"),
        (lambda: locale.euros(1234.5), "1\u202f234,50\u202f€", "€1,234.50"),
        (lambda: locale.euros(-5), "\u22125\u202f€", "\u2212€5"),
        (lambda: [locale.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 93, 111)],
         ["1er", "2e", "3e", "4e", "11e", "12e", "13e", "21e", "22e", "93e", "111e"],
         ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "93rd", "111th"]),
        (lambda: locale.ordinal(1, feminine=True), "1re", "1st"),
        (lambda: locale.day(date(2020, 3, 14)), "14 mars 2020", "14 March 2020"),
        (lambda: locale.day(date(2017, 1, 1)), "1er janvier 2017", "1 January 2017"),
        (lambda: locale.clock(9, 5), "9 h 05", "9:05"),
        (lambda: locale.of("habitants"), "d’habitants", "habitants"),
        (lambda: [locale.times(r) for r in (2.0, 2.5, 4.92, 13.2)],
         ["2\u00a0fois", "2,5\u00a0fois", "près de 5\u00a0fois", "13\u00a0fois"],
         ["twice", "2.5\u00a0times", "nearly 5\u00a0times", "13\u00a0times"]),
        (lambda: locale.listed(["Lys", "Est", "Weppes"]), "Lys, Est et Weppes", "Lys, Est and Weppes"),
        (lambda: locale.tight("Oui : 5 %"), "Oui\u00a0: 5\u202f%", "Oui : 5 %"),
        (lambda: locale.inside("Sports et loisirs"), "sports et loisirs", "sports et loisirs"),
        (lambda: locale.inside("SSE jobs"), "SSE jobs", "SSE jobs"),
    ],
)  # fmt: skip
def test_each_language_writes_in_its_way(told, fr, en) -> None:
    assert told() == fr
    with speaking("en"):
        assert told() == en


@pytest.mark.parametrize(
    ("key", "amount", "fr", "en"),
    [
        ("ess_job_share", 12.54, "12,5\u202f%", "12.5%"),
        ("grants_amount", 1234.0, "1\u202f234\u202f€", "€1,234"),
        ("grants_per_inhabitant", 0.001, "<\u202f0,01\u202f€", "<€0.01"),
        ("actors_per_1000", 0.001, "<\u202f0,01", "<0.01"),
        ("actors_per_1000", 4.2, "4,20", "4.20"),
    ],
)
def test_a_value_of_an_indicator(key: str, amount: float, fr: str, en: str) -> None:
    assert locale.value(INDICATORS[key], amount) == fr
    with speaking("en"):
        assert locale.value(INDICATORS[key], amount) == en


def test_states_that_are_no_number_have_their_mark() -> None:
    hidden, missing = (Cell("1", "Weppes", None, state, None, None) for state in ("suppressed", "missing"))
    jobs = INDICATORS["jobs"]
    assert (locale.cell(jobs, hidden), locale.cell(jobs, missing)) == ("s", "n.d.")
    with speaking("en"):
        assert (locale.cell(jobs, hidden), locale.cell(jobs, missing)) == ("s", "n/a")


def test_both_writers_offer_the_same() -> None:
    assert set(locale.WRITERS) == set(LANGUAGES)
    asked = {name for name in vars(english) if inspect.isfunction(getattr(english, name)) or name.isupper()}
    asked -= {"TEENS", "ENDINGS", "AMOUNT", "MISSING", "SUPPRESSED"}
    assert asked <= set(vars(french))
    for name in sorted(asked):
        if inspect.isfunction(getattr(english, name)) and not hasattr(getattr(french, name), "cache_info"):
            assert inspect.signature(getattr(english, name)).parameters.keys() == (
                inspect.signature(getattr(french, name)).parameters.keys()
            ), name
