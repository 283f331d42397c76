"""What the plan of January 2011 set out to reach, as this project was told; no public source confirms the figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

YEARS: Final = 3
"""The plan counts over so many years."""
SOURCE: Final = (
    "Objectifs de la délibération cadre de janvier 2011, tels que la commande de cet outil les rapporte ; "
    "aucune source publique consultée ne les confirme."
)


@dataclass(frozen=True, slots=True)
class Target:
    """One target: its value, in its unit, and whether it counts over `YEARS` years or each year."""

    value: int
    unit: str
    yearly: bool


JOBS: Final = Target(1000, "ETP", yearly=False)
BUDGET: Final = Target(700_000, "€", yearly=True)
LAUREATES: Final = Target(50, "lauréats", yearly=False)
