"""Points and priority neighbourhoods of establishments, from the geolocation file or the stock's own coordinates."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from pyproj import Transformer
from pyproj.exceptions import CRSError

POOR: Final = ("22", "33")
"""``qualite_xy`` where the point is only that of the commune, or of a place drawn in it."""
OUTSIDE: Final = ("HZ", "CSZ")
"""``plg_qp24`` out of any priority neighbourhood: out of them, or in a commune that has none."""
AREA: Final = r"QN?\d.*"
LAMBERT_93: Final = 2154
WGS_84: Final = 4326
FAR: Final = 180.0


def located(candidates: pd.DataFrame, found: pd.DataFrame | None) -> pd.DataFrame:
    """*candidates* with ``longitude``, ``latitude`` (degrees, or None) and ``priority_area`` (code, or None).

    ``priority_status`` is ``in`` or ``out`` of a priority neighbourhood, None where no file says.
    """
    own = candidates.rename(columns={"easting": "own_easting", "northing": "own_northing"})
    if found is None:
        joined = own.assign(easting=own["own_easting"], northing=own["own_northing"], epsg=str(LAMBERT_93))
        joined = joined.assign(latitude=None, longitude=None, quality=None, priority_area=None, has_point_row=False)
    else:
        joined = own.merge(found.drop_duplicates("siret").assign(has_point_row=True), on="siret", how="left")
        joined = joined.assign(has_point_row=joined["has_point_row"].eq(True).fillna(value=False))
    longitude, latitude = _degrees(joined)
    poor = joined["quality"].isin(POOR).fillna(value=False).to_numpy(dtype=bool)
    longitude[poor] = latitude[poor] = np.nan
    area = joined["priority_area"].astype("string")
    kept = area.where(area.str.fullmatch(AREA).fillna(value=False))
    return joined.assign(
        longitude=np.round(longitude, 6),
        latitude=np.round(latitude, 6),
        priority_area=kept,
        priority_status=_status(area, kept),
    )


def _status(area: pd.Series, kept: pd.Series) -> pd.Series:
    """A code is inside; `OUTSIDE` is outside; anything else is not told."""
    told = area.isin(OUTSIDE).fillna(value=False).map({True: "out", False: pd.NA}).astype("string")
    return told.mask(kept.notna(), "in")


def _degrees(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Given degrees first, else the projected point, in the system that each row states."""
    longitude, latitude = _numbers(frame["longitude"]), _numbers(frame["latitude"])
    x, y = _numbers(frame["easting"]), _numbers(frame["northing"])
    systems = _numbers(frame["epsg"])
    for system in np.unique(systems[~np.isnan(systems)]):
        rows = (systems == system) & np.isnan(longitude) & ~np.isnan(x) & ~np.isnan(y)
        if rows.any():
            longitude[rows], latitude[rows] = _projected(int(system), x[rows], y[rows])
    wrong = ~(np.abs(longitude) <= FAR) | ~(np.abs(latitude) <= FAR / 2)
    longitude[wrong] = latitude[wrong] = np.nan
    return longitude, latitude


def _projected(system: int, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    try:
        turn = Transformer.from_crs(system, WGS_84, always_xy=True)
    except CRSError:
        return np.full(len(x), np.nan), np.full(len(y), np.nan)
    longitude, latitude = turn.transform(x, y)
    return np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)


def _numbers(column: pd.Series) -> np.ndarray:
    text = column.astype("string").str.replace(",", ".", regex=False)
    return pd.to_numeric(text, errors="coerce").to_numpy(dtype=float, na_value=np.nan).copy()
