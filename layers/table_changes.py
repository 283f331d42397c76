"""Rows that come and rows that leave, in every table of two releases: no difference goes untold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from layers.covering import facts
from layers.tables import COLUMNS, SCHEMAS

if TYPE_CHECKING:
    from layers.release import Release

PART: Final[Mapping[str, str]] = {
    "grants": "kind",
    "observations": "variable",
    "jobs": "scope",
    "zones": "zoning",
    "secrecy": "scope",
    "programme": "theme",
}
"""Column that says what of a table a row is about: the stage of a grant, the variable of an observation…"""


@dataclass(frozen=True, slots=True)
class TableChange:
    """What changes of one part of a table in one year.

    Attributes
    ----------
    table, part, year : of the rows; the part is a value of the column of `PART`, empty where there is none.
    added, removed : rows that say what none said before, and that none says after; a corrected row is in both.
    relabelled : rows of which only the file, the edition or the name of the record changes.
    cents_added, cents_removed : their money, 0 where there is none.
    """

    table: str
    part: str
    year: int
    added: int
    removed: int
    relabelled: int
    cents_added: int = 0
    cents_removed: int = 0


def changes(before: Release, after: Release) -> tuple[TableChange, ...]:
    """Every difference of every table, the origin of the rows included; none between a release and itself."""
    old, new = before.tables(), after.tables()
    return tuple(change for name in SCHEMAS for change in _of_table(name, old[name], new[name]))


def _of_table(name: str, old: pd.DataFrame, new: pd.DataFrame) -> Iterator[TableChange]:
    added, removed = _apart(new, old, facts(name)), _apart(old, new, facts(name))
    kept_new, kept_old = new[~added], old[~removed]
    relabelled = _apart(kept_new, kept_old, list(COLUMNS[name]))
    sides = {"added": new[added], "removed": old[removed], "relabelled": kept_new[relabelled]}
    told = pd.concat([_keyed(name, rows).assign(side=side) for side, rows in sides.items()])
    for key, rows in told.groupby(["part", "year"]):
        part, year = map(str, key)
        count, cents = rows["side"].value_counts(), rows.groupby("side")["cents"].sum()
        yield TableChange(
            name,
            part,
            int(year),
            *(int(count.get(side, 0)) for side in sides),
            *(int(cents.get(side, 0)) for side in ("added", "removed")),
        )


def _keyed(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    part = rows[PART[name]].astype(object) if name in PART else ""
    return pd.DataFrame({"part": part, "year": rows["year"], "cents": rows.get("amount_cents", 0)}, index=rows.index)


def _apart(rows: pd.DataFrame, others: pd.DataFrame, columns: list[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which rows the others do not say, as many times as they are said."""
    mine, theirs = (pd.util.hash_pandas_object(frame[columns], index=False) for frame in (rows, others))
    return ~_ranked(mine).isin(_ranked(theirs))


def _ranked(hashes: pd.Series) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([hashes, hashes.groupby(hashes, sort=False).cumcount()])
