"""The areas of an indicator, counted anew from the rows: units, intervals by the law of chi-square."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.stats import chi2

from geodata.perimeter import members
from layers import measure, stages
from layers.indicators import INDICATORS
from layers.release import Release
from layers.series import Query

NOTHING = np.zeros(0)


@dataclass(frozen=True)
class Side:
    """One area, counted anew."""

    value: float | None
    state: str
    units: float
    low: float
    high: float
    most: float
    """What it would be with all that has no place, and all that the import refused."""


def sides(release: Release, key: str, level: str, year: int | None) -> dict[str, Side]:
    """Areas of an indicator, and the metropole; made once a release."""
    return release.cache.get(("claims", key, level, year), lambda: _sides(release, key, level, year))  # type: ignore[no-any-return]


def _sides(release: Release, key: str, level: str, year: int | None) -> dict[str, Side]:
    series = measure.series(release, Query(key, level, year=year))
    rows = _rows(release, key, series.query.year)
    place = members() if level == "territory" else {code: code for code in members()}
    by = rows.assign(place=rows["commune"].map(place)).dropna(subset="place") if len(rows) else rows.assign(place=[])
    each = {code: _added(own) for code, own in by.groupby("place")} | {"mel": _added(by)}
    nowhere = rows[rows["commune"].isna()]
    apart = abs(nowhere["size"].sum()) + _refused(release, key, series.query.year)
    per_grant = INDICATORS[key].denominator == "grants"
    found = {}
    for cell in (*series.cells, series.total):
        units, sizes = each.get(cell.code, (0.0, NOTHING))
        units = units if len(rows) else cell.numerator or 0.0
        below = cell.denominator or 1.0
        scale = INDICATORS[key].scale / below
        low, high = _bounds(key, sizes, cell.numerator or 0.0)
        value = math.nan if cell.value is None else cell.value
        most = INDICATORS[key].scale * ((cell.numerator or 0) + apart) / (below + len(nowhere) * per_grant)
        most = max(value, most)
        bounds = (value, value) if low is None or high is None else (low * scale, high * scale)
        found[cell.code] = Side(cell.value, cell.state, units, *bounds, most)
    return found


def _added(rows: pd.DataFrame) -> tuple[float, np.ndarray]:
    return float(rows["units"].sum()), rows["size"].to_numpy(dtype=float)


@lru_cache(maxsize=100_000)
def _chi2(part: float, degrees: float) -> float:
    return float(chi2.ppf(part, degrees))


def _refused(release: Release, key: str, year: int | None) -> float:
    """Rows, or euros, that the import refused of the files that tell a year."""
    numerator = INDICATORS[key].numerator
    table = {"actors": release.actors, "jobs": release.jobs.iloc[:0]}.get(numerator, release.grants)
    own = table[table["year"] == year]
    if numerator not in ("actors", "grants", "amount", "beneficiaries") or not len(own):
        return 0.0
    files = set(zip(own["source"], own["vintage"], strict=True))
    accounts = [one["account"] for one in release.manifest["sources"] if (one["kind"], one["vintage"]) in files]
    if numerator == "amount":
        return float(sum(account.get("amounts_by_outcome", {}).get("rejected", 0) for account in accounts))
    return float(sum(account.get("rows_rejected", 0) for account in accounts))


def _rows(release: Release, key: str, year: int | None) -> pd.DataFrame:
    """Rows with commune, units, and the size that the numerator adds up; none for what the rows do not count."""
    numerator = INDICATORS[key].numerator
    if numerator == "actors":
        frame = release.actors[(release.actors["year"] == year) & (release.actors["ess"] == "yes")]
        return pd.DataFrame({"commune": frame["commune"], "units": 1.0, "size": 1.0})
    if numerator in ("grants", "amount", "beneficiaries"):
        stage = stages.by_year(release).get(year or 0, "")
        frame = release.grants[(release.grants["year"] == year) & (release.grants["kind"] == stage)]
        size = frame["amount_cents"] / 100 if numerator == "amount" else 1.0
        return pd.DataFrame({"commune": frame["commune"], "units": 1.0, "size": size})
    if numerator == "jobs":
        frame = release.jobs[(release.jobs["year"] == year) & (release.jobs["scope"] == "ess")]
        return pd.DataFrame({"commune": frame["commune"], "units": frame["establishments"], "size": frame["posts"]})
    return pd.DataFrame({"commune": [], "units": [], "size": []})


def _bounds(key: str, size: np.ndarray, counted: float) -> tuple[float | None, float | None]:
    """Bounds of the numerator at 95 %, by the law of chi-square; None where nothing is drawn."""
    if INDICATORS[key].numerator == "amount":
        if not len(size):
            return None, None
        total, squares = float(size.sum()), float((size**2).sum())
        if total <= 0 or (size < 0).any():
            half = 1.959964 * math.sqrt(squares * (1 + 1 / len(size)))
            return total - half, total + half
        alike, one = total**2 / squares, squares / total
        return one * _chi2(0.025, 2 * alike) / 2, one * _chi2(0.975, 2 * alike * (1 + 1 / len(size))) / 2
    if INDICATORS[key].chance == "poisson":
        low = _chi2(0.025, 2 * counted) / 2 if counted else 0.0
        return low, _chi2(0.975, 2 * counted + 2) / 2
    if INDICATORS[key].chance == "wilson":
        return None, None
    return None, None
