"""Unknown places: each told once, with its lines and what may be meant; duplicates listed one by one."""

from __future__ import annotations

from pathlib import Path

from layers.importing import import_files
from layers.store import Store

HEADER = "siret;kind;naf;name;post_code;city"


def rehearsed(tmp_path: Path, *lines: str):
    path = tmp_path / "siae_2020-12.csv"
    path.write_text("\n".join([HEADER, ";EI;8899B;ESSAI SÛR;59000;LILLE", *lines]) + "\n", "utf-8")
    report = import_files([path], Store(tmp_path / "data"), dry_run=True)
    assert report.rehearsal is not None
    return report, report.rehearsal


def test_an_unknown_place_is_grouped_with_its_lines_and_suggestions(tmp_path: Path) -> None:
    report, found = rehearsed(
        tmp_path,
        ";EI;8899B;ESSAI 1;;ROUBAYX",
        ";EI;8899B;ESSAI 2;;ZZYZX",
        ";EI;8899B;ESSAI 3;;ROUBAYX",
        "12345678901230;EI;8899B;ESSAI 4;59100;ROUBAIX",
    )
    first, second = found.unmatched
    assert (first.file, first.value, first.rows) == ("siae_2020-12.csv", "ROUBAYX", (3, 5))
    assert first.suggestions[0] == ("59512", "Roubaix")
    assert (second.value, second.suggestions) == ("ZZYZX", ())
    rejects = report.files[0]["rejects"]
    assert all(set(reject) == {"row", "column", "value", "reason", "remedy"} for reject in rejects)
    assert "Roubaix (59512)" in rejects[0]["remedy"]


def test_duplicates_are_listed_with_the_line_that_said_it_first(tmp_path: Path) -> None:
    line = ";EI;8899B;ESSAI COQUELICOT;59000;LILLE"
    report, found = rehearsed(tmp_path, line, ";ACI;8899B;ESSAI BLEUET;59000;LILLE", line)
    (repeated,) = found.duplicates["siae_2020-12.csv"]
    assert (repeated.row, repeated.first, repeated.what) == (5, 3, "ESSAI COQUELICOT")
    assert report.files[0]["rows_duplicate"] == 1
