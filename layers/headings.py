"""Titles of columns, whatever their capitals, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

KEPT = 4096
"""Titles that are remembered: every reader is asked about every title of a file, each with the names it wants."""
LONG = 300
"""Characters beyond which a title is no title, and is not remembered."""


def normalised(name: str) -> str:
    """Header without capitals, accents and punctuation: ``"Détail des subventions"`` as ``detail_des_subventions``."""
    return _remembered(name) if len(name) <= LONG else _made(name)


def _made(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


_remembered = lru_cache(maxsize=KEPT)(_made)
