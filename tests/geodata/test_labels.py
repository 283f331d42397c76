from __future__ import annotations

import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from geodata.labels import label_point


def test_a_crescent_holds_its_label() -> None:
    crescent = shapely.Point(0, 0).buffer(100).difference(shapely.Point(40, 0).buffer(90))
    label = label_point(crescent)
    assert crescent.contains(shapely.Point(label.x, label.y))
    assert not crescent.contains(crescent.centroid)


def test_an_exclave_does_not_attract_the_label() -> None:
    area = shapely.MultiPolygon([box(0, 0, 10, 10), box(100, 0, 200, 100)])
    label = label_point(area)
    assert (label.x, label.y) == (150, 50)
    assert 49 <= label.radius <= 50


def test_a_long_rectangle_is_labelled_in_its_middle() -> None:
    label = label_point(box(0, 0, 1000, 10))
    assert abs(label.x - 500) < 1


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=3, max_size=12))
def test_the_label_is_always_inside_with_its_clearance(points: list[tuple[int, int]]) -> None:
    area = shapely.concave_hull(shapely.MultiPoint(points), ratio=0.2)
    if area.geom_type != "Polygon" or area.area < 100:
        return
    label = label_point(area)
    disc = shapely.Point(label.x, label.y).buffer(label.radius * 0.999)
    assert disc.difference(area).area < 1e-3 * disc.area
