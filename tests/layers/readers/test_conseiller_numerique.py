from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geodata.attach import Attacher
from layers.readers import Reading, read_file
from tests.layers.readers.fictitious import CONSEILLER, conseiller_row, siret, write


def read(folder: Path, attacher: Attacher, *rows: list[str], name: str = "conseillers_2022-12.csv") -> Reading:
    return read_file(write(folder, CONSEILLER, rows, name), "conseiller-numerique", None, attacher)


def test_only_a_stated_association_with_a_checked_siret_is_certain(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(
        tmp_path,
        attacher,
        conseiller_row(1, nom="Association du Papier"),
        conseiller_row(2, nom="ASS. DU CARTON"),
        conseiller_row(3, nom="Association sans numéro", pivot="0" * 14),
        conseiller_row(4, nom="Maison des associations"),
        conseiller_row(5, nom="Assistance fictive"),
    )
    actors = reading.tables["actors"]
    assert actors["ess"].tolist() == ["yes", "yes", "to_review", "to_review", "to_review"]
    assert [None if pd.isna(family) else family for family in actors["family"]] == ["association"] * 2 + [None] * 3
    assert actors["sector"].isna().all()


def test_public_bodies_zero_numbers_and_repeats(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(
        tmp_path,
        attacher,
        conseiller_row(1),
        conseiller_row(1, nom="Même numéro"),
        conseiller_row(2, nom="CCAS", pivot="0" * 14),
        conseiller_row(3, nom="Sans enseigne", pivot="26590512500018"),
        conseiller_row(4, pivot="0" * 14),
        conseiller_row(4, pivot="0" * 14),
        conseiller_row(5, commune="DOUAI", code_postal="59500"),
    )
    assert dict(reading.account.rows) == {"accepted": 2, "duplicate": 2, "not_ess": 2, "outside": 1}
    assert next(w.count for w in reading.account.warnings if w.code == "siret_absent") == 3


def test_the_edition_is_read_in_the_contents_where_the_name_has_none(tmp_path: Path, attacher: Attacher) -> None:
    rows = [conseiller_row(1, date_maj="2021-05-02"), conseiller_row(2, date_maj="2022-07-14")]
    reading = read(tmp_path, attacher, *rows, name="conseillers.csv")
    assert reading.account.vintage == "2022-07"
    assert set(reading.tables["actors"]["year"]) == {2022}


def test_a_refused_number_is_told(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, conseiller_row(1), conseiller_row(2, pivot="4.18664E+13"))
    (reject,) = reading.account.rejects
    assert (reject.row, reject.column, reject.value) == (3, "pivot", "4.18664E+13")
    assert siret(1) in set(reading.tables["actors"]["siret"])


@pytest.mark.real
def test_the_real_list(shared_data: Path, attacher: Attacher) -> None:
    (path,) = (shared_data / "actors").glob("conseiller-numerique*.csv")
    reading = read_file(path, None, None, attacher)
    rows = reading.account.rows
    assert reading.account.rows_read == 181
    assert rows["accepted"] + rows["not_ess"] + rows["duplicate"] == 28
    assert (rows["not_ess"], rows["duplicate"], rows["rejected"]) == (10, 1, 0)
    assert next(w.count for w in reading.account.warnings if w.code == "siret_absent") == 89
    assert not reading.tables["actors"]["name"].str.contains("CCAS|Mairie|COMMUNE", case=False).any()
