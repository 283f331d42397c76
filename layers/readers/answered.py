"""A table as it is understood once what was asked of it is answered: which column names who, which sheets are read."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from layers import lines
from layers.account import Warning_
from layers.questions import NAME, Answers
from layers.recognition.columns import ColumnMeaning
from layers.recognition.opening import Table
from layers.recognition.sheets import ALL, Doubtful
from layers.recognition.titles import SURE


def answered(source: Table, answers: Answers) -> Table:
    """The table of a file after *answers*: the column that was named, and every sheet that was asked for."""
    if (name := answers.get(NAME)) in source.header:
        source = replace(source, columns=tuple(_named(one, name) for one in source.columns))
    for one in source.doubtful:
        source = _with(source, one) if answers.get(one.question.id) == ALL else _without(source, one)
    return source


def _named(one: ColumnMeaning, name: str) -> ColumnMeaning:
    if one.name == name:
        return replace(one, meaning="name", confidence=SURE, why="indiquée par une réponse")
    return replace(one, meaning="") if one.meaning == "name" else one


def _with(source: Table, one: Doubtful) -> Table:
    sheets = source.sheets if one.name in source.sheets else (*source.sheets, one.name)
    rows = ((lines.number(sheets.index(one.name), line), list(cells)) for line, cells in one.rows)
    told = Warning_("sheet_answered", 1, f"Feuille « {one.name} », qui reprend une partie des lignes : lue aussi.")
    return replace(source, sheets=sheets, rows=chain(source.rows, rows), warnings=(*source.warnings, told))


def _without(source: Table, one: Doubtful) -> Table:
    told = Warning_("sheet_answered", 1, f"Feuille « {one.name} », qui reprend une partie des lignes : non lue.")
    return replace(source, warnings=(*source.warnings, told))
