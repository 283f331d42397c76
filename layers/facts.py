"""The facts an indicator divides: each a cube built from one table of the release, or from the geography."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geodata.perimeter import CURRENT, members
from layers import stages
from layers.cache import MB, Cache
from layers.cube import Cube, by_year, constant, empty, from_jobs, from_observations, from_records, stack
from layers.dimensions import ACTORS, DIMENSIONS, GRANTS, Chosen, keep
from layers.indicators import LEVEL
from layers.indicators.declared import BASE, is_declared
from layers.jobs import of_scope, without_posts
from layers.matching import structures
from layers.series import READY

if TYPE_CHECKING:
    from layers.release import Release

CENTS = 100
CENSUS_YEAR = 2021
CUBES: Final[Cache[Cube]] = Cache("cubes", 24 * MB)
"""Those that filters narrow: about a megabyte each."""
FURTHEST: Final = 5
"""Years between a numerator and what divides it, from which no ratio is given: a commune gains or loses a fifth."""
TIMELESS: Final = frozenset({"area_km2"})
"""Facts that no year changes."""
EMBEDDED, CENSUS, OUTLINES = "geography", "census", "outlines"


def communes_of(release: Release) -> tuple[str, ...]:
    """Codes of the communes, sorted: the last axis of every cube."""
    return tuple(sorted(release.geography.communes.index))


def _structures(release: Release) -> pd.DataFrame:
    """Each structure of the ESS once a year, whatever the number of lists that name it."""
    frame = structures(release)
    kept: pd.DataFrame = frame[frame["ess"] == "yes"]
    return kept


def receiver(grants: pd.DataFrame) -> pd.Series:
    """Who receives each grant: SIREN, else SIRET, else RNA number, else name."""
    who: pd.Series = grants["siren"].fillna(grants["siret"]).fillna(grants["rna"]).fillna(grants["name"])
    return who


def _once(grants: pd.DataFrame) -> pd.DataFrame:
    """Each beneficiary once a year, in the commune where it receives most in all; in none where none is known."""
    grants = grants.assign(who=receiver(grants), located=grants["commune"].notna())
    there = grants.groupby(["year", "who", "commune"], dropna=False)["amount_cents"].transform("sum")
    order = ["located", "there", "amount_cents"]
    once = grants.assign(there=there).sort_values(order, ascending=False, kind="stable")
    return once.drop_duplicates(["year", "who"])


def _ones(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(1, index=frame.index)


def _euros(frame: pd.DataFrame) -> pd.Series:
    return frame["amount_cents"] / CENTS


@dataclass(frozen=True, slots=True)
class Records:
    """A fact that adds rows of a table up: which rows, brought together how (``joined``), and how much of each."""

    table: str
    rows: Callable[[Release], pd.DataFrame]
    amounts: Callable[[pd.DataFrame], pd.Series] = _ones
    joined: Callable[[pd.DataFrame], pd.DataFrame] | None = None

    def counted(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows that are counted, of those that are chosen."""
        return frame if self.joined is None else self.joined(frame)


RECORDS: dict[str, Records] = {
    "actors": Records(ACTORS, _structures),
    "grants": Records(GRANTS, stages.measured),
    "amount": Records(GRANTS, stages.measured, _euros),
    "amount_squares": Records(GRANTS, stages.measured, lambda frame: _euros(frame) ** 2),
    "amount_back": Records(GRANTS, stages.measured, lambda frame: -_euros(frame).clip(upper=0)),
    "beneficiaries": Records(GRANTS, stages.measured, joined=_once),
}
"""Facts that can be cut by any dimension of their table."""


def _recorded(fact: str) -> Callable[[Release], Cube]:
    def build(release: Release) -> Cube:
        declared = RECORDS[fact]
        frame = declared.counted(declared.rows(release))
        built = from_records(frame, declared.amounts(frame), communes_of(release))
        if declared.table != ACTORS:
            return built
        told = release.actors[release.actors["ess"] == "yes"]
        return replace(built, sources=by_year(told, "source"), vintages=by_year(told, "vintage"))

    return build


def _observed(variable: str, *, additive: bool) -> Callable[[Release], Cube]:
    def build(release: Release) -> Cube:
        frame = release.observations[release.observations["variable"] == variable]
        return from_observations(frame, communes_of(release), additive=additive)

    return build


def _population(release: Release) -> Cube:
    """Imported years first, then the embedded one."""
    communes = release.geography.communes.loc[list(communes_of(release))]
    year = int(communes["population_year"].iloc[0])
    embedded = constant(communes["population"].to_numpy(dtype=float), year, EMBEDDED, str(year))
    imported = _observed("population", additive=True)(release)
    return stack(imported, embedded) if imported.years else embedded


def _area(release: Release) -> Cube:
    communes = release.geography.communes.loc[list(communes_of(release))]
    year = int(communes["population_year"].iloc[0])
    return constant(communes["area_km2"].to_numpy(dtype=float), year, OUTLINES, str(year))


def _census(column: str) -> Callable[[Release], Cube]:
    def build(release: Release) -> Cube:
        values = release.geography.census.loc[list(communes_of(release)), column]
        return constant(values.to_numpy(dtype=float), CENSUS_YEAR, CENSUS, str(CENSUS_YEAR))

    return build


def _posts(scope: str, column: str) -> Callable[[Release], Cube]:
    def build(release: Release) -> Cube:
        communes = communes_of(release)
        return from_jobs(of_scope(release, scope), column, communes, without_posts(release, scope, communes))

    return build


