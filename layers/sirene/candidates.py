"""Establishments that may be of the ESS, with their legal unit and their point: what the rule is then applied to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from layers.ess import legal_categories
from layers.sirene.engine import broken, execute, one, scan, text
from layers.sirene.opening import StockFile

if TYPE_CHECKING:
    import duckdb

POINT: Final = {
    "easting": "x",
    "northing": "y",
    "epsg": "epsg",
    "quality": "qualite_xy",
    "latitude": "y_latitude",
    "longitude": "x_longitude",
    "priority_area": "plg_qp24",
}


def draw(connection: duckdb.DuckDBPyConnection, stock: StockFile, listed: Mapping[str, str]) -> pd.DataFrame:
    """Rows of ``kept`` whose legal unit is of a category of the ESS, flagged, or listed; sorted by SIRET.

    *listed* gives the reasons (``liste``, ``esus``…) by SIREN. A bad commune code is left out: it is refused apart.
    """
    _put(connection, stock, "listed", "siren", [(siren,) for siren in listed])
    _put(connection, stock, "categories", "code", [(code,) for code in legal_categories()])
    frame: pd.DataFrame = execute(
        connection,
        "SELECT kept.*, units.* EXCLUDE (siren) FROM kept JOIN units ON kept.siren = units.siren "
        "WHERE kept.commune IS NOT NULL AND (legal_category IN (SELECT code FROM categories) OR upper(flag) = 'O' "
        "OR kept.siren IN (SELECT siren FROM listed)) ORDER BY siret, state, since DESC",
        stock,
    ).fetch_df()
    return frame.astype("string")


def without_unit(connection: duckdb.DuckDBPyConnection, stock: StockFile) -> list[str]:
    """SIRET of the active establishments whose legal unit is not in its file."""
    rows = execute(
        connection,
        "SELECT DISTINCT siret FROM kept WHERE commune IS NOT NULL AND state = 'A' AND siret IS NOT NULL "
        "AND coalesce(siren, '') NOT IN (SELECT siren FROM units) ORDER BY siret",
        stock,
    ).fetchall()
    return [str(siret) for (siret,) in rows]


def closed(connection: duckdb.DuckDBPyConnection, stock: StockFile) -> int:
    """How many rows of ``kept`` are closed establishments."""
    return one(connection, "SELECT count(*) FROM kept WHERE state IS DISTINCT FROM 'A'", stock)


def repeated(connection: duckdb.DuckDBPyConnection, stock: StockFile) -> int:
    """Rows of ``kept`` that repeat the SIRET of another, refused ones apart."""
    return one(
        connection,
        "SELECT count(*) - count(DISTINCT siret) FROM kept WHERE commune IS NOT NULL AND siret IS NOT NULL "
        "AND siret NOT IN (SELECT siret FROM refused)",
        stock,
    )


def points(
    connection: duckdb.DuckDBPyConnection, stock: StockFile, path: Path, sirets: list[str]
) -> tuple[pd.DataFrame, int]:
    """Rows of the geolocation file for these SIRET, one each, and how many rows the file has."""
    _put(connection, stock, "wanted", "siret", [(siret,) for siret in sirets])
    columns = ", ".join(f"{text(stock, name)} AS {key}" for key, name in POINT.items())
    frame: pd.DataFrame = execute(
        connection,
        f"SELECT * FROM (SELECT {text(stock, 'siret')} AS siret, {columns} FROM {scan(stock, path, 'broken_points')}) "  # noqa: S608
        "WHERE siret IN (SELECT siret FROM wanted) ORDER BY ALL",
        stock,
    ).fetch_df()
    rows = one(connection, f"SELECT count(*) FROM {scan(stock, path, 'broken_points_count')}", stock)  # noqa: S608
    return frame.astype("string"), rows + len(broken(connection, stock, "broken_points_count"))


def _put(
    connection: duckdb.DuckDBPyConnection, stock: StockFile, table: str, column: str, rows: list[tuple[str]]
) -> None:
    frame = pd.DataFrame(rows, columns=[column], dtype="object")
    connection.register("given", frame)
    execute(connection, f"CREATE OR REPLACE TABLE {table} AS SELECT {column}::VARCHAR AS {column} FROM given", stock)  # noqa: S608
    connection.unregister("given")
