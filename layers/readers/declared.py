"""Any table of communes or of territories, read as its declaration says: long, wide or in Insee's form.

One reader for all three: a number stands in a column of its own, in one a year, or in the only column of numbers, on
the rows of its measure. Whatever the form, the same table gives the same rows of ``observations``; those of a territory
bear its code in the place of that of a commune.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from geodata.territories import TERRITORIES
from layers.headings import normalised
from layers.indicators.declaration import Indicator
from layers.indicators.declared import BASE, POPULATION, YEAR, Declaration, Number
from layers.readers import areas, vintages, years
from layers.readers.cells import Cell, Kept, work
from layers.readers.columns import Column, Located
from layers.readers.insee_long import OBSERVED
from layers.readers.intake import Intake, Vintage
from layers.readers.reader import Reader, Records
from layers.recognition.opening import Table
from layers.unreadable import UnreadableFile
from layers.values.numbers import Value
from layers.values.periods import COLUMN as PERIOD
from layers.values.periods import YEARLY, Period, period_of

if TYPE_CHECKING:
    from geodata.attach import Attacher

_LONG_YEAR, _SHORT_YEAR = r"(?:19|20)\d\d", r"\d\d"
_MARK: Final = "0000"
DATED: Final = ("annee", "an", "year", "time_period", "millesime", "periode", "exercice", "date")
WITHIN: Final = (
    "mois",
    "month",
    "num_mois",
    "numero_mois",
    "trimestre",
    "quarter",
    "num_trimestre",
    "numero_trimestre",
)
"""Normalised titles of the year, and of its month or quarter."""
_STATUSES: Final = tuple(one for one in OBSERVED if one.key in ("status", "secrecy", "power"))
_LEVEL: Final = Column("level", "GEO_OBJECT", required=False)
SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table has what its declaration names; *made* tells how years were made of their parts, once read."""

    declaration: Declaration
    areas: areas.Areas
    cells: tuple[Cell, ...]
    in_territories: bool
    made: list[str] = field(default_factory=list)


def reader(declaration: Declaration, source: Table, attacher: Attacher) -> Reader:
    """The reader of a table by its declaration.

    Raises
    ------
    UnreadableFile
        A column that it names is not there, or no column tells the places; with those that are there.
    """
    lacking = [title for title in declaration.titles if not _places(source.header, title)]
    if lacking:
        shown = ", ".join(f"« {name} »" for name in source.header[:SHOWN] if name)
        raise UnreadableFile(
            source.path,
            f"la colonne « {lacking[0].replace(YEAR, 'année')} » que nomme la déclaration n’est pas dans ce fichier",
            f"Colonnes lues : {shown}. Corriger la déclaration, ou le titre de la colonne.",
            source.header_lines[-1],
            lacking[0].replace(YEAR, "année"),
        )
    at, places = _area(declaration, source, attacher)
    territorial = "territ" in normalised(source.header[at]) or bool(declaration.area)
    layout = Layout(declaration, places, tuple(_cells(declaration, source)), territorial)
    return Reader(
        kind=declaration.kind,
        title=declaration.source,
        publisher=declaration.publisher,
        licence=declaration.licence,
        attribution=declaration.source,
        caveats=(),
        columns=tuple(_columns(declaration, source, at)),
        read=lambda intake: _read(intake, layout),
        vintage=_vintage,
        declares=lambda frame: indicators(declaration, frame, *layout.made),
    )


def _vintage(source: Table, _located: Located, year: int | None) -> Vintage:
    """Of the name of the file, until its rows are read: nothing is assumed here that is not asked later."""
    return vintages.asked(source.path, year) or vintages.named(source.path) or Vintage(0, "")


def is_header(declaration: Declaration, cells: Sequence[str]) -> bool:
    """Whether a row has all the titles that a declaration names."""
    return bool(declaration.titles) and all(_places(cells, title) for title in declaration.titles)


def indicators(declaration: Declaration, frame: pd.DataFrame, *made: str) -> tuple[Indicator, ...]:
    """The indicators of a table that was read, each at the levels that its rows give."""
    return tuple(
        one.indicator(_levels(one, frame), *made) for one in declaration.numbers if (frame["variable"] == one.key).any()
    )


def _levels(number: Number, frame: pd.DataFrame) -> tuple[str, ...]:
    told = frame.loc[frame["variable"] == number.key, "commune"].isin(tuple(TERRITORIES))
    if told.all():
        return ("territory",)
    median = number.indicator().levels == ("commune",)
    return ("commune",) if median and not told.any() else ("territory", "commune")


def _area(declaration: Declaration, source: Table, attacher: Attacher) -> tuple[int, areas.Areas]:
    if declaration.area:
        at = _places(source.header, declaration.area)[0]
        return at, areas.of_column(source, at, attacher)
    position, found = areas.column(source, attacher)
    if position is None:
        raise UnreadableFile(
            source.path,
            "aucune colonne ne dit les lieux : ni code Insee ou nom de commune, ni nom de territoire",
            "Nommer cette colonne dans la déclaration (« area »), ou ajouter un code Insee par ligne.",
            source.header_lines[-1],
        )
    return position, found


