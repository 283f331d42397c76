"""What the metropole follows of its plan: entries of the table ``programme``, a row each, their measures as columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from layers.release import Release

KEPT: Final = (
    *("entry_id", "title", "territory", "commune", "year", "instrument", "department", "detail"),
    *("source", "vintage"),
)


def entries(release: Release, theme: str) -> pd.DataFrame:
    """The entries of a theme, in the order of their rows.

    Returns
    -------
    DataFrame
        One row an entry: the columns `KEPT`, then one column a measure that some entry has, null where it is not
        known; never 0 for what nobody wrote.
    """
    found: pd.DataFrame = release.cache.get(("entries", theme), lambda: _entries(release, theme))
    return found


def _entries(release: Release, theme: str) -> pd.DataFrame:
    table = release.programme
    rows = table[table["theme"].eq(theme)]
    told = rows.drop_duplicates("entry_id")[list(KEPT)].set_index("entry_id")
    wide = rows.pivot(index="entry_id", columns="measure", values="value").reindex(told.index)
    found: pd.DataFrame = told.join(wide).reset_index()
    return found


def total(frame: pd.DataFrame, measure: str) -> float | None:
    """Sum of a measure over entries; None where none of them tells it."""
    if measure not in frame or not frame[measure].notna().any():
        return None
    return float(frame[measure].sum())


def detail(text: object) -> dict[str, str]:
    """What an entry says beside its numbers, by field; empty where nothing is said."""
    if not isinstance(text, str) or not text:
        return {}
    found = json.loads(text)
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
