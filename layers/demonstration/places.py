"""Where the fictitious structures stand: communes by population, points inside their outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from layers.demonstration.origin import Integers

if TYPE_CHECKING:
    from geodata.geography import Geography

Points = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

CITY_DENSITY, URBAN_DENSITY, RURAL_DENSITY = 6000, 2500, 600
"""Inhabitants by km² from which a commune has more structures by inhabitant, and under which it has fewer."""
CITY_WEIGHT, URBAN_WEIGHT, TOWN_WEIGHT, RURAL_WEIGHT = 180, 110, 85, 60
CITY_PRIORITY, URBAN_PRIORITY = 32, 14
"""Per cent of the structures of such communes that stand in an invented priority neighbourhood; none elsewhere."""
CLEARANCE = 2
"""Metres kept from the outline, so that rounding degrees leaves the point inside."""


def commune_weights(geography: Geography, source: np.random.Generator) -> Integers:
    """Whole weights in the order of the communes: population, more in town, and a part of chance."""
    population = geography.communes["population"].to_numpy(dtype=np.int64)
    density = population // geography.communes["area_km2"].to_numpy().astype(np.int64).clip(1)
    town = np.where(density >= URBAN_DENSITY, URBAN_WEIGHT, TOWN_WEIGHT)
    town = np.where(density >= CITY_DENSITY, CITY_WEIGHT, town)
    town = np.where(density < RURAL_DENSITY, RURAL_WEIGHT, town)
    chance = source.integers(75, 126, len(population))
    return np.asarray(population * town * chance, dtype=np.int64)


def points(geography: Geography, communes: Integers, source: np.random.Generator) -> Points:
    """One point (longitude, latitude) inside the outline of each commune, given by its place in the table."""
    outlines = geography.communes.geometry.to_numpy()
    found = np.zeros((len(communes), 2))
    for place in np.unique(communes):
        here = np.flatnonzero(communes == place)
        found[here] = _inside(outlines[place], len(here), source)
    return _degrees(found)


def priority(
    geography: Geography, communes: Integers, addressed: Flags, source: np.random.Generator
) -> list[str | None]:
    """Whether each structure is ``in`` or ``out`` of an invented priority neighbourhood; None without an address."""
    density = geography.communes["population"].to_numpy(dtype=np.int64) // geography.communes["area_km2"].to_numpy()
    percent = np.select([density >= CITY_DENSITY, density >= URBAN_DENSITY], [CITY_PRIORITY, URBAN_PRIORITY], 0)
    inside = source.integers(0, 100, len(communes)) < percent[communes]
    return [("in" if i else "out") if a else None for i, a in zip(inside, addressed, strict=True)]


def label_points(geography: Geography, communes: Integers) -> Points:
    """The label point of each commune, in degrees: where a record is drawn that has no address."""
    labels = geography.communes[["label_x", "label_y"]].to_numpy(dtype=float)
    return _degrees(labels)[communes]


def _inside(outline: shapely.Geometry, wanted: int, source: np.random.Generator) -> Points:
    left, bottom, right, top = (int(bound) for bound in outline.bounds)
    shapely.prepare(outline)
    kept = np.zeros((0, 2))
    while len(kept) < wanted:
        tries = 4 * wanted + 20
        x = source.integers(left, right + 1, tries) + 0.5
        y = source.integers(bottom, top + 1, tries) + 0.5
        inside = np.ones(tries, dtype=bool)
        for dx, dy in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
            inside &= shapely.contains_xy(outline, x + dx * CLEARANCE, y + dy * CLEARANCE)
        kept = np.concatenate([kept, np.column_stack([x, y])[inside]])
    return kept[:wanted]


def _degrees(metres: Points) -> Points:
    to_degrees = pyproj.Transformer.from_crs(2154, 4326, always_xy=True)
    longitude, latitude = to_degrees.transform(metres[:, 0], metres[:, 1])
    return np.round(np.column_stack([longitude, latitude]), 6)
