"""Places of other countries: a country's name, a foreign post code or a town beyond the border are « elsewhere ».

Countries are those of the Unicode territories in French (Babel). The towns are those that files of the metropole name
without their country: the Belgian communes of the Eurometropolis Lille–Kortrijk–Tournai, and the large cities near by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from babel import Locale

from geodata import names

FRANCE: Final = "FR"
_TOWNS: Final = """
Antoing;Ath;Brugelette;Brunehaut;Comines-Warneton;Ellezelles;Estaimpuis;Flobecq;Frasnes-lez-Anvaing;Lessines
Leuze-en-Hainaut;Mont-de-l’Enclus;Mouscron;Moeskroen;Pecq;Péruwelz;Rumes;Tournai;Doornik;Beloeil;Bernissart;Chièvres
Anzegem;Avelgem;Deerlijk;Harelbeke;Courtrai;Kortrijk;Kuurne;Lendelede;Menin;Menen;Espierres-Helchin;Waregem;Wevelgem
Zwevegem;Heuvelland;Ypres;Ieper;Langemark-Poelkapelle;Messines;Mesen;Poperinge;Vleteren;Wervik;Zonnebeke;Roulers
Roeselare;Izegem;Ingelmunster;Ledegem;Moorslede;Staden;Bruxelles;Anvers;Gand;Gent;Bruges;Brugge;Namur;Charleroi;Liège
La Louvière;Louvain;Leuven;Louvain-la-Neuve;Londres;London;Amsterdam;Rotterdam;Luxembourg;Cologne;Genève;Lausanne
"""
_BOTH_SIDES: Final = frozenset({"COMINES", "WARNETON", "COMINESWARNETON"})
"""Names that a commune of the metropole and its Belgian neighbour bear."""
_CODE = re.compile(r"(?!59)\d{4}")
_SIGNED = re.compile(r"(?:B|BE|L|LU|CH|NL)")


@cache
def countries() -> frozenset[str]:
    """Keys (`names.key`) of the names of the countries and territories other than France."""
    told = Locale("fr").territories
    return frozenset(names.key(name) for code, name in told.items() if len(code) == 2 and code != FRANCE)  # noqa: PLR2004


@cache
def _towns() -> frozenset[str]:
    return frozenset(names.key(town) for town in re.split(r"[;\n]", _TOWNS) if town)


def is_postcode(code: str) -> bool:
    """Whether a post code is of four digits, as those of Belgium: one of the Nord, truncated, is not."""
    return _CODE.fullmatch(code) is not None


def is_said(words: Sequence[str]) -> bool:
    """Whether the words of one part of an address say another country: its name, or a foreign post code before a name.

    >>> is_said(["BELGIQUE"]), is_said(["7780", "COMINES"]), is_said(["B", "7500", "TOURNAI"]), is_said(["LILLE"])
    (True, True, True, False)
    """
    if not words:
        return False
    if names.key(" ".join(words)) in countries() or (len(words) > 1 and words[-1] in ("BELGIQUE", "BELGIE", "BELGIUM")):
        return True
    rest = words[1:] if len(words) > 1 and _SIGNED.fullmatch(words[0]) else words
    if not is_postcode(rest[0]) or any(word.isdigit() for word in rest[1:]):
        return False
    return len(rest) < len(words) or is_town(" ".join(rest[1:])) or names.key(" ".join(rest[1:])) in _BOTH_SIDES


def is_town(text: str) -> bool:
    """Whether a text is the name of a town of another country, of which no commune of the metropole bears the name."""
    return names.key(text) in _towns()


def has_neighbour(name: str) -> bool:
    """Whether a commune on the other side of the border bears this name too."""
    return names.key(name) in _BOTH_SIDES
