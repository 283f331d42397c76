"""The bytes of a source file: what they are, in which encoding, line by line, in bounded memory."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layers.alphabets import ALPHABETS, WINDOWS, likeliest
from layers.unreadable import UnreadableFile

CHUNK: Final = 1 << 16
LONGEST_LINE: Final = 1_000_000
_LOOKED: Final = 2048
UTF8_BOM: Final = codecs.BOM_UTF8
UTF16_BOMS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNDEFINED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_LOST: Final = "\ufffd".encode()
_SAMPLE: Final = 1 << 16
_HALF: Final = 0.4

_EXPORT: Final = "Ouvrir le document d’origine et l’exporter au format CSV (UTF-8, point-virgule)."
_ASK: Final = "En demander le tableau d’origine (CSV, XLSX ou ODS)."
_SAVE: Final = "L’ouvrir dans un tableur, et l’enregistrer en XLSX ou en CSV."
ON_PORTAL: Final = "Sur le portail, choisir l’export CSV ou XLSX de la même donnée, et importer ce fichier."
_EXTRACT: Final = "En extraire le tableau (CSV, XLSX ou ODS), puis l’importer."
_ATTACHED: Final = "En enregistrer la pièce jointe (CSV, XLSX ou ODS), et importer celle-ci."
_ITSELF: Final = "Donner le classeur lui-même, après l’avoir fermé."
_PAGE: Final = f"{_SAVE} Si la page dit une erreur : télécharger à nouveau le fichier."
_LOCKS: Final = (".~lock.", "~$")
"""How the names of the files begin that a spreadsheet writes beside a workbook that is open."""
_XML: Final = rb"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
_FOREIGN: Final = (
    (rb"%PDF", "un document PDF", _ASK),
    (
        rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|BM.{4}\x00{4}|RIFF.{4}WEBP|.{4}ftyp(?:hei|mif|avif)|"
        + _XML
        + rb"<svg\b",
        "une image (PNG, JPEG…)",
        _ASK,
    ),
    (rb"Rar!|7z\xbc\xaf|BZh[1-9]|\xfd7zXZ|\x28\xb5\x2f\xfd|.{257}ustar", "une archive (RAR, 7z, TAR, xz…)", _EXTRACT),
    (rb"SQLite format 3\x00.{52}GPKG|\x00\x00\x27\x0a.{20}", "une carte (GeoPackage ou fichier de formes)", ON_PORTAL),
    (rb"SQLite format 3\x00|\x00\x01\x00\x00Standard (?:ACE|Jet) DB", "une base de données (SQLite, Access)", _EXTRACT),
    (rb"[\x03\x30\x83\x8b\xf5][\x00-\x9f][\x01-\x0c][\x01-\x1f]", "une table dBase (DBF)", _SAVE),
    (rb"\{\\rtf", "un document RTF", _ASK),
    (rb"\[InternetShortcut\]", "un raccourci vers une page web", "Suivre le lien, et télécharger le fichier lui-même."),
    (
        rb"mime-version:.*multipart/related|from: <?saved by|from: .*\nsnapshot-content",
        "une page web enregistrée (MHT)",
        _PAGE,
    ),
    (
        rb"(?:return-path|received|delivered-to|from|to|subject|date|message-id|mime-version|x-[\w-]+): [^\n]*\n"
        rb"(?:[\w-]+: |\s)",
        "un courriel",
        _ATTACHED,
    ),
    (rb"(?:create table|insert into|drop table)\b", "un script de base de données (SQL)", ON_PORTAL),
    (rb"[\[{].*\"(?:featurecollection|feature)\"", "une carte (GeoJSON)", ON_PORTAL),
    (rb"<.{0,400}<kml\b|<kml\b", "une carte (KML)", ON_PORTAL),
    (rb"<\?mso-application[^>]*Excel|<\?xml.*<(?:\w+:)?Workbook\b", "un classeur en XML (Excel 2003)", _SAVE),
    (rb"<\?xml.*<office:document\b", "un classeur OpenDocument en XML (FODS)", _SAVE),
    (_XML + rb"<(?:!DOCTYPE\s+html|html|head|body|table|meta)", "une page web, parfois nommée .xls", _PAGE),
    (rb"<\?xml|<!--|<\w+:?\w*[\s>]", "un document XML", ON_PORTAL),
    (rb"\{\s*[\"}]|\[\s*[\[{\"\]]", "un document JSON", ON_PORTAL),
)
"""How the bytes of a file begin that is no text of rows, what it is, and what to do."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What one pass over the bytes tells.

    *encoding* is ``utf-8``, ``utf-8-sig``, one of `layers.alphabets`, ``utf-8+cp1252`` (each line in its own) or
    ``utf-16``. *lost* counts lines where letters were already lost when the file was written.
    *unfinished* is the number of the last line where it has no line end and others have one.
    """

    sha256: str
    encoding: str
    bom: bool
    lines: int
    unfinished: int | None
    lost: int = 0


def physical_lines(path: Path, digest: hashlib._Hash | None = None) -> Iterator[bytes]:
    r"""Yield the lines of *path* with their ends (``\n``, ``\r\n`` or ``\r``), as UTF-8 where the file is
    UTF-16.

    A byte order mark is left out. Memory is bounded: a line over ``LONGEST_LINE`` bytes is refused when met.
    """
    number, rest = 0, b""
    for chunk in _chunks(path, digest):
        pieces = (rest + chunk).splitlines(keepends=True)
        rest = pieces.pop() if pieces and not pieces[-1].endswith(b"\n") else b""
        for line in pieces:
            number += 1
            _check_length(path, number, line)
            yield line
        _check_length(path, number + 1, rest)
    if rest:
        yield rest


def _check_length(path: Path, number: int, line: bytes) -> None:
    if len(line) > LONGEST_LINE:
        raise UnreadableFile(
            path,
            f"ligne de plus de {LONGEST_LINE // 1_000_000} million de caractères, sans fin de ligne",
            "Vérifier que c’est bien un CSV, une ligne par enregistrement, et le télécharger à nouveau.",
            number,
        )


def _chunks(path: Path, digest: hashlib._Hash | None) -> Iterator[bytes]:
    decoder: codecs.IncrementalDecoder | None = None
    with path.open("rb") as stream:
        first = True
        while chunk := stream.read(CHUNK):
            if digest is not None:
                digest.update(chunk)
            if first and (wide := _wide(chunk)):
                decoder = codecs.getincrementaldecoder(wide)(errors="replace")
            elif first:
                chunk = chunk.removeprefix(UTF8_BOM)
            first = False
            yield decoder.decode(chunk).encode("utf-8", "replace") if decoder else chunk


def _wide(head: bytes) -> str:
    """The encoding of two bytes a letter that a file begins in, marked or not; empty where it is another."""
    if head.startswith(UTF16_BOMS):
        return "utf-16"
    half = len(head) // 2
    odd, even = head[1::2].count(0), head[::2].count(0)
    if half > 1 and not even and odd > _HALF * half:
        return "utf-16-le"
    return "utf-16-be" if half > 1 and not odd and even > _HALF * half else ""


def examine(path: Path) -> Examination:
    """Read every byte once: digest, encoding, binary content, line lengths.

    Raises
    ------
    UnreadableFile
        Where the file is absent, empty, binary, in no known encoding, or has a line beyond measure.
    """
    head = _head(path)
    digest = hashlib.sha256()
    utf8 = other = lines = lost = 0
    sample, strange, last = bytearray(), (0, 0), b""
    for last in physical_lines(path, digest):
        lines += 1
        if b"\x00" in last:
            raise UnreadableFile(path, "contenu binaire, ce n’est pas un fichier texte", _EXPORT, lines)
        if last.isascii():
            continue
        if _is_utf8(last):
            utf8 += 1
            lost += _LOST in last
        else:
            other += 1
            sample += last if len(sample) < _SAMPLE else b""
            if not strange[0] and (found := _UNDEFINED_IN_CP1252.search(last)):
                strange = lines, found[0][0]
    if not lines:
        raise UnreadableFile(path, "fichier vide", "Télécharger à nouveau le fichier d’origine.")
    encoding = _encoding(head, utf8, bytes(sample) if other else b"")
    if strange[0] and WINDOWS in encoding:
        raise _unknown_byte(path, *strange)
    ended = last.endswith((b"\n", b"\r"))
    return Examination(
        sha256=digest.hexdigest(),
        encoding=encoding,
        bom=head.startswith(UTF8_BOM),
        lines=lines,
        unfinished=lines if lines > 1 and not ended else None,
        lost=lost,
    )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            head = stream.read(_LOOKED)
    except OSError as error:
        reason = "fichier introuvable" if isinstance(error, FileNotFoundError) else "fichier inaccessible"
        raise UnreadableFile(path, reason, "Vérifier le chemin et les droits du fichier.") from error
    if path.name.startswith(_LOCKS):
        raise UnreadableFile(path, "ce n’est que la marque d’un classeur ouvert par quelqu’un", _ITSELF)
    start = _plain(head)
    for pattern, what, remedy in _FOREIGN:
        if re.match(pattern, start, re.IGNORECASE | re.DOTALL):
            raise UnreadableFile(path, f"ce n’est pas un CSV mais {what}", remedy, 1)
    return head


def _plain(head: bytes) -> bytes:
    """The first bytes without order mark nor spaces, in UTF-8 where they are UTF-16."""
    if wide := _wide(head):
        head = head.decode(wide, "replace").encode("utf-8", "replace")
    return head.removeprefix(UTF8_BOM).lstrip(b" \t\r\n")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unknown_byte(path: Path, line: int, byte: int) -> UnreadableFile:
    return UnreadableFile(
        path,
        f"octet 0x{byte:02X} qui n’est ni de l’UTF-8, ni du Windows-1252, ni d’un autre alphabet connu",
        "Enregistrer à nouveau le fichier d’origine en UTF-8.",
        line,
    )


def _encoding(head: bytes, utf8: int, other: bytes) -> str:
    if _wide(head):
        return "utf-16"
    if other:
        return f"utf-8+{WINDOWS}" if utf8 else likeliest(other)
    return "utf-8-sig" if head.startswith(UTF8_BOM) else "utf-8"


def decode(line: bytes, encoding: str) -> str:
    """Decode one physical line of a file whose examination gave *encoding*; never fails after an examination."""
    if encoding in ALPHABETS:
        return line.decode(encoding)
    if encoding == f"utf-8+{WINDOWS}" and not _is_utf8(line):
        return line.decode(WINDOWS)
    return line.decode("utf-8")
