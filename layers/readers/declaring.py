"""What a table of places may be declared as: the columns that are numbers, and a first declaration to be edited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from geodata.territories import TERRITORIES
from layers.headings import normalised
from layers.indicators import AMOUNT, COUNT
from layers.indicators.declared import MEDIAN, RATE, YEAR, Declaration, Number
from layers.readers import areas
from layers.readers.declared import DATED, WITHIN
from layers.readers.insee_long import TOTALS
from layers.recognition.columns import FLOOR
from layers.recognition.opening import ANYWHERE, Table, Wanted, open_source
from layers.recognition.spellings import spelled
from layers.recognition.tables import IsHeader
from layers.values.numbers import value

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.attach import Attacher

_PART: Final = (
    r"(?:[TQ][1-4]|[1-4](?:er|e|ème) trimestre|0[1-9]|1[0-2]|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t"
    r"|septembre|octobre|novembre|d[ée]cembre)"
)
_DATES: Final = re.compile(
    r"(?P<span>(?<!\d)(?:19|20)\d\d\s?(?:[-–/_]|à|a|et)\s?(?:19|20)\d\d(?!\d))"
    rf"|(?<![\dA-Za-z]){_PART}[ _/-](?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d[ _/-]?{_PART}(?![\dA-Za-z])"
    r"|(?<!\d)(?:19|20)\d\d(?!\d)|(?<=^[A-Za-z])\d\d(?=_)|(?<=[A-Za-z])\d\d$",
    re.IGNORECASE,
)
_NUMBER: Final = spelled("OBS_VALUE", "valeur", "value", "nombre")
_MEASURE: Final = spelled("… measure", "mesure", "variable", "indicateur")
_SYMBOLS: Final = re.compile(r"\(([^()\d]{1,16}|€[^()]{0,12})\)\s*$")
"""The unit that a title writes at its end."""
_KINDS: Final = (
    (re.compile(r"\bmed(?:\b|\d|ian)"), MEDIAN, "€"),
    (re.compile(r"\b(?:taux|part|pourcentage|proportion|pct)\b|%"), RATE, "%"),
    (re.compile(r"\b(?:indice|densite|moyenn?e?s?|age|ratio|rapport|rang|score|distance)\b"), RATE, "unités"),
    (re.compile(r"\bp(?:ar|our) (?:habitant|1 ?000?|mille|menage|personne|unite)"), RATE, "unités"),
    (re.compile(r"\b(?:solde|variation|evolution|ecart|difference|croissance)\b"), RATE, "unités"),
    (re.compile(r"\b(?:montant|euros|depenses?|budget)\b"), AMOUNT, "€"),
)
_MOSTLY: Final = 0.6
PLACES: Final = "c’est un tableau de communes ou de territoires, et rien ne dit ce que comptent ses nombres"
COMMAND: Final = "Le dire : --save-declaration INDICATEUR.json, le compléter, puis --declare INDICATEUR.json."
"""Why a table of places cannot be read as it comes, and what to do."""
_NAMING: Final = tuple(title for title in areas.TITLES if title not in ("libelle", "zone", "nom", "code", "com", "geo"))
_TERRITORIES: Final = frozenset(normalised(one.short_name) for one in TERRITORIES.values())
MOST: Final = 60


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row of titles names places, beside something else."""
    told = {normalised(cell) for cell in cells if cell.strip()}
    return len(told) > 1 and any(title in told for title in _NAMING)


def opened(path: Path, known: IsHeader, wanted: Wanted = ANYWHERE) -> Table:
    """As `open_source`; where nothing tells the header, it is the row that names places, if there is one."""
    source = open_source(path, known, wanted)
    if source.understood:
        return source
    again = open_source(path, is_header, wanted)
    return again if again.understood else source


def tells_places(source: Table) -> bool:
    """Whether a table that no layout knows looks like one of places and numbers, and names no structure."""
    meanings = {one.meaning for one in source.columns if one.confidence > FLOOR}
    cells = {normalised(cell) for row in source.sample for cell in row}
    titled = any("territoire" in normalised(title) or normalised(title) == "geo" for title in source.header)
    told = "insee" in meanings or "city" in meanings or titled or len(_TERRITORIES & cells) > 1
    named = meanings & {"name", "siret", "siren", "rna", "address"}
    return (
        told
        and (not named or measured(source) is not None)
        and any(_is_number(source, at) for at in range(len(source.header)))
    )


