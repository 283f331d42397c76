"""What a file is, told by its bytes; what holds no table is refused by its own name."""

from __future__ import annotations

import mmap
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Final

from layers.enclosure.values import AGAIN
from layers.unreadable import UnreadableFile

TEXT, ZIP, GZIP, PARQUET = "text", "zip", "gzip", "parquet"
XLSX, XLSB, XLS, ODS = "xlsx", "xlsb", "xls", "ods"
PASSWORD: Final = ("classeur protégé par un mot de passe", "L’ouvrir, l’enregistrer sans mot de passe, et recommencer.")
_HEAD: Final = 8
_OLE, _GZIP, _PARQUET = b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"PAR1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY: Final = 128
"""Bytes of an entry of the directory of an OLE file, which opens with its name in UTF-16."""
_EXPORT: Final = "En demander le tableau d’origine (CSV, XLSX ou ODS)."
_MEMBERS: Final = (("xl/workbook.xml", XLSX), ("xl/workbook.bin", XLSB))
_DOCUMENTS: Final = (
    ("word/document.xml", "un document Word (DOCX)"),
    ("ppt/presentation.xml", "une présentation (PPTX)"),
    ("visio/document.xml", "un dessin Visio (VSDX)"),
    ("index/document.iwa", "un document d’Apple (Pages, Numbers)"),
)
_STREAMS: Final = (
    ("EncryptedPackage", None),
    ("WordDocument", "un ancien document Word (DOC)"),
    ("PowerPoint Document", "une ancienne présentation (PPT)"),
    ("__properties_version1.0", "un message d’Outlook (MSG)"),
)
_LOCAL: Final = struct.Struct("<4s22xHH")
"""What stands before the name of a file within an archive, that name's length last but one."""
_LONGEST_FIRST: Final = 64
_RECORD: Final = struct.Struct("<HH")
_BEGINNING = re.compile(rb"\x09\x08(?:\x10\x00\x00\x06|\x08\x00\x00\x05)\x05\x00", re.DOTALL)
_FILE_PASS, _FIRST_RECORDS = 0x2F, 4
_SPREADSHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"
FAULTS: Final = (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, EOFError, NotImplementedError)


def outer(path: Path) -> str:
    """``zip`` (a workbook perhaps), ``gzip``, ``parquet`` or ``xls`` by the first bytes; ``text`` for anything else.

    An absent file is ``text`` too: reading it tells.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return TEXT
    if head.startswith(_ZIP):
        return ZIP
    if head.startswith(_OLE):
        return XLS
    if head.startswith(_GZIP):
        return GZIP
    return PARQUET if head.startswith(_PARQUET) else TEXT


def is_workbook(path: Path) -> bool:
    """Whether the first bytes are those of a workbook beyond doubt: nothing of it is parsed."""
    with path.open("rb") as stream:
        head = stream.read(_LOCAL.size + _LONGEST_FIRST)
    if len(head) < _LOCAL.size or not head.startswith(_ZIP[0]):
        return head.startswith(_OLE)
    name = head[_LOCAL.size :][: _LOCAL.unpack_from(head)[-2]]
    return name == b"mimetype" or name.endswith((b".xml", b".rels"))


def form(path: Path) -> str:
    """One of the forms above, workbooks told apart from archives.

    Raises
    ------
    UnreadableFile
        A damaged archive, a document that is no table, a workbook under a password.
    """
    found = outer(path)
    if found == XLS:
        _check_ole(path)
    return _zipped(path) if found == ZIP else found


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {member.filename.replace("\\", "/").lower(): member for member in archive.infolist()}
            kind = archive.read(names["mimetype"])[:200].strip() if "mimetype" in names else b""
            manifest = names.get("meta-inf/manifest.xml")
            locked = manifest is not None and b"encryption-data" in archive.read(manifest)
    except RuntimeError:  # under a password: what it holds is told when it is expanded
        return ZIP
    except FAULTS as error:
        raise UnreadableFile(path, "archive ou classeur abîmé", AGAIN) from error
    if "content.xml" in names and locked:
        raise UnreadableFile(path, *PASSWORD)
    if "content.xml" in names and kind and not kind.startswith(_SPREADSHEET):
        raise UnreadableFile(path, "ce n’est pas un tableau mais un document OpenDocument (ODT, ODP…)", _EXPORT)
    for name, what in _DOCUMENTS:
        if name in names:
            raise UnreadableFile(path, f"ce n’est pas un tableau mais {what}", _EXPORT)
    return next((told for name, told in _MEMBERS if name in names), ODS if "content.xml" in names else ZIP)


def _check_ole(path: Path) -> None:
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for name, what in _STREAMS:
            if any(at.start() % _ENTRY == 0 for at in re.finditer(re.escape(name.encode("utf-16-le")), content)):
                if what is None:
                    raise UnreadableFile(path, *PASSWORD)
                raise UnreadableFile(path, f"ce n’est pas un tableau mais {what}", _EXPORT)
        if _is_locked(content):
            raise UnreadableFile(path, *PASSWORD)


def _is_locked(content: mmap.mmap) -> bool:
    """Whether the first records of an XLS workbook tell that the next ones are encrypted ([MS-XLS] 2.4.117)."""
    found = _BEGINNING.search(content)
    at = found.start() if found else len(content)
    for _ in range(_FIRST_RECORDS):
        if at + _RECORD.size > len(content):
            return False
        kind, size = _RECORD.unpack_from(content, at)
        if kind == _FILE_PASS:
            return True
        at += _RECORD.size + size
    return False
