"""What a new release holds: the imported tables of the one before, where new files take the place of old ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from layers.account import Account
from layers.release import Release
from layers.tables import SCHEMAS, empty

RECORD: Mapping[str, tuple[str, ...]] = {
    "actors": ("source", "actor_id", "year"),
    "grants": ("source", "grant_id"),
    "observations": ("commune", "variable", "year"),
    "jobs": ("commune", "year", "scope", "sector", "family", "size_class", "source"),
    "zones": ("commune", "zoning", "year"),
    "secrecy": ("scope", "year"),
    "programme": ("source", "entry_id", "measure"),
}
"""What makes a row the same as another: two such rows never stand in one release."""
ORDER = ("source", "vintage", "file_sha256", "row")

COMPANION = "companion"
"""Marks a source whose file has no row of its own in the tables: read with another, as Sirene's legal units are."""

Tables = dict[str, pd.DataFrame]


@dataclass
class Incoming:
    """One file that was read: its tables, its account, and its entry among the sources of the manifest.

    ``replaced`` counts the rows of earlier files that leave the release because this one came.
    """

    tables: Mapping[str, pd.DataFrame]
    account: Account
    source: dict[str, Any]
    replaced: int = field(default=0, init=False)


def merge(base: Release | None, incoming: Sequence[Incoming]) -> tuple[Tables, list[dict[str, Any]]]:
    """Tables and sources of the new release, in an order that does not depend on that of the imports.

    Rows of a source with the kind and vintage of a new file leave, as do those of the same file under another
    vintage, and any older row that the new files say again. ``base`` is a release of imported data, or None: the
    first import starts from the geography alone.
    """
    if base is not None and base.demonstration:
        base = None
    kept_sources = [] if base is None else list(base.manifest["sources"])
    new = {_delivery(file.source) for file in incoming} | {_file(file.source) for file in incoming}
    left = [source for source in kept_sources if _delivery(source) in new or _file(source) in new]
    tables: Tables = {}
    for name in SCHEMAS:
        before = empty(name) if base is None else base.tables()[name]
        leaving = _from_sources(before, left)
        _count_replaced(before[leaving], incoming)
        tables[name] = _joined(name, before[~leaving], incoming)
    sources = [*(s for s in kept_sources if s not in left), *(file.source for file in incoming)]
    return tables, _with_rows(sources, tables)


def _delivery(source: Mapping[str, Any]) -> tuple[str, str]:
    """A new file takes the place of the earlier ones of the same kind and vintage."""
    return source["kind"], source["vintage"]


def _file(source: Mapping[str, Any]) -> tuple[str, str]:
    """The same bytes said to be of another vintage are a correction."""
    return source["kind"], source["sha256"]


def _from_sources(frame: pd.DataFrame, sources: Sequence[Mapping[str, Any]]) -> pd.Series:
    """Which rows come from one of these files."""
    leaving = pd.Series(False, index=frame.index)
    for source in sources:
        leaving |= frame["source"].eq(source["kind"]) & frame["file_sha256"].eq(source["sha256"])
    return leaving.astype(bool)


def _count_replaced(leaving: pd.DataFrame, incoming: Sequence[Incoming]) -> None:
    """Count, on the first new file of each kind, the rows that leave and do not come back in the same file."""
    back = {_file(file.source) for file in incoming}
    for (kind, sha256), rows in leaving.groupby(["source", "file_sha256"]):
        if (kind, sha256) not in back:
            next(file for file in incoming if file.source["kind"] == kind).replaced += len(rows)


def _joined(name: str, before: pd.DataFrame, incoming: Sequence[Incoming]) -> pd.DataFrame:
    """Old rows that no new row says again, and new rows, sorted by origin."""
    added = pd.concat([file.tables.get(name, empty(name)) for file in incoming], ignore_index=True)
    record = list(RECORD[name])
    if len(added) and len(before):
        said_again = before.set_index(record).index.isin(added.set_index(record).index)
        _count_said_again(added, before[said_again], record, incoming)
        before = before[~said_again]
    frames = [frame for frame in (before, added) if len(frame)] or [empty(name)]
    joined = pd.concat(frames, ignore_index=True)
    return joined.sort_values([*ORDER, *record], kind="stable", ignore_index=True)


def _count_said_again(
    added: pd.DataFrame, said_again: pd.DataFrame, record: list[str], incoming: Sequence[Incoming]
) -> None:
    new_file = said_again[record].merge(added[[*record, "file_sha256"]], on=record)["file_sha256"]
    for sha256, count in new_file.value_counts().items():
        next(file for file in incoming if file.source["sha256"] == sha256).replaced += int(count)


def _with_rows(sources: Sequence[dict[str, Any]], tables: Tables) -> list[dict[str, Any]]:
    """Each file once, and only those of which a row is left, or that were read with one of them."""
    pairs = (frame[["source", "file_sha256"]].drop_duplicates() for frame in tables.values())
    present = {pair for frame in pairs for pair in frame.itertuples(index=False, name=None)}
    by_file = {_file(source): source for source in reversed(sources)}
    deliveries = {_delivery(source) for file, source in by_file.items() if file in present}
    return [
        source
        for file, source in reversed(by_file.items())
        if file in present or (source.get(COMPANION) and _delivery(source) in deliveries)
    ]
