"""Attack across releases: two of one year, the second with two establishments more, all their answers as one system."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app import create_server
from dashboard.actions import measures
from dashboard.portrait.place import place
from dashboard.services import Services
from dashboard.settings import Settings
from dashboard.versions import freezing, withheld
from dashboard.versions.content import report
from geodata.folders import EMBEDDED
from geodata.perimeter import members
from layers import current
from layers.current import CurrentRelease
from layers.ess import SECTORS
from layers.preparation import secrecy
from layers.secrecy.table import Line
from layers.store import Store
from layers.written.actions import Action
from layers.written.database import Database
from layers.written.versions import Version
from tests.factories import COMMUNES
from tests.layers.invented import source
from tests.layers.secrecy.invented_jobs import drawn, job, shown
from tests.layers.secrecy.projection import System

PLACE, SECTOR = "59350", "enseignement"
SOME = (*[one for one in SECTORS if one != SECTOR][:4], SECTOR)
PACK = re.compile(r"/pack/[^\"]+")
FOUND = {"posts": 6.0, "establishments": 2.0, "largest": 4.0}
"""What the second release has more: secret, were it not for the difference."""
Cell = tuple[str, str | None]
"""Area and sector."""


def rows() -> list[dict[str, Any]]:
    """Posts by sector of every commune, none of them in the one sector of the one place."""
    held = [row for row in drawn(employers=250) if row["scope"] == "ess"]
    held = [row for row in held if row["sector"] in SOME and (row["commune"], row["sector"]) != (PLACE, SECTOR)]
    added: dict[tuple[str, str], dict[str, Any]] = {}
    for row in held:
        one = added.setdefault((row["commune"], row["sector"]), job(row["commune"], sector=row["sector"], posts=0.0))
        whole = {name: row[name] + (one[name] if one["posts"] else 0.0) for name in ("posts", "establishments")}
        one |= {**whole, "largest": max(row["largest"], one["largest"] if one["posts"] else 0.0), "family": None}
        one["state"] = "value"
    none = {"posts": 0.0, "establishments": 0.0, "largest": 0.0, "sector": SOME[0], "family": None}
    empty = [job(code, **none) for code in COMMUNES if (code, SOME[0]) not in added]
    return [*added.values(), *empty]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("releases")


@pytest.fixture(scope="module")
def ids(folder: Path) -> tuple[str, str]:
    """The release of the posts, and the one with two establishments more, which is shown."""
    store = Store(folder)
    return published(store, rows()), published(store, [*rows(), job(PLACE, sector=SECTOR, family=None, **FOUND)])


def published(store: Store, posts: list[dict[str, Any]], **tables: Any) -> str:
    whole = {**shown(posts).tables(), **tables}
    return store.publish({**whole, "secrecy": secrecy(whole)}, [source("flores", "2022")], EMBEDDED)


def asked(folder: Path, ids: tuple[str, str]) -> list[Mapping[Cell, float | None]]:
    """All that the API answers of the posts of each release."""
    client = create_server(Settings(data_dir=folder)).test_client()
    found: list[Mapping[Cell, float | None]] = []
    for release in ids:
        cells: dict[Cell, float | None] = {}
        for level, sector in product(("territory", "commune"), (None, *SOME)):
            query = {"level": level, "release": release} | ({"sector": sector} if sector else {})
            body = json.loads(client.get("/api/v1/indicators/jobs", query_string=query).text)
            cells |= {(one["code"], sector): one["value"] for one in (body["total"], *body["values"])}
        found.append(cells)
    return found


def known(answers: list[Mapping[Cell, float | None]]) -> set[tuple[int, Cell]]:
    """Hidden cells that follow from the lines of both releases, for one who knows which cells are the same in both."""
    place = {(n, cell): i for i, (n, cell) in enumerate((n, cell) for n in (0, 1) for cell in answers[n])}
    inside, lines = members(), []
    for n, answered in enumerate(answers):
        for area, sector in answered:
            parts = [(area, one) for one in SOME] if sector is None else []
            lines.append((n, (area, sector), parts))
            codes = sorted({*inside.values()}) if area == "mel" else [c for c, t in inside.items() if t == area]
            lines.append((n, (area, sector), [(code, sector) for code in codes]))
    touched = {(area, sector) for area in (PLACE, inside[PLACE], "mel") for sector in (SECTOR, None)}
    system = [Line(place[0, cell], np.array([place[1, cell]])) for cell in answers[0] if cell not in touched]
    for n, total, parts in lines:
        some = [place[n, part] for part in parts if answers[n][part] != 0]
        if some:
            system.append(Line(place[n, total], np.array(some)))
    unknown = np.array([answers[n][cell] is None for n, cell in place])
    names = list(place)
    return {names[i] for i in System(system, len(names)).known(unknown)}


def test_two_releases_give_nothing_away_together(folder: Path, ids: tuple[str, str]) -> None:
    first, second = asked(folder, ids)
    assert set(first.values()) == {None}
    assert second[PLACE, SECTOR] is None
    assert second["mel", None] == sum(row["posts"] for row in rows()) + FOUND["posts"]
    assert sum(value is not None for value in second.values()) > 100
    assert {cell for _, cell in known([first, second]) if second[cell] is None} == set()


def test_were_the_older_one_served_whole_they_would(
    folder: Path, ids: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "beside", lambda older, _shown: older)
    assert (1, (PLACE, SECTOR)) in known(asked(folder, ids))


def test_whichever_is_shown_the_other_one_is_withdrawn(folder: Path, ids: tuple[str, str]) -> None:
    """Rolled back, or pinned by ``ESS_RELEASE``: of one year one state of the posts is served."""
    store = Store(folder)
    try:
        store.make_current(ids[0])
        for holder in (CurrentRelease(store), CurrentRelease(store, pinned=ids[0])):
            assert not holder.get().jobs["posts"].isna().any()
            other = holder.get(ids[1])
            assert other.jobs["posts"].isna().all()
            assert other.manifest["instead"] == ids[0]
    finally:
        store.make_current(ids[1])


def test_a_server_that_runs_keeps_nothing_of_what_it_showed(
    folder: Path, ids: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages and compressed packs that were made while the release was shown."""
    monkeypatch.setattr(current, "CHECK_EVERY", 0.0)
    client = create_server(Settings(data_dir=folder)).test_client()
    page = f"/carte?indicator=jobs&release={ids[1]}"
    pack = PACK.search(client.get(page).text)
    assert pack
    asked = [page, pack[0].replace("&amp;", "&"), f"/comparer?release={ids[1]}"]
    before = [client.get(address, headers={"Accept-Encoding": "br"}).data for address in asked]
    store = Store(folder)
    try:
        store.make_current(ids[0])
        client.get("/health")
        after = [client.get(address, headers={"Accept-Encoding": "br"}).data for address in asked]
        assert not set(before) & set(after)
        assert "retirés" in client.get(page).text
    finally:
        store.make_current(ids[1])


