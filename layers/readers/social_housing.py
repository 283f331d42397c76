"""Social housing by commune (RPLS): dwellings on 1 January of the year."""

from __future__ import annotations

from typing import Final

from layers.readers import communal
from layers.readers.reader import Reader

READER: Final = Reader(
    kind="social-housing",
    title="Logements sociaux (RPLS)",
    publisher="Ministère chargé du Logement, répertoire des logements locatifs des bailleurs sociaux",
    licence="Licence Ouverte",
    attribution="SDES, répertoire des logements locatifs des bailleurs sociaux (RPLS)",
    caveats=(
        "Logements au 1er janvier de l’année. Une commune absente du fichier est inconnue, jamais nulle : un territoire"
        " dont une commune manque l’est aussi.",
    ),
    columns=communal.columns("social_housing"),
    read=communal.read,
    vintage=communal.vintage,
)
