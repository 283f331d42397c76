"""French typography: numbers, euros, ordinals, dates, elision. Narrow no-break space in and after numbers."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from layers.indicators import AMOUNT, POINTS, Indicator
from layers.rounding import rounded, whole
from layers.series import MISSING, SUPPRESSED, Cell
from layers.typography import typeset as tight

__all__ = [
    "MISSING_TEXT",
    "NBSP",
    "NNBSP",
    "capital",
    "cell",
    "clock",
    "day",
    "elided",
    "euros",
    "number",
    "of",
    "ordinal",
    "percent",
    "signed",
    "tight",
    "times",
    "value",
]

NNBSP = "\u202f"
NBSP = "\u00a0"
SUPPRESSED_TEXT = "s"
MISSING_TEXT = "n.d."
DECIMAL, SEPARATOR, AND = ",", " ; ", " et "
ONE = r"^([<>]\u202f)?−?[01](,|$)"
"""A number that takes the singular, as it is printed: French counts from two."""
VOWELS = "aeiouyàâäéèêëîïôöùûüœæh"
MINUS = "\u2212"


@lru_cache(maxsize=32_768)
def number(value: float, digits: int = 0) -> str:
    """``1234.5`` with one decimal: « 1 234,5 »; decimals are all written, ties go away from zero, zero has no sign.

    >>> number(1234.5, 1), number(-0.4)
    ('1\\u202f234,5', '0')
    """
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = str(format_decimal(rounded(value, digits), pattern, locale="fr"))
    return text.replace("-", MINUS)


def value(indicator: Indicator, amount: float) -> str:
    """A number of an indicator as every view prints it: « 12,5 % », « 1 234 € », « 4,21 », « < 0,01 € ».

    What is above or below zero is never printed as a zero, which is a state of its own.
    """
    if indicator.signed:
        return signed(indicator, amount)
    text = number(amount, indicator.digits)
    least = number(10**-indicator.digits, indicator.digits)
    if amount and text == number(0, indicator.digits):
        text = f"<{NNBSP}{least}" if amount > 0 else f">{NNBSP}{MINUS}{least}"
    if indicator.unit == "%":
        return f"{text}{NNBSP}%"
    if indicator.kind == AMOUNT or indicator.unit.startswith("€"):
        return f"{text}{NNBSP}€"
    return text


def signed(indicator: Indicator, amount: float) -> str:
    """A change with its sign and unit: « +12,5 % », « −0,4 pt », « +3 € »; « < +0,1 % » rather than a zero."""
    text, least, sign = number(abs(amount), indicator.digits), 10**-indicator.digits, "+" if amount > 0 else MINUS
    if amount and text == number(0, indicator.digits):
        text, sign = number(least, indicator.digits), f"{'<' if amount > 0 else '>'}{NNBSP}{sign}"
    unit = {"%": "%", POINTS: "pt"}.get(indicator.unit) or ("€" if indicator.unit.startswith("€") else "")
    return (sign if amount else "") + text + (f"{NNBSP}{unit}" if unit else "")


def cell(indicator: Indicator, shown: Cell) -> str:
    """A cell in any state: its value, « s » or « n.d. »."""
    if shown.value is not None:
        return value(indicator, shown.value)
    return {SUPPRESSED: SUPPRESSED_TEXT, MISSING: MISSING_TEXT}[shown.state]


def percent(amount: float, digits: int = 0) -> str:
    """« 12 % »."""
    return f"{number(amount, digits)}{NNBSP}%"


def euros(amount: float, digits: int) -> str:
    """« 1 234 € »."""
    return f"{number(amount, digits)}{NNBSP}€"


def ordinal(rank: int, *, feminine: bool = False) -> str:
    """« 1er », « 1re », « 2e »."""
    if rank == 1:
        return "1re" if feminine else "1er"
    return f"{rank}e"


def day(when: date) -> str:
    """« 14 mars 2020 »; the first of a month is « 1er »."""
    text = format_date(when, "d MMMM y", locale="fr")
    return text.replace("1 ", "1er ", 1) if when.day == 1 else text


def clock(hour: int, minute: int) -> str:
    """« 9 h 05 »."""
    return f"{hour} h {minute:02d}"


def elided(word: str, noun: str) -> str:
    """A word before a noun, elided where it must be: « de logements », « d’habitants », « qu’Englos »."""
    return f"{word[:-1]}’{noun}" if noun[:1].lower() in VOWELS else f"{word} {noun}"


def of(noun: str) -> str:
    """« de » before a noun: « d’habitants », « de logements »."""
    return elided("de", noun)


def capital(sentence: str) -> str:
    """The sentence with a capital first letter, the rest untouched."""
    return sentence[:1].upper() + sentence[1:]


def times(ratio: float) -> str:
    """How many times, in words a reader may repeat: « 5 fois », « près de 5 fois », « 2,5 fois », « 13 fois ».

    The number is never cut from its word.
    """
    near = whole(ratio)
    gap = ratio - near
    if abs(gap) <= 0.05 or ratio >= 10:  # noqa: PLR2004
        return f"{number(near)}{NBSP}fois"
    if near >= 3 and -0.1 <= gap < 0:  # noqa: PLR2004
        return f"près de {near}{NBSP}fois"
    return f"{number(ratio, 1)}{NBSP}fois"
