"""The consumer price index as Insee's site exports a series: its name as a title, lines that describe it, then values.

``"Libellé";"Indice des prix à la consommation - … - Ensemble";"Codes"``, an identifier, a date of update, then a year
or a month a line, the latest first. Only the index of all goods is one of prices in general.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean
from typing import Final

from layers.headings import normalised
from layers.readers.columns import Column, Located
from layers.readers.intake import Intake, Record, Vintage
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.recognition.opening import Table
from layers.recognition.spellings import spelled
from layers.templates.declaration import PRICES
from layers.values.numbers import value
from layers.values.periods import MONTHLY, YEARLY, Period, period_of

MEASURE: Final = next(field for field in PRICES.fields if field.measure)
ABOUT: Final = frozenset({"idbank", "derniere_mise_a_jour", "periode", "libelle"})
"""Lines that describe the series."""
COLUMNS: Final = (
    Column("period", "Libellé"),
    Column(
        "index",
        "Indice des prix à la consommation - Ensemble",
        spelled(
            "indice (annuel) (mensuel) des prix à la consommation … ensemble (hors tabac)",
            never="glissement variation évolution",
        ),
    ),
)


def _read(intake: Intake) -> Records:
    told: dict[Period, tuple[Row, float]] = {}
    for row in intake.rows():
        _row(intake, row, told)
    years = sorted({period.year for period in told})
    if years:
        intake.vintage = Vintage(years[-1], f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0]))
        intake.account.vintage = intake.vintage.label
    return {"programme": [record for year in years for record in _record(intake, told, year)]}


def _row(intake: Intake, row: Row, told: dict[Period, tuple[Row, float]]) -> None:
    if normalised(row["period"]) in ABOUT:
        intake.account.count("control")
        return
    period, found = period_of(row["period"]), value(row["index"])
    if period is None or found is None or not found.number:
        key = "period" if period is None else "index"
        intake.reject(row, key, "période ou indice illisible", "Une année ou un mois (2023-01), et un nombre.")
        return
    if period in told:
        intake.repeat(row, row["period"], told[period][0].line)
        return
    told[period] = (row, found.number)
    intake.account.accept()


def _record(intake: Intake, told: dict[Period, tuple[Row, float]], year: int) -> Iterator[Record]:
    """The index of a year: the published one, else the mean of its twelve months; a part of a year makes none."""
    of_year = {period: found for period, found in told.items() if period.year == year}
    whole = [found for period, found in of_year.items() if period.of == YEARLY]
    months = [found for period, found in of_year.items() if period.of == MONTHLY]
    row = next(iter(of_year.values()))[0]
    if not whole and len(months) < MONTHLY:
        intake.note("year_incomplete", "Années incomplètes : pas de moyenne", row.line)
        return
    yield {
        "entry_id": f"{PRICES.kind}:{year}",
        "theme": PRICES.theme,
        "title": PRICES.title,
        "year": year,
        "measure": MEASURE.measure,
        "value": fmean(number for _, number in whole or months),
        "unit": MEASURE.unit or None,
        **intake.origin(row),
    }


def _vintage(_source: Table, _located: Located, year: int | None) -> Vintage:
    return Vintage(year or 0, "suivi")


READER: Final = Reader(
    kind=PRICES.kind,
    title="Indice des prix à la consommation (Insee)",
    publisher="Insee",
    licence="Insee, réutilisation libre avec mention de la source",
    attribution="Insee, indice des prix à la consommation",
    caveats=("Moyenne de l’année, publiée telle quelle ou faite de ses douze mois.",),
    columns=COLUMNS,
    read=_read,
    vintage=_vintage,
)
