"""Stock files as published: Parquet, CSV, CSV in ZIP or GZ; recognised by their columns, given to DuckDB as a scan."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from layers.sirene.columns import STOCKS, kind_of
from layers.unreadable import UnreadableFile

PARQUET_MAGIC: Final = b"PAR1"
ZIP_MAGIC: Final = b"PK\x03\x04"
GZIP_MAGIC: Final = b"\x1f\x8b"
DELIMITERS: Final = (",", ";", "\t")
CHUNK: Final = 1 << 20
HEAD: Final = 1 << 16
LARGEST_EXPANDED: Final = 64 << 30
"""Bytes: seven times the largest stock file of 2026, expanded; more is no stock file."""
AGAIN: Final = "Télécharger à nouveau le fichier d’origine."


@dataclass(frozen=True, slots=True)
class StockFile:
    """One recognised stock file.

    Attributes
    ----------
    path, kind : the file as given, and which stock it is (`layers.sirene.columns`).
    form : ``parquet``, ``csv``, ``zip`` or ``gz``.
    delimiter, header : of the CSV; empty and the names of the columns for Parquet.
    member : name of the CSV within the ZIP.
    """

    path: Path
    kind: str
    form: str
    delimiter: str
    header: tuple[str, ...]
    member: str = ""

    @property
    def encoding(self) -> str:
        """As the account gives it."""
        return "parquet" if self.form == "parquet" else "utf-8"


def recognise(path: Path) -> StockFile | None:
    """The stock file at *path*, by its content; None for any other file, or one that cannot be opened."""
    try:
        with path.open("rb") as stream:
            magic = stream.read(4)
        if magic == PARQUET_MAGIC:
            return _parquet(path)
        if magic == ZIP_MAGIC:
            return _zip(path)
        if magic.startswith(GZIP_MAGIC):
            with gzip.open(path) as stream:
                return _text(path, "gz", stream.read(HEAD))
        with path.open("rb") as stream:
            return _text(path, "csv", stream.read(HEAD))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None


def _parquet(path: Path) -> StockFile | None:
    try:
        names = tuple(pq.read_schema(path).names)
    except (OSError, ValueError, pa.ArrowException):
        return None
    kind = kind_of(names)
    return StockFile(path, kind, "parquet", "", names) if kind else None


def _zip(path: Path) -> StockFile | None:
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) != 1 or not members[0].filename.lower().endswith(".csv"):
            return None
        with archive.open(members[0]) as stream:
            return _text(path, "zip", stream.read(HEAD), members[0].filename)


def _text(path: Path, form: str, head: bytes, member: str = "") -> StockFile | None:
    first = head.decode("utf-8-sig", "replace").splitlines()[:1]
    if not first:
        return None
    for delimiter in DELIMITERS:
        header = tuple(name.strip() for name in next(csv.reader(io.StringIO(first[0]), delimiter=delimiter), ()))
        if kind := kind_of(header):
            return StockFile(path, kind, form, delimiter, header, member)
    return None


def sha256(path: Path) -> str:
    """Digest of the file as given."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(path, "fichier inaccessible", "Vérifier le chemin et les droits du fichier.") from error


def expanded(stock: StockFile, folder: Path) -> Path:
    """Path that DuckDB can read: the file itself, or its text expanded into *folder*, in bounded memory.

    Raises
    ------
    UnreadableFile
        Cut or damaged archive, one that expands beyond measure, or no room left in *folder*.
    """
    if stock.form in ("parquet", "csv"):
        return stock.path
    target = folder / f"{STOCKS[stock.kind].name}.csv"
    try:
        if stock.form == "gz":
            with gzip.open(stock.path) as stream:
                _copy(stock.path, stream, target)
        else:
            with zipfile.ZipFile(stock.path) as archive, archive.open(stock.member) as member:
                _copy(stock.path, member, target)
    except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, RuntimeError) as error:
        raise UnreadableFile(stock.path, "archive coupée ou endommagée", AGAIN) from error
    except OSError as error:
        free = shutil.disk_usage(folder).free >> 20
        reason = f"l’archive ne peut être décompressée ({error.strerror or 'erreur de lecture'})"
        remedy = f"Libérer de la place dans le dossier temporaire ({free} Mo libres), ou changer TMPDIR."
        raise UnreadableFile(stock.path, reason, remedy) from error
    return target


def _copy(path: Path, stream: IO[bytes] | gzip.GzipFile, target: Path) -> None:
    written = 0
    with target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            written += len(chunk)
            if written > LARGEST_EXPANDED:
                raise UnreadableFile(path, "l’archive se décompresse sans mesure", "Vérifier l’origine du fichier.")
            out.write(chunk)
