"""Who is counted and never named: units in partial diffusion (art. R123-232-1), and natural persons.

Their grants are told without what would name them: name, numbers, commune, the text and the line of their row, and the
identifiers that are made of these. What the indicators count of them stays counted where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from layers import directory, matching
from layers.beneficiaries import KEYS, completed
from layers.names import plain

if TYPE_CHECKING:
    from layers.release import Release

WITHOUT: Final = ("grant_id", "siret", "siren", "rna", "commune", "beneficiary", "found_by", "located_by", "elsewhere")
"""Columns of a grant that are null where its beneficiary may not be named; its ``name`` is empty."""
TRACED: Final = ("row", "raw", "decision")
"""Those that would lead to it, in the file that names it."""


def structures(release: Release) -> frozenset[str]:
    """Keys of the structures that no page, file or answer names, in any year (`layers.matching.Matched.keys`)."""

    def found() -> frozenset[str]:
        named = frozenset(directory.keyed(release)["key"]) - directory.partial(release)
        return frozenset(matching.matched(release).keys) - named

    keys: frozenset[str] = release.cache.get("unnamed", found)
    return keys


def listed(release: Release) -> pd.DataFrame:
    """The grants of a release as they may be told, in the order of the table.

    Returns
    -------
    DataFrame
        Columns of `layers.beneficiaries.completed`, those of `WITHOUT` and `TRACED` null where the beneficiary may not
        be named; ``unnamed`` bool; ``place``, the commune by which a grant is counted, never to be shown.
    """
    found: pd.DataFrame = release.cache.get("listed_grants", lambda: _listed(release))
    return found


def _listed(release: Release) -> pd.DataFrame:
    grants = completed(release)
    hidden = of_unnamed(release, grants)
    blanked = {name: grants[name].mask(hidden) for name in (*WITHOUT, "raw", "decision")}
    return grants.assign(
        **blanked,
        name=grants["name"].mask(hidden, ""),
        row=grants["row"].astype("Int64").mask(hidden),
        unnamed=hidden,
        place=grants["commune"],
    )


def of_unnamed(release: Release, grants: pd.DataFrame) -> pd.Series:
    """Which grants are of a beneficiary that may not be named.

    As `layers.beneficiaries` finds it, by what the lists say: the first key that any of their rows bears decides, and
    one of several structures of a key is enough. Where a grant has no commune its exact name is.
    """
    keys = structures(release)
    rows = matching.matched(release).rows
    rows = rows.assign(_unnamed=rows["key"].isin(keys))
    hidden = pd.Series(data=False, index=grants.index)
    open_ = pd.Series(data=True, index=grants.index)
    if not keys:
        return hidden
    for key in (*KEYS.values(), _name_alone):
        borne = rows["_unnamed"].groupby(key(rows).to_numpy()).any()
        said = key(grants)
        if key is _name_alone:
            said = said.where(grants["commune"].isna())
        met = open_ & said.isin(borne.index)
        hidden |= met & said.isin(borne.index[borne.to_numpy()])
        open_ &= ~met
    return hidden


def _name_alone(frame: pd.DataFrame) -> pd.Series:
    return pd.Series([plain(name) or pd.NA for name in frame["name"]], frame.index, dtype="string")
