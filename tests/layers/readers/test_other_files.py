"""Public files other than grants, in the forms that producers publish: what each is read as, and in which words not."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from geodata.attach import Attacher
from layers.mapping.declaration import ACTORS, Mapping
from layers.mapping.known import Mappings
from layers.readers import read_file
from layers.sirene.bundle import read_bundle
from layers.sirene.opening import recognise
from layers.unreadable import UnreadableFile
from layers.values.numbers import value
from tests.layers.readers.fictitious import siren, siret
from tests.layers.test_containers import xlsx, zipped

HERE = [("59350", "Lille", "59000"), ("59512", "Roubaix", "59100"), ("59599", "Tourcoing", "59200")]
PLACES = [*HERE, ("59606", "Valenciennes", "59300")]
KINDS = ["ACI", "EI", "Entreprise d'insertion", "ETTI"]
Rows = Sequence[Sequence[object]]


def text(folder: Path, name: str, header: str, rows: Rows, *above: str) -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([*([line] for line in above), header.split(";"), *rows])
    path = folder / name
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def by_commune(*values: object) -> list[list[object]]:
    """A row a commune: its code and name, then *values*, the first row a secret."""
    return [[code, name, *(("s", *values[1:]) if not at else values)] for at, (code, name, _) in enumerate(PLACES)]


def parted(*values: object) -> list[list[object]]:
    return [[32, 59, int(code[2:]), name, *values] for code, name, _ in PLACES]


LEGAL = "Code région;Code département;Code commune;Nom de la commune;Population municipale;Population totale"
COMMUNAL = [
    ("FILO2021_DISP_COM.csv", "CODGEO;LIBGEO;Q221;NBPERS21", by_commune("21000", 9), (), "filosofi", "median_income"),
    ("FILO2021_DISP_PAUVRES_COM.csv", "CODGEO;LIBGEO;TP6021", by_commune("21,5"), (), "filosofi", "poverty_rate"),
    (
        *("export.csv", "Code;Libellé;Médiane du revenu disponible par unité de consommation 2021"),
        *(by_commune("21000"), ("Source : Insee, Filosofi",), "filosofi", "median_income"),
    ),
    ("export.csv", "Code;Libellé;Population municipale 2021", by_commune(90), ("Géoclip",), "population", "population"),
    ("populations_2021.csv", "COM;Commune;PMUN;PTOT", by_commune(90, 95), (), "population", "population"),
    (
        *("ensemble.csv", LEGAL, parted(90, 95)),
        ("Populations en vigueur au 1er janvier 2024", "Référence statistique : 1er janvier 2021"),
        *("population", "population"),
    ),
    ("rpls_2021.csv", "Code commune;Libellé;nb_ls2021", by_commune(90), (), "social-housing", "social_housing"),
    (
        *("rpls.csv", "DEPCOM;Libellé;Nombre de logements sociaux au 01/01/2021"),
        *(by_commune(90), (), "social-housing", "social_housing"),
    ),
]


@pytest.mark.parametrize("case", COMMUNAL, ids=lambda case: case[1])
def test_a_table_of_communes_is_read_under_the_titles_of_its_publishers(
    case: tuple[str, str, Rows, Sequence[str], str, str], tmp_path: Path, attacher: Attacher
) -> None:
    name, header, rows, above, kind, variable = case
    found = read_file(text(tmp_path, name, header, rows, *above), None, None, attacher)
    told = found.tables["observations"]
    assert (found.reader.kind, found.account.questions) == (kind, [])
    assert {(row.variable, row.year, row.commune) for row in told.itertuples()} == {
        (variable, 2021, code) for code, _, _ in HERE
    }
    assert found.account.rows["outside"] == 1


def test_a_year_that_nothing_tells_is_asked(tmp_path: Path, attacher: Attacher) -> None:
    path = text(tmp_path, "donnees.csv", "COM;Commune;PMUN", by_commune(90))
    asked = read_file(path, None, None, attacher)
    assert [question.key for question in asked.account.questions] == ["year"]
    said = read_file(path, None, 2022, attacher)
    assert (said.account.questions, set(said.tables["observations"]["year"])) == ([], {2022})


@pytest.mark.parametrize(
    ("name", "header", "rows"),
    [
        ("base-cc-emploi.csv", "CODGEO;LIBGEO;P20_EMPLT;P20_EMPLT_SAL", by_commune(9, 8)),
        ("ess.csv", "CODGEO;LIBGEO;ETAB_ESS;EFF_ESS", by_commune(9, 8)),
        ("FILO2021_DEC_COM.csv", "CODGEO;LIBGEO;Q221", by_commune("21000")),
        ("sans_titre_connu.csv", "Zone;Intitulé;Truc", by_commune(9)),
        ("balance.csv", "Exercice;Code INSEE;Montant débit", [["2022", code, "9"] for code, _, _ in PLACES]),
        ("urssaf_2023.csv", "Code commune;Libellé;effectifs salariés privés 2023", by_commune(9)),
    ],
)
def test_another_table_of_communes_is_told_as_one(
    name: str, header: str, rows: Rows, tmp_path: Path, attacher: Attacher
) -> None:
    with pytest.raises(UnreadableFile) as told:
        read_file(text(tmp_path, name, header, rows), None, None, attacher)
    assert "table de communes avec des nombres" in told.value.reason
    assert "dont 3 des 95 communes" in told.value.reason
    assert header.rsplit(";", maxsplit=1)[-1] in told.value.reason


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("acheteur.id;titulaire.denominationSociale;montant", [siret(1), "ASSOCIATION A", "90"], "marchés publics"),
        ("uid;acheteur_nom;titulaire_nom;montant", ["1", "Ville", "ASSOCIATION A", "90"], "marchés publics"),
        ("Nom de l'élu;Prénom de l'élu;Date de début du mandat", ["A", "B", "01/01/2020"], "élus"),
        ("Année;Indice", ["2023", "142,06"], "suite de nombres"),
        ("Période;Valeur", ["2023-T4", "2162"], "suite de nombres"),
        ("Nom", ["ASSOCIATION A"], "une seule colonne"),
    ],
)
def test_a_file_of_another_purpose_is_told_by_its_name(
    header: str, row: list[str], said: str, tmp_path: Path, attacher: Attacher
) -> None:
    with pytest.raises(UnreadableFile) as told:
        read_file(text(tmp_path, "essai.csv", header, [row, row]), None, None, attacher)
    assert said in told.value.reason
    assert "reçoit" not in told.value.reason


def series(folder: Path, label: str, *periods: str) -> Path:
    about = [["idBank", "1", ""], ["Dernière mise à jour", "12/01/2024", ""], ["Période", "", ""]]
    return text(folder, "valeurs.csv", f"Libellé;{label};Codes", [*about, *([one, "118.24", "A"] for one in periods)])


IPC = "Indice des prix à la consommation - Base 2015 - Ensemble des ménages - France - "


def test_a_series_of_prices_is_read_as_the_site_exports_it(tmp_path: Path, attacher: Attacher) -> None:
    yearly = read_file(series(tmp_path, f"{IPC}Ensemble", "2023", "2022"), None, None, attacher)
    assert yearly.reader.kind == "indice-des-prix"
    assert yearly.tables["programme"]["year"].tolist() == [2022, 2023]
    months = [f"2023-{month:02}" for month in range(1, 13)]
    monthly = read_file(series(tmp_path, f"{IPC}Ensemble hors tabac", *months, "2024-01"), None, None, attacher)
    assert monthly.tables["programme"]["value"].tolist() == [pytest.approx(118.24)]


@pytest.mark.parametrize("label", [f"{IPC}Alimentation", f"{IPC}Ensemble - glissement annuel - Ensemble"])
def test_a_series_of_one_good_or_of_changes_is_none_of_prices(label: str, tmp_path: Path, attacher: Attacher) -> None:
    with pytest.raises(UnreadableFile, match="série de prix"):
        read_file(series(tmp_path, label, "2023", "2022"), None, None, attacher)


@pytest.mark.parametrize(
    "name", ["prix_immobilier_2023.csv", "Indice des prix à la production 2023.csv", "prix du gaz 2023.csv"]
)
def test_other_prices_are_not_those_of_consumption(name: str, tmp_path: Path, attacher: Attacher) -> None:
    with pytest.raises(UnreadableFile, match="type inconnu"):
        read_file(text(tmp_path, name, "Année;Indice", [["2022", "110"], ["2023", "112"]]), None, None, attacher)


@pytest.mark.parametrize(
    "header",
    ["Type de structure;Raison sociale;Numéro SIRET;CP;Ville", "Ville;SIRET;Dénomination;Dispositif;Code postal"],
)
def test_a_list_of_insertion_is_known_by_its_kinds(header: str, tmp_path: Path, attacher: Attacher) -> None:
    rows = []
    for at, (kind, (_, city, postcode)) in enumerate(zip(KINDS, PLACES, strict=True)):
        cells = {"Type": kind, "Disp": kind, "Rais": f"Chantier fictif {at}", "Déno": f"Chantier fictif {at}"}
        cells |= {"Numé": siret(at), "SIRE": siret(at), "CP": postcode, "Code": postcode, "Vill": city}
        rows.append([cells[title[:4]] for title in header.split(";")])
    found = read_file(text(tmp_path, "liste_2023.csv", header, rows), None, None, attacher)
    assert (found.reader.kind, dict(found.account.rows)) == ("siae", {"accepted": 3, "outside": 1})


FRENCH = (
    "SIREN;SIRET;Code commune de l'établissement;Etat administratif de l'établissement;Activité principale de"
    " l'établissement;Tranche de l'effectif de l'établissement;Etat administratif de l'unité légale;Catégorie juridique"
    " de l'unité légale;Dénomination de l'unité légale;Economie sociale et solidaire unité légale;Date de début;Date de"
    " début"
)
LOWER = (
    "siren;siret;codecommuneetablissement;etatadministratifetablissement;activiteprincipaleetablissement;"
    "trancheeffectifsetablissement;etatadministratifunitelegale;categoriejuridiqueunitelegale;denominationunitelegale;"
    "economiesocialesolidaireunitelegale;dateDebut;dateDebut"
)


@pytest.mark.parametrize("header", [FRENCH, LOWER], ids=["in French", "in lower case"])
def test_sirene_is_read_as_portals_republish_it(header: str, tmp_path: Path, attacher: Attacher) -> None:
    rows = [
        [siren(at), siret(at), code, state, "88.99B", "10 à 19 salariés", "Active", legal, f"Fictive {at}", "", "", ""]
        for at, (code, state, legal) in enumerate(
            [("59350", "Actif", "9220"), ("59350", "Fermé", "9220"), ("59512", "Actif", "5499")]
        )
    ]
    stock = recognise(text(tmp_path, "sirene_2024-03.csv", header, rows))
    assert stock is not None
    (found,) = read_bundle([stock], None, attacher)
    assert found.tables["actors"][["siret", "size_class"]].to_numpy().tolist() == [[siret(0), "11"]]


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        *((mark, "suppressed") for mark in ("s", "c", "***", "< 5", "moins de 11", "N/A - secret statistique")),
        *((mark, "missing") for mark in ("nd", "ns", "-", "so", "///", "n.d.", "N/A - résultat non disponible")),
        ("1e+2", "value"),
    ],
)
def test_a_mark_is_a_secret_or_an_absence_and_refuses_no_row(
    cell: str, state: str, tmp_path: Path, attacher: Attacher
) -> None:
    told = value(cell)
    assert (told and told.state, told and told.number) == (state, 100 if state == "value" else None)
    path = text(tmp_path, "TD_FLORES_2020_NBSAL.csv", "CODGEO;EFF_TOT", [["59350", cell]])
    found = read_file(path, None, None, attacher)
    assert (found.account.rows["accepted"], found.tables["jobs"]["state"].tolist()) == (1, [state])


def test_quarters_of_some_categories_are_never_the_series(tmp_path: Path, attacher: Attacher) -> None:
    header = "Date;Code commune;Catégorie;Nombre de demandeurs d'emploi"
    quarters = [f"2022-T{rank}" for rank in range(1, 5)]
    whole = [[one, "59350", kind, 100] for one in quarters for kind in ("A", "Catégories A, B, C")]
    found = read_file(text(tmp_path, "stmt.csv", header, whole), None, None, attacher)
    assert found.tables["observations"]["value"].tolist() == [100]
    with pytest.raises(UnreadableFile, match="données séparément"):
        read_file(text(tmp_path, "stmt.csv", header, [row for row in whole if row[2] == "A"]), None, None, attacher)


@pytest.mark.parametrize("title", ["Chiffre d'affaires (k€)", "CA 2022", "Total bilan"])
def test_a_turnover_is_no_grant(title: str, tmp_path: Path, attacher: Attacher) -> None:
    rows = [[f"Coopérative fictive {at}", postcode, city, 250 + at] for at, (_, city, postcode) in enumerate(PLACES)]
    path = text(tmp_path, "scic_2023.csv", f"Nom;Code postal;Ville;{title}", rows)
    found = read_file(path, None, None, attacher)
    assert ("grants" in found.tables, found.account.rows["accepted"]) == (False, 3)


def test_a_saved_mapping_never_captures_other_cells_under_its_titles(tmp_path: Path, attacher: Attacher) -> None:
    kept = Mappings(kept=(Mapping(ACTORS, "Liste", {"Nom": "name", "Code": "siret", "Commune": "city"}),))
    header = "Nom;Code;Commune"
    own = text(tmp_path, "liste_2023.csv", header, [["Club fictif", siret(1), "Lille"]] * 2)
    assert read_file(own, None, None, attacher, mappings=kept).account.rows["accepted"] == 1
    other = text(tmp_path, "visites_2023.csv", header, [["Parc fictif", "12", "Lille"], ["Bois fictif", "7", "Lille"]])
    with pytest.raises(UnreadableFile, match="type de fichier inconnu"):
        read_file(other, None, None, attacher, mappings=kept)


def _raw(content: bytes) -> Any:
    return lambda path: path.write_bytes(content)


@pytest.mark.parametrize(
    "case",
    [
        (".~lock.liste.ods#", _raw(b",agent,poste"), "classeur ouvert", "fermé"),
        ("~$liste.xlsx", _raw(b"\x05Agent\x00"), "classeur ouvert", "fermé"),
        ("a.shp", _raw(b"\x00\x00\x27\x0a" + bytes(96)), "carte", "portail"),
        ("a.gpkg", _raw(b"SQLite format 3\x00" + bytes(52) + b"GPKG"), "carte", "portail"),
        ("a.dbf", _raw(b"\x03\x7b\x01\x01\x02\x00\x00\x00"), "dBase", "tableur"),
        ("a.zip", lambda path: zipped(path, a_shp=b"x", a_dbf=b"x"), "carte", "portail"),
        ("a.accdb", _raw(b"\x00\x01\x00\x00Standard ACE DB\x00"), "base de données", "extraire"),
        ("a.eml", _raw(b"Return-Path: <a@example.org>\r\nFrom: a@example.org\r\n"), "courriel", "pièce jointe"),
        ("a.heic", _raw(b"\x00\x00\x00\x18ftypheic"), "image", "tableau d’origine"),
        ("a.url", _raw(b"[InternetShortcut]\r\nURL=https://example.org\r\n"), "raccourci", "télécharger"),
        ("a.sql", _raw(b"INSERT INTO t VALUES (1, 'a');\n"), "script", "portail"),
        ("a.json", _raw(b'{"a": 1}'), "JSON", "portail"),
        ("a.fods", _raw(b"<?xml version='1.0'?><office:document>"), "OpenDocument", "tableur"),
        ("a.csv", _raw(b"<!DOCTYPE html><html>"), "page web", "télécharger"),
        ("a.zip", zipped, "archive vide", "Télécharger"),
        ("a.xlsx", lambda path: xlsx(path, []), "classeur vide", "Télécharger"),
    ],
    ids=lambda case: f"{case[0]}: {case[2]}",
)
def test_what_is_no_table_is_told_with_a_step_that_can_be_taken(
    case: tuple[str, Any, str, str], tmp_path: Path, attacher: Attacher
) -> None:
    name, write, said, step = case
    write(tmp_path / name)
    with pytest.raises(UnreadableFile) as told:
        read_file(tmp_path / name, None, None, attacher)
    assert said in told.value.reason
    assert step in told.value.remedy
