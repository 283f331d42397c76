"""Posts, or establishments, of all employers by commune, as Insee published them up to 2021 (``TD_FLORES…``).

Two wide files a year: ``…_NBSAL`` has the posts (``EFF_TOT`` and a column an activity), ``…_NBETAB`` the establishments
(``ET_TOT`` …). The total column is read; those of the activities, its parts, are checked against it and never added.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from layers.headings import normalised
from layers.readers import communal, proof, vintages
from layers.readers.columns import Column
from layers.readers.flores_scope import (
    ATTRIBUTION,
    ESTABLISHMENTS,
    PUBLISHED,
    PUBLISHER,
    everyone,
    is_plausible,
)
from layers.readers.intake import Intake, Record
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.recognition.opening import Table
from layers.values.numbers import Value, value

ROUNDING: Final = 0.5
LEAST_PARTS: Final = 5
"""Activities of the coarsest nomenclature: fewer columns are no whole to check."""

_CODE: Final = Column(communal.CODE, "CODGEO")
_PARTS: Final = {
    "EFF": re.compile(r"eff_(?:[a-z]{2}|[a-z]\d|\d{2})"),
    "ET": re.compile(r"et_(?:[a-z]{2}|[a-z]\d|\d{2})"),
}
Make = Callable[[Intake, Row, str, Value], Record]


def _posts(intake: Intake, row: Row, commune: str, found: Value) -> Record:
    return everyone(commune, intake.vintage.year, found, None, intake.origin(row))


def _establishments(intake: Intake, row: Row, commune: str, found: Value) -> Record:
    """Establishments alone: of the posts, nothing is said."""
    return everyone(commune, intake.vintage.year, Value(None, "missing"), found.number, intake.origin(row))


def _read(intake: Intake, prefix: str, make: Make) -> Records:
    activities = [i for i, name in enumerate(intake.source.header) if _PARTS[prefix].fullmatch(normalised(name))]
    seen: dict[str, int] = {}
    found = (_record(intake, row, seen, activities, make) for row in intake.rows())
    return {"jobs": [record for record in found if record is not None]}


def _record(intake: Intake, row: Row, seen: dict[str, int], activities: list[int], make: Make) -> Record | None:
    commune = communal.commune(intake, row)
    if commune is None:
        return None
    total = value(row["total"])
    if total is None or not row["total"] or not is_plausible(total.number):
        reason = "nombre illisible, absent ou invraisemblable"
        intake.reject(row, "total", reason, "Un nombre positif, « s » (secret) ou « nd » (non disponible).")
        return None
    if commune in seen:
        reason = f"commune déjà lue ligne {seen[commune]}"
        intake.reject(row, communal.CODE, reason, "Garder une seule ligne par commune.")
        return None
    seen[commune] = row.line
    intake.accept(commune)
    _check(intake, row, total, [value(row.cells[i]) for i in activities])
    return make(intake, row, commune, total)


def _check(intake: Intake, row: Row, total: Value, parts: list[Value | None]) -> None:
    numbers = [part.number for part in parts if part is not None and part.number is not None]
    if total.number is None or len(parts) < LEAST_PARTS:
        return
    if len(numbers) < len(parts):
        intake.note("withheld", "Communes dont une part du détail manque, total publié retenu", row.line)
    elif abs(sum(numbers) - total.number) > ROUNDING:
        message = "Totaux publiés que leur détail ne fait pas, total publié retenu : à vérifier à la source"
        intake.note("total_differs", message, row.line)


_CAVEATS: Final = (
    "Public et privé, au lieu de travail, au 31 décembre\u202f: c’est le dénominateur de la part de l’ESS, dont ce"
    " fichier ne dit rien.",
    "Colonnes EFF_ et ET_ relevées dans des programmes publics, non dans un fichier lu\u202f: à vérifier à la première"
    " importation.",
    "Flores a remplacé Clap en 2017\u202f: les deux ne se comparent pas.",
)


def _is_flores(source: Table, prefix: str) -> bool:
    """Whether the total is cut by activity, or the file says that it is of Flores: pupils have an ``EFF_TOT`` too."""
    cut = any(_PARTS[prefix].fullmatch(normalised(title)) for title in source.header)
    return cut or proof.says(proof.around(source), ["Flores", "TD Flores", "NBSAL", "NBETAB"])


def _reader(kind: str, title: str, prefix: str, make: Make, caveat: str) -> Reader:
    return Reader(
        kind=kind,
        title=title,
        publisher=PUBLISHER,
        licence="Licence Ouverte",
        attribution=ATTRIBUTION,
        caveats=(caveat, *_CAVEATS),
        columns=(_CODE, Column("total", f"{prefix}_TOT")),
        read=partial(_read, prefix=prefix, make=make),
        vintage=vintages.of_list,
        proof=partial(_is_flores, prefix=prefix),
    )


POSTS: Final = _reader(
    PUBLISHED,
    "Emploi salarié par commune (Flores, fichiers publiés)",
    "EFF",
    _posts,
    "Postes seuls\u202f: sans le fichier des établissements (NBETAB), le producteur répond seul du secret.",
)
READER: Final = _reader(
    ESTABLISHMENTS,
    "Établissements employeurs par commune (Flores, fichiers publiés)",
    "ET",
    _establishments,
    "Établissements seuls\u202f: complète le fichier des postes (NBSAL) de la même année.",
)
