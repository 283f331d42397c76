"""Months and quarters as statistics write them, and the mean that a whole year of them makes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from statistics import fmean
from typing import Final, NamedTuple

from layers.headings import normalised

_NAMES: Final = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
MONTHS: Final = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
YEARLY, QUARTERLY, MONTHLY = 1, 4, 12
_WITHIN: Final = rf"[tq]_?[1-4]|[1-4](?:er|e|eme)?_trimestre|trimestre_[1-4]|{'|'.join(MONTHS)}|0[1-9]|1[0-2]"
_YEAR: Final = r"(?:19|20)\d\d"
COLUMN: Final = rf"(?:{_WITHIN})_{_YEAR}|{_YEAR}_?(?:{_WITHIN})"
"""A normalised title that is a period: ``t1_2023``, ``2023_q1``, ``janvier_2023``, ``2023_01``."""
_DAY = re.compile(r"^((?:19|20)\d\d_(?:0[1-9]|1[0-2]))_(?:0[1-9]|[12]\d|3[01])$")
"""Of a date, whose month is the period."""


class Period(NamedTuple):
    """The *rank*-th of the *of* equal parts of a year: 12 months, 4 quarters, or the year itself."""

    year: int
    rank: int
    of: int


def period_of(text: str) -> Period | None:
    """The period that a text is; None for anything else.

    >>> period_of("janvier_2020"), period_of("2020-Q3"), period_of("2020"), period_of("2020-13")
    (Period(year=2020, rank=1, of=12), Period(year=2020, rank=3, of=4), Period(year=2020, rank=1, of=1), None)
    """
    plain = _DAY.sub(r"\1", normalised(text))
    if re.fullmatch(_YEAR, plain):
        return Period(int(plain), 1, YEARLY)
    if not re.fullmatch(COLUMN, plain):
        return None
    year = plain[:4] if plain[:4].isdigit() else plain[-4:]
    within = plain.removeprefix(year).removesuffix(year).strip("_")
    if within in MONTHS or within.isdigit():
        return Period(int(year), MONTHS.get(within) or int(within), MONTHLY)
    return Period(int(year), int(re.sub(r"\D", "", within)), QUARTERLY)


def yearly(periods: Collection[Period], *, last: bool) -> dict[int, tuple[Period, ...]]:
    """The periods that make each year: the year itself, else its months, else its quarters.

    All of them where they are all there, none where one lacks; the *last* one alone, where that is what is wanted.
    """
    found: dict[int, list[tuple[Period, ...]]] = {}
    for year, of in sorted({(one.year, one.of) for one in periods}, key=lambda pair: (pair[1] != YEARLY, -pair[1])):
        found.setdefault(year, []).append(tuple(sorted(one for one in periods if (one.year, one.of) == (year, of))))
    if last:
        return {year: groups[0][-1:] for year, groups in found.items()}
    return {year: next((one for one in groups if len(one) == one[0].of), ()) for year, groups in found.items()}


def mean(found: Iterable[tuple[Period, float]]) -> dict[int, float | None]:
    """The mean of each year by its whole parts; None where some are not told. Months go before quarters."""
    parts: dict[int, dict[int, list[float]]] = {}
    for period, number in found:
        parts.setdefault(period.year, {}).setdefault(period.of, []).append(number)
    whole = {
        year: [numbers for of, numbers in sorted(by.items(), reverse=True) if len(numbers) == of]
        for year, by in sorted(parts.items())
    }
    return {year: fmean(complete[0]) if complete else None for year, complete in whole.items()}
