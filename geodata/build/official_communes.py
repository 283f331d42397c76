"""What the official list says of the communes: names, populations, post codes, former codes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

CURRENT = "commune-actuelle"


@dataclass(frozen=True)
class OfficialCommune:
    """One entry of the list. `attached_to` is the commune it is a part of, itself for a commune."""

    code: str
    name: str
    current: bool
    attached_to: str
    department: str
    postcodes: tuple[str, ...]
    former_codes: tuple[str, ...]
    population: int | None


def read(content: bytes) -> list[OfficialCommune]:
    """Every commune, associated or delegated commune and municipal district of France, by code."""
    entries = [_entry(raw) for raw in json.loads(content)]
    return sorted(entries, key=lambda entry: (entry.code, not entry.current))


def typeset(name: str) -> str:
    """French typography: the official list writes straight apostrophes.

    >>> typeset("Villeneuve-d'Ascq")
    'Villeneuve-d’Ascq'
    """
    return name.replace("'", "’")


def _entry(raw: dict[str, Any]) -> OfficialCommune:
    return OfficialCommune(
        code=raw["code"],
        name=typeset(raw["nom"]),
        current=raw["type"] == CURRENT,
        attached_to=raw.get("chefLieu") or raw.get("commune") or raw["code"],
        department=raw.get("departement") or raw["collectiviteOutremer"]["code"],
        postcodes=tuple(raw.get("codesPostaux", ())),
        former_codes=tuple(raw.get("anciensCodes", ())),
        population=raw.get("population"),
    )
