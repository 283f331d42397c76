"""A view as a layer of a geographic information system: GeoJSON in degrees, GeoPackage in Lambert-93 and in degrees."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from dashboard.disputes import noted
from dashboard.disputes import shown as disputed
from dashboard.exports import qgis
from dashboard.exports.carte import lines
from dashboard.exports.mapped import mapped
from dashboard.exports.rows import columns, rows
from dashboard.pages.carte import made_of
from geodata import coverage
from geodata.perimeter import members

if TYPE_CHECKING:
    from dashboard.services import View

LAMBERT, DEGREES = "EPSG:2154", "EPSG:4326"
LAYER, LAYER_DEGREES = "ess_lambert93", "ess_wgs84"
CLASS, LABEL = "class_mark", "class_label"
"""Columns beside those of the other files: the class of the map, or the mark of a state (z, s, m), and its label."""
DECIMALS = 6
STYLES = """CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
  f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT, ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""


def frame(view: View, origin: str = "") -> gpd.GeoDataFrame:
    """The areas of a view in Lambert-93, with the columns of the other files and the class of the map.

    What has no place (« Multi-territoires ou sans commune ») is in the other files, not here.
    """
    made, shapes = made_of(view), _outlines(view)
    shown = mapped(view, made)
    labels = dict(shown.blocks)
    marks = {cell.code: mark for cell, mark in zip(made.cells, made.marks, strict=True)}
    kept = [row for row in rows(view, origin) if row["code"] in marks]
    held = pd.DataFrame(kept, columns=list(columns(view)))
    held[CLASS] = [marks[code] for code in held["code"]]
    held[LABEL] = [labels.get(mark, "") for mark in held[CLASS]]
    for column in held:
        if held[column].map(lambda value: value is None or isinstance(value, int | float)).all():
            held[column] = pd.to_numeric(held[column])
    return gpd.GeoDataFrame(held, geometry=[shapes[code] for code in held["code"]], crs=LAMBERT)


def _outlines(view: View) -> dict[str, shapely.Geometry]:
    """Outlines by code at the level and the perimeter of the view; territories are dissolved from their communes."""
    state, geography = view.state, view.release.geography
    communes, belongs = geography.communes.geometry, members(view.state.perimeter)
    if state.level == "commune":
        return dict(communes)
    return coverage.dissolve({code: communes.loc[code] for code in sorted(belongs)}, dict(sorted(belongs.items())))


def to_geojson(view: View, origin: str) -> bytes:
    """RFC 7946: degrees of WGS 84; what the file is and where it comes from beside its features."""
    held = frame(view, origin).to_crs(DEGREES)
    held.geometry = shapely.orient_polygons(shapely.set_precision(held.geometry.to_numpy(), 10**-DECIMALS))
    collection: dict[str, Any] = json.loads(held.set_index("code", drop=False).to_json(drop_id=False))
    head = {
        "release": view.release.id,
        "demonstration": view.release.demonstration,
        "lines": _lines(view, origin),
        "link": _link(view, origin),
    }
    return json.dumps(
        {"type": "FeatureCollection", **head, "features": collection["features"]}, ensure_ascii=False
    ).encode()


def to_geopackage(view: View, origin: str) -> bytes:
    """Two layers, Lambert-93 and WGS 84, painted by QGIS as the page paints them, their metadata with the source."""
    held, told = frame(view, origin), "\n".join([*_lines(view, origin), _link(view, origin)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ess.gpkg"
        for layer, crs in ((LAYER, LAMBERT), (LAYER_DEGREES, DEGREES)):
            projected = held.to_crs(crs)
            projected.geometry = shapely.make_valid(projected.geometry.to_numpy())
            projected.to_file(
                path, layer=layer, driver="GPKG", engine="pyogrio", promote_to_multi=True,
                layer_metadata={"DESCRIPTION": told}, layer_options={"DESCRIPTION": told},
            )  # fmt: skip
        with closing(sqlite3.connect(path)) as base, base:
            base.execute(STYLES)
            style = qgis.style(mapped(view, made_of(view)), CLASS)
            for layer in (LAYER, LAYER_DEGREES):
                base.execute(
                    "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
                    "styleName, styleQML, styleSLD, useAsDefault, description) "
                    "VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?)",
                    (layer, "ess", style, told),
                )
            base.execute(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier) "
                "VALUES ('layer_styles', 'attributes', 'layer_styles')"
            )
        return path.read_bytes()


def _lines(view: View, origin: str) -> list[str]:
    """Where the view comes from, then which of its values are disputed and not answered."""
    said = noted.remarks(view.release, disputed.of_map(view))
    return [*lines(view, made_of(view)), *noted.written(said, origin)]


def _link(view: View, origin: str) -> str:
    return f"{origin}/carte?{replace(view.state, release=view.release.id).to_query()}"
