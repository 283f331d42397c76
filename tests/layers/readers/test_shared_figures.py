"""The README of the real files, walked: rows and columns of each file, and every figure and trap that it states.

What a reader makes of a file is tested beside that reader; here stands what the files themselves are said to hold.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import shapely

from geodata.attach import Attacher
from geodata.geography import load
from geodata.perimeter import members
from layers.identifiers import luhn, siret
from layers.mapping.known import Mappings
from layers.readers import read_file
from layers.readers.registry import is_header
from layers.recognition.opening import open_source

pytestmark = pytest.mark.real

SECTION = re.compile(r"^## (\w+)/", re.MULTILINE)
CELL = re.compile(r"^(\d[\d\u202f ]*) × (\d+)$")


def stated(readme: Path) -> dict[str, tuple[int, int]]:
    """Rows and columns of each file as the README's tables say, by path."""
    found: dict[str, tuple[int, int]] = {}
    folder = ""
    for line in readme.read_text("utf-8").splitlines():
        if section := SECTION.match(line):
            folder = section[1]
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        sizes = [match for cell in cells if (match := CELL.match(cell))]
        name = cells[0].strip("`")
        if folder and len(sizes) == 1 and cells[0].startswith("`"):
            found[f"{folder}/{name}"] = (int(sizes[0][1].replace(" ", "")), int(sizes[0][2]))
    return found


def rows(path: Path) -> list[dict[str, str]]:
    source = open_source(path)
    return [dict(zip(source.header, cells, strict=False)) for _, cells in source.rows]


def communes() -> set[str]:
    return set(members())


def test_every_file_has_the_rows_and_columns_that_the_readme_says(shared_data: Path) -> None:
    told = stated(shared_data / "README.md")
    assert len(told) >= 20
    wrong = {}
    for name, (height, width) in told.items():
        source = open_source(shared_data / name, is_header(None, Mappings()))
        found = sum(1 for _ in source.rows), len(source.header)
        if found != (height, width):
            wrong[name] = found, (height, width)
    assert wrong == {"funding/scdl_formats_reels/aube.xlsx": ((7, 14), (9, 14))}, "a title and a header are no rows"


def test_integration_structures(shared_data: Path) -> None:
    found = rows(shared_data / "actors" / "siae_les-emplois_2020-12_nord_geocoded.csv")
    assert sum(siret(row["siret"]).code is not None for row in found) == 192
    lone = [row["name"] for row in found if not row["longitude"]]
    assert lone == ["JANUS SAS"]


def test_points_of_integration_structures_lie_in_their_communes(shared_data: Path, attacher: Attacher) -> None:
    reading = read_file(shared_data / "actors" / "siae_les-emplois_2020-12_nord_geocoded.csv", None, None, attacher)
    outlines = load().communes.to_crs(4326).geometry
    actors = reading.tables["actors"]
    located = actors[actors["position"] == "address"]
    inside = [
        outlines.loc[commune].covers(shapely.Point(x, y))
        for commune, x, y in zip(located["commune"], located["longitude"], located["latitude"], strict=True)
    ]
    assert (len(inside), all(inside)) == (79, True), "82 in the metropole, three of which are no ESS"


def test_digital_advisers_without_siret(shared_data: Path) -> None:
    found = rows(shared_data / "actors" / "conseiller-numerique_2022-12_nord.csv")
    zeros = [row for row in found if row["pivot"] == "0" * 14]
    assert len(zeros) == 89
    assert luhn("0" * 14)
    assert siret("0" * 14).absent


def test_digital_ess_of_even_numbers(shared_data: Path) -> None:
    found = rows(shared_data / "actors" / "sirene_ess_numerique_france_2026-03_pairs.csv")
    flags = Counter(row["economieSocialeSolidaireUniteLegale"] for row in found)
    assert set(flags) == {"O", ""}
    assert {int(row["siren"][-1]) % 2 for row in found} == {0}
    listed = Counter((row["economieSocialeSolidaireUniteLegale"], row["dans_liste_ess_france"]) for row in found)
    whole = {("O", "O"): 1956, ("O", "N"): 1419, ("", "O"): 105, ("", "N"): 149}
    assert all(0 < listed[pair] < count for pair, count in whole.items()), "even numbers are about half of the whole"
    unlisted = Counter(
        row["categorie_juridique"]
        for row in found
        if row["economieSocialeSolidaireUniteLegale"] == "O" and row["dans_liste_ess_france"] == "N"
    )
    assert "5710" in dict(unlisted.most_common(3))


