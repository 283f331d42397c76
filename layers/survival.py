"""Of the structures that received a grant, how many are still in the lists some years later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers import stages

if TYPE_CHECKING:
    from layers.release import Release

AFTER: Final = 3
"""Years after which a structure is looked for (domain, section 3: indicator 26)."""


@dataclass(frozen=True, slots=True)
class Survival:
    """Structures that received a grant in a year and are known in the lists of it, and those still there `AFTER`."""

    year: int
    known: int
    there: int


def survival(release: Release) -> tuple[Survival, ...]:
    """By year of the grant, rising, where the list of the year and that of `AFTER` years later have the same sources.

    A structure that a list of another source would not name is not one that closed: such years are left out.
    """
    found: tuple[Survival, ...] = release.cache.get("survival", lambda: _survival(release))
    return found


def _survival(release: Release) -> tuple[Survival, ...]:
    actors = release.actors
    years = sorted(int(year) for year in actors["year"].unique())
    sources = {year: frozenset(actors.loc[actors["year"].eq(year), "source"]) for year in years}
    ids = {year: frozenset(actors.loc[actors["year"].eq(year), "actor_id"]) for year in years}
    grants = stages.measured(release)
    found = []
    for year in years:
        later = year + AFTER
        if sources.get(later) != sources[year]:
            continue
        who = set(grants.loc[grants["year"].eq(year), "beneficiary"].dropna()) & ids[year]
        if who:
            found.append(Survival(year, len(who), len(who & ids[later])))
    return tuple(found)
