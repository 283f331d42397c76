"""Dates and years as official files, spreadsheets and decisions write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from layers.values import date_writings as writings
from layers.values.date_writings import DAY_FIRST, Order

FIRST_YEAR, LAST_YEAR = 1990, 2100
_FORMS: Final = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})(?:[T ].*)?"),
)
MOST_SIGNS: Final = 300
_NOT_SAID: Final = frozenset(
    {"", "-", "--", "nc", "nd", "n.c.", "n.d.", "na", "n/a", "néant", "neant", "s.o.", "x", "?"}
)
_PERIOD = re.compile(r"[ ,;]*(?:-|_|/|->|au?|et|jusqu au|to)[ ,;]*")
PERIOD_NOTE: Final = "période comptée à l’année où elle commence"


@dataclass(frozen=True, slots=True)
class When:
    """What a cell says of time: *year*, and *day* where it is written to the day.

    *years*: every year of a period, or those between which nothing decides, *year* being then None. *note* is to be
    told of what is read all the same (period, serial number, American order). *reason* and *remedy*, in French, where
    the cell says something that cannot be read; none of all these where it says nothing.
    """

    year: int | None = None
    day: date | None = None
    years: tuple[int, ...] = ()
    note: str = ""
    reason: str = ""
    remedy: str = ""


_REMEDY: Final = "Une date complète, 2023-06-30, ou une année, 2023."


def next_year() -> int:
    """The last plausible year: budgets are voted a year ahead."""
    return datetime.now(tz=UTC).year + 1


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


def when(text: str, order: Order = DAY_FIRST, last: int | None = None) -> When:
    """Date or year of a cell, in words, figures, within a sentence, a period, or a serial number of a spreadsheet.

    Only years from 1990 to *last* (the next one) are plausible; two digits are of the century that makes them so. A
    period counts in the year when it begins: what is granted is counted whole in the year of its agreement.
    """
    last = last or next_year()
    plain = _plain(text)
    if plain in _NOT_SAID:
        return When()
    if len(plain) > MOST_SIGNS:
        return When(reason="texte trop long pour une date", remedy=_REMEDY)
    alone = writings.number_alone(plain, order, last)
    if alone:
        return _of(alone, last)
    found = writings.days(plain, order, last)
    return _of_days(plain, found, last) if found else _of_years(plain, last)


def whens(column: Sequence[str], last: int | None = None) -> tuple[When, ...]:
    """Dates of a whole column: the order of day and month, and the epoch of serial numbers, are those it proves."""
    last = last or next_year()
    found = order_of(column, last)
    return tuple(when(text, found, last) for text in column)


def order_of(column: Sequence[str], last: int | None = None) -> Order:
    """How a column writes: month first where some cell has no other reading and none proves the contrary."""
    return writings.order_of([_plain(text) for text in set(column)], last or next_year())


def _plain(text: str) -> str:
    """Lower case without accents, any white space one space."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", " ").replace("–", "-").replace("—", "-"))
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).lower().split())


def _of(written: writings.Written, last: int) -> When:
    if written.day and FIRST_YEAR <= written.day.year <= last:
        return When(written.day.year, written.day, note=written.note)
    if written.year and FIRST_YEAR <= written.year <= last:
        return When(written.year, note=written.note)
    if written.fault:
        return When(reason=written.fault, remedy=_REMEDY)
    return When(reason=f"année hors de {FIRST_YEAR}-{last}", remedy="Vérifier l’année à la source.")


def _of_days(plain: str, found: Sequence[writings.Written], last: int) -> When:
    whole = [_of(written, last) for written in found]
    good = [one for one in whole if one.day]
    if not good or not whole[0].day:
        return whole[0]
    first, distinct = good[0], sorted({one.day for one in good if one.day})
    if len(distinct) == 1:
        return first
    between = plain[found[0].end : found[1].start]
    if len(good) == len(found) == 2 and first.day == distinct[0] and _PERIOD.fullmatch(between):  # noqa: PLR2004
        return replace(first, years=tuple(range(distinct[0].year, distinct[1].year + 1)), note=PERIOD_NOTE)
    return _several(tuple(sorted({one.year for one in good if one.year})), "plusieurs dates")


def _several(years: tuple[int, ...], what: str) -> When:
    if len(years) == 1:
        return When(years[0], note=f"{what} de la même année")
    listed = ", ".join(map(str, years))
    return When(years=years, reason=f"{what} dans la cellule : {listed}", remedy="Dire laquelle de ces années compte.")


def _of_years(plain: str, last: int) -> When:
    found = writings.years(plain, last)
    if not found.years:
        return When(reason="ni date ni année dans la cellule", remedy=_REMEDY)
    good = tuple(year for year in found.years if FIRST_YEAR <= year <= last)
    if not good:
        return _of(writings.Written(), last)
    if found.is_period and good[0] == found.years[0]:
        return When(good[0], years=found.years, note=PERIOD_NOTE)
    return _several(good, "plusieurs années") if len(good) > 1 else When(good[0])
