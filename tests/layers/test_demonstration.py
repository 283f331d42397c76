from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Transformer

from geodata import geography as geographies
from layers import demonstration, measure
from layers.demonstration import hidden
from layers.demonstration.grants import EUROS_BY_YEAR, INSTRUMENTS, STEP
from layers.demonstration.jobs import CLAP_LAST
from layers.demonstration.mix import NOUNS, SIZE_WEIGHTS
from layers.demonstration.origin import JOB_YEARS, YEARS
from layers.ess import FAMILIES, SECTORS
from layers.release import DEMONSTRATION, Release
from layers.series import Query
from layers.tables import COLUMNS, empty


@pytest.fixture(scope="module")
def release() -> Release:
    return demonstration.release()


@pytest.fixture(scope="module")
def latest(release: Release) -> pd.DataFrame:
    return release.actors[release.actors["year"] == YEARS[-1]]


def test_the_same_seed_draws_the_same_and_another_does_not(release: Release) -> None:
    again = demonstration.tables(release.geography)
    for name, frame in again.items():
        pd.testing.assert_frame_equal(frame, release.tables()[name])
    other = demonstration.tables(release.geography, seed=1)
    assert not other["actors"]["commune"].head(50).equals(again["actors"]["commune"].head(50))


def test_it_says_that_it_is_fictitious(release: Release) -> None:
    assert release.demonstration
    assert release.manifest["demonstration"] is True
    assert "fictifs" in release.manifest["caveats"][0]
    assert release.manifest["published"] is None
    assert release.manifest["id"] == release.id
    for frame in (release.actors, release.grants):
        assert frame["source"].eq(DEMONSTRATION).all()
        assert frame[["siret", "siren", "rna"]].isna().all(axis=None)
        assert frame["name"].str.contains(r" Démo \d{4} – ").all()
    assert release.grants["grantor"].str.contains("fictif").all()


def test_tables_have_the_columns_and_types_of_all_releases(release: Release) -> None:
    for name, frame in release.tables().items():
        assert list(frame.columns) == list(COLUMNS[name])
        assert not frame[list(COLUMNS[name])[-2:]].isna().any(axis=None)
    assert release.observations.empty
    assert set(release.jobs["year"]) == set(JOB_YEARS)
    assert not release.actors.duplicated(["actor_id", "year"]).any()
    assert release.grants["grant_id"].is_unique


def test_about_five_thousand_structures_open_and_close(release: Release) -> None:
    by_year = release.actors.groupby("year").size()
    assert list(by_year.index) == list(YEARS)
    assert 4_900 <= by_year[YEARS[-1]] <= 5_100
    assert by_year.is_monotonic_increasing
    there = {year: set(rows["actor_id"]) for year, rows in release.actors.groupby("year")}
    for before, after in pairwise(YEARS):
        assert there[before] - there[after]
        assert there[after] - there[before]
    for before, between, after in zip(YEARS, YEARS[1:], YEARS[2:], strict=False):
        assert not (there[before] & there[after]) - there[between], "a structure closed and reopened"
    unchanged = release.actors.groupby("actor_id")[["name", "commune", "sector", "family", "longitude"]].nunique()
    assert (unchanged == 1).all(axis=None)


def test_every_sector_and_family_is_there_with_plausible_shares(latest: pd.DataFrame) -> None:
    assert set(latest["sector"]) == set(SECTORS)
    assert set(latest["family"]) == set(FAMILIES) == set(NOUNS)
    assert set(latest["size_class"]) == set(SIZE_WEIGHTS)
    shares = latest["family"].value_counts(normalize=True)
    assert 0.77 < shares["association"] < 0.83
    assert shares.drop("association").between(0.015, 0.12).all()


def test_structures_are_spread_as_people_are(latest: pd.DataFrame, release: Release) -> None:
    communes = release.geography.communes
    counted = latest["commune"].value_counts().reindex(communes.index, fill_value=0)
    assert (counted > 0).mean() > 0.9
    assert np.corrcoef(counted, communes["population"])[0, 1] > 0.95
    assert set(latest["commune"].map(communes["territory"])) == set(release.geography.territories.index)
    rates = 1000 * counted / communes["population"]
    big = communes["population"] > 10_000
    assert rates[big].max() / rates[big].min() > 1.5, "a map of equal rates would show nothing"


def test_points_are_inside_their_commune(release: Release) -> None:
    actors = release.actors[release.actors["year"] == YEARS[0]]
    to_metres = Transformer.from_crs(4326, 2154, always_xy=True)
    x, y = to_metres.transform(actors["longitude"].to_numpy(), actors["latitude"].to_numpy())
    outlines = release.geography.communes.geometry.loc[actors["commune"].to_numpy()].to_numpy()
    assert shapely.contains_xy(outlines, x, y).all()
    assert set(actors["position"]) == {"address", "commune"}
    assert 0.89 < actors["position"].eq("address").mean() < 0.95
    addressed = actors[actors["position"] == "address"]
    assert not addressed.duplicated(["longitude", "latitude"]).any()


def test_grants_of_every_year_by_instrument(release: Release) -> None:
    grants = release.grants[release.grants["kind"].eq("voted")]
    euros = grants.groupby("year")["amount_cents"].sum() // 100
    for year, total in EUROS_BY_YEAR.items():
        assert 0 <= total - euros[year] < STEP * len(grants)
    assert euros.is_monotonic_increasing
    assert (grants["amount_cents"] % (STEP * 100) == 0).all()
    assert (grants["amount_cents"] >= STEP * 100).all()
    there = grants.groupby(["instrument", "year"]).size()
    assert len(there) == len(INSTRUMENTS) * len(YEARS)