def _jobs_expected(release: Release, perimeter: int = CURRENT) -> Cube:
    """Posts that each commune would have with the share of the ESS in the metropole: the quotient's denominator.

    The metropole is that of the perimeter, of which the quotient is then exactly 1.
    """
    everyone, ess = cube(release, "all_jobs"), cube(release, "jobs")
    inside = np.isin(communes_of(release), list(members(perimeter)))
    years = [year for year in everyone.years if year in ess.years]
    if not years:
        return empty(len(communes_of(release)))
    at_all, at_ess = ([built.years.index(year) for year in years] for built in (everyone, ess))
    posts = everyone.values[at_all].sum(axis=(1, 2), keepdims=True)
    of_metropole = posts[..., inside].sum(axis=(1, 2, 3))
    share = ess.values[at_ess][..., inside].sum(axis=(1, 2, 3)) / np.maximum(of_metropole, 1)
    return replace(
        everyone,
        years=tuple(years),
        values=posts * share.reshape(-1, 1, 1, 1),
        absence=everyone.absence[at_all],
        sector_known=(),
        family_known=(),
    )


CENSUSES: Final = {
    "census": "pop",
    "under_20": "pop_0_19",
    "over_65": "pop_65p",
    "housing": "logements",
    "vacant": "logements_vacants",
}
"""Facts of the embedded census, and their columns there."""
OBSERVED: Final = {
    "median_income": False,
    "poverty_rate": False,
    "jobseekers": True,
    "social_housing": True,
    "openings": True,
    "closures": True,
}
"""Facts of the table `observations`, and whether they add up."""
POSTS: Final = {
    "jobs": ("ess", "posts"),
    "private_jobs": ("private", "posts"),
    "all_jobs": ("all", "posts"),
    "ess_establishments": ("ess", "establishments"),
    "all_establishments": ("all", "establishments"),
}
"""Facts of the table `jobs`: their scope and their column."""
FACTS: dict[str, Callable[[Release], Cube]] = {
    **{fact: _recorded(fact) for fact in RECORDS},
    "population": _population,
    "area_km2": _area,
    **{fact: _census(column) for fact, column in CENSUSES.items()},
    **{fact: _observed(fact, additive=additive) for fact, additive in OBSERVED.items()},
    **{fact: _posts(*told) for fact, told in POSTS.items()},
    "jobs_expected": _jobs_expected,
}


OF_METROPOLE: dict[str, Callable[[Release, int], Cube]] = {"jobs_expected": _jobs_expected}
"""Facts that depend on which communes make up the metropole."""


def cube(release: Release, fact: str, perimeter: int = CURRENT) -> Cube:
    """The cube of a fact, built once for each release; ``KeyError`` for an unknown fact.

    It holds all the communes whatever the ``perimeter``, on which only `OF_METROPOLE` depend.
    """
    relative = perimeter != CURRENT and fact in OF_METROPOLE
    key = ("fact", fact, perimeter) if relative else ("fact", fact)
    build = (lambda: OF_METROPOLE[fact](release, perimeter)) if relative else (lambda: _source(release, fact)(release))
    found: Cube = release.cache.get(key, build)
    return found


def _source(release: Release, fact: str) -> Callable[[Release], Cube]:
    """What builds a fact: of the registry, or of a file that declares an indicator."""
    declared = release.indicators.get(fact.removesuffix(BASE)) if is_declared(fact) else None
    return FACTS[fact] if declared is None else _observed(fact, additive=declared.kind != LEVEL)


def dividing(built: Cube, fact: str, year: int) -> int | None:
    """Index of the year of a fact by which amounts of another year are divided; None beyond `FURTHEST` years."""
    return built.nearest(year, None if fact in TIMELESS else FURTHEST)


def far(built: Cube, fact: str, years: Iterable[int]) -> dict[int, int]:
    """The nearest year of a fact, by year that it is too far from to divide its amounts."""
    lacking = [year for year in years if dividing(built, fact, year) is None]
    return {year: built.years[at] for year in lacking if (at := built.nearest(year)) is not None}


def rows(release: Release, fact: str, chosen: Mapping[str, Chosen]) -> pd.DataFrame:
    """Rows that a fact made of records counts, once those that the dimensions leave out are gone."""
    return RECORDS[fact].counted(kept(release, fact, chosen))


def kept(release: Release, fact: str, chosen: Mapping[str, Chosen]) -> pd.DataFrame:
    """The same before those of one beneficiary are brought together."""
    declared = RECORDS[fact]
    return keep(declared.rows(release), declared.table, chosen)


def narrowed(release: Release, fact: str, chosen: Mapping[str, Chosen], perimeter: int = CURRENT) -> Cube:
    """The cube of a fact made of records that some dimensions narrow; the years and sources stay those of the fact.

    Sector and family are axes of the cube, and narrow nothing here. What is no
    fact of records, or has none of these dimensions, is what it is without them.
    """
    whole = cube(release, fact, perimeter)
    declared = RECORDS.get(fact)
    if declared is None or not whole.years:
        return whole
    wanted = {k: v for k, v in chosen.items() if k not in READY and DIMENSIONS[k].cuts(declared.table)}
    if not wanted:
        return whole

    def build() -> Cube:
        frame = rows(release, fact, wanted)
        built = from_records(frame, declared.amounts(frame), communes_of(release), whole.years)
        return replace(
            built,
            sector_known=whole.sector_known,
            family_known=whole.family_known,
            sources=whole.sources,
            vintages=whole.vintages,
        )

    return CUBES.get((release.token, fact, tuple(sorted(wanted.items()))), build)


def is_usable(built: Cube) -> bool:
    """Whether the release holds the fact for any year."""
    return bool(built.years) and bool(np.isfinite(built.values).all())
