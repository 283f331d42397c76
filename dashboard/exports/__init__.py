"""The registry of exporters: each writes what a view shows, with its release, source and demonstration mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from dashboard.exports.contents import FORMS
from dashboard.exports.rows import CHANGE_COLUMNS, COLUMNS, CROSSED_COLUMNS, columns, rows, told
from dashboard.exports.text import FORMULA, delimiter, to_csv, to_json, written
from dashboard.i18n import msg, speaking

if TYPE_CHECKING:
    from dashboard.content import Content
    from dashboard.services import View

__all__ = [
    "CHANGE_COLUMNS", "COLUMNS", "CROSSED_COLUMNS", "EXPORTERS", "FORMULA", "Exporter", "columns", "delimiter",
    "file_name", "file_of", "rows", "to_csv", "to_json", "told", "written",
]  # fmt: skip

ORIGIN = "http://127.0.0.1:8050"
"""Where links of files lead when nobody says where the application is."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: extension, content type, name and use as offered, and how a view is written in it.

    ``write`` takes the view and the origin (« https://host ») to which links of the file lead; ``heavy`` as in
    `dashboard.exports.contents`.
    """

    extension: str
    content_type: str
    label: str
    purpose: str
    write: Callable[[View, str], bytes]
    heavy: bool = False


def _from_view(module: str, function: str) -> Callable[[View, str], bytes]:
    """A writer of views; what it needs is imported when a file is asked for, not with every page."""

    def write(view: View, origin: str) -> bytes:
        made: bytes = getattr(import_module(f"dashboard.exports.{module}"), function)(view, origin)
        return made

    return write


def _from_content(write: Callable[[Content, str], bytes], *, charts: bool) -> Callable[[View, str], bytes]:
    def from_view(view: View, origin: str) -> bytes:
        from dashboard.exports.carte import content  # noqa: PLC0415  (as above)

        return write(content(view, charts=charts), origin)

    return from_view


def _form(key: str) -> Exporter:
    form = FORMS[key]
    return Exporter(
        form.extension,
        form.content_type,
        form.label,
        form.purpose,
        _from_content(form.write, charts=key in CHARTED),
        heavy=form.heavy,
    )


CHARTED = ("pdf", "docx", "pptx")
"""Forms of the map that hold the charts below it too."""
EXPORTERS: dict[str, Exporter] = {
    "xlsx": _form("xlsx"),
    "csv": Exporter(
        "csv", "text/csv; charset=utf-8", msg("CSV"), msg("pour un tableur"), to_csv
    ),
    **{key: _form(key) for key in ("pdf", "docx", "pptx", "png", "svg")},
    "gpkg": Exporter(
        "gpkg",
        "application/geopackage+sqlite3",
        msg("GeoPackage"),
        msg("pour QGIS"),
        _from_view("geofile", "to_geopackage"),
    ),
    "geojson": Exporter(
        "geojson",
        "application/geo+json",
        msg("GeoJSON"),
        msg("pour une carte en ligne"),
        _from_view("geofile", "to_geojson"),
    ),
    "json": Exporter(
        "json", "application/json", msg("JSON"), msg("pour un programme"), to_json
    ),
}  # fmt: skip
"""In the order in which they are offered."""


def file_of(view: View, exporter: Exporter, origin: str = ORIGIN) -> bytes:
    """The file of a view, in the language of the view; its links lead to ``origin``."""
    with speaking(view.state.lang):
        return exporter.write(view, origin)


def file_name(view: View, exporter: Exporter) -> str:
    """``ess_actors_commune_925b8a03545c_demonstration.csv``."""
    parts = ["ess", view.state.indicator, view.state.level, view.release.id]
    parts += ["demonstration"] if view.release.demonstration else []
    return "_".join(parts) + f".{exporter.extension}"
