"""What a trace says: parts of a figure, their entries, and the lines of files where these were read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.perimeter import members
from layers.lines import line_of, sheet_of
from layers.secrecy.digests import KEYED

if TYPE_CHECKING:
    from layers.release import Release

Places = npt.NDArray[np.intp]
RECORDS, CELLS, EMBEDDED, COMPUTED = "records", "cells", "embedded", "computed"
"""What a part adds up: records (structures, grants), cells of an official table, cells of the embedded geography; or
what is computed from other parts, and has no entry of its own."""
PER_PAGE: Final = 50
DETAILS: Final = ("grantor", "instrument", "kind", "sector", "family", "size_class")
"""What may be said of a record or a cell beside its amount: columns of its table."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the release: its kind and title, its own name (empty where there is none), sha256 and vintage.

    ``sheets`` are the names of its sheets in the order of `layers.lines`; none of a text, or where they are not kept.
    ``keyed`` says that the digest has a key (`layers.secrecy.digests`).
    """

    kind: str
    title: str
    name: str
    sha256: str
    vintage: str
    sheets: tuple[str, ...] = ()
    keyed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: ``number`` is as a person sees it in the sheet (None where it may not be told).

    ``sheet`` counts from 1, and is 1 for a text; ``text`` is what the row says, empty where that is not kept.
    """

    file: File
    sheet: int
    number: int | None
    text: str = ""

    @property
    def sheet_name(self) -> str:
        """Name of the sheet, of a file of several; its number where that is all that is known; empty of others."""
        names = self.file.sheets
        known = names[self.sheet - 1] if self.sheet <= len(names) else str(self.sheet)
        return known if self.sheet > 1 or len(names) > 1 else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record or cell: what it adds to its part, in the unit of the part, and its lines.

    ``name`` is that of a structure, a beneficiary or an area, empty where ``named`` is false; ``number`` its SIRET,
    else SIREN, else RNA, or the code of the area; ``details`` what else is said of it by column.
    """

    name: str
    number: str
    commune: str
    amount: float
    lines: tuple[Line, ...]
    named: bool = True
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A numerator, a denominator, or what one of them is computed from.

    Attributes
    ----------
    role : `numerator` or `denominator`.
    fact : its fact (`layers.facts`).
    kind : `RECORDS`, `CELLS`, `EMBEDDED` or `COMPUTED`.
    area, year : of what is added up; the area is `mel` where a denominator is of the whole metropole.
    total : what the entries add up to with those that are withheld, in its own unit.
    count : entries that there are to be read.
    withheld : whether some cells are under secrecy, and neither given nor counted.
    unlined : whether no line is told, since the lines that are missing would tell what is hidden.
    unnamed : entries whose unit is not named.
    files : the files of the entries, each once.
    entries : ``entries(first, last)``, some of them by their place, in order.
    """

    role: str
    fact: str
    kind: str
    area: str
    year: int | None
    total: float
    count: int
    withheld: bool
    unnamed: int
    files: tuple[File, ...]
    entries: Callable[[int, int], tuple[Entry, ...]] = field(repr=False, compare=False)
    unlined: bool = False

    @property
    def pages(self) -> int:
        """Pages of `PER_PAGE` entries; one at least."""
        return max(1, -(-self.count // PER_PAGE))

    def page(self, number: int) -> tuple[Entry, ...]:
        """The entries of a page, from 1."""
        return self.entries((number - 1) * PER_PAGE, number * PER_PAGE)


@dataclass(frozen=True, slots=True)
class Place:
    """An area: its part (`Part.role`), code, communes, perimeter."""

    role: str
    area: str
    communes: frozenset[str]
    perimeter: int

    def territories(self) -> dict[str, frozenset[str]]:
        """Communes of each territory of the area."""
        found: dict[str, set[str]] = {}
        for commune, territory in members(self.perimeter).items():
            if commune in self.communes:
                found.setdefault(territory, set()).add(commune)
        return {code: frozenset(inside) for code, inside in found.items()}


class Files:
    """The files of a release, found by what a row says of its origin."""

    def __init__(self, release: Release) -> None:
        self._of: dict[tuple[str, str], Any] = {}
        for source in release.manifest.get("sources", ()):
            self._of.setdefault((source["kind"], source.get("sha256") or ""), source)
            self._of.setdefault(("", source.get("sha256") or ""), source)
        self._geography = release.manifest.get("geography") or {}

    def file(self, kind: str, sha256: str, vintage: str) -> File:
        """The file of a row; one that the manifest has no more is known by its kind and digest."""
        held = self._of.get((kind, sha256)) or self._of.get(("", sha256)) or {}
        table = (held.get("account") or {}).get("table") or {}
        title, name = str(held.get("title") or kind), str(held.get("file") or "")
        return File(kind, title, name, sha256, vintage, tuple(table.get("sheets", ())), bool(held.get(KEYED)))

    def embedded(self, kind: str, name: str, vintage: str) -> File:
        """A file of the geography that a release keeps."""
        return File(kind, kind, name, str((self._geography.get("files") or {}).get(name) or ""), vintage)

    def line(self, row: dict[Any, Any]) -> Line:
        """The line of a row of a table; of one that may not be named, its file alone."""
        file = self.file(str(row["source"]), str(row["file_sha256"]), str(row["vintage"]))
        if pd.isna(row["row"]):
            return Line(file, 1, None)
        text = row.get("raw")
        number = int(row["row"])
        return Line(file, sheet_of(number) + 1, line_of(number), text if isinstance(text, str) else "")

    def of(self, frame: pd.DataFrame) -> tuple[tuple[File, ...], Places]:
        """The files of some rows, each once in the order of kinds and vintages, and which of them each row is of."""
        rows = [*zip(*(frame[name].astype(str) for name in ("source", "vintage", "file_sha256")), strict=True)]
        told = sorted(set(rows))
        place = {row: at for at, row in enumerate(told)}
        files = tuple(self.file(kind, sha256, vintage) for kind, vintage, sha256 in told)
        return files, np.fromiter((place[row] for row in rows), np.intp, len(rows))


def met(files: tuple[File, ...], places: Places) -> tuple[File, ...]:
    """The files of some places, each once."""
    return tuple(files[at] for at in np.unique(places))
