"""The largest employers of a place, by the size class that Sirene declares: a class is no number of posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.dimensions import SIZES
from layers.matching import PARTIAL, structures

if TYPE_CHECKING:
    from layers.release import Release

MOST: Final = 10
LEAST: Final = "10-19"
"""The smallest class that is listed: below it « largest » says nothing."""
ORDER: Final = {slug: place for place, slug in enumerate(SIZES)}
_SLUGS: Final = {code: slug for slug, (_, codes) in SIZES.items() for code in codes}


@dataclass(frozen=True, slots=True)
class Employer:
    """One structure: identifier, name, commune, sector, slug of its class in `layers.dimensions.SIZES`."""

    actor_id: str
    name: str
    commune: str
    sector: str | None
    size: str


def told(release: Release, year: int) -> bool:
    """Whether the lists of a year say any size class at all."""
    frame = release.actors
    return bool(frame.loc[frame["year"].eq(year), "size_class"].notna().any())


def largest(release: Release, communes: frozenset[str], year: int, most: int = MOST) -> tuple[Employer, ...]:
    """The structures of the ESS of some communes in the highest classes of a year, from `LEAST` on.

    Those in partial diffusion are never listed (art. R123-232-1). Within a class they go by name: nothing says which
    is larger.
    """
    frame = structures(release)
    kept = frame[frame["year"].eq(year) & frame["ess"].eq("yes") & frame["commune"].isin(communes)]
    kept = kept[~kept["diffusion"].eq(PARTIAL).fillna(value=False).astype(bool)]
    sizes = kept["size_class"].map(_SLUGS)
    kept = kept.assign(size=sizes, order=sizes.map(ORDER))
    kept = kept[kept["order"] >= ORDER[LEAST]]
    ordered = kept.sort_values(["order", "name", "actor_id"], ascending=[False, True, True], kind="stable")
    return tuple(_employer(row) for row in ordered.head(most).to_dict("records"))


def _employer(row: dict[object, object]) -> Employer:
    sector = row["sector"]
    return Employer(
        str(row["actor_id"]),
        str(row["name"]),
        str(row["commune"]),
        sector if isinstance(sector, str) else None,
        str(row["size"]),
    )
