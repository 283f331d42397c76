"""Social housing by commune (RPLS): dwellings on 1 January of the year."""

from __future__ import annotations

from typing import Final

from layers.readers import communal, vintages
from layers.readers.columns import Column
from layers.readers.intake import Intake, Record
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.values.numbers import value

KIND: Final = "social-housing"
VARIABLE: Final = "social_housing"
MOST: Final = 1_000_000

COLUMNS: Final = (
    Column(communal.CODE, "DEPCOM_ARM", "depcom_arm|depcom"),
    Column("dwellings", "nb_ls"),
)


def _read(intake: Intake) -> Records:
    seen: dict[str, int] = {}
    found = (_record(intake, row, seen) for row in intake.rows())
    return {"observations": [record for record in found if record is not None]}


def _record(intake: Intake, row: Row, seen: dict[str, int]) -> Record | None:
    commune = communal.commune(intake, row)
    if commune is None:
        return None
    read = value(row["dwellings"])
    if read is None or (read.number is not None and not 0 <= read.number <= MOST):
        intake.reject(row, "dwellings", "nombre de logements illisible", "Un nombre entier, « s » ou rien.")
        return None
    if commune in seen:
        reason = f"commune déjà lue ligne {seen[commune]}"
        intake.reject(row, communal.CODE, reason, "Garder une seule ligne par commune.")
        return None
    seen[commune] = row.line
    intake.accept(commune)
    return {
        "commune": commune,
        "variable": VARIABLE,
        "year": intake.vintage.year,
        "value": read.number,
        "state": read.state,
        **intake.origin(row),
    }


READER: Final = Reader(
    kind=KIND,
    title="Logements sociaux (RPLS)",
    publisher="Ministère chargé du Logement, répertoire des logements locatifs des bailleurs sociaux",
    licence="Licence Ouverte",
    attribution="SDES, répertoire des logements locatifs des bailleurs sociaux (RPLS)",
    caveats=(
        "Logements au 1er janvier de l’année. Une commune absente du fichier est inconnue, jamais nulle : un territoire"
        " dont une commune manque l’est aussi.",
    ),
    columns=COLUMNS,
    read=_read,
    vintage=vintages.of_list,
)
