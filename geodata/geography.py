"""The communes and territories of the metropole, read once from the embedded files or from a release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata import coverage
from geodata.folders import EMBEDDED


@dataclass(frozen=True)
class Geography:
    """What the territory is, in Lambert-93 (EPSG:2154, metres). Frames are read, never written.

    `communes` (95 rows, index `code`): `name`, `territory`, `population` (municipal), `population_year`, `area_km2`,
    `entered` (date of entry in the metropole, NaT if before 2011), `label_x`, `label_y`, `label_radius`, `geometry`.
    `territories` (8 rows, index `code` "1" to "8"): `name`, `short_name`, `population`, `area_km2`, labels, `geometry`.
    `orientation`: Hellemmes 59298 and Lomme 59355, outlines only. `census`: 2021 census by commune (`pop`…).
    `neighbours`: communes that share a border, by commune. `manifest`: origins, licences, sums.
    """

    communes: gpd.GeoDataFrame
    territories: gpd.GeoDataFrame
    orientation: gpd.GeoDataFrame
    census: pd.DataFrame
    neighbours: Mapping[str, tuple[str, ...]]
    manifest: Mapping[str, Any]


def load(folder: Path | None = None) -> Geography:
    """Read the geography of `folder` (default: the embedded one); `FileNotFoundError` if a file lacks."""
    source = folder or EMBEDDED
    communes = gpd.read_parquet(source / "communes.parquet")
    return Geography(
        communes=communes,
        territories=gpd.read_parquet(source / "territories.parquet"),
        orientation=gpd.read_parquet(source / "orientation.parquet"),
        census=pd.read_parquet(source / "census.parquet"),
        neighbours=coverage.neighbours(dict(communes.geometry)),
        manifest=json.loads((source / "manifest.json").read_text(encoding="utf-8")),
    )
