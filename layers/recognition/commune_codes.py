"""Codes of communes that stand in two columns, the department and three digits, made whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from layers.account import Warning_
from layers.headings import normalised
from layers.recognition.columns import settle
from layers.recognition.opening import Table
from layers.recognition.spellings import Spellings, spelled

_DEPARTMENT: Final = spelled(
    *("COD DEP", "DEP", "code du département", "département", "DEP code", "DEPT code", "DEPET", "NUM DEP")
)
_COMMUNE: Final = spelled("COD COM", "COM", "code de la commune", "COMET", "NUM COM", "commune")
_DIGITS: Final = 3
_IS_DEPARTMENT = re.compile(r"0?[1-9]|[1-8]\d|9[0-5]|2[AB]")
_IS_PART = re.compile(r"\d{1,3}")
_MESSAGE: Final = "Codes de communes en deux colonnes (« {} » et « {} ») : réunis."


def whole(source: Table) -> Table:
    """A table whose codes of communes are whole: the department of a column, then the digits of another.

    Insee's populations have them so (``59`` and ``350``). A table that has no such pair is given back as it is.
    """
    pair = _pair(source)
    if pair is None:
        return source
    department, commune = pair
    sample = tuple(_joined(cells, department, commune) for cells in source.sample)
    rows = ((line, _joined(cells, department, commune)) for line, cells in source.rows)
    names = (source.header[department], source.header[commune])
    told = Warning_("codes_joined", 1, _MESSAGE.format(*names))
    columns = settle(source.header, sample)
    return replace(source, rows=rows, sample=sample, columns=columns, warnings=(*source.warnings, told))


def _pair(source: Table) -> tuple[int, int] | None:
    departments = list(_columns(source, _DEPARTMENT, _IS_DEPARTMENT))
    communes = [at for at in _columns(source, _COMMUNE, _IS_PART) if at not in departments[:1]]
    return (departments[0], communes[0]) if departments and communes else None


def _columns(source: Table, title: Spellings, cell: re.Pattern[str]) -> Iterator[int]:
    for at, name in enumerate(source.header):
        told = [row[at].strip() for row in source.sample if at < len(row) and row[at].strip()]
        if title.says(normalised(name)) and told and all(cell.fullmatch(text) for text in told):
            yield at


def _joined(cells: Sequence[str], department: int, commune: int) -> list[str]:
    out = list(cells)
    if max(department, commune) < len(out) and _IS_PART.fullmatch(out[commune].strip()):
        out[commune] = out[department].strip().zfill(2) + out[commune].strip().zfill(_DIGITS)
    return out
