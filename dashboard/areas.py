"""How sentences name an area, in the language in force: as subject, as place, whose it is, compared, in a list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard import french
from dashboard.i18n import ENGLISH, FRENCH, _, language, msg
from geodata.territories import TERRITORIES
from layers.measure import NOWHERE
from layers.panel import METROPOLE

if TYPE_CHECKING:
    from layers.series import Cell

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


_METROPOLE = {
    FRENCH: Named("Métropole", "la métropole", "dans la métropole", "de la métropole", "que la métropole"),
    ENGLISH: Named("Metropole", "the metropole", "in the metropole", "of the metropole", "the metropole"),
}
_WITH_ARTICLE = {"4": "the Lys territory", "5": "the Est territory"}
"""Territories whose bare name English would read as a river, or as a word."""


def metropole() -> Named:
    """Forms of the metropole."""
    return _METROPOLE[language()]


def territory(code: str) -> Named:
    """Forms of a territory; ``KeyError`` for an unknown code."""
    found = TERRITORIES[code]
    if language() == ENGLISH:
        return _plain(found.short_name, _WITH_ARTICLE.get(code, found.short_name))
    return Named(
        found.short_name, found.article, found.within, found.of, french.elided("que", found.article), found.plural
    )


def commune(name: str) -> Named:
    """Forms of a commune from its name: « à Roubaix », « au Maisnil », « d’Halluin », « qu’Englos »."""
    return _plain(name, name) if language() == ENGLISH else _commune(name)


def named(level: str, code: str, name: str) -> Named:
    """Forms of an area of a level."""
    return territory(code) if level == "territory" else commune(name)


def title(cell: Cell) -> str:
    """Name of an area in a table: its official one, or what stands for all of them or for none."""
    if cell.code == METROPOLE:
        return metropole().short
    return _(msg("Multi-territoires ou sans commune")) if cell.code == NOWHERE else cell.name


def _plain(short: str, subject: str) -> Named:
    """English forms: a name has no gender, and no article but its own."""
    return Named(short, subject, f"in {subject}", f"of {subject}", subject)


@lru_cache(maxsize=512)
def _commune(name: str) -> Named:
    if name.startswith("Le "):
        return Named(name, name, f"au {name[3:]}", f"du {name[3:]}", f"que {name}")
    if name.startswith("Les "):
        return Named(name, name, f"aux {name[4:]}", f"des {name[4:]}", f"que {name}", plural=True)
    if name in ASPIRATED:
        return Named(name, name, f"à {name}", f"de {name}", f"que {name}")
    return Named(name, name, f"à {name}", french.elided("de", name), french.elided("que", name))
