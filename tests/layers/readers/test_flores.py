from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from geodata.attach import Attacher
from layers import measure
from layers.cube import UNKNOWN
from layers.readers import Reading, detect, read_file
from layers.release import Release
from layers.series import Query
from layers.size_classes import size_class_of
from tests.factories import COMMUNES, ROUBAIX
from tests.layers.readers.fictitious import write
from tests.layers.secrecy.invented_jobs import shown

HEADER = ["CODGEO", "annee", "champ", "secteur", "famille", "etablissements", "postes", "plus_grand_etablissement"]
LILLE = ["59350", "2022", "", "88", "Associations", "12", "340", "80"]


def read(folder: Path, attacher: Attacher, *rows: list[str]) -> Reading:
    return read_file(write(folder, HEADER, list(rows)), None, None, attacher)


def changed(row: list[str], **changes: str) -> list[str]:
    return [changes.get(name, cell) for name, cell in zip(HEADER, row, strict=True)]


def jobs(reading: Reading) -> pd.DataFrame:
    return reading.tables["jobs"]


def test_the_columns_are_recognised_under_usual_names() -> None:
    for header in (HEADER, ["code_commune", "nb_etablissements", "postes_31_12"], ["codgeo", "NBET", "NBSAL"]):
        found = detect(header)
        assert found
        assert found.kind == "flores"


def test_divisions_of_one_sector_make_one_row(tmp_path: Path, attacher: Attacher) -> None:
    more = changed(LILLE, secteur="87", etablissements="3", postes="60", plus_grand_etablissement="50")
    found = jobs(read(tmp_path, attacher, LILLE, more)).iloc[0]
    assert found[["sector", "posts", "establishments", "largest", "state"]].tolist() == [
        "action-sociale",
        400.0,
        15.0,
        80.0,
        "value",
    ]


def test_a_secret_stays_one_and_hides_the_sector_it_is_part_of(tmp_path: Path, attacher: Attacher) -> None:
    secret = changed(LILLE, secteur="87", etablissements="1", postes="s", plus_grand_etablissement="")
    found = jobs(read(tmp_path, attacher, LILLE, secret)).iloc[0]
    assert found["state"] == "suppressed"
    assert pd.isna(found["posts"])


def test_totals_are_control_rows_never_added(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, LILLE, changed(LILLE, secteur="Ensemble"))
    assert reading.account.rows["control"] == 1
    assert jobs(reading)["posts"].tolist() == [340.0]


def test_all_employers_are_told_by_the_scope(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, LILLE, changed(LILLE, champ="tous employeurs", famille="", postes="9000"))
    assert jobs(reading).set_index("scope")["posts"].to_dict() == {"ess": 340.0, "all": 9000.0}


def test_private_employers_are_a_scope_of_their_own_and_another_word_is_refused(
    tmp_path: Path, attacher: Attacher
) -> None:
    private = changed(LILLE, champ="Employeurs privés", secteur="84", famille="", postes="7000")
    reading = read(tmp_path, attacher, LILLE, private, changed(LILLE, champ="Outre-mer"))
    assert jobs(reading).set_index("scope")["posts"].to_dict() == {"ess": 340.0, "private": 7000.0}
    assert [reject.column for reject in reading.account.rejects] == ["champ"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("1 à 9 salariés", "1-9"),
        ("E5T9", "1-9"),
        ("11", "10-19"),
        ("E_GE500", "100-plus"),
        ("50 salariés et plus", None),
    ],
)
def test_size_classes(text: str, slug: str | None) -> None:
    assert size_class_of(text) == slug


