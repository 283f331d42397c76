"""The table ``jobs`` as it is measured: one source a year and scope, whatever was imported beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geodata.perimeter import members, of_year
from layers.readers.flores_scope import ESTABLISHMENTS
from layers.tables import REST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.release import Release

SECOND: Final = ESTABLISHMENTS
"""A source that only counts establishments: it completes another, and stands alone where there is none."""
LISTED: Final = 0.8
"""Part of the communes from which a table lists the metropole, and not a part of it."""


def of_scope(release: Release, scope: str) -> pd.DataFrame:
    """Rows of the posts of one scope (`layers.tables.SCOPES`): those of one source a year, never added to another's.

    A table drawn to order goes before the files published for all; the count of establishments of another file is
    taken where the one chosen has none.
    """
    found: pd.DataFrame = release.cache.get(("jobs", scope), lambda: _of_scope(release, scope))
    return found


def without_posts(release: Release, scope: str, communes: Sequence[str]) -> dict[int, frozenset[str]]:
    """By year, communes without a row that have no post: those of a table that leaves out what is empty.

    So does a table cut by sector or family in which no commune is said to be empty, where it lists most communes of the
    metropole of that year; nothing is known of the communes that entered later.
    """
    table, found = of_scope(release, scope), dict[int, frozenset[str]]()
    for year in map(int, table["year"].unique()):
        rows = table[table["year"] == year]
        inside = set(members(of_year(year))) & set(communes)
        there = inside & set(rows["commune"])
        cut = rows[["sector", "family"]].notna().any(axis=None)
        said = rows["state"].eq("zero").groupby(rows["commune"]).all().any()
        if cut and not said and len(there) >= LISTED * len(inside):
            found[year] = frozenset(inside - there)
    return found


def _of_scope(release: Release, scope: str) -> pd.DataFrame:
    table = release.jobs[release.jobs["scope"] == scope]
    counts, posts = table[table["source"] == SECOND], table[table["source"] != SECOND]
    first = posts.sort_values("source", kind="stable").groupby("year")["source"].transform("first")
    posts = posts[posts["source"].eq(first.reindex(posts.index))]
    alone = counts[~counts["year"].isin(posts["year"])]
    return pd.concat([_completed(posts, counts), alone]) if len(counts) else posts


def _completed(posts: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Rows that are cut by nothing and do not count their establishments, with the count of the other file."""
    told = posts["establishments"].isna() & posts["state"].ne(REST)
    whole = told & posts[["sector", "family", "size_class"]].isna().all(axis=1)
    by_place = counts.set_index(["commune", "year"])["establishments"]
    at = pd.MultiIndex.from_frame(posts.loc[whole, ["commune", "year"]])
    completed = posts["establishments"].copy()
    completed[whole] = by_place.reindex(at).to_numpy()
    return posts.assign(establishments=completed)