def test_requests_and_payments_stand_beside_what_was_voted(release: Release) -> None:
    by = {kind: rows.set_index("grant_id") for kind, rows in release.grants.groupby("kind")}
    assert set(by) == {"asked", "voted", "paid"}
    for name, voted in by["voted"].iterrows():
        assert by["asked"].loc[f"{name}:asked", "amount_cents"] >= voted["amount_cents"]
        assert by["paid"].loc[f"{name}:paid", "amount_cents"] <= voted["amount_cents"]
    refused = by["asked"][by["asked"].index.str.endswith(":refused")]
    assert len(by["asked"]) == len(by["voted"]) + len(refused)
    assert 0.5 < len(refused) / len(by["voted"]) < 0.7
    assert (by["asked"]["amount_cents"] % (STEP * 100) == 0).all()


def test_the_follow_up_tells_the_story_of_the_grants(release: Release) -> None:
    table = release.programme
    assert set(table["theme"]) == {"call", "jobs", "budget", "meeting", "practice"}
    assert not table.duplicated(["entry_id", "measure"]).any()
    titles = table[table["theme"].ne("budget")]["title"]
    assert titles.str.contains("fictif|fictive", case=False).all()
    voted = release.grants[release.grants["kind"].eq("voted")]
    sums = table.groupby("measure")["value"].sum()
    assert sums["granted"] * 100 == voted["amount_cents"].sum()
    assert sums["laureate"] == len(voted)
    assert sums["budget_executed"] <= sums["granted"] <= sums["budget_voted"]
    assert sums["laureate"] <= sums["eligible"] <= sums["request"]
    late = table[table["measure"].str.endswith("_36")]
    assert late["year"].max() + 3 <= YEARS[-1]
    for kind in ("created", "maintained"):
        assert sums[f"jobs_{kind}_12"] <= sums[f"jobs_{kind}_planned"]


def test_grants_go_to_structures_of_the_year(release: Release) -> None:
    keys = ["name", "year", "sector", "family"]
    grants = release.grants[release.grants["kind"].eq("voted")]
    linked = grants.merge(release.actors, on=keys, suffixes=("", "_actor"), how="left")
    assert len(linked) == len(grants)
    assert linked["actor_id"].notna().all()
    placed = linked["commune"].notna()
    assert linked.loc[placed, "commune"].eq(linked.loc[placed, "commune_actor"]).all()
    assert 0 < (~placed).sum() < len(linked) / 8


def test_populations_stay_the_real_ones(release: Release) -> None:
    real = geographies.load().communes["population"]
    assert release.geography.communes["population"].equals(real)


def test_posts_fit_the_structures_and_are_among_those_of_all_employers(release: Release) -> None:
    posts = release.jobs.set_index("scope")
    ess, everyone = posts.loc["ess"], posts.loc["all"]
    employers = release.actors.groupby(["year", "commune", "sector", "family"])["size_class"].agg(
        lambda sizes: int((~sizes.isin(["NN", "00"])).sum())
    )
    keys = ["year", "commune", "sector", "family"]
    counted = ess[ess["year"].isin(YEARS) & (ess["posts"] > 0)].set_index(keys)["establishments"]
    assert counted.eq(employers.reindex(counted.index)).all()
    by = ["year", "commune", "sector"]
    total = everyone.set_index(by)[["posts", "establishments"]]
    part = ess.groupby(by)[["posts", "establishments"]].sum()
    assert (total.loc[part.index] > part).all(axis=None)
    assert (ess["largest"].fillna(0) <= ess["posts"]).all()
    assert set(ess["commune"]) == set(release.geography.communes.index)
    assert (everyone["largest"] <= everyone["posts"]).all()
    share = ess.groupby("year")["posts"].sum() / everyone.groupby("year")["posts"].sum()
    assert share.between(0.05, 0.15).all()


def test_the_older_source_of_the_posts_counts_fewer(release: Release) -> None:
    posts = release.jobs.groupby(["scope", "year"])["posts"].sum()
    after = min(year for year in JOB_YEARS if year > CLAP_LAST)
    for scope in ("ess", "all"):
        assert 1.05 < posts[scope, after] / posts[scope, CLAP_LAST] < 1.2
    assert sum(year <= CLAP_LAST for year in JOB_YEARS) > 1


def test_what_is_recorded_as_hidden_is_what_secrecy_hides(release: Release, tmp_path: Path) -> None:
    """The record spares seconds at the start; `python -m layers.demonstration.hidden` writes it again.

    Worked out again for the first year: the next ones follow from it, by the same steps.
    """
    assert set(release.secrecy["year"]) == set(JOB_YEARS)
    first = release.jobs[release.jobs["year"] == min(JOB_YEARS)]
    hidden.write(replace(release, jobs=first, secrecy=empty("secrecy")), tmp_path / "hidden.csv")
    told = ["scope", "year", "shape", "cells"]
    again, kept = (pd.read_csv(path, dtype=str)[told] for path in (tmp_path / "hidden.csv", hidden.RECORD))
    both = again.merge(kept, on=["scope", "year"], suffixes=("", "_kept"))
    assert len(both) == len(again) == 4
    assert both["cells"].equals(both["cells_kept"].rename("cells"))


def test_a_record_of_other_posts_is_not_used(release: Release) -> None:
    assert hidden.recorded(release.jobs.head(10)).empty


def test_secrecy_bites_and_leaves_most_to_see(release: Release) -> None:
    cells = measure.series(release, Query("jobs", "commune")).cells
    states = {cell.state for cell in cells}
    assert {"value", "suppressed"} <= states
    assert 0 < sum(cell.state == "suppressed" for cell in cells) < len(cells) / 2
    assert all(cell.state == "value" for cell in measure.series(release, Query("jobs")).cells)
