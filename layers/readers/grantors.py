"""Which part of France an administration that grants money is over, told by its SIREN.

The numbers of local authorities hold their code (Sirene, numbers attributed since 1983): 21 and the INSEE code of a
commune, 22 and the number of a department, 24 and that of the seat of an intercommunal body.
"""

from __future__ import annotations

import re
from typing import Final

from geodata import gazetteer
from geodata.names import normalise
from geodata.perimeter import members
from layers.cache import Remembered

METROPOLE, ELSEWHERE, UNKNOWN, STRANGE = "metropole", "elsewhere", "unknown", "strange"
METROPOLITAN: Final = frozenset({"200093201", "245900410"})
"""Lille Métropole since 2020, and before (domain, section 6)."""
HOME: Final = "59"
_COMMUNE, _DEPARTMENT, _INTERCOMMUNAL = "21", "22", "24"


_NAMED: Final = (
    (re.compile(r".*\b(?:metropole europeenne de lille|lille metropole|mel)\b.*"), METROPOLE),
    (re.compile(r"(?:conseil )?(?:departement|departemental|general)(?: du)? nord|(?:conseil )?(?:region|regional)\b.*"
                r"(?:hauts de france|nord pas de calais|picardie)|etat\b.*|.*\b(?:prefecture|ministere|dreets|drac|"
                r"ddcs|drajes|caf|cpam|ars|ademe|agence)\b.*"), UNKNOWN),
)  # fmt: skip
_OFFICE = re.compile(
    r"(?:ville|commune|mairie|ccas|cias|metropole|centre communal d action sociale) (?:de |d |du |des )?(.+)"
)
_OWN_NUMBER: Final = frozenset({"21", "22", "23", "24"})
"""Beginnings of the SIREN that hold the number of a territory."""


def reach(siren: str | None, name: str = "") -> str:
    """Where who gives may give: within the metropole, where none of it is, over a territory that may hold both.

    ``strange`` where there is a name, and neither it nor the number says any of the three.
    """
    told = _by_number(siren)
    if told != UNKNOWN or (siren and siren[:2] in _OWN_NUMBER) or not name:
        return told
    return _by_name(name)


def _told_by(name: str) -> str:
    plain = normalise(name).lower()
    office = _OFFICE.fullmatch(plain)
    places = gazetteer.load().named(office[1] if office else plain)
    if places:
        return METROPOLE if any(place.commune in members() for place in places) else ELSEWHERE
    return next((found for pattern, found in _NAMED if pattern.fullmatch(plain)), STRANGE)


_by_name: Final[Remembered[str]] = Remembered("grantors", _told_by, most=1024, longest=300)


def _by_number(siren: str | None) -> str:
    if siren is None:
        return UNKNOWN
    if siren in METROPOLITAN:
        return METROPOLE
    kind, department = siren[:2], siren[2:4]
    if kind == _COMMUNE:
        return METROPOLE if department + siren[5:8] in members() else ELSEWHERE
    if kind in (_DEPARTMENT, _INTERCOMMUNAL) and department != HOME:
        return ELSEWHERE
    return UNKNOWN