def test_grants_of_the_state(shared_data: Path, attacher: Attacher) -> None:
    path = shared_data / "funding" / "jaune_plf2012_associations_subventionnees_2010_dep59.csv"
    found = rows(path)
    totals = [row for row in found if not row["IMPUTATION"].strip()]
    assert (len(totals), len(found) - len(totals)) == (626, 703)
    assert sum(re.search(r"- 59\s*$", row["ASSOCIATION"]) is not None for row in totals) == 123
    grants = read_file(path, None, None, attacher).tables["grants"]
    in_territory = grants.assign(territory=grants["commune"].map(members())).groupby("territory")["siren"].nunique()
    assert (in_territory.min(), in_territory.max(), len(in_territory)) == (2, 267, 8)


def test_incomes_and_populations(shared_data: Path) -> None:
    incomes = {row["CODGEO"]: row for row in rows(shared_data / "aggregates" / "filosofi_2021_communes_dep59.csv")}
    inside = [incomes[code] for code in communes()]
    assert sum(row["MED21"] not in {"", "s"} for row in inside) == 95
    assert sum(row["TP6021"] == "s" for row in inside) == 37
    people = rows(shared_data / "aggregates" / "rp2021_iris_population_logement_dep59.csv")
    assert sum(int(row["pop"]) for row in people if row["com"] in communes()) == 1_187_909


def test_jobseekers(shared_data: Path) -> None:
    found = rows(shared_data / "aggregates" / "demandeurs_emploi_mensuel_communes_dep59.csv")
    code, month, count = list(found[0])
    places = {row[code] for row in found}
    assert len(places) == 113, "112 communes, and the department"
    assert "59" in places
    assert len(places & communes()) == 46
    said = Counter((row[code], row[month]) for row in found)
    assert {place for (place, _), times in said.items() if times > 1} == {"59606"}
    twice = {
        place_month: {row[count] for row in found if (row[code], row[month]) == place_month}
        for place_month, times in said.items()
        if times > 1
    }
    assert all(len(values) == 2 for values in twice.values())
    assert all(int(float(row[count])) % 10 == 0 for row in found)


def test_published_marks_have_an_address_each(shared_data: Path) -> None:
    found = rows(shared_data / "aggregates" / "reperes_publies_ess_mel.csv")
    assert len(found) == 26
    assert all(any(cell.startswith("http") for cell in row.values()) for row in found)


def test_legal_categories(shared_data: Path) -> None:
    folder = shared_data / "nomenclatures"
    found = rows(folder / "categories_juridiques_insee_2022-09.csv")
    assert Counter(row["niveau"] for row in found) == {"1": 10, "2": 39, "3": 260}
    assert len(json.loads((folder / "natures_juridiques_annuaire.json").read_text("utf-8"))) == 260
    assert len(json.loads((folder / "tranches_effectifs.json").read_text("utf-8"))) == 16
    assert len(json.loads((folder / "sections_naf.json").read_text("utf-8"))) == 21


def test_associated_communes_are_in_the_official_code(shared_data: Path) -> None:
    found = rows(shared_data / "nomenclatures" / "cog_2023_communes_dep59.csv")
    kinds = {row["COM"]: row["TYPECOM"] for row in found}
    assert kinds["59355"] == kinds["59298"] == "COMA"
    assert {code for code, kind in kinds.items() if kind == "COM"} >= communes()


def test_columns_of_sirene(shared_data: Path) -> None:
    by_file = Counter(row["fichier"] for row in rows(shared_data / "schemas" / "sirene_colonnes.csv"))
    assert by_file.pop("GeolocalisationEtablissement_Sirene_pour_etudes_statistiques") == 19
    assert by_file == {
        "StockUniteLegale": 35,
        "StockEtablissement": 54,
        "StockUniteLegaleHistorique": 28,
        "StockEtablissementHistorique": 18,
    }


@pytest.mark.parametrize(("name", "fields"), [("schema_v2.0.2.json", 14), ("schema_v2.1.0.json", 16)])
def test_fields_of_scdl(shared_data: Path, name: str, fields: int) -> None:
    schema = json.loads((shared_data / "schemas" / "scdl_subventions" / name).read_text("utf-8"))
    assert len(schema["fields"]) == fields
    assert schema["version"].removeprefix("v") == "2.0.2"


@pytest.mark.parametrize(
    ("name", "count"), [("ess_france_liste_entreprises_colonnes.csv", 8), ("rna_waldec_colonnes.csv", 39)]
)
def test_columns_of_lists(shared_data: Path, name: str, count: int) -> None:
    assert len(rows(shared_data / "schemas" / name)) == count
