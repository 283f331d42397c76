"""What is hidden, kept in the table ``secrecy`` of a release: worked out when it is published, for new posts alone."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

SOURCE: Final = "secrecy"
RULES: Final = "whole-2"
"""Said again whenever what is hidden of the same posts changes: what was recorded before is then worked out again."""
READ: Final = ["commune", "sector", "family", "size_class", "posts", "establishments", "largest", "state"]

Mask = npt.NDArray[np.bool_]


def stamps(tables: Mapping[str, pd.DataFrame], communes: tuple[str, ...]) -> dict[int, str]:
    """By year, a digest of all that its hidden cells follow from: posts of every scope, earlier years, rules."""
    digest = hashlib.sha256(" ".join((RULES, *communes)).encode()).hexdigest()
    found = {}
    for year in sorted({int(year) for table in tables.values() for year in table["year"].unique()}):
        said = [digest]
        for scope, table in tables.items():
            rows = table.loc[table["year"] == year, READ].sort_values(READ, ignore_index=True)
            said += [scope, rows.to_csv(index=False)]
        digest = hashlib.sha256("\n".join(said).encode()).hexdigest()
        found[year] = digest
    return found


def up_to_date(kept: pd.DataFrame, stamped: Mapping[int, str]) -> pd.DataFrame:
    """Rows of a table ``secrecy`` that are of the same posts."""
    return kept[kept["file_sha256"].eq(kept["year"].map(stamped)).fillna(value=False).astype(bool)]


def row(scope: str, year: int, cells: Mask, stamp: str) -> dict[str, Any]:
    """Row of the table ``secrecy``."""
    return {
        "scope": scope,
        "year": year,
        "shape": " ".join(str(length) for length in cells.shape),
        "cells": np.packbits(cells).tobytes().hex(),
        "source": SOURCE,
        "vintage": str(year),
        "file_sha256": stamp,
        "row": 0,
    }


def recorded(kept: pd.DataFrame, scope: str, axes: int) -> dict[int, Mask]:
    """Cells hidden of a scope, by year, on that many axes; those published before sizes were one have it 1 long."""
    held = kept[kept["scope"] == scope]
    found = {}
    for year, shape, cells in zip(held["year"], held["shape"], held["cells"], strict=True):
        lengths = [int(length) for length in shape.split()]
        bits = np.unpackbits(np.frombuffer(bytes.fromhex(cells), dtype=np.uint8), count=int(np.prod(lengths)))
        missing = [1] * (axes - len(lengths))
        found[int(year)] = bits.reshape([*lengths, *missing]).astype(bool)
    return found
