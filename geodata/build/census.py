"""Population by age and housing of each commune, added from the census blocks (IRIS)."""

from __future__ import annotations

import io
from collections.abc import Collection

import pandas as pd

from geodata.build.boundaries import ASSOCIATED, LILLE

COLUMNS = [
    "pop",
    "pop_0_19",
    "pop_20_64",
    "pop_65p",
    "logements",
    "res_principales",
    "res_secondaires",
    "logements_vacants",
    "maisons",
    "appartements",
]


def make(content: bytes, communes: Collection[str]) -> pd.DataFrame:
    """Sums by commune (index `code`, columns `COLUMNS`, whole numbers); Hellemmes and Lomme count in Lille."""
    blocks = pd.read_parquet(io.BytesIO(content), columns=["com", *COLUMNS])
    code = blocks["com"].where(~blocks["com"].isin(ASSOCIATED), LILLE).astype("str")
    sums = blocks[COLUMNS].groupby(code).sum()
    missing = sorted(set(communes) - set(sums.index))
    if missing:
        raise ValueError(f"communes absentes du recensement : {', '.join(missing)}")
    return sums.loc[sorted(communes)].rename_axis("code").astype("int64")
