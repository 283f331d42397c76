"""Stages of a grant (domain, section 3): voted, contracted and paid are never added to one another.

Each year is measured at one stage: what was voted where the release holds it, else contracted, else paid. What was only
asked for is never measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.beneficiaries import completed

if TYPE_CHECKING:
    import pandas as pd

    from layers.release import Release

VOTED, CONTRACTED, PAID = "voted", "contracted", "paid"
MEASURED: Final = (VOTED, CONTRACTED, PAID)
"""In the order in which one is chosen for a year."""


def by_year(release: Release) -> dict[int, str]:
    """The stage at which each year is measured, worked out once for each release."""
    found: dict[int, str] = release.cache.get("stages", lambda: _by_year(release))
    return found


def _by_year(release: Release) -> dict[int, str]:
    told = release.grants[["year", "kind"]].drop_duplicates()
    found: dict[int, str] = {}
    for stage in reversed(MEASURED):
        for year in told.loc[told["kind"].eq(stage), "year"]:
            found[int(year)] = stage
    return dict(sorted(found.items()))


def measured(release: Release) -> pd.DataFrame:
    """The grants that are counted, completed by their beneficiaries: those of the stage of their year."""
    found: pd.DataFrame = release.cache.get("measured_grants", lambda: _measured(release))
    return found


def _measured(release: Release) -> pd.DataFrame:
    grants = completed(release)
    stage = grants["year"].map(by_year(release))
    return grants[grants["kind"].eq(stage).fillna(value=False).astype(bool)]
