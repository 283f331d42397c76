"""The process that opens one file: ``python -m layers.enclosure.inside TASK PATH FOLDER BOUNDS``.

It leaves in FOLDER what `layers.enclosure.door` hands on, as JSON: `TOLD`, and rows or expanded text beside it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from layers.enclosure import archives, forms, ods, tables, xlsx
from layers.enclosure.bounds import Bounds, hold
from layers.enclosure.spool import Spool
from layers.enclosure.values import AGAIN, EXPANDED, NO_MEMORY, NO_ROOM, SAVE_AS_CSV, TOLD, TOO_BIG
from layers.unreadable import UnreadableFile

HEAD: Final = 1 << 16
"""Bytes of an archived file that are looked at to know what it is."""
_FAULTS: Final = (*forms.FAULTS, KeyError, IndexError, OverflowError, RuntimeError)
_REFUSED: Final = {errno.ENOSPC: NO_ROOM, errno.EDQUOT: NO_ROOM, errno.EFBIG: TOO_BIG}
_XML: Final = {forms.XLSX: xlsx.read, forms.ODS: ods.read}


def contents(path: Path, folder: Path, bounds: Bounds) -> dict[str, Any]:
    """The sheets of a workbook or of a Parquet file, or the text in an archive."""
    kind, inside = forms.form(path), ""
    if kind in (forms.ZIP, forms.GZIP):
        copy = folder / EXPANDED
        archives.expand(path, kind, copy, bounds)
        path, kind = copy, forms.form(copy)
        if kind in (forms.ZIP, forms.GZIP):
            raise UnreadableFile(path, "archive dans une archive", "L’extraire, puis importer son contenu.")
        with copy.open("rb") as stream:
            inside = hashlib.file_digest(stream, "sha256").hexdigest()
    if kind == forms.TEXT:
        return {"form": kind, "inside": inside, "sheets": []}
    told = {"form": kind, "inside": inside, "sheets": _sheets(path, kind, folder, bounds)}
    (folder / EXPANDED).unlink(missing_ok=True)
    return told


def _sheets(path: Path, kind: str, folder: Path, bounds: Bounds) -> list[dict[str, Any]]:
    if kind == forms.PARQUET:
        spool = Spool(path, folder, None, bounds.disk)
        tables.parquet(path, spool)
    else:
        _check_size(path, bounds)
        spool = Spool(path, folder, bounds.cells, bounds.workbook)
        _workbook(path, kind, spool)
    spool.close()
    return spool.sheets


def _workbook(path: Path, kind: str, spool: Spool) -> None:
    try:
        _XML.get(kind, tables.binary)(path, spool)
    except RuntimeError as error:
        if "password" in str(error):
            raise UnreadableFile(path, *forms.PASSWORD) from error
        raise UnreadableFile(path, "classeur abîmé ou illisible", AGAIN) from error
    except _FAULTS as error:
        raise UnreadableFile(path, "classeur abîmé ou illisible", AGAIN) from error


def _check_size(path: Path, bounds: Bounds) -> None:
    """Refuse a workbook that says itself that it is immense; one that lies is cut at the size that it says."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > bounds.workbook:
            raise UnreadableFile(path, "classeur démesuré", SAVE_AS_CSV)


def head(path: Path, folder: Path, _bounds: Bounds) -> dict[str, Any]:
    """What the columns of a file are told by: the names of a Parquet file, the first bytes of an archived one."""
    kind = forms.form(path)
    if kind == forms.PARQUET:
        return {"form": kind, "names": tables.names(path)}
    if kind in (forms.ZIP, forms.GZIP):
        return {"form": kind, "member": archives.head(path, kind, folder / EXPANDED, HEAD)}
    return {"form": kind}


def expansion(path: Path, folder: Path, bounds: Bounds) -> dict[str, Any]:
    """The only file of an archive, whatever it is."""
    archives.expand(path, forms.form(path), folder / EXPANDED, bounds)
    return {}


TASKS: Final[dict[str, Callable[[Path, Path, Bounds], dict[str, Any]]]] = {
    task.__name__: task for task in (contents, head, expansion)
}


def main(task: str, path: Path, folder: Path, bounds: Bounds) -> int:
    """Do one task within bounds; return the exit status."""
    hold(bounds)
    try:
        (folder / TOLD).write_text(json.dumps(_done(task, path, folder, bounds)), "ascii")
    except MemoryError:
        return NO_MEMORY
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
        return _REFUSED[error.errno]
    return 0


def _done(task: str, path: Path, folder: Path, bounds: Bounds) -> dict[str, Any]:
    try:
        return TASKS[task](path, folder, bounds)
    except UnreadableFile as error:
        return {"refused": [error.reason, error.remedy, error.line, error.column]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Bounds(**json.loads(sys.argv[4]))))
