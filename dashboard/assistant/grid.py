"""The first rows of a file as they stand, and above each column what it is taken for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from dashboard import locale
from dashboard.assistant import choices, words
from dashboard.i18n import _
from layers import identifiers
from layers.mapping.reading import HIDDEN
from layers.questions import COLUMN, UNIT, YEAR
from layers.readers.answered import choice, unit_of
from layers.readers.described import understood
from layers.recognition.columns import MEANINGS
from layers.recognition.contents import KINDS
from layers.recognition.titles import concepts
from layers.values.amounts import amount, writing
from layers.values.dates import when

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layers.drafts.looking import Look
    from layers.readers.opened import Opened
    from layers.recognition.columns import ColumnMeaning

Check: TypeAlias = Callable[[str], bool] | None
"""Says of a cell whether it can be read; None where any can."""
ROWS: Final = 6
"""Rows of data that are shown."""
ABOVE: Final = 6
SHOWN: Final = 3
_STORED = re.compile(r"-?\d+\.\d{1,2}")
LONGEST: Final = 60
_NEEDED: Final = ("name", "siret", "amount", "city", "postcode", "insee")
"""Meanings of which an empty cell is told."""
_NUMBERS: Final = ("number", "decimal")
_MOSTLY: Final = 0.8
_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "siret": lambda text: any(one(text) for one in (KINDS["siret"], KINDS["siren"], KINDS["rna"])),
    "siren": lambda text: identifiers.siren(text).code is not None,
    "rna": lambda text: identifiers.rna(text) is not None,
    "year": lambda text: when(text).year is not None,
    "date": lambda text: when(text).year is not None,
    "insee": KINDS["insee"],
    "postcode": KINDS["postcode"],
    "ape": KINDS["ape"],
}
"""Whether a cell can be read as what its column means."""


def letter(at: int) -> str:
    """The name that a spreadsheet gives to a column.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    told = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        told = chr(65 + rest) + told
    return told


def columns(look: Look, opened: Opened, holds: str) -> list[dict[str, Any]]:
    """Each column: its title, the meaning taken and how surely, why, what it holds, the fields that change it."""
    table = look.account.table if look.account else understood(opened.source, opened.answers)
    known = {one["place"] - 1: one for one in table.get("columns", ())}
    asked = {name for one in (look.account.questions if look.account else ()) for name in one.choices}
    found, official = choices.columns(opened), _official(look)
    return [
        {
            **_taken(opened, one, known.get(one.at), is_asked=one.name in asked),
            **_fields(opened, one),
            "label": _("Donnée lue") if one.at in official else words.label(choice(one), holds),
        }
        for one in _apart(found, official)
    ]


def _official(look: Look) -> set[int]:
    """Columns that the reader of an official layout takes for what no choice says: a population, a category."""
    table = look.account.table if look.account else {}
    return {one["place"] - 1 for one in table.get("columns", ()) if one["meaning"] not in MEANINGS}


def _apart(found: Iterable[ColumnMeaning], official: set[int]) -> list[ColumnMeaning]:
    """The columns, those of an official layout having no other meaning: numbers of persons are no amounts."""
    return [replace(one, meaning="", confidence=1.0) if one.at in official else one for one in found]


def _taken(opened: Opened, one: ColumnMeaning, told: Mapping[str, Any] | None, *, is_asked: bool) -> dict[str, Any]:
    """What a column is taken for, how surely and why; *told* is what the reader says of it, where it reads it."""
    read = told is not None and not told.get("left")
    sign = words.sign(one, read=read, asked=is_asked)
    return {
        "at": one.at,
        "letter": letter(one.at),
        "name": one.name,
        "sign": sign,
        "sure": _(words.SIGNS[sign]),
        "asked": is_asked,
        "why": (told or {}).get("left") or (told or {}).get("why", one.why),
        "evidence": words.evidence(one),
        "number": any(one.content[kind] >= _MOSTLY for kind in _NUMBERS) and one.meaning not in _CHECKS,
        "samples": [] if _is_private(one) else _unseen(opened, one),
    }


