"""The fictitious structures, their openings and closures, and the yearly table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from layers.demonstration import mix, places
from layers.demonstration.origin import FILE_SHA256, VINTAGE, YEARS, Integers, pick, pick_each
from layers.release import DEMONSTRATION
from layers.tables import COLUMNS, SCHEMAS

if TYPE_CHECKING:
    from geodata.geography import Geography

NUMBER = 5520
"""Structures ever drawn; some open after the first year, some close before the last: about 5,000 remain."""
OPENED = (790, 45, 45, 60, 60)
"""Per thousand: there from the first year, opened in the second, and so on."""
CLOSED = (20, 20, 30, 30, 900)
"""Per thousand: gone in the second year, in the third, and so on, or never. None closes before it opens."""
ADDRESSED_PERCENT = 92


def draw(geography: Geography, source: np.random.Generator) -> pd.DataFrame:
    """One row a structure: what does not change by year, and the years ``opened`` and ``closed``."""
    communes = pick(source, places.commune_weights(geography, source), NUMBER)
    family = pick(source, [mix.FAMILY_WEIGHTS[slug] for slug in mix.FAMILY_SLUGS], NUMBER)
    territory = geography.communes["territory"].astype(str).to_numpy()[communes]
    sector = pick_each(source, _sector_weights(family, territory, source))
    size = pick(source, list(mix.SIZE_WEIGHTS.values()), NUMBER)
    flower = source.integers(0, len(mix.FLOWERS), NUMBER)
    opened = pick(source, OPENED, NUMBER)
    closed = np.maximum(pick(source, CLOSED, NUMBER), opened) + 1
    addressed = source.integers(0, 100, NUMBER) < ADDRESSED_PERCENT
    labels = places.label_points(geography, communes)
    apart = np.random.Generator(np.random.PCG64([NUMBER, 2]))
    where = np.where(addressed[:, None], places.points(geography, communes, source), labels)
    return pd.DataFrame(
        {
            "actor_id": [f"demo-{number:06d}" for number in range(1, NUMBER + 1)],
            "name": [_name(*drawn) for drawn in zip(range(1, NUMBER + 1), family, flower, strict=True)],
            "commune": geography.communes.index.to_numpy()[communes],
            "sector": np.array(mix.SECTOR_SLUGS)[sector],
            "family": np.array(mix.FAMILY_SLUGS)[family],
            "size_class": np.array(list(mix.SIZE_WEIGHTS))[size],
            "longitude": where[:, 0],
            "latitude": where[:, 1],
            "position": np.where(addressed, "address", "commune"),
            "priority_status": places.priority(geography, communes, addressed, apart),
            "opened": np.array(YEARS)[opened],
            "closed": np.array([*YEARS, YEARS[-1] + 1])[closed],
        }
    )


def alive(structures: pd.DataFrame, year: int) -> pd.DataFrame:
    """The structures that exist in a year."""
    return structures[(structures["opened"] <= year) & (year < structures["closed"])]


def by_year(structures: pd.DataFrame) -> pd.DataFrame:
    """The actors table: one row a structure and year."""
    rows = pd.concat([alive(structures, year).assign(year=year) for year in YEARS], ignore_index=True)
    rows = rows.assign(ess="yes", located_by=DEMONSTRATION)
    return typed("actors", rows)


def typed(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Columns of a table, ordered and typed, with the origin of the rows; what is not drawn is null."""
    rows = rows.assign(source=DEMONSTRATION, vintage=VINTAGE, file_sha256=FILE_SHA256, row=np.arange(1, len(rows) + 1))
    kinds = {column.name: column.dtype for column in SCHEMAS[table]}
    return rows.reindex(columns=list(COLUMNS[table])).astype(kinds)


def _sector_weights(family: Integers, territory: np.ndarray, source: np.random.Generator) -> Integers:
    """Weights of the twelve sectors for each structure: those of its family, tilted by territory."""
    base = np.array([mix.SECTOR_WEIGHTS[slug] for slug in mix.FAMILY_SLUGS], dtype=np.int64)
    codes, of_structure = np.unique(territory, return_inverse=True)
    tilt = source.integers(70, 131, (len(codes), base.shape[1]))
    return (base[family] * tilt[of_structure]).astype(np.int64)


def _name(number: int, family: int, flower: int) -> str:
    return f"{mix.NOUNS[mix.FAMILY_SLUGS[family]]} {number:04d} – {mix.FLOWERS[flower]}"
