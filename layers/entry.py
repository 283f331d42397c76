"""Grants of the metropole before a commune entered it: « n.d. (hors MEL) », not zero (domain, section 6)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from geodata.perimeter import memberships
from layers import stages

if TYPE_CHECKING:
    from layers.release import Release

GRANTS: Final = frozenset({"grants", "amount", "amount_squares", "amount_back", "beneficiaries"})
_METROPOLE: Final = re.compile(r"\b(mel|lmcu)\b|metropole europeenne de lille|lille metropole")


def is_metropole(grantor: str) -> bool:
    """Whether a grantor is the metropole, whatever it was called then."""
    plain = unicodedata.normalize("NFKD", grantor.lower())
    return bool(_METROPOLE.search("".join(letter for letter in plain if not unicodedata.combining(letter))))


def before(release: Release, fact: str, years: tuple[int, ...], codes: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """``[year, commune]``: whether a commune was out of the metropole all that year, which alone granted then.

    Nothing where another administration granted too: what a commune got from it is known, zero included.
    """
    found = np.zeros((len(years), len(codes)), dtype=bool)
    if fact not in GRANTS:
        return found
    granted = stages.measured(release)[["year", "grantor"]].drop_duplicates()
    others = {int(year) for year, name in granted.itertuples(index=False) if not is_metropole(str(name))}
    entered = {m.commune: m.debut.year for m in memberships() if m.debut}
    for i, year in enumerate(years):
        if year not in others:
            found[i] = [year < entered.get(code, 0) for code in codes]
    return found
