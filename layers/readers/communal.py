"""What the readers of values by commune share: one line a commune, one column a variable and year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from layers import identifiers
from layers.headings import normalised
from layers.readers.columns import Column, Located
from layers.readers.intake import Intake, Record, Vintage
from layers.readers.numbers import Value, count_value, value
from layers.readers.reader import Records
from layers.readers.rows import Row
from layers.sourcefile import SourceFile

_CENTURY: Final = 100
_FIRST_CENSUS: Final = 68
CODE: Final = "insee"


@dataclass(frozen=True, slots=True)
class Measured:
    """A variable and its columns: the first group of the column's pattern is the year in two digits.

    *low* and *high* bound what is plausible, in the unit of the variable.
    """

    variable: str
    column: Column
    low: float
    high: float
    whole: bool = False

    def year(self, header: str) -> int:
        """Year written in the column's name."""
        match = re.fullmatch(self.column.pattern, normalised(header))
        if match is None:
            raise ValueError(f"{header!r} is no column of {self.variable}")
        short = int(match[1])
        return short + (1900 if short >= _FIRST_CENSUS else 2000)


@dataclass(frozen=True, slots=True)
class _Cell:
    measured: Measured
    header: str
    position: int
    year: int


def _cells(source: SourceFile, located: Located, measures: Sequence[Measured]) -> Iterator[_Cell]:
    for measured in measures:
        for position in located[measured.column.key]:
            header = source.header[position]
            yield _Cell(measured, header, position, measured.year(header))


def vintage(measures: Sequence[Measured]) -> Callable[[SourceFile, Located, int | None], Vintage]:
    """Make the vintage function of a file whose columns carry their years; the year asked for changes nothing."""

    def by_columns(source: SourceFile, located: Located, year: int | None) -> Vintage:
        years = [cell.year for cell in _cells(source, located, measures)]
        first, last = min(years), max(years)
        differs = "" if year in (None, last) else f"L’année {year} demandée est ignorée : les colonnes la donnent."
        return Vintage(last, str(last) if first == last else f"{first}-{last}", differs)

    return by_columns


def read(measures: Sequence[Measured]) -> Callable[[Intake], Records]:
    """Make the reading function: one observation a commune, variable and year."""

    def observations(intake: Intake) -> Records:
        cells = tuple(_cells(intake.source, intake.located, measures))
        seen: dict[str, Row] = {}
        records = (record for row in intake.rows() for record in _row(intake, row, cells, seen))
        return {"observations": list(records)}

    return observations


def _row(intake: Intake, row: Row, cells: tuple[_Cell, ...], seen: dict[str, Row]) -> list[Record]:
    code = commune(intake, row)
    values = None if code is None else _values(intake, row, cells)
    if code is None or values is None or _is_repeated(intake, row, code, seen, cells):
        return []
    seen[code] = row
    intake.accept(code)
    return [
        {
            "commune": code,
            "variable": cell.measured.variable,
            "year": cell.year,
            "value": found.number,
            "state": found.state,
            **intake.origin(row),
        }
        for cell, found in zip(cells, values, strict=True)
    ]


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


def _values(intake: Intake, row: Row, cells: tuple[_Cell, ...]) -> list[Value] | None:
    """Values of the row in the order of *cells*; None once the row is refused for one of them."""
    found: list[Value] = []
    for cell in cells:
        text = row.cells[cell.position]
        read_value = (count_value if cell.measured.whole else value)(text)
        if read_value is None:
            reason, remedy = "valeur illisible", "Corriger la valeur : un nombre, « s » (secret) ou rien."
        elif not _plausible(cell.measured, read_value.number):
            reason, remedy = "valeur hors des bornes vraisemblables", "Vérifier la valeur à la source."
        else:
            if read_value.rounded:
                intake.note("rounded_count", "Effectifs à décimales (recensement), arrondis à l’unité", row.line)
            found.append(read_value)
            continue
        intake.refuse(row, cell.header, text, reason=reason, remedy=remedy)
        return None
    return found


def _plausible(measured: Measured, number: float | None) -> bool:
    if number is None:
        return True
    return measured.low <= number <= measured.high


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
