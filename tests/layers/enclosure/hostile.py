"""Files that are damaged, hostile, or not what their name says."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.layers.enclosure.biff import ole, record, xls
from tests.layers.test_containers import CSV, HEADER, ROWS, gz, ods, parquet, xlsx, zipped

SHEET: Final = "xl/worksheets/sheet1.xml"
STRINGS: Final = "xl/sharedStrings.xml"
LAUGHS: Final = (
    b'<!DOCTYPE x [<!ENTITY a "' + b"ah" * 50 + b'">'
    + b"".join(b'<!ENTITY %c "' % (98 + n) + b"&%c;" % (97 + n) * 20 + b'">' for n in range(12))
    + b"]>"
)  # fmt: skip


def changed(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The archive at *path* with one member changed."""
    with zipfile.ZipFile(path) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    members[name] = change(members[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in members.items():
            archive.writestr(one, content)
    return path


def workbook(path: Path) -> Path:
    return xlsx(path, [HEADER, *ROWS])


def laughing(path: Path, written: Callable[[Path], Path], name: str) -> Path:
    def declared(content: bytes) -> bytes:
        head, mark, rest = content.partition(b"?>")
        return head + mark + LAUGHS + rest.replace(b"siret", b"&m;", 1)

    return changed(written(path), name, declared)


def told_size(path: Path, size: int) -> Path:
    """A workbook that says of its strings that they are of another size than they are."""
    content = bytearray(workbook(path).read_bytes())
    for mark, name, field in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        at = content.find(mark)
        while content[at + name : at + name + len(STRINGS)] != STRINGS.encode():
            at = content.find(mark, at + 1)
        content[at + field : at + field + 4] = struct.pack("<I", size)
    path.write_bytes(bytes(content))
    return path


def bomb(path: Path, megabytes: int = 300) -> Path:
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.write(CSV)
        for _ in range(megabytes):
            out.write(bytes(1 << 20))
    return path


def zip_bomb(path: Path) -> Path:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.csv", "w") as out,
    ):
        for _ in range(300):
            out.write(b"a;b\n" * (1 << 18))
    return path


def repeated_blanks(path: Path, columns: int, rows: int) -> Path:
    """An ODS whose last cell is repeated."""

    def repeated(content: bytes) -> bytes:
        cell = b'<table:table-cell office:value-type="string"'
        at = content.rindex(cell)
        told = b'<table:table-cell table:number-columns-repeated="%d" office:value-type="string"' % columns
        content = content[:at] + told + content[at + len(cell) :]
        return content.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="%d">' % rows)

    return changed(ods(path), "content.xml", repeated)


def lying_parquet(path: Path) -> Path:
    """A Parquet file that says of its metadata that they are longer than it is, and of its rows that they are many."""
    content = bytearray(parquet(path).read_bytes())
    content[-8:-4] = struct.pack("<I", len(content) * 3)
    path.write_bytes(bytes(content))
    return path


def truncated(path: Path, written: Callable[[Path], Path]) -> Path:
    content = written(path).read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    return path


def holding(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def locked_ods(path: Path) -> Path:
    told = b'<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    return changed(
        ods(path),
        "META-INF/manifest.xml",
        lambda content: content.replace(b"</manifest:manifest>", told + b"</manifest:manifest>"),
    )


def inside(path: Path, written: Callable[[Path], Path], name: str) -> Path:
    content = written(path).read_bytes()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, content)
    return path


def far_xls(path: Path) -> Path:
    """An XLS whose last cell is at the end of its sheet, which has 65 536 rows of 256 columns."""
    rows: list[list[object]] = [
        list(HEADER),
        *(list(row) for row in ROWS),
        *([] for _ in range(65_532)),
        [*[None] * 255, "loin"],
    ]
    return xls(path, rows)


