"""The records of a fact that adds rows up: structures with the lines of all the lists that name them, grants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from layers import facts, matching, unnamed
from layers.dimensions import ACTORS, DIMENSIONS, Chosen
from layers.series import READY
from layers.trace.origin import RECORDS, Entry, Files, Line, Part, Place

if TYPE_CHECKING:
    from layers.release import Release

NUMBERS: Final = ("siret", "siren", "rna")
ORIGIN: Final = ("source", "vintage", "file_sha256", "row")
DETAILS: Final = ("grantor", "instrument", "kind", "sector", "family")

OWN: Final = ("unnamed", "raw", "_key", "_place", "_amount")


class Recorded:
    """The rows that a fact counts in a year under some filters, of every place."""

    def __init__(
        self, release: Release, files: Files, fact: str, year: int | None, chosen: Mapping[str, Chosen]
    ) -> None:
        self._release, self._files, self._fact, self._year = release, files, fact, year
        declared = facts.RECORDS[fact]
        self._of_actors = declared.table == ACTORS
        frame = facts.rows(release, fact, {key: slugs for key, slugs in chosen.items() if key not in READY})
        frame = frame[frame["year"].eq(year or 0)]
        frame = frame.assign(_amount=declared.amounts(frame).astype(float), _place=frame["commune"])
        self._frame = self._named_actors(frame) if self._of_actors else self._named_grants(frame)

    def _named_actors(self, frame: pd.DataFrame) -> pd.DataFrame:
        keys = matching.matched(self._release).keys[frame.index]
        hidden = unnamed.structures(self._release)
        rows = matching.matched(self._release).rows
        rows = rows[rows["year"].eq(self._year or 0)]
        self._rows = rows.assign(row=rows["row"].astype("Int64").mask(rows["key"].isin(hidden)))
        made = frame.assign(_key=keys, unnamed=keys.isin(hidden))
        return made.sort_values(["unnamed", "name", "_key"], kind="stable")

    def _named_grants(self, frame: pd.DataFrame) -> pd.DataFrame:
        told = unnamed.listed(self._release).loc[frame.index, [*unnamed.WITHOUT, *unnamed.TRACED, "name", "unnamed"]]
        made = frame.assign(**{str(name): told[name] for name in told})
        order = ["unnamed", "_amount", "name", "grant_id"]
        return made.sort_values(order, ascending=[True, False, True, True], kind="stable")

    def part(self, where: Place, cut: Mapping[str, Chosen]) -> Part:
        """The records of an area, of the sectors and families of ``cut``."""
        frame = self._frame[self._frame["_place"].isin(where.communes)]
        for key, slugs in cut.items():
            frame = frame[DIMENSIONS[key].of(frame).isin(slugs).astype(bool)]
        sources = self._lists(frame) if self._of_actors else frame
        return Part(
            role=where.role,
            fact=self._fact,
            kind=RECORDS,
            area=where.area,
            year=self._year,
            total=float(frame["_amount"].sum()),
            count=len(frame),
            withheld=False,
            unnamed=int(frame["unnamed"].sum()),
            files=self._files.of(sources),
            entries=lambda first, last: self._entries(frame.iloc[first:last]),
        )

    def _lists(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of the lists that name structures, those whose word is taken first before the others."""
        return self._rows[self._rows["key"].isin(frame["_key"])]

    def _entries(self, frame: pd.DataFrame) -> tuple[Entry, ...]:
        lines: dict[str, list[Line]] = {}
        if self._of_actors:
            for row in self._lists(frame)[["key", *ORIGIN]].to_dict("records"):
                lines.setdefault(str(row["key"]), []).append(self._files.line(row))
        kept = [name for name in ("name", *NUMBERS, *DETAILS, *ORIGIN, *OWN) if name in frame]
        return tuple(self._entry(row, lines) for row in frame[kept].to_dict("records"))

    def _entry(self, row: dict[Any, Any], lines: Mapping[str, list[Line]]) -> Entry:
        hidden = bool(row["unnamed"])
        number = next((str(row[name]) for name in NUMBERS if isinstance(row[name], str)), "")
        commune = row["_place"] if isinstance(row["_place"], str) else ""
        return Entry(
            name="" if hidden else str(row["name"]),
            number="" if hidden else number,
            commune="" if hidden else commune,
            amount=float(row["_amount"]),
            lines=tuple(lines[str(row["_key"])]) if self._of_actors else (self._files.line(row),),
            named=not hidden,
            details={
                key: str(row[key])
                for key in DETAILS
                if key in row and isinstance(row[key], str) and not (hidden and self._of_actors)
            },
        )
