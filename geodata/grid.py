"""The integer grid on which maps are drawn, and SVG path data on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

LONG_SIDE = 10_000
_SMALLEST_RING = 3


@dataclass(frozen=True)
class Grid:
    """Lambert-93 metres to whole units, y down, origin at the north-west corner of the area drawn."""

    west: float
    north: float
    metres_per_unit: float

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float]) -> Grid:
        """Grid whose long side is 10,000 units on these bounds (west, south, east, north)."""
        west, south, east, north = bounds
        return cls(west, north, max(east - west, north - south) / LONG_SIDE)

    def place(self, geometry: Any) -> Any:
        """Geometry with every vertex on the grid; shared vertices stay shared."""
        return shapely.transform(geometry, self._units)

    def point(self, x: float, y: float) -> tuple[int, int]:
        """Nearest grid point of a position in metres."""
        column, row = self._units(np.array([[x, y]]))[0]
        return int(column), int(row)

    def _units(self, coordinates: NDArray[Any]) -> NDArray[Any]:
        offsets = (coordinates - (self.west, self.north)) / (self.metres_per_unit, -self.metres_per_unit)
        return np.round(offsets)


def path_data(area: Any) -> str:
    """SVG path of a polygon on the grid: a relative `m…z` a ring, rings without surface left out."""
    start = (0, 0)
    parts = []
    for ring in _rings(area):
        parts.append("m" + "".join(_steps(start, ring)).lstrip() + "z")
        start = ring[0]
    return "".join(parts)


def _rings(area: Any) -> Iterator[list[tuple[int, int]]]:
    for polygon in shapely.get_parts(area):
        for ring in (polygon.exterior, *polygon.interiors):
            points = _without_repeats([(int(x), int(y)) for x, y in shapely.get_coordinates(ring)])
            if len(points) >= _SMALLEST_RING and shapely.area(shapely.Polygon(points)) > 0:
                yield points


def _without_repeats(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _steps(start: tuple[int, int], ring: list[tuple[int, int]]) -> Iterator[str]:
    """Relative moves with the shortest separators: a minus sign needs no space before it."""
    x, y = start
    for to_x, to_y in ring:
        for move in (to_x - x, to_y - y):
            yield str(move) if move < 0 else f" {move}"
        x, y = to_x, to_y
