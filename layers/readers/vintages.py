"""Years and editions, read in a file's name where its contents do not say them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from layers.headings import normalised
from layers.readers.columns import Located
from layers.readers.intake import Intake, Vintage
from layers.recognition.opening import Table
from layers.values.dates import FIRST_YEAR, next_year

_YEAR_MONTH = re.compile(r"(?<!\d)(20\d{2})[-_](0[1-9]|1[0-2])(?!\d)")
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_YEARS = re.compile(rf"(?<!\d)(?:((?:19|20)\d\d)(?:{_MONTH}{_DAY}?)?|(?:{_DAY}{_MONTH}|{_MONTH})((?:19|20)\d\d))(?!\d)")
_BUDGET_LAW = re.compile(r"plf[-_ ]?(20\d{2}|\d{2})(?!\d)", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:reference_statistique|millesime|recensement(?:_de_la_population)?|_rp)_?(?:1er_janvier_)?((?:19|20)\d\d)"
)
PAYMENT_LAG: Final = 2


def years_in(text: str) -> tuple[int, ...]:
    """Years from 1990 to the next one that a title, the name of a sheet or of a file writes, in order and once each.

    One year is sure; several (``2022-2023``, ``…_2023_v2024``) leave the choice to be asked. ``20231231``, ``202312``
    and ``31122023`` are dates; figures within a longer number (SIREN, account) are none.

    >>> years_in("export_20231231"), years_in("exercice-2022-2023"), years_in("compte 65748")
    ((2023,), (2022, 2023), ())
    """
    found = {int(match[1] or match[2]) for match in _YEARS.finditer(text)}
    return tuple(year for year in sorted(found) if FIRST_YEAR <= year <= next_year())


def named(path: Path) -> Vintage | None:
    """Edition written in the file's name, ``…_2020-12_…`` or ``…20201231…``; None where it has no year or several."""
    years = years_in(path.stem)
    if len(years) != 1:
        return None
    months = {match[0].replace("_", "-") for match in _YEAR_MONTH.finditer(path.stem) if int(match[1]) == years[0]}
    return Vintage(years[0], months.pop() if len(months) == 1 else str(years[0]))


def asked(path: Path, year: int | None) -> Vintage | None:
    """Edition by the year asked for on the command line; that of the name where both agree on the year."""
    if year is None:
        return None
    written = named(path)
    return written if written and written.year == year else Vintage(year, str(year))


def assumed_current(path: Path) -> Vintage:
    """Current year, said to be an assumption: a list without a date is taken as received today."""
    year, several = datetime.now(tz=UTC).year, years_in(path.stem)
    told = f"Ni le nom du fichier « {path.name} » ni son contenu ne donnent de millésime"
    if several:
        told = f"Le nom du fichier « {path.name} » donne plusieurs années ({', '.join(map(str, several))})"
    return Vintage(year, f"{year} (supposé)", f"{told} : année {year} retenue. Préciser l’année avec --year.")


def of_list(source: Table, located: Located, year: int | None) -> Vintage:
    """Edition of a list whose rows carry no date: the year asked for, the file's name, else today's."""
    return asked(source.path, year) or named(source.path) or assumed_current(source.path)


def of_rows(source: Table, located: Located, year: int | None) -> Vintage:
    """Edition of a file whose rows give the years; until they are read, as `of_list`, unsaid."""
    found = of_list(source, located, year)
    return Vintage(found.year, found.label)


def of_reference(source: Table, year: int | None) -> Vintage:
    """Edition of statistics whose columns tell no year: asked for, else the year of reference that the titles give.

    Then the only year of the file's name, of its sheets, or of its titles; else today's, said to be an assumption.
    Insee's populations « en vigueur au 1er janvier 2024 » are of the year of reference 2021.
    """
    if found := asked(source.path, year):
        return found
    for text in (*source.above, *source.sheets, source.path.stem):
        if match := _REFERENCE.search(normalised(text)):
            return Vintage(int(match[1]), match[1])
    for texts in ([source.path.stem], source.sheets, source.above):
        if len(years := {one for text in texts for one in years_in(text)}) == 1:
            return Vintage(min(years), str(min(years)))
    return assumed_current(source.path)


def date_by_rows(intake: Intake, years: Iterable[int]) -> None:
    """Give a file the years of its rows, where no column of its header and no name has them."""
    told = sorted(set(years))
    if told:
        label = str(told[0]) if len(told) == 1 else f"{told[0]}-{told[-1]}"
        intake.vintage = Vintage(told[-1], label)
        intake.account.vintage = label


def budget_law(path: Path) -> int | None:
    """Year of the budget bill (PLF) written in the file's name; None where there is none."""
    match = _BUDGET_LAW.search(path.stem)
    return 2000 + int(match[1]) % 100 if match else None
