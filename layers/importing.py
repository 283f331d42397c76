"""From official files to a release: read every file, then publish all of them, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from geodata import gazetteer as gazetteers
from geodata import geography as geographies
from geodata.attach import Attacher
from geodata.folders import EMBEDDED
from geodata.geography import Geography
from layers import journal, listing, register
from layers.fetching import record
from layers.manifest import REPLACES
from layers.mapping import Mapping as ColumnMapping
from layers.mapping import known
from layers.mapping.known import Mappings
from layers.merging import COMPANION, Incoming, Tables, merge
from layers.readers import Reading, read_file
from layers.register import Register
from layers.rehearsal import Rehearsal, compare
from layers.release import Release
from layers.repetition import IN_ANOTHER_FILE, settle
from layers.report import NOTHING_USABLE, FileReport, Outcome, Report, public, unreadable, warning, with_warnings
from layers.secrecy import masks
from layers.sirene.bundle import read_bundle
from layers.sirene.declaration import KIND as SIRENE
from layers.sirene.opening import StockFile, recognise
from layers.store import Store
from layers.unreadable import UnreadableFile

__all__ = ["Report", "import_files"]

OnProgress = Callable[[str, int, int], None]
"""Told what is being done, in French, and how many steps of how many are over."""


@dataclass(frozen=True)
class _How:
    """How the files of a command are read: what they are where it is said, and the mappings of spreadsheets."""

    kind: str | None
    year: int | None
    mappings: Mappings


@dataclass(frozen=True)
class _Read:
    """One file of the command: what was read of it, or why it could not be."""

    path: Path
    incoming: Incoming | None
    failure: FileReport | None = None


def import_files(
    paths: Sequence[Path],
    store: Store,
    kind: str | None = None,
    year: int | None = None,
    *,
    dry_run: bool = False,
    mapping: ColumnMapping | None = None,
    on_progress: OnProgress | None = None,
    on_wait: Callable[[str], None] | None = None,
) -> Report:
    """Read files and publish the release that they make with what was imported before.

    A file takes the place of those of the same kind and vintage, except those of the same command, which add up.
    One unusable file, and nothing is published. Demonstration data never enters: the first import starts from the
    embedded geography alone.

    Parameters
    ----------
    paths : official files, read in this order.
    kind, year : what the files are, where their columns or names do not tell.
    mapping : how spreadsheets are read (``table``), instead of the one that is known or guessed.
    dry_run : only report; nothing is written, not even a folder.
    on_progress, on_wait : told of each step, and of another import that must end first.

    Raises
    ------
    StoreBusy, DamagedRelease : as `layers.store.Store`.
    """
    tell = on_progress or (lambda _what, _done, _total: None)
    how = _How(kind, year, Mappings(mapping, tuple(known.saved(store.folder))))
    if dry_run:
        return _import(paths, store, how, tell, publish=False)
    with store.lock(on_wait=on_wait):
        store.journal.add(journal.STARTED, files=[path.name for path in paths])
        try:
            report = _import(paths, store, how, tell, publish=True)
            if mapping is not None and report.release is not None:
                known.save(store.folder, tuple(mapping.columns), mapping)
        except BaseException as error:
            store.journal.add(journal.REFUSED, reason=str(error) or type(error).__name__)
            raise
        _note(store, report)
        return report


def _import(paths: Sequence[Path], store: Store, how: _How, tell: OnProgress, *, publish: bool) -> Report:
    geography = geographies.load()
    before = store.current()
    base = store.load(before) if before else None
    read = _read_all(paths, how, geography, base, tell)
    incoming = [file.incoming for file in read if file.incoming]
    settle(incoming, geography.communes["territory"].astype(str).to_dict())
    tables, sources = merge(base, incoming) if incoming else ({}, [])
    files = tuple(_report(file) for file in read)
    unusable = not incoming or Report("refused", None, files).unusable
    if not publish:
        return Report("dry_run", None, files, None if unusable else _rehearse(tables, sources, geography, base))
    if unusable:
        return Report("refused", None, files)
    tell("Publication", len(paths), len(paths) + 1)
    return _publish(store, tables, sources, before, files)


def _publish(
    store: Store, tables: Tables, sources: Sequence[dict[str, Any]], before: str | None, files: tuple[FileReport, ...]
) -> Report:
    caveats = sorted({caveat for source in sources for caveat in source["caveats"]})
    tables = {**tables, "secrecy": secrecy(tables)}
    release = store.publish(tables, sources, EMBEDDED, caveats)
    outcome: Outcome = "already_published" if release == before else "published"
    return Report(outcome, release, files)


def _rehearse(
    tables: Tables, sources: Sequence[dict[str, Any]], geography: Geography, base: Release | None
) -> Rehearsal:
    """What publishing these tables would change of the release shown; nothing is written."""
    whole = {**tables, "secrecy": secrecy(tables)}
    return compare(base, Release("", {"sources": sources}, demonstration=False, geography=geography, **whole))


def secrecy(tables: Tables) -> pd.DataFrame:
    """What secrecy hides of the tables of a release, worked out before it is published."""
    before = {name: frame for name, frame in tables.items() if name != "secrecy"}
    return masks.record(Release("", {}, demonstration=False, geography=geographies.load(), **before))


def _read_all(
    paths: Sequence[Path], how: _How, geography: Geography, base: Release | None, tell: OnProgress
) -> list[_Read]:
    attacher = Attacher(gazetteers.load(), geography)
    stock = {
        place: found
        for place, path in enumerate(paths)
        if how.kind in (None, SIRENE) and path not in paths[:place] and (found := recognise(path))
    }
    read: dict[int, _Read] = {}
    for place, path in enumerate(paths):
        if place not in stock:
            tell(f"Lecture de {path.name}", len(read), len(paths) + 1)
            read[place] = _read(path, how, attacher)
    if stock:
        listed = listing.reasons(base, [file.incoming.tables for file in read.values() if file.incoming])
        read |= _read_stock(stock, how.year, attacher, listed, lambda what: tell(what, len(read), len(paths) + 1))
    if registered := _registered(base, read):
        attacher = Attacher(gazetteers.load(), geography, registered.establishments, registered.units)
        read |= {place: _read(read[place].path, how, attacher, registered) for place in _funding(read)}
    return [read[place] for place in range(len(paths))]


def _funding(read: Mapping[int, _Read]) -> list[int]:
    """Places of the files that tell grants."""
    return [place for place, file in read.items() if file.incoming and "grants" in file.incoming.tables]


def _registered(base: Release | None, read: Mapping[int, _Read]) -> Register | None:
    """What places grants by number, once the structures of the command are read; None where it would change nothing."""
    if not _funding(read):
        return None
    return register.known(base, [file.incoming.tables for file in read.values() if file.incoming])


def _read_stock(
    stock: Mapping[int, StockFile],
    year: int | None,
    attacher: Attacher,
    listed: Mapping[str, str],
    tell: Callable[[str], None],
) -> dict[int, _Read]:
    """The stock files of Sirene are read together; where one cannot be, none is used."""
    before = {place: _state(file.path) for place, file in stock.items()}
    try:
        readings = read_bundle(list(stock.values()), year, attacher, listed, tell)
        for place, file in stock.items():
            _check_unchanged(file.path, before[place])
    except UnreadableFile as error:
        return {place: _Read(file.path, None, unreadable(file.path, SIRENE, error)) for place, file in stock.items()}
    return {
        place: _Read(file.path, _incoming(file.path, reading))
        for (place, file), reading in zip(stock.items(), readings, strict=True)
    }


def _read(path: Path, how: _How, attacher: Attacher, registered: Register | None = None) -> _Read:
    before = _state(path)
    try:
        reading = read_file(path, how.kind, how.year, attacher, registered, mappings=how.mappings)
        _check_unchanged(path, before)
    except UnreadableFile as error:
        return _Read(path, None, unreadable(path, how.kind, error))
    return _Read(path, _incoming(path, reading))


def _state(path: Path) -> tuple[int, ...] | None:
    """What changes when a file is written to; None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _check_unchanged(path: Path, before: tuple[int, ...] | None) -> None:
    if _state(path) != before:
        raise UnreadableFile(
            path,
            "le fichier a changé pendant sa lecture",
            "Attendre la fin de sa copie ou de son enregistrement, puis importer à nouveau.",
        )


