"""What a file that comes takes the place of in a release, and what of it would leave for good.

A file *covers* the cells of its own rows, and nothing else: a grantor, a year and a stage for grants; a list, its
edition and its year for structures; a variable and a year for observations… In a cell that an earlier file covers
too, rows tell what the new file is:

- a *correction* says at least half of the earlier rows again, by what identifies them: it takes their place, and the
  earlier rows that it no longer says leave;
- a *complement* says less than half of them again (the second half of a year, the rejects of a file once corrected):
  it adds up, and rows that both say are kept once.

Rows leave for good only in a correction, and never in silence: they are departures, which publishing asks about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from layers.headings import normalised
from layers.tables import COLUMNS

if TYPE_CHECKING:
    import numpy.typing as npt

    Mask = npt.NDArray[np.bool_]

RECORD: Final[Mapping[str, tuple[str, ...]]] = {
    "actors": ("source", "actor_id", "year"),
    "grants": ("source", "grant_id"),
    "observations": ("commune", "variable", "year"),
    "jobs": ("commune", "year", "scope", "sector", "family", "size_class", "source"),
    "zones": ("commune", "zoning", "year"),
    "secrecy": ("scope", "year"),
    "programme": ("source", "entry_id", "measure"),
}
"""What makes a row the same as another: two such rows never stand in one release."""
COVERAGE: Final[Mapping[str, tuple[str, ...]]] = {
    "actors": ("source", "vintage", "year"),
    "grants": ("source", "grantor", "year", "kind"),
    "observations": ("source", "variable", "year"),
    "jobs": ("source", "year", "scope", "sector", "family", "size_class"),
    "zones": ("source", "zoning", "year"),
    "programme": ("source", "theme", "year"),
}
"""What the rows of a file cover, by table; of jobs, along which of the three cuts they are given."""
IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "actors": ("actor_id",),
    "grants": ("name", "instrument", "decision"),
    "observations": ("commune",),
    "jobs": ("commune", "sector", "family", "size_class"),
    "zones": ("commune",),
    "programme": ("entry_id",),
}
"""What tells a row of a covered cell, amounts and places apart: they may be what is corrected."""
ORIGIN: Final = "origin"
"""In a source: the sha256 of the file whose rejected rows it corrects, which it completes and never replaces."""
SUPPOSED: Final = "~"
"""Beginning of the decision of a grant that neither a reference nor a day tells."""
PROVENANCE: Final = ("source", "vintage", "file_sha256", "row", "raw")
"""Columns that say where a row comes from, and no figure."""
_CUTS: Final = ("sector", "family", "size_class")
_WRITTEN: Final = ("name", "instrument", "grantor")

Source = Mapping[str, Any]
Frame = pd.DataFrame


@dataclass(frozen=True, slots=True)
class Departure:
    """Rows of an earlier file, in one table, year and stage, that leave because of the files that come.

    Attributes
    ----------
    file, sha256, kind, vintage : the earlier file.
    table, year, stage : of the rows; the stage is empty but for grants.
    repeated, corrected, removed : lines said again as they were, said again otherwise, and not said again.
    cents_corrected, cents_removed : what the corrected and the removed lines were worth; 0 where there is no money.
    """

    file: str
    sha256: str
    kind: str
    vintage: str
    table: str
    year: int
    stage: str
    repeated: int
    corrected: int
    removed: int
    cents_corrected: int = 0
    cents_removed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Ruling:
    """Which rows of one table of the earlier release leave, and which of these do not come back."""

    leaving: Mask
    removed: Mask


def rule(name: str, before: Frame, sources: Sequence[Source], incoming: Sequence[tuple[Source, Frame]]) -> Ruling:
    """What leaves a table because of the files that come, given with their sources; see the top of this module."""
    leaving, removed = np.zeros(len(before), bool), np.zeros(len(before), bool)
    if name in COVERAGE and len(before):
        for kind in dict.fromkeys(source["kind"] for source, _frame in incoming):
            files = [(source, frame) for source, frame in incoming if source["kind"] == kind]
            earlier = [source for source in sources if source["kind"] == kind]
            _rule_kind(_Kind(name, before, earlier, files), leaving, removed)
    added = [frame for _source, frame in incoming if len(frame)]
    said = _isin(before, added, RECORD[name])
    return Ruling(leaving | said, removed & ~said)


class _Kind:
    """The files of one kind in one table: those of the release, and those that come."""

    def __init__(
        self, name: str, before: Frame, earlier: Sequence[Source], incoming: Sequence[tuple[Source, Frame]]
    ) -> None:
        self.name, self.before, self.earlier, self.incoming = name, before, earlier, incoming
        self.sha256 = before["file_sha256"].to_numpy(object)
        self.of_kind = before["source"].eq(incoming[0][0]["kind"]).to_numpy(bool)
        self.roots = {one["sha256"]: root(one) for one in (*earlier, *(source for source, _frame in incoming))}
        self.identity = identity(name, before, self.roots)
        self.cells = coverage(name, before)
        self.said = self.says(frame for _source, frame in incoming)

    def says(self, frames: Iterable[Frame]) -> pd.MultiIndex:
        """What new rows are, by what identifies them."""
        return _union(identity(self.name, frame, self.roots) for frame in frames)

    def rows(self, files: Iterable[Source]) -> Mask:
        """Which earlier rows are of these files."""
        return self.of_kind & np.isin(self.sha256, [source["sha256"] for source in files])


def _rule_kind(kind: _Kind, leaving: Mask, removed: Mask) -> None:
    again = kind.identity.isin(kind.said)
    same = {source["sha256"] for source, _frame in kind.incoming}
    reread = kind.rows(source for source in kind.earlier if source["sha256"] in same)
    leaving |= reread
    removed |= reread & ~again
    whole = [(source, frame) for source, frame in kind.incoming if not source.get(ORIGIN)]
    if whole:
        for first in sorted({root(source) for source in kind.earlier}):
            group = [one for one in kind.earlier if root(one) == first]
            _rule_group(kind, group, whole, leaving, removed)
    for source, frame in kind.incoming:
        if completed := source.get(ORIGIN):
            for one in (one for one in kind.earlier if one["sha256"] != completed):
                resumes = one.get(ORIGIN) == completed
                _rule_group(kind, [one], [(source, frame)], leaving, removed, resumes=resumes)


def _rule_group(
    kind: _Kind,
    group: Sequence[Source],
    incoming: Sequence[tuple[Source, Frame]],
    leaving: Mask,
    removed: Mask,
    *,
    resumes: bool = True,
) -> None:
    """Rule on the rows of one earlier delivery, its corrected rejects among them."""
    frames = [frame for _source, frame in incoming]
    common = kind.rows(group) & ~leaving & kind.cells.isin(_union(coverage(kind.name, one) for one in frames))
    again = common & kind.identity.isin(kind.says(frames))
    sure = is_sure(kind.before) if kind.name == "grants" else np.ones(len(common), bool)
    if not (resumes and again.any() and 2 * again.sum() >= common.sum()):
        leaving |= again & sure
        return
    unchanged = common & _isin(kind.before, frames, RECORD[kind.name])
    named = {source["file"] for source in group} & {source["file"] for source, _frame in incoming}
    known = bool(named) or 2 * unchanged.sum() >= common.sum()
    leaving |= common
    removed |= common & ~kind.identity.isin(kind.said)
    if not known:  # neither reference nor day: another amount may be another grant
        removed |= again & ~sure & ~unchanged


def is_sure(grants: Frame) -> Mask:
    """Which grants a reference or a day tells, so that another amount of them is a correction."""
    return ~grants["decision"].fillna(SUPPOSED).str.startswith(SUPPOSED).to_numpy(bool)


def departures(
    name: str, before: Frame, ruling: Ruling, sources: Sequence[Source], added: Sequence[Frame]
) -> list[Departure]:
    """What leaves one table, by earlier file, year and stage; nothing of lines that come back from the same file."""
    if not ruling.leaving.any():
        return []
    content = facts(name)
    told = before.assign(
        stage=before["kind"] if name == "grants" else "",
        cents=before["amount_cents"] if name == "grants" else 0,
        fate=np.select([ruling.removed, _isin(before, added, content)], ["removed", "repeated"], "corrected"),
    )[ruling.leaving]
    by_file = {(source["kind"], source["sha256"]): source for source in sources}
    found = []
    for key, rows in told.groupby(["source", "file_sha256", "year", "stage"]):
        kind, sha256, year, stage = map(str, key)
        if source := by_file.get((kind, sha256)):
            lines, cents = rows.groupby("fate")["row"].nunique(), rows.groupby("fate")["cents"].sum()
            found.append(
                Departure(
                    source["file"],
                    sha256,
                    kind,
                    source["vintage"],
                    name,
                    int(year),
                    stage,
                    *(int(lines.get(fate, 0)) for fate in ("repeated", "corrected", "removed")),
                    *(int(cents.get(fate, 0)) for fate in ("corrected", "removed")),
                )
            )
    return found


def removes(found: Iterable[Departure]) -> bool:
    """Whether lines leave for good: publishing then asks."""
    return any(one.removed for one in found)


def facts(name: str) -> list[str]:
    """Columns of a table that say something, whatever file it comes from; a grant is named after its content."""
    return [column for column in COLUMNS[name] if column not in (*PROVENANCE, "grant_id", "decision")]


def root(source: Source) -> str:
    """The sha256 of the file that a delivery began with: its own, or that of the file whose rejects it corrects."""
    return str(source.get(ORIGIN) or source["sha256"])


def coverage(name: str, frame: Frame) -> pd.MultiIndex:
    """The cell of each row."""
    cells = _plain(frame, COVERAGE[name])
    if name == "jobs":
        cells = cells.assign(**{cut: frame[cut].notna() for cut in _CUTS})
    return pd.MultiIndex.from_frame(cells)


def identity(name: str, frame: Frame, roots: Mapping[str, str]) -> pd.MultiIndex:
    """What tells each row: its cell, what identifies it there and, of grants said alike, its rank in the delivery."""
    cells = coverage(name, frame).to_frame(index=False)
    told = _plain(frame, IDENTITY[name]).add_prefix("=")
    both = pd.concat([cells.reset_index(drop=True), told.reset_index(drop=True)], axis=1)
    if name == "grants":
        delivered = [*both.columns, frame["file_sha256"].map(roots).reset_index(drop=True)]
        both["rank"] = both.groupby(delivered, sort=False, dropna=False).cumcount()
    return pd.MultiIndex.from_frame(both)


def _plain(frame: Frame, columns: Sequence[str]) -> Frame:
    """Columns without nulls, writings of names apart."""
    found = {}
    for column in columns:
        values = frame[column]
        values = values.str.removeprefix(SUPPOSED) if column == "decision" else values
        if column in _WRITTEN:
            values = values.map({text: normalised(text) for text in values.dropna().unique()})
        found[column] = values if pd.api.types.is_numeric_dtype(values) else values.astype(object).fillna("")
    return pd.DataFrame(found, columns=list(columns)).reset_index(drop=True)


def _union(indexes: Iterable[pd.MultiIndex]) -> pd.MultiIndex:
    first, *others = indexes
    return first.append(others) if others else first


def _isin(frame: Frame, others: Sequence[Frame], columns: Sequence[str]) -> Mask:
    """Which rows of a table are, in these columns, in one of the others."""
    if not (len(frame) and others):
        return np.zeros(len(frame), bool)
    known = np.concatenate([_hashes(other, columns) for other in others])
    return np.isin(_hashes(frame, columns), known)


def _hashes(frame: Frame, columns: Sequence[str]) -> npt.NDArray[np.uint64]:
    return np.asarray(pd.util.hash_pandas_object(frame[list(columns)], index=False), np.uint64)
