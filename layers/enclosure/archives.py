"""The only file of an archive, expanded within bounds. Names within an archive are read, never written to."""

from __future__ import annotations

import errno
import gzip
import re
import shutil
import zipfile
from pathlib import Path
from typing import IO, Final, cast

from layers.enclosure.bounds import SMALL, SPARE, Bounds
from layers.enclosure.forms import FAULTS, GZIP
from layers.enclosure.values import AGAIN, FULL
from layers.filebytes import ON_PORTAL
from layers.unreadable import UnreadableFile

_CHUNK: Final = 1 << 20
_EXTRACT: Final = "L’extraire, puis importer son contenu."
_FAULTS: Final = (*FAULTS, RuntimeError)
_HIDDEN = re.compile(r"__MACOSX/.*|(?:.*/)?\.[^/]*", re.DOTALL)
_METADATA = re.compile(r"(?:.*[_-])?meta(?:data|donnees)?(?:[_-].*)?\.(?:csv|txt|xlsx?|pdf)", re.IGNORECASE)
"""Name of the dictionary of codes that Insee puts beside its data."""
_NAMED: Final = 5
"""Files of an archive that a refusal names."""
_LONGEST_NAME: Final = 80


def expand(path: Path, kind: str, target: Path, bounds: Bounds) -> None:
    """Write to *target* the only member of an archive but its metadata.

    Raises
    ------
    UnreadableFile
        Damaged, encrypted, empty or oversized archive, several members, no room on the disk.
    """
    try:
        with _opened(path, kind) as member, target.open("wb") as out:
            _pour(path, member, out, bounds)
    except _FAULTS as error:
        raise _fault(path, error) from error


def head(path: Path, kind: str, target: Path, size: int) -> str:
    """Write to *target* the first *size* bytes of the only member of an archive, and return its name.

    Raises `UnreadableFile` as `expand`.
    """
    try:
        with _opened(path, kind) as member:
            target.write_bytes(member.read(size))
            return str(getattr(member, "name", ""))
    except _FAULTS as error:
        raise _fault(path, error) from error


def _fault(path: Path, error: Exception) -> UnreadableFile:
    if isinstance(error, RuntimeError) and "password" in str(error):
        return UnreadableFile(path, "archive protégée par un mot de passe", _EXTRACT)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _no_room(path)
    return UnreadableFile(path, "archive abîmée ou incomplète", AGAIN)


def _no_room(path: Path) -> UnreadableFile:
    return UnreadableFile(path, *FULL)


def _immense(path: Path) -> UnreadableFile:
    remedy = f"Vérifier l’origine du fichier ; s’il est sûr : {_EXTRACT.lower()}"
    return UnreadableFile(path, "archive démesurée une fois extraite", remedy)


def _pour(path: Path, member: IO[bytes], out: IO[bytes], bounds: Bounds) -> None:
    most = min(bounds.disk, max(SMALL, bounds.swelling * path.stat().st_size))
    room = shutil.disk_usage(Path(out.name).parent).free - SPARE
    written = 0
    while chunk := member.read(_CHUNK):
        written += len(chunk)
        if written > most:
            raise _immense(path)
        if written > room:
            raise _no_room(path)
        out.write(chunk)


def _opened(path: Path, kind: str) -> IO[bytes]:
    if kind == GZIP:
        return cast("IO[bytes]", gzip.open(path, "rb"))
    archive = zipfile.ZipFile(path)
    members = [m for m in archive.infolist() if not m.is_dir() and not _HIDDEN.fullmatch(m.filename)]
    if len(members) > 1:
        members = [m for m in members if not _METADATA.fullmatch(m.filename.rpartition("/")[2])] or members
    if not members:
        raise UnreadableFile(path, "archive vide : elle ne contient aucun fichier", AGAIN)
    if any(member.filename.lower().endswith(".shp") for member in members):
        raise UnreadableFile(path, "archive d’une carte (fichier de formes, SHP)", ON_PORTAL)
    if len(members) != 1:
        names = ", ".join(f"« {member.filename[:_LONGEST_NAME]} »" for member in members[:_NAMED])
        raise UnreadableFile(path, f"archive de {len(members)} fichiers ({names})", "L’extraire, puis importer chacun.")
    return archive.open(members[0])
