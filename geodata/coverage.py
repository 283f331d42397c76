"""Polygons that share their borders: clean, simplify, dissolve and check them as one coverage.

A coverage is a set of polygons without overlap whose common borders have the same vertices on both sides. Cleaning or
simplifying polygons one by one opens gaps; doing it for the whole set does not.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

Polygons = NDArray[Any]
Group = TypeVar("Group", bound=Hashable)

SLIVER_M = 20.0


class BrokenCoverageError(ValueError):
    """The polygons overlap, leave a hole between them, or do not share their vertices."""


def clean(polygons: Sequence[Any] | Polygons) -> Polygons:
    """Same polygons with overlaps given to one side, slivers up to `SLIVER_M` wide closed, vertices shared.

    Coordinates must be in metres. Raises `BrokenCoverageError` where the result is still no coverage.
    """
    shapes = np.asarray(polygons, dtype=object)
    cleaned: Polygons = np.asarray(shapely.coverage_clean(shapes, gap_width=SLIVER_M))
    check(cleaned)
    return cleaned


def simplify(polygons: Sequence[Any] | Polygons, tolerance: float) -> Polygons:
    """Fewer vertices, every shared border simplified once; `tolerance` in metres (Visvalingam-Whyatt)."""
    simplified: Polygons = np.asarray(shapely.coverage_simplify(np.asarray(polygons, dtype=object), tolerance))
    check(simplified)
    return simplified


def dissolve(polygons: Mapping[str, Any], groups: Mapping[str, Group]) -> dict[Group, Any]:
    """Union of the polygons of each group, in the order in which groups appear; borders stay the members'."""
    members: dict[Group, list[Any]] = {}
    for code, group in groups.items():
        members.setdefault(group, []).append(polygons[code])
    return {group: shapely.normalize(shapely.coverage_union_all(parts)) for group, parts in members.items()}


def check(polygons: Sequence[Any] | Polygons) -> None:
    """Raise `BrokenCoverageError` unless the polygons are valid and make one coverage."""
    shapes = np.asarray(polygons, dtype=object)
    if not shapely.is_valid(shapes).all():
        raise BrokenCoverageError(f"invalid polygons at {np.flatnonzero(~shapely.is_valid(shapes)).tolist()}")
    broken = [i for i, edge in enumerate(shapely.coverage_invalid_edges(shapes)) if not edge.is_empty]
    if broken:
        raise BrokenCoverageError(f"edges not shared at {broken}")


def gaps(polygons: Sequence[Any] | Polygons) -> list[Any]:
    """Holes enclosed by the coverage, as polygons: none in a territory without enclave."""
    union = shapely.coverage_union_all(np.asarray(polygons, dtype=object))
    return [shapely.Polygon(ring) for part in shapely.get_parts(union) for ring in part.interiors]


def neighbours(polygons: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Codes of the polygons that share a border (not a mere corner) with each polygon, sorted."""
    codes = np.asarray(list(polygons))
    shapes = np.asarray(list(polygons.values()), dtype=object)
    left, right = shapely.STRtree(shapes).query(shapes, predicate="touches")
    shared = shapely.length(shapely.intersection(shapes[left], shapes[right])) > 0
    found: dict[str, list[str]] = {str(code): [] for code in codes}
    for one, other in zip(codes[left[shared]], codes[right[shared]], strict=True):
        found[str(one)].append(str(other))
    return {code: tuple(sorted(others)) for code, others in found.items()}
