"""Which zone of a national zoning each commune is in: an attribute of the commune, never a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from layers.release import Release

EMPLOYMENT: Final = "employment"
ZONINGS: Final = (EMPLOYMENT,)


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone: its official code and name, and the year of the zoning."""

    code: str
    name: str
    year: int


def zones(release: Release, zoning: str = EMPLOYMENT) -> Mapping[str, Zone]:
    """Zone of each commune in the latest year of a zoning; a commune that no file tells is not there."""
    table = release.zones[release.zones["zoning"] == zoning]
    latest = table[table["year"] == table["year"].max()] if len(table) else table
    told = zip(latest["commune"], latest["code"], latest["label"], latest["year"], strict=True)
    return {str(commune): Zone(str(code), str(label), int(year)) for commune, code, label, year in told}
