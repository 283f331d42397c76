"""Evidence by position: the commune whose polygon holds a point."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
import pyproj
import shapely

from geodata.attachment import ELSEWHERE, Finding
from geodata.geography import Geography
from geodata.typography import NARROW

BORDER_M = 40.0
"""Outlines are generalised: nearer than this to a border, the point alone does not say on which side it is.

Of the 110 points of the real files that fall in the metropole, all fall in the commune that the record names; the
nearest to a border is 50 m from it.
"""
_WEST, _SOUTH, _EAST, _NORTH = -180.0, -90.0, 180.0, 90.0


class PointLocator:
    """Finds the communes of a position in WGS 84 degrees."""

    def __init__(self, geography: Geography) -> None:
        self._codes = np.asarray(geography.communes.index, dtype=object)
        self._shapes = np.asarray(geography.communes.geometry, dtype=object)

    def find(self, longitude: float, latitude: float) -> Finding:
        """The commune of the point; every commune within 40 m, and outside, where a border is that near."""
        remedy = "Vérifiez la longitude et la latitude (degrés décimaux, WGS 84)."
        if not _on_earth(longitude, latitude):
            problem = f"La position ({longitude}{NARROW}; {latitude}) n’existe pas ou est vide."
            return Finding("point", problem=problem, remedy=remedy)
        places = self._near(longitude, latitude)
        if places == (ELSEWHERE,) and _on_earth(latitude, longitude) and self._near(latitude, longitude) != places:
            problem = "La longitude et la latitude semblent inversées."
            return Finding("point", problem=problem, remedy="Échangez les deux colonnes.")
        return Finding("point", places)

    def _near(self, longitude: float, latitude: float) -> tuple[str, ...]:
        point = shapely.Point(*self._projection.transform(longitude, latitude))
        if not math.isfinite(point.x):
            return (ELSEWHERE,)
        near = self._tree.query(point, predicate="dwithin", distance=BORDER_M)
        inside = shapely.distance(self._outer_border, point) > BORDER_M
        codes = tuple(sorted(str(code) for code in self._codes[near]))
        return codes if codes and inside else (*codes, ELSEWHERE)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._shapes)

    @cached_property
    def _outer_border(self) -> shapely.Geometry:
        border = shapely.boundary(shapely.coverage_union_all(self._shapes))
        shapely.prepare(border)
        return border

    @cached_property
    def _projection(self) -> pyproj.Transformer:
        return pyproj.Transformer.from_crs("EPSG:4326", "EPSG:2154", always_xy=True)


def _on_earth(longitude: float, latitude: float) -> bool:
    if longitude == 0 and latitude == 0:
        return False
    return _WEST <= longitude <= _EAST and _SOUTH <= latitude <= _NORTH
