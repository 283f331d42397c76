"""What a new release holds: the imported tables of the one before, where new files take the place of old ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from layers.account import Account
from layers.covering import RECORD
from layers.deliveries import Departure, departures, rule
from layers.indicators.held import INDICATORS, redeclared
from layers.release import Release
from layers.tables import SCHEMAS, empty

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


@dataclass(frozen=True)
class Merged:
    """The release that files would make: its tables, its sources, and what of the earlier files leaves."""

    tables: Tables
    sources: tuple[dict[str, Any], ...]
    departures: tuple[Departure, ...] = ()


def merge(base: Release | None, incoming: Sequence[Incoming]) -> Merged:
    """The new release, in an order that does not depend on that of the imports.

    What rows of earlier files leave is ruled by `layers.deliveries`; files of one command add up. ``base`` is a release
    of imported data, or None: the first import starts from the geography alone.
    """
    if base is not None and base.demonstration:
        base = None
    kept = [] if base is None else [one for one in base.manifest["sources"] if not _replaced_companion(one, incoming)]
    back = {_file(file.source) for file in incoming}
    tables: Tables = {}
    gone: list[Departure] = []
    for name in SCHEMAS:
        before = empty(name) if base is None else base.tables()[name]
        added = [file.tables.get(name, empty(name)) for file in incoming]
        ruling = rule(name, before, kept, [(file.source, rows) for file, rows in zip(incoming, added, strict=True)])
        _count_replaced(before[ruling.leaving], incoming)
        gone += departures(name, before, ruling, kept, added)
        tables[name] = _joined(name, before[~ruling.leaving], added)
    told = {one["key"]: one for file in incoming for one in file.source.get(INDICATORS, ())}
    staying = [redeclared(source, told) for source in kept if _file(source) not in back]
    sources = _with_rows([*staying, *(file.source for file in incoming)], tables)
    return Merged(tables, tuple(sources), tuple(gone))


def _delivery(source: Mapping[str, Any]) -> tuple[str, str]:
    """A file without rows of its own goes with those of the same kind and vintage."""
    return source["kind"], source["vintage"]


def _file(source: Mapping[str, Any]) -> tuple[str, str]:
    return source["kind"], source["sha256"]


def _replaced_companion(source: Mapping[str, Any], incoming: Sequence[Incoming]) -> bool:
    return bool(source.get(COMPANION)) and _delivery(source) in {_delivery(file.source) for file in incoming}


def _count_replaced(leaving: pd.DataFrame, incoming: Sequence[Incoming]) -> None:
    """Count, on the first new file of each kind, the rows that leave and do not come back in the same file."""
    back = {_file(file.source) for file in incoming}
    for (kind, sha256), rows in leaving.groupby(["source", "file_sha256"]):
        if (kind, sha256) not in back:
            next((file for file in incoming if file.source["kind"] == kind), incoming[0]).replaced += len(rows)


def _joined(name: str, before: pd.DataFrame, added: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Rows that stay and rows that come, sorted by origin."""
    frames = [frame for frame in (before, *added) if len(frame)] or [empty(name)]
    joined = pd.concat(frames, ignore_index=True)
    return joined.sort_values([*ORDER, *RECORD[name]], kind="stable", ignore_index=True)


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
