"""Posts and establishments of all employers by commune, as Insee publishes them since 2022 (``DS_FLORES_…``).

A long file: one line a place, activity, size class, measure and year, where each dimension has its total ``_T``. The
one line that is total in all of them is what is read; its parts are control rows, checked against it and never added.
No published file has a modality for the ESS: its posts come from the table drawn to order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from layers.readers import insee_long, vintages
from layers.readers.columns import Column
from layers.readers.flores_scope import (
    ATTRIBUTION,
    PUBLISHED,
    PUBLISHER,
    check_whole,
    everyone,
    is_plausible,
    year_of,
)
from layers.readers.intake import Intake, Record
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.values.numbers import Value
from layers.values.periods import YEARLY, Period

KIND: Final = PUBLISHED
ALL_EMPLOYERS: Final = frozenset({"1T9X7"})
"""« Ensemble hors particuliers employeurs », public employers included: the only legal form published by commune."""
POSTS, UNITS = "EMPL3112", "UNIT_LOC"
INCLUDES_ANOTHER: Final = "W"

COLUMNS: Final = (
    *insee_long.GEO,
    Column("measure", "FLORES_MEASURE"),
    Column("legal_form", "LEGAL_FORM_WITH_PUBLIC"),
    *insee_long.OBSERVED,
    Column("activity", "ACTIVITY", required=False),
    Column("size", "NUMBER_EMPL", required=False),
    Column("sphere", "ECONOMIC_SPHERE", required=False),
)
_DIMENSIONS: Final = ("activity", "size", "sphere")


@dataclass(slots=True)
class _Work:
    totals: dict[insee_long.Key, tuple[Row, Value]] = field(default_factory=dict)
    parts: dict[insee_long.Key, Counter[str]] = field(default_factory=dict)
    """Sum of what each dimension alone cuts."""
    withheld: dict[insee_long.Key, int] = field(default_factory=Counter)
    places: insee_long.Places = field(default_factory=insee_long.Places)


def _read(intake: Intake) -> Records:
    work = _Work()
    for row in intake.rows():
        if (commune := work.places.commune(intake, row, levelled=True)) is not None:
            _of_commune(intake, row, work, commune)
    work.places.tell(intake)
    _check(intake, work)
    places = sorted({(commune, period) for commune, _, period in work.totals})
    return {"jobs": [_record(intake, work, commune, period) for commune, period in places]}


def _of_commune(intake: Intake, row: Row, work: _Work, commune: str) -> None:
    if row["legal_form"].upper() not in ALL_EMPLOYERS:
        remedy = "Seul l’ensemble des employeurs (1T9X7) est lu\u202f; les particuliers employeurs sont hors champ."
        intake.reject(row, "legal_form", "forme juridique hors du champ lu", remedy)
        return
    measure, year = row["measure"].upper(), year_of(row["year"])
    if measure not in (POSTS, UNITS):
        intake.reject(row, "measure", "mesure inconnue", f"Mesures lues : {POSTS} et {UNITS}.")
        return
    if year is None:
        intake.reject(row, "year", "année illisible", "Une année en quatre chiffres.")
        return
    found = insee_long.observed(row)
    if found is None or not is_plausible(found.number):
        intake.reject(row, "number", "nombre illisible ou invraisemblable", "Vérifier la valeur à la source.")
        return
    key = (commune, measure, Period(year, 1, YEARLY))
    cut = [name for name in _DIMENSIONS if row[name].upper() not in insee_long.TOTALS]
    if cut:
        _part(intake, work, key, cut, found)
    elif insee_long.keep(intake, row, work.totals, key, found) and row["status"].upper() == INCLUDES_ANOTHER:
        intake.note("includes_another", "Valeurs qui comprennent celle d’une autre cellule (statut W)", row.line)


def _part(intake: Intake, work: _Work, key: insee_long.Key, cut: list[str], found: Value) -> None:
    intake.account.count("control")
    if len(cut) == 1:
        work.parts.setdefault(key, Counter())[cut[0]] += found.number or 0.0  # type: ignore[assignment]
        work.withheld[key] += found.number is None


def _check(intake: Intake, work: _Work) -> None:
    """Say where the parts do not make the total, and where some are withheld: the total is kept either way."""
    for key, sums in work.parts.items():
        if key in work.totals:
            row, total = work.totals[key]
            check_whole(intake, row, total, sums.values(), withheld=work.withheld[key] > 0)
    if lone := {key[::2] for key in work.parts} - {key[::2] for key in work.totals}:
        message = "Communes sans ligne de total : leur détail n’est pas additionné, elles sont sans valeur"
        intake.account.warn("total_missing", f"{message}.", len(lone))


def _record(intake: Intake, work: _Work, commune: str, period: Period) -> Record:
    posts, units = (work.totals.get((commune, measure, period)) for measure in (POSTS, UNITS))
    row = (posts or units or (None,))[0]
    if row is None:
        raise KeyError(commune)
    told = posts[1] if posts else Value(None, "missing")
    return everyone(commune, period.year, told, units[1].number if units else None, intake.origin(row))


CAVEATS: Final = (
    "Établissements employeurs et postes salariés au 31 décembre, au lieu de travail, public et privé, hors défense et"
    " hors particuliers employeurs\u202f: c’est le dénominateur de la part de l’ESS, dont ce fichier ne dit rien.",
    "Le sens de la forme juridique 1T9X7 (ensemble hors particuliers employeurs, public compris) a été lu dans des"
    " programmes publics qui citent le fichier de métadonnées de 2024\u202f: à confirmer dans celui qui est livré.",
    "Une valeur non diffusée (statut K) reste secrète, jamais nulle\u202f; W comprend une autre cellule.",
    "L’Insee ne garantit pas que deux millésimes se comparent.",
)

READER: Final = Reader(
    kind=KIND,
    title="Emploi salarié par commune (Flores, fichiers publiés)",
    publisher=PUBLISHER,
    licence="Licence Ouverte",
    attribution=ATTRIBUTION,
    caveats=CAVEATS,
    columns=COLUMNS,
    read=_read,
    vintage=vintages.of_list,
)
