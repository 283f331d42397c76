"""The record of where every embedded file comes from: what the method page and the attributions are written from."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geodata import perimeter
from geodata.build.boundaries import TOLERANCE_M
from geodata.build.packages import PACKAGES, POPULATION_YEAR, Package

MEMBERSHIP_SOURCE = {
    "file": "communes_territoires.csv",
    "brings": "appartenance des communes aux territoires et dates d’entrée",
    "vintage": "périmètre du 14 mars 2020",
    "attribution": "Territoires et dates d’entrée : scripts publics du SIG de la MEL (meldig/SQL, 13 juin 2022)",
}


def make(folder: Path, rows: dict[str, int], totals: dict[str, float]) -> dict[str, Any]:
    """Origins, versions, sums and row counts; no date of making, so that two builds give the same bytes."""
    return {
        "format": 1,
        "crs": "EPSG:2154",
        "simplification_m": TOLERANCE_M,
        "population_year": POPULATION_YEAR,
        "packages": [_origin(package) for package in PACKAGES],
        "membership": {**MEMBERSHIP_SOURCE, "sha256": digest(perimeter.REFERENCE)},
        "totals": totals,
        "files": {
            path.name: {"sha256": digest(path), "bytes": path.stat().st_size, "rows": rows[path.name]}
            for path in sorted(folder.iterdir())
            if path.name in rows
        },
    }


def digest(path: Path) -> str:
    """Sha256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _origin(package: Package) -> dict[str, Any]:
    return {**asdict(package), "members": list(package.members)}
