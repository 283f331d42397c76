"""How a table was understood, as its report says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layers.questions import Answers
from layers.readers.answered import unit_of
from layers.readers.reader import Reader
from layers.recognition.columns import ColumnMeaning, settle
from layers.recognition.opening import Table
from layers.recognition.titles import concepts


def described(source: Table, reader: Reader, located: Mapping[str, Sequence[int]], answers: Answers) -> dict[str, Any]:
    """How a table was understood: sheet, lines of the header, columns with their meanings, those that are not read.

    ``place`` is that of a column from 1; what the unread ones hold is counted once the rows are read.
    """
    by_place = {one.at: one for one in source.columns}
    found: dict[int, dict[str, Any]] = {}
    for at, name in enumerate(source.header):
        keys = [key for key, places in located.items() if at in places]
        if not keys:
            continue
        one = by_place.get(at)
        if one is not None and one.meaning == keys[0]:
            found[at] = _column(source, one, answers)
        else:
            why = f"colonne de « {reader.title} »"
            found[at] = {"name": name, "place": at + 1, "meaning": keys[0], "confidence": 1.0, "why": why}
    return _told(source, found)


def understood(source: Table, answers: Answers) -> dict[str, Any]:
    """How a table that no reader takes was understood: the same, by what its columns say."""
    columns = source.columns or settle(source.header, source.sample)
    return _told(source, {one.at: _column(source, one, answers) for one in columns if one.meaning})


def _column(source: Table, one: ColumnMeaning, answers: Answers) -> dict[str, Any]:
    told = {
        "name": one.name, "place": one.at + 1, "meaning": one.meaning, "confidence": one.confidence, "why": one.why,
    }  # fmt: skip
    if one.meaning != "amount":
        return told
    unit = unit_of(source, one, answers)
    money = {
        "unit": f"{float(unit):g} EUR" if unit != 1 else "EUR",
        "stage": one.money.stage or None,
        "year": one.money.year,
    }
    return {**told, **money}


def _told(source: Table, read: Mapping[int, dict[str, Any]]) -> dict[str, Any]:
    unread = [
        {"name": name, "place": at + 1, "filled": _filled(source, at), "amount": None}
        for at, name in enumerate(source.header)
        if at not in read and name and "PERSON" not in concepts(name)
    ]
    return {
        "sheet": ", ".join(source.sheets),
        "sheets": list(source.sheets),
        "header_rows": list(source.header_lines),
        "columns": [read[at] for at in sorted(read)],
        "unread": unread,
    }


def _filled(source: Table, at: int) -> int:
    return sum(at < len(row) and bool(row[at].strip()) for row in source.sample)
