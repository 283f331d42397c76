"""Territories and communes as GeoJSON (RFC 7946): WGS 84, six decimals, exterior rings counter-clockwise."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from dashboard.api.route import Asked
from geodata import coverage
from geodata.perimeter import members
from layers.rounding import rounded
from layers.zones import zones

if TYPE_CHECKING:
    from layers.release import Release

DECIMALS = 6
"""Of a degree: about 0.1 m."""

Features = list[dict[str, Any]]
Coordinates = npt.NDArray[np.float64]


def territories(asked: Asked) -> dict[str, Any]:
    """The eight territories of a perimeter, dissolved from its communes."""
    return _collection(asked, "territories", _territories)


def communes(asked: Asked) -> dict[str, Any]:
    """The communes of a perimeter."""
    return _collection(asked, "communes", _communes)


def _collection(asked: Asked, what: str, build: Callable[[Release, int], Features]) -> dict[str, Any]:
    release, perimeter = asked.release, asked.values["perimeter"]
    key = ("geojson", what, perimeter)
    features = release.cache.get(key, lambda: build(release, perimeter))
    return {
        "type": "FeatureCollection",
        **asked.heading(),
        "perimeter": perimeter,
        "population_year": int(release.geography.communes["population_year"].iloc[0]),
        "attributions": list(release.manifest["geography"]["attributions"]),
        "features": features,
    }


def _communes(release: Release, perimeter: int) -> Features:
    belongs = members(perimeter)
    frame, zone_of = release.geography.communes, zones(release)
    features = [
        _feature(code, frame.loc[code], belongs[code], _degrees(frame.geometry.loc[code])) for code in sorted(belongs)
    ]
    for feature in features:
        zone = zone_of.get(feature["id"])
        feature["properties"]["employment_zone"] = asdict(zone) if zone else None
    return features


def _territories(release: Release, perimeter: int) -> Features:
    belongs = members(perimeter)
    frame = release.geography.communes.loc[sorted(belongs)]
    outlines = coverage.dissolve(dict(frame.geometry), {code: belongs[code] for code in frame.index})
    sums = frame.groupby(frame.index.map(belongs))[["population", "area_km2"]].sum()
    sums["name"] = release.geography.territories["name"]
    return [_feature(code, sums.loc[code], code, _degrees(outlines[code])) for code in sorted(outlines)]


def _feature(code: str, area: Any, territory: str, outline: shapely.Geometry) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": code,
        "properties": {
            "code": code,
            "name": str(area["name"]),
            "territory": territory,
            "population": int(area["population"]),
            "area_km2": float(rounded(float(area["area_km2"]), 4)),
        },
        "geometry": json.loads(shapely.to_geojson(outline)),
    }


def _degrees(outline: shapely.Geometry) -> shapely.Geometry:
    """A Lambert-93 outline in rounded degrees, its exterior rings counter-clockwise (RFC 7946, 3.1.6)."""

    def convert(points: Coordinates) -> Coordinates:
        return np.round(np.column_stack(_to_degrees().transform(points[:, 0], points[:, 1])), DECIMALS)

    return shapely.orient_polygons(shapely.transform(outline, convert))


@cache
def _to_degrees() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(2154, 4326, always_xy=True)
