"""The made-up cases of official layouts handed over with the real files: what each says, and what is never taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.attach import Attacher
from layers.readers import Reading, read_file
from layers.sirene.bundle import read_bundle
from layers.sirene.opening import recognise
from layers.unreadable import UnreadableFile

pytestmark = pytest.mark.real

MEL = ["59350", "59512", "59599", "59009"]


@pytest.fixture
def cases(shared_data: Path) -> Path:
    return shared_data / "cases" / "import"


def values(reading: Reading) -> dict[tuple[str, int], dict[str, float]]:
    found: dict[tuple[str, int], dict[str, float]] = {}
    for row in reading.tables["observations"].to_dict("records"):
        found.setdefault((row["variable"], row["year"]), {})[row["commune"]] = row["value"]
    return found


def test_total_employment_is_never_posts_of_the_ess(cases: Path, attacher: Attacher) -> None:
    reading = read_file(cases / "s01_emploi_total_2023.csv", None, None, attacher)
    assert set(reading.tables["jobs"]["scope"]) == {"all"}


def test_companies_of_type_ei_are_no_insertion(cases: Path, attacher: Attacher) -> None:
    assert read_file(cases / "s03_entreprises_type_EI_2024.csv", None, None, attacher).reader.kind == "table"


def test_an_index_of_visits_is_none_of_prices(cases: Path, attacher: Attacher) -> None:
    with pytest.raises(UnreadableFile, match="inconnu"):
        read_file(cases / "s05_annee_indice_2024.csv", None, None, attacher)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "s28_comparateur_2022.csv",
            {
                ("population", 2022): {"59350": 100_000, "59512": 90_000},
                ("population", 2016): {"59350": 99_000, "59512": 89_000},
                ("median_income", 2021): {"59350": 20_000, "59512": 15_000},
            },
        ),
        (
            "r31_filosofi_long_2021.csv",
            {
                ("median_income", 2021): dict.fromkeys(MEL, 20_000),
                ("poverty_rate", 2021): dict.fromkeys(MEL, 25),
            },
        ),
        (
            "r34_populations_historiques.xlsx",
            {
                ("population", 2020): dict.fromkeys(MEL, 98_000),
                ("population", 2021): dict.fromkeys(MEL, 99_000),
                ("population", 2022): dict.fromkeys(MEL, 100_000),
            },
        ),
        ("r35_serie_historique_2021.csv", {("population", 2015): dict.fromkeys(MEL, 99_001)}),
        ("r41_demandeurs_trimestres.xlsx", {("jobseekers", 2023): dict.fromkeys(MEL, 1_015)}),
    ],
)
def test_tables_of_communes(
    name: str, expected: dict[tuple[str, int], dict[str, float]], cases: Path, attacher: Attacher
) -> None:
    found = values(read_file(cases / name, None, None, attacher))
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("name", "kind", "accepted", "cents", "vintage"),
    [
        ("r36_rna_import_20240101.csv", "rna", 3, 0, "2024"),
        ("r40_jaune_nr_chorus.csv", "jaune", 3, 600_050, "PLF 2025"),
    ],
)
def test_lists_and_payments(
    name: str, kind: str, accepted: int, *, cents: int, vintage: str, cases: Path, attacher: Attacher
) -> None:
    reading = read_file(cases / name, None, None, attacher)
    account = reading.account
    assert (reading.reader.kind, account.rows["accepted"], account.rows["rejected"]) == (kind, accepted, 0)
    assert (account.cents["accepted"], account.vintage) == (cents, vintage)


def test_an_extract_of_sirene_of_both_levels(cases: Path, attacher: Attacher) -> None:
    found = recognise(cases / "r43_sirene_fr_2024.csv")
    assert found
    (reading,) = read_bundle([found], None, attacher)
    assert reading.account.rows["accepted"] == 2
