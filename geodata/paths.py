"""The map as SVG path data: communes, territories and outlines on one integer grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import shapely

from geodata import coverage
from geodata.geography import Geography
from geodata.grid import Grid, path_data
from geodata.labels import label_point
from geodata.perimeter import members

MARGIN = 100


@dataclass(frozen=True)
class Shape:
    """One area on the grid: path, label point with the radius of the free disc around it, box (x0, y0, x1, y1)."""

    path: str
    x: int
    y: int
    radius: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class MapPaths:
    """A map, y down. The view box and the grid are the same for every perimeter, so that maps can be compared.

    `communes` and `territories`: members of the perimeter, territories dissolved from them. `outside`: communes of
    today's metropole that had not entered yet. `orientation`: outlines inside Lille, never areas.
    """

    perimeter: int
    view_box: tuple[int, int, int, int]
    metres_per_unit: float
    communes: dict[str, Shape]
    territories: dict[str, Shape]
    outside: dict[str, Shape]
    orientation: dict[str, str]


def grid_of(geography: Geography) -> Grid:
    """Grid of all the maps of a geography: places points of actors on them too."""
    return Grid.around(tuple(geography.communes.total_bounds))


def map_paths(geography: Geography, perimeter: int) -> MapPaths:
    """Paths of one perimeter (85, 90 or 95); `ValueError` for another."""
    territory_of = members(perimeter)
    grid = grid_of(geography)
    placed = {code: grid.place(shape) for code, shape in geography.communes.geometry.items()}
    territories = coverage.dissolve(placed, dict(sorted(territory_of.items(), key=lambda pair: pair[::-1])))
    shapes = {code: _shape(area) for code, area in placed.items()}
    return MapPaths(
        perimeter=perimeter,
        view_box=_view_box(placed.values()),
        metres_per_unit=grid.metres_per_unit,
        communes={code: shape for code, shape in shapes.items() if code in territory_of},
        territories={code: _shape(area) for code, area in territories.items()},
        outside={code: shape for code, shape in shapes.items() if code not in territory_of},
        orientation={code: path_data(grid.place(area)) for code, area in geography.orientation.geometry.items()},
    )


def _shape(area: Any) -> Shape:
    label = label_point(area)
    west, north, east, south = (int(side) for side in shapely.bounds(area))
    return Shape(path_data(area), round(label.x), round(label.y), int(label.radius), (west, north, east, south))


def _view_box(areas: Iterable[Any]) -> tuple[int, int, int, int]:
    west, north, east, south = (int(side) for side in shapely.total_bounds(list(areas)))
    return west - MARGIN, north - MARGIN, east - west + 2 * MARGIN, south - north + 2 * MARGIN
