"""The tables of the embedded geography, from outlines and official figures."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd

from geodata import coverage, perimeter
from geodata.build.boundaries import Boundaries
from geodata.build.official_communes import OfficialCommune
from geodata.labels import label_point
from geodata.territories import TERRITORIES

LAMBERT_93 = "EPSG:2154"


def communes(boundaries: Boundaries, official: dict[str, OfficialCommune], population_year: int) -> gpd.GeoDataFrame:
    """The 95 communes by code."""
    entered = {m.commune: m.debut for m in perimeter.memberships()}
    territory = perimeter.members()
    codes = list(boundaries.communes)
    frame = pd.DataFrame(
        {
            "name": [official[code].name for code in codes],
            "territory": [territory[code] for code in codes],
            "population": [official[code].population for code in codes],
            "population_year": population_year,
            "area_km2": [round(boundaries.areas_km2[code], 4) for code in codes],
            "entered": pd.Series([entered[code] for code in codes]).astype("datetime64[ms]").to_numpy(),
        },
        index=pd.Index(codes, name="code"),
    ).astype({"population": "int64", "population_year": "int64"})
    return _with_labels(frame, boundaries.communes)


def territories(communes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The eight territories by code, dissolved from the communes; populations and areas are sums."""
    shapes = coverage.dissolve(dict(communes.geometry), dict(communes["territory"]))
    sums = communes.groupby("territory")[["population", "area_km2"]].sum()
    frame = pd.DataFrame(
        {
            "name": [territory.name for territory in TERRITORIES.values()],
            "short_name": [territory.short_name for territory in TERRITORIES.values()],
            "population": [int(sums.loc[code, "population"]) for code in TERRITORIES],
            "area_km2": [round(float(sums.loc[code, "area_km2"]), 4) for code in TERRITORIES],
        },
        index=pd.Index(list(TERRITORIES), name="code"),
    )
    return _with_labels(frame, {code: shapes[code] for code in TERRITORIES})


def orientation(boundaries: Boundaries, official: dict[str, OfficialCommune]) -> gpd.GeoDataFrame:
    """Outlines of the communes associated with Lille, by code: drawn for orientation, never counted."""
    codes = list(boundaries.associated)
    frame = pd.DataFrame({"name": [official[code].name for code in codes]}, index=pd.Index(codes, name="code"))
    return _with_labels(frame, boundaries.associated)


def _with_labels(frame: pd.DataFrame, shapes: dict[str, Any]) -> gpd.GeoDataFrame:
    labels = [label_point(shapes[code]) for code in frame.index]
    frame["label_x"] = [round(label.x, 1) for label in labels]
    frame["label_y"] = [round(label.y, 1) for label in labels]
    frame["label_radius"] = [round(label.radius, 1) for label in labels]
    return gpd.GeoDataFrame(frame, geometry=[shapes[code] for code in frame.index], crs=LAMBERT_93)
