"""A table of a content as a spreadsheet wants it: numbers that are numbers, then columns of codes, states and units.

The columns of the page come first and keep their places. What the page prints inside a cell stands in a column of its
own after them: the code of an area, the state of a value, the unit of numbers that do not all have the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from dashboard import locale
from dashboard.content import STATES
from dashboard.i18n import _, language
from geodata import geography
from geodata.territories import TERRITORIES

if TYPE_CHECKING:
    from dashboard.content import Entry, Sheet

SPACES: Final = " \u00a0\u202f"
UNITS: Final = ("", "%", "€", "pt")
"""What a number is printed with that makes it no other thing."""
_WORDED: Final = re.compile(r"(?P<number>[^,;]*\d[\u00a0\u202f ]?(?:%|€|pt))(?:, | )(?P<rest>[^\d]+)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_CODE: Final = re.compile(r"\d{5,}")
"""A printed number has its thousands apart: so many digits in a row are an identifier."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a number, with the decimals and the unit that it is printed with, or a text.

    ``digits`` is None for a year, written as it is; ``rest`` are the words that are printed after a number.
    """

    value: float | str
    digits: int | None = 0
    unit: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, with the unit where all its numbers have the same, and its cells."""

    head: str
    cells: tuple[Cell, ...]


def columns(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a table, those of the page first."""
    shown = [[row[at] for row in sheet.rows] for at in range(len(sheet.columns))]
    made = [
        _column(sheet, head, tuple(map(_cell, entries))) for head, entries in zip(sheet.columns, shown, strict=True)
    ]
    more = [column for at in range(len(shown)) for column in _beside(sheet, at, shown, made[at])]
    return (*made, *more)


def _column(sheet: Sheet, head: str, cells: tuple[Cell, ...]) -> Column:
    units = _units(cells)
    named = f"{head} ({units[0]})" if len(units) == 1 and units[0] and units[0] not in head + sheet.title else head
    return Column(locale.tight(named), cells)


def _beside(sheet: Sheet, at: int, shown: list[list[Entry]], made: Column) -> Iterator[Column]:
    """What is said beside one column: codes, states, units."""
    head, entries = sheet.columns[at], shown[at]
    if codes := _codes(entries):
        yield Column(_("{column} (code)").format(column=head), tuple(map(Cell, codes)))
    states = [_(STATES[entry.state]) if entry.state in STATES else "" for entry in entries]
    told = at + 1 < len(shown) and [entry.text for entry in shown[at + 1]] == states
    if any(states) and not told:
        yield Column(_("{column} (état)").format(column=head), tuple(map(Cell, states)))
    for label in dict.fromkeys(label for entry in entries for label, _number in entry.within):
        held = [dict(entry.within).get(label) for entry in entries]
        cells = tuple(Cell("") if one is None else _cell(one) for one in held)
        yield _column(sheet, _("{column} ({part})").format(column=head, part=label), cells)
    if any(cell.rest for cell in made.cells):
        yield Column(_("{column} (précision)").format(column=head), tuple(Cell(cell.rest) for cell in made.cells))
    if len(_units(made.cells)) > 1:
        yield Column(_("{column} (unité)").format(column=head), tuple(Cell(cell.unit) for cell in made.cells))


def _units(cells: tuple[Cell, ...]) -> list[str]:
    """The units of the numbers that are not zero, whose unit may not be printed."""
    return sorted({cell.unit for cell in cells if isinstance(cell.value, int | float) and (cell.value or cell.unit)})


def _cell(entry: Entry) -> Cell:
    read = number(entry.text)
    if isinstance(entry.value, int | float):
        return Cell(entry.value, read.digits if read else _decimals(entry.text), read.unit if read else "")
    if read and read.unit in UNITS:
        return read
    return _worded(entry.text) or Cell(entry.text)


def _worded(text: str) -> Cell | None:
    """A number and the words after it, « +8 %, écart faible »; None for a range, or for words that hold a number."""
    found = _WORDED.fullmatch(text)
    read = number(found["number"]) if found else None
    return replace(read, rest=found["rest"]) if found and read and read.unit in UNITS else None


def number(text: str) -> Cell | None:
    """The number that a text is, as the language in force prints it; None for a text, a code or a range.

    « 1 234,5 % » is 1234.5 and its unit, « 2023 » a year, « 59350 » a code.
    """
    if _YEAR.fullmatch(text):
        return Cell(int(text), None)
    found = _printed(language()).fullmatch(text)
    if found is None or _CODE.match(found["whole"]):
        return None
    whole, part = re.sub(r"\D", "", found["whole"]), found["part"] or ""
    value = float(f"{whole}.{part}") if part else int(whole)
    sign = -1 if found["sign"] in ("-", "\u2212") else 1
    return Cell(sign * value, len(part), (found["before"] or found["unit"]).strip(SPACES))


@lru_cache(maxsize=2)
def _printed(lang: str) -> re.Pattern[str]:
    """What a number alone looks like in a language, with its sign and its unit."""
    mark = locale.decimal()
    group = "," if mark == "." else SPACES
    whole = rf"\d{{1,3}}(?:[{group}]\d{{3}})+|\d+"
    unit = rf"[{SPACES}]?(?:%|€|[^\W\d][^\d]*)?"
    return re.compile(
        rf"(?P<sign>[+\-\u2212])?(?P<before>€)?(?P<whole>{whole})(?:{re.escape(mark)}(?P<part>\d+))?(?P<unit>{unit})"
    )


def _decimals(text: str) -> int:
    """How many digits a printed number has after the decimal mark of the language in force."""
    found = re.search(rf"\d{re.escape(locale.decimal())}(\d+)", text)
    return len(found[1]) if found else 0


def _codes(entries: list[Entry]) -> list[str]:
    """Codes of the areas that a column names, one a row; none where it does not name areas."""
    codes = [_areas().get(entry.text, "") for entry in entries]
    return codes if 2 * sum(map(bool, codes)) >= sum(bool(entry.text) for entry in entries) > 0 else []


@cache
def _areas() -> Mapping[str, str]:
    """Code by name: the official and short names of the territories, the names of the communes."""
    communes = {str(name): str(code) for code, name in geography.load().communes["name"].items()}
    named = {name: code for code, one in TERRITORIES.items() for name in (one.name, one.short_name)}
    return {**communes, **named}