def _pattern(title: str) -> str:
    """What the normalised title of a column of a declaration matches, its year, month or quarter in a group."""
    plain = normalised(title.replace(YEAR, _MARK))
    if YEAR not in title:
        return re.escape(plain)
    year = f"({PERIOD}|{_LONG_YEAR})" if plain == _MARK else f"({PERIOD}|{_LONG_YEAR}|{_SHORT_YEAR})"
    return re.escape(plain).replace(_MARK, year)


def _places(header: Sequence[str], title: str) -> tuple[int, ...]:
    told = re.compile(_pattern(title)).fullmatch
    return tuple(at for at, name in enumerate(header) if told(normalised(name)))


def _columns(declaration: Declaration, source: Table, area: int) -> Iterator[Column]:
    yield Column("area", source.header[area], places=(area,))
    yield _LEVEL
    yield from _STATUSES
    if (year := _dated(declaration, source)) is not None:
        yield Column("year", source.header[year], places=(year,))
    else:
        yield Column("year", "Année", required=False, places=())
    part = _parted(declaration, source, year)
    yield Column(
        "within",
        source.header[part] if part is not None else "Mois",
        required=False,
        places=() if part is None else (part,),
    )
    for title in (declaration.measure, declaration.value) if declaration.measure else ():
        at = _places(source.header, title)[0]
        yield Column("measure" if title == declaration.measure else "number", source.header[at], places=(at,))
    for title in declaration.where:
        yield Column(f"where:{title}", title, places=_places(source.header, title)[:1])
    for cell in () if declaration.measure else _cells(declaration, source):
        yield Column(f"{cell.fact}:{cell.period}", source.header[cell.at], places=(cell.at,))


def _dated(declaration: Declaration, source: Table) -> int | None:
    """The column of the year of each row: the one that is said, or one that is called so."""
    if declaration.year:
        return None if declaration.year.isdecimal() else _places(source.header, declaration.year)[0]
    if any(YEAR in title for title in declaration.titles):
        return None
    plain = [normalised(name) for name in source.header]
    return next((at for told in (DATED, WITHIN) for at, name in enumerate(plain) if name in told), None)


def _parted(declaration: Declaration, source: Table, year: int | None) -> int | None:
    """The column of the month or of the quarter, beside that of the year, unless it says which one is read."""
    if any(YEAR in title for title in declaration.titles):
        return None
    said = {at for title in declaration.where for at in _places(source.header, title)}
    able = (at for at, name in enumerate(source.header) if normalised(name) in WITHIN)
    return next((at for at in able if at != year and at not in said), None)


def _cells(declaration: Declaration, source: Table) -> Iterator[Cell]:
    """Where each number stands: one cell a year, or the only one on the rows of its measure."""
    for number in declaration.numbers:
        for fact, said in ((number.key, number.numerator), (number.key + BASE, number.denominator)):
            if not said or said == POPULATION:
                continue
            if declaration.measure:
                yield Cell(number, fact, _places(source.header, declaration.value)[0], None, said)
                continue
            for at in _places(source.header, said):
                yield Cell(number, fact, at, _period_of(said, source.header[at]))


def _period_of(title: str, header: str) -> Period | None:
    match = re.fullmatch(_pattern(title), normalised(header))
    if YEAR not in title or match is None:
        return None
    if (found := period_of(match[1])) is not None:
        return found
    told = int(match[1])
    return Period(told + (1900 if told > 67 else 2000), 1, YEARLY)  # noqa: PLR2004


def _read(intake: Intake, layout: Layout) -> Records:
    """One observation a place, number and year."""
    declaration = layout.declaration
    fixed = int(declaration.year) if declaration.year.isdecimal() else intake.asked
    told = years.of_parts(intake, layout, work(intake, layout, fixed).told)
    vintages.date_by_rows(intake, {year for _area, _fact, year in told})
    return {"observations": list(_records(intake, declaration, told))}


def _records(
    intake: Intake, declaration: Declaration, told: Mapping[tuple[str, str, int], Kept]
) -> Iterator[dict[str, object]]:
    by_fact = {fact: one for one in declaration.numbers for fact in (one.key, one.key + BASE)}
    for (area, fact, year), kept in told.items():
        number = by_fact[fact]
        if fact.endswith(BASE) and not number.indicator().denominator:
            continue
        base = told.get((area, number.key + BASE, year))
        found = _hidden(number, area, kept, base) or kept.value
        yield {
            "commune": area,
            "variable": fact,
            "year": year,
            "value": found.number,
            "state": found.state,
            **intake.origin(kept.row),
        }


def _hidden(number: Number, area: str, kept: Kept, base: Kept | None) -> Value | None:
    """A value that too few units make up, where nothing else would tell it later (`layers.secrecy.thresholds`).

    Communes that add up are hidden with what would tell them, when they are shown; what does not add up, and what is
    told of a territory itself, is hidden here.
    """
    adds = number.indicator().kind in ("count", "ratio")
    if not number.secrecy or (adds and area not in TERRITORIES):
        return None
    counted = kept.value.number if adds else (base.value.number if base else None)
    if kept.value.number is None or (counted is not None and not 0 < counted < number.secrecy):
        return None
    return replace(kept.value, number=None, state="suppressed")
