from __future__ import annotations

from pathlib import Path

import pytest

from geodata.attach import Attacher
from layers import tables
from layers.account import OUTCOMES
from layers.readers import READERS, detect, read_file
from layers.readers.registry import LAYOUTS
from layers.templates import TEMPLATES
from layers.unreadable import UnreadableFile
from tests.layers.readers.fictitious import VALID, write

KINDS = [
    *("siae", "conseiller-numerique", "ess-france", "rna", "jaune", "scdl", "population", "filosofi", "flores"),
    *("flores-communes", "flores-etablissements", "jobseekers", "social-housing", "employment-zones"),
    "recherche-entreprises",
]
kinds = pytest.mark.parametrize("kind", KINDS)


def test_the_registry_has_the_kinds_of_the_contract() -> None:
    assert list(READERS) == [*KINDS, "sirene", *TEMPLATES]
    assert list(VALID) == KINDS


@kinds
def test_a_reader_says_what_the_method_page_needs(kind: str) -> None:
    reader = READERS[kind]
    assert reader.kind == kind
    assert all([reader.title, reader.publisher, reader.licence, reader.attribution, reader.caveats, reader.columns])


@kinds
def test_a_file_is_told_by_its_columns_whatever_their_order_capitals_and_accents(kind: str) -> None:
    header = VALID[kind][0]
    for written in (header, header[::-1], [name.upper() for name in header], [f" {name} " for name in header]):
        assert detect(written) is READERS[kind]
    assert detect([name.replace("é", "e") for name in header]) is READERS[kind]


@kinds
def test_a_valid_file_gives_checked_tables_and_a_balanced_account(
    kind: str, tmp_path: Path, attacher: Attacher
) -> None:
    header, rows = VALID[kind]
    reading = read_file(write(tmp_path, header, rows), None, None, attacher)
    report = reading.account.to_json()
    assert reading.reader.kind == kind
    assert (report["kind"], report["file"], report["delimiter"]) == (kind, "fiction_2021.csv", ";")
    assert report["rows_read"] == len(rows) == sum(report[f"rows_{outcome}"] for outcome in OUTCOMES)
    assert report["rows_accepted"] >= 1
    assert reading.tables
    for name, frame in reading.tables.items():
        tables.check(name, frame)
        assert len(frame)
        assert set(frame["source"]) == {kind}
        assert set(frame["vintage"]) == {report["vintage"]}
        assert set(frame["file_sha256"]) == {report["sha256"]}


@kinds
@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
def test_another_delimiter_and_encoding_change_nothing(
    kind: str, delimiter: str, tmp_path: Path, attacher: Attacher
) -> None:
    header, rows = VALID[kind]
    usual = read_file(write(tmp_path, header, rows), kind, 2021, attacher)
    other = write(tmp_path, header, rows, "autre_2021.csv", delimiter=delimiter, encoding="utf-16")
    again = read_file(other, kind, 2021, attacher)
    for name, frame in usual.tables.items():
        unsigned = frame.drop(columns="file_sha256")
        assert again.tables[name].drop(columns="file_sha256").equals(unsigned)


@kinds
def test_a_missing_column_is_named_with_those_expected(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    header, rows = VALID[kind]
    for column in (column for column in READERS[kind].columns if column.required):
        kept = [index for index, name in enumerate(header) if not column.matches(name)]
        titles = [header[i] for i in kept]
        if any(layout.kind == kind and layout.recognises(titles) for layout in LAYOUTS):
            continue  # the kind has another layout, without that column
        path = write(tmp_path, titles, [[row[i] for i in kept] for row in rows])
        with pytest.raises(UnreadableFile) as caught:
            read_file(path, kind, None, attacher)
        assert (caught.value.line, caught.value.column) == (1, column.name)
        assert caught.value.reason.startswith(f"colonne absente\u00a0: {column.name}")
        assert "Colonnes attendues" in caught.value.remedy


def test_an_unknown_table_is_told_what_was_understood_of_it_and_what_lacks(tmp_path: Path, attacher: Attacher) -> None:
    path = write(tmp_path, ["Exercice", "Chapitre", "Libellé", "Voté"], [["2023", "65", "Fêtes", "4000"]])
    with pytest.raises(UnreadableFile) as caught:
        read_file(path, None, None, attacher)
    assert "type de fichier inconnu" in caught.value.reason
    assert "«\u00a0Voté\u00a0» = Montant" in caught.value.reason
    assert "qui reçoit" in caught.value.reason
    assert "--as table" in caught.value.remedy
    assert not [reader.title for reader in READERS.values() if reader.title in caught.value.reason]


@kinds
def test_a_needed_column_given_twice_is_refused(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    if kind == "scdl":
        return  # of columns of one meaning the surest is read, and the other is told
    header, rows = VALID[kind]
    path = write(tmp_path, [*header, header[1] if kind == "jaune" else header[0]], [[*row, row[0]] for row in rows])
    if kind == "conseiller-numerique":
        path = write(tmp_path, [*header, "pivot"], [[*row, row[0]] for row in rows])
    with pytest.raises(UnreadableFile, match="deux fois"):
        read_file(path, kind, None, attacher)


def test_an_unknown_kind_is_told_the_known_ones(tmp_path: Path, attacher: Attacher) -> None:
    path = write(tmp_path, *VALID["siae"])
    with pytest.raises(UnreadableFile, match="type de fichier inconnu") as caught:
        read_file(path, "siaes", None, attacher)
    assert ", ".join(READERS) in caught.value.remedy


@kinds
def test_a_cut_and_an_overlong_row_are_refused_with_line_and_column_and_a_blank_one_is_none(
    kind: str, tmp_path: Path, attacher: Attacher
) -> None:
    header, rows = VALID[kind]
    path = write(tmp_path, header, [rows[0][:2], [*rows[0], "de trop"], [""] * len(header), *rows])
    report = read_file(path, kind, None, attacher).account.to_json()
    told = [(reject["row"], reject["column"]) for reject in report["rejects"][:2]]
    assert told[0] == (2, header[2])
    assert "coupée" in report["rejects"][0]["reason"]
    if kind == "scdl":  # the text at the end is put back together, and said
        assert any(warning["code"] == "decimal_comma" for warning in report["warnings"])
    else:
        assert told[1] == (3, header[-1])
        assert "séparateur" in report["rejects"][1]["reason"]
    assert report["rows_read"] == len(rows) + 2, "a blank row is no row"


@kinds
def test_empty_cells_beyond_the_header_are_harmless(kind: str, tmp_path: Path, attacher: Attacher) -> None:
    header, rows = VALID[kind]
    usual = read_file(write(tmp_path, header, rows), kind, 2021, attacher).account
    wider = read_file(write(tmp_path, header, [[*row, "", ""] for row in rows]), kind, 2021, attacher).account
    assert wider.rows == usual.rows
