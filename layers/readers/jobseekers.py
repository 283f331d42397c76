"""Jobseekers by commune: the mean of a year is kept where all its months, or the ends of its quarters, are there.

One line a commune and period, or one line a commune and a column a period (the workbooks of the quarterly statistics).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from geodata import geography as geographies
from layers.headings import normalised
from layers.readers import communal, insee_long, proof, vintages
from layers.readers.columns import Column
from layers.readers.intake import Intake
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.recognition.opening import Table
from layers.recognition.spellings import spelled
from layers.unreadable import UnreadableFile
from layers.values.numbers import value
from layers.values.periods import YEARLY, Period, period_of

KIND: Final = "jobseekers"
VARIABLE: Final = "jobseekers"
DEPARTMENT_DIGITS: Final = 3
SAME_SERIES: Final = 12
"""Months from which two communes with the same numbers are one commune written twice."""
MOST: Final = 1_000_000

COLUMNS: Final = (
    replace(communal.CODED, name="codgeo"),
    Column("month", "YEAR", spelled("year", "mois", "month", "période", "date", "trimestre", "date trimestre")),
    Column(
        "count",
        "Demandeurs_Emploi",
        spelled("(nombre de) demandeurs d’emploi", "(nb) demandeurs d’emploi", "(nb) DEFM (ABC)"),
    ),
    Column("category", "Catégorie", spelled("catégorie (de demandeurs d’emploi)"), required=False),
)
ABC: Final = frozenset({"abc", "ensembleabc"})
"""Categories A, B and C together, which the series is of; one of them alone is a part."""
WORDS: Final = ("demandeurs d’emploi", "demandeur d’emploi", "demandeurs emploi", "chômeurs", "DEFM")
_CATEGORY = re.compile(
    r"(?:(?i:cat(?:[ée]gories?)?)\.?|DEFM)[\s_]*([A-E](?:\s*(?:,|;|et|\+|/|-|_)?\s*[A-E])*)(?![A-Za-z])"
)
_WHOLE: Final = "Demander l’ensemble des catégories A, B et C : une seule d’entre elles n’est pas la série suivie."
ANY_NUMBER: Final = (
    " Pour la montrer telle quelle, en faire un indicateur : --save-declaration INDICATEUR.json, le compléter, puis "
    "--declare INDICATEUR.json."
)
_OF_ALL: Final = ("(nombre de) demandeurs d’emploi (ABC) {period}", "(catégories) ABC {period}")
"""What a title says before its period, where it is of all the categories together."""
WIDE: Final = (
    replace(communal.CODED, name="Code commune"),
    Column("periods", "T1 2023", spelled("{period}", "DEFM (ABC) {period}", *_OF_ALL), many=True),
)
_ACROSS: Final = communal.Measured(VARIABLE, WIDE[1], 0, MOST, averaged=True)


@dataclass(slots=True)
class _Work:
    """Rows that may be kept, by commune and month."""

    series: dict[str, dict[Period, tuple[Row, float | None]]] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    """Categories that are not read."""


def _read(intake: Intake) -> Records:
    if not intake.located["category"]:
        _refuse_part(intake.source)
    work = _Work()
    for row in intake.rows():
        _row(intake, row, work)
    if work.left and not work.series:
        parts = ", ".join(f"« {name} »" for name in sorted(work.left))
        reason = f"catégories de demandeurs d’emploi données séparément ({parts}), sans l’ensemble A, B, C"
        raise UnreadableFile(intake.source.path, reason, _WHOLE + ANY_NUMBER)
    _refuse_twins(intake, work)
    for commune, periods in work.series.items():
        for _ in periods:
            intake.accept(commune)
    return observations(intake, {commune: _counts(periods) for commune, periods in work.series.items()})


def _counts(periods: dict[Period, tuple[Row, float | None]]) -> list[communal.Count]:
    return [(period, row, number) for period, (row, number) in periods.items() if number is not None]


def _read_wide(intake: Intake) -> Records:
    if len(intake.source.sheets) > 1:
        sheets = ", ".join(f"« {name} »" for name in intake.source.sheets)
        remedy = "N’en garder qu’une : une feuille par catégorie de demandeurs d’emploi ne s’ajoute pas à une autre."
        raise UnreadableFile(intake.source.path, f"plusieurs feuilles ont les mêmes colonnes ({sheets})", remedy)
    _refuse_part(intake.source)
    cells = communal.cells(intake.source, intake.located, [_ACROSS], 0)
    told = {
        commune: _counts({cell.period: (row, one.number) for cell, one in zip(cells, values, strict=True)})
        for row, commune, values in communal.rows(intake, cells)
    }
    return observations(intake, told)


def _row(intake: Intake, row: Row, work: _Work) -> None:
    if row[communal.CODE].isdigit() and len(row[communal.CODE]) < DEPARTMENT_DIGITS:
        intake.note("department_total", "Totaux du département : lus, jamais ajoutés", row.line)
        intake.account.count("control")
        return
    if row["category"] and _letters(row["category"]) not in ABC:
        work.left.add(row["category"])
        intake.note("categories", "Lignes d’une partie des catégories A, B, C, non lues", row.line)
        intake.account.count("control")
        return
    month = period_of(row["month"])
    if month is None or month.of == YEARLY:
        intake.reject(row, "month", "mois illisible", "Un mois et une année (janvier_2020), ou un trimestre (T1 2020).")
        return
    commune = communal.commune(intake, row)
    if commune is None:
        return
    read = value(row["count"])
    if read is None or not row["count"] or (read.number is not None and not 0 <= read.number <= MOST):
        intake.reject(row, "count", "nombre absent ou illisible", "Un nombre entier positif, ou « s » (secret).")
        return
    before = work.series.setdefault(commune, {}).get(month)
    if before is None:
        work.series[commune][month] = (row, read.number)
    elif before[1] == read.number:
        intake.note("same_month", "Mois déjà lus plus haut, avec la même valeur", row.line)
        intake.repeat(row, f"{commune}, {row['month']}", before[0].line)
    else:
        reason = f"mois déjà lu ligne {before[0].line} avec une autre valeur"
        intake.reject(row, "count", reason, "Garder une seule ligne par commune et par mois.")


def _refuse_part(source: Table) -> None:
    """Raise `UnreadableFile` where all that a file says of categories is of a part of A, B and C."""
    texts = (*proof.around(source), *source.header)
    told = {match[1]: _letters(match[1]) for text in texts for match in _CATEGORY.finditer(text)}
    if told and not ABC & set(told.values()):
        parts = ", ".join(f"« {name} »" for name in sorted(told))
        reason = f"demandeurs d’emploi d’une partie des catégories ({parts}), sans l’ensemble A, B, C"
        raise UnreadableFile(source.path, reason, _WHOLE + ANY_NUMBER)


def _letters(category: str) -> str:
    """A category by its letters: « Catégories A, B, C » is ``abc``."""
    return "".join(word for word in normalised(category).split("_") if word not in ("categorie", "categories", "et"))


def _refuse_twins(intake: Intake, work: _Work) -> None:
    """Refuse the series of a commune that has month by month the numbers of a larger one."""
    found: dict[tuple[tuple[Period, float | None], ...], list[str]] = {}
    for commune, months in work.series.items():
        told = tuple(sorted((month, count) for month, (_, count) in months.items()))
        if len(told) >= SAME_SERIES:
            found.setdefault(told, []).append(commune)
    same = [communes for communes in found.values() if len(communes) > 1]
    people = geographies.load().communes["population"].to_dict() if same else {}
    for communes in same:
        kept, *twins = sorted(communes, key=lambda code: -people[code])
        for twin in twins:
            for row, _ in work.series.pop(twin).values():
                reason = f"série identique mois par mois à celle de la commune {kept}, plus peuplée"
                intake.reject(row, communal.CODE, reason, "Vérifier le code de la commune à la source.")


def observations(intake: Intake, counts: dict[str, list[communal.Count]]) -> Records:
    """One observation a commune and year; see `communal.yearly`."""
    vintages.date_by_rows(intake, {period.year for found in counts.values() for period, _, _ in found})
    told = (communal.yearly(intake, commune, VARIABLE, found) for commune, found in sorted(counts.items()))
    records = [record for yearly in told for record in yearly]
    if (periods := sorted({period for found in counts.values() for period, _, _ in found})) and not records:
        several = f"{len(periods)} mois ou trimestres" if len(periods) > 1 else "un seul mois ou trimestre"
        reason = f"aucune année entière de demandeurs d’emploi : {several}, en {periods[-1].year} pour le dernier"
        remedy = "Demander les quatre trimestres, ou les douze mois, dans un même fichier : la série est leur moyenne."
        raise UnreadableFile(intake.source.path, reason, remedy + ANY_NUMBER)
    return {"observations": records}


def says_jobseekers(source: Table) -> bool:
    """A column a quarter is a table of anything: it is one of jobseekers where it says so."""
    return proof.says((*proof.around(source), *source.header), WORDS)


READER: Final = Reader(
    kind=KIND,
    title="Demandeurs d’emploi par commune",
    publisher="France Travail et Dares (origine probable : le fichier ne la dit pas)",
    licence="Licence non précisée par la source",
    attribution="France Travail, Dares : demandeurs d’emploi par commune",
    caveats=(
        "Moyenne des douze mois de l’année, ou de ses quatre trimestres ; nombres arrondis par la source, dont la"
        " catégorie est celle que dit le fichier.",
        "Une commune absente du fichier est inconnue, jamais nulle : son territoire l’est aussi.",
    ),
    columns=COLUMNS,
    read=_read,
    vintage=vintages.of_rows,
)
BY_COLUMN: Final = replace(READER, columns=WIDE, read=_read_wide, proof=says_jobseekers)
"""The same, with one column a period."""
LONG: Final = insee_long.reader(
    READER,
    Column("measure", "DEFM_MEASURE", spelled("DEFM_MEASURE", "demandeurs measure", "jobseekers measure")),
    dict.fromkeys(("DEFM", "DEFM_ABC", "NB_DEFM"), communal.Measured(VARIABLE, COLUMNS[2], 0, MOST, averaged=True)),
)
"""Insee's long form: the names of the column and of its codes are supposed, no such file having been read."""
