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

from layers.covering import COVERAGE, RECORD, coverage, facts, identity, is_sure, isin, union

if TYPE_CHECKING:
    import numpy.typing as npt

    Mask = npt.NDArray[np.bool_]

ORIGIN: Final = "origin"
"""In a source: the sha256 of the file whose rejected rows it corrects, which it completes and never replaces."""
INSIDE: Final = "inside"
"""In a source: the sha256 of the file that an archive holds, which is the same file once it is extracted."""
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
    said = isin(before, added, RECORD[name])
    return Ruling(leaving | said, removed & ~said)


class _Kind:
    """The files of one kind in one table: those of the release, and those that come."""

    def __init__(
        self, name: str, before: Frame, earlier: Sequence[Source], incoming: Sequence[tuple[Source, Frame]]
    ) -> None:
        self.name, self.before, self.earlier, self.incoming = name, before, earlier, incoming
        self.sha256 = before["file_sha256"].to_numpy(object)
        self.of_kind = before["source"].eq(incoming[0][0]["kind"]).to_numpy(bool)
        whole = (*earlier, *(source for source, _frame in incoming))
        self.same = {one["sha256"]: str(one.get(INSIDE) or one["sha256"]) for one in whole}
        self.roots = {one["sha256"]: self.root(one) for one in whole}
        self.identity = identity(name, before, self.roots)
        self.cells = coverage(name, before)
        self.said = self.says(frame for _source, frame in incoming)

    def content(self, sha256: str) -> str:
        """The sha256 by which a file is known, archived or not."""
        return self.same.get(sha256, sha256)

    def root(self, source: Source) -> str:
        """The file that a delivery began with, archived or not; see `root`."""
        return self.content(root(source))

    def says(self, frames: Iterable[Frame]) -> pd.MultiIndex:
        """What new rows are, by what identifies them."""
        return union(identity(self.name, frame, self.roots) for frame in frames)

    def rows(self, files: Iterable[Source]) -> Mask:
        """Which earlier rows are of these files."""
        return self.of_kind & np.isin(self.sha256, [source["sha256"] for source in files])


def _rule_kind(kind: _Kind, leaving: Mask, removed: Mask) -> None:
    again = kind.identity.isin(kind.said)
    same = {kind.content(source["sha256"]) for source, _frame in kind.incoming}
    reread = kind.rows(source for source in kind.earlier if kind.content(source["sha256"]) in same)
    leaving |= reread
    removed |= reread & ~again
    whole = [(source, frame) for source, frame in kind.incoming if not source.get(ORIGIN)]
    if whole:
        for first in sorted({kind.root(source) for source in kind.earlier}):
            group = [one for one in kind.earlier if kind.root(one) == first]
            _rule_group(kind, group, whole, leaving, removed)
    for source, frame in kind.incoming:
        if source.get(ORIGIN):
            for one in (one for one in kind.earlier if kind.content(one["sha256"]) != kind.root(source)):
                _rule_rejects(kind, one, (source, frame), leaving, removed)


def _rule_group(
    kind: _Kind, group: Sequence[Source], incoming: Sequence[tuple[Source, Frame]], leaving: Mask, removed: Mask
) -> None:
    """Rule on the rows of one earlier delivery, its corrected rejects among them."""
    frames = [frame for _source, frame in incoming]
    common, again, sure = _common(kind, group, frames, leaving)
    if not (again.any() and 2 * again.sum() >= common.sum()):
        leaving |= again & sure
        return
    unchanged = common & isin(kind.before, frames, RECORD[kind.name])
    named = {source["file"] for source in group} & {source["file"] for source, _frame in incoming}
    known = bool(named) or 2 * unchanged.sum() >= common.sum()
    leaving |= common
    removed |= common & ~kind.identity.isin(kind.said)
    if not known:  # neither reference nor day: another amount may be another grant
        removed |= again & ~sure & ~unchanged


def _rule_rejects(kind: _Kind, one: Source, incoming: tuple[Source, Frame], leaving: Mask, removed: Mask) -> None:
    """Rule on the rows of one earlier file where corrected rejects come: a row that they do not say stays.

    Rejects of the same file say a row of theirs again, corrected once more. Where they say fewer rows than before, one
    that neither reference nor day tells may be another grant.
    """
    source, frame = incoming
    common, again, sure = _common(kind, [one], [frame], leaving)
    if not one.get(ORIGIN) or kind.root(one) != kind.root(source):
        leaving |= again & sure
        return
    unchanged = common & isin(kind.before, [frame], RECORD[kind.name])
    leaving |= again
    if (common & ~again).any():
        removed |= again & ~sure & ~unchanged


def _common(kind: _Kind, group: Sequence[Source], frames: Sequence[Frame], leaving: Mask) -> tuple[Mask, Mask, Mask]:
    """Earlier rows of some files in the cells that new ones cover, those said again, and which of all are sure."""
    common = kind.rows(group) & ~leaving & kind.cells.isin(union(coverage(kind.name, one) for one in frames))
    sure = is_sure(kind.before) if kind.name == "grants" else np.ones(len(common), bool)
    return common, common & kind.identity.isin(kind.says(frames)), sure


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
        fate=np.select([ruling.removed, isin(before, added, content)], ["removed", "repeated"], "corrected"),
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


def root(source: Source) -> str:
    """The sha256 of the file that a delivery began with: its own, or that of the file whose rejects it corrects."""
    return str(source.get(ORIGIN) or source["sha256"])
