from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from geodata import gazetteer as gazetteers
from geodata import geography as geographies
from geodata.attach import Attacher
from layers import ess_rule
from layers.readers import Reading
from layers.sirene.bundle import read_bundle
from layers.sirene.opening import recognise
from layers.unreadable import UnreadableFile
from tests.layers.sirene.stock import establishment, siren, siret, stock, unit, write


@pytest.fixture(scope="module")
def attacher() -> Attacher:
    return Attacher(gazetteers.load(), geographies.load())


def read(
    paths: list[Path], attacher: Attacher, year: int | None = None, listed: Mapping[str, str] | None = None
) -> list[Reading]:
    files = [recognise(path) for path in paths]
    assert all(files), paths
    return read_bundle([file for file in files if file], year, attacher, listed)


def actors(readings: list[Reading]) -> pd.DataFrame:
    return next(reading.tables["actors"] for reading in readings if "actors" in reading.tables).set_index("siret")


def outcomes(reading: Reading) -> dict[str, int]:
    account = reading.account.to_json()
    named = {name.removeprefix("rows_"): count for name, count in account.items() if name.startswith("rows_")}
    assert named["read"] == sum(count for name, count in named.items() if name != "read")
    return {name: count for name, count in named.items() if count}


@pytest.mark.parametrize("suffix", [".csv", ".zip", ".gz", ".parquet"])
def test_every_published_form_gives_the_same(tmp_path: Path, attacher: Attacher, suffix: str) -> None:
    offices = [
        establishment(1),
        establishment(2, codeCommuneEtablissement="75056"),
        establishment(3, etatAdministratifEtablissement="F"),
        establishment(4),
        establishment(5, codeCommuneEtablissement="59355"),
    ]
    units = [unit(1), unit(2), unit(3), unit(4, categorieJuridiqueUniteLegale="5710"), unit(5), unit(6)]
    legal, offices_read = read(stock(tmp_path, units, offices, suffix), attacher)
    assert outcomes(offices_read) == {"read": 5, "accepted": 2, "outside": 1, "not_ess": 2}
    assert outcomes(legal) == {"read": 6, "accepted": 2, "outside": 2, "not_ess": 2}
    assert offices_read.account.accepted_by_territory == {"8": 2}
    assert (offices_read.account.vintage, legal.account.vintage) == ("2026-03", "2026-03")
    kept = actors([legal, offices_read])
    assert list(kept.index) == [siret(1), siret(5)]
    first = kept.loc[siret(1)]
    assert first["name"] == "ESSAI FICTIF 1"
    assert (first["commune"], first["family"], first["sector"]) == ("59350", "association", "action-sociale")
    assert (first["size_class"], first["ape"], first["ape_2025"]) == ("11", "8899B", "8899Y")
    assert (first["created"], first["diffusion"], first["reasons"]) == ("2012-05-04", "O", "cj")
    assert kept.loc[siret(5), "commune"] == "59350", "Lomme is Lille"


def test_the_naf_2025_column_is_found_under_either_name(tmp_path: Path, attacher: Attacher) -> None:
    legal, offices = stock(tmp_path, [unit(1)], [establishment(1)])
    text = offices.read_text("utf-8")
    offices.write_text(text.replace("activitePrincipaleNAF25Etablissement", "activitePrincipaleNAF25UniteLegale"))
    assert actors(read([legal, offices], attacher)).loc[siret(1), "ape_2025"] == "8899Y"


def test_the_activity_of_the_establishment_rules_not_that_of_its_legal_unit(tmp_path: Path, attacher: Attacher) -> None:
    legal = [unit(1, activitePrincipaleUniteLegale="94.91Z"), unit(2, activitePrincipaleUniteLegale="88.99B")]
    offices = [
        establishment(1, activitePrincipaleEtablissement="88.99B"),
        establishment(2, activitePrincipaleEtablissement="94.91Z"),
    ]
    assert list(actors(read(stock(tmp_path, legal, offices), attacher)).index) == [siret(1)]


