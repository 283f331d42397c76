"""Dates as official files and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

FIRST_YEAR, LAST_YEAR = 1990, 2100
_FORMS: Final = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})(?:[T ].*)?"),
)


def day(text: str) -> date | None:
    """A date, ``2017-06-30``, ``2017/06/30`` or ``30/06/2017``, from 1990 to 2100; None for anything else."""
    for pattern in _FORMS:
        if match := pattern.fullmatch(text.strip()):
            try:
                found = date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                return None
            return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
    return None
