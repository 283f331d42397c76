"""How French sentences name an area: as subject, as place, after « de » and « que », in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dashboard import french
from geodata.territories import TERRITORIES

ASPIRATED = ("Hem",)
"""Communes before whose h nothing is elided: « de Hem », but « d’Halluin »."""


@dataclass(frozen=True, slots=True)
class Named:
    """Forms of one area.

    ``short`` in a list or on the map, ``subject`` opens a sentence, ``within`` says where, ``of`` whose,
    ``than`` compares.
    """

    short: str
    subject: str
    within: str
    of: str
    than: str
    plural: bool = False


METROPOLE = Named("Métropole", "la métropole", "dans la métropole", "de la métropole", "que la métropole")


def territory(code: str) -> Named:
    """Forms of a territory; ``KeyError`` for an unknown code."""
    found = TERRITORIES[code]
    return Named(
        found.short_name, found.article, found.within, found.of, french.elided("que", found.article), found.plural
    )


@cache
def commune(name: str) -> Named:
    """Forms of a commune from its name: « à Roubaix », « au Maisnil », « d’Halluin », « qu’Englos »."""
    if name.startswith("Le "):
        return Named(name, name, f"au {name[3:]}", f"du {name[3:]}", f"que {name}")
    if name.startswith("Les "):
        return Named(name, name, f"aux {name[4:]}", f"des {name[4:]}", f"que {name}", plural=True)
    if name in ASPIRATED:
        return Named(name, name, f"à {name}", f"de {name}", f"que {name}")
    return Named(name, name, f"à {name}", french.elided("de", name), french.elided("que", name))


def named(level: str, code: str, name: str) -> Named:
    """Forms of an area of a level."""
    return territory(code) if level == "territory" else commune(name)


def listed(names: Sequence[str]) -> str:
    """« Comines », « Comines et Roncq », « Comines, Roncq et Wavrin »."""
    return " et ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
