"""Columns of the stock files that are read, and those by which a file is told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

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
