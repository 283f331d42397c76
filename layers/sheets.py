"""The sheet of one structure: what every list says of it, where they differ, and the grants that it received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from layers import directory, matching
from layers.beneficiaries import completed

if TYPE_CHECKING:
    from layers.release import Release

SAID: Final = (
    "name", "commune", "sector", "family", "size_class", "legal_category", "ape", "ess", "reasons", "position",
    "created", "priority_area",
)  # fmt: skip
"""What lists may say of a structure, in the order of its sheet."""
DISAGREE: Final = frozenset({"commune", "sector", "family", "size_class", "legal_category", "ape", "ess", "created"})
"""What is a disagreement where two lists of one year say it differently; names are written in too many ways."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """One structure.

    Attributes
    ----------
    key : its name in addresses.
    kept : the row of the structure for the year shown, as `layers.matching` brings it together.
    year, years : the year shown, and all those of the lists that name it.
    rows : the rows of the lists for that year, the one whose word is taken first before the others.
    disagreements : fields of `DISAGREE` that these rows say differently.
    grants : what it received, of any year: rows of `layers.beneficiaries.completed`, latest first.
    unit_grants : what its legal unit received, where no establishment is told and the unit has several.
    """

    key: str
    kept: pd.Series
    year: int
    years: tuple[int, ...]
    rows: pd.DataFrame
    disagreements: frozenset[str]
    grants: pd.DataFrame
    unit_grants: pd.DataFrame


def sheet(release: Release, key: str, year: int | None = None) -> Sheet | None:
    """The sheet of a structure, for a year that it has, else its latest.

    None where no list names it, and where it may not be named: in partial diffusion in any year, or a natural person.
    """
    if key in directory.partial(release):
        return None
    found = directory.keyed(release)
    found = found[found["key"].eq(key)]
    if found.empty:
        return None
    years = tuple(sorted(int(one) for one in found["year"]))
    shown = year if year in years else years[-1]
    rows = matching.matched(release).rows
    rows = rows[rows["key"].eq(key) & rows["year"].eq(shown)].reset_index(drop=True)
    kept = found[found["year"].eq(shown)].iloc[0]
    grants, unit_grants = _grants(release, frozenset(found["actor_id"]), kept)
    return Sheet(key, kept, shown, years, rows, _disagreements(rows), grants, unit_grants)


def _disagreements(rows: pd.DataFrame) -> frozenset[str]:
    return frozenset(name for name in DISAGREE if rows[name].nunique() > 1)


def _grants(release: Release, ids: frozenset[str], kept: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    grants = completed(release).sort_values(["year", "grantor", "instrument", "grant_id"], kind="stable")
    grants = grants.sort_values("year", ascending=False, kind="stable")
    own = grants["beneficiary"].isin(ids)
    siren = kept["siren"] if isinstance(kept["siren"], str) else None
    same_unit = grants["siren"].eq(siren or "").fillna(value=False)
    of_unit = grants["beneficiary"].isna() & grants["siret"].isna() & same_unit
    return grants[own], grants[of_unit.astype(bool)]
