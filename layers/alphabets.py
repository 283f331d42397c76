"""Which of the alphabets of one byte a letter a French text is written in: Windows, Latin-9, Macintosh, DOS."""

from __future__ import annotations

from typing import Final

WINDOWS, LATIN9, MAC, DOS = "cp1252", "iso8859-15", "mac_roman", "cp850"
ALPHABETS: Final = (WINDOWS, LATIN9, MAC, DOS)
"""The first of those that are as likely is taken."""
_SMALL: Final = frozenset("éèêëàâäîïôöùûüçœæñ")
_CAPITALS: Final = frozenset("ÉÈÊËÀÂÄÎÏÔÖÙÛÜÇŒÆ")
_SIGNS: Final = frozenset("’‘«»–—…€°²“”ºª\u00a0•·§")


def likeliest(sample: bytes) -> str:
    """The alphabet in which bytes that are no UTF-8 make French words best."""
    scores = {alphabet: _score(sample.decode(alphabet, "replace")) for alphabet in ALPHABETS}
    return max(ALPHABETS, key=lambda alphabet: scores[alphabet])


def _score(text: str) -> int:
    """French letters where they may stand, less letters and signs that stand where French has none."""
    padded = f" {text} "
    return sum(
        _fit(before, letter, after)
        for before, letter, after in zip(padded, padded[1:], padded[2:], strict=False)
        if letter > "\x7f"
    )


def _fit(before: str, letter: str, after: str) -> int:
    if letter in _SMALL:
        return 2 if not (before.isupper() and after.isupper()) else -1
    if letter in _CAPITALS:
        return 2 if not before.islower() else -2
    if letter in _SIGNS:
        return 1 if letter in "’‘°" or not (before.isalpha() and after.isalpha()) else -2
    return -2
