"""Every edition of the jaune after that of 2012, on invented payments in its own columns."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geodata.attach import Attacher
from layers.readers import READERS, Reading, read_file
from tests.layers.readers.fictitious import write

EDITIONS = {
    2011: "SIREN;Association;Département;Ville;Subvention 2011 en euros;Programme en 2011;Objet de la subvention",
    2012: "SIREN;ASSOCIATION;DEPARTEMENT;VILLE;Subvention 2012;PROGRAMME;OBJET;Convention",
    2013: "SIREN;ASSOCIATION;DEPARTEMENT;VILLE;Subvention 2013;PROGRAMME 2013;OBJET;Convention",
    2014: "SIREN;ASSOCIATION;DEPARTEMENT;VILLE;2014;PROGRAMME;OBJET;Convention",
    2015: "SIREN;ASSOCIATION;Département;Ville;Subvention 2015;PROGRAMME",
    2016: (
        "SIREN;NIC;Dénomination;COG : code département;COG : ville ou pays;Montant;Programme (2016);Objet;"
        "Convention 2016"
    ),
    2018: (
        "SIREN;NIC;Dénomination;COG : code département ou pays;COG : ville ou pays;Montant;Programme;Objet;Convention"
    ),
    2023: "SIREN;NIC;Dénomination;COG : code;COG : libellé;Montant;Programme;Objet 2023;Convention 2022",
}
SIREN, NIC = "300000015", "00010"
editions = pytest.mark.parametrize("paid", list(EDITIONS))


def payment(paid: int, city: str = "LILLE", amount: str = "1 500,50", department: str = "59", **more: str) -> list[str]:
    told = {
        "siren": more.get("siren", SIREN),
        "nic": more.get("nic", NIC),
        "name": more.get("name", "ESSAI FICTIF"),
        "department": department,
        "city": city,
        "amount": amount,
        "programme": "163 - Fiction",
    }
    keys = ["siren", *(["nic"] if "NIC" in EDITIONS[paid] else []), "name", "department", "city", "amount", "programme"]
    header = EDITIONS[paid].split(";")
    return [told[key] for key in keys] + ["essai"] * (len(header) - len(keys))


def read(folder: Path, attacher: Attacher, paid: int, *rows: list[str], name: str = "") -> Reading:
    path = write(folder, EDITIONS[paid].split(";"), list(rows), name=name or f"plf-{paid + 2}-jaune.csv")
    return read_file(path, None, None, attacher)


def grants(reading: Reading) -> pd.DataFrame:
    return reading.tables["grants"]


@editions
def test_every_edition_is_recognised_dated_and_read(tmp_path: Path, attacher: Attacher, paid: int) -> None:
    rows = [
        payment(paid),
        payment(paid, "ROUBAIX", "-20"),
        payment(paid, "DUNKERQUE"),
        payment(paid, "BREST", department="29"),
        payment(paid, "LILLE", "1 5"),
        payment(paid, ""),
    ]
    reading = read(tmp_path, attacher, paid, *rows)
    account = reading.account
    assert reading.reader.kind == READERS["jaune"].kind
    assert account.vintage == f"PLF {paid + 2}"
    assert (account.rows["accepted"], account.rows["outside"], account.rows["rejected"]) == (2, 2, 2)
    assert [reject.row for reject in account.rejects] == [6, 7]
    found = grants(reading)
    assert found["amount_cents"].tolist() == [150_050, -2_000]
    assert set(found["year"]) == {paid}
    assert set(found["kind"]) == {"paid"}
    assert found["siret"].notna().all() == ("NIC" in EDITIONS[paid])
    assert account.amount_cents == 148_050


def test_an_edition_whose_header_has_no_year_takes_that_of_the_bill(tmp_path: Path, attacher: Attacher) -> None:
    assert read(tmp_path, attacher, 2018, payment(2018), name="plf2020.csv").account.vintage == "PLF 2020"


def test_a_nic_that_lost_its_zeros_is_left_out_never_padded(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, 2018, payment(2018, nic="10"))
    assert grants(reading)["siret"].isna().all()
    assert grants(reading)["siren"].tolist() == [SIREN]
    assert "nic_ignored" in {warning.code for warning in reading.account.warnings}


def test_a_commune_code_in_the_place_of_the_department_places_the_payment(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, 2023, payment(2023, "LOMME", department="59355"))
    assert grants(reading)["commune"].tolist() == ["59350"]


def test_two_identical_payments_are_two(tmp_path: Path, attacher: Attacher) -> None:
    found = grants(read(tmp_path, attacher, 2014, payment(2014), payment(2014)))
    assert len(found) == 2
    assert found["grant_id"].is_unique


def test_a_public_body_and_a_wrong_siren_are_ruled_out(tmp_path: Path, attacher: Attacher) -> None:
    rows = [payment(2014, name="COMMUNE DE LILLE", siren=""), payment(2014, siren="300000016")]
    account = read(tmp_path, attacher, 2014, *rows).account
    assert account.rows["not_ess"] == 1
    assert account.rejects[0].column == "SIREN"


def test_a_siren_said_not_to_be_known_leaves_the_commune_to_place_the_payment(
    tmp_path: Path, attacher: Attacher
) -> None:
    told = payment(2023, siren="NR\nCHORUS", nic="", department="59350")
    reading = read(tmp_path, attacher, 2023, told)
    (grant,) = reading.tables["grants"].to_dict("records")
    assert (grant["commune"], grant["amount_cents"], pd.isna(grant["siren"])) == ("59350", 150_050, True)


@pytest.mark.parametrize(("programme", "is_of_state"), [("Vie associative", False), ("163 - Fiction", True)])
def test_payments_of_a_town_are_none_of_the_state(
    programme: str, *, is_of_state: bool, tmp_path: Path, attacher: Attacher
) -> None:
    header = ["SIREN", "Dénomination", "Département", "Ville", "Montant", "Programme"]
    path = write(tmp_path, header, [[SIREN, "ESSAI FICTIF", "59", "LILLE", "1000", programme]], "versements_2023.csv")
    reading = read_file(path, None, None, attacher)
    assert (reading.reader.kind == "jaune") is is_of_state
