"""The boundaries as the page and `assets/map.js` draw them: path data by area, made once for each release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata.paths import MapPaths, grid_of, map_paths

if TYPE_CHECKING:
    from geodata.geography import Geography
    from layers.release import Release

PIXELS = 480
"""Height the map is first drawn at, before the browser has measured the page."""
AIR, LEAST = 1.16, 9
"""How much wider than an area its frame is, and the smallest frame as a part of the map; as in `assets/zoom.js`."""


@dataclass(frozen=True)
class Drawing:
    """Paths of one perimeter, ready for the template and for the browser."""

    paths: MapPaths
    view: tuple[int, int, int, int]
    outside: dict[str, str]
    orientation: dict[str, str]
    towns: dict[str, tuple[str, int, int]]
    """Name and label point of each outline drawn for orientation."""
    lines: dict[str, dict[str, str]]
    """By level shown: the boundaries of the other level."""

    def shapes(self, level: str) -> dict[str, Any]:
        """Shapes of the areas of a level, by code."""
        return self.paths.territories if level == "territory" else self.paths.communes

    def packed(self) -> dict[str, Any]:
        """For the browser: path, label point and clear radius, box, for each area of both levels."""
        return {
            "view": self.view,
            "metres": self.paths.metres_per_unit,
            "territory": {code: _flat(shape) for code, shape in self.paths.territories.items()},
            "commune": {code: _flat(shape) for code, shape in self.paths.communes.items()},
            "orientation": [[path, *self.towns[code]] for code, path in self.orientation.items()],
        }


def _flat(shape: Any) -> list[Any]:
    return [shape.path, shape.x, shape.y, shape.radius, list(shape.box)]


def drawing(release: Release, perimeter: int) -> Drawing:
    """The drawing of one perimeter (85, 90 or 95)."""
    found: Drawing = release.cache.get(("drawing", perimeter), lambda: drawing_of(release.geography, perimeter))
    return found


def drawing_of(geography: Geography, perimeter: int) -> Drawing:
    """The drawing of one perimeter of a geography, made anew."""
    paths = map_paths(geography, perimeter)
    return Drawing(
        paths,
        paths.view_box,
        {code: shape.path for code, shape in paths.outside.items()},
        paths.orientation,
        _towns(geography),
        {
            "territory": {code: shape.path for code, shape in paths.communes.items()},
            "commune": {code: shape.path for code, shape in paths.territories.items()},
        },
    )


def _towns(geography: Geography) -> dict[str, tuple[str, int, int]]:
    frame, grid = geography.orientation, grid_of(geography)
    return {
        str(code): (str(row["name"]), *grid.point(float(row["label_x"]), float(row["label_y"])))
        for code, row in frame.iterrows()
    }


def unit(frame: tuple[int, int, int, int]) -> float:
    """Map units to a pixel when a frame fills the height of the map."""
    return round(frame[3] / PIXELS, 2)


def padded(box: tuple[int, int, int, int], view: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The frame (x, y, width, height) that shows a box (x0, y0, x1, y1) with some air around it."""
    x0, y0, x1, y1 = box
    least = view[2] / LEAST
    wide = max(x1 - x0, least) * AIR
    high = max(y1 - y0, least * view[3] / view[2]) * AIR
    return round((x0 + x1 - wide) / 2), round((y0 + y1 - high) / 2), round(wide), round(high)


def shaped(frame: tuple[int, int, int, int], aspect: float) -> tuple[int, int, int, int]:
    """A frame made wider or higher around its middle, so that frames of one aspect are shown on one scale."""
    x, y, width, height = frame
    wide, high = max(width, height * aspect), max(height, width / aspect)
    return round(x - (wide - width) / 2), round(y - (high - height) / 2), round(wide), round(high)


def place(release: Release, longitudes: Any, latitudes: Any) -> list[tuple[int, int]]:
    """Points (WGS 84 degrees) on the grid of the map."""
    from pyproj import Transformer  # noqa: PLC0415  (0.2 s, and only for points)

    transformer = release.cache.get("transformer", lambda: Transformer.from_crs(4326, 2154, always_xy=True))
    grid = grid_of(release.geography)
    east, north = transformer.transform(longitudes, latitudes)
    return [grid.point(x, y) for x, y in zip(east, north, strict=True)]
