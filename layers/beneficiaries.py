"""A grant finds its beneficiary among the structures of the release, and through it what its own file does not say.

By SIRET, else SIREN and commune, else SIREN, else RNA, else exact normalised name in the commune of the grant: the
first key that any structure bears decides. A name alone never moves a grant to a commune. What several structures would
say differently stays unknown. Grants keep the rows of their files: they are completed when they are read. Structures
are described as in their latest year; of one in partial diffusion neither size nor neighbourhood is told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pandas as pd

from layers.dimensions import DIMENSIONS, UNKNOWN
from layers.matching import PARTIAL, structures
from layers.names import plain

if TYPE_CHECKING:
    from layers.release import Release

MULTI_TERRITORY: Final = "multi-territoires"
"""In the column ``located_by``: the grant is for several territories, and is never given to one."""
BY_BENEFICIARY: Final = "bénéficiaire"
"""In the column ``located_by``: the file gives no place, the beneficiary has only one."""
COMPLETED: Final = ("sector", "family")
DESCRIBED: Final = ("size_class", "priority_status")
"""What no file of grants says: told of the beneficiary alone."""
TOLD: Final = ("actor_id", "commune", *COMPLETED, *DESCRIBED)
SIREN_DIGITS: Final = 9

Key = Callable[[pd.DataFrame], pd.Series]


def _siren(frame: pd.DataFrame) -> pd.Series:
    siren: pd.Series = frame["siren"].fillna(frame["siret"].str[:SIREN_DIGITS])
    return siren


def _name_in_commune(frame: pd.DataFrame) -> pd.Series:
    """Null where the name is empty, as that of a unit in partial diffusion."""
    names = pd.Series([plain(name) or pd.NA for name in frame["name"]], frame.index, dtype="string")
    keys: pd.Series = names + "|" + frame["commune"]
    return keys


KEYS: Final[dict[str, Key]] = {
    "siret": lambda frame: frame["siret"],
    "siren_in_commune": lambda frame: _siren(frame) + "|" + frame["commune"],
    "siren": _siren,
    "rna": lambda frame: frame["rna"],
    "name_in_commune": _name_in_commune,
}
"""In the order in which they are tried; each is a column ``found_by`` of its own."""


def completed(release: Release) -> pd.DataFrame:
    """The grants of a release with their beneficiaries, made once.

    Returns
    -------
    DataFrame
        The table ``grants``, its rows and their order unchanged, its null sectors, families and communes completed
        where the beneficiary tells one, and ``beneficiary`` (an ``actor_id``, null where none or several are found, or
        where it is in partial diffusion), ``found_by`` (a key of `KEYS`, null where nothing is found), ``elsewhere``
        (the commune of the structure that bears the grant's SIRET, where the grant says another), ``size_class`` and
        ``priority_status`` (of the beneficiary).
    """
    found: pd.DataFrame = release.cache.get("completed_grants", lambda: complete(release.grants, structures(release)))
    return found


def complete(grants: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Complete a table ``grants`` by structures as `layers.matching` makes them; see `completed`."""
    latest = _latest(actors)
    found_by, parts = pd.Series(pd.NA, grants.index, dtype="string"), []
    for name, key in KEYS.items():
        said = key(grants)[found_by.isna()]
        agreed = _agreed(latest, key(latest))
        hit = said[said.isin(agreed.index)]
        found_by[hit.index] = name
        parts.append(agreed.reindex(hit).set_axis(hit.index))
    told = pd.concat(parts).reindex(grants.index).astype("string").assign(found_by=found_by)
    return _joined(grants, told, _partial(latest))


def _latest(actors: pd.DataFrame) -> pd.DataFrame:
    """Each structure as its latest year describes it."""
    who = actors["siret"].fillna(actors["actor_id"])
    inside = DIMENSIONS["qpv"].of(actors)
    told = actors.assign(_who=who, priority_status=inside.mask(inside.eq(UNKNOWN)))
    hidden = told["diffusion"].eq(PARTIAL).fillna(value=False).astype(bool)
    told = told.assign(**{column: told[column].mask(hidden) for column in DESCRIBED})
    ordered = told.sort_values("year", kind="stable")
    return ordered.drop_duplicates("_who", keep="last").drop(columns="_who").reset_index(drop=True)


def _agreed(latest: pd.DataFrame, keys: pd.Series) -> pd.DataFrame:
    """What all the structures of a key say, by key; null where they differ, or where one of them does not say."""
    known = latest[list(TOLD)].assign(_key=keys.to_numpy())[keys.notna().to_numpy()]
    shared = known["_key"].duplicated(keep=False)
    alone: pd.DataFrame = known[~shared].set_index("_key")
    if not shared.any():
        return alone
    groups = known[shared].groupby("_key", sort=False)
    first, size = groups[list(TOLD)].first(), groups.size()
    same = groups[list(TOLD)].nunique().eq(1) & groups[list(TOLD)].count().eq(size, axis=0)
    return pd.concat([alone, first.where(same)])


def _partial(latest: pd.DataFrame) -> frozenset[str]:
    return frozenset(latest.loc[latest["diffusion"].eq(PARTIAL).fillna(value=False), "actor_id"])


def _joined(grants: pd.DataFrame, told: pd.DataFrame, partial: frozenset[str]) -> pd.DataFrame:
    made = grants.assign(**{column: grants[column].fillna(told[column]) for column in COMPLETED})
    movable = grants["commune"].isna() & grants["located_by"].ne(MULTI_TERRITORY).fillna(value=True)
    moved = movable & told["commune"].notna()
    differ = told["found_by"].eq("siret") & told["commune"].ne(grants["commune"])
    return made.assign(
        commune=grants["commune"].where(~moved, told["commune"]),
        located_by=grants["located_by"].where(~moved, BY_BENEFICIARY),
        beneficiary=told["actor_id"].where(~told["actor_id"].isin(partial)),
        found_by=told["found_by"],
        **{column: told[column] for column in DESCRIBED},
        elsewhere=told["commune"].where((differ & grants["commune"].notna()).fillna(value=False)),
    )
