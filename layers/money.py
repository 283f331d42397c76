"""What money some grants are: of the State, counted at head offices, of one old year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geodata.names import normalise
from layers import stages
from layers.cache import Remembered
from layers.readers import READERS

if TYPE_CHECKING:
    import pandas as pd

    from layers.release import Release

STATE, SEAT, OLD = "state", "seat", "old"
MOST: Final = 0.5
"""Part of the euros from which all are named so."""
AGE: Final = 5
"""Years before the latest of a release from which money is old (this project's threshold)."""
_STATE: Final = re.compile(
    r"etat\b.*|republique francaise|senat|assemblee nationale|reserve parlementaire|"
    r".*\b(?:prefecture|ministere|premier ministre|dreets|drac|ddcs|drajes|anct|fonjep)\b.*"
)
_is_state: Final[Remembered[bool]] = Remembered(
    "state", lambda name: bool(_STATE.fullmatch(normalise(name).lower())), most=1024, longest=300
)


def marks(grants: pd.DataFrame, latest: int) -> tuple[str, ...]:
    """What most of some grants are, `STATE`, `SEAT` and `OLD` in this order.

    Parameters
    ----------
    grants : rows of the table, with ``grantor``, ``source``, ``year`` and ``amount_cents``.
    latest : the latest year that the release tells anything of (`latest`).
    """
    euros = grants["amount_cents"].abs()
    if not euros.sum():
        return ()
    seats = [kind for kind, reader in READERS.items() if reader.at_seat]
    parts = {
        STATE: grants["grantor"].map(_is_state).astype(bool),
        SEAT: grants["source"].isin(seats),
        OLD: latest - grants["year"] > AGE,
    }
    return tuple(key for key, chosen in parts.items() if euros[chosen].sum() >= MOST * euros.sum())


def latest(release: Release) -> int:
    """The latest year of the structures, grants, posts and observations of a release, and of its populations."""
    tables = (release.actors, release.grants, release.jobs, release.observations)
    years = [int(frame["year"].max()) for frame in tables if len(frame)]
    return max([*years, int(release.geography.communes["population_year"].max())])


def of_year(release: Release, year: int | None) -> tuple[str, ...]:
    """What most of the grants that a year is measured by are; nothing where it has none."""

    def made() -> tuple[str, ...]:
        grants = stages.measured(release)
        return () if year is None else marks(grants[grants["year"].eq(year)], latest(release))

    found: tuple[str, ...] = release.cache.get(("money", year), made)
    return found
