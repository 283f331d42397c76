"""Workbooks, Parquet and archives are opened as the CSV that they hold; what is damaged is refused in words."""

from __future__ import annotations

import gzip
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from layers import scratch
from layers.enclosure import cells, door, forms
from layers.enclosure.bounds import BOUNDS
from layers.recognition.opening import Table, open_source
from layers.unreadable import UnreadableFile

HEADER = ["siret", "nom", "montant"]
ROWS = [["21590350100017", "Essai fictif", "1500"], ["", "Autre essai", "12,5"]]
CSV = b"siret;nom;montant\n21590350100017;Essai fictif;1500\n;Autre essai;12,5\n"


MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)


def xlsx(path: Path, rows: list[list[Any]], sheets: dict[str, list[list[Any]]] | None = None) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, content in {**(sheets or {}), "Données": rows}.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(content):
                sheet.write_row(at, 0, row)
    return path


def ods(path: Path) -> Path:
    cells = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in [HEADER, *ROWS]
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}office:1.0"'
        f' xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Feuille1">{cells}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return path


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return path


def gz(path: Path) -> Path:
    path.write_bytes(gzip.compress(CSV))
    return path


def parquet(path: Path) -> Path:
    columns = {name: [row[at] for row in ROWS] for at, name in enumerate(HEADER)}
    pq.write_table(pa.table(columns), path)
    return path


def read(source: Table) -> list[list[str]]:
    return [cells for _, cells in source.rows]


@pytest.mark.parametrize(
    "write",
    [
        lambda path: xlsx(path, [HEADER, *ROWS]),
        ods,
        gz,
        parquet,
        lambda path: zipped(path, essai_csv=CSV),
        lambda path: zipped(path, essai_xlsx=xlsx(path.with_suffix(".in"), [HEADER, *ROWS]).read_bytes()),
    ],
    ids=["xlsx", "ods", "gz", "parquet", "zip", "xlsx in zip"],
)
def test_every_form_gives_the_same_rows(tmp_path: Path, write: Any) -> None:
    source = open_source(write(tmp_path / "liste_2021.dat"))
    assert source.path.name == "liste_2021.dat"
    assert source.header == tuple(HEADER)
    assert read(source) == ROWS
    assert len(source.sha256) == 64


def test_cells_are_text_as_the_workbook_holds_them(tmp_path: Path) -> None:
    kept = [21590350100017, 0.1, date(2017, 11, 16), datetime(2017, 11, 16, 9, 5), True, None, "50\u00a0000 euros"]
    book = xlsx(tmp_path / "a.xlsx", [["a", "b", "c", "d", "e", "f", "g"], kept])
    assert read(open_source(book)) == [
        ["21590350100017", "0.1", "2017-11-16", "2017-11-16 09:05:00", "oui", "", "50\u00a0000 euros"]
    ]
    assert cells.text(2.5e300) == "2.5e+300"


def test_titles_above_the_header_are_left_aside_and_lines_stay_those_of_the_sheet(tmp_path: Path) -> None:
    book = xlsx(tmp_path / "a.xlsx", [["Titre"], [], ["Sous-titre", "x"], HEADER, *ROWS], {"Notice": [["À lire"]]})
    source = open_source(book, lambda cells: "siret" in cells)
    assert source.header == tuple(HEADER)
    assert [line for line, _ in source.rows] == [5, 6]
    told = {warning.code: warning for warning in source.warnings}
    assert told["title_rows"].count == 2
    assert "Données" in told["sheet"].message
    assert "Notice" in told["sheet"].message


def test_titles_above_the_header_of_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"Subventions de la ville\n\nexercice;2021\n" + CSV)
    source = open_source(path, lambda cells: "siret" in cells)
    assert (source.header, read(source)) == (tuple(HEADER), ROWS)
    without = open_source(path, lambda cells: "absente" in cells)
    assert without.header == tuple(HEADER), "an official layout apart, the header is what is understood best"
    assert read(without) == ROWS


def _locked(path: Path) -> Path:
    content = bytearray(zipped(path, essai_csv=CSV).read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        content[content.index(mark) + (6 if mark.endswith(b"\x04") else 8)] |= 1
    path.write_bytes(bytes(content))
    return path


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda path: zipped(path, a_csv=CSV, b_csv=CSV), "archive de 2 fichiers"),
        (zipped, "aucun fichier"),
        (lambda path: zipped(path, a_zip=zipped(path.with_suffix(".in"), b_csv=CSV).read_bytes()), "archive dans"),
        (_locked, "mot de passe"),
        (lambda path: xlsx(path, []), "classeur vide"),
        (lambda path: xlsx(path, [HEADER]), "que sa ligne d’en-tête"),
    ],
    ids=["two members", "no member", "nested", "locked", "empty", "header alone"],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, write: Any, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(open_source(write(tmp_path / "a.dat")))
    assert said in refused.value.reason
    assert refused.value.file == "a.dat"
    assert refused.value.remedy


def test_what_would_fill_memory_or_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "BOUNDS", replace(BOUNDS, disk=10, workbook=10))
    with pytest.raises(UnreadableFile, match="démesurée"):
        open_source(gz(tmp_path / "a.gz"))
    with pytest.raises(UnreadableFile, match="démesuré"):
        open_source(xlsx(tmp_path / "a.xlsx", [HEADER, *ROWS]))
    monkeypatch.setattr(door, "BOUNDS", replace(BOUNDS, cells=5))
    with pytest.raises(UnreadableFile, match="plus de 5 cellules"):
        open_source(xlsx(tmp_path / "a.xlsx", [HEADER, *ROWS]))


def test_no_copy_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (aside := tmp_path / "aside").mkdir()
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(aside))
    source = open_source(gz(tmp_path / "a.gz"))
    assert len(list(aside.iterdir())) == 1
    assert read(source) == ROWS
    del source
    assert list(aside.iterdir()) == []
    with pytest.raises(UnreadableFile):
        open_source(zipped(tmp_path / "b.zip", a_csv=b"%PDF"))
    assert list(aside.iterdir()) == []


def test_forms_are_told_by_content(tmp_path: Path) -> None:
    (text := tmp_path / "a.xlsx").write_bytes(CSV)
    assert forms.outer(text) == forms.TEXT
    assert forms.outer(tmp_path / "absent") == forms.TEXT
