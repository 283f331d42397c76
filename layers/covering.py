"""What the rows of each table cover, what tells them there, what makes two the same; see `layers.deliveries`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from layers.headings import normalised
from layers.tables import COLUMNS

if TYPE_CHECKING:
    import numpy.typing as npt

    Mask = npt.NDArray[np.bool_]

Frame = pd.DataFrame
RECORD: Final[Mapping[str, tuple[str, ...]]] = {
    "actors": ("source", "actor_id", "year"),
    "grants": ("source", "grant_id"),
    "observations": ("commune", "variable", "year"),
    "jobs": ("commune", "year", "scope", "sector", "family", "size_class", "source"),
    "zones": ("commune", "zoning", "year"),
    "secrecy": ("scope", "year"),
    "programme": ("source", "entry_id", "measure"),
}
"""What makes a row the same as another: two such rows never stand in one release."""
COVERAGE: Final[Mapping[str, tuple[str, ...]]] = {
    "actors": ("source", "vintage", "year"),
    "grants": ("source", "grantor", "year", "kind"),
    "observations": ("source", "variable", "year"),
    "jobs": ("source", "year", "scope", "sector", "family", "size_class"),
    "zones": ("source", "zoning", "year"),
    "programme": ("source", "theme", "year"),
}
"""What the rows of a file cover, by table; of jobs, along which of the three cuts they are given."""
IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "actors": ("actor_id",),
    "grants": ("name", "instrument", "decision"),
    "observations": ("commune",),
    "jobs": ("commune", "sector", "family", "size_class"),
    "zones": ("commune",),
    "programme": ("entry_id",),
}
"""What tells a row of a covered cell, amounts and places apart: they may be what is corrected."""
SUPPOSED: Final = "~"
"""Beginning of the decision of a grant that neither a reference nor a day tells."""
PROVENANCE: Final = ("source", "vintage", "file_sha256", "row", "raw")
"""Columns that say where a row comes from, and no figure."""
_CUTS: Final = ("sector", "family", "size_class")
_WRITTEN: Final = ("name", "instrument", "grantor")


def is_sure(grants: Frame) -> Mask:
    """Which grants a reference or a day tells, so that another amount of them is a correction."""
    return ~grants["decision"].fillna(SUPPOSED).str.startswith(SUPPOSED).to_numpy(bool)


def facts(name: str) -> list[str]:
    """Columns of a table that say something, whatever file it comes from; a grant is named after its content."""
    return [column for column in COLUMNS[name] if column not in (*PROVENANCE, "grant_id", "decision")]


def coverage(name: str, frame: Frame) -> pd.MultiIndex:
    """The cell of each row."""
    cells = _plain(frame, COVERAGE[name])
    if name == "jobs":
        cells = cells.assign(**{cut: frame[cut].notna() for cut in _CUTS})
    return pd.MultiIndex.from_frame(cells)


def identity(name: str, frame: Frame, roots: Mapping[str, str]) -> pd.MultiIndex:
    """What tells each row: its cell, what identifies it there and, of grants said alike, its rank in the delivery."""
    cells = coverage(name, frame).to_frame(index=False)
    told = _plain(frame, IDENTITY[name]).add_prefix("=")
    both = pd.concat([cells.reset_index(drop=True), told.reset_index(drop=True)], axis=1)
    if name == "grants":
        delivered = [*both.columns, frame["file_sha256"].map(roots).reset_index(drop=True)]
        both["rank"] = both.groupby(delivered, sort=False, dropna=False).cumcount()
    return pd.MultiIndex.from_frame(both)


def _plain(frame: Frame, columns: Sequence[str]) -> Frame:
    """Columns without nulls, writings of names apart."""
    found = {}
    for column in columns:
        values = frame[column]
        values = values.str.removeprefix(SUPPOSED) if column == "decision" else values
        if column in _WRITTEN:
            values = values.map({text: normalised(text) for text in values.dropna().unique()})
        found[column] = values if pd.api.types.is_numeric_dtype(values) else values.astype(object).fillna("")
    return pd.DataFrame(found, columns=list(columns)).reset_index(drop=True)


def union(indexes: Iterable[pd.MultiIndex]) -> pd.MultiIndex:
    """All the entries of some indexes, of which there is one at least."""
    first, *others = indexes
    return first.append(others) if others else first


def isin(frame: Frame, others: Sequence[Frame], columns: Sequence[str]) -> Mask:
    """Which rows of a table are, in these columns, in one of the others."""
    if not (len(frame) and others):
        return np.zeros(len(frame), bool)
    known = np.concatenate([_hashes(other, columns) for other in others])
    return np.isin(_hashes(frame, columns), known)


def _hashes(frame: Frame, columns: Sequence[str]) -> npt.NDArray[np.uint64]:
    return np.asarray(pd.util.hash_pandas_object(frame[list(columns)], index=False), np.uint64)
