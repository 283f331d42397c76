"""Lines of a file of several sheets: one number tells the sheet and the line in it.

The lines of the first sheet, and those of a text, are numbered as they stand; a person is never shown the number of
another sheet, only its line and its name.
"""

from __future__ import annotations

from typing import Final

_SHEET: Final = 10_000_000
"""More lines than a sheet holds (1,048,576)."""


def number(sheet: int, line: int) -> int:
    """Number of a line of a sheet, the first of which is 0."""
    return sheet * _SHEET + line


def sheet_of(number_: int) -> int:
    """Which sheet a number is of."""
    return number_ // _SHEET


def line_of(number_: int) -> int:
    """The line in its sheet."""
    return number_ % _SHEET
