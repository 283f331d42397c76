"""Insee's files since 2023 (``DS_…``, in the terms of SDMX): one line a place, measure, period and cut.

Whatever they measure, they have the same columns: ``GEO``, ``GEO_OBJECT``, a ``…_MEASURE``, ``TIME_PERIOD``,
``OBS_VALUE`` and its statuses; any other column is a cut, whose total is ``_T``, or a note. Read here: what is a total
in all its cuts, of communes. The rest is counted, and measures that are not read are named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from layers.headings import normalised
from layers.readers import communal, vintages
from layers.readers.columns import Column
from layers.readers.communal import Measured
from layers.readers.intake import Intake, Record
from layers.readers.reader import Reader, Records
from layers.readers.rows import Row
from layers.recognition.spellings import spelled
from layers.typography import grouped
from layers.values.numbers import Value, count_value, value
from layers.values.periods import YEARLY, Period, period_of

COMMUNE_LEVEL: Final = "COM"
TOTALS: Final = frozenset({"", "_T", "_Z"})
SUPPRESSED: Final = frozenset({"K", "Q", "C", "S"})
MISSING: Final = frozenset({"M", "O", "L"})
FREE: Final = frozenset({"", "F"})
"""``CONF_STATUS`` of what may be published; anything else is a secret."""
_WITH_LEVEL = re.compile(r"(?:\d{4}-)?([A-Z][A-Z0-9]*)-([0-9A-Z]+)")
_NOTES: Final = frozenset(("unit_measure", "freq", "decimals", "dataset", "source", "base_per", "last_update"))
"""Columns that cut nothing; nor do those whose title ends by ``label`` or begins by ``lib``."""
_MOST_POWER: Final = 9

GEO: Final = (Column("geo", "GEO"), Column("level", "GEO_OBJECT", required=False))
OBSERVED: Final = (
    Column("year", "TIME_PERIOD"),
    Column("number", "OBS_VALUE", spelled("OBS_VALUE (niveau)")),
    Column("status", "OBS_STATUS", required=False),
    Column("secrecy", "CONF_STATUS", required=False),
    Column("power", "UNIT_MULT", required=False),
)
Key = tuple[str, str, Period]
"""Commune, variable, period."""


@dataclass(slots=True)
class Places:
    """The communes of rows that have several levels; those outside are known again at no cost."""

    other_levels: int = 0
    elsewhere: set[str] = field(default_factory=set)

    def commune(self, intake: Intake, row: Row, *, levelled: bool = False) -> str | None:
        """The commune of a row; None once it is ruled on. *levelled*: a row that tells no level is refused."""
        level, code = geography(row)
        if level not in (COMMUNE_LEVEL, "") or code in self.elsewhere:
            self.other_levels += level not in (COMMUNE_LEVEL, "")
            intake.account.count("outside")
            return None
        if levelled and not level:
            remedy = "Reprendre le fichier d’origine, avec sa colonne GEO_OBJECT."
            intake.reject(row, "geo", "niveau géographique absent", remedy)
            return None
        place = communal.commune(intake, row, "geo", code)
        if place is None and intake.attacher.attach(insee=code).status == "outside":
            self.elsewhere.add(code)
        return place

    def tell(self, intake: Intake) -> None:
        """Say how many rows are of another level."""
        message = "Lignes d’un autre niveau que la commune (département, zone d’emploi, bassin de vie…), non lues"
        intake.account.warn("other_levels", f"{message}.", self.other_levels)


@dataclass(slots=True)
class _Work:
    told: dict[Key, tuple[Row, Value]] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    cuts: Counter[str] = field(default_factory=Counter)
    places: Places = field(default_factory=Places)


def geography(row: Row) -> tuple[str, str]:
    """Level and code of a row: in two columns, or in one as the interface writes them (``2024-COM-59350``)."""
    return geography_of(row["geo"].upper(), row["level"])


def geography_of(text: str, level: str) -> tuple[str, str]:
    """As `geography`, of the texts of a cell and of its level."""
    if match := _WITH_LEVEL.fullmatch(text.upper()):
        return match[1], match[2]
    return level.upper(), text


def observed(row: Row, *, whole: bool = False, text: str | None = None) -> Value | None:
    """The value and its state: withheld stays so, whatever the cell says; None where it is unreadable.

    A power of ten (``UNIT_MULT``) is applied; *whole* values are rounded. *text* is of another
    cell than that of the number.
    """
    status = row["status"].upper()
    if status in SUPPRESSED or row["secrecy"].upper() not in FREE:
        return Value(None, "suppressed")
    if status in MISSING:
        return Value(None, "missing")
    found, power = (count_value if whole else value)(row["number"] if text is None else text), row["power"] or "0"
    untold = found is None or (text is None and not row["number"])
    if found is None or untold or not power.isdecimal() or int(power) > _MOST_POWER:
        return None
    return found if found.number is None else replace(found, number=found.number * 10 ** int(power))


def reader(wide: Reader, measure: Column, codes: Mapping[str, Measured]) -> Reader:
    """The reader of the long form of the kind of *wide*: *codes* are what is read, by the code of the *measure*."""
    columns = (*GEO, measure, *OBSERVED)
    return replace(wide, columns=columns, read=lambda intake: _read(intake, codes), vintage=vintages.of_rows)


def _read(intake: Intake, codes: Mapping[str, Measured]) -> Records:
    work, of_cut = _Work(), dict(cuts(intake))
    for row in intake.rows():
        if (commune := work.places.commune(intake, row)) is not None:
            _row(intake, row, work, commune, _of(row, codes, of_cut))
    _tell(intake, work)
    vintages.date_by_rows(intake, {period.year for _, _, period in work.told})
    return {"observations": list(_records(intake, work))}


def cuts(intake: Intake) -> Iterator[tuple[int, str]]:
    """Columns that may cut a measure: all but those that are read, and notes."""
    read = {at for places in intake.located.values() for at in places}
    for at, title in enumerate(intake.source.header):
        plain = normalised(title)
        if at not in read and plain not in _NOTES and not plain.startswith("lib") and not plain.endswith("label"):
            yield at, title


def _of(row: Row, codes: Mapping[str, Measured], cuts: Mapping[int, str]) -> tuple[Measured | None, str]:
    """What a row measures, where it is read; else what cuts it, where something does."""
    cut = next((title for at, title in cuts.items() if row.cells[at].upper() not in TOTALS), "")
    return (None if cut else codes.get(row["measure"].upper())), cut


def _row(intake: Intake, row: Row, work: _Work, commune: str, of: tuple[Measured | None, str]) -> None:
    measured, cut = of
    if measured is None:
        (work.cuts if cut else work.unread)[cut or row["measure"]] += 1
        intake.account.count("control")
        return
    period = period_of(row["year"])
    if period is None or (period.of != YEARLY and not measured.averaged):
        intake.reject(row, "year", "période illisible", "Une année en quatre chiffres (2021).")
        return
    told = observed(row, whole=measured.whole)
    found = communal.accepted(intake, row, measured, told, (intake.header("number"), row["number"]))
    if found is not None:
        keep(intake, row, work.told, (commune, measured.variable, period), found)


def keep(intake: Intake, row: Row, told: dict[Key, tuple[Row, Value]], key: Key, found: Value) -> bool:
    """Keep the value of a row, which is then accepted; else whether it was told before, or contradicts it, is ruled."""
    before = told.setdefault(key, (row, found))
    if before[0] is row:
        intake.accept(key[0])
    elif before[1] == found:
        intake.repeat(row, f"{key[0]}, {row['measure']}, {row['year']}", before[0].line)
    else:
        reason = f"même commune, même mesure et autre valeur que ligne {before[0].line}"
        intake.reject(row, "number", reason, "Garder une seule valeur par commune, mesure et période.")
    return before[0] is row


def _tell(intake: Intake, work: _Work) -> None:
    for code, message, counts in (
        ("unread_measures", "Mesures non lues", work.unread),
        ("cuts", "Lignes d’une partie (âge, sexe, taille…), que leur total contient, non lues", work.cuts),
    ):
        if counts:
            named = ", ".join(f"{name} ({grouped(number)})" for name, number in counts.most_common())
            intake.account.warn(code, f"{message} : {named}.", counts.total())
    work.places.tell(intake)


def _records(intake: Intake, work: _Work) -> Iterator[Record]:
    parts: dict[tuple[str, str], list[communal.Count]] = {}
    for (commune, variable, period), (row, found) in work.told.items():
        if period.of == YEARLY:
            yield communal.observation(intake, row, commune, (variable, period.year), found)
        elif found.number is not None:
            parts.setdefault((commune, variable), []).append((period, row, found.number))
    for (commune, variable), counts in parts.items():
        yield from communal.yearly(intake, commune, variable, counts)
