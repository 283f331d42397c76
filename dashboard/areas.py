"""How French sentences name an area: as subject, as place, in a list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from geodata.territories import TERRITORIES


@dataclass(frozen=True, slots=True)
class Named:
    """Forms of one area: ``short`` in a list or on the map, ``subject`` opens a sentence, ``within`` says where."""

    short: str
    subject: str
    within: str
    plural: bool = False


def territory(code: str) -> Named:
    """Forms of a territory; ``KeyError`` for an unknown code."""
    found = TERRITORIES[code]
    return Named(found.short_name, found.article, found.within, found.plural)


@cache
def commune(name: str) -> Named:
    """Forms of a commune from its name: « à Roubaix », « au Maisnil », « à La Madeleine »."""
    if name.startswith("Le "):
        return Named(name, name, f"au {name[3:]}")
    if name.startswith("Les "):
        return Named(name, name, f"aux {name[4:]}", plural=True)
    return Named(name, name, f"à {name}")


def named(level: str, code: str, name: str) -> Named:
    """Forms of an area of a level."""
    return territory(code) if level == "territory" else commune(name)
