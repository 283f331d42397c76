"""The drawing of the map: outlines of a perimeter, frames, points."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import geometry
from geodata.perimeter import PERIMETERS, members
from layers import demonstration

VIEW = (0, 0, 10_000, 9_000)


@pytest.mark.parametrize("perimeter", PERIMETERS)
def test_a_drawing_has_the_areas_of_its_perimeter(perimeter: int) -> None:
    drawn = geometry.drawing(demonstration.release(), perimeter)
    assert set(drawn.shapes("commune")) == set(members(perimeter))
    assert set(drawn.shapes("territory")) == set("12345678")
    assert set(drawn.outside) == set(members()) - set(members(perimeter))
    assert geometry.drawing(demonstration.release(), perimeter) is drawn


def test_the_browser_gets_path_point_radius_and_box() -> None:
    packed = json.loads(json.dumps(geometry.drawing(demonstration.release(), 95).packed()))
    assert (len(packed["territory"]), len(packed["commune"])) == (8, 95)
    assert sorted(name for _, name, *_ in packed["orientation"]) == ["Hellemmes-Lille", "Lomme"]
    for path, x, y, radius, box in packed["commune"].values():
        assert path[0] in "Mm"
        assert box[0] <= x <= box[2]
        assert box[1] <= y <= box[3]
        assert radius > 0


def test_lines_are_those_of_the_other_level() -> None:
    drawn = geometry.drawing(demonstration.release(), 95)
    assert {level: len(lines) for level, lines in drawn.lines.items()} == {"territory": 95, "commune": 8}


@given(st.integers(0, 9000), st.integers(0, 8000), st.integers(1, 1000), st.integers(1, 1000))
def test_a_frame_holds_its_box_and_the_proportions_of_small_ones(x: int, y: int, wide: int, high: int) -> None:
    left, top, width, height = geometry.padded((x, y, x + wide, y + high), VIEW)
    assert left <= x
    assert top <= y
    assert left + width >= x + wide
    assert top + height >= y + high
    assert width >= VIEW[2] / geometry.LEAST


def test_points_fall_where_they_are() -> None:
    release = demonstration.release()
    town = release.geography.communes.loc["59350"]
    shape = geometry.drawing(release, 95).shapes("commune")["59350"]
    label = release.geography.communes.loc[["59350"]].set_geometry(
        release.geography.communes.loc[["59350"]].representative_point()
    )
    point = label.to_crs(4326).geometry.iloc[0]
    ((x, y),) = geometry.place(release, [point.x], [point.y])
    assert town["name"] == "Lille"
    assert shape.box[0] <= x <= shape.box[2]
    assert shape.box[1] <= y <= shape.box[3]