def test_posts_that_are_the_same_stay(folder: Path, ids: tuple[str, str]) -> None:
    store = Store(folder)
    try:
        more = [*rows(), job(PLACE, sector=SECTOR, family=None, **FOUND), job(PLACE, year=2021, family=None)]
        third = published(store, more)
        holder = CurrentRelease(store)
        assert holder.get().id == third
        assert holder.get(ids[1]).jobs["posts"].notna().all()
        assert holder.get(ids[0]).jobs["posts"].isna().all()
    finally:
        store.make_current(ids[1])


def test_what_is_withdrawn_is_said_and_kept_by_nobody(folder: Path, ids: tuple[str, str]) -> None:
    client = create_server(Settings(data_dir=folder)).test_client()
    body = client.get(f"/api/v1/indicators/jobs?release={ids[0]}").json
    assert body["total"]["state"] == "suppressed"
    assert "retirés" in body["notes"][0]
    assert ids[1] in body["notes"][0]
    assert "retirés" in client.get(f"/carte?indicator=jobs&release={ids[0]}").text
    traced = client.get(f"/api/v1/indicators/jobs/origin?area=mel&release={ids[0]}")
    assert (traced.json["state"], traced.json["parts"]) == ("suppressed", [])
    assert "immutable" not in traced.headers["Cache-Control"]
    for indicator, lasting in (("jobs", False), ("population", True)):
        address = PACK.search(client.get(f"/carte?indicator={indicator}&release={ids[1]}").text)
        assert address
        assert ("immutable" in client.get(address[0].replace("&amp;", "&")).headers["Cache-Control"]) == lasting
    alone = create_server(Settings(data_dir=folder, ESS_RELEASE=ids[0])).test_client()
    tags = [one.get(f"/api/v1/indicators/jobs?release={ids[0]}").headers["ETag"] for one in (client, alone)]
    assert tags[0] != tags[1]


def test_what_was_copied_out_of_it_is_withheld(folder: Path, ids: tuple[str, str]) -> None:
    """Figures of a frozen version, with its digest, and the baseline of an action."""
    store = Store(folder)
    before = Services(store, CurrentRelease(store, pinned=ids[0])).view("")
    after = Services(store, CurrentRelease(store)).view("")
    database = Database(Settings(data_dir=folder).database)
    held = freezing.content(database, before, place(before, "mel"))
    version = Version("mel", 1, "draft", ids[0], json.dumps(held), digest="abc", created="2026-11-03T00:00:00+00:00")
    assert withheld.read(before, version) == version
    told = withheld.read(after, version)
    figures = {one["indicator"]: one for one in told.held["figures"]}
    assert figures["jobs"]["value"] is None
    assert figures["population"] in held["figures"]
    printed = " ".join(report(after, place(after, "mel"), told).lines)
    assert "abc" not in printed
    assert "retirés" in printed
    one = Action("1", "Action fictive", indicator="jobs", baseline=5_512.0, baseline_year=2022,
                 baseline_state="value", baseline_release=ids[0])  # fmt: skip
    assert "512" in measures.started(before, one)
    assert "512" not in measures.started(after, one)
