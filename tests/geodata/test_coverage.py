from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from geodata import coverage
from geodata import geography as geographies

COMMUNES = dict(geographies.load().communes.geometry)
CODES = sorted(COMMUNES)


def test_the_communes_are_one_coverage_without_hole() -> None:
    shapes = list(COMMUNES.values())
    assert shapely.coverage_is_valid(shapes)
    assert coverage.gaps(shapes) == []
    union = shapely.union_all(shapes)
    assert union.geom_type == "Polygon"
    assert union.area == pytest.approx(sum(shape.area for shape in shapes), abs=0.01)


@pytest.mark.parametrize(("one", "other"), [("59193", "59316"), ("59193", "59437"), ("59316", "59437")])
def test_the_three_communes_published_with_crossed_borders_share_them(one: str, other: str) -> None:
    left, right = COMMUNES[one], COMMUNES[other]
    assert left.intersection(right).area == 0
    shared = left.boundary.intersection(right.boundary)
    assert shared.length > 0
    assert shared.difference(shapely.union_all([left.boundary])).is_empty


@given(groups=st.lists(st.sampled_from(["x", "y", "z", None]), min_size=len(CODES), max_size=len(CODES)))
def test_any_grouping_of_any_subset_is_a_coverage_of_the_same_area(groups: list[str | None]) -> None:
    chosen = {code: group for code, group in zip(CODES, groups, strict=True) if group}
    dissolved = coverage.dissolve(COMMUNES, chosen)
    coverage.check(list(dissolved.values()))
    total = sum(shape.area for shape in dissolved.values())
    assert total == pytest.approx(sum(COMMUNES[code].area for code in chosen), rel=1e-9)


@given(tolerance=st.floats(1, 400))
def test_simplifying_opens_no_gap_at_any_tolerance(tolerance: float) -> None:
    simplified = coverage.simplify(list(COMMUNES.values()), tolerance)
    assert coverage.gaps(simplified) == []
    assert shapely.union_all(simplified).area == pytest.approx(shapely.area(simplified).sum(), rel=1e-9)


def test_cleaning_gives_an_overlap_to_one_side_and_closes_a_sliver() -> None:
    dented = shapely.Polygon([(2000, 0), (3000, 0), (3000, 1000), (2000, 1000), (2005, 500)])
    published = [box(0, 0, 1000, 1000), box(950, 0, 2000, 1000), dented]
    cleaned = coverage.clean(published)
    assert shapely.area(cleaned).sum() == pytest.approx(3_000_000)
    assert coverage.gaps(cleaned) == []


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param([box(0, 0, 10, 10), box(5, 0, 20, 10)], id="overlap"),
        pytest.param([box(0, 0, 10, 10), box(10, 0, 20, 5), box(10, 5, 20, 10)], id="vertex on one side only"),
        pytest.param([shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])], id="crossed ring"),
    ],
)
def test_a_broken_coverage_is_refused(broken: list[shapely.Polygon]) -> None:
    with pytest.raises(coverage.BrokenCoverageError):
        coverage.check(broken)


def test_a_hole_between_polygons_is_found() -> None:
    squares = [box(10 * x, 10 * y, 10 * x + 10, 10 * y + 10) for x in range(3) for y in range(3)]
    assert coverage.gaps(squares) == []
    assert [hole.area for hole in coverage.gaps(squares[:4] + squares[5:])] == [100]


def test_neighbours_share_a_border_not_a_corner() -> None:
    squares = {"a": box(0, 0, 1, 1), "b": box(1, 0, 2, 1), "c": box(1, 1, 2, 2)}
    assert coverage.neighbours(squares) == {"a": ("b",), "b": ("a", "c"), "c": ("b",)}
