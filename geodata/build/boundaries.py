"""Outlines of the 95 communes and of the two communes associated with Lille, cleaned as one coverage."""

from __future__ import annotations

import csv
import io
import lzma
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyproj
import shapely

from geodata import coverage

LILLE = "59350"
ASSOCIATED = ("59298", "59355")
TOLERANCE_M = 30.0
"""The source is already generalised (one vertex every 500 m or so): 30 m only removes aligned vertices."""
_DECIMALS = 1
_KM2 = 1e6
_EQUAL_AREA = pyproj.Transformer.from_crs("EPSG:2154", "EPSG:3035", always_xy=True)
"""To the equal-area projection of European statistics (ETRS89-LAEA)."""
_FIELD_LIMIT = 10**8


@dataclass(frozen=True)
class Boundaries:
    """Lambert-93 polygons by code; areas in km² on the ellipsoid, of the cleaned outlines before simplification."""

    communes: dict[str, Any]
    associated: dict[str, Any]
    areas_km2: dict[str, float]


def read(content: bytes, codes: Collection[str]) -> dict[str, Any]:
    """Polygons in Lambert-93 of the wanted communes, as published."""
    csv.field_size_limit(_FIELD_LIMIT)
    lines = csv.DictReader(io.StringIO(lzma.decompress(content).decode("utf-8")))
    wanted = {row["code"]: row["geometry"] for row in lines if row["code"] in codes and row["type"] in {"COM", "COMA"}}
    missing = sorted(set(codes) - wanted.keys())
    if missing:
        raise ValueError(f"contours absents du paquet : {', '.join(missing)}")
    shapes = shapely.from_wkb([bytes.fromhex(wanted[code]) for code in sorted(wanted)])
    to_lambert = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:2154", always_xy=True)
    projected = shapely.transform(shapes, to_lambert.transform, interleaved=False)
    return dict(zip(sorted(wanted), projected, strict=True))


def make(published: dict[str, Any]) -> Boundaries:
    """Clean the published outlines as a coverage, measure them, then simplify them as a coverage.

    Lille enters in three parts (Hellemmes, Lomme, the rest), so that the outlines of orientation keep
    sharing their borders with the communes around.
    """
    parts = _split_lille(published)
    cleaned = _by_code(parts, coverage.clean(list(parts.values())))
    simplified = _by_code(parts, coverage.simplify(list(cleaned.values()), TOLERANCE_M))
    rounded = {code: shapely.transform(shape, _round) for code, shape in simplified.items()}
    owners = {code: LILLE if code in ASSOCIATED else code for code in sorted(parts)}
    communes = coverage.dissolve(rounded, owners)
    coverage.check(list(communes.values()))
    areas = {code: area_km2(shape) for code, shape in coverage.dissolve(cleaned, owners).items()}
    return Boundaries(
        communes=dict(sorted(communes.items())),
        associated={code: shapely.normalize(rounded[code]) for code in ASSOCIATED},
        areas_km2=areas,
    )


def area_km2(shape: Any) -> float:
    """Area in km² on the ellipsoid of a polygon in Lambert-93, whose own areas are 0.3 % too large at Lille.

    Lambert-93 keeps angles, not areas (Insee and IGN publish areas of the cadastre or of the ellipsoid).
    """
    return float(shapely.area(shapely.transform(shape, _EQUAL_AREA.transform, interleaved=False))) / _KM2


def _split_lille(published: dict[str, Any]) -> dict[str, Any]:
    parts = dict(sorted(published.items()))
    for code in ASSOCIATED:
        parts[code] = shapely.intersection(parts[code], published[LILLE])
        parts[LILLE] = shapely.difference(parts[LILLE], parts[code])
    return parts


def _by_code(parts: dict[str, Any], shapes: np.ndarray[Any, Any]) -> dict[str, Any]:
    return dict(zip(parts, shapes, strict=True))


def _round(coordinates: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """To 0.1 m: the same vertex rounds the same way on both sides of a border."""
    return np.round(coordinates, _DECIMALS)
