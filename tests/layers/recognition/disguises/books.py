"""Sheets beside a table, and the files that tables are sent in: texts of every dialect, workbooks."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from tests.layers.enclosure.biff import xls
from tests.layers.recognition.disguises.clean import Grant
from tests.layers.recognition.disguises.draft import Cells, Sheet, Write

_NUMBER = re.compile(r"(?!\d{1,3}\.\d{3}$)-?\d{1,9}(?:\.\d+)?")
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"


def readme(_clean: Sequence[Grant], _write: Write) -> Sheet:
    """What stands in front: who made the file, and what its columns are."""
    told = [["Fichier fictif"], ["Producteur", "Service fictif"], [], ["Champ", "Description", "Type"]]
    fields = [["nomBeneficiaire", "Nom du bénéficiaire", "texte"], ["montant", "Montant de la subvention", "nombre"]]
    return Sheet("Lisez-moi", [*told, *fields, ["objet", "Objet de la subvention", "texte"]])


def summary(clean: Sequence[Grant], write: Write) -> Sheet:
    """The sums by commune."""
    sums: defaultdict[str, list[int]] = defaultdict(list)
    for one in clean:
        sums[one.commune[2]].append(one.cents)
    rows = [[city, str(len(told)), write(sum(told))] for city, told in sums.items()]
    total = ["Total", str(len(clean)), write(sum(one.cents for one in clean))]
    return Sheet("Synthèse", [["Commune", "Nombre de subventions", "Montant total"], *rows, total])


def ranking(clean: Sequence[Grant], write: Write) -> Sheet:
    """The largest grants once more."""
    most = sorted(clean, key=lambda one: -one.cents)[: max(1, len(clean) // 2)]
    return Sheet(
        "Top", [["Bénéficiaire", "Commune", "Montant"], *([one.name, one.commune[2], write(one.cents)] for one in most)]
    )


def text(sheet: Sheet, chance: random.Random, folder: Path, stem: str) -> tuple[Path, list[str]]:
    """A text of some dialect."""
    delimiter, quoting = chance.choice(";;,\t|"), chance.choice(("minimal", "minimal", "all", "none"))
    end = chance.choice(("\r\n", "\r\n", "\n", "\r"))
    encoding = chance.choice(ENCODINGS)
    width = max(len(row) for row in sheet.rows)
    rows = [[cell.replace("\n", " ") for cell in [*row, *[""] * (width - len(row))]] for row in sheet.rows]
    out = io.StringIO()
    if quoting == "none":
        out.writelines(delimiter.join(row) + end for row in rows)
    else:
        rule = csv.QUOTE_ALL if quoting == "all" else csv.QUOTE_MINIMAL
        csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=rule).writerows(rows)
    told, how = out.getvalue(), [f"text {delimiter!r}", f"quoting {quoting}", f"encoding {encoding}", f"end {end!r}"]
    if chance.random() < 0.05:
        told, how = f"sep={delimiter}{end}{told}", [*how, "sep="]
    path = folder / f"{stem}.csv"
    path.write_bytes(encoded(told, encoding, chance))
    return path, how


ENCODINGS = (
    *("utf-8", "utf-8", "utf-8-sig", "utf-8-sig", "cp1252", "cp1252", "utf-16", "utf-16-be", "mac_roman"),
    *("iso8859-15", "cp850", "cp437", "twice", "thrice", "twice in some lines", "mixed", "lost", "utf-16 unmarked"),
)


def encoded(told: str, encoding: str, chance: random.Random) -> bytes:
    """The bytes of a text, with what an old alphabet lacks written as people do."""
    if encoding in ("twice", "thrice"):
        once = told.encode().decode("cp1252", "replace") if encoding == "twice" else _again(_again(told))
        return once.encode()
    if encoding in ("twice in some lines", "mixed"):
        lines = told.splitlines(keepends=True)
        other = (lambda line: _again(line).encode()) if encoding != "mixed" else (lambda line: _old(line, "cp1252"))
        return b"".join(other(line) if chance.random() < 0.5 else line.encode() for line in lines)
    if encoding == "lost":
        return re.sub("[éèêàâôîûç]", "\ufffd", told).encode()
    if encoding == "utf-16-be":
        return b"\xfe\xff" + told.encode(encoding)
    if encoding == "utf-16 unmarked":
        return told.encode("utf-16-le")
    return told.encode(encoding) if encoding.startswith("utf") else _old(told, encoding)


def _again(told: str) -> str:
    """A text read as Windows-1252 that was UTF-8; five of its bytes are no letters there, and stay as they are."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in told.encode()
    )


