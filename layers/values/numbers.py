"""Amounts and values as French files write them; nothing that could be half a number is read as a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import copysign, floor
from typing import Final

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MINUS: Final = "−"
_SIGNS: Final = str.maketrans(
    dict.fromkeys("−–—‐‑‒﹣－", "-") | dict.fromkeys("’‘ʼ´`", "'") | dict.fromkeys("\u200b\u2060\ufeff", "")
)
_GROUPED = re.compile(r"(-?)(\d{1,3}(?: \d{3})+|\d+)(?:[.,](\d{1,2}))?")
_DECIMAL = re.compile(r"-?(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)?(?:e[-+]?\d{1,2})?", re.IGNORECASE)

MISSING: Final = frozenset(
    [*("", "nd", "na", "ns", "so", "nc", "nr", "-", "…", "...", "///", "//", "/", "."),
     *("non disponible", "non significatif", "sans objet", "non connu", "inconnu")]
)  # fmt: skip
"""Marks of absence: not available, not significant, without object (``///`` of Insee)…, points and bars apart."""
_HALF: Final = 0.5
LONGEST_AMOUNT: Final = 13
SUPPRESSED: Final = frozenset(
    ["s", "c", "secret", "sec", "conf", "confidentiel", "*", "**", "***", "secret statistique"]
)
"""Marks of secrecy: Insee's ``s``, the ``c`` of Eurostat and Dares, stars."""
_FEW = re.compile(r"(?:<|<=|≤|inf\.? a|moins de) ?\d{1,2}")
"""« < 5 », « moins de 11 »: a number too small to be told is a secret, whatever it is."""
_OF_LETTERS: Final = re.compile(r"(?<=[a-z])[./](?=[a-z]|$)")


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.replace(_MINUS, "-")).strip()


def plain_number(text: str) -> str:
    """A cell with one kind of space, of minus and of apostrophe, each of the many that files use brought to it."""
    return _SPACES.sub(" ", text.translate(_SIGNS)).strip()


def cents(text: str) -> int | None:
    """Amount in euros as integer cents; None where *text* is not one, an incomplete group of digits included.

    Spaces of any width may group digits by three; the decimal mark is a comma or a point with at most two
    digits.
    """
    plain = _plain(text).removesuffix("€").rstrip()
    match = _GROUPED.fullmatch(plain)
    if match is None or not plain.isascii():
        return None
    sign, whole, decimals = match.groups()
    digits = whole.replace(" ", "")
    if len(digits) > LONGEST_AMOUNT:
        return None
    amount = int(digits) * 100 + int((decimals or "").ljust(2, "0"))
    return -amount if sign else amount


@dataclass(frozen=True, slots=True)
class Value:
    """A statistical value: a number and its state, ``value``, ``zero``, ``suppressed`` or ``missing``.

    *rounded*: the cell had decimals, and the count is the nearest whole number.
    """

    number: float | None
    state: str
    rounded: bool = False


def mark(text: str) -> str:
    """What a cell that holds no number says: ``suppressed``, ``missing``; empty where it is no mark.

    >>> mark("N/A - secret statistique"), mark("n.d."), mark("< 5"), mark("12")
    ('suppressed', 'missing', 'suppressed', '')
    """
    plain = _OF_LETTERS.sub("", _plain(text).lower().replace("à", "a")).strip("()[] ")
    if plain in SUPPRESSED or _FEW.fullmatch(plain):
        return "suppressed"
    first, dash, rest = plain.partition(" - ")
    if dash and first in MISSING:
        return "suppressed" if rest.startswith("secret") else "missing"
    return "missing" if plain in MISSING else ""


def value(text: str) -> Value | None:
    """Statistical value of a cell, a mark of secrecy or of absence being one; None where it is none of these."""
    plain = _plain(text)
    if state := mark(plain):
        return Value(None, state)
    if not plain.isascii() or not _DECIMAL.fullmatch(plain):
        return None
    number = float(plain.replace(" ", "").replace(",", "."))
    return Value(number, "value") if number else Value(0.0, "zero")


def count_value(text: str) -> Value | None:
    """Value of a count, rounded to the nearest whole number, half away from zero: a census weighs its households.

    ``99000.5`` is 99,001 persons, rounded; under a half it is a zero.
    """
    found = value(text)
    if found is None or found.number is None or found.number.is_integer():
        return found
    whole = copysign(floor(abs(found.number) + _HALF), found.number)
    return Value(whole or 0.0, "value" if whole else "zero", rounded=True)


def coordinate(text: str) -> float | None:
    """Degrees of a longitude or latitude; None where the cell is empty or not one."""
    found = value(text)
    return found.number if found and found.number is not None and abs(found.number) <= 180 else None  # noqa: PLR2004
