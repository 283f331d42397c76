"""Cells of workbooks as text, as their file holds them: whole numbers whole, dates in ISO form."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

_EXACT: Final = 1e15
_MIDNIGHT: Final = time()
_EPOCH: Final = datetime(1899, 12, 30)
_LEAP_1900: Final = 60
"""Serial number of the 29th of February 1900, which never was: days before it are numbered one lower."""
_DAYS_TO_1904: Final = 1462
_LAST: Final = 2_958_466
"""Serial number of the first day after the year 9999."""
DATE, DURATION = "date", "duration"


def text(value: object) -> str:
    """Text of one cell: 1.0 as ``1``, 0.1 as ``0.1``, dates without their hour where it is midnight."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def dated(serial: float, kind: str, *, since_1904: bool = False) -> str:
    """Text of a number that its format shows as a date or as a duration, in the calendar of 1900 or of 1904.

    One that no calendar has stays a number.
    """
    if not 0 <= serial < _LAST - _DAYS_TO_1904 * since_1904:
        return text(serial)
    since = timedelta(milliseconds=round(serial * 86_400_000))
    if kind == DURATION:
        return text(since)
    if serial < 1:
        return text((_EPOCH + since).time())
    return text(_EPOCH + since + timedelta(days=_DAYS_TO_1904 if since_1904 else int(serial < _LEAP_1900)))
