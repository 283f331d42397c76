"""A view as text that a spreadsheet or a program reads: CSV in the language of the view, JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from dashboard import locale
from dashboard.exports.rows import columns, rows

if TYPE_CHECKING:
    from dashboard.services import View

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that a spreadsheet would run as a formula."""


def to_csv(view: View, origin: str = "") -> bytes:
    """UTF-8 with mark: semicolons and decimal commas in French, commas and decimal points in English.

    A spreadsheet of that language opens it as it is.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter(), lineterminator="\r\n")
    writer.writerow(columns(view))
    for row in rows(view, origin):
        writer.writerow([written(row.get(column)) for column in columns(view)])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def to_json(view: View, origin: str = "") -> bytes:
    """The same rows as a JSON list."""
    return json.dumps(rows(view, origin), ensure_ascii=False).encode("utf-8")


def delimiter() -> str:
    """What parts the columns: a semicolon where the comma is the decimal mark."""
    return ";" if locale.decimal() == "," else ","


def written(value: Any) -> str:
    """A value in a cell: the decimal mark of the language, and no text that a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.12g}".replace(".", locale.decimal())
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
