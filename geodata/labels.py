"""Where to write the name of an area: a point inside it, in its broadest part, as central as it can be."""

from __future__ import annotations

from typing import Any, NamedTuple

import shapely

# Share of the widest clearance that may be given up to come nearer to the middle of the shape.
CLEARANCE_KEPT = 0.85


class LabelPoint(NamedTuple):
    """A point and the radius of the free disc around it, in the units of the polygon."""

    x: float
    y: float
    radius: float


def label_point(area: Any) -> LabelPoint:
    """Point of the widest part of `area` where a label fits best.

    Among the points that keep 85 % of the clearance of the maximum inscribed circle, the nearest to the
    centroid of the largest part. It is inside the polygon whatever the shape, exclaves and crescents included.
    """
    largest = max(shapely.get_parts(area), key=shapely.area)
    size = float(shapely.area(largest)) ** 0.5
    widest = shapely.maximum_inscribed_circle(largest, tolerance=size / 1000)
    roomy = shapely.buffer(largest, -CLEARANCE_KEPT * shapely.length(widest))
    core = max(shapely.get_parts(roomy), key=shapely.area, default=None)
    point = shapely.get_point(widest, 0)
    if core is not None and not shapely.is_empty(core):
        point = shapely.get_point(shapely.shortest_line(core, shapely.centroid(largest)), 0)
    radius = float(shapely.distance(point, shapely.boundary(largest)))
    return LabelPoint(float(shapely.get_x(point)), float(shapely.get_y(point)), radius)