def test_flag_lists_and_contradictions(tmp_path: Path, attacher: Attacher) -> None:
    legal = [
        unit(1, economieSocialeSolidaireUniteLegale="N"),
        unit(2, categorieJuridiqueUniteLegale="5710", economieSocialeSolidaireUniteLegale="O"),
        unit(3, categorieJuridiqueUniteLegale="5710"),
        unit(4, categorieJuridiqueUniteLegale="9210"),
        unit(5, categorieJuridiqueUniteLegale="1000", economieSocialeSolidaireUniteLegale="O"),
        unit(6, categorieJuridiqueUniteLegale="7210", economieSocialeSolidaireUniteLegale="O"),
    ]
    paths = stock(tmp_path, legal, [establishment(number) for number in range(1, 7)])
    readings = read(paths, attacher, listed={siren(3): "esus"})
    kept = actors(readings)
    assert list(kept.index) == sorted(siret(number) for number in (1, 2, 3, 4))
    assert kept.loc[siret(1), "conflict"] == ess_rule.CATEGORY_YES_FLAG_NO
    assert kept.loc[siret(2), ["reasons", "family"]].tolist() == ["flag", "societe_commerciale_ess"]
    assert kept.loc[siret(3), "reasons"] == "esus"
    assert kept.loc[siret(4), "ess"] == "to_review"
    warnings = {warning.code: warning.count for warning in readings[1].account.warnings}
    assert (warnings["category_yes_flag_no"], warnings["to_review"]) == (1, 1)


def test_what_is_in_partial_diffusion_is_counted_and_keeps_neither_name_nor_place(
    tmp_path: Path, attacher: Attacher
) -> None:
    hidden = {"coordonneeLambertAbscisseEtablissement": "704000.5", "coordonneeLambertOrdonneeEtablissement": "7059000"}
    legal = [unit(1, statutDiffusionUniteLegale="P", denominationUniteLegale="NOM CACHE"), unit(2)]
    offices = [establishment(1, **hidden), establishment(2, statutDiffusionEtablissement="P", **hidden)]
    offices[1]["enseigne1Etablissement"] = "ENSEIGNE CACHEE"
    readings = read(stock(tmp_path, legal, offices), attacher)
    kept = actors(readings)
    assert kept["name"].tolist() == ["", ""]
    assert kept[["longitude", "latitude"]].isna().all().all()
    assert set(kept["diffusion"]) == {"P"}
    assert outcomes(readings[1])["accepted"] == 2
    assert "CACHE" not in kept.to_csv()


def test_own_coordinates_of_the_stock_make_a_point(tmp_path: Path, attacher: Attacher) -> None:
    here = {"coordonneeLambertAbscisseEtablissement": "704000.5", "coordonneeLambertOrdonneeEtablissement": "7059000"}
    kept = actors(read(stock(tmp_path, [unit(1), unit(2)], [establishment(1, **here), establishment(2)]), attacher))
    assert kept.loc[siret(1), "position"] == "address"
    assert (kept.loc[siret(1), "longitude"], kept.loc[siret(1), "latitude"]) == pytest.approx((3.06, 50.63), abs=0.02)
    assert kept.loc[siret(2), "position"] == "commune"


POINTS = ("siret", "x", "y", "qualite_xy", "epsg", "plg_qp24", "plg_code_commune", "y_latitude", "x_longitude")


def test_the_geolocation_file_gives_points_and_priority_neighbourhoods(tmp_path: Path, attacher: Attacher) -> None:
    rows = [
        {"siret": siret(1), "qualite_xy": "11", "plg_qp24": "QN05911M", "y_latitude": "50.6", "x_longitude": "3.1"},
        {"siret": siret(2), "qualite_xy": "33", "plg_qp24": "HZ", "y_latitude": "50.6", "x_longitude": "3.1"},
        {"siret": siret(3), "x": "704000", "y": "7059000", "epsg": "2154", "qualite_xy": "12", "plg_qp24": "HZ"},
        {"siret": siret(9), "qualite_xy": "11", "plg_qp24": "HZ"},
    ]
    rows = [{"plg_code_commune": "59350", **row} for row in rows]
    paths = stock(tmp_path, [unit(n) for n in (1, 2, 3)], [establishment(n) for n in (1, 2, 3)])
    paths.append(write(tmp_path / "GeolocalisationEtablissement.parquet", POINTS, rows))
    readings = read(paths, attacher)
    kept = actors(readings)
    assert kept["priority_area"].fillna("").to_dict() == {siret(1): "QN05911M", siret(2): "", siret(3): ""}
    assert kept["priority_status"].to_dict() == {siret(1): "in", siret(2): "out", siret(3): "out"}
    assert kept["position"].to_dict() == {siret(1): "address", siret(2): "commune", siret(3): "address"}
    assert outcomes(readings[2]) == {"read": 4, "accepted": 3, "outside": 1}


