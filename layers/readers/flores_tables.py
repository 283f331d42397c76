"""Posts, or establishments, of all employers by commune, as Insee published them up to 2021 (``TD_FLORES…``).

Two wide files a year: ``…_NBSAL`` has the posts (``EFF_TOT`` and a column an activity), ``…_NBETAB`` the establishments
(``ET_TOT`` …). The total column is read; those of the activities, its parts, are checked against it and never added.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from layers.headings import normalised
from layers.readers import communal, proof, vintages
from layers.readers.columns import Column
from layers.readers.communal import Measured
from layers.readers.flores_cuts import is_activity
from layers.readers.flores_scope import (
    ATTRIBUTION,
    ESTABLISHMENTS,
    MOST,
    PUBLISHED,
    PUBLISHER,
    check_whole,
    everyone,
)
from layers.readers.intake import Intake, Record
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.recognition.opening import Table
from layers.values.numbers import Value, value

LEAST_PARTS: Final = 5
"""Activities of the coarsest nomenclature: fewer columns are no whole to check."""

Make = Callable[[Intake, Row, str, Value], Record]


def _posts(intake: Intake, row: Row, commune: str, found: Value) -> Record:
    return everyone(commune, intake.vintage.year, found, None, intake.origin(row))


def _establishments(intake: Intake, row: Row, commune: str, found: Value) -> Record:
    """Establishments alone: of the posts, nothing is said."""
    return everyone(commune, intake.vintage.year, Value(None, "missing"), found.number, intake.origin(row))


def _read(intake: Intake, prefix: str, total: Measured, make: Make) -> Records:
    activities = _activities(intake.source, prefix)
    whole = communal.cells(intake.source, intake.located, [total], intake.vintage.year)
    jobs = []
    for row, commune, (found,) in communal.rows(intake, whole):
        _check(intake, row, found, [value(row.cells[at]) for at in activities])
        jobs.append(make(intake, row, commune, found))
    return {"jobs": jobs}


def _activities(source: Table, prefix: str) -> list[int]:
    """Columns of an activity each: « EFF_AZ » of ``EFF``."""
    parted = [normalised(title).partition("_") for title in source.header]
    return [at for at, (what, _, code) in enumerate(parted) if what == prefix.lower() and is_activity(code)]


def _check(intake: Intake, row: Row, total: Value, parts: list[Value | None]) -> None:
    numbers = [part.number for part in parts if part is not None and part.number is not None]
    if total.number is not None and len(parts) >= LEAST_PARTS:
        check_whole(intake, row, total, [sum(numbers)], withheld=len(numbers) < len(parts))


_CAVEATS: Final = (
    "Public et privé, au lieu de travail, au 31 décembre\u202f: c’est le dénominateur de la part de l’ESS, dont ce"
    " fichier ne dit rien.",
    "Colonnes EFF_ et ET_ relevées dans des programmes publics, non dans un fichier lu\u202f: à vérifier à la première"
    " importation.",
    "Flores a remplacé Clap en 2017\u202f: les deux ne se comparent pas.",
)


def _is_flores(source: Table, prefix: str) -> bool:
    """Whether the total is cut by activity, or the file says that it is of Flores: pupils have an ``EFF_TOT`` too."""
    return bool(_activities(source, prefix)) or proof.says(
        proof.around(source), ["Flores", "TD Flores", "NBSAL", "NBETAB"]
    )


def _reader(kind: str, title: str, prefix: str, make: Make, caveat: str) -> Reader:
    total = Measured("total", Column("total", f"{prefix}_TOT"), 0, MOST, needed=True)
    return Reader(
        kind=kind,
        title=title,
        publisher=PUBLISHER,
        licence="Licence Ouverte",
        attribution=ATTRIBUTION,
        caveats=(caveat, *_CAVEATS),
        columns=(communal.PLACE, total.column),
        read=partial(_read, prefix=prefix, total=total, make=make),
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