def far_xlsx(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Données")
        for at, row in enumerate([HEADER, *ROWS]):
            sheet.write_row(at, 0, row)
        sheet.write(1_048_575, 16_383, "loin")
    return path


def far_ods(path: Path) -> Path:
    def far(content: bytes) -> bytes:
        rows = (
            b'<table:table-row table:number-rows-repeated="1048572">'
            b'<table:table-cell table:number-columns-repeated="16384"/>'
            b'</table:table-row><table:table-row><table:table-cell table:number-columns-repeated="16383"/>'
            b'<table:table-cell office:value-type="string"><text:p>loin</text:p></table:table-cell></table:table-row>'
            b"</table:table>"
        )
        return content.replace(b"</table:table>", rows)

    return changed(ods(path), "content.xml", far)


def wide_parquet(path: Path) -> Path:
    pq.write_table(pa.table({f"c{n}": ["x" * 60_000] for n in range(300)}), path)
    return path


def document(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return path


def nested(path: Path) -> Path:
    held = io.BytesIO(zipped(path, a_csv=CSV).read_bytes())
    return zipped(path, a_zip=held.getvalue())


PANIC: Final = record(0xE5, b"\0")
"""Merged cells cut short: calamine panics, which no ``except Exception`` sees."""
HOG: Final = record(0x203, struct.pack("<HHHd", 65_535, 65_535, 0, 1.5))
"""A number in a column that no sheet has: calamine asks for a hundred gigabytes, and the process is aborted."""


HOSTILE: Final[dict[str, tuple[Callable[[Path], Path], str]]] = {
    "xlsx of entities": (lambda path: laughing(path, workbook, STRINGS), "abîmé"),
    "ods of entities": (lambda path: laughing(path, ods, "content.xml"), "abîmé"),
    "ods cut within its XML": (lambda path: changed(ods(path), "content.xml", lambda xml: xml[:-90]), "abîmé"),
    "xlsx cut within its XML": (lambda path: changed(workbook(path), SHEET, lambda xml: xml[:-90]), "abîmé"),
    "xlsx whose strings are missing": (lambda path: changed(workbook(path), STRINGS, lambda _xml: b"<sst/>"), "abîmé"),
    "xlsx that says that it is immense": (lambda path: told_size(path, 3 << 30), "démesuré"),
    "xlsx that says that it is small": (lambda path: told_size(path, 10), "abîmé"),
    "ods of repeated text": (lambda path: repeated_blanks(path, 16_000, 300_000), "30 000 000 cellules"),
    "ods repeated beyond a sheet": (lambda path: repeated_blanks(path, 1, 999_999_999), "abîmé"),
    "xls on which calamine panics": (lambda path: xls(path, [HEADER, *ROWS], extra=PANIC), "abîmé"),
    "xls that asks for all memory": (lambda path: xls(path, [HEADER, *ROWS], extra=HOG), "2 Go de mémoire"),
    "xls cut": (lambda path: truncated(path, lambda one: xls(one, [HEADER, *ROWS])), "abîmé"),
    "xlsx cut": (lambda path: truncated(path, workbook), "abîmé"),
    "gzip bomb": (bomb, "démesurée"),
    "zip bomb": (zip_bomb, "démesurée"),
    "zip in a zip": (nested, "archive dans une archive"),
    "gzip cut": (lambda path: truncated(path, gz), "abîmée"),
    "parquet that lies": (lying_parquet, "Parquet abîmé"),
    "parquet cut": (lambda path: truncated(path, parquet), "Parquet abîmé"),
    "parquet without measure": (wide_parquet, "longueur démesurée"),
    "xls under a password": (lambda path: xls(path, [HEADER], locked=True), "protégé par un mot de passe"),
    "xlsx under a password": (
        lambda path: holding(path, ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"})),
        "protégé par un mot de passe",
    ),
    "ods under a password": (locked_ods, "protégé par un mot de passe"),
    "xlsx under a password in a zip": (
        lambda path: inside(path, lambda one: holding(one, ole({"EncryptedPackage": b"x"})), "a.xlsx"),
        "protégé par un mot de passe",
    ),
    "doc": (lambda path: holding(path, ole({"WordDocument": b"x"})), "Word"),
    "docx": (lambda path: document(path, word__document_xml=b"<w/>"), "Word"),
    "pptx": (lambda path: document(path, ppt__presentation_xml=b"<p/>"), "présentation"),
    "odt": (
        lambda path: document(path, mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<o/>"),
        "OpenDocument",
    ),
    "page named xls": (lambda path: holding(path, b"<html><table><tr><td>siret</td></tr></table></html>"), "page web"),
    "page in UTF-16": (lambda path: holding(path, "<html><table></table></html>".encode("utf-16")), "page web"),
    "table of a page": (lambda path: holding(path, b"\xef\xbb\xbf  <table border=1><tr>"), "page web"),
    "workbook of 2003": (
        lambda path: holding(path, b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'),
        "Excel 2003",
    ),
    "json": (lambda path: holding(path, b'[{"siret": "1"}]'), "JSON"),
    "json of places": (lambda path: holding(path, b'{"type": "FeatureCollection", "features": []}'), "JSON"),
    "pdf": (lambda path: holding(path, b"%PDF-1.7\n"), "PDF"),
    "pdf in a zip": (lambda path: zipped(path, a_pdf=b"%PDF-1.7\n"), "PDF"),
    "image": (lambda path: holding(path, b"\xff\xd8\xff\xe0\x00\x10JFIF"), "image"),
    "rar": (lambda path: holding(path, b"Rar!\x1a\x07\x01\x00"), "archive (RAR"),
    "base": (lambda path: holding(path, b"SQLite format 3\x00" + bytes(90)), "SQLite"),
    "text of too many columns": (
        lambda path: holding(path, b";".join([b"c"] * 20_000) + b"\n1;2\n"),
        "16 384 colonnes",
    ),
    "record of too many lines": (
        lambda path: holding(path, b'a;b\n1;"' + (b"x" * 100_000 + b'\n";"') * 300 + b'"\n'),
        "guillemet",
    ),
}  # fmt: skip
"""How a hostile file is written, and what is said of it."""
FAR: Final = {"xlsx": far_xlsx, "ods": far_ods, "xls": far_xls}
