"""Writings of dates: what each pattern of figures and months says, before its year is judged.

Texts are in lower case, without accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTHS: Final = (
    r"janv(?:ier)?|jan(?:uary)?", r"fevr?(?:ier)?|feb(?:ruary)?", r"mars?|march", r"avr(?:il)?|apr(?:il)?", r"mai|may",
    r"juin|june?", r"juil(?:let)?|jul(?:y)?", r"aout?|aug(?:ust)?", r"sept?(?:embre|ember)?", r"oct(?:obre|ober)?",
    r"nov(?:embre|ember)?", r"dec(?:embre|ember)?",
)  # fmt: skip
_MONTH: Final = "|".join(MONTHS)
_TIME: Final = r"(?:[t _]+(?:a )?\d{1,2}[h:]\d{0,2}(?::\d{2})?(?:[.,]\d+)?(?: ?z|[+-]\d{2}:?\d{2})?)?"
_BEFORE: Final = r"(?<![^\W_])"
_AFTER: Final = r"(?![^\W_])(?![/.-]\d+(?![\d]*[/.-]\d))"
_NUMERIC = re.compile(
    rf"{_BEFORE}(?P<d>\d{{1,2}})(?:(?P<mark> ?[-/.] ?)(?P<m>\d{{1,2}})(?P=mark)(?P<y>\d{{4}}|\d{{2}})"
    rf"| (?P<m2>\d{{1,2}}) (?P<y2>\d{{4}})){_TIME}{_AFTER}"
)
_ISO = re.compile(rf"{_BEFORE}(?P<y>\d{{4}})(?P<mark>[-/.])(?P<m>\d{{1,2}})(?P=mark)(?P<d>\d{{1,2}}){_TIME}{_AFTER}")
_LETTERS = re.compile(
    rf"{_BEFORE}(?P<d>\d{{1,2}})(?: ?er)?[ ./-]*(?P<month>{_MONTH})[ ./-]*(?P<y>\d{{4}}|\d{{2}}){_TIME}{_AFTER}"
)
_ENGLISH = re.compile(rf"{_BEFORE}(?P<month>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}}){_AFTER}")
_COMPACT = re.compile(r"\d{8}")
_YEAR_ALONE = re.compile(r"(\d{4})(?:[.,]0+)?|([12]) (\d{3})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/. ]?(?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/. ](\d{4})")
_SHORT_PERIOD = re.compile(r"(?<!\w)((?:19|20)\d\d) ?[-/] ?(\d\d)(?![\w/-])")
_PART = r"[tqs] ?[1-4]|[1-4] ?(?:er|ere|e|eme|nd)? ?(?:trimestre|semestre)"
_PARTS_OF_YEARS = (
    re.compile(rf"{_BEFORE}(?:{_MONTH})[ ./_-]*(\d{{4}}|\d{{2}}){_AFTER}"),
    re.compile(rf"{_BEFORE}(?:{_PART})[ _./-]*(?:de )?(\d{{4}}){_AFTER}"),
    re.compile(rf"(?<!\d)(\d{{4}})[ _./-]*(?:{_PART})(?![^\W_])"),
    re.compile(r"(?<![\w/.-])(?:0[1-9]|1[0-2])[/.-](\d{4})(?![\w/-])"),
)
_RANGE = re.compile(r"(?<!\d)(?<!\d[-/.,])((?:19|20)\d\d) ?(?:[-/_]|au?|et) ?((?:19|20)\d\d)(?![\d/-]|[.,]\d)")
_YEAR = re.compile(
    r"(?<!\d)(?<!\d[-/.,])(?<!n°)(?<!n° )((?:19|20)\d\d)(?!\d|[/.,]\d|-[a-z]+-|-(?!(?:0[1-9]|1[0-2])(?![\w/-]))\w*\d)"
)

_EPOCHS: Final = (date(1899, 12, 30), date(1904, 1, 1))
_FIRST_YEAR: Final = 1990
SERIAL_NOTE: Final = "numéro de série de tableur, lu comme une date"
SERIAL_1904_NOTE: Final = "numéro de série de tableur (calendrier de 1904), lu comme une date"
MONTH_FIRST_NOTE: Final = "date lue à l’américaine, le mois avant le jour"
SHORT_NOTE: Final = "année sur deux chiffres"
_LONGEST_SHORT: Final = 2
NO_SUCH_DAY: Final = "jour qui n’existe pas au calendrier"
_MOST_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Order:
    """How a column writes: *month_first*, American dates; *epoch_1904*, serial numbers of old Macintosh workbooks."""

    month_first: bool = False
    epoch_1904: bool = False


DAY_FIRST: Final = Order()


@dataclass(frozen=True, slots=True)
class Written:
    """One date or year as it is written, and where; *fault* in French where its figures make none."""

    day: date | None = None
    year: int | None = None
    note: str = ""
    fault: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Years:
    """Years of a text, in order; *is_period* where they are the ends of one."""

    years: tuple[int, ...] = ()
    is_period: bool = False


def full_year(text: str, last: int) -> int:
    """Year of two or four digits: ``23`` is 2023, and 1990 to 1999 are the only ones of their century."""
    short = int(text)
    if len(text) > _LONGEST_SHORT:
        return short
    return 1900 + short if short >= 90 and 2000 + short > last else 2000 + short  # noqa: PLR2004


def number_alone(plain: str, order: Order, last: int) -> Written | None:
    """A cell that is one number: a year, a compact date, a year and month, or a serial number; None for any other."""
    if match := _YEAR_ALONE.fullmatch(plain):
        return Written(year=int(match[1] or match[2] + match[3]))
    if _COMPACT.fullmatch(plain):
        return _compact(plain, last)
    if match := _SERIAL.fullmatch(plain):
        return _serial(int(match[1]), order, last)
    if match := _YEAR_MONTH.fullmatch(plain):
        return Written(year=int(match[1] or match[2]))
    return None


def days(plain: str, order: Order, last: int) -> list[Written]:
    """Dates written to the day, in order; the longest of two that overlap."""
    found: list[Written] = []
    for written in sorted(_all_days(plain, order, last), key=lambda one: (one.start, -one.end)):
        if not found or written.start >= found[-1].end:
            found.append(written)
    return found


def years(plain: str, last: int) -> Years:
    """Years that a text names without a day: months, quarters, periods and years that stand alone."""
    if (match := _SHORT_PERIOD.search(plain)) and int(match[2]) == (int(match[1]) + 1) % 100:
        return Years((int(match[1]), int(match[1]) + 1), is_period=True)
    if (match := _RANGE.search(plain)) and int(match[1]) < int(match[2]) and not _YEAR.search(_without(plain, match)):
        return Years(tuple(range(int(match[1]), int(match[2]) + 1)), is_period=True)
    parts = [match for pattern in _PARTS_OF_YEARS for match in pattern.finditer(plain)]
    alone = [int(match[1]) for match in _YEAR.finditer(plain)]
    return Years(tuple(sorted({*alone, *(full_year(match[1], last) for match in parts)})))


def order_of(plains: Sequence[str], last: int) -> Order:
    """The order that some cell proves and none contradicts; the epoch of 1904 where one serial has no other."""
    pairs = [(int(m["d"]), int(m["m"] or m["m2"])) for plain in plains for m in _NUMERIC.finditer(plain)]
    american = any(first <= _MOST_MONTHS < second for first, second in pairs)
    french = any(second <= _MOST_MONTHS < first for first, second in pairs)
    serials = [int(match[1]) for plain in plains if (match := _SERIAL.fullmatch(plain))]
    old = any(_at(number, 0, last) is None for number in serials)
    return Order(american and not french, old and all(_at(number, 1, last) for number in serials))


def _without(plain: str, match: re.Match[str]) -> str:
    return plain[: match.start()] + plain[match.end() :]


def _all_days(plain: str, order: Order, last: int) -> Iterator[Written]:
    for match in _ISO.finditer(plain):
        yield _day(match, int(match["y"]), int(match["m"]), int(match["d"]))
    for match in _NUMERIC.finditer(plain):
        yield _numeric(match, order, last)
    for pattern in (_LETTERS, _ENGLISH):
        for match in pattern.finditer(plain):
            month = next(at for at, name in enumerate(MONTHS, 1) if re.fullmatch(name, match["month"]))
            yield _day(match, full_year(match["y"], last), month, int(match["d"]), _short(match["y"]))


def _numeric(match: re.Match[str], order: Order, last: int) -> Written:
    """Day first as in French, unless the figures or the column say otherwise."""
    first, second, year = int(match["d"]), int(match["m"] or match["m2"]), match["y"] or match["y2"]
    american = first <= _MOST_MONTHS < second or (order.month_first and first <= _MOST_MONTHS)
    month, number = (first, second) if american else (second, first)
    return _day(match, full_year(year, last), month, number, MONTH_FIRST_NOTE if american else _short(year))


def _short(year: str) -> str:
    return SHORT_NOTE if len(year) == _LONGEST_SHORT else ""


def _day(match: re.Match[str], year: int, month: int, number: int, note: str = "") -> Written:
    try:
        found = date(year, month, number)
    except ValueError:
        return Written(fault=NO_SUCH_DAY, start=match.start(), end=match.end())
    return Written(found, note=note, start=match.start(), end=match.end())


def _compact(digits: str, last: int) -> Written:
    """``20231231``, else ``31122023``."""
    for year, month, number in (
        (digits[:4], digits[4:6], digits[6:]),
        (digits[4:], digits[2:4], digits[:2]),
    ):
        try:
            found = date(int(year), int(month), int(number))
        except ValueError:
            continue
        if _FIRST_YEAR <= found.year <= last:
            return Written(found)
    return Written(fault=NO_SUCH_DAY)


def _serial(number: int, order: Order, last: int) -> Written:
    for epoch in (1, 0) if order.epoch_1904 else (0, 1):
        if found := _at(number, epoch, last):
            return Written(found, note=(SERIAL_NOTE, SERIAL_1904_NOTE)[epoch])
    return Written(fault="nombre qui n’est ni une année, ni le numéro de série d’une date plausible")


def _at(number: int, epoch: int, last: int) -> date | None:
    """Date of a serial number; None where its year is not plausible."""
    found = _EPOCHS[epoch] + timedelta(days=number)
    return found if _FIRST_YEAR <= found.year <= last else None
