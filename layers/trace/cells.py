"""The official cells of a fact that no records make: rows of tables of communes, and the embedded geography."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geodata.territories import TERRITORIES
from layers import facts, measure
from layers.cube import ABSENT, UNKNOWN, Cube
from layers.dimensions import DIMENSIONS, Chosen
from layers.given import unchanged
from layers.jobs import SECOND, of_scope
from layers.secrecy import masks
from layers.secrecy.masks import CUTS, Hidden
from layers.series import LEVELS, SUPPRESSED
from layers.tables import REST
from layers.trace.origin import CELLS, EMBEDDED, Entry, Files, Line, Part, Place, met

if TYPE_CHECKING:
    from layers.release import Release
    from layers.series import Query

SHOWN: Final = ("value", "zero")
COMMUNES, CENSUS = "communes.parquet", "census.parquet"


class Cells:
    """The cells of the official tables of a release, as an indicator shows them."""

    def __init__(self, release: Release, files: Files, query: Query, *, lines: bool) -> None:
        self._release, self._files, self._query, self._lines = release, files, query, lines
        self._made: dict[tuple[str, int | None], pd.DataFrame] = {}

    def part(self, fact: str, where: Place, year: int | None, cut: Mapping[str, Chosen], total: float) -> Part:
        """The cells of a fact over an area in a year, of the sectors and families of ``cut``."""
        built = facts.cube(self._release, fact)
        kinds = built.sources.get(year or 0, ())
        if set(kinds) <= {facts.EMBEDDED, facts.CENSUS, facts.OUTLINES}:
            return self._embedded(fact, built, where, year, total)
        frame = self._posts(fact, where, year) if fact in facts.POSTS else self._observed(fact, built, where, year)
        for key, slugs in cut.items():
            frame = frame[DIMENSIONS[key].of(frame).isin(slugs).astype(bool)]
        cuts = [column for column in CUTS if column in frame]
        shown = frame[~frame["_hidden"]].sort_values(["commune", *cuts, "row"], kind="stable").astype(object)
        unlined = not self._lines and (fact in facts.POSTS or bool(self._fewest))
        if unlined:
            shown["row"] = None
        return Part(
            role=where.role,
            fact=fact,
            kind=CELLS,
            area=where.area,
            year=year,
            total=total,
            count=len(shown),
            withheld=bool(frame["_hidden"].any()),
            unlined=unlined,
            unnamed=0,
            files=met(*self._files.of(shown)),
            entries=lambda first, last: tuple(self._entry(row) for row in shown.iloc[first:last].to_dict("records")),
        )

    def _posts(self, fact: str, where: Place, year: int | None) -> pd.DataFrame:
        """Rows of posts or establishments, each hidden where its own cell is, or tells no number."""
        if (fact, year) not in self._made:
            self._made[fact, year] = self._flagged(fact, year)
        frame = self._made[fact, year]
        return frame[frame["commune"].isin(where.communes)]

    def _flagged(self, fact: str, year: int | None) -> pd.DataFrame:
        scope, column = facts.POSTS[fact]
        frame = of_scope(self._release, scope)
        frame = frame[frame["year"].eq(year or 0)]
        if column == "establishments":
            frame = self._counted(frame, scope)
        hidden = masks.hidden(self._release, fact)
        flags = [_is_hidden(hidden, year or 0, row) for row in frame[["commune", *CUTS]].to_dict("records")]
        told = frame[column].notna() & ~frame["state"].isin(["suppressed", REST])
        amount = frame[column].astype(float)
        return frame.assign(_amount=amount, _hidden=np.array(flags, dtype=bool) | ~told.to_numpy(dtype=bool))

    def _counted(self, frame: pd.DataFrame, scope: str) -> pd.DataFrame:
        """Rows whose establishments another file counts are those of that file."""
        own = self._release.jobs.loc[frame.index, "establishments"]
        lent = own.isna() & frame["establishments"].notna()
        jobs = self._release.jobs
        other = jobs[jobs["scope"].eq(scope) & jobs["source"].eq(SECOND) & jobs["year"].isin(frame["year"].unique())]
        by_place = other.drop_duplicates("commune").set_index("commune")
        origin = {
            name: frame[name].mask(lent, frame["commune"].map(by_place[name]))
            for name in ("source", "vintage", "file_sha256", "row")
        }
        return frame.assign(**origin)

    def _observed(self, fact: str, built: Cube, where: Place, year: int | None) -> pd.DataFrame:
        """Rows of an observed variable; those of a territory itself where its communes do not make it up."""
        table = self._release.observations
        frame = table[table["variable"].eq(fact) & table["year"].eq(year or 0)]
        given = self._told_itself(built, where, year or 0)
        itself = (inside for code, inside in where.territories().items() if code in given)
        frame = frame[frame["commune"].isin(given | where.communes.difference(*itself))]
        hidden = frame["state"].eq("suppressed") | frame["commune"].isin(self._suppressed())
        told = frame["state"].isin((*SHOWN, "suppressed"))
        return frame.assign(_amount=frame["value"].astype(float), _hidden=hidden.astype(bool))[told]

    @property
    def _fewest(self) -> int:
        return self._release.indicators[self._query.indicator].fewest

    def _suppressed(self) -> frozenset[str]:
        """Areas of which the indicator is hidden: of these no number is given, be it one that would be shown alone."""
        if not self._fewest:
            return frozenset()
        series = (measure.series(self._release, replace(self._query, level=level)) for level in LEVELS)
        return frozenset(cell.code for one in series for cell in one.cells if cell.state == SUPPRESSED)

    def _told_itself(self, built: Cube, where: Place, year: int) -> frozenset[str]:
        """Territories of an area of which the number is what a file tells of them, as `layers.given` has it."""
        if where.area in where.communes:
            return frozenset()
        why = dict(zip(facts.communes_of(self._release), built.absence[built.years.index(year)], strict=True))
        absent = {
            code
            for code, inside in where.territories().items()
            if ABSENT in {why[one] for one in inside} or (not built.additive and len(inside) > 1)
        }
        return frozenset(absent & built.given.keys() & unchanged(where.perimeter))

    def _embedded(self, fact: str, built: Cube, where: Place, year: int | None, total: float) -> Part:
        """The numbers that the geography of the release holds of its communes."""
        codes = facts.communes_of(self._release)
        values = dict(zip(codes, built.values[built.years.index(year or 0)].sum(axis=(0, 1)), strict=True))
        (kind,) = built.sources[year or 0]
        name, frame = (
            (CENSUS, self._release.geography.census)
            if kind == facts.CENSUS
            else (COMMUNES, self._release.geography.communes)
        )
        file = self._files.embedded(kind, name, str(year))
        order = {code: place for place, code in enumerate(frame.index, 1)}
        inside = sorted(where.communes & set(codes))
        entries = tuple(
            Entry(self._name(code), code, code, float(values[code]), (Line(file, 1, order[code]),)) for code in inside
        )
        return Part(
            where.role, fact, EMBEDDED, where.area, year, total, len(entries), withheld=False, unnamed=0,
            files=(file,), entries=lambda first, last: entries[first:last],
        )  # fmt: skip

    def _entry(self, row: dict[Any, Any]) -> Entry:
        code = str(row["commune"])
        details = {key: str(row[key]) for key in CUTS if key in row and isinstance(row[key], str)}
        return Entry(self._name(code), code, code, float(row["_amount"]), (self._files.line(row),), details=details)

    def _name(self, code: str) -> str:
        if code in TERRITORIES:
            return TERRITORIES[code].short_name
        return str(self._release.geography.communes["name"].get(code, code))


def _is_hidden(hidden: Hidden, year: int, row: Mapping[Any, Any]) -> bool:
    """Whether the cell that a row of posts is, at its own cut, is hidden; so is one that is of no published cut."""
    at = hidden.areas.get((str(row["commune"]), 0))
    if at is None or year not in hidden.years:
        return True
    cell = hidden.cells[hidden.years.index(year), at]
    places = []
    for length, (column, axis) in zip(cell.shape, CUTS.items(), strict=True):
        slug = row[column] if isinstance(row[column], str) and row[column] in axis else UNKNOWN
        places.append(0 if length == 1 else axis.index(slug))
    return bool(cell[tuple(places)])
