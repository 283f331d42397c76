"""What an indicator can be cut by in a release, and what it cannot be, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from layers import facts
from layers.cube import FAMILY_AXIS, SECTOR_AXIS, UNKNOWN, Cube
from layers.dimensions import ACTORS, DIMENSIONS, JOBS, Chosen
from layers.indicators import INDICATORS
from layers.secrecy.masks import SCOPES
from layers.series import READY

if TYPE_CHECKING:
    import pandas as pd

    from layers.release import Release

Labels = Mapping[str, str]
NO_OBJECT = "Sans objet pour cet indicateur."
NOT_TOLD = "La source ne le dit pas."
POSTS = "Les postes, sous secret statistique, ne sont pas publiés ainsi."


def table_of(indicator: str) -> str | None:
    """The table whose dimensions cut an indicator; None where none does."""
    declared = INDICATORS.get(indicator)
    if declared is None or not declared.cuts:
        return None
    if declared.numerator in facts.RECORDS:
        return facts.RECORDS[declared.numerator].table
    return JOBS if declared.numerator in SCOPES else None


def cuts(indicator: str, key: str) -> bool:
    """Whether a dimension cuts an indicator: its table has it, and so have the posts that divide it."""
    table = table_of(indicator)
    return table is not None and DIMENSIONS[key].cuts(table) and not _divided_by_whole_posts(indicator, key)


def _divided_by_whole_posts(indicator: str, key: str) -> bool:
    """Whether a dimension would cut the numerator and leave under it the posts of all the structures."""
    dimension = DIMENSIONS[key]
    declared = INDICATORS.get(indicator)
    divided = declared is not None and declared.denominator in SCOPES
    return divided and dimension.cuts(ACTORS) and not dimension.cuts(JOBS)


def offer(indicator: str) -> str:
    """Name of what an indicator can be cut by, shared by all those that can be by the same; empty for nothing."""
    declared = INDICATORS.get(indicator)
    if declared is None or not declared.cuts:
        return ""
    return f"{declared.numerator}/{declared.denominator}" if declared.denominator in SCOPES else declared.numerator


def offered(release: Release, indicator: str) -> dict[str, Labels]:
    """Label by slug of each dimension that some year of an indicator tells; see `layers.dimensions`."""
    key = ("offered", offer(indicator))
    found: dict[str, Labels] = release.cache.get(key, lambda: _offered(release, indicator))
    return found


def labels(release: Release, indicator: str, key: str, slugs: Chosen) -> tuple[str, ...]:
    """Labels of some slugs of a dimension; the slug itself where neither the registry nor the release names it."""
    dimension = DIMENSIONS[key]
    names = {**dimension.names, **dimension.apart, **offered(release, indicator).get(key, {})}
    return tuple(names.get(slug, slug) for slug in slugs)


def is_told(release: Release, indicator: str, key: str, year: int) -> bool:
    """Whether the sources of a year tell a dimension."""
    if not cuts(indicator, key):
        return False
    built = facts.cube(release, release.indicators[indicator].numerator)
    if year not in built.years:
        return False
    if key in READY:
        known = built.sector_known if key == "sector" else built.family_known
        return built.values.shape[1 + READY.index(key)] > 1 and known[built.years.index(year)]
    return year in _years_told(release, indicator, key)


def reason(release: Release, indicator: str, key: str) -> str:
    """In French: why a dimension has no choice for an indicator; empty where it has."""
    if key in offered(release, indicator):
        return ""
    if cuts(indicator, key):
        return NOT_TOLD
    whole_posts = table_of(indicator) == JOBS or release.indicators[indicator].denominator in SCOPES
    return POSTS if whole_posts and DIMENSIONS[key].cuts(ACTORS) else NO_OBJECT


def _offered(release: Release, indicator: str) -> dict[str, Labels]:
    if table_of(indicator) is None:
        return {}
    built = facts.cube(release, release.indicators[indicator].numerator)
    frame = _frame(release, indicator)
    found: dict[str, Labels] = {}
    for key, dimension in DIMENSIONS.items():
        if not cuts(indicator, key):
            continue
        if key in READY:
            labels = _of_axis(built, key)
        else:
            labels = dimension.labels(frame) if frame is not None and dimension.is_told(frame) else {}
        if labels:
            found[key] = labels
    return found


def _of_axis(built: Cube, key: str) -> Labels:
    axis, known = (SECTOR_AXIS, built.sector_known) if key == "sector" else (FAMILY_AXIS, built.family_known)
    place = 1 + READY.index(key)
    if built.values.shape[place] == 1 or not any(known):
        return {}
    unknown = bool(built.values.take(-1, axis=place).any())
    dimension = DIMENSIONS[key]
    names = {**dimension.names, UNKNOWN: dimension.unknown}
    return {slug: names[slug] for slug in axis if slug != UNKNOWN or unknown}


def _frame(release: Release, indicator: str) -> pd.DataFrame | None:
    declared = facts.RECORDS.get(release.indicators[indicator].numerator)
    return None if declared is None else declared.rows(release)


def _years_told(release: Release, indicator: str, key: str) -> frozenset[int]:
    def told() -> frozenset[int]:
        frame, column = _frame(release, indicator), DIMENSIONS[key].column
        said = () if frame is None else frame.loc[frame[column].notna(), "year"].unique()
        return frozenset(int(year) for year in said)

    found: frozenset[int] = release.cache.get(("told", release.indicators[indicator].numerator, key), told)
    return found
