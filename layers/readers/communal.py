"""What the readers of values by commune share: one line a commune, one column a variable and year.

A file of one kind may have columns of another (Insee's comparator of territories has both): all are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from layers import identifiers
from layers.headings import normalised
from layers.questions import YEAR, Question
from layers.readers import vintages
from layers.readers.columns import Column, Located
from layers.readers.intake import Intake, Record, Vintage
from layers.readers.periods import QUARTERLY, Period, mean
from layers.readers.reader import Records
from layers.readers.rows import Row
from layers.recognition.opening import Table
from layers.unreadable import UnreadableFile
from layers.values.numbers import Value, count_value, value

_CENTURY: Final = 2000
_SHORT: Final = 2
_FIRST_CENSUS: Final = 68
CODE: Final = "insee"
Count = tuple[Period, Row, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """A variable and its columns: the group of the column's pattern is the year, in two digits or four.

    *low* and *high* bound what is plausible, in its unit. *averaged*: its year is the mean of its parts.
    """

    variable: str
    column: Column
    low: float
    high: float
    whole: bool = False
    averaged: bool = False

    def year(self, header: str) -> int | None:
        """Year written in the column's name; None where it has none: the file tells it, or is asked."""
        match = re.fullmatch(self.column.pattern, normalised(header))
        if match is None:
            raise ValueError(f"{header!r} is no column of {self.variable}")
        told = next(filter(None, match.groups()), None)
        if told is None or len(told) > _SHORT:
            return int(told) if told else None
        return int(told) + (_CENTURY - 100 if int(told) >= _FIRST_CENSUS else _CENTURY)


def _measured(variable: str, name: str, pattern: str, low: float, high: float, *, whole: bool = False) -> Measured:
    return Measured(variable, Column(variable, name, pattern, many=True), low, high, whole)


_IN: Final = r"(?:_(?:en|au|de|1er_janvier|01_01))*_?(\d{4})?"
_UNIT: Final = "(?:_par_unite_de_consommation|_par_uc|_euros?|_en_euros)*"
MEASURES: Final = {
    measured.variable: measured
    for measured in (
        _measured(
            "population",
            "P21_POP",
            rf"p(\d\d)_pop|pmun_?(\d{{4}}|\d\d)?|population_en_(\d{{4}})|population_municipale{_IN}",
            0,
            20_000_000,
            whole=True,
        ),
        _measured(
            "median_income",
            "MED21",
            rf"med(\d\d)|q2(\d\d)|mediane_du_(?:niveau(?:_de)?_vie|revenu_disponible){_UNIT}{_IN}",
            1_000,
            200_000,
        ),
        _measured("poverty_rate", "TP6021", rf"tp60(\d\d)|taux_de_pauvrete(?:_ensemble|_au_seuil_de_60)*{_IN}", 0, 100),
        _measured("fiscal_households", "NBMENFISC21", r"nbmenfisc(\d\d)", 0, 10_000_000),
        _measured("fiscal_persons", "NBPERSMENFISC21", r"nbpersmenfisc(\d\d)", 0, 20_000_000),
        _measured(
            "social_housing",
            "nb_ls",
            rf"nb_ls_?(\d{{4}})?|(?:nombre_de_|nb_)?logements_(?:locatifs_)?sociaux{_IN}",
            0,
            1_000_000,
            whole=True,
        ),
    )
}
"""Variables that a column of a commune tells, by the names that Insee and the ministries give them."""
CODES: Final = (
    "codgeo|code_(?:insee|commune|geo|geographique|de_la_commune|insee_commune)|code|insee(?:_com)?|cod_?com|com"
    "|depcom(?:_arm)?"
)
"""Titles that the code of a commune has; ``COM`` is that of its name too, which its cells tell."""
NO_YEAR: Final = "Rien dans ce fichier ne dit de quelle année sont ses valeurs : laquelle ?"
_BACK: Final = 8


