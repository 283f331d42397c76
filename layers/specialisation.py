"""How much a place is of a sector or a family, compared with the metropole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from layers.intervals import CONFIDENCE, LEAST_RATE, wilson

NOTABLE: Final = 1.25
"""Quotient from which a place is said to be specialised, and whose inverse says the contrary."""


@dataclass(frozen=True, slots=True)
class Specialisation:
    """One place and one category: quotient, and the shares it is made of (0 to 1).

    ``low`` and ``high`` bound the share of the place; ``told`` says that chance alone does not explain its
    difference with that of the metropole.
    """

    quotient: float
    share: float
    reference: float
    low: float
    high: float

    @property
    def told(self) -> bool:
        """Whether the share of the metropole is outside the interval of that of the place."""
        return not self.low <= self.reference <= self.high


def specialisation(
    part: float, whole: float, part_of_all: float, all_of_them: float, confidence: float = CONFIDENCE
) -> Specialisation | None:
    """Location quotient of a category: its share in a place over its share in the metropole.

    Parameters
    ----------
    part, whole : units of the category in the place, and all the units of the place.
    part_of_all, all_of_them : the same in the metropole.
    confidence : of the interval of the share, by Wilson's score.

    Returns
    -------
    None where there is no share to compare: fewer than `LEAST_RATE` units in the place, none of the category in the
    metropole.

    Examples
    --------
    >>> found = specialisation(30, 100, 150, 1000)
    >>> found.quotient, found.told
    (2.0, True)
    """
    if whole < LEAST_RATE or part_of_all <= 0 or all_of_them <= 0:
        return None
    share, reference = part / whole, part_of_all / all_of_them
    low, high = wilson(min(part, whole), whole, confidence)
    return Specialisation(share / reference, share, reference, low, high)
