from __future__ import annotations

import pandas as pd
import pytest
import shapely

from geodata import coverage, perimeter
from geodata import geography as geographies
from geodata.build.manifest import digest
from geodata.folders import EMBEDDED
from geodata.geography import Geography
from geodata.territories import TERRITORIES


def test_communes_of_the_reference_table_with_their_territory(geography: Geography) -> None:
    assert dict(geography.communes["territory"]) == perimeter.members()
    assert list(geography.communes.index) == sorted(geography.communes.index)
    assert geography.communes.crs == "EPSG:2154"


def test_totals_of_the_official_sources(geography: Geography) -> None:
    assert geography.communes["population"].sum() == 1_194_040
    assert set(geography.communes["population_year"]) == {2022}
    assert geography.communes["area_km2"].sum() == pytest.approx(673.2, abs=0.05)
    assert geography.census["pop"].sum() == 1_187_909


def test_territories_are_their_communes(geography: Geography) -> None:
    sums = geography.communes.groupby("territory")[["population", "area_km2"]].sum()
    assert dict(geography.territories["population"]) == dict(sums["population"])
    assert geography.territories["area_km2"].to_numpy() == pytest.approx(sums["area_km2"].to_numpy(), abs=1e-3)
    coverage.check(list(geography.territories.geometry))
    for code, members in geography.communes.groupby("territory"):
        assert geography.territories.geometry[code].equals(shapely.union_all(members.geometry))


def test_names_are_those_of_the_reference_and_typeset(geography: Geography) -> None:
    assert list(geography.territories["name"]) == [territory.name for territory in TERRITORIES.values()]
    assert list(geography.territories.index) == list("12345678")
    assert geography.communes.name["59368"] == "La Madeleine"
    assert geography.communes.name["59009"] == "Villeneuve-d’Ascq"
    assert not geography.communes.name.str.contains("'").any()


def test_dates_of_entry(geography: Geography) -> None:
    entered = geography.communes.entered
    assert dict(entered.dropna().value_counts()) == {pd.Timestamp(2017, 1, 1): 5, pd.Timestamp(2020, 3, 14): 5}


def test_census_adds_up(geography: Geography) -> None:
    census = geography.census
    assert list(census.index) == list(geography.communes.index)
    ages = census[["pop_0_19", "pop_20_64", "pop_65p"]].sum(axis=1)
    assert (ages - census["pop"]).abs().max() <= 15  # blocks are rounded one by one
    homes = census[["res_principales", "res_secondaires", "logements_vacants"]].sum(axis=1)
    assert (homes - census["logements"]).abs().max() <= 150
    assert census["pop"]["59350"] > 230_000


def test_labels_are_inside(geography: Geography) -> None:
    for frame in (geography.communes, geography.territories, geography.orientation):
        points = shapely.points(frame["label_x"], frame["label_y"])
        assert shapely.contains(frame.geometry.to_numpy(), points).all()
        clearance = shapely.distance(shapely.boundary(frame.geometry.to_numpy()), points)
        assert (frame["label_radius"].to_numpy() <= clearance + 0.2).all()


def test_hellemmes_and_lomme_are_outlines_within_lille(geography: Geography) -> None:
    lille = geography.communes.geometry["59350"]
    assert list(geography.orientation.index) == ["59298", "59355"]
    for outline in geography.orientation.geometry:
        assert outline.difference(lille).area < 1
        shared = outline.boundary.intersection(lille.boundary).length
        assert 0.6 < shared / outline.length < 0.95


def test_neighbours_go_both_ways(geography: Geography) -> None:
    for code, others in geography.neighbours.items():
        assert others
        assert all(code in geography.neighbours[other] for other in others)
    assert "59356" in geography.neighbours["59350"]  # Lompret is next to Lille
    assert "59599" not in geography.neighbours["59350"]  # Tourcoing is not


def test_manifest_tells_the_sum_of_every_embedded_file(geography: Geography) -> None:
    files = geography.manifest["files"]
    assert set(files) == {path.name for path in EMBEDDED.iterdir()} - {"manifest.json"}
    for name, entry in files.items():
        assert entry["sha256"] == digest(EMBEDDED / name)
    assert sum(entry["bytes"] for entry in files.values()) < 300_000
    assert geography.manifest["totals"]["population"] == 1_194_040
    for package in geography.manifest["packages"]:
        assert len(package["sha256"]) == 64
        assert package["licence"]
        assert package["attribution"]


def test_a_folder_that_lacks_a_file_is_refused(tmp_path) -> None:
    with pytest.raises(FileNotFoundError):
        geographies.load(tmp_path)
