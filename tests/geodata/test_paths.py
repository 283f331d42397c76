from __future__ import annotations

import gzip
import re

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata import geography as geographies
from geodata import perimeter
from geodata.geography import Geography
from geodata.grid import Grid, path_data
from geodata.paths import MapPaths, Shape, grid_of, map_paths

PATHS = {number: map_paths(geographies.load(), number) for number in perimeter.PERIMETERS}
COMMUNE_CODES = sorted(PATHS[95].communes)


def parse(path: str) -> shapely.Geometry:
    """The polygons of a path of relative moves: the exclusive or of its rings, as a browser fills them."""
    x = y = 0
    area: shapely.Geometry = shapely.Polygon()
    for ring in re.findall(r"m([^z]+)z", path):
        moves = [int(number) for number in re.findall(r"-?\d+", ring)]
        points = []
        for dx, dy in zip(moves[::2], moves[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        x, y = points[0]
        area = area.symmetric_difference(shapely.Polygon(points))
    return area


@given(st.sampled_from(COMMUNE_CODES))
def test_a_path_read_back_is_the_commune(code: str) -> None:
    shape = PATHS[95].communes[code]
    read = parse(shape.path)
    square_metres = read.area * PATHS[95].metres_per_unit ** 2
    # Rounding to 3.4 m: half a per cent, save for Lannoy, 18 hectares.
    assert square_metres == pytest.approx(
        geographies.load().communes.geometry[code].area, rel=0.005 if code != "59332" else 0.02
    )
    assert read.contains(shapely.Point(shape.x, shape.y))
    assert read.bounds == shape.box


@pytest.mark.parametrize("number", perimeter.PERIMETERS)
def test_territories_are_drawn_with_the_borders_of_their_communes(number: int) -> None:
    paths = PATHS[number]
    for code, shape in paths.territories.items():
        members = [c for c, territory in perimeter.members(number).items() if territory == code]
        together = shapely.union_all([parse(paths.communes[member].path) for member in members])
        assert parse(shape.path).equals(together)


@pytest.mark.parametrize("number", perimeter.PERIMETERS)
def test_every_commune_is_drawn_once(number: int) -> None:
    paths = PATHS[number]
    assert set(paths.communes) == set(perimeter.members(number))
    assert set(paths.communes) | set(paths.outside) == set(perimeter.members(95))
    assert len(paths.outside) == 95 - number
    assert list(paths.territories) == list("12345678")
    assert shapely.coverage_is_valid([parse(shape.path) for shape in paths.communes.values()])


def test_perimeters_share_one_grid() -> None:
    assert len({(paths.view_box, paths.metres_per_unit) for paths in PATHS.values()}) == 1
    assert PATHS[85].communes["59350"] == PATHS[95].communes["59350"]


def test_the_view_box_holds_every_area() -> None:
    left, top, width, height = PATHS[95].view_box
    assert max(width, height) == 10_200
    frame = shapely.box(left, top, left + width, top + height)
    assert all(frame.contains(shapely.box(*shape.box)) for shape in PATHS[95].communes.values())


def test_north_is_up(geography: Geography) -> None:
    communes = PATHS[95].communes
    assert communes["59279"].y < communes["59350"].y < communes["59133"].y  # Halluin, Lille, Carnin


def test_labels_of_the_territories(geography: Geography) -> None:
    shapes = PATHS[95].territories
    assert all(parse(shape.path).contains(shapely.Point(shape.x, shape.y)) for shape in shapes.values())
    assert min(shape.radius for shape in shapes.values()) > 400


def test_orientation_is_drawn_within_lille() -> None:
    lille = parse(PATHS[95].communes["59350"].path)
    assert set(PATHS[95].orientation) == {"59298", "59355"}
    for path in PATHS[95].orientation.values():
        assert parse(path).difference(lille).area < 50


def test_all_the_paths_are_light() -> None:
    areas: list[Shape] = [*PATHS[95].communes.values(), *PATHS[95].territories.values()]
    assert len(gzip.compress("".join(area.path for area in areas).encode(), 9)) < 10_000


def test_a_point_of_the_ground_goes_where_its_commune_is(geography: Geography) -> None:
    grid = grid_of(geography)
    lille = geography.communes.loc["59350"]
    x, y = grid.point(lille.label_x, lille.label_y)
    assert parse(PATHS[95].communes["59350"].path).contains(shapely.Point(x, y))


def test_rings_that_vanish_on_the_grid_are_left_out() -> None:
    grid = Grid.around((0, 0, 100_000, 50_000))
    specks = shapely.MultiPolygon([shapely.box(0, 0, 50_000, 50_000), shapely.box(60_000, 0, 60_003, 3)])
    assert path_data(grid.place(specks)).count("m") == 1


def test_another_perimeter_is_refused(geography: Geography) -> None:
    with pytest.raises(ValueError, match="périmètre inconnu"):
        map_paths(geography, 100)


def test_paths_are_a_value() -> None:
    paths: MapPaths = PATHS[95]
    with pytest.raises(AttributeError):
        paths.perimeter = 90  # type: ignore[misc]
