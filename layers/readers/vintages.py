"""Years and editions, read in a file's name where its contents do not say them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from layers.readers.columns import Located
from layers.readers.intake import Vintage
from layers.sourcefile import SourceFile

_YEAR_MONTH = re.compile(r"(?<!\d)(20\d{2})[-_](0[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_BUDGET_LAW = re.compile(r"plf[-_ ]?(20\d{2}|\d{2})(?!\d)", re.IGNORECASE)
PAYMENT_LAG: Final = 2


def named(path: Path) -> Vintage | None:
    """Edition written in the file's name, ``…_2020-12_…`` or ``…_2020_…``; None where there is none."""
    if match := _YEAR_MONTH.search(path.stem):
        return Vintage(int(match[1]), f"{match[1]}-{match[2]}")
    if match := _YEAR.search(path.stem):
        return Vintage(int(match[1]), match[1])
    return None


def asked(path: Path, year: int | None) -> Vintage | None:
    """Edition by the year asked for on the command line; that of the name where both agree on the year."""
    if year is None:
        return None
    written = named(path)
    return written if written and written.year == year else Vintage(year, str(year))


def assumed_current(path: Path) -> Vintage:
    """Current year, said to be an assumption: a list without a date is taken as received today."""
    year = datetime.now(tz=UTC).year
    return Vintage(
        year,
        f"{year} (supposé)",
        f"Ni le nom du fichier « {path.name} » ni son contenu ne donnent de millésime : année {year} retenue."
        " Préciser l’année avec --year.",
    )


def of_list(source: SourceFile, located: Located, year: int | None) -> Vintage:
    """Edition of a list whose rows carry no date: the year asked for, the file's name, else today's."""
    return asked(source.path, year) or named(source.path) or assumed_current(source.path)


def budget_law(path: Path) -> int | None:
    """Year of the budget bill (PLF) written in the file's name; None where there is none."""
    match = _BUDGET_LAW.search(path.stem)
    return 2000 + int(match[1]) % 100 if match else None