def area(source: Table, attacher: Attacher) -> str:
    """Title of the column of the places; empty where none is one."""
    at, _areas = areas.column(source, attacher)
    return "" if at is None else source.header[at]


def references(source: Table, area_title: str) -> tuple[str, ...]:
    """What numbers may be read from: columns, those of several years as one; measures, where one column has them."""
    if (both := measured(source)) is not None:
        at = source.header.index(both[0])
        whole = (row for row in source.sample if all(cell.upper() in TOTALS for cell in _cuts(source, row)))
        return tuple(dict.fromkeys(row[at] for row in whole if row[at]))[:MOST]
    told = (name for at, name in enumerate(source.header) if name != area_title and _is_number(source, at))
    return tuple(dict.fromkeys(map(_reference, told)))[:MOST]


def _reference(title: str) -> str:
    """A title whose year is any; a span of years is what is measured, and no year of it."""
    return _DATES.sub(lambda match: match[0] if match["span"] else YEAR, title)


def numbers(source: Table, area_title: str) -> tuple[Number, ...]:
    """What each of the numbers of a table may be, by its title and its cells."""
    found = []
    for reference in references(source, area_title):
        cells = [
            row[at]
            for at, name in enumerate(source.header)
            if _reference(name) == reference
            for row in source.sample
            if at < len(row)
        ]
        found.append(number(reference + " %" * any("%" in cell for cell in cells), reference))
    return tuple(found)


def measured(source: Table) -> tuple[str, str] | None:
    """Titles of the columns of the measure and of the number, in a table that has all its numbers in one column."""
    plain = [normalised(name) for name in source.header]
    number = [at for at, name in enumerate(plain) if _NUMBER.says(name)]
    measure = [at for at, name in enumerate(plain) if _MEASURE.says(name)]
    return (source.header[measure[0]], source.header[number[0]]) if number and measure else None


def guessed(source: Table, attacher: Attacher) -> Declaration:
    """A first declaration of a table, each column of numbers as an indicator, to be read again and completed.

    Raises
    ------
    ValueError
        No column tells the places, or none is a number (French).
    """
    title = area(source, attacher)
    if not title:
        raise ValueError("aucune colonne ne dit les lieux : ni code Insee ou nom de commune, ni nom de territoire")
    told = numbers(source, title)
    if not told:
        raise ValueError("aucune colonne n’est faite de nombres")
    measure, number_title = measured(source) or ("", "")
    return Declaration(
        source=source.path.stem,
        publisher="",
        licence="",
        numbers=told,
        area=title,
        measure=measure,
        value=number_title,
    )


def number(title: str, reference: str = "") -> Number:
    """What a column may be, by its title, and by the sign of its cells added to it; *reference* names the column."""
    reference = reference or title
    plain = normalised(title.replace(YEAR, "")).replace("_", " ") + (" %" if "%" in title else "")
    kind, unit = next(((kind, unit) for told, kind, unit in _KINDS if told.search(plain)), (COUNT, "unités"))
    written = _SYMBOLS.search(reference)
    sign = written[1].strip() if written else ""
    if kind == COUNT and sign in ("€", "euros", "EUR"):
        kind, unit = AMOUNT, "€"
    elif sign and "nombre" not in sign:
        unit = sign
    if kind == RATE and "%" in title:
        unit = "%"
    label = " ".join(
        (reference[: written.start()] if written else reference).replace(YEAR, " ").replace("_", " ").split()
    )
    label = label.rstrip(" -–:,") or "Indicateur"
    return Number(
        label=label[:1].upper() + label[1:], unit=unit, number=kind, numerator=reference, digits=int(kind == RATE)
    )


def _is_number(source: Table, at: int) -> bool:
    if normalised(source.header[at]) in (*DATED, *WITHIN):
        return False
    cells = [row[at].strip().rstrip("%€ ") for row in source.sample if at < len(row) and row[at].strip()]
    read = [value(cell) for cell in cells]
    found = [one for one in read if one is not None]
    if not any(one.number is not None for one in found):
        return False
    codes = all(len(cell) == 5 for cell in cells)  # noqa: PLR2004  (those of communes)
    return len(found) >= _MOSTLY * len(cells) > 0 and not (codes and "cod" in normalised(source.header[at]))


def _cuts(source: Table, row: Sequence[str]) -> Iterator[str]:
    """Cells of the columns of which some cell is a total."""
    for at in range(min(len(row), len(source.header))):
        if any(len(other) > at and other[at] == "_T" for other in source.sample):
            yield row[at]
