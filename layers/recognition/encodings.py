"""Texts that were encoded twice, read as they were meant."""

from __future__ import annotations

from typing import Final

_TRACES: Final = ("Ã", "Â", "â€", "â‚", "Å“", "Å’")
"""What UTF-8 read as Windows-1252 leaves before or in place of accented letters and typographic signs."""
_DEPTH: Final = 2


def repaired(text: str) -> str:
    """A text as it was before it was encoded a second time; unchanged where it was not.

    >>> repaired("BÃ©nÃ©ficiaire"), repaired("Bénéficiaire"), repaired("â€œAmicaleâ€")
    ('Bénéficiaire', 'Bénéficiaire', 'â€œAmicaleâ€')
    """
    for _ in range(_DEPTH):
        if not any(trace in text for trace in _TRACES):
            return text
        try:
            text = _bytes(text).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return text
    return text


def _bytes(text: str) -> bytes:
    """Bytes of a text read as Windows-1252, of which five stand for no letter and were kept as they are."""
    return b"".join(
        letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode("cp1252") for letter in text
    )
