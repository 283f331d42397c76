"""Titles of columns, whatever their capitals, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata


def normalised(name: str) -> str:
    """Header without capitals, accents and punctuation: ``"Détail des subventions"`` as ``detail_des_subventions``."""
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")
