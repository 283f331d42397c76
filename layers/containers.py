"""What a source file is, told by its first bytes, and the text or workbook within an archive of one file."""

from __future__ import annotations

import errno
import gzip
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final, cast

from layers.unreadable import UnreadableFile

TEXT, WORKBOOK, PARQUET, ZIP, GZIP = "text", "workbook", "parquet", "zip", "gzip"
LARGEST: Final = 8 << 30
"""Bytes of an expanded member: more is no file of rows read one by one."""
LARGEST_WORKBOOK: Final = 1 << 30
"""Bytes of an expanded workbook, which is held in memory."""
AGAIN: Final = "Télécharger à nouveau le fichier d’origine."
_CHUNK: Final = 1 << 20
_HEAD: Final = 8
_WORKBOOKS: Final = frozenset({"xl/workbook.xml", "content.xml", "xl/workbook.bin"})
_FAULTS: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)
_HIDDEN: Final = ("__MACOSX/", ".")
_METADATA = re.compile(r"(?:.*[_-])?meta(?:data|donnees)?(?:[_-].*)?\.(?:csv|txt|xlsx?|pdf)", re.IGNORECASE)
"""Name of the dictionary of codes that Insee puts beside its data."""


def form(path: Path) -> str:
    """One of the forms above; ``text`` for anything that is not told by its first bytes, an absent file included."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return TEXT
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return WORKBOOK if _WORKBOOKS & {member.filename for member in _members(path)} else ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return WORKBOOK
    if head.startswith(b"\x1f\x8b"):
        return GZIP
    return PARQUET if head.startswith(b"PAR1") else TEXT


def check_workbook(path: Path) -> None:
    """Refuse a workbook that would not fit in memory once expanded."""
    if zipfile.is_zipfile(path) and sum(member.file_size for member in _members(path)) > LARGEST_WORKBOOK:
        raise UnreadableFile(path, "classeur démesuré", "Enregistrer en CSV la feuille à importer.")


def expanded(path: Path, kind: str) -> Path:
    """A temporary copy of the only member of an archive but its metadata, to be deleted by the caller.

    Raises
    ------
    UnreadableFile
        Damaged, encrypted, empty or oversized archive, several members.
    """
    copy = Path(tempfile.mkstemp(prefix="ess-")[1])
    try:
        with _opened(path, kind) as member, copy.open("wb") as out:
            _pour(path, member, out.write)
    except _FAULTS as error:
        copy.unlink(missing_ok=True)
        raise _damaged(path, error) from error
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    return copy


def _damaged(path: Path, error: Exception) -> UnreadableFile:
    if isinstance(error, RuntimeError) and "password" in str(error):
        return UnreadableFile(path, "archive protégée par un mot de passe", "L’extraire, puis importer son contenu.")
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return UnreadableFile(path, "plus de place sur le disque pour l’extraire", "Libérer de la place.")
    return UnreadableFile(path, "archive abîmée ou incomplète", AGAIN)


def _pour(path: Path, member: IO[bytes], write: Callable[[bytes], object]) -> None:
    size = 0
    while chunk := member.read(_CHUNK):
        size += len(chunk)
        if size > LARGEST:
            raise UnreadableFile(path, "archive démesurée une fois extraite", "L’extraire, puis importer son contenu.")
        write(chunk)


def _opened(path: Path, kind: str) -> IO[bytes]:
    if kind == GZIP:
        return cast("IO[bytes]", gzip.open(path, "rb"))
    members = [m for m in _members(path) if not m.is_dir() and not m.filename.startswith(_HIDDEN)]
    if len(members) > 1:
        members = [m for m in members if not _METADATA.fullmatch(m.filename.rpartition("/")[2])] or members
    if len(members) != 1:
        names = ", ".join(f"« {member.filename} »" for member in members[:5]) or "aucun fichier"
        raise UnreadableFile(path, f"archive de {len(members)} fichiers ({names})", "L’extraire, puis importer chacun.")
    return zipfile.ZipFile(path).open(members[0])


def _members(path: Path) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except _FAULTS as error:
        raise UnreadableFile(path, "archive ou classeur abîmé", AGAIN) from error
