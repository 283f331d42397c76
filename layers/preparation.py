"""Files read together, and the tables of the release that they would make: nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from geodata import gazetteer as gazetteers
from geodata import geography as geographies
from geodata.attach import Attacher
from geodata.folders import EMBEDDED
from geodata.geography import Geography
from layers import listing, lookups, register, unmatched
from layers.account import Account
from layers.deliveries import INSIDE, ORIGIN, Departure
from layers.fetching import record
from layers.indicators.held import INDICATORS as DECLARED
from layers.indicators.held import changed, to_manifest
from layers.lookups import Lookups
from layers.manifest import REPLACES, public
from layers.mapping.known import Mappings
from layers.merging import COMPANION, Incoming, Merged, Tables, merge
from layers.questions import Known
from layers.readers import Reading, read_file
from layers.register import Register
from layers.rehearsal import Rehearsal, compare
from layers.release import Release
from layers.repetition import IN_ANOTHER_FILE, settle
from layers.report import NOTHING_USABLE, FileReport, asks, is_unusable, unreadable, warning, with_warnings
from layers.secrecy import masks
from layers.sirene.bundle import read_bundle
from layers.sirene.declaration import KIND as SIRENE
from layers.sirene.opening import StockFile, recognise
from layers.store import Store
from layers.unreadable import UnreadableFile

OnProgress = Callable[[str, int, int], None]
"""Told what is being done, in French, and how many steps of how many are over."""

OnYear = Callable[[int], None]


@dataclass(frozen=True)
class How:
    """How the files of a command are read: what they are where it is said, mappings, and what was answered of them.

    ``told`` is what a public register answered of beneficiaries.
    """

    kind: str | None
    year: int | None
    mappings: Mappings
    answers: Known | None = None
    told: Lookups = field(default_factory=dict)


@dataclass(frozen=True)
class _Read:
    """One file of the command: what was read of it, or why it could not be."""

    path: Path
    incoming: Incoming | None
    failure: FileReport | None = None


@dataclass(frozen=True)
class Prepared:
    """What files would publish with what was imported before.

    Attributes
    ----------
    before : name of the release shown when they were read; None where nothing was imported.
    base : that release.
    files : the contract's report of each file.
    accounts : those of the files that could be read.
    merged : the release to come, and what of earlier files leaves; empty where no file could be read.
    """

    before: str | None
    base: Release | None
    geography: Geography
    files: tuple[FileReport, ...]
    accounts: tuple[Account, ...]
    merged: Merged

    @property
    def departures(self) -> tuple[Departure, ...]:
        """What of earlier files would leave, said again or not."""
        return self.merged.departures

    @property
    def usable(self) -> bool:
        """Whether something could be published: one unusable file, and nothing is."""
        return bool(self.accounts) and not any(is_unusable(file) for file in self.files)

    @property
    def asked(self) -> bool:
        """Whether a file has a question that nobody answered: nothing is published before."""
        return any(asks(file) for file in self.files)

    def publish(self, store: Store, tell: OnYear | None = None) -> str:
        """Publish the release and make it the current one; return its name. Raises as `layers.store.Store.publish`.

        *tell* is told each year whose secrecy has to be worked out.
        """
        return publish(store, self._whole(tell), self.merged.sources)

    def rehearse(self, tell: OnYear | None = None) -> Rehearsal:
        """What publishing would change of the release shown."""
        manifest = {"sources": list(self.merged.sources)}
        after = Release("", manifest, demonstration=False, geography=self.geography, **self._whole(tell))
        return replace(
            compare(self.base, after),
            unmatched=unmatched.group(self.accounts, gazetteers.load()),
            duplicates={one.file: tuple(one.duplicates) for one in self.accounts if one.duplicates},
            departures=self.departures,
        )

    def _whole(self, tell: OnYear | None) -> Tables:
        return {**self.merged.tables, "secrecy": secrecy(self.merged.tables, tell)}


def publish(store: Store, tables: Mapping[str, pd.DataFrame], sources: Sequence[dict[str, Any]]) -> str:
    """Publish tables, secrecy included, with the caveats of their sources; return the name of the release."""
    caveats = sorted({caveat for source in sources for caveat in source["caveats"]})
    return store.publish(tables, sources, EMBEDDED, caveats)


def prepare(paths: Sequence[Path], store: Store, how: How, tell: OnProgress) -> Prepared:
    """Read files, in this order; a store is only read from. Raises `DamagedRelease`."""
    geography = geographies.load()
    before = store.current()
    base = store.load(before) if before else None
    how = replace(how, told=lookups.read(store.folder))
    read = _read_all(paths, how, geography, base, tell)
    incoming = [file.incoming for file in read if file.incoming]
    settle(incoming, geography.communes["territory"].astype(str).to_dict())
    merged = merge(base, incoming) if incoming else Merged({}, ())
    accounts = tuple(file.account for file in incoming)
    return Prepared(before, base, geography, tuple(_report(file) for file in read), accounts, merged)


def secrecy(tables: Tables, tell: OnYear | None = None) -> pd.DataFrame:
    """What secrecy hides of the tables of a release, worked out before it is published.

    Of the posts that the release before had too, what it hid is in *tables*, and is kept.
    """
    return masks.record(Release("", {}, demonstration=False, geography=geographies.load(), **tables), tell)


def _read_all(
    paths: Sequence[Path], how: How, geography: Geography, base: Release | None, tell: OnProgress
) -> list[_Read]:
    attacher = register.attacher(geography, how.told)
    once = [(place, path) for place, path in enumerate(paths) if path not in paths[:place]]
    stock = {place: found for place, path in once if how.kind in (None, SIRENE) and (found := recognise(path))}
    read: dict[int, _Read] = {}
    for place, path in enumerate(paths):
        if place not in stock:
            tell(f"Lecture de {path.name}", len(read), len(paths) + 1)
            read[place] = _read(path, how, attacher)
    if stock:
        listed = listing.reasons(base, [file.incoming.tables for file in read.values() if file.incoming])
        read |= _read_stock(stock, how.year, attacher, listed, lambda what: tell(what, len(read), len(paths) + 1))
    if registered := _registered(base, read, how.told):
        attacher = register.attacher(geography, how.told, registered)
        read |= {place: _read(read[place].path, how, attacher, registered) for place in _funding(read)}
    return [_consistent(read[place], base) for place in range(len(paths))]


def _consistent(read: _Read, base: Release | None) -> _Read:
    """A file as it was read, or refused where what it declares is something else in the release."""
    if read.incoming is None or base is None:
        return read
    source = read.incoming.source
    held = [one for one in base.manifest["sources"] if one["sha256"] != source["sha256"]]
    if (why := changed(held, source.get(DECLARED, ()))) is None:
        return read
    remedy = "Reprendre la même déclaration, ou donner un autre nom à ce nouvel indicateur."
    return _Read(read.path, None, unreadable(read.path, source["kind"], UnreadableFile(read.path, why, remedy)))


def _funding(read: Mapping[int, _Read]) -> list[int]:
    """Places of the files that tell grants."""
    return [place for place, file in read.items() if file.incoming and "grants" in file.incoming.tables]


def _registered(base: Release | None, read: Mapping[int, _Read], told: Lookups) -> Register | None:
    """What places grants by number, once the structures of the command are read; None where it would change nothing."""
    if not _funding(read):
        return None
    return register.known(base, [file.incoming.tables for file in read.values() if file.incoming], told)


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
        place: _Read(file.path, incoming_of(file.path, reading))
        for (place, file), reading in zip(stock.items(), readings, strict=True)
    }


def _read(path: Path, how: How, attacher: Attacher, registered: Register | None = None) -> _Read:
    before = _state(path)
    try:
        reading = read_file(path, how.kind, how.year, attacher, registered, mappings=how.mappings, answers=how.answers)
        _check_unchanged(path, before)
    except UnreadableFile as error:
        return _Read(path, None, unreadable(path, how.kind, error))
    return _Read(path, incoming_of(path, reading))


def _state(path: Path) -> tuple[int, ...] | None:
    """What changes when a file is written to; None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _check_unchanged(path: Path, before: tuple[int, ...] | None) -> None:
    if _state(path) != before:
        remedy = "Attendre la fin de sa copie ou de son enregistrement, puis importer à nouveau."
        raise UnreadableFile(path, "le fichier a changé pendant sa lecture", remedy)


def incoming_of(path: Path, reading: Reading) -> Incoming:
    """What a file that was read brings to a release, with its entry among the sources."""
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
    if reading.indicators:
        source[DECLARED] = [to_manifest(one) for one in reading.indicators]
    if account.inside:
        source[INSIDE] = account.inside
    if reading.completes:
        source[ORIGIN] = reading.completes.sha256
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
        told = "Aucune ligne utilisable dans ce fichier\u202f: rien n’en est publié."
        warnings.append(warning(NOTHING_USABLE, 1, told))
    if incoming.replaced:
        message = "Lignes importées auparavant d’un autre fichier, que celui-ci redit ou remplace."
        warnings.append(warning(REPLACES, incoming.replaced, message))
    return warnings
