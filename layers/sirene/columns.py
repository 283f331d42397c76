"""Columns of the stock files that are read, and those by which a file is told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from layers.headings import normalised

UNITS, ESTABLISHMENTS, POSITIONS, HISTORY = "units", "establishments", "positions", "history"
UNITS_HISTORY = "units_history"


@dataclass(frozen=True, slots=True)
class Stock:
    """One kind of stock file: its official name, columns it must have, columns that are read where it has them."""

    kind: str
    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


STOCKS: Final[Mapping[str, Stock]] = {
    stock.kind: stock
    for stock in (
        Stock(
            HISTORY,
            "StockEtablissementHistorique",
            ("siret", "dateDebut", "etatAdministratifEtablissement", "changementEtatAdministratifEtablissement"),
        ),
        Stock(
            UNITS_HISTORY,
            "StockUniteLegaleHistorique",
            ("siren", "dateDebut", "etatAdministratifUniteLegale", "changementEtatAdministratifUniteLegale"),
        ),
        Stock(
            ESTABLISHMENTS,
            "StockEtablissement",
            (
                "siren",
                "siret",
                "codeCommuneEtablissement",
                "etatAdministratifEtablissement",
                "activitePrincipaleEtablissement",
                "trancheEffectifsEtablissement",
            ),
            (
                "statutDiffusionEtablissement",
                "dateCreationEtablissement",
                "dateDernierTraitementEtablissement",
                "dateDebut",
                "codePaysEtrangerEtablissement",
                "enseigne1Etablissement",
                "denominationUsuelleEtablissement",
                "nomenclatureActivitePrincipaleEtablissement",
                "activitePrincipaleNAF25Etablissement",
                "activitePrincipaleNAF25UniteLegale",
                "coordonneeLambertAbscisseEtablissement",
                "coordonneeLambertOrdonneeEtablissement",
            ),
        ),
        Stock(
            UNITS,
            "StockUniteLegale",
            ("siren", "etatAdministratifUniteLegale", "categorieJuridiqueUniteLegale", "denominationUniteLegale"),
            (
                "statutDiffusionUniteLegale",
                "sigleUniteLegale",
                "identifiantAssociationUniteLegale",
                "denominationUsuelle1UniteLegale",
                "economieSocialeSolidaireUniteLegale",
            ),
        ),
        Stock(
            POSITIONS,
            "GeolocalisationEtablissement",
            ("siret", "plg_qp24", "plg_code_commune"),
            ("x", "y", "epsg", "qualite_xy", "y_latitude", "x_longitude"),
        ),
    )
}
"""In the order in which a header is tried: a history has columns of its stock."""


_CAMEL = re.compile(r"(?<=[a-zé])(?=[A-ZÉ0-9])|(?<=[0-9])(?=[A-Z])")
_LINKS: Final = frozenset(["de", "la", "le", "l", "du", "des", "d", "et", "au", "a", "en"])


def official(names: Sequence[str]) -> tuple[str, ...]:
    """Titles by their official names, those that others publish them under included; none twice.

    Capitals apart, or the same words in French: « État administratif de l’établissement » as the national portals of
    data write it. A title that is met again has its rank.

    >>> official(["SIREN", "Code commune de l'établissement", "dateDebut", "dateDebut"])
    ('siren', 'codeCommuneEtablissement', 'dateDebut', 'dateDebut 2')
    """
    counted: Counter[str] = Counter()
    out = []
    for name in names:
        known = _BY_WORDS.get(_words(name)) or _BY_LETTERS.get(name.strip().lstrip("\ufeff").lower(), name)
        counted[known.lower()] += 1
        rank = counted[known.lower()]
        out.append(known if rank == 1 else f"{known} {rank}")
    return tuple(out)


def _words(name: str) -> tuple[str, ...]:
    told = normalised(_CAMEL.sub(" ", name)).split("_")
    return tuple(word.removesuffix("s") for word in told if word not in _LINKS)


_NAMES: Final = tuple(dict.fromkeys(name for stock in STOCKS.values() for name in (*stock.required, *stock.optional)))
_BY_WORDS: Final = {_words(name): name for name in _NAMES}
_BY_LETTERS: Final = {name.lower(): name for name in _NAMES}


def has_units(header: Sequence[str]) -> bool:
    """Whether the rows of a file of establishments say their legal units too, as extracts of Sirene do."""
    return set(STOCKS[UNITS].required) <= {name.strip().lstrip("\ufeff") for name in header}


def kind_of(header: Sequence[str]) -> str | None:
    """Kind of stock file that has these columns; None for any other file."""
    present = {name.strip().lstrip("\ufeff") for name in header}
    for stock in STOCKS.values():
        if present.issuperset(stock.required):
            return stock.kind
    return None