def test_openings_and_closures_by_year(tmp_path: Path, attacher: Attacher) -> None:
    offices = [
        establishment(1, dateCreationEtablissement="2015-01-02"),
        establishment(2, dateCreationEtablissement="1900-01-01"),
        establishment(
            3,
            dateCreationEtablissement="2015-06-01",
            etatAdministratifEtablissement="F",
            dateDebut="2020-02-01",
        ),
    ]
    history = [
        {"siret": siret(1), "dateDebut": "2015-01-02", "etatAdministratifEtablissement": "A"},
        {"siret": siret(1), "dateDebut": "2017-03-01", "etatAdministratifEtablissement": "F"},
        {"siret": siret(1), "dateDebut": "2018-09-01", "etatAdministratifEtablissement": "A"},
        {"siret": siret(1), "dateDebut": "2019-01-01", "etatAdministratifEtablissement": "A"},
        {"siret": siret(8), "dateDebut": "2019-01-01", "etatAdministratifEtablissement": "A"},
    ]
    columns = ("siret", "dateDebut", "etatAdministratifEtablissement", "changementEtatAdministratifEtablissement")
    paths = stock(tmp_path, [unit(n) for n in (1, 2, 3)], offices)
    paths.append(write(tmp_path / "StockEtablissementHistorique.csv", columns, history))
    readings = read(paths, attacher)
    told = readings[1].tables["observations"]
    told = told[(told["commune"] == "59350") & told["value"].gt(0)]
    found = {(row.variable, row.year): row.value for row in told.itertuples()}
    assert found == {
        ("openings", 2015): 2,
        ("openings", 2018): 1,
        ("closures", 2017): 1,
        ("closures", 2020): 1,
    }
    assert outcomes(readings[2]) == {"read": 5, "accepted": 4, "outside": 1}


def test_what_is_wrong_is_refused_with_its_line_and_nothing_is_lost(tmp_path: Path, attacher: Attacher) -> None:
    wrong_key = siret(2)[:-1] + str((int(siret(2)[-1]) + 1) % 10)
    offices = [
        establishment(1),
        establishment(2, siret=wrong_key),
        establishment(3, siret=siret(3)[1:]),
        establishment(4, codeCommuneEtablissement="59999"),
        establishment(5),
        establishment(6, siret=siret(6)[:-1], codeCommuneEtablissement="75056"),
        establishment(1),
        establishment(7, siret=""),
    ]
    readings = read(stock(tmp_path, [unit(n) for n in (1, 2, 3, 4, 7)], offices), attacher)
    offices_read = readings[1]
    rejects = {reject.row: (reject.column, reject.value, reject.reason) for reject in offices_read.account.rejects}
    assert outcomes(offices_read) == {"read": 8, "accepted": 1, "rejected": 5, "outside": 1, "duplicate": 1}
    assert sorted(rejects) == [3, 4, 5, 6, 9]
    assert "clé de contrôle" in rejects[3][2]
    assert "13 chiffres" in rejects[4][2]
    assert rejects[5][:2] == ("codeCommuneEtablissement", "59999")
    assert rejects[6][0] == "siren"
    assert "nité légale absente" in rejects[6][2]
    assert "absent" in rejects[9][2]
    assert all(reject.remedy for reject in offices_read.account.rejects)


