"""Jobseekers by commune and month, one line each: the mean of a year is kept where all its months are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import Final

from geodata import geography as geographies
from layers.headings import normalised
from layers.readers import communal, vintages
from layers.readers.columns import Column, Located
from layers.readers.intake import Intake, Record, Vintage
from layers.readers.numbers import value
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.sourcefile import SourceFile

KIND: Final = "jobseekers"
VARIABLE: Final = "jobseekers"
MONTHS: Final = {
    name: number
    for number, name in enumerate(
        [
            "janvier",
            "fevrier",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "aout",
            "septembre",
            "octobre",
            "novembre",
            "decembre",
        ],
        start=1,
    )
}
DEPARTMENT_DIGITS: Final = 3
SAME_SERIES: Final = 12
"""Months from which two communes with the same numbers are one commune written twice."""
MOST: Final = 1_000_000

COLUMNS: Final = (
    Column(communal.CODE, "codgeo"),
    Column("month", "YEAR", "year|mois|month|periode"),
    Column("count", "Demandeurs_Emploi", "demandeurs_?d?_?emploi"),
)
Month = tuple[int, int]


@dataclass(slots=True)
class _Work:
    """Rows that may be kept, by commune and month."""

    series: dict[str, dict[Month, tuple[Row, float]]] = field(default_factory=dict)


def _read(intake: Intake) -> Records:
    work = _Work()
    for row in intake.rows():
        _row(intake, row, work)
    _refuse_twins(intake, work)
    _date(intake, work)
    records: list[Record] = []
    for commune, months in sorted(work.series.items()):
        for _ in months:
            intake.accept(commune)
        records += _years(intake, commune, months)
    return {"observations": records}


def _row(intake: Intake, row: Row, work: _Work) -> None:
    if row[communal.CODE].isdigit() and len(row[communal.CODE]) < DEPARTMENT_DIGITS:
        intake.note("department_total", "Totaux du département : lus, jamais ajoutés", row.line)
        intake.account.count("control")
        return
    month = month_of(row["month"])
    if month is None:
        intake.reject(row, "month", "mois illisible", "Un mois et une année : janvier_2020.")
        return
    commune = communal.commune(intake, row)
    if commune is None:
        return
    read = value(row["count"])
    if read is None or read.number is None or not 0 <= read.number <= MOST:
        intake.reject(row, "count", "nombre absent ou illisible", "Un nombre entier positif.")
        return
    before = work.series.setdefault(commune, {}).get(month)
    if before is None:
        work.series[commune][month] = (row, read.number)
    elif before[1] == read.number:
        intake.note("same_month", "Mois déjà lus plus haut, avec la même valeur", row.line)
        intake.repeat(row, f"{commune}, {month}", before[0].line)
    else:
        reason = f"mois déjà lu ligne {before[0].line} avec une autre valeur"
        intake.reject(row, "count", reason, "Garder une seule ligne par commune et par mois.")


def month_of(text: str) -> Month | None:
    """Year and month of ``janvier_2020``, ``2020-01``; None for anything else."""
    parts = normalised(text).split("_")
    if len(parts) != 2:  # noqa: PLR2004
        return None
    first, second = parts
    if first in MONTHS and second.isdigit() and len(second) == 4:  # noqa: PLR2004
        return int(second), MONTHS[first]
    if first.isdigit() and second.isdigit() and len(first) == 4 and 1 <= int(second) <= len(MONTHS):  # noqa: PLR2004
        return int(first), int(second)
    return None


def _refuse_twins(intake: Intake, work: _Work) -> None:
    """Refuse the series of a commune that has month by month the numbers of a larger one."""
    found: dict[tuple[tuple[Month, float], ...], list[str]] = {}
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


def _date(intake: Intake, work: _Work) -> None:
    """Give the file the years of its months: no column of its header does."""
    years = sorted({year for months in work.series.values() for year, _ in months})
    if years:
        label = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
        intake.vintage = Vintage(years[-1], label)
        intake.account.vintage = label


def _years(intake: Intake, commune: str, months: Mapping[Month, tuple[Row, float]]) -> list[Record]:
    records: list[Record] = []
    for year in sorted({year for year, _ in months}):
        counts = [count for (of, _), (_, count) in sorted(months.items()) if of == year]
        first = next(row for (of, _), (row, _) in sorted(months.items()) if of == year)
        if len(counts) < len(MONTHS):
            intake.note("year_incomplete", "Années incomplètes : pas de moyenne", first.line)
            continue
        mean = fmean(counts)
        records.append(
            {
                "commune": commune,
                "variable": VARIABLE,
                "year": year,
                "value": mean,
                "state": "value" if mean else "zero",
                **intake.origin(first),
            }
        )
    return records


def _vintage(source: SourceFile, located: Located, year: int | None) -> Vintage:
    """The rows give the years; until they are read, that asked for, or today's, unsaid."""
    found = vintages.of_list(source, located, year)
    return Vintage(found.year, found.label)


READER: Final = Reader(
    kind=KIND,
    title="Demandeurs d’emploi par commune",
    publisher="France Travail et Dares (origine probable : le fichier ne la dit pas)",
    licence="Licence non précisée par la source",
    attribution="France Travail, Dares : demandeurs d’emploi par commune",
    caveats=(
        "Moyenne des douze mois de l’année ; nombres arrondis à la dizaine par la source, qui ne dit pas la catégorie.",
        "Une commune absente du fichier est inconnue, jamais nulle : son territoire l’est aussi.",
    ),
    columns=COLUMNS,
    read=_read,
    vintage=_vintage,
)
