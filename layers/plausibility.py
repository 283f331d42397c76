"""Values that new files bring and that cannot be, or hardly: to be looked at before they are published.

A reader refuses what it cannot read; what is read may still be a slip. Nothing here refuses a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from layers.readers.confirmation import LARGEST_AMOUNT
from layers.secrecy.primary import FEWEST_UNITS
from layers.typography import sentence
from layers.values.dates import FIRST_YEAR

if TYPE_CHECKING:
    from layers.release import Release

MARGIN: Final = 1_000.0
"""Metres around the box of its commune in which a point may be: boundaries are simplified, addresses approximate."""
JUMP: Final = 2.0
"""A value of a commune more than this many times what it was, or less than one part of as many, is unusual."""
FEWEST: Final = 30
"""Values under this one may double by chance."""
RATES: Final = ("poverty_rate",)
INCOMES: Final = {"median_income": (3_000.0, 150_000.0)}
PEOPLE: Final = ("jobseekers",)
"""Variables that count inhabitants: never more than the commune has."""
POSTS: Final = "posts"
CORRECTED: Final = (
    "correction de moins de trois établissements : qui a gardé les chiffres de la publication précédente lirait leurs "
    "postes par différence ; la joindre à d’autres"
)


@dataclass(frozen=True, slots=True)
class Implausible:
    """One value of one line of a file, with why it is doubted, in French.

    ``where`` is the name of a commune, of a structure or of a beneficiary; ``value`` is in the unit of the file.
    """

    source: str
    vintage: str
    row: int
    where: str
    column: str
    value: float
    reason: str


Frame = pd.DataFrame
_Found = Iterator[Implausible]


def check(before: Release | None, after: Release, today_year: int | None = None) -> tuple[Implausible, ...]:
    """What the files that ``before`` had not bring of values out of range, or far from what they were.

    ``before`` is None, or a demonstration, where nothing was imported: all the rows are then new.
    """
    year = today_year or datetime.now(UTC).year
    base = None if before is None or before.demonstration else before
    known = set() if base is None else {source["sha256"] for source in base.manifest["sources"]}
    new = {name: frame[~frame["file_sha256"].isin(known)] for name, frame in after.tables().items()}
    population = {str(code): float(n) for code, n in after.geography.communes["population"].items()}
    names = {str(code): str(name) for code, name in after.geography.communes["name"].items()}
    found = [
        *(
            one
            for table in ("actors", "grants", "observations", "jobs", "programme")
            for one in _years(new[table], year)
        ),
        *_amounts(new["grants"]),
        *_observations(new["observations"], population),
        *_jobs(new["jobs"], population),
        *_programme(new["programme"]),
        *_points(new["actors"], after),
        *(() if base is None else _jumps(base.observations, new["observations"])),
        *(() if base is None else _corrected(base.jobs, after.jobs, new["jobs"])),
    ]
    return tuple(_named(one, names) for one in found)


def _doubts(frame: Frame, column: str, wrong: pd.Series, reason: str, scale: float = 1.0) -> _Found:
    """The rows of a table where ``wrong`` is true."""
    for row in frame[wrong.fillna(value=False).astype(bool)].to_dict("records"):
        where = next((row[key] for key in ("name", "title", "commune") if key in row and not pd.isna(row[key])), "")
        value = float(row[column]) * scale
        yield Implausible(row["source"], row["vintage"], int(row["row"]), str(where), column, value, sentence(reason))


def _named(one: Implausible, names: Mapping[str, str]) -> Implausible:
    if one.where not in names:
        return one
    where = names[one.where]
    return Implausible(one.source, one.vintage, one.row, where, one.column, one.value, one.reason)


def _years(frame: Frame, today_year: int) -> _Found:
    years = frame["year"]
    wrong = ~years.between(FIRST_YEAR, today_year + 1)
    yield from _doubts(
        frame, "year", wrong, f"année impossible : elle devrait être entre {FIRST_YEAR} et l’an prochain"
    )


def _amounts(frame: Frame) -> _Found:
    cents = frame["amount_cents"]
    yield from _doubts(frame, "amount_cents", cents < 0, "montant négatif : reversement, ou faute de signe ?", 0.01)
    yield from _doubts(frame, "amount_cents", cents.abs() > LARGEST_AMOUNT, "plus de cent millions d’euros", 0.01)


def _observations(frame: Frame, population: Mapping[str, float]) -> _Found:
    value, variable = frame["value"], frame["variable"]
    people = frame["commune"].map(population).astype(float)
    yield from _doubts(frame, "value", value < 0, "valeur négative")
    yield from _doubts(frame, "value", variable.isin(RATES) & (value > 100), "taux supérieur à 100 %")  # noqa: PLR2004
    for name, (low, high) in INCOMES.items():
        wrong = variable.eq(name) & ~value.between(low, high) & value.notna() & (value >= 0)
        yield from _doubts(frame, "value", wrong, "revenu annuel hors de ce qui se rencontre")
    more = variable.isin(PEOPLE) & (value > people)
    yield from _doubts(frame, "value", more, "plus que la commune n’a d’habitants")


def _jobs(frame: Frame, population: Mapping[str, float]) -> _Found:
    people = frame["commune"].map(population).astype(float)
    for column in (POSTS, "establishments", "largest"):
        yield from _doubts(frame, column, frame[column] < 0, "valeur négative")
    more = frame["scope"].eq("ess") & (frame[POSTS] > people)
    yield from _doubts(frame, POSTS, more, "plus de postes de l’ESS que la commune n’a d’habitants")
    yield from _doubts(
        frame,
        "establishments",
        frame["establishments"] > people,
        "plus d’établissements que la commune n’a d’habitants",
    )
    yield from _doubts(
        frame,
        "largest",
        frame["largest"] > frame[POSTS],
        "le plus grand établissement a plus de postes que tous ensemble",
    )


def _corrected(before: Frame, after: Frame, new: Frame) -> _Found:
    """Posts of a year and scope published before that differ by fewer establishments than secrecy lets be told.

    Who kept what was shown of the release before reads their posts as the difference of two totals.
    """
    of_row = ["source", "commune", "sector", "family", "size_class"]
    told = ["establishments", POSTS]
    for (year, scope), rows in new.groupby(["year", "scope"]):
        was, now = (
            one[one["year"].eq(int(str(year))) & one["scope"].eq(str(scope))].fillna(dict.fromkeys(of_row, ""))
            for one in (before, after)
        )
        if was.empty:
            continue
        one, other = (frame.groupby(of_row)[told].sum() for frame in (was, now))
        one, other = one.align(other, join="outer", fill_value=0.0)
        moved = (one != other).any(axis=1)
        units = (one["establishments"] - other["establishments"]).abs().clip(lower=1)[moved].sum()
        if 0 < units < FEWEST_UNITS:
            keys = pd.MultiIndex.from_frame(rows[of_row].fillna(""))
            changed = pd.Series(keys.isin(moved[moved].index), index=rows.index)
            yield from _doubts(rows.fillna({POSTS: 0.0}), POSTS, changed, CORRECTED)


def _programme(frame: Frame) -> _Found:
    yield from _doubts(frame, "value", frame["value"] < 0, "valeur négative")


def _points(frame: Frame, after: Release) -> _Found:
    """Structures whose point is out of the box of the commune that they were attached to."""
    frame = frame[frame["longitude"].notna() & frame["latitude"].notna() & frame["commune"].notna()]
    if frame.empty:
        return
    from pyproj import Transformer  # noqa: PLC0415  (0.2 s, and only for points)

    to_metres = Transformer.from_crs(4326, 2154, always_xy=True)
    east, north = to_metres.transform(frame["longitude"].to_numpy(float), frame["latitude"].to_numpy(float))
    boxes = after.geography.communes.geometry.bounds.loc[frame["commune"].astype(str)]
    inside = (
        (east >= boxes["minx"].to_numpy() - MARGIN)
        & (east <= boxes["maxx"].to_numpy() + MARGIN)
        & (north >= boxes["miny"].to_numpy() - MARGIN)
        & (north <= boxes["maxy"].to_numpy() + MARGIN)
    )
    wrong = pd.Series(~np.asarray(inside), index=frame.index)
    yield from _doubts(frame, "longitude", wrong, "position hors de la commune de la structure")


def _jumps(before: Frame, new: Frame) -> _Found:
    """Values of a commune far from the last that was published of the same variable."""
    known = before[before["value"].notna()].sort_values("year")
    last = {
        (row["commune"], row["variable"]): float(row["value"])
        for row in known[["commune", "variable", "value"]].to_dict("records")
    }
    for at, commune, variable, value in zip(new.index, new["commune"], new["variable"], new["value"], strict=True):
        held = last.get((commune, variable))
        if held is None or pd.isna(value):
            continue
        low, high = sorted((held, float(value)))
        if high > JUMP * low and high >= FEWEST:
            told = f"{held:.12g}".replace(".", ",")
            reason = f"plus du double, ou moins de la moitié, de la dernière valeur publiée ({told})"
            yield from _doubts(new.loc[[at]], "value", pd.Series(True, index=[at]), reason)
