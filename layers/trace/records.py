"""The records of a fact that adds rows up: structures with the lines of all the lists that name them, grants,
beneficiaries with the lines of all their grants.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from layers import facts, matching, unnamed
from layers.dimensions import ACTORS, DIMENSIONS, Chosen
from layers.series import READY
from layers.trace.origin import DETAILS, RECORDS, Entry, Files, Line, Part, Place, Places, met

if TYPE_CHECKING:
    from layers.release import Release

NUMBERS: Final = ("siret", "siren", "rna")
ORIGIN: Final = ("source", "vintage", "file_sha256", "row")
OWN: Final = ("unnamed", "raw", "_key", "_place", "_amount")


class Recorded:
    """The rows that a fact counts in a year under some filters, of every place."""

    def __init__(
        self, release: Release, files: Files, fact: str, year: int | None, chosen: Mapping[str, Chosen]
    ) -> None:
        self._release, self._files, self._fact, self._year = release, files, fact, year
        declared = facts.RECORDS[fact]
        cut = {key: slugs for key, slugs in chosen.items() if key not in READY}
        frame = self._of_year(facts.rows(release, fact, cut))
        self._rows: pd.DataFrame | None = None
        if declared.table == ACTORS:
            frame = self._named_actors(frame)
        elif declared.joined is None:
            frame = self._named_grants(frame)
        else:
            frame = self._named_receivers(frame, self._of_year(facts.kept(release, fact, cut)))
        kept = [name for name in ("name", *NUMBERS, *DETAILS, *ORIGIN, *OWN) if name in frame]
        self._origins = self._files.of(frame if self._rows is None else self._rows)
        self._frame = frame[kept].reset_index(drop=True).astype(object)
        self._by_place = _grouped(self._frame["_place"])

    def _of_year(self, frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame[frame["year"].eq(self._year or 0)]
        amount = facts.RECORDS[self._fact].amounts(frame).astype(float)
        return frame.assign(_amount=amount, _place=frame["commune"])

    def _named_actors(self, frame: pd.DataFrame) -> pd.DataFrame:
        keys = matching.matched(self._release).keys[frame.index]
        hidden = unnamed.structures(self._release)
        rows = matching.matched(self._release).rows
        self._keep(rows.loc[rows["year"].eq(self._year or 0), ["key", *ORIGIN]], hidden)
        made = frame.assign(_key=keys, unnamed=keys.isin(hidden))
        return made.sort_values(["unnamed", "name", "_key"], kind="stable")

    def _named_receivers(self, frame: pd.DataFrame, grants: pd.DataFrame) -> pd.DataFrame:
        """Beneficiaries, each with the lines of all its grants: none where one of them may not be named."""
        told = self._named_grants(grants).assign(key=facts.receiver(grants))
        self._keep(told[["key", "raw", *ORIGIN]], frozenset(told.loc[told["unnamed"], "key"]))
        keys = facts.receiver(frame)
        return self._named_grants(frame).assign(_key=keys)

    def _keep(self, rows: pd.DataFrame, hidden: frozenset[Any]) -> None:
        """The rows of which the lines of an entry are told, by ``key``; without their lines for those *hidden*."""
        rows = rows.reset_index(drop=True)
        unnamed_ = rows["key"].isin(hidden)
        rows = rows.assign(row=rows["row"].astype("Int64").mask(unnamed_))
        self._rows = (rows.assign(raw=rows["raw"].mask(unnamed_)) if "raw" in rows else rows).astype(object)
        self._by_key = _grouped(rows["key"])

    def _named_grants(self, frame: pd.DataFrame) -> pd.DataFrame:
        told = unnamed.listed(self._release).loc[frame.index, [*unnamed.WITHOUT, *unnamed.TRACED, "name", "unnamed"]]
        made = frame.assign(**{str(name): told[name] for name in told})
        order = ["unnamed", "_amount", "name", "grant_id"]
        return made.sort_values(order, ascending=[True, False, True, True], kind="stable")

    def part(self, where: Place, cut: Mapping[str, Chosen]) -> Part:
        """The records of an area, of the sectors and families of ``cut``."""
        at = _all(self._by_place, where.communes)
        for key, slugs in cut.items():
            at = at[DIMENSIONS[key].of(self._frame.iloc[at]).isin(slugs).to_numpy(dtype=bool)]
        frame = self._frame.iloc[at]
        files, told = self._origins
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
            files=met(files, told[at if self._rows is None else _all(self._by_key, frame["_key"])]),
            entries=lambda first, last: self._entries(frame.iloc[first:last]),
        )

    def _entries(self, frame: pd.DataFrame) -> tuple[Entry, ...]:
        """Entries with their lines: of lists, those whose word is taken first before the others."""
        lines: dict[str, list[Line]] = {}
        if self._rows is not None:
            for row in self._rows.iloc[_all(self._by_key, frame["_key"])].to_dict("records"):
                lines.setdefault(str(row["key"]), []).append(self._files.line(row))
        return tuple(self._entry(row, lines) for row in frame.to_dict("records"))

    def _entry(self, row: dict[Any, Any], lines: Mapping[str, list[Line]]) -> Entry:
        hidden = bool(row["unnamed"])
        number = next((str(row[name]) for name in NUMBERS if isinstance(row[name], str)), "")
        commune = row["_place"] if isinstance(row["_place"], str) else ""
        said = {key: str(row[key]) for key in DETAILS if key in row and isinstance(row[key], str)}
        return Entry(
            name="" if hidden else str(row["name"]),
            number="" if hidden else number,
            commune="" if hidden else commune,
            amount=float(row["_amount"]),
            lines=(self._files.line(row),) if self._rows is None else tuple(lines[str(row["_key"])]),
            named=not hidden,
            details={} if hidden else said,
        )


def _grouped(column: pd.Series) -> dict[Any, Places]:
    """The places of each value, in order."""
    found: dict[Any, list[int]] = {}
    for place, value in enumerate(column):
        found.setdefault(value, []).append(place)
    return {value: np.array(places, dtype=np.intp) for value, places in found.items()}


def _all(places: Mapping[Any, Places], keys: Iterable[Any]) -> Places:
    """The places of some keys, in order."""
    found = [places[key] for key in keys if key in places]
    return np.sort(np.concatenate(found)) if found else np.zeros(0, dtype=np.intp)
