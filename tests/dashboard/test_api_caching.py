"""How long answers hold: validators by release and query, for ever where the address names the release."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.api import caching
from dashboard.api.route import BASE
from dashboard.api.routes import ROUTES
from layers import current
from tests.dashboard import invented_release

PATHS = [route.path.replace("{key}", "actors") for route in ROUTES.values()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("caching")
    invented_release.publish(made)
    return made


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    return invented_release.client(invented_release.services(folder))


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_that_is_held_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(BASE + path)
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    for held in (tag, f'"autre", {tag}', f"W/{tag}", tag[:-1] + ':br"', "*"):
        again = client.get(BASE + path, headers={"If-None-Match": held})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"].strip('"').startswith(tag.strip('"'))
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert client.get(BASE + path, headers={"If-None-Match": '"autre"'}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_for_ever_where_the_release_is_named(client: FlaskClient, path: str) -> None:
    shown = client.get(f"{BASE}/releases").json["release"]
    assert client.get(BASE + path).headers["Cache-Control"] == "no-cache"
    pinned = client.get(f"{BASE}{path}?release={shown}")
    disputable = path == "/indicators/actors"
    wanted = "no-cache" if disputable else "public, max-age=31536000, immutable"
    assert pinned.headers["Cache-Control"] == wanted


def test_two_spellings_of_one_request_have_one_validator(client: FlaskClient) -> None:
    one = client.get(f"{BASE}/actors?sector=divers&territory=8")
    other = client.get(f"{BASE}/actors?territory=8&page=&sector=divers")
    assert one.headers["ETag"] == other.headers["ETag"]
    assert one.data == other.data


def test_every_request_and_address_has_its_own_validator(client: FlaskClient) -> None:
    asked = [
        *PATHS,
        "/territories?perimeter=85",
        "/indicators/population",
        "/indicators/actors?level=commune",
        "/actors?page=2",
        "/actors?q=essai",
    ]
    assert len({client.get(BASE + path).headers["ETag"] for path in asked}) == len(asked)


def test_another_program_has_other_validators(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.get(f"{BASE}/territories").headers["ETag"]
    monkeypatch.setattr(caching, "program", lambda: "autre version")
    assert client.get(f"{BASE}/territories").headers["ETag"] != before


def test_a_new_release_changes_the_answers_and_leaves_the_named_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = invented_release.publish(tmp_path)
    client = invented_release.client(invented_release.services(tmp_path))
    before = {path: client.get(BASE + path) for path in PATHS}
    pinned = {path: client.get(f"{BASE}{path}?release={first}") for path in PATHS}
    following = client.get(f"{BASE}/actors").json["next"]
    monkeypatch.setattr(current, "CHECK_EVERY", 0.0)
    second = invented_release.publish(tmp_path, number=60)
    os.utime(tmp_path / "current", (time.time() + 5, time.time() + 5))
    assert client.get(f"{BASE}/indicators").json["release"] == second
    for path in PATHS:
        assert client.get(BASE + path).headers["ETag"] != before[path].headers["ETag"]
        again = client.get(f"{BASE}{path}?release={first}")
        assert again.data == pinned[path].data
        assert again.headers["ETag"] == pinned[path].headers["ETag"]
    page = client.get(following).json
    assert (page["release"], page["page"]) == (first, 2)
    assert {manifest["id"] for manifest in client.get(f"{BASE}/releases").json["releases"]} == {second, first}
