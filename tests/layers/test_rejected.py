"""Rejected rows come out whole with their reason, and come back once corrected."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from layers import rejected
from layers.corrections import BESIDE
from layers.importing import import_files
from layers.readers.opened import NO_MAPPING
from layers.rejected import LONGEST
from layers.store import Store
from layers.typography import typeset
from layers.unreadable import UnreadableFile

HEADER = "siret;kind;naf;name;post_code;city"
GOOD = ";EI;8899B;ESSAI COQUELICOT;59000;LILLE"
WRONG = "12345678901230;EI;8899B;=ESSAI BLEUET;59100;ROUBAIX"
CUT = ";EI;8899B"
LONG = ";EI;8899B;ESSAI; MAUVE;59000;LILLE"
LINE, COLUMN, REASON, REMEDY, FROM = (typeset(name) for name in BESIDE)


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
    return path


def workbook(path: Path, tmp_path: Path) -> tuple[Path, pd.DataFrame]:
    report = import_files([path], Store(tmp_path / "data")).files[0]
    out = rejected.write(path, report, None, NO_MAPPING, tmp_path)
    assert out is not None
    return out, pd.read_excel(out, dtype=str, engine="calamine", keep_default_na=False)


def test_a_rejected_row_is_whole_with_its_reason_beside(tmp_path: Path) -> None:
    out, frame = workbook(written(tmp_path / "siae_2020-12.csv", GOOD, WRONG, CUT, LONG), tmp_path)
    assert out.name == "siae_2020-12-rejets.xlsx"
    assert list(frame.columns[:11]) == [LINE, COLUMN, REASON, REMEDY, FROM, *HEADER.split(";")]
    assert list(frame[LINE]) == ["3", "4", "5"]
    assert list(frame.iloc[0, 5:11]) == WRONG.split(";"), "as text: no digit is lost, no formula is run"
    assert list(frame.iloc[2, 5:12]) == LONG.split(";"), "a field too many stands after the others"
    assert frame.loc[0, COLUMN] == "siret"
    assert all(frame[REASON]) and all(frame[REMEDY])
    assert "coupée" in frame.loc[1, REASON]


def test_corrected_rows_come_back_beside_their_file(tmp_path: Path) -> None:
    path = written(tmp_path / "siae_2020-12.csv", GOOD, WRONG)
    out, frame = workbook(path, tmp_path)
    frame.loc[0, "siret"] = ""
    as_text = {"options": {"strings_to_formulas": False}}
    frame.to_excel(out, index=False, engine="xlsxwriter", engine_kwargs=as_text)
    store = Store(tmp_path / "data")
    report = import_files([path, out], store)
    assert [file["rows_accepted"] for file in report.files] == [1, 1]
    assert report.files[1]["vintage"] == report.files[0]["vintage"] == "2020-12"
    assert report.release is not None
    names = store.load(report.release).actors["name"]
    assert sorted(names) == ["=ESSAI BLEUET", "ESSAI COQUELICOT"]


def test_a_manifest_does_not_publish_refused_values(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    report = import_files([written(tmp_path / "siae_2020-12.csv", GOOD, WRONG)], store)
    assert report.files[0]["rejects"][0]["value"] == "12345678901230"
    assert report.release is not None
    (kept,) = store.manifest(report.release)["sources"][0]["account"]["rejects"]
    assert kept == {**report.files[0]["rejects"][0], "value": ""}


def test_nothing_is_written_without_rejects_nor_for_a_file_refused_as_a_whole(tmp_path: Path) -> None:
    for path in (written(tmp_path / "siae_2020-12.csv", GOOD), tmp_path / "absent.csv"):
        report = import_files([path], Store(tmp_path / "data"), dry_run=True).files[0]
        assert rejected.write(path, report, None, NO_MAPPING, tmp_path) is None
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_text_too_long_for_a_cell_is_said_to_be(tmp_path: Path) -> None:
    long = f"12345678901230;EI;8899B;{'x' * (LONGEST + 1)};59100;ROUBAIX"
    _, frame = workbook(written(tmp_path / "siae_2020-12.csv", GOOD, long), tmp_path)
    assert "trop long" in frame.loc[0, "name"]


def test_the_stock_is_not_read_again_and_gives_the_value_at_fault(tmp_path: Path) -> None:
    reject = {"row": 9, "column": "siret", "value": "0012", "reason": "SIRET faux.", "remedy": "Le corriger."}
    report = {"kind": "sirene", "sha256": "0" * 64, "rejects": [reject], "warnings": []}
    out = rejected.write(tmp_path / "StockEtablissement_utf8.zip", report, None, NO_MAPPING, tmp_path)
    assert out is not None
    frame = pd.read_excel(out, dtype=str, engine="calamine")
    origin = f"StockEtablissement_utf8.zip (sha256 {'0' * 64})"
    assert list(frame.iloc[0]) == ["9", "siret", "SIRET faux.", "Le corriger.", origin, "0012"]


def test_a_file_gone_meanwhile_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "siae_2020-12.csv", GOOD, WRONG)
    report = import_files([path], Store(tmp_path / "data"), dry_run=True).files[0]
    path.unlink()
    with pytest.raises(UnreadableFile, match=r"siae_2020-12\.csv"):
        rejected.write(path, report, None, NO_MAPPING, tmp_path)


def test_a_workbook_that_may_hold_corrections_is_never_replaced(tmp_path: Path) -> None:
    path = written(tmp_path / "siae_2020-12.csv", GOOD, WRONG)
    first, _ = workbook(path, tmp_path)
    corrected = first.read_bytes()
    second, _ = workbook(path, tmp_path)
    assert second.name == "siae_2020-12-rejets-2.xlsx"
    assert first.read_bytes() == corrected