def columns(*required: str) -> tuple[Column, ...]:
    """The code of the commune and every variable, those that a kind of file must have being *required*."""
    told = (replace(one.column, required=one.variable in required) for one in MEASURES.values())
    return Column(CODE, "CODGEO", CODES, content="insee"), *told


@dataclass(frozen=True, slots=True)
class _Cell:
    measured: Measured
    header: str
    position: int
    year: int


def _cells(source: Table, located: Located, untold: int) -> tuple[_Cell, ...]:
    """The columns of variables, those that tell no year being of that which is *untold*."""
    found: dict[tuple[str, int], _Cell] = {}
    for variable, measured in MEASURES.items():
        for position in located[variable]:
            header = source.header[position]
            cell = _Cell(measured, header, position, measured.year(header) or untold)
            if found.setdefault((variable, cell.year), cell) is not cell:
                reason = f"même variable et même année que « {found[variable, cell.year].header} »"
                raise UnreadableFile(source.path, reason, "N’en garder qu’une.", source.header_lines[-1], header)
    return tuple(found.values())


def _are_dated(source: Table, located: Located) -> bool:
    return all(MEASURES[one].year(source.header[at]) for one in MEASURES for at in located[one])


def vintage(source: Table, located: Located, year: int | None) -> Vintage:
    """Edition of a file whose columns carry their years, which the year asked for does not change; else its own."""
    untold = vintages.of_reference(source, year)
    years = [cell.year for cell in _cells(source, located, untold.year)]
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
    cells = _cells(intake.source, intake.located, _dated(intake))
    seen: dict[str, Row] = {}
    records = (record for row in intake.rows() for record in _row(intake, row, cells, seen))
    return {"observations": list(records)}


def _row(intake: Intake, row: Row, cells: tuple[_Cell, ...], seen: dict[str, Row]) -> list[Record]:
    code = commune(intake, row)
    values = None if code is None else _values(intake, row, cells)
    if code is None or values is None or _is_repeated(intake, row, code, seen, cells):
        return []
    seen[code] = row
    intake.accept(code)
    told = zip(cells, values, strict=True)
    return [observation(intake, row, code, (cell.measured.variable, cell.year), found) for cell, found in told]


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


def _values(intake: Intake, row: Row, cells: tuple[_Cell, ...]) -> list[Value] | None:
    """Values of the row in the order of *cells*; None once the row is refused for one of them."""
    found: list[Value] = []
    for cell in cells:
        text = row.cells[cell.position]
        read_value = (count_value if cell.measured.whole else value)(text)
        if (told := accepted(intake, row, cell.measured, read_value, (cell.header, text))) is None:
            return None
        found.append(told)
    return found


def accepted(intake: Intake, row: Row, measured: Measured, found: Value | None, cell: tuple[str, str]) -> Value | None:
    """The value of a *cell*, by its title and its text; None once the row is refused for it. A rounded one is noted."""
    if found is None:
        reason, remedy = "valeur illisible", "Corriger la valeur : un nombre, « s » (secret) ou rien."
    elif found.number is not None and not measured.low <= found.number <= measured.high:
        reason, remedy = "valeur hors des bornes vraisemblables", "Vérifier la valeur à la source."
    else:
        if found.rounded:
            intake.note("rounded_count", "Effectifs à décimales (recensement), arrondis à l’unité", row.line)
        return found
    intake.refuse(row, cell[0], cell[1], reason=reason, remedy=remedy)
    return None


def _is_repeated(intake: Intake, row: Row, code: str, seen: dict[str, Row], cells: tuple[_Cell, ...]) -> bool:
    before = seen.get(code)
    if before is None:
        return False
    if all(row.cells[cell.position] == before.cells[cell.position] for cell in cells):
        intake.note("same_commune", "Communes déjà lues plus haut, avec les mêmes valeurs", row.line)
        intake.repeat(row, code, before.line)
    else:
        intake.reject(
            row,
            CODE,
            f"commune déjà lue ligne {before.line} avec d’autres valeurs",
            "Garder une seule ligne par commune.",
        )
    return True
