from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geodata.attach import Attacher
from layers.readers import Reading, read_file
from tests.layers.readers.fictitious import LILLE_POINT, SIAE, siae_row, siret, write


def read(
    folder: Path, attacher: Attacher, *rows: list[str], name: str = "siae_2020-12.csv", year: int | None = None
) -> Reading:
    return read_file(write(folder, SIAE, rows, name), "siae", year, attacher)


def counts(reading: Reading) -> dict[str, int]:
    return dict(reading.account.rows)


def warned(reading: Reading) -> dict[str, int]:
    return {warning.code: warning.count for warning in reading.account.warnings}


def test_a_structure_keeps_what_the_list_says_and_no_more(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, siae_row(1))
    actor = reading.tables["actors"].iloc[0]
    assert actor["actor_id"] == f"siae:{siret(1)}"
    assert (actor["siret"], actor["siren"]) == (siret(1), siret(1)[:9])
    assert (actor["commune"], actor["located_by"], actor["sector"]) == ("59350", "postcode+name", "action-sociale")
    assert (actor["ess"], actor["position"], actor["row"]) == ("yes", "address", 2)
    assert (actor["year"], actor["vintage"]) == (2020, "2020-12")
    assert actor["longitude"] == float(LILLE_POINT[0])
    assert all(pd.isna(actor[column]) for column in ("family", "rna", "size_class"))


def test_public_bodies_are_counted_apart_only_inside(tmp_path: Path, attacher: Attacher) -> None:
    public_siret = "21590350100017"
    reading = read(
        tmp_path,
        attacher,
        siae_row(1),
        siae_row(2, name="COMMUNE DE LILLE", siret=public_siret, naf="8411Z"),
        siae_row(3, name="CTRE COM ACTION SOCIALE", naf="8899B"),
        siae_row(4, name="COMMUNE DE DOUAI", city="Douai", post_code="59500"),
        siae_row(5, naf="9420Z"),
    )
    assert counts(reading) == {"accepted": 1, "not_ess": 3, "outside": 1}
    assert warned(reading) == {"public_body": 2, "ape_excluded": 1}


def test_one_structure_under_two_types_is_one_actor(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, siae_row(1), siae_row(1, kind="AI"), siae_row(1), siae_row(2, kind="GEIQ"))
    assert counts(reading) == {"accepted": 2, "duplicate": 2}
    assert warned(reading) == {"same_structure_other_type": 1, "same_structure": 1}
    assert "ligne 3" in next(w.message for w in reading.account.warnings if w.code == "same_structure_other_type")


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"siret": "4.18664E+13"}, "siret", "notation scientifique"),
        ({"siret": siret(1)[1:]}, "siret", "13 chiffres"),
        ({"siret": siret(1)[:-1] + "x"}, "siret", "autre chose que des chiffres"),
        ({"kind": "SARL"}, "kind", "Type de structure inconnu"),
        ({"name": ""}, "name", "absent"),
        ({"city": "Villefictive", "post_code": "", "department": "59", "longitude": "", "latitude": ""}, "city", ""),
    ],
)
def test_a_row_at_fault_is_refused_with_line_column_and_remedy(
    tmp_path: Path, attacher: Attacher, change: dict[str, str], column: str, reason: str
) -> None:
    reading = read(tmp_path, attacher, siae_row(1), siae_row(2, **change))
    (reject,) = reading.account.rejects
    assert (reject.row, reject.column) == (3, column)
    assert reason in reject.reason
    assert reject.remedy
    assert reject.value == change.get("city", change.get("siret", change.get("kind", "")))


def test_an_absent_siret_is_no_reason_to_lose_a_structure(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(
        tmp_path, attacher, siae_row(1, siret="0" * 14), siae_row(2, siret=""), siae_row(3, siret=f"{siret(3)}.0")
    )
    assert counts(reading) == {"accepted": 3}
    assert warned(reading) == {"siret_absent": 2, "identifier_as_number": 1}
    assert reading.tables["actors"]["actor_id"].is_unique


def test_without_a_point_or_with_one_elsewhere_the_position_is_the_commune(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(
        tmp_path,
        attacher,
        siae_row(1, longitude="", latitude=""),
        siae_row(2, longitude="abc"),
        siae_row(3, longitude="2.35", latitude="48.85"),
        siae_row(4, longitude="3,0573", latitude="50,6292", geocoding_score="0,3"),
    )
    actors = reading.tables["actors"]
    assert actors["position"].tolist() == ["commune", "commune", "commune", "address"]
    assert actors["longitude"].notna().tolist() == [False, False, False, True]
    assert warned(reading)["point_unreadable"] == warned(reading)["point_elsewhere"] == 1
    assert warned(reading)["geocoding_score_low"] == 1


def test_the_year_asked_for_wins_then_that_of_the_name(tmp_path: Path, attacher: Attacher) -> None:
    def vintage(name: str, year: int | None) -> tuple[int, str]:
        reading = read(tmp_path, attacher, siae_row(1), name=name, year=year)
        return int(reading.tables["actors"]["year"].item()), reading.account.vintage

    assert vintage("siae_2020-12.csv", None) == (2020, "2020-12")
    assert vintage("siae_2020-12.csv", 2020) == (2020, "2020-12")
    assert vintage("siae_2020-12.csv", 2019) == (2019, "2019")
    assert vintage("siae_2020.csv", None) == (2020, "2020")


def test_a_list_without_any_date_says_which_year_was_assumed(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, siae_row(1), name="liste.csv")
    assert warned(reading) == {"vintage": 1}
    assert "--year" in reading.account.warnings[0].message
    assert "supposé" in reading.account.vintage


@pytest.mark.real
def test_the_real_list(shared_data: Path, attacher: Attacher) -> None:
    (path,) = (shared_data / "actors").glob("siae_*.csv")
    reading = read_file(path, None, None, attacher)
    assert reading.reader.kind == "siae"
    assert reading.account.rows_read == 192
    assert counts(reading) == {"accepted": 80, "not_ess": 3, "outside": 109}
    actors = reading.tables["actors"]
    assert actors["position"].value_counts().to_dict() == {"address": 79, "commune": 1}
    assert set(reading.account.accepted_by_territory) == set("12345678")
    assert actors["sector"].notna().all()
    assert set(actors["year"]) == {2020}
