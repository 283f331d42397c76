"""Which part of France an administration that grants money is over, told by its SIREN.

The numbers of local authorities hold their code (Sirene, numbers attributed since 1983): 21 and the INSEE code of a
commune, 22 and the number of a department, 24 and that of the seat of an intercommunal body.
"""

from __future__ import annotations

from typing import Final

from geodata.perimeter import members

METROPOLE, ELSEWHERE, UNKNOWN = "metropole", "elsewhere", "unknown"
METROPOLITAN: Final = frozenset({"200093201", "245900410"})
"""Lille Métropole since 2020, and before (domain, section 6)."""
HOME: Final = "59"
_COMMUNE, _DEPARTMENT, _INTERCOMMUNAL = "21", "22", "24"


def reach(siren: str | None) -> str:
    """One of the three: within the metropole, where none of it is, or over a territory that may hold both."""
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
