"""Grants as administrations publish them: what the schema says, and what is really found in their files."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geodata import gazetteer, geography
from geodata.attach import Attacher
from layers.beneficiaries import MULTI_TERRITORY
from layers.importing import import_files
from layers.readers import Reading, grantors, read_file, scdl_conformity
from layers.register import Register
from layers.store import Store
from layers.values.dates import day
from tests.layers.readers.fictitious import SCDL, SIAE, scdl_row, siae_row, siren, siret, write
from tests.layers.test_containers import xlsx

ROUBAIX = "59512"


def outcomes(reading: Reading) -> dict[str, int]:
    return {name: count for name, count in reading.account.rows.items() if count}


def grants(reading: Reading) -> list[dict[str, Any]]:
    return reading.tables["grants"].to_dict("records")  # type: ignore[return-value]


def codes(reading: Reading) -> dict[str, int]:
    return {warning.code: warning.count for warning in reading.account.warnings}


def read(folder: Path, attacher: Attacher, *rows: list[str], register: Register | None = None, **how: Any) -> Reading:
    return read_file(write(folder, how.pop("header", SCDL), rows, **how), None, None, attacher, register)


def reason(reading: Reading) -> str:
    (rejected,) = reading.account.rejects
    return rejected.reason


def test_a_grant_is_contracted_and_counted_in_cents(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, scdl_row(1, dispositifAide="Entreprendre autrement"))
    (grant,) = grants(reading)
    assert reading.reader.kind == "scdl"
    assert (grant["kind"], grant["amount_cents"], grant["year"]) == ("contracted", 1_200_050, 2021)
    assert (grant["siret"], grant["siren"], grant["family"]) == (siret(1), siren(1), "association")
    assert (grant["grantor"], grant["instrument"]) == ("Métropole fictive", "Entreprendre autrement")
    assert reading.account.vintage == "Métropole fictive, 2021"
    assert reading.account.amount_cents == 1_200_050


def test_a_beneficiary_of_the_register_is_placed_and_is_of_the_ess(tmp_path: Path) -> None:
    attacher = Attacher(gazetteer.load(), geography.load(), {siret(1): ROUBAIX})
    plain = scdl_row(1, nomBeneficiaire="La Fabrique fictive")
    known = Register({siret(1): ROUBAIX}, ess=frozenset({siret(1)}))
    (grant,) = grants(read(tmp_path, attacher, plain, register=known))
    assert (grant["commune"], grant["located_by"]) == (ROUBAIX, "siret")
    unknown = read(tmp_path, attacher, plain)
    assert outcomes(unknown) == {"not_ess": 1}
    assert codes(unknown)["not_known_as_ess"] == 1


def test_an_rna_number_places_and_proves_an_association(tmp_path: Path, attacher: Attacher) -> None:
    known = Register(associations={"W595000001": ROUBAIX})
    row = scdl_row(1, idBeneficiaire="", rnaBeneficiaire="W595000001", nomBeneficiaire="Les Fictifs")
    (grant,) = grants(read(tmp_path, attacher, row, register=known))
    assert (grant["commune"], grant["family"], grant["rna"]) == (ROUBAIX, "association", "W595000001")
    swapped = scdl_row(1, idBeneficiaire="W595000001", nomBeneficiaire="Les Fictifs")
    assert grants(read(tmp_path, attacher, swapped))[0]["rna"] == "W595000001"


def test_who_gives_says_what_becomes_of_a_beneficiary_without_place(tmp_path: Path, attacher: Attacher) -> None:
    metropole, elsewhere = scdl_row(1), scdl_row(1, idAttribuant="22800001400016")
    department = scdl_row(1, idAttribuant="22590001800016")
    several = scdl_row(1, objet="Action multi-territoires")
    assert grants(read(tmp_path, attacher, metropole))[0]["located_by"] is not grants  # placed nowhere
    assert grants(read(tmp_path, attacher, several))[0]["located_by"] == MULTI_TERRITORY
    assert outcomes(read(tmp_path, attacher, elsewhere)) == {"outside": 1}
    unplaced = read(tmp_path, attacher, department)
    assert outcomes(unplaced) == {"accepted": 1}
    assert unplaced.account.accepted_by_territory == {}, "kept with its euros, in no territory"


@pytest.mark.parametrize(
    ("number", "reach"),
    [
        ("200093201", grantors.METROPOLE),
        ("245900410", grantors.METROPOLE),
        ("215903501", grantors.METROPOLE),
        ("213104581", grantors.ELSEWHERE),
        ("228000014", grantors.ELSEWHERE),
        ("225900018", grantors.UNKNOWN),
        ("200053742", grantors.UNKNOWN),
        (None, grantors.UNKNOWN),
    ],
)
def test_the_number_of_a_grantor_holds_its_territory(number: str | None, reach: str) -> None:
    assert grantors.reach(number) == reach


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"montant": ""}, "Montant absent"),
        ({"montant": "12 00,5"}, "mal groupés"),
        ({"montant": "26956", "nature": "00"}, "coupé en deux"),
        ({"nature": "aide en nature"}, "Aide en nature"),
        ({"nomBeneficiaire": ""}, "Nom du bénéficiaire absent"),
    ],
)
def test_what_cannot_be_trusted_is_refused_with_its_reason(
    tmp_path: Path, attacher: Attacher, changes: dict[str, str], said: str
) -> None:
    assert said in reason(read(tmp_path, attacher, scdl_row(1, **changes)))


@pytest.mark.parametrize(
    ("changes", "column", "value"),
    [
        ({"idBeneficiaire": f"{siret(1)[:3]} {siret(1)[3:6]} {siret(1)[6:]}'"}, "siret", siret(1)),
        ({"idBeneficiaire": f"{siret(1)}.0"}, "siret", siret(1)),
        ({"idBeneficiaire": "Ne rien indiquer"}, "siret", None),
        ({"idBeneficiaire": "2,24900019E+13"}, "siret", None),
        ({"idBeneficiaire": siret(1)[:9] + "00000"}, "siren", siren(1)),
        ({"idBeneficiaire": siren(1)}, "siren", siren(1)),
        ({"idBeneficiaire": "1810086080001"}, "siret", None),
        ({"dateConvention": "juin 2021"}, "year", 2021),
        ({"dateConvention": "2021", "datesPeriodeVersement": "2019"}, "year", 2021),
        ({"montant": "1\u202f465\u00a0600 euros"}, "amount_cents", 146_560_000),
        ({"montant": "26 956,00"}, "amount_cents", 2_695_600),
        ({"montant": "-500"}, "amount_cents", -50_000),
        ({"dateConvention": "2017/09/08"}, "year", 2017),
        ({"dateConvention": "05/12/2016"}, "year", 2016),
        ({"dateConvention": "2018-06-05 00:00:00"}, "year", 2018),
    ],
)
def test_the_writings_that_are_met_are_read(
    tmp_path: Path, attacher: Attacher, changes: dict[str, str], column: str, value: object
) -> None:
    (grant,) = grants(read(tmp_path, attacher, scdl_row(1, **changes)))
    found = grant[column]
    assert (None if found is not value and found != found else found) == value or str(found) == str(value)  # noqa: PLR0124


def test_an_unprotected_decimal_comma_is_put_back_or_reported_never_read_as_its_first_half(
    tmp_path: Path, attacher: Attacher
) -> None:
    row = scdl_row(1, montant="26956,00", dispositifAide="Essai")
    path = tmp_path / "essai.csv"
    path.write_text("\n".join(",".join(cells) for cells in (SCDL, row)) + "\n", encoding="utf-8")
    reading = read_file(path, None, None, attacher)
    assert [grant["amount_cents"] for grant in grants(reading)] == [2_695_600]
    assert codes(reading)["decimal_comma"] == 1
    path.write_text("\n".join(",".join(cells) for cells in (SCDL, [*row[:-1], ""])) + "\n", encoding="utf-8")
    assert [grant["amount_cents"] for grant in grants(read_file(path, None, None, attacher))] == [2_695_600]


def test_the_same_file_in_every_form_gives_the_same_grants(tmp_path: Path, attacher: Attacher) -> None:
    rows = [scdl_row(1), scdl_row(2, montant="12,50")]
    said = grants(read(tmp_path, attacher, *rows))
    book = xlsx(tmp_path / "essai.xlsx", [["Subventions de la ville"], [], SCDL, *rows])
    titled = grants(read_file(book, None, None, attacher))
    assert [grant["grant_id"] for grant in titled] == [grant["grant_id"] for grant in said]
    path = tmp_path / "bom.csv"
    text = "\r\n".join(";".join(cells) for cells in (SCDL, *rows)).replace("\r\n", "\n", 1)
    path.write_bytes(b"\xef\xbb\xbf" + text.encode("cp1252") + b"\r\n")
    assert [grant["grant_id"] for grant in grants(read_file(path, None, None, attacher))] == [
        grant["grant_id"] for grant in said
    ]


def test_columns_may_be_renamed_and_in_any_order(tmp_path: Path, attacher: Attacher) -> None:
    names = {
        "Nom de l’attributaire": "nomAttribuant",
        "Montant total de la subvention": "montant",
        "Identification du bénéficiaire": "idBeneficiaire",
        "Nom du bénéficiaire": "nomBeneficiaire",
        "Date de la convention de subvention": "dateConvention",
        "Identification de l’attributaire (SIRET)": "idAttribuant",
    }
    row = dict(zip(SCDL, scdl_row(1), strict=True))
    reading = read(tmp_path, attacher, [row[key] for key in names.values()], header=list(names))
    assert grants(reading)[0]["amount_cents"] == 1_200_050
    told = [warning.message for warning in reading.account.warnings if warning.code == "schema_columns"]
    assert any("intitulées autrement" in message and "montant" in message for message in told)
    assert any("absentes" in message for message in told)


def test_instalments_of_one_agreement_are_counted_once(tmp_path: Path, attacher: Attacher) -> None:
    rows = [scdl_row(1, datesPeriodeVersement=f"202{year}-01-01") for year in (1, 2, 3)]
    reading = read(tmp_path, attacher, *rows)
    assert outcomes(reading) == {"accepted": 1, "duplicate": 2}
    assert reading.account.amount_cents == 1_200_050


def test_a_total_that_beneficiaries_share_is_parted_and_their_own_amounts_are_not(
    tmp_path: Path, attacher: Attacher
) -> None:
    together = {"referenceDecision": "21-C-1", "objet": "Projet commun"}
    shared = [
        scdl_row(1, montant="1000", pourcentageSubvention="0.8", **together),
        scdl_row(2, montant="1000", pourcentageSubvention="0,2", **together),
    ]
    assert [grant["amount_cents"] for grant in grants(read(tmp_path, attacher, *shared))] == [80_000, 20_000]
    own = [
        scdl_row(1, montant="800", pourcentageSubvention="0.8", **together),
        scdl_row(2, montant="200", pourcentageSubvention="0.2", **together),
    ]
    assert [grant["amount_cents"] for grant in grants(read(tmp_path, attacher, *own))] == [80_000, 20_000]


def test_two_grantors_of_one_year_do_not_replace_each_other(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    first = write(tmp_path, SCDL, [scdl_row(1)], "a.csv")
    other = scdl_row(2, nomAttribuant="Ville fictive", idAttribuant="21590350100017")
    import_files([first], store)
    report = import_files([write(tmp_path, SCDL, [other], "b.csv")], store)
    assert len(store.load(report.release or "").grants) == 2


def test_a_list_of_the_same_command_tells_place_and_family(tmp_path: Path) -> None:
    rows = [siae_row(1, city="Roubaix", post_code="59100", longitude="", latitude="")]
    listed = write(tmp_path, SIAE, rows, "siae_2021.csv")
    given = write(tmp_path, SCDL, [scdl_row(1, nomBeneficiaire="La Fabrique fictive")], "subventions.csv")
    report = import_files([given, listed], Store(tmp_path / "data"))
    assert report.files[0]["accepted_by_territory"] == {"3": 1}


def test_dates_of_the_calendar_alone_are_dates() -> None:
    assert day("29/02/2020") is not None
    assert [day(text) for text in ("29/02/2021", "2017-13-01", "0001-01-01", "17/3", "")] == [None] * 5


def test_the_limit_of_the_csv_module_is_left_as_it_was(tmp_path: Path, attacher: Attacher) -> None:
    limit = csv.field_size_limit()
    read(tmp_path, attacher, scdl_row(1))
    assert csv.field_size_limit() == limit


def test_frictionless_is_loaded_only_where_grants_are_read() -> None:
    code = "import sys, layers.importing; print('frictionless' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"False"


def checked(path: Path) -> scdl_conformity.Conformity:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return scdl_conformity.check(header, rows)


@pytest.mark.real
def test_the_official_examples_validate_and_fail_as_their_names_say(shared_data: Path) -> None:
    folder = shared_data / "schemas/scdl_subventions"
    assert checked(folder / "exemple_valide_v2.1.csv").valid
    cells = checked(folder / "exemple_invalide_erreurs_cellules.csv")
    assert {kind for _, kind in cells.faults} >= {"type-error", "constraint-error"}
    assert ("", "order") not in cells.faults
    columns = checked(folder / "exemple_invalide_erreurs_colonnes.csv")
    assert columns.faults[("nomBeneficiaire", "name")] == columns.faults[("", "order")] == 1


@pytest.mark.real
@pytest.mark.parametrize(("version", "name"), [("2.0", "schema_v2.0.2.json"), ("2.1", "schema_v2.1.0.json")])
def test_our_fields_are_those_of_the_official_schemas(shared_data: Path, version: str, name: str) -> None:
    official = json.loads((shared_data / "schemas/scdl_subventions" / name).read_text(encoding="utf-8"))["fields"]
    ours = scdl_conformity._fields(version)
    assert list(ours) == [field["name"] for field in official]
    for field in official:
        assert ours[field["name"]]["type"] == field["type"]
        assert ours[field["name"]].get("constraints", {}) == {
            key: value for key, value in (field.get("constraints") or {}).items() if value is not False
        }


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "read_rows", "expected"),
    [
        ("somme_2017_cp1252.csv", 41, {"outside": 19, "not_ess": 22}),
        ("roques_haute-garonne_2017.csv", 69, {"outside": 67, "not_ess": 1, "rejected": 1}),
        ("aube.xlsx", 7, {"outside": 4, "not_ess": 3}),
        ("maine-et-loire_conventions.csv", 75, {"outside": 75}),
    ],
)
def test_real_files_are_accounted_for_row_by_row(
    shared_data: Path, attacher: Attacher, name: str, read_rows: int, expected: dict[str, int]
) -> None:
    reading = read_file(shared_data / "funding/scdl_formats_reels" / name, None, None, attacher)
    assert reading.reader.kind == "scdl"
    assert reading.account.rows_read == read_rows
    assert outcomes(reading) == expected