def test_a_table_may_be_cut_by_size_and_its_totals_are_checked(tmp_path: Path, attacher: Attacher) -> None:
    sized = [[*LILLE, "1 à 9 salariés"], [*LILLE, "10 à 19 salariés"], [*changed(LILLE, postes="681"), "Ensemble"]]
    lone = [*changed(LILLE, secteur="85", postes="90"), "Ensemble"]
    path = write(tmp_path, [*HEADER, "taille"], [*sized, lone, [*LILLE, "moyenne"]])
    reading = read_file(path, None, None, attacher)
    assert jobs(reading).set_index("size_class")["posts"].to_dict() == {"1-9": 340.0, "10-19": 340.0}
    assert reading.account.rows["control"] == 2
    assert {"total_differs", "total_alone"} <= {warning.code for warning in reading.account.warnings}
    assert [reject.column for reject in reading.account.rejects] == ["taille"]


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"postes": "trois"}, "postes", "illisible"),
        ({"postes": "-3"}, "postes", "invraisemblable"),
        ({"postes": ""}, "postes", "absent"),
        ({"plus_grand_etablissement": "341"}, "plus_grand_etablissement", "au-dessus"),
        ({"secteur": "Tourisme"}, "secteur", "inconnu"),
        ({"famille": "Régies"}, "famille", "inconnue"),
        ({"annee": "22"}, "annee", "illisible"),
        ({"CODGEO": "5935"}, "CODGEO", "zéro initial"),
        ({"postes": "341"}, "CODGEO", "mêmes catégories que ligne 2"),
    ],
)
def test_what_is_wrong_is_refused_with_its_column(
    tmp_path: Path, attacher: Attacher, changes: dict[str, str], column: str, reason: str
) -> None:
    reading = read(tmp_path, attacher, LILLE, changed(LILLE, **changes))
    (reject,) = reading.account.rejects
    assert (reject.row, reject.column) == (3, column)
    assert reason in reject.reason
    assert reject.remedy


def test_an_activity_out_of_the_ess_and_a_commune_outside_are_counted_apart(tmp_path: Path, attacher: Attacher) -> None:
    reading = read(tmp_path, attacher, LILLE, changed(LILLE, secteur="84"), changed(LILLE, CODGEO="59178"))
    assert (reading.account.rows["not_ess"], reading.account.rows["outside"]) == (1, 1)


def published(reading: Reading) -> Release:
    rows = jobs(reading).astype(object)
    return shown(rows.where(rows.notna(), None).to_dict("records"))


def test_the_total_of_a_commune_is_taken_as_published_where_its_detail_is_secret(
    tmp_path: Path, attacher: Attacher
) -> None:
    """Nothing of the detail is told by it, and the sums over that commune are there."""
    rows = [changed(LILLE, CODGEO=code, secteur=sector) for code in COMMUNES for sector in ("88", "85")]
    secret = {"postes": "s", "etablissements": "s", "plus_grand_etablissement": ""}
    rows = [changed(row, **secret) if row[0] == ROUBAIX else row for row in rows]
    all_of_it = {"secteur": "Ensemble", "famille": "Ensemble", "postes": "500", "etablissements": "20"}
    without = published(read(tmp_path, attacher, *rows))
    with_it = published(read(tmp_path, attacher, *rows, changed(LILLE, CODGEO=ROUBAIX, **all_of_it)))
    place = Query("jobs", level="commune")
    assert measure.series(without, place).cell(ROUBAIX).state == "suppressed"
    assert measure.series(without, Query("jobs")).total.state == "suppressed"
    assert measure.series(with_it, place).cell(ROUBAIX).value == 500
    assert measure.series(with_it, Query("jobs")).total.value == 500 + 2 * 340 * (len(COMMUNES) - 1)
    for cut in ({"sector": "action-sociale"}, {"sector": "enseignement"}, {"sector": UNKNOWN}, {"family": UNKNOWN}):
        assert measure.series(with_it, replace(place, **cut)).cell(ROUBAIX).state == "suppressed", cut
    assert measure.series(with_it, replace(place, sector="enseignement")).cell("59350").value == 340


def test_a_total_without_detail_is_of_no_known_category(tmp_path: Path, attacher: Attacher) -> None:
    whole = changed(LILLE, CODGEO=ROUBAIX, secteur="Ensemble", famille="Ensemble", postes="500", etablissements="20")
    reading = read(tmp_path, attacher, LILLE, whole)
    kept = jobs(reading).set_index("commune").loc[ROUBAIX]
    assert (kept["posts"], kept["establishments"], kept["state"]) == (500, 20, "value")
    assert pd.isna(kept["sector"])
    assert "total_kept" in {warning.code for warning in reading.account.warnings}
