"""Employment zones (zones d'emploi): the one that Insee puts each commune in, drawn again every ten years."""

from __future__ import annotations

import re
from typing import Final

from layers.readers import communal
from layers.readers.columns import Column, Located
from layers.readers.intake import Intake, Record, Vintage
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.recognition.opening import Table
from layers.recognition.spellings import spelled
from layers.zones import EMPLOYMENT

KIND: Final = "employment-zones"
_ZONE = re.compile(r"\d{4}")

COLUMNS: Final = (
    communal.PLACE,
    Column("zone", "ZE2020", spelled("ZE{year}", "CODZE{year}", "code zone d’emploi {year}")),
    Column("label", "LIBZE2020", spelled("LIBZE {year}", "libellé zone d’emploi {year}")),
)


def _read(intake: Intake) -> Records:
    seen: dict[str, tuple[int, str]] = {}
    found = (_record(intake, row, seen) for row in intake.rows())
    return {"zones": [record for record in found if record is not None]}


def _record(intake: Intake, row: Row, seen: dict[str, tuple[int, str]]) -> Record | None:
    commune = communal.commune(intake, row)
    if commune is None:
        return None
    if not _ZONE.fullmatch(row["zone"]):
        remedy = "Quatre chiffres (3216) : reprendre le fichier d’origine si un zéro initial s’est perdu."
        intake.reject(row, "zone", "code de zone d’emploi illisible", remedy)
        return None
    if not row["label"]:
        intake.reject(row, "label", "nom de zone d’emploi absent", "Compléter le nom de la zone.")
        return None
    if commune in seen:
        line, zone = seen[commune]
        if zone == row["zone"]:
            intake.account.count("duplicate")
        else:
            intake.reject(row, "zone", f"autre zone que ligne {line}", "Garder une seule zone par commune.")
        return None
    seen[commune] = row.line, row["zone"]
    intake.accept(commune)
    return {
        "commune": commune,
        "zoning": EMPLOYMENT,
        "code": row["zone"],
        "label": row["label"],
        "year": intake.vintage.year,
        **intake.origin(row),
    }


def _vintage(source: Table, located: Located, year: int | None) -> Vintage:
    """Year of the zoning, which its column carries; another asked for changes nothing."""
    told = COLUMNS[1].period(source.header[located["zone"][0]])
    if told is None:
        raise ValueError(source.header)
    drawn = told.year
    differs = "" if year in (None, drawn) else f"L’année {year} demandée est ignorée : la colonne donne {drawn}."
    return Vintage(drawn, str(drawn), differs)


READER: Final = Reader(
    kind=KIND,
    title="Zones d’emploi",
    publisher="Insee",
    licence="Insee, réutilisation libre avec mention de la source",
    attribution="Insee, zones d’emploi",
    caveats=(
        "Une zone d’emploi est un espace où la plupart des actifs résident et travaillent\u202f: elle dépasse la"
        " métropole et ne suit pas ses huit territoires.",
    ),
    columns=COLUMNS,
    read=_read,
    vintage=_vintage,
)
