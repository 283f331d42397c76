"""The readers, by kind, and the one function that reads a file with the right one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layers import corrections, tables
from layers.account import Account
from layers.headings import normalised
from layers.mapping import choosing
from layers.mapping.declaration import GRANTS
from layers.mapping.known import Mappings
from layers.mapping.reading import KIND as TABLE
from layers.mapping.reading import masked
from layers.mapping.reading import reader as table_reader
from layers.questions import TABLE as HOLDS
from layers.questions import YEAR, Answers, Known
from layers.readers import (
    conseiller_numerique,
    declarations,
    declared,
    declaring,
    employment_zones,
    ess_france,
    filosofi,
    flores,
    flores_published,
    flores_tables,
    jaune,
    jaune_payments,
    jobseekers,
    lacking,
    population,
    price_series,
    proof,
    recherche_entreprises,
    rna,
    scdl,
    siae,
    social_housing,
    unknown,
)
from layers.readers.answered import applied
from layers.readers.columns import locate, told_by_content
from layers.readers.confirmation import confirmed
from layers.readers.described import described, understood
from layers.readers.grants import layout
from layers.readers.intake import Intake
from layers.readers.opened import NO_MAPPING, Opened, opened
from layers.readers.reader import Reader, Reading
from layers.recognition.columns import sure
from layers.recognition.opening import Table, open_source
from layers.recognition.tables import IsHeader
from layers.register import Register
from layers.sirene import declaration as sirene
from layers.templates.reading import READERS as TEMPLATE_READERS
from layers.unreadable import UnreadableFile

if TYPE_CHECKING:
    from geodata.attach import Attacher

_MODULES: Final = (
    siae,
    conseiller_numerique,
    ess_france,
    rna,
    jaune,
    scdl,
    population,
    filosofi,
    flores,
    flores_published,
    flores_tables,
    jobseekers,
    social_housing,
    employment_zones,
    recherche_entreprises,
    sirene,
)
READERS: Final[Mapping[str, Reader]] = {
    reader.kind: reader for reader in (*(module.READER for module in _MODULES), *TEMPLATE_READERS)
}

LAYOUTS: Final[tuple[Reader, ...]] = (
    *READERS.values(),
    jaune_payments.READER,
    flores_tables.POSTS,
    population.LONG,
    price_series.READER,
    filosofi.LONG,
    filosofi.MEDIAN,
    filosofi.POVERTY,
    jobseekers.LONG,
    jobseekers.BY_COLUMN,
)
"""Every layout that is known by its titles: a kind may be published with other columns in other years. Published grants
are known by what their columns mean too."""


def detect(header: Sequence[str]) -> Reader | None:
    """Reader whose required columns *header* all has, the most demanding one; None where there is none."""
    return _most_demanding(reader for reader in LAYOUTS if reader.recognises(header))


def _most_demanding(readers: Iterable[Reader]) -> Reader | None:
    return max(readers, key=lambda reader: sum(column.required for column in reader.columns), default=None)


def read_file(
    path: Path | str,
    kind: str | None,
    year: int | None,
    attacher: Attacher,
    register: Register | None = None,
    *,
    mappings: Mappings = NO_MAPPING,
    answers: Known | None = None,
) -> Reading:
    """Read one official file.

    Parameters
    ----------
    path : path of the file.
    kind : one of ``READERS``, None to tell by the columns.
    year : year asked for, None to tell by the contents, then by the file's name.
    attacher : what attaches a row to a commune.
    register : the structures already known, for the kinds whose beneficiaries are told by number alone.
    mappings : how spreadsheets of the kind ``table`` are read; one that is known is followed without being asked for.
    answers : what was answered of a file, by its path and the signature of its titles (`layers.questions.known`).

    Returns
    -------
    Reading
        Checked tables, and the account in which every row is ruled on once.

    Raises
    ------
    UnreadableFile
        Where the file as a whole cannot be used: the message has file, line, column and remedy, in French.
    """
    found = open_file(Path(path), kind, mappings, answers)
    return read_open(found, year, attacher, register or Register())


def open_file(path: Path, kind: str | None, mappings: Mappings, answers: Known | None = None) -> Opened:
    """Open a file as `read_file` does, without reading it. Raises `UnreadableFile`."""
    opening = declaring.opened if kind is None else open_source
    found = opened(path, is_header(kind, mappings, path), lambda source: _natural(source, kind), answers, opening)
    return replace(found, kind=kind, mappings=mappings)


def _is_official(source: Table) -> bool:
    return _official(source, None) is not None


def _natural(source: Table, kind: str | None) -> str:
    """What a file is by itself: the kind that it was said to be, an official one, what its table holds."""
    official = _official(source, kind)
    return kind or (official.kind if official else choosing.table_of(source.columns, proof.around(source)) or "unknown")


def read_open(found: Opened, year: int | None, attacher: Attacher, register: Register) -> Reading:
    """Read a file that is open; as `read_file`. What was understood of one that is refused goes with the error."""
    try:
        return _read(found, year, attacher, register)
    except UnreadableFile as error:
        error.table = understood(found.source, found.answers)
        raise


def _read(found: Opened, year: int | None, attacher: Attacher, register: Register) -> Reading:
    source, kind, said = found.source, found.kind, found.answers
    declared_now = found.mappings.declaration(source.path) is not None
    known = None
    if not kind and (declared_now or HOLDS not in said):
        known = declarations.of(source, found.mappings, said, lambda: _is_official(source))
    if known is not None:
        reader, mapped = declared.reader(known.declaration, source, attacher), ""
    else:
        reader, mapped, source = _chosen(source, kind, found.mappings, said)
        reader = replace(reader, columns=told_by_content(reader.columns, source))
    lacking.check(source, reader)
    source, completes = corrections.opened(source)
    located = locate(reader.columns, source.header)
    year = int(said[YEAR]) if YEAR in said and year is None else year
    vintage = reader.vintage(source, located, year)
    account = Account(
        file=source.path.name,
        kind=reader.kind,
        sha256=source.sha256,
        inside=source.inside,
        encoding=source.encoding,
        delimiter=source.delimiter,
        vintage=vintage.label,
        warnings=list(source.warnings),
        table=described(source, reader, located, said),
        answers=said,
        answered={} if known else applied(source, said),
        shape=found.shape,
    )
    if mapped:
        account.warn("mapping", mapped)
    if known is not None:
        account.declared = known.to_json()
        for one in known.questions:
            account.ask(one)
    if vintage.note:
        account.warn("vintage", vintage.note)
    intake = Intake(reader.kind, source, account, reader.columns, located, attacher, vintage, register, asked=year)
    records = confirmed(intake, reader.read(intake))
    intake.report_notes()
    intake.tally.tell(account.table)
    account.vintage = intake.vintage.label
    account.check()
    built = {name: tables.build(name, found) for name, found in records.items()}
    own = reader.declares(built["observations"]) if reader.declares else ()
    return Reading(built, account, reader, completes, own)


def is_header(kind: str | None, mappings: Mappings, path: Path | None = None) -> IsHeader:
    """What tells the header of an official layout, or of a spreadsheet whose mapping is known; see `read_file`."""
    wanted = [reader for reader in LAYOUTS if kind in (None, reader.kind)]

    given = mappings.declaration(path) if kind is None and path is not None else None

    def tells(cells: Sequence[str]) -> bool:
        if given is not None:
            return declared.is_header(given, cells)
        titles = [normalised(name) for name in cells]
        known = any(reader.knows(titles) for reader in wanted)
        return known or (kind in (None, TABLE) and mappings.of(cells) is not None)

    return tells


def _chosen(source: Table, kind: str | None, mappings: Mappings, said: Answers) -> tuple[Reader, str, Table]:
    """The reader of a file, what is to be said of its mapping where it has one, and the file as it is read.

    What a mapping masks is masked before any row is read.
    """
    holds = said.get(HOLDS)
    if kind is None and holds is None and (refused := unknown.foreign(source)):
        raise refused
    found = _official(source, kind) if holds is None else None
    if found is not None:
        return found, "", source
    if holds or (kind in (None, TABLE) and (kind == TABLE or _is_table(source, mappings))):
        mapping, told = choosing.choose(source, mappings, said)
        return table_reader(mapping, source), told, masked(source, mapping) if mapping.private else source
    raise unknown.refusal(source)


def _official(source: Table, kind: str | None) -> Reader | None:
    """The reader of an official layout: that of the kind that was said, or one that titles, meanings and proof tell."""
    if kind == TABLE:
        return None
    able = (reader for reader in LAYOUTS if reader.recognises(source.header) and reader.proof(source))
    known = _most_demanding(able) if kind is None else None
    if (
        kind == scdl.KIND
        or known is scdl.READER
        or (kind is None and known is None and scdl.is_published(source.columns))
    ):
        return layout.reader(scdl.LAYOUT, sure(source.columns))
    if kind in (None, siae.KIND) and known is None and (listed := _insertion(source)):
        return listed
    if kind is not None and kind not in READERS:
        kinds = ", ".join([*READERS, TABLE])
        raise UnreadableFile(source.path, f"type de fichier inconnu : « {kind} »", f"Types connus : {kinds}.")
    if kind is None:
        return known
    layouts = [reader for reader in LAYOUTS if reader.kind == kind]
    return next((reader for reader in layouts if reader.recognises(source.header)), READERS[kind])


def _insertion(source: Table) -> Reader | None:
    """The reader of a list of structures of insertion that has other titles; grants to them are no such list."""
    official = siae.READER.recognises(source.header)
    return (
        None
        if official or choosing.table_of(source.columns, proof.around(source)) == GRANTS
        else siae.by_content(source)
    )


def _is_table(source: Table, mappings: Mappings) -> bool:
    return (
        choosing.known_mapping(source, mappings) is not None
        or choosing.table_of(source.columns, proof.around(source)) is not None
    )
