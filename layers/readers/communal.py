"""What the readers of values by commune share: one line a commune, one column a variable and year.

A file of one kind may have columns of another (Insee's comparator of territories has both): all are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from layers import identifiers
from layers.questions import YEAR, Question
from layers.readers import vintages
from layers.readers.columns import Column, Located
from layers.readers.intake import Intake, Record, Vintage
from layers.readers.reader import Records
from layers.readers.rows import Row
from layers.readers.writings import Rewriting, rewriting
from layers.recognition.opening import Table
from layers.recognition.spellings import spelled
from layers.unreadable import UnreadableFile
from layers.values.numbers import Value, count_value, value
from layers.values.periods import QUARTERLY, YEARLY, Period, mean

CODE: Final = "insee"
Count = tuple[Period, Row, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """A variable and its columns, whose titles tell the year, or its part.

    *low* and *high* bound what is plausible, in its unit. *averaged*: its year is the mean of its parts. *needed*: a
    row that leaves it empty is refused.
    """

    variable: str
    column: Column
    low: float
    high: float
    whole: bool = False
    averaged: bool = False
    needed: bool = False


def _measured(variable: str, name: str, *titles: str, most: float, low: float = 0, whole: bool = False) -> Measured:
    return Measured(variable, Column(variable, name, spelled(*titles), many=True), low, most, whole)


_UNIT: Final = "(en euros) (euros) (par unité de consommation) (par UC) (en euros) (euros)"
MEASURES: Final = {
    measured.variable: measured
    for measured in (
        _measured(
            "population",
            "P21_POP",
            *("P{year}_POP", "PMUN ({year})", "population en {year}", "population municipale (en) ({year})"),
            most=20_000_000,
            whole=True,
        ),
        _measured(
            "median_income",
            "MED21",
            *("MED{year}", "Q2{year}", f"médiane du niveau de vie {_UNIT} (en) ({{year}})"),
            f"médiane du revenu disponible {_UNIT} (en) ({{year}})",
            low=1_000,
            most=200_000,
        ),
        _measured(
            "poverty_rate",
            "TP6021",
            *("TP60{year}", "taux de pauvreté (ensemble) (au seuil de 60) (ensemble) (en) ({year})"),
            most=100,
        ),
        _measured("fiscal_households", "NBMENFISC21", "NBMENFISC{year}", most=10_000_000),
        _measured("fiscal_persons", "NBPERSMENFISC21", "NBPERSMENFISC{year}", most=20_000_000),
        _measured(
            "social_housing",
            "nb_ls",
            *("nb_ls ({year})", "(nombre de) logements (locatifs) sociaux (en) ({year})"),
            most=1_000_000,
            whole=True,
        ),
    )
}
"""Variables that a column of a commune tells, by the names that Insee and the ministries give them."""
_NAMED: Final = (
    *("CODGEO", "code INSEE", "code commune", "code de la commune", "code INSEE commune", "code géo", "INSEE"),
    *("code géographique", "(code) INSEE COM", "COD COM", "COM", "DEPCOM", "DEPCOM ARM"),
)
"""Titles that the code of a commune has; ``COM`` is that of its name too, which its cells tell."""
PLACE: Final = Column(CODE, "CODGEO", spelled(*_NAMED), content="insee", meaning="insee")
"""The code of the commune, by titles that say it is one."""
CODED: Final = replace(PLACE, titles=spelled(*_NAMED, "code"))
"""The same beside numbers that are of communes alone: « code » is enough."""
NO_YEAR: Final = "Rien dans ce fichier ne dit de quelle année sont ses valeurs : laquelle ?"
_BACK: Final = 8
_PERCENT: Final = 100
_SOME, _FINER = 2, 0.2
"""Contradictions from which a table is one of parts of communes: their number, and their part of the communes."""


def columns(*required: str) -> tuple[Column, ...]:
    """The code of the commune and every variable, those that a kind of file must have being *required*."""
    told = (replace(one.column, required=one.variable in required) for one in MEASURES.values())
    return CODED, *told


@dataclass(frozen=True, slots=True)
class Cell:
    """Where every row has a value, and the period that the title of its column tells."""

    measured: Measured
    header: str
    position: int
    period: Period


def cells(source: Table, located: Located, measures: Iterable[Measured], untold: int) -> tuple[Cell, ...]:
    """The columns of *measures*, those whose titles tell no period being of the year which is *untold*."""
    found: dict[tuple[str, Period], Cell] = {}
    for measured in measures:
        for position in located[measured.column.key]:
            header = source.header[position]
            cell = Cell(measured, header, position, measured.column.period(header) or Period(untold, 1, YEARLY))
            if found.setdefault((measured.variable, cell.period), cell) is not cell:
                reason = f"même variable et même année que « {found[measured.variable, cell.period].header} »"
                raise UnreadableFile(source.path, reason, "N’en garder qu’une.", source.header_lines[-1], header)
    return tuple(found.values())


def _are_dated(source: Table, located: Located) -> bool:
    return all(one.column.period(source.header[at]) for one in MEASURES.values() for at in located[one.variable])


def vintage(source: Table, located: Located, year: int | None) -> Vintage:
    """Edition of a file whose columns carry their years, which the year asked for does not change; else its own."""
    untold = vintages.of_reference(source, year)
    years = [cell.period.year for cell in cells(source, located, MEASURES.values(), untold.year)]
    first, last = min(years), max(years)
    if not _are_dated(source, located):
        return replace(untold, note="") if first == last else Vintage(last, f"{first}-{last}")
    differs = "" if year in (None, last) else f"L’année {year} demandée est ignorée : les colonnes la donnent."
    return Vintage(last, str(last) if first == last else f"{first}-{last}", differs)


def _dated(intake: Intake) -> int:
    """The year of the columns that tell none: that of the file; asked for where nothing tells it."""
    found = vintages.of_reference(intake.source, intake.asked)
    if not found.note or _are_dated(intake.source, intake.located):
        return found.year
    choices = tuple(str(found.year - back) for back in range(_BACK))
    year = int(intake.account.ask(Question(YEAR, NO_YEAR, choices, choices[0])))
    intake.vintage = Vintage(year, str(year))
    intake.account.vintage = str(year)
    return year


def read(intake: Intake) -> Records:
    """One observation a commune, variable and year."""
    told = cells(intake.source, intake.located, MEASURES.values(), _dated(intake))
    return {
        "observations": [
            observation(intake, row, code, (cell.measured.variable, cell.period.year), found)
            for row, code, values in rows(intake, told)
            for cell, found in zip(told, values, strict=True)
        ]
    }


def rows(intake: Intake, told: Sequence[Cell]) -> Iterator[tuple[Row, str, list[Value]]]:
    """Each row that is kept, with its commune and its values in the order of the cells; the others are ruled on."""
    seen: dict[str, Row] = {}
    rewritten = {cell.position: _rewriting(intake, cell) for cell in told}
    again = 0
    for row in intake.rows():
        code = commune(intake, row)
        values = None if code is None else _values(intake, row, told, rewritten)
        if code is None or values is None:
            continue
        if (before := seen.get(code)) is not None:
            again += not _repeats(intake, row, code, before, told)
            continue
        seen[code] = row
        intake.accept(code)
        yield row, code, values
    if again > _SOME and again > _FINER * len(seen):
        raise UnreadableFile(
            intake.source.path,
            f"{again} lignes disent autre chose d’une commune que d’autres lignes avant elles : ce sont des parties de"
            " communes (IRIS, quartiers…)",
            "Demander la table des communes, ou additionner les parties d’une commune, une ligne chacune.",
            intake.source.header_lines[-1],
        )


def _rewriting(intake: Intake, cell: Cell) -> Rewriting:
    """How the numbers of a column are read: a rate may be told as fractions, a count with a point of thousands."""
    texts = [row[cell.position] for row in intake.source.sample if cell.position < len(row)]
    return rewriting(intake, cell.header, texts, percent=cell.measured.high == _PERCENT)


def observation(intake: Intake, row: Row, commune: str, dated: tuple[str, int], found: Value) -> Record:
    """One row of the table ``observations``: *dated* are its variable and year."""
    variable, year = dated
    return {
        "commune": commune,
        "variable": variable,
        "year": year,
        "value": found.number,
        "state": found.state,
        **intake.origin(row),
    }


def commune(intake: Intake, row: Row, key: str = CODE, text: str | None = None) -> str | None:
    """The commune of the row by its code, that of the column *key* unless *text* has it.

    None once the row is ruled outside, refused, or counted in its own commune.
    """
    code = identifiers.insee(row[key] if text is None else text)
    if code.code is None:
        remedy = code.remedy or "Compléter le code INSEE de la commune."
        intake.reject(row, key, code.reason or "code commune absent", remedy)
        return None
    if code.note:
        intake.note("identifier_as_number", "Codes communes écrits comme des nombres, lus sans perte", row.line)
    place = intake.place(row, key, intake.attacher.attach(insee=code.code))
    if place is not None and place.commune != code.code:
        intake.note("part_of_commune", "Communes associées, déjà comptées dans leur commune", row.line)
        intake.repeat(row, code.code)
        return None
    return place.commune if place else None


def yearly(intake: Intake, commune: str, variable: str, counts: Sequence[Count]) -> Iterator[Record]:
    """The mean of each year whose months, or quarters, are all told; the others are noted."""
    for year, number in mean((period, found) for period, _, found in counts).items():
        told = [one for one in counts if one[0].year == year]
        row = min(told, key=lambda one: one[0])[1]
        if number is None:
            intake.note("year_incomplete", "Années incomplètes : pas de moyenne", row.line)
            continue
        if all(period.of == QUARTERLY for period, _, _ in told):
            intake.note("quarters", "Années dites par la moyenne de leurs quatre trimestres", row.line)
        yield observation(intake, row, commune, (variable, year), Value(number, "value" if number else "zero"))


def _values(intake: Intake, row: Row, cells: Sequence[Cell], rewritten: Mapping[int, Rewriting]) -> list[Value] | None:
    """Values of the row in the order of *cells*; None once the row is refused for one of them."""
    found: list[Value] = []
    for cell in cells:
        text = row.cells[cell.position]
        read_value = (count_value if cell.measured.whole else value)(rewritten[cell.position](text))
        if (told := accepted(intake, row, cell.measured, read_value, (cell.header, text))) is None:
            return None
        found.append(told)
    return found


def accepted(intake: Intake, row: Row, measured: Measured, found: Value | None, cell: tuple[str, str]) -> Value | None:
    """The value of a *cell*, by its title and its text; None once the row is refused for it. A rounded one is noted."""
    if found is None or (measured.needed and not cell[1]):
        reason, remedy = "valeur illisible", "Corriger la valeur : un nombre, « s » (secret) ou rien."
    elif found.number is not None and not measured.low <= found.number <= measured.high:
        reason, remedy = "valeur hors des bornes vraisemblables", "Vérifier la valeur à la source."
    else:
        if found.rounded:
            intake.note("rounded_count", "Effectifs à décimales (recensement), arrondis à l’unité", row.line)
        return found
    intake.refuse(row, cell[0], cell[1], reason=reason, remedy=remedy)
    return None


def _repeats(intake: Intake, row: Row, code: str, before: Row, cells: Sequence[Cell]) -> bool:
    """Whether a row says of a commune what one *before* it says; it is refused where it says something else."""
    if all(row.cells[cell.position] == before.cells[cell.position] for cell in cells):
        intake.note("same_commune", "Communes déjà lues plus haut, avec les mêmes valeurs", row.line)
        intake.repeat(row, code, before.line)
        return True
    reason = f"commune déjà lue ligne {before.line} avec d’autres valeurs"
    intake.reject(row, CODE, reason, "Garder une seule ligne par commune.")
    return False
