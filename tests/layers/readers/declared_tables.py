"""Tables of communes and of territories, made up, in every form that a file has; places are real, numbers are not."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook

from geodata.attach import Attacher
from geodata.geography import Geography
from layers import tables
from layers.indicators.declared import Declaration, from_json
from layers.indicators.held import INDICATORS, to_manifest
from layers.mapping.known import Mappings
from layers.readers import Reading, read_file
from layers.release import Release
from tests import factories

Series = Mapping[tuple[str, int], str]
"""Cell by commune or territory and year."""


def declaration(number: Mapping[str, Any], **more: Any) -> Declaration:
    """A declaration of one number."""
    whose = {"source": "Caf, allocataires", "publisher": "Caf du Nord", "licence": "Licence Ouverte 2.0"}
    said = {"label": "Allocataires du RSA", "unit": "allocataires", "number": "count", "numerator": "Allocataires"}
    return from_json({**whose, **more, "indicators": [{**said, **number}]})


def written(path: Path, rows: Sequence[Sequence[str]], delimiter: str = ";") -> Path:
    """A table on the disk: a text, or a workbook by the end of its name."""
    if path.suffix == ".xlsx":
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        book.save(path)
        return path
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def long(cells: Series, name: Callable[[str], str] = str, title: str = "code_insee") -> list[list[str]]:
    """One row a place and year."""
    return [[title, "annee", "Allocataires"], *([name(area), str(year), said] for (area, year), said in cells.items())]


def wide(cells: Series, name: Callable[[str], str] = str, title: str = "code_insee") -> list[list[str]]:
    """One row a place, one column a year."""
    years = sorted({year for _area, year in cells})
    rows = [
        [name(area), *(cells.get((area, year), "") for year in years)] for area in dict.fromkeys(a for a, _ in cells)
    ]
    return [[title, *(f"Allocataires {year}" for year in years)], *rows]


def sdmx(cells: Series) -> list[list[str]]:
    """Insee's form, with parts and other levels that are not to be read."""
    head = ["GEO", "GEO_OBJECT", "SEX", "RSA_MEASURE", "TIME_PERIOD", "OBS_VALUE"]
    rows = []
    for (area, year), said in cells.items():
        rows += [[area, "COM", "_T", "N", str(year), said], [area, "COM", "F", "N", str(year), "1"]]
    return [head, *rows, ["59", "DEP", "_T", "N", "2021", "99"], ["59350", "COM", "_T", "OTHER", "2021", "7"]]


def reading(path: Path, said: Declaration, attacher: Attacher) -> Reading:
    """A table as its declaration reads it."""
    return read_file(path, None, None, attacher, mappings=Mappings(declared={"": said}))


def release(geography: Geography, *readings: Reading) -> Release:
    """The release that some tables make."""
    frame = pd.concat([one.tables["observations"] for one in readings], ignore_index=True)
    sources = [
        {**factories.source(one.account.kind, one.account.vintage, title=one.reader.title),
         INDICATORS: [to_manifest(each) for each in one.indicators]}
        for one in readings
    ]  # fmt: skip
    empty = {name: tables.empty(name) for name in ("actors", "grants")}
    return Release(
        "0123456789ab",
        {"sources": sources, "caveats": []},
        demonstration=False,
        geography=geography,
        observations=frame,
        **empty,
    )
