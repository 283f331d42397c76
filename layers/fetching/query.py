"""Questions to the company-search API, split until each has fewer answers than the API gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from geodata import perimeter

EPCI: Final = "200093201"
"""SIREN of the metropole (domain.md, section 6)."""
WITHIN: Final = {"59350": ("59298", "59355")}
"""Hellemmes and Lomme, communes within Lille."""
CATEGORIES: Final = Path(__file__).parent.parent / "reference" / "categories_juridiques_insee.csv"
SECTIONS: Final = "ABCDEFGHIJKLMNOPQRSTU"


@dataclass(frozen=True, slots=True)
class Query:
    """ESS units in activity with an establishment in the metropole, or in some of its communes.

    Attributes
    ----------
    communes : commune codes; empty for the whole metropole.
    categories : legal categories (level III); empty for all.
    section : section of the activity of the legal unit; empty for all.
    """

    communes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    section: str = ""

    @property
    def filters(self) -> dict[str, str]:
        """Parameters of the API."""
        place = {"code_commune": ",".join(self.communes)} if self.communes else {"epci": EPCI}
        filters = {"est_ess": "true", "etat_administratif": "A", **place}
        if self.categories:
            filters["nature_juridique"] = ",".join(self.categories)
        if self.section:
            filters["section_activite_principale"] = self.section
        return filters

    @property
    def label(self) -> str:
        """What is asked, in French, short."""
        parts = [f"commune {self.communes[0]}" if self.communes else "métropole"]
        if self.categories:
            several = f" à {self.categories[-1]}" if len(self.categories) > 1 else ""
            parts.append(f"catégorie {self.categories[0]}{several}")
        if self.section:
            parts.append(f"section {self.section}")
        return ", ".join(parts)

    @property
    def splits_surely(self) -> bool:
        """Whether every unit is in one part at least: each has a commune and a legal category, not each an activity."""
        return not self.communes or len(self.categories) != 1

    def parts(self) -> tuple[Query, ...]:
        """Narrower questions that go together: communes, then legal categories by halves, then sections; or none."""
        if not self.communes:
            return tuple(replace(self, communes=(code, *WITHIN.get(code, ()))) for code in sorted(perimeter.members()))
        if len(self.categories) != 1:
            return tuple(replace(self, categories=half) for half in _halves(self.categories or categories()))
        if not self.section:
            return tuple(replace(self, section=section) for section in SECTIONS)
        return ()


@cache
def categories() -> tuple[str, ...]:
    """Every legal category of Insee (level III, September 2022), as the API knows them."""
    return tuple(CATEGORIES.read_text(encoding="utf-8").split()[1:])


def _halves(codes: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    middle = len(codes) // 2
    return tuple(codes[:middle]), tuple(codes[middle:])