def _old(told: str, encoding: str) -> bytes:
    signs = {"\u202f": "\u00a0", "’": "'", "€": "€" if encoding != "cp850" else "EUR", "\ufffd": "?"}
    plain = told.translate({ord(sign): other for sign, other in signs.items() if not _holds(sign, encoding)})
    return plain.replace("€", "EUR" if not _holds("€", encoding) else "€").encode(encoding, "replace")


def _holds(sign: str, encoding: str) -> bool:
    try:
        return bool(sign.encode(encoding))
    except UnicodeEncodeError:
        return False


def _places(sheet: Sheet) -> list[tuple[int, int, int, int]]:
    """Merged cells by the places of their rows."""
    at = {id(row): place for place, row in enumerate(sheet.rows)}
    return [(at[id(a)], x, at[id(b)], y) for a, x, b, y in sheet.merged if id(a) in at and id(b) in at]


def xlsx(sheets: Sequence[Sheet], chance: random.Random, folder: Path, stem: str) -> tuple[Path, list[str]]:
    """A workbook of Excel, its plain numbers as numbers or as texts."""
    path, numbers = folder / f"{stem}.xlsx", chance.random() < 0.6
    with xlsxwriter.Workbook(str(path)) as book:
        for one in sheets:
            sheet = book.add_worksheet(one.name)
            for at, row in enumerate(one.rows):
                for place, cell in enumerate(row):
                    if numbers and _NUMBER.fullmatch(cell):
                        sheet.write_number(at, place, float(cell))
                    elif cell:
                        sheet.write_string(at, place, cell)
            for top, left, bottom, right in _places(one):
                sheet.merge_range(top, left, bottom, right, one.rows[top][left])
            if one.hidden:
                sheet.hide()
            elif len(sheets) > 1 and not one.hidden and sheets[0].hidden:
                sheet.activate()
                sheet.set_first_sheet()
    return path, ["xlsx", "numbers" if numbers else "texts"]


def ods(sheets: Sequence[Sheet], _chance: random.Random, folder: Path, stem: str) -> tuple[Path, list[str]]:
    """A workbook of OpenDocument."""
    tables = "".join(_table(one) for one in sheets)
    styles = "".join(
        f'<style:style style:name="{name}"><style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("ta1", "true"), ("ta2", "false"))
    )
    spaces = " ".join(f'xmlns:{name}="{_SPACE}{name}:1.0"' for name in ("office", "table", "text", "style"))
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    path = folder / f"{stem}.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path, ["ods"]


def _table(sheet: Sheet) -> str:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in _places(sheet)}
    rows = "".join(
        "<table:table-row>" + "".join(_ods_cell(cell, spans.get((at, place))) for place, cell in enumerate(row))
        + "</table:table-row>"
        for at, row in enumerate(sheet.rows)
    )  # fmt: skip
    return (
        f'<table:table table:name={quoteattr(sheet.name)} table:style-name="ta{1 + sheet.hidden}">{rows}</table:table>'
    )


def _ods_cell(cell: str, span: tuple[int, int] | None) -> str:
    wide = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    said = f"<text:p>{escape(cell)}</text:p>" if cell else ""
    return f'<table:table-cell{wide} office:value-type="string">{said}</table:table-cell>'


def old(sheets: Sequence[Sheet], _chance: random.Random, folder: Path, stem: str) -> tuple[Path, list[str]]:
    """A workbook of Excel 97, of one sheet."""
    return xls(folder / f"{stem}.xls", [list(row) for row in sheets[0].rows]), ["xls"]


__all__ = ["Cells", "Sheet", "ods", "old", "ranking", "readme", "summary", "text", "xlsx"]
