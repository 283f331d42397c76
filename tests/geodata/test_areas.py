"""Areas are those of the ground: Lambert-93 keeps angles, and makes Lille 0.3 % too large."""

from __future__ import annotations

import pyproj
import pytest
import shapely

from geodata.build.boundaries import area_km2
from geodata.geography import load

TO_DEGREES = pyproj.Transformer.from_crs("EPSG:2154", "EPSG:4326", always_xy=True)


def geodesic(shape: shapely.Geometry) -> float:
    area, _ = pyproj.Geod(ellps="GRS80").geometry_area_perimeter(
        shapely.transform(shape, TO_DEGREES.transform, interleaved=False)
    )
    return abs(area) / 1e6


def test_embedded_areas_are_those_of_the_ellipsoid() -> None:
    """The outlines that are drawn are simplified: a commune differs by a part of a hundred, the whole by none."""
    geography = load()
    for frame in (geography.communes, geography.territories):
        found = frame.geometry.map(geodesic)
        assert frame["area_km2"].to_numpy() == pytest.approx(found.to_numpy(), rel=0.02)
        assert frame["area_km2"].sum() == pytest.approx(found.sum(), rel=2e-5)
    assert geography.communes["area_km2"].sum() == pytest.approx(673.18, abs=0.01)


def test_an_area_is_that_of_the_ellipsoid_wherever_it_is() -> None:
    for x, y in ((700_000, 7_060_000), (650_000, 6_860_000), (890_000, 6_250_000)):
        square = shapely.box(x, y, x + 10_000, y + 10_000)
        assert area_km2(square) == pytest.approx(geodesic(square), rel=1e-5)
