"""English typography: numbers, euros, ordinals, dates; the same interface as `french`."""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from layers.indicators import AMOUNT, POINTS, Indicator
from layers.rounding import rounded, whole
from layers.series import MISSING, SUPPRESSED, Cell

SUPPRESSED_TEXT = "s"
MISSING_TEXT = "n/a"
MINUS = "\u2212"
NBSP = "\u00a0"
DECIMAL, SEPARATOR, AND = ".", ", ", " and "
ONE = r"^−?€?1$"
"""A number that takes the singular, as it is printed: one, and nothing else."""
TEENS = range(11, 14)
ENDINGS = {1: "st", 2: "nd", 3: "rd"}


@lru_cache(maxsize=32_768)
def number(value: float, digits: int = 0) -> str:
    """``1234.5`` with one decimal: “1,234.5”; decimals are all written, ties go away from zero, zero has no sign.

    >>> number(1234.5, 1), number(-0.4)
    ('1,234.5', '0')
    """
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = str(format_decimal(rounded(value, digits), pattern, locale="en"))
    return text.replace("-", MINUS)


def value(indicator: Indicator, amount: float) -> str:
    """A number of an indicator as every view prints it: “12.5%”, “€1,234”, “4.21”, “<€0.01”.

    What is above or below zero is never printed as a zero, which is a state of its own.
    """
    if indicator.signed:
        return signed(indicator, amount)
    least = 10**-indicator.digits
    small = bool(amount) and number(amount, indicator.digits) == number(0, indicator.digits)
    kept = math.copysign(least, amount) if small else amount
    if indicator.unit == "%":
        text = percent(kept, indicator.digits)
    elif indicator.kind == AMOUNT or indicator.unit.startswith("€"):
        text = euros(kept, indicator.digits)
    else:
        text = number(kept, indicator.digits)
    return f"{'<' if amount > 0 else '>'}{text}" if small else text


def signed(indicator: Indicator, amount: float) -> str:
    """A change with its sign and unit: “+12.5%”, “−0.4 pt”, “+€3”; “<+0.1%” rather than a zero."""
    kept, sign = abs(amount), "" if not amount else "+" if amount > 0 else MINUS
    if amount and number(kept, indicator.digits) == number(0, indicator.digits):
        kept, sign = 10**-indicator.digits, f"{'<' if amount > 0 else '>'}{sign}"
    if indicator.unit == "%":
        return sign + percent(kept, indicator.digits)
    if indicator.unit.startswith("€"):
        return sign + euros(kept, indicator.digits)
    return sign + number(kept, indicator.digits) + (" pt" if indicator.unit == POINTS else "")


def cell(indicator: Indicator, shown: Cell) -> str:
    """A cell in any state: its value, “s” or “n/a”."""
    if shown.value is not None:
        return value(indicator, shown.value)
    return {SUPPRESSED: SUPPRESSED_TEXT, MISSING: MISSING_TEXT}[shown.state]


def percent(amount: float, digits: int = 0) -> str:
    """“12%”."""
    return f"{number(amount, digits)}%"


def euros(amount: float, digits: int) -> str:
    """“€1,234”, “−€5”."""
    text = number(amount, digits)
    return f"{MINUS}€{text[1:]}" if text.startswith(MINUS) else f"€{text}"


def ordinal(rank: int, *, feminine: bool = False) -> str:
    """“1st”, “2nd”, “3rd”, “11th”; ``feminine`` makes no difference in English."""
    ending = "th" if rank % 100 in TEENS else ENDINGS.get(rank % 10, "th")
    return f"{rank}{ending}"


def day(when: date) -> str:
    """“14 March 2020”."""
    return str(format_date(when, "d MMMM y", locale="en_GB"))


def clock(hour: int, minute: int) -> str:
    """“9:05”."""
    return f"{hour}:{minute:02d}"


def of(noun: str) -> str:
    """The noun as it is: English sentences put their own words before it."""
    return noun


def times(ratio: float) -> str:
    """How many times, in words a reader may repeat: “twice”, “5 times”, “nearly 5 times”, “2.5 times”."""
    near = whole(ratio)
    gap = ratio - near
    if abs(gap) <= 0.05 or ratio >= 10:  # noqa: PLR2004
        return "twice" if near == 2 else f"{number(near)}{NBSP}times"  # noqa: PLR2004
    if near >= 3 and -0.1 <= gap < 0:  # noqa: PLR2004
        return f"nearly {near}{NBSP}times"
    return f"{number(ratio, 1)}{NBSP}times"


def tight(text: str) -> str:
    """The text as it is: English puts no space before its signs."""
    return text
