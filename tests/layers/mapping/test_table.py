"""Spreadsheets of any columns: guessed, shown, corrected, kept for the next time; nothing of persons is kept."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from geodata.attach import Attacher
from layers.importing import import_files
from layers.mapping import Mapping, choosing, declaration, known
from layers.mapping.known import Mappings
from layers.readers import Reading, read_file
from layers.recognition.opening import open_source
from layers.store import Store
from layers.unreadable import UnreadableFile
from tests.layers.readers.conftest import attacher
from tests.layers.readers.fictitious import siren, siret, write
from tests.layers.test_containers import xlsx

__all__ = ["attacher"]

HEADER = ["N° SIRET", "Raison sociale", "CP", "Ville", "Contact"]
ROWS = [
    [siret(1), "Les Fictifs", "59100", "Roubaix", "Quelqu’un"],
    [siret(2), "Commune de Fiction", "59000", "Lille", ""],
    [siret(3), "Essai d’ailleurs", "62000", "Arras", ""],
    ["123", "Essai mal numéroté", "59000", "Lille", ""],
    [siret(1), "Les Fictifs", "59100", "Roubaix", ""],
]


def outcomes(reading: Reading) -> dict[str, int]:
    return {name: count for name, count in reading.account.rows.items() if count}


def records(reading: Reading, table: str) -> list[dict[str, Any]]:
    frame = reading.tables[table].astype(object)
    return frame.where(frame.notna(), None).to_dict("records")  # type: ignore[return-value]


def shown(reading: Reading) -> str:
    return next(warning.message for warning in reading.account.warnings if warning.code == "mapping")


def test_a_list_is_guessed_shown_and_waits_for_review(tmp_path: Path, attacher: Attacher) -> None:
    reading = read_file(write(tmp_path, HEADER, ROWS, "annuaire_2024.csv"), "table", None, attacher)
    assert outcomes(reading) == {"accepted": 1, "not_ess": 1, "outside": 1, "rejected": 1, "duplicate": 1}
    (actor,) = records(reading, "actors")
    assert (actor["siret"], actor["commune"], actor["ess"], actor["year"]) == (siret(1), "59512", "to_review", 2024)
    assert "« N° SIRET » = SIRET" in shown(reading).replace("\u00a0", " ")
    assert "« Contact » laissée de côté" in shown(reading).replace("\u00a0", " ")


def test_titles_and_a_workbook_make_no_difference(tmp_path: Path, attacher: Attacher) -> None:
    book = xlsx(tmp_path / "annuaire_2024.xlsx", [["Annuaire fictif"], [], HEADER, *ROWS])
    assert outcomes(read_file(book, "table", None, attacher))["accepted"] == 1


def test_an_esus_list_says_why_its_structures_are_of_the_ess(tmp_path: Path, attacher: Attacher) -> None:
    (actor,) = records(
        read_file(write(tmp_path, HEADER, ROWS, "liste_ESUS_2024.csv"), "table", None, attacher), "actors"
    )
    assert (actor["ess"], actor["reasons"]) == ("yes", "esus")


def test_columns_without_a_telling_title_are_told_by_what_they_hold(tmp_path: Path) -> None:
    header = ["Colonne 1", "Nom", "Colonne 3", "Colonne 4", "Colonne 5"]
    rows = [[siret(n), f"Essai {n}", "59000", f"{n} 000,50", f"W59500000{n}"] for n in range(1, 9)]
    table = open_source(write(tmp_path, header, rows, "essai_2024.csv"))
    assert choosing.guessed(table).columns == {
        "Colonne 1": "siret", "Nom": "name", "Colonne 3": "postcode", "Colonne 4": "amount", "Colonne 5": "rna"
    }  # fmt: skip
    assert Counter(one.why for one in table.columns)["d’après son contenu"] == 4


GRANTS = ["Association", "Commune", "Somme accordée", "Exercice", "N° RNA"]
GIVEN = Mapping(
    "grants",
    "Subventions fictives",
    {"Association": "name", "Commune": "city", "Somme accordée": "amount", "Exercice": "year", "N° RNA": "rna"},
    {"stage": "paid", "grantor": "Ville fictive", "family": "association"},
)


def test_a_mapping_given_is_followed_then_known_again_without_being_given(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    first = write(tmp_path, GRANTS, [["Les Fictifs", "Lille", "1 500,50 euros", "2021", "W595000001"]], "a_2021.csv")
    report = import_files([first], store, "table", mapping=GIVEN)
    grant = store.load(report.release or "").grants.iloc[0]
    assert (grant["amount_cents"], grant["kind"], grant["year"], grant["grantor"]) == (
        150_050,
        "paid",
        2021,
        "Ville fictive",
    )
    second = write(tmp_path, GRANTS[::-1], [["", "2022", "99", "Roubaix", "Les Autres"]], "b_2022.csv")
    report = import_files([second], store)
    assert report.files[0]["kind"] == "table"
    assert any("reprise" in warning["message"] for warning in report.files[0]["warnings"])
    assert sorted(store.load(report.release or "").grants["amount_cents"]) == [9_900, 150_050]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "objet JSON"),
        ("{", "JSON mal formé"),
        ('{"table": "autre"}', "« table »"),
        ('{"table": "actors", "columns": {"A": "couleur"}}', "colonne connue"),
        ('{"table": "actors", "columns": {"A": "siret"}}', "« Nom »"),
        ('{"table": "grants", "columns": {"A": "name"}}', "« Montant »"),
        ('{"table": "actors", "columns": {"A": "name", "B": "Nom"}}', "deux fois"),
        ('{"table": "actors", "columns": {"A": "name"}, "constants": {"basis": "oui"}}', "« basis »"),
        ('{"table": "actors", "columns": {"A": "name"}, "constants": {"year": "24"}}', "« year »"),
    ],
)
def test_a_wrong_mapping_is_refused_in_words(tmp_path: Path, content: str, said: str) -> None:
    (path := tmp_path / "m.json").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        known.read(path)
    assert said in refused.value.reason.replace("\u00a0", " ")


def test_a_mapping_is_written_and_read_back_with_french_labels_too(tmp_path: Path) -> None:
    known.write(tmp_path / "m.json", GIVEN)
    assert known.read(tmp_path / "m.json") == GIVEN
    content = GIVEN.to_json() | {"columns": {"Association": "Nom", "Commune": "Commune", "Somme accordée": "Montant"}}
    (tmp_path / "f.json").write_text(json.dumps(content), encoding="utf-8")
    assert known.read(tmp_path / "f.json").columns["Association"] == "name"
    assert declaration.signature(["A", "É b"]) == declaration.signature(["e B", "a"])


@pytest.mark.parametrize("said", ["amount:asked", "Montant demandé", "Prêt"])
def test_a_mapping_says_which_amount_a_column_is(tmp_path: Path, attacher: Attacher, said: str) -> None:
    columns = {"Association": "Nom", "Commune": "Commune", "Avant": said, "Somme accordée": "Montant voté"}
    content = GIVEN.to_json() | {"columns": columns}
    (tmp_path / "m.json").write_text(json.dumps(content), encoding="utf-8")
    path = write(tmp_path, list(columns), [["Les Fictifs", "Lille", "900", "150"]], "a_2021.csv")
    mappings = Mappings(known.read(tmp_path / "m.json"))
    reading = read_file(path, "table", None, attacher, mappings=mappings)
    assert reading.account.questions == []
    assert list(reading.tables["grants"]["amount_cents"]) == [15_000]


def test_a_mapping_that_does_not_suit_names_what_is_absent(tmp_path: Path, attacher: Attacher) -> None:
    path = write(tmp_path, HEADER, ROWS, "a_2024.csv")
    with pytest.raises(UnreadableFile, match="Somme accordée"):
        read_file(path, "table", None, attacher, mappings=Mappings(GIVEN))
    with pytest.raises(UnreadableFile, match="aucune colonne"):
        read_file(write(tmp_path, ["A", "B"], [["1", "2"]], "b_2024.csv"), "table", None, attacher)


RESERVE = ["Bénéficiaire", "Adresse", "Descriptif", "Montant", "Nom", "Prénom", "Groupe", "Programme budgétaire"]


def test_nothing_of_persons_is_kept_even_of_refused_rows(tmp_path: Path, attacher: Attacher) -> None:
    person = ["DUPOND-FICTIF", "Hélène-Fictive", "Groupe fictif"]
    rows = [
        ["Les Fictifs", "12 rue Inventée 59100 ROUBAIX", "Fonctionnement", "1000.00", *person, "163-02"],
        ["Lille", "", "Travaux", "5000.00", *person, "122-01"],
        ["Sans adresse", "", "Fonctionnement", "10", *person, "163-02"],
        ["Mal écrite", "3 rue Secrète Nullepart", "Fonctionnement", "10", *person, "163-02"],
        ["Coupée", "12 rue Inventée", "Fonctionnement", "10", *person],
        ["Longue", "12 rue Inventée", "Fonctionnement", "10", *person, "163-02", *person],
    ]
    path = write(tmp_path, RESERVE, rows, "reserve_2013.csv")
    reading = read_file(path, None, None, attacher)
    assert outcomes(reading) == {"accepted": 3, "not_ess": 1, "rejected": 2}
    assert [grant["commune"] for grant in records(reading, "grants")] == ["59512", None, None]
    said = json.dumps(reading.account.to_json(), ensure_ascii=False) + str(records(reading, "grants"))
    assert not [text for text in (*person, "rue", "Inventée", "Secrète") if text in said]


def test_a_list_of_another_unit_joins_it(tmp_path: Path, attacher: Attacher) -> None:
    header = ["SIREN", "Dénomination", "Code commune"]
    reading = read_file(
        write(tmp_path, header, [[siren(1), "Les Fictifs", "59350"]], "l_2024.csv"), "table", None, attacher
    )
    assert records(reading, "actors")[0]["siren"] == siren(1)


@pytest.mark.real
@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2013, {"accepted": 276, "outside": 25, "not_ess": 153}),
        (2016, {"accepted": 244, "outside": 181, "not_ess": 177}),
    ],
)
def test_the_parliamentary_reserve_is_accounted_for(
    shared_data: Path,
    attacher: Attacher,
    year: int,
    expected: dict[str, int],
) -> None:
    path = shared_data / f"funding/reserve_parlementaire_AN_{year}_nord.csv"
    reading = read_file(path, None, None, attacher)
    assert outcomes(reading) == expected
    assert reading.account.rows_read == {2013: 454, 2016: 602}[year]
    said = json.dumps(reading.account.to_json(), ensure_ascii=False)
    assert "Prénom" not in said
    assert {rejected.value for rejected in reading.account.rejects} <= {""}
