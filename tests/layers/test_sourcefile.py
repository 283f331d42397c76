from __future__ import annotations

import codecs
import hashlib
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.filebytes import LONGEST_LINE
from layers.recognition.opening import Table, open_source
from layers.unreadable import UnreadableFile

MEGABYTE = 1 << 20
in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def source(folder: Path, content: bytes | str, name: str = "fiction.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def opened(folder: Path, content: bytes | str) -> Table:
    return open_source(source(folder, content))


def refused(folder: Path, content: bytes | str, name: str = "fiction.csv") -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        list(open_source(source(folder, content, name)).rows)
    error = caught.value
    assert error.file == name
    assert error.reason
    assert error.remedy
    assert str(error).startswith(name)
    return error


def codes(found: Table) -> list[str]:
    return [warning.code for warning in found.warnings]


def test_a_plain_file_gives_its_digest_header_and_untouched_cells(tmp_path: Path) -> None:
    content = "code;nom\n01004; Été \n59350;\n".encode()
    found = opened(tmp_path, content)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert (found.encoding, found.delimiter, found.header) == ("utf-8", ";", ("code", "nom"))
    assert list(found.rows) == [(2, ["01004", " Été "]), (3, ["59350", ""])]
    assert found.warnings == ()
    assert found.unfinished is None


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_told_by_content(tmp_path: Path, delimiter: str) -> None:
    rows = [["code", "nom", "valeur"], ["1", "a; b, c | d", "1,5"], ["2", "e", "2,5"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows) + "\n"
    found = opened(tmp_path, text)
    assert found.delimiter == delimiter
    assert [cells for _, cells in found.rows] == rows[1:]


def test_decimal_commas_do_not_make_commas_the_delimiter(tmp_path: Path) -> None:
    assert opened(tmp_path, "a;b,c\n1,5;2,5\n3,5;4,5\n").delimiter == ";"


@pytest.mark.parametrize(
    ("content", "encoding", "warnings"),
    [
        ("a;nom\n1;Été\n".encode(), "utf-8", []),
        (codecs.BOM_UTF8 + "a;nom\n1;Été\n".encode(), "utf-8-sig", []),
        ("a;nom\n1;Été\n".encode("cp1252"), "cp1252", ["encoding_cp1252"]),
        (codecs.BOM_UTF8 + "a;nom\n1;Été\n".encode("cp1252"), "cp1252", ["bom_before_cp1252"]),
        ("a;nom\n1;Été\n".encode("utf-16"), "utf-16", []),
        (codecs.BOM_UTF16_BE + "a;nom\n1;Été\n".encode("utf-16-be"), "utf-16", []),
    ],
)
def test_encodings(tmp_path: Path, content: bytes, encoding: str, warnings: list[str]) -> None:
    found = opened(tmp_path, content)
    assert (found.encoding, found.header) == (encoding, ("a", "nom"))
    assert list(found.rows) == [(2, ["1", "Été"])]
    assert codes(found) == warnings


def test_mixed_encodings_are_read_line_by_line_and_said(tmp_path: Path) -> None:
    found = opened(tmp_path, "a;nom\n1;Été\n".encode() + "2;Œuvre\n".encode("cp1252"))
    assert list(found.rows) == [(2, ["1", "Été"]), (3, ["2", "Œuvre"])]
    assert codes(found) == ["encoding_mixed"]


def test_a_byte_of_no_encoding_is_located(tmp_path: Path) -> None:
    error = refused(tmp_path, b"a;nom\n1;x\n2;\x81\xe9\n")
    assert error.line == 3
    assert "0x81" in error.reason


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_blank_lines_keep_true_line_numbers(tmp_path: Path, end: str) -> None:
    found = opened(tmp_path, end.join(["", "a;b", "1;2", "", "3;4", ""]))
    assert found.header == ("a", "b")
    assert list(found.rows) == [(3, ["1", "2"]), (5, ["3", "4"])]


def test_a_cell_over_several_lines_is_numbered_by_its_first(tmp_path: Path) -> None:
    found = opened(tmp_path, 'a;b;c\n1;"x\ny\nz";2\n3;4;5\n')
    assert list(found.rows) == [(2, ["1", "x\ny\nz", "2"]), (5, ["3", "4", "5"])]


def test_a_last_line_without_end_is_said(tmp_path: Path) -> None:
    found = opened(tmp_path, "a;b\n1;2\n3;4")
    assert (found.unfinished, codes(found)) == (3, ["unfinished_last_line"])
    assert list(found.rows)[-1] == (3, ["3", "4"])


def test_a_column_named_twice_is_said(tmp_path: Path) -> None:
    assert codes(opened(tmp_path, "a;b;a\n1;2;3\n")) == ["repeated_column"]


@pytest.mark.parametrize("content", [b"", b"\n\n \n", codecs.BOM_UTF8, b";;\n;;\n"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    assert "vide" in refused(tmp_path, content).reason or "sans en-tête" in refused(tmp_path, content).reason


def test_a_header_alone(tmp_path: Path) -> None:
    error = refused(tmp_path, "a;b\n\n")
    assert (error.line, error.reason) == (1, "le fichier ne contient que sa ligne d’en-tête")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"<!doctype HTML><html>", "page web"),
        (b"\n <HTML><head><meta charset=utf-8></head><body><table>", "page web"),
        (b'<?xml version="1.0"?>\n<!-- export -->\n<html xmlns="x"><table>', "page web"),
        (b"<table border=1><tr><td>nom</td><td>montant</td></tr>", "page web"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "MHT"),
        (b'{"type":"FeatureCollection","features":[]}', "GeoJSON"),
        (b'{\n "crs": {}, "features": [{"type": "Feature", "geometry": null}]}', "GeoJSON"),
        (b'[{"nom": "Essai", "montant": 12}]', "JSON"),
        (b'{"nom": "Essai"}\n{"nom": "Autre"}\n', "JSON"),
        (codecs.BOM_UTF8 + b'[["nom", "montant"], ["Essai", 12]]', "JSON"),
        ('\ufeff{"nom": "Essai"}'.encode("utf-16-le"), "JSON"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>', "Excel 2003"),
        (b'<?xml version="1.0"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">', "KML"),
        (b'<?xml version="1.0"?>\n<gpx version="1.1">', "XML"),
        (b"<subventions><subvention/></subventions>", "XML"),
        (b"{\\rtf1\\ansi", "RTF"),
    ],
)
def test_another_format_under_the_name_of_a_csv_is_named(tmp_path: Path, content: bytes, what: str) -> None:
    error = refused(tmp_path, content)
    assert error.line == 1
    assert what in error.reason
    assert "CSV" in error.remedy


@pytest.mark.parametrize(
    "content",
    ["[nom];montant\nEssai;1\n", "{nom};montant\nEssai;1\n", '"nom";"montant"\n"Essai";1\n', "< 10;nom\n1;Essai\n"],
)
def test_a_table_that_begins_as_another_format_does_is_a_table(tmp_path: Path, content: str) -> None:
    assert len(list(opened(tmp_path, content).rows)) == 1


def test_binary_content_is_located(tmp_path: Path) -> None:
    error = refused(tmp_path, b"a;b\n1;2\n3;\x00\x01\n")
    assert (error.line, "binaire" in error.reason) == (3, True)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="introuvable"):
        open_source(tmp_path / "absent.csv")
    with pytest.raises(UnreadableFile, match="inaccessible"):
        open_source(tmp_path)


@pytest.mark.parametrize("rows", [3, 400])
def test_a_quote_left_open_to_the_end_is_reported_where_it_opens(tmp_path: Path, rows: int) -> None:
    lines = ["a;b", "1;2", '3;"4', *[f"x{n}" for n in range(rows)]]
    error = refused(tmp_path, "\n".join(lines) + "\n")
    assert error.line == 3
    assert "guillemet" in error.reason


def test_a_quote_that_swallows_records_and_closes_by_chance_is_reported_where_it_opens(tmp_path: Path) -> None:
    error = refused(tmp_path, 'a;b;c\n1;"2;3\n4;5;6\n7;8";9\n')
    assert error.line == 2
    assert "avale" in error.reason


def test_a_line_beyond_measure_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.write(b"a;b\n1;2\n3;")
        for _ in range(40):
            stream.write(b"x" * MEGABYTE)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile) as caught:
            open_source(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.line == 3
    assert "million" in caught.value.reason
    assert peak < 8 * MEGABYTE


def test_a_long_file_of_short_lines_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as stream:
        stream.write(b"a;b\n")
        for _ in range(40):
            stream.write(b"0123456789;0123456789\n" * 5_000)
    tracemalloc.start()
    try:
        count = sum(1 for _ in open_source(path).rows)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 200_000
    assert peak < 8 * MEGABYTE, "that of the rows in which another table is looked for, and no more"


def test_a_long_line_below_the_measure_is_read_and_a_cell_beyond_it_refused(tmp_path: Path) -> None:
    wide = ";".join(["x" * 1000] * 900)
    assert len(wide) < LONGEST_LINE
    header = ";".join(f"c{n}" for n in range(900))
    assert len(next(opened(tmp_path, f"{header}\n{wide}\n").rows)[1]) == 900
    error = refused(tmp_path, "a;b\n1;2\n3;" + "x" * 200_000 + "\n")
    assert (error.line, "131\u202f072" in error.reason) == (3, True)


@in_one_folder
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_reason(tmp_path: Path, content: bytes) -> None:
    try:
        found = open_source(source(tmp_path, content))
        rows = list(found.rows)
    except UnreadableFile as error:
        assert error.reason and error.remedy
        return
    assert found.header
    lines = [line for line, _ in rows]
    assert lines == sorted(set(lines))
    assert all(line > 1 for line in lines)


cells = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=8), min_size=2, max_size=2
)


@in_one_folder
@given(st.lists(cells, min_size=1, max_size=6), st.sampled_from(["utf-8", "utf-16"]))
def test_what_is_written_with_quotes_is_read_back(tmp_path: Path, rows: list[list[str]], encoding: str) -> None:
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in [["colonne", "autre"], *rows]]
    text = "".join(";".join(row) + "\n" for row in quoted)
    found = open_source(source(tmp_path, text.encode(encoding)), lambda titles: list(titles) == ["colonne", "autre"])
    assert [cells for _, cells in found.rows] == rows