def _incoming(path: Path, reading: Reading) -> Incoming:
    reader, account = reading.reader, reading.account
    account.file = path.name
    source: dict[str, Any] = {
        "kind": account.kind,
        "title": reader.title,
        "file": path.name,
        "sha256": account.sha256,
        "publisher": reader.publisher,
        "licence": reader.licence,
        "attribution": reader.attribution,
        "vintage": account.vintage,
        "encoding": account.encoding,
        "delimiter": account.delimiter,
        **_retrieval(path, account.sha256),
        "caveats": [*reader.caveats, *record.caveats(record.read(path, account.sha256))],
    }
    if not reading.tables:
        source[COMPANION] = True
    return Incoming(reading.tables, account, source)


def _retrieval(path: Path, sha256: str) -> dict[str, str]:
    """Day of the import, and of the retrieval: that of the manifest left beside the file by `ess fetch`, else today."""
    today = datetime.now(UTC).date().isoformat()
    return {"imported": today, "retrieved": record.retrieved_on(record.read(path, sha256)) or today}


def _report(file: _Read) -> FileReport:
    """The contract's report of one file, put in the manifest too."""
    if file.incoming is None:
        return file.failure or {}
    incoming = file.incoming
    report = with_warnings(incoming.account.to_json(), _warnings(incoming))
    incoming.source["account"] = public(report)
    return report


def _warnings(incoming: Incoming) -> list[dict[str, Any]]:
    warnings = []
    repeated = any(seen.code == IN_ANOTHER_FILE for seen in incoming.account.warnings)
    if incoming.account.rows["accepted"] == 0 and not repeated:
        warnings.append(
            warning(NOTHING_USABLE, 1, "Aucune ligne utilisable dans ce fichier\u202f: rien n’en est publié.")
        )
    if incoming.replaced:
        message = "Lignes importées auparavant d’un autre fichier, que celui-ci remplace (même nature)."
        warnings.append(warning(REPLACES, incoming.replaced, message))
    return warnings


def _note(store: Store, report: Report) -> None:
    details: dict[str, Any] = {"files": [file["file"] for file in report.files]}
    if report.outcome == "refused":
        store.journal.add(journal.REFUSED, reason=[file["file"] for file in report.unusable], **details)
    elif report.outcome == "already_published":
        store.journal.add(journal.ALREADY, release=report.release, **details)
    else:
        store.journal.add(journal.PUBLISHED, release=report.release, **details)
