"""Figures under secrecy of a release that is not the one shown: withdrawn, unless the one shown says the very same.

Two releases of one year are protected each with its own numbers. Where a file is corrected, the difference of two
numbers that are both shown is the posts of what was added, were it one establishment. So of every year only one state
of the posts is served, that of the release shown: of any other release the numbers of that year are not there at all,
and all its cells are hidden, unless the rows and what is hidden of them are the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from layers import notes, tables
from layers.indicators.declared import BASE
from layers.notes import Note, note
from layers.secrecy import masks, recording
from layers.secrecy.levels import areas_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layers.indicators import Indicator
    from layers.release import Release

JOBS: Final = "jobs"
_NUMBERS: Final = ("posts", "establishments", "largest")
_OBSERVED: Final = ["commune", "value", "state"]
_HIDDEN: Final = ["scope", "cells", "shape"]
WITHDRAWN: Final = "withdrawn"
INSTEAD: Final = "instead"
"""Keys of the manifest of a release of which something is withdrawn: what (table or variable, year), and the name of
the release that says it otherwise."""
Years = frozenset[int]
Gone = frozenset[tuple[str, int]]
"""What is withdrawn: `JOBS` or the variable of an observation, and the year."""


def beside(older: Release, shown: Release) -> Release:
    """A release as it may be served while another is shown; itself where all it says under secrecy is the same.

    So is the demonstration: nobody's posts are in it.
    """
    if older.demonstration:
        return older
    gone = frozenset({(JOBS, year) for year in _jobs(older, shown)} | set(_observed(older, shown)))
    if not gone:
        return older
    years = {year for base, year in gone if base == JOBS}
    return replace(
        older,
        jobs=_without_numbers(older.jobs, older.jobs["year"].isin(years), _NUMBERS),
        secrecy=_all_hidden(older, years),
        observations=_without_numbers(older.observations, _rows(older.observations, gone), ("value",)),
        manifest={**older.manifest, WITHDRAWN: [[*one] for one in sorted(gone)], INSTEAD: shown.id},
    )


def years(release: Release, fact: str | None) -> Years:
    """Years of a fact whose numbers are withdrawn from a release."""
    gone = release.manifest.get(WITHDRAWN)
    if fact is None or not gone:
        return frozenset()
    base = JOBS if masks.is_secret(fact) else fact
    return frozenset(year for name, year in gone if name == base)


def told(
    release: Release, indicator: Indicator, held: Iterable[int], divided: Mapping[int, int | None]
) -> dict[int, Note]:
    """What is to be said of the years of an indicator that are withdrawn; *divided* is the year of the denominator."""
    above, below = years(release, indicator.numerator), years(release, indicator.denominator)
    gone = [year for year in held if year in above or divided.get(year) in below]
    return {year: note(notes.WITHDRAWN, year=year, instead=release.manifest[INSTEAD]) for year in gone}


def is_withdrawn(release: Release, indicator: Indicator, year: int | None) -> bool:
    """Whether a value of an indicator is withdrawn from a release; of any year where none is told."""
    gone = years(release, indicator.numerator) | years(release, indicator.denominator)
    return bool(gone) if year is None else year in gone


def under_secrecy(indicator: Indicator) -> bool:
    """Whether an indicator is made of what `beside` may withdraw."""
    facts = filter(None, (indicator.numerator, indicator.denominator))
    return indicator.fewest > 0 or any(masks.is_secret(fact) for fact in facts)


def _jobs(older: Release, shown: Release) -> Iterator[int]:
    for year in sorted({int(year) for year in older.jobs["year"].unique()}):
        if not (
            _same(older.jobs, shown.jobs, year, [*recording.READ, "scope", "source"])
            and _same(older.secrecy, shown.secrecy, year, _HIDDEN)
            and older.secrecy["year"].eq(year).any()
        ):
            yield year


def _observed(older: Release, shown: Release) -> Iterator[tuple[str, int]]:
    """Variables and years of declared indicators that hide what few units make up, which are not said the same."""
    kept = dict(_thresholds(shown))
    for name, least in _thresholds(older):
        here, there = (one.observations[one.observations["variable"] == name] for one in (older, shown))
        for year in sorted({int(year) for year in here["year"].unique()}):
            if kept.get(name) != least or not _same(here, there, year, _OBSERVED):
                yield name, year


def _thresholds(release: Release) -> Iterator[tuple[str, int]]:
    for indicator in release.indicators.values():
        if indicator.fewest:
            yield indicator.key, indicator.fewest
            yield indicator.key + BASE, indicator.fewest


def _same(one: pd.DataFrame, other: pd.DataFrame, year: int, columns: list[str]) -> bool:
    """Whether two tables have the same rows of a year, in whatever order."""
    here, there = (
        frame.loc[frame["year"] == year, columns].sort_values(columns, ignore_index=True) for frame in (one, other)
    )
    return here.equals(there)


def _rows(observations: pd.DataFrame, gone: Gone) -> pd.Series:
    pairs = zip(observations["variable"], observations["year"], strict=True)
    return pd.Series([(str(name), int(year)) in gone for name, year in pairs], index=observations.index, dtype=bool)


def _without_numbers(frame: pd.DataFrame, rows: pd.Series, numbers: tuple[str, ...]) -> pd.DataFrame:
    if not rows.any():
        return frame
    blank = frame[[*numbers]].mask(rows)
    state = frame["state"].mask(rows, "suppressed").astype(frame["state"].dtype)
    return frame.assign(**{name: blank[name] for name in numbers}, state=state)


def _all_hidden(older: Release, years: set[int]) -> pd.DataFrame:
    """What is hidden of each year and scope, all of it in these years: no zero is told from a number there."""
    communes = tuple(sorted(older.geography.communes.index))
    _, areas, _ = areas_of(communes)
    whole = np.ones((len(areas), *(1 for _ in masks.CUTS)), dtype=bool)
    told = older.jobs[older.jobs["year"].isin(years)][["scope", "year"]].drop_duplicates()
    made = [recording.row(str(scope), int(year), whole, "") for scope, year in told.itertuples(index=False)]
    kept = older.secrecy[~older.secrecy["year"].isin(years)]
    return pd.concat([kept, tables.build("secrecy", made)], ignore_index=True)
