"""Legal units of the company-search API, reduced to what the actors table needs, and written as a file to import."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

Unit = dict[str, Any]
UNREADABLE: Final = (KeyError, TypeError, AttributeError, ValueError)
PARTIAL: Final = "P"
HIDDEN: Final = ("[NON-DIFFUSIBLE]", "[ND]")
DELIMITER: Final = ";"

OF_UNIT: Final[Mapping[str, str]] = {
    "siren": "siren",
    "nom": "nom_raison_sociale",
    "nature_juridique": "nature_juridique",
    "etat_unite_legale": "etat_administratif",
    "statut_diffusion_unite_legale": "statut_diffusion",
}
OF_ESTABLISHMENT: Final[Mapping[str, str]] = {
    "siret": "siret",
    "etat_etablissement": "etat_administratif",
    "statut_diffusion_etablissement": "statut_diffusion_etablissement",
    "activite_principale": "activite_principale",
    "activite_principale_naf25": "activite_principale_naf25",
    "tranche_effectif_salarie": "tranche_effectif_salarie",
    "date_creation": "date_creation",
    "code_commune": "commune",
    "longitude": "longitude",
    "latitude": "latitude",
}
COLUMNS: Final = (
    *("siret", "siren", "nom", "enseigne", "nature_juridique", "est_ess", "identifiant_association"),
    *("etat_unite_legale", "etat_etablissement", "statut_diffusion_unite_legale", "statut_diffusion_etablissement"),
    *("activite_principale", "activite_principale_naf25", "tranche_effectif_salarie", "date_creation"),
    *("code_commune", "longitude", "latitude"),
)
"""Columns of the file: names of the API's fields, ``est_ess`` being ``true``, ``false`` or empty."""


def reduced(result: Mapping[str, Any], limit: int) -> Unit:
    """One result of the API as kept: the unit, and its establishments that answer the question, head office included.

    ``cut`` tells that *limit* establishments were given, so that there may be more; ``large`` that the unit has more
    than *limit*, which the API then keeps in several pieces of which it gives one.

    Raises
    ------
    KeyError, TypeError, AttributeError
        Where the result has not the form that the API describes.
    """
    extra = result.get("complements") or {}
    matching = result.get("matching_etablissements") or []
    unit: Unit = {column: _text(result.get(field)) for column, field in OF_UNIT.items()}
    unit["siren"] = _identifier(result["siren"])
    unit["nom"] = unit["nom"] or _text(result.get("nom_complet"))
    unit["est_ess"] = _flag(extra.get("est_ess"))
    unit["identifiant_association"] = _text(extra.get("identifiant_association"))
    unit["cut"] = len(matching) >= limit
    unit["large"] = int(result.get("nombre_etablissements") or 0) > limit
    head = [result["siege"]] if result.get("siege") else []
    unit["establishments"] = [_establishment(found) for found in (*matching, *head)]
    return unit


def _establishment(found: Mapping[str, Any]) -> dict[str, str]:
    row = {column: _text(found.get(field)) for column, field in OF_ESTABLISHMENT.items()}
    row["siret"] = _identifier(found["siret"])
    signs = [_text(found.get("nom_commercial")), *(_text(sign) for sign in found.get("liste_enseignes") or [])]
    row["enseigne"] = next((sign for sign in signs if sign), "")
    return row


def _identifier(value: object) -> str:
    """What tells units and establishments apart: without it, one would be taken for another."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("SIREN ou SIRET absent")
    return value.strip()


def _flag(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else ""


def _text(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return "" if text in HIDDEN else text


def rows(units: Mapping[str, Sequence[Unit]], communes: frozenset[str]) -> list[dict[str, str]]:
    """One row an establishment in *communes*, by SIRET; those in partial diffusion have neither name nor point."""
    found: dict[str, dict[str, str]] = {}
    for several in units.values():
        for unit in several:
            for establishment in unit["establishments"]:
                if establishment["code_commune"] in communes:
                    found.setdefault(establishment["siret"], _row(several[0], establishment))
    return [found[siret] for siret in sorted(found)]


def _row(unit: Unit, establishment: Mapping[str, str]) -> dict[str, str]:
    row = {**unit, **establishment}
    if PARTIAL in (row["statut_diffusion_unite_legale"], row["statut_diffusion_etablissement"]):
        row |= dict.fromkeys(("nom", "enseigne", "longitude", "latitude"), "")
    return {column: row[column] for column in COLUMNS}


def written(lines: Iterable[Mapping[str, str]]) -> bytes:
    """The file: UTF-8, semicolons, one header line."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter=DELIMITER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()
