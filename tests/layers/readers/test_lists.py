"""Lists of structures: ESS France, register of associations."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geodata.attach import Attacher
from layers.readers import Reading, read_file
from tests.layers.readers.fictitious import ESS_FRANCE, RNA, write

LISTED = ["300000015", "Essai fictif", "Associations", "59000", "LILLE", "59", "NORD", "HAUTS DE FRANCE"]
DECLARED = ["W595000001", "", "A", "D", "ESSAI FICTIF", "59350", "59000", "Lille", "2001-02-03"]


def read(folder: Path, attacher: Attacher, header: list[str], *rows: list[str]) -> Reading:
    return read_file(write(folder, header, list(rows)), None, 2023, attacher)


def changed(header: list[str], row: list[str], **changes: str) -> list[str]:
    keys = [name.split("_")[-1] if header is RNA else name.split()[0].lower() for name in header]
    return [changes.get(key, cell) for key, cell in zip(keys, row, strict=True)]


def actors(reading: Reading) -> pd.DataFrame:
    return reading.tables["actors"]


def test_a_siren_without_its_zeros_is_completed_and_checked(tmp_path: Path, attacher: Attacher) -> None:
    short = changed(ESS_FRANCE, LISTED, siren="5500020")
    wrong = changed(ESS_FRANCE, LISTED, siren="5500021")
    from layers.identifiers import siren  # noqa: PLC0415

    good = next(f"55000{n:02d}" for n in range(100) if siren(f"0055000{n:02d}").code)
    short = changed(ESS_FRANCE, LISTED, siren=good)
    wrong = changed(ESS_FRANCE, LISTED, siren=f"{int(good) + 1}")
    reading = read(tmp_path, attacher, ESS_FRANCE, short, wrong)
    assert actors(reading)["siren"].tolist() == [f"00{good}"]
    (reject,) = reading.account.rejects
    assert (reject.row, reject.column) == (3, "SIREN")


def test_families_are_those_of_the_law_or_unknown(tmp_path: Path, attacher: Attacher) -> None:
    rows = [
        [*changed(ESS_FRANCE, LISTED, siren=siren)[:2], family, *LISTED[3:]]
        for siren, family in (("300000015", "Coopératives"), ("300000023", ""), ("300000031", "Autre"))
    ]
    found = actors(read(tmp_path, attacher, ESS_FRANCE, *rows))
    assert found["family"].fillna("").tolist() == ["cooperative", "", ""]
    assert set(found["reasons"]) == {"liste"}
    assert found["siret"].isna().all()


def test_the_same_legal_unit_twice_in_a_commune_counts_once(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, ESS_FRANCE, LISTED, LISTED)
    assert (reading.account.rows["accepted"], reading.account.rows["duplicate"]) == (1, 1)


def test_another_department_is_outside_whatever_its_commune_is_called(tmp_path: Path, attacher: Attacher) -> None:
    elsewhere = [*LISTED[:3], "1000", "LILLE", "01", "AIN", "AUVERGNE"]
    assert read(tmp_path, attacher, ESS_FRANCE, LISTED, elsewhere).account.rows["outside"] == 1


@pytest.mark.parametrize(("position", "nature"), [("D", "D"), ("S", "D"), ("R", "D"), ("A", "U")])
def test_dissolved_and_religious_associations_are_out(
    tmp_path: Path, attacher: Attacher, position: str, nature: str
) -> None:
    out = changed(RNA, DECLARED, id="W595000002", position=position, nature=nature)
    reading = read(tmp_path, attacher, RNA, DECLARED, out)
    assert reading.account.rows["not_ess"] == 1
    assert actors(reading)["rna"].tolist() == ["W595000001"]


def test_an_association_keeps_its_number_date_and_family(tmp_path: Path, attacher: Attacher) -> None:
    unknown = changed(RNA, DECLARED, id="W595000002", creat="0001-01-01", siret="30000001500010")
    found = actors(read(tmp_path, attacher, RNA, DECLARED, unknown))
    assert found["created"].fillna("").tolist() == ["2001-02-03", ""]
    assert found["siren"].fillna("").tolist() == ["", "300000015"]
    assert set(found["family"]) == {"association"}
    assert found["sector"].isna().all()


def test_a_register_in_latin_1_is_read(tmp_path: Path, attacher: Attacher) -> None:
    row = changed(RNA, DECLARED, titre="ÉCOLE FICTIVE À LILLE")
    path = write(tmp_path, RNA, [row], encoding="cp1252")
    assert actors(read_file(path, None, 2023, attacher))["name"].tolist() == ["ÉCOLE FICTIVE À LILLE"]


def test_a_wrong_number_is_refused(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, RNA, DECLARED, changed(RNA, DECLARED, id="595000002"))
    (reject,) = reading.account.rejects
    assert (reject.row, reject.column) == (3, "id")


BEFORE_WALDEC = ["id", "id_ex", "siret", "nature", "titre", "adrs_codepostal", "libcom", "adrs_codeinsee", "position"]
UNCHANGED = ["595P00000001", "00000001", "", "D", "ESSAI FICTIF", "59100", "ROUBAIX", "59512", "A"]


def test_the_register_of_before_waldec_has_numbers_of_its_own(tmp_path: Path, attacher: Attacher) -> None:
    dissolved = ["595P00000002", *UNCHANGED[1:-1], "D"]
    unreadable = ["essai", *UNCHANGED[1:]]
    path = write(tmp_path, BEFORE_WALDEC, [UNCHANGED, dissolved, unreadable], "rna_import_20240101.csv")
    reading = read_file(path, None, None, attacher)
    (actor,) = actors(reading).to_dict("records")
    assert (reading.reader.kind, actor["actor_id"], actor["commune"]) == ("rna", "rna:595P00000001", "59512")
    assert pd.isna(actor["rna"])
    assert reading.account.rows == {"accepted": 1, "not_ess": 1, "rejected": 1}
    assert (reading.account.vintage, reading.account.rejects[0].column) == ("2024", "id")


def test_companies_of_no_family_of_the_law_are_no_list_of_the_ess(tmp_path: Path, attacher: Attacher) -> None:
    company = changed(ESS_FRANCE, LISTED, famille="SARL")
    path = write(tmp_path, ESS_FRANCE, [company], "entreprises_2023.csv")
    assert read_file(path, None, None, attacher).reader.kind != "ess-france"
    named = write(tmp_path, ESS_FRANCE, [company], "ESS_2023.csv")
    assert read_file(named, None, None, attacher).reader.kind == "ess-france"