def test_a_cut_line_is_refused_with_its_line(tmp_path: Path, attacher: Attacher) -> None:
    legal, offices = stock(tmp_path, [unit(1), unit(2)], [establishment(1), establishment(2), establishment(2, 2)])
    lines = offices.read_text("utf-8").splitlines(keepends=True)
    lines[2] = lines[2][:60] + "\n"
    offices.write_text("".join(lines), "utf-8")
    reading = read([legal, offices], attacher)[1]
    assert outcomes(reading) == {"read": 3, "accepted": 2, "rejected": 1}
    assert [reject.row for reject in reading.account.rejects] == [3]


@pytest.mark.parametrize("kept", [0, 1])
def test_one_stock_file_alone_is_refused_and_the_other_named(tmp_path: Path, attacher: Attacher, kept: int) -> None:
    paths = stock(tmp_path, [unit(1)], [establishment(1)])
    with pytest.raises(UnreadableFile, match=("StockEtablissement", "StockUniteLegale")[kept]):
        read([paths[kept]], attacher)


@pytest.mark.parametrize("suffix", [".csv", ".zip", ".parquet"])
def test_one_file_that_has_both_levels_is_enough(tmp_path: Path, attacher: Attacher, suffix: str) -> None:
    rows = [unit(at) | establishment(at, office) for at, office in ((1, 1), (1, 2), (2, 1))]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    (reading,) = read([write(tmp_path / f"extrait_2026{suffix}", columns, rows)], attacher)
    assert outcomes(reading) == {"read": 3, "accepted": 3}
    assert set(actors([reading]).index) == {row["siret"] for row in rows}


def test_two_files_of_one_kind_are_refused(tmp_path: Path, attacher: Attacher) -> None:
    paths = stock(tmp_path, [unit(1)], [establishment(1)])
    twin = tmp_path / "twin.csv"
    twin.write_bytes(paths[1].read_bytes())
    with pytest.raises(UnreadableFile, match="deux fichiers StockEtablissement"):
        read([*paths, twin], attacher)


@pytest.mark.parametrize("suffix", [".zip", ".gz", ".parquet"])
def test_a_damaged_file_is_refused_in_words(tmp_path: Path, attacher: Attacher, suffix: str) -> None:
    paths = stock(tmp_path, [unit(1)], [establishment(n) for n in range(2000)], suffix)
    files = [recognise(path) for path in paths]
    whole = paths[1].read_bytes()
    middle = len(whole) // 2
    paths[1].write_bytes(whole[: middle - 400] + bytes(800) + whole[middle + 400 :])
    with pytest.raises(UnreadableFile) as caught:
        read_bundle([file for file in files if file], None, attacher)
    assert caught.value.remedy
    assert caught.value.file == paths[1].name


def test_most_legal_units_missing_is_one_clear_refusal(tmp_path: Path, attacher: Attacher) -> None:
    paths = stock(tmp_path, [unit(1)], [establishment(number) for number in range(1, 6)])
    with pytest.raises(UnreadableFile, match="établissements actifs"):
        read(paths, attacher)


@pytest.mark.real
def test_the_extract_saved_by_a_spreadsheet_is_read(tmp_path: Path, attacher: Attacher, shared_data: Path) -> None:
    saved = shared_data / "schemas" / "exemples" / "StockUniteLegale_extrait_reenregistre_tableur.csv"
    found = recognise(saved)
    assert found
    assert (found.kind, found.delimiter) == ("units", ";")
    office = {"siren": "319294831", "siret": "31929483100015", "activitePrincipaleEtablissement": "74.90B"}
    offices = [establishment(1, **office), *(establishment(n, codeCommuneEtablissement="75056") for n in (2, 3))]
    legal, read_offices = read([saved, stock(tmp_path, [], offices)[1]], attacher)
    assert outcomes(legal) == {"read": 5, "accepted": 1, "outside": 4}
    kept = actors([read_offices]).iloc[0]
    assert (kept["name"], kept["family"], kept["reasons"]) == ("FONDATION ARP", "fondation", "cj flag")


def test_a_stock_without_any_ess_in_the_metropole_is_read(tmp_path: Path, attacher: Attacher) -> None:
    paths = stock(tmp_path, [unit(1, categorieJuridiqueUniteLegale="5499")], [establishment(1)])
    readings = read(paths, attacher)
    assert actors(readings).empty
    assert outcomes(readings[1]) == {"read": 1, "not_ess": 1}
