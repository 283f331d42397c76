"""The real official files, from the file to the release."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.importing import import_files
from layers.store import Store

pytestmark = pytest.mark.real

FILES = {
    "siae": "actors/siae_les-emplois_2020-12_nord_geocoded.csv",
    "jaune": "funding/jaune_plf2012_associations_subventionnees_2010_dep59.csv",
    "filosofi": "aggregates/filosofi_2021_communes_dep59.csv",
    "population": "aggregates/populations_municipales_2013-2021_communes_dep59.csv",
}


def test_the_order_of_real_imports_does_not_change_the_release(shared_data: Path, tmp_path: Path) -> None:
    paths = [shared_data / file for file in FILES.values()]
    together = import_files(paths, Store(tmp_path / "together"))
    one_by_one = Store(tmp_path / "one")
    for path in reversed(paths):
        assert import_files([path], one_by_one).exit_status == 0
    assert one_by_one.current() == together.release


def test_what_was_imported_is_in_the_release(shared_data: Path, tmp_path: Path) -> None:
    store = Store(tmp_path)
    report = import_files([shared_data / file for file in FILES.values()], store)
    release = store.load(report.release or "")
    accounts = {source["kind"]: source["account"] for source in release.manifest["sources"]}
    assert set(accounts) == set(FILES)
    assert accounts["jaune"]["amount_total"] == 25_291_590
    assert release.grants["amount_cents"].sum() == 2_529_159_000
    assert release.grants["siren"].nunique() == 396
    assert accounts["siae"]["rows_accepted"] + accounts["siae"]["rows_not_ess"] == 83
    assert len(release.actors) == accounts["siae"]["rows_accepted"]
    people = release.observations[release.observations["variable"] == "population"].groupby("year")["value"].sum()
    assert (people[2013], people[2021]) == (1_159_071, 1_187_907)
