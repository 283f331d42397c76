"""The metropole through time: 85 communes, 90 from 2017, 95 from 14 March 2020 (domain specification, section 6)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from geodata.typography import NO_BREAK

REFERENCE = Path(__file__).parent / "reference" / "communes_territoires.csv"
SINCE_BEFORE_2011 = "avant_2011"

PERIMETERS = (85, 90, 95)
CURRENT = 95
_STARTS = {90: date(2017, 1, 1), 95: date(2020, 3, 14)}
_LABELS = {
    85: "Périmètre à 85 communes (jusqu’au 31 décembre 2016)",
    90: "Périmètre à 90 communes (du 1ᵉʳ janvier 2017 au 13 mars 2020)",
    95: "Périmètre à 95 communes (depuis le 14 mars 2020)",
}

ENTRIES = {
    90: f"Le 1ᵉʳ janvier 2017, Aubers, Bois-Grenier, Fromelles, Le Maisnil et Radinghem-en-Weppes entrent dans la "
    f"métropole, dans le Territoire des Weppes{NO_BREAK}: elle passe de 85 à 90 communes.",
    95: f"Le 14 mars 2020, Allennes-les-Marais, Annœullin, Bauvin, Carnin et Provin entrent dans la métropole, en "
    f"Couronne Sud de Lille{NO_BREAK}: elle passe de 90 à 95 communes.",
}
"""Who entered, French, by the perimeter that it made."""


@dataclass(frozen=True)
class Membership:
    """A commune in a territory from `debut` (None: before 2011) to `fin` (None: still)."""

    commune: str
    territory: str
    debut: date | None
    fin: date | None = None


@cache
def memberships() -> tuple[Membership, ...]:
    """The 95 memberships of the reference table, by territory then commune."""
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Membership(row["code_commune"], row["code_territoire"], _entry(row["entree_epci"]))
            for row in csv.DictReader(lines)
        )


def members(perimeter: int = CURRENT) -> dict[str, str]:
    """Territory code by commune code, for one of `PERIMETERS`; `ValueError` for another number."""
    label(perimeter)
    last_entry = _STARTS.get(perimeter, date.min)
    return {m.commune: m.territory for m in memberships() if (m.debut or date.min) <= last_entry}


def at(day: date) -> int:
    """Perimeter in force on `day`; the oldest known one before 2017."""
    return max((p for p, start in _STARTS.items() if start <= day), default=PERIMETERS[0])


def of_year(year: int) -> int:
    """Perimeter in force at the end of a year."""
    return at(date(year, 12, 31))


def label(perimeter: int) -> str:
    """French label with the dates of validity; `ValueError` for a number that is not one of `PERIMETERS`."""
    if perimeter not in _LABELS:
        raise ValueError(f"périmètre inconnu{NO_BREAK}: {perimeter} (attendu{NO_BREAK}: 85, 90 ou 95)")
    return _LABELS[perimeter]


def _entry(text: str) -> date | None:
    return None if text == SINCE_BEFORE_2011 else date.fromisoformat(text)