def _fields(opened: Opened, one: ColumnMeaning) -> dict[str, Any]:
    """The fields that change what a column is taken for, and what they hold."""
    taken = choice(one)
    return {
        "choice": taken,
        "money": taken.startswith("amount"),
        "unit": (unit := unit_of(opened.source, one, opened.answers)),
        "symbol": words.SYMBOLS.get(unit, "") if taken.startswith("amount") and unit != 1 else "",
        "year": one.money.year or "",
        "fields": {kind: f"{kind}-{one.at}" for kind in (COLUMN, UNIT, YEAR)},
    }


def _unseen(opened: Opened, one: ColumnMeaning) -> list[str]:
    """Three values of a column, where the rows that are shown do not show as many."""
    shown = [row[one.at].strip() for row in opened.source.sample[:ROWS] if one.at < len(row)]
    return [] if sum(map(bool, shown)) >= SHOWN else [written(cell) for cell in one.content.samples]


def _is_private(one: ColumnMeaning) -> bool:
    return "PERSON" in concepts(one.name)


def rows(look: Look, opened: Opened) -> dict[str, Any]:
    """The rows above the header, those of the header, and the first ones of data, with cells that cannot be read."""
    source, found = opened.source, _apart(choices.columns(opened), _official(look))
    first, last = source.header_lines[0], source.header_lines[-1]
    aside = {line for line, _code, _text in look.aside}
    checks = [_check(opened, one) for one in found]
    hidden = {one.at for one in found if _is_private(one)}
    data = [(line, cells) for line, cells in source.head if line > last and any(cell.strip() for cell in cells)]
    return {
        "above": [(line, _joined(cells)) for line, cells in source.head if line < first and _joined(cells)][-ABOVE:],
        "header": last,
        "data": [
            {
                "line": line,
                "aside": line in aside,
                "cells": [
                    _cell(HIDDEN if at in hidden and text else text, check if line not in aside else None)
                    for at, (text, check) in enumerate(_under(cells, checks))
                ],
            }
            for line, cells in data[:ROWS]
        ],
    }


def few(found: Mapping[str, Any], at: int) -> list[dict[str, Any]]:
    """Some cells of a column among the rows that are shown: those that cannot be read first."""
    cells = [row["cells"][at] for row in found["data"] if not row["aside"]]
    return sorted((one for one in cells if one["text"] or one["fault"]), key=lambda one: not one["fault"])[:SHOWN]


def _under(cells: Sequence[str], checks: Sequence[Check]) -> Iterable[tuple[str, Check]]:
    """Each cell with what checks it, empty where the row is short."""
    return ((" ".join(cells[at].split()) if at < len(cells) else "", check) for at, check in enumerate(checks))


def _check(opened: Opened, one: ColumnMeaning) -> Check:
    """What says of a cell of a column that it cannot be read; None where any can."""
    if one.meaning == "amount":
        unit = unit_of(opened.source, one, opened.answers)
        own = writing(row[one.at] for row in opened.source.sample if one.at < len(row))
        return lambda text: bool(text) and amount(text, unit, own).cents is not None
    able = _CHECKS.get(one.meaning)
    needed = one.meaning in _NEEDED and one.content.filled > 0
    if able is None and not needed:
        return None
    return lambda text: (not needed) if not text else able is None or able(text)


def _cell(text: str, check: Check) -> dict[str, Any]:
    return {"text": written(text), "fault": check is not None and text != HIDDEN and not check(text)}


def written(text: str) -> str:
    """A cell as it is shown: a long one cut, a number of a workbook with the decimal mark of the language."""
    return text.replace(".", locale.decimal()) if _STORED.fullmatch(text) else text[:LONGEST]


def _joined(cells: Sequence[str]) -> str:
    return " ".join(cell.strip() for cell in cells if cell.strip())[: 2 * LONGEST]
