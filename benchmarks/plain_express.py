"""The peer: the same data as a tutorial would draw it, a callback that returns a whole ``px.choropleth`` figure.

Same release, same outlines, same indicator and sectors as ``/carte``. Serves on ``PORT``; ``ESS_DATA_DIR``,
``INDICATOR`` and ``LEVEL`` say what; ``COMPRESS=1`` turns on Dash's own compression, which is off by default. It is
helped where a tutorial would not be: outlines already simplified, values already added up, gunicorn, only the map.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, dcc, html
from flask import Flask, jsonify
from gunicorn.app.base import BaseApplication

from dashboard import packs
from dashboard.captions import sector_label
from layers import measure
from layers.current import CurrentRelease
from layers.indicators import INDICATORS
from layers.release import Release
from layers.series import Query
from layers.store import Store

EVERY = "Tous les secteurs"
WORLD = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
"""Layers of the base map that Plotly asks of a public host even for one's own outlines; here they are empty."""


def outlines(release: Release, level: str) -> dict[str, Any]:
    """GeoJSON in degrees, rings turned as Plotly wants them (clockwise: the other way fills the rest of the globe)."""
    geography = release.geography
    areas = (geography.communes if level == "commune" else geography.territories)[["name", "geometry"]].to_crs(4326)
    areas["geometry"] = areas.geometry.orient_polygons(exterior_cw=True)
    found: dict[str, Any] = json.loads(areas.to_json())
    return found


def values(release: Release, indicator: str, level: str, sector: str | None) -> pd.DataFrame:
    """One row an area: ``code``, ``name``, ``value``."""
    cells = measure.series(release, Query(indicator, level, sector)).cells
    return pd.DataFrame(
        {"code": [c.code for c in cells], "name": [c.name for c in cells], "value": [c.value for c in cells]}
    )


def create(release: Release, indicator: str, level: str, *, compress: bool) -> Dash:
    """The application, as plain as Dash's own documentation."""
    geojson = outlines(release, level)
    sectors = {EVERY: None} | {sector_label(slug): slug for slug in packs.sectors(release, indicator)}
    # The project's own folder "assets" is not for it.
    app = Dash("plain_express", include_assets_files=False, compress=compress, title=INDICATORS[indicator].label)
    app.layout = html.Div(
        [
            html.H1(INDICATORS[indicator].label),
            dcc.Dropdown(list(sectors), EVERY, id="sector", clearable=False),
            dcc.Graph(id="map", style={"height": 560}, config={"topojsonURL": "/world/"}),
        ]
    )

    @app.callback(Output("map", "figure"), Input("sector", "value"))  # type: ignore[untyped-decorator]
    def draw(label: str) -> Any:
        figure = px.choropleth(
            values(release, indicator, level, sectors[label]),
            geojson=geojson,
            locations="code",
            color="value",
            hover_name="name",
            color_continuous_scale="Teal",
        )
        figure.update_geos(fitbounds="locations", visible=False)
        return figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})

    @app.server.get("/world/<name>")  # type: ignore[untyped-decorator]
    def world(name: str) -> Any:
        empty = {"type": "GeometryCollection", "geometries": []}
        return jsonify({"type": "Topology", "objects": dict.fromkeys(WORLD, empty), "arcs": []})

    @app.server.get("/health")  # type: ignore[untyped-decorator]
    def health() -> Any:
        return jsonify({"status": "ok", "release": release.id})

    return app


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with as many workers and threads as ours."""

    def __init__(self, application: Flask, port: int) -> None:
        self._application, self._port = application, port
        super().__init__()

    def load_config(self) -> None:
        """What ``ess serve`` sets."""
        wanted = {"bind": f"127.0.0.1:{self._port}", "workers": 2, "threads": 4, "worker_class": "gthread"}
        for name, value in (wanted | {"loglevel": "warning", "control_socket_disable": True}).items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """The WSGI application."""
        return self._application


def main() -> None:
    """Serve until told to stop."""
    os.environ.setdefault("DASH_DISABLE_VERSION_CHECK", "true")
    release = CurrentRelease(Store(Path(os.environ["ESS_DATA_DIR"]))).get()
    app = create(release, os.environ["INDICATOR"], os.environ["LEVEL"], compress=os.environ.get("COMPRESS") == "1")
    Server(app.server, int(os.environ["PORT"])).run()


if __name__ == "__main__":
    main()
