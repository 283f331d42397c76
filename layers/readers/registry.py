"""The readers, by kind, and the one function that reads a file with the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layers import corrections, tables
from layers.account import Account
from layers.mapping import choosing
from layers.mapping.known import Mappings
from layers.mapping.reading import KIND as TABLE
from layers.mapping.reading import reader as table_reader
from layers.readers import (
    conseiller_numerique,
    employment_zones,
    ess_france,
    filosofi,
    flores,
    flores_published,
    flores_tables,
    jaune,
    jaune_payments,
    jobseekers,
    population,
    recherche_entreprises,
    rna,
    scdl,
    siae,
    social_housing,
)
from layers.readers.columns import Column, locate, missing, repeated
from layers.readers.intake import Intake
from layers.readers.reader import Reader, Reading
from layers.register import Register
from layers.sirene import declaration as sirene
from layers.sourcefile import SourceFile, open_source
from layers.templates.reading import READERS as TEMPLATE_READERS
from layers.unreadable import UnreadableFile
from layers.worksheets import IsHeader

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
NO_MAPPING: Final = Mappings()
READERS: Final[Mapping[str, Reader]] = {
    reader.kind: reader for reader in (*(module.READER for module in _MODULES), *TEMPLATE_READERS)
}

LAYOUTS: Final[tuple[Reader, ...]] = (*READERS.values(), jaune_payments.READER, flores_tables.POSTS)
"""Every layout that is recognised: a kind may be published with other columns in other years."""


def detect(header: Sequence[str]) -> Reader | None:
    """Reader whose required columns *header* all has, the most demanding one; None where there is none."""
    able = [reader for reader in LAYOUTS if reader.recognises(header)]
    return max(able, key=lambda reader: len(reader.columns), default=None)


def read_file(
    path: Path | str,
    kind: str | None,
    year: int | None,
    attacher: Attacher,
    register: Register | None = None,
    *,
    mappings: Mappings = NO_MAPPING,
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

    Returns
    -------
    Reading
        Checked tables, and the account in which every row is ruled on once.

    Raises
    ------
    UnreadableFile
        Where the file as a whole cannot be used: the message has file, line, column and remedy, in French.
    """
    source = open_source(path, is_header(kind, mappings))
    reader, mapped = _chosen(source, kind, mappings)
    _check_columns(source, reader)
    source, completes = corrections.opened(source)
    located = locate(reader.columns, source.header)
    vintage = reader.vintage(source, located, year)
    account = Account(
        file=source.path.name,
        kind=reader.kind,
        sha256=source.sha256,
        encoding=source.encoding,
        delimiter=source.delimiter,
        vintage=vintage.label,
        warnings=list(source.warnings),
    )
    if mapped:
        account.warn("mapping", mapped)
    if vintage.note:
        account.warn("vintage", vintage.note)
    intake = Intake(reader.kind, source, account, reader.columns, located, attacher, vintage, register or Register())
    records = reader.read(intake)
    intake.report_notes()
    account.check()
    return Reading({name: tables.build(name, found) for name, found in records.items()}, account, reader, completes)


def is_header(kind: str | None, mappings: Mappings) -> IsHeader:
    """What tells the header of a file of that kind, or of any, from the titles above it; see `read_file`."""
    if kind == TABLE:
        return choosing.is_header(mappings)
    wanted = [reader for reader in LAYOUTS if kind in (None, reader.kind)]

    def tells(cells: Sequence[str]) -> bool:
        known = any(reader.recognises(cells) for reader in wanted)
        return known or (kind is None and mappings.of(cells) is not None)

    return tells


def _chosen(source: SourceFile, kind: str | None, mappings: Mappings) -> tuple[Reader, str]:
    """The reader of a file, and what is to be said of its mapping where it has one."""
    unknown = kind is None and detect(source.header) is None
    if kind == TABLE or (unknown and mappings.of(source.header) is not None):
        mapping, told = choosing.choose(source, mappings)
        return table_reader(mapping), told
    return _reader(source, kind), ""


def _reader(source: SourceFile, kind: str | None) -> Reader:
    if kind is None:
        return detect(source.header) or _nearest(source.header)
    if kind not in READERS:
        raise UnreadableFile(
            source.path, f"type de fichier inconnu : « {kind} »", f"Types connus : {', '.join([*READERS, TABLE])}."
        )
    layouts = [reader for reader in LAYOUTS if reader.kind == kind]
    return next((reader for reader in layouts if reader.recognises(source.header)), READERS[kind])


def _nearest(header: Sequence[str]) -> Reader:
    """Reader with the largest share of its required columns in *header*: the one whose lacks are worth naming."""

    def share(reader: Reader) -> float:
        required = [column for column in reader.columns if column.required]
        return 1 - len(missing(required, header)) / len(required)

    return max(LAYOUTS, key=share)


def _check_columns(source: SourceFile, reader: Reader) -> None:
    if lacking := missing(reader.columns, source.header):
        raise UnreadableFile(
            source.path,
            f"{_lacks(lacking)} pour « {reader.title} »",
            f"Colonnes attendues : {_names(reader.columns)}. Colonnes lues : {_shown(source.header)}.",
            1,
            lacking[0].name,
        )
    if twice := repeated(reader.columns, source.header):
        raise UnreadableFile(
            source.path,
            f"colonne présente deux fois : {_names(twice)}",
            "N’en garder qu’une.",
            1,
            twice[0].name,
        )


def _lacks(columns: Sequence[Column]) -> str:
    plural = "s" if len(columns) > 1 else ""
    return f"colonne{plural} absente{plural} : {_names(columns)}"


def _names(columns: Sequence[Column]) -> str:
    return ", ".join(column.name for column in columns if column.required)


def _shown(header: Sequence[str]) -> str:
    shown = [name[:40] or "(sans nom)" for name in header[:12]]
    return ", ".join(shown) + ("…" if len(header) > len(shown) else "")
