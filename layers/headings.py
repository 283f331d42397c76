"""Titles of columns, whatever their capitals, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from layers.cache import Remembered


def _normalised(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


normalised: Final[Remembered[str]] = Remembered("headings", _normalised, most=4096, longest=300)
"""Header without capitals, accents and punctuation: ``"Détail des subventions"`` as ``detail_des_subventions``.

Remembered: every reader is asked about every title of a file, each with the names it wants.
"""
