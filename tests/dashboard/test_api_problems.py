"""Errors of the API: problem details that name the parameter, its value and what is allowed; never a 500."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.api.problems import KINDS, MEDIA_TYPE
from dashboard.api.route import BASE
from dashboard.api.routes import ROUTES
from layers.indicators import INDICATORS
from tests.dashboard import invented_release


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("problems")
    invented_release.publish(folder)
    return invented_release.client(invented_release.services(folder))


def problem(client: FlaskClient, path: str, status: int, method: str = "GET") -> dict[str, Any]:
    response = client.open(BASE + path, method=method)
    assert response.status_code == status, response.text
    assert response.content_type == MEDIA_TYPE
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    told: dict[str, Any] = json.loads(response.data)
    assert {"type", "title", "status", "detail", "instance"} <= set(told)
    assert told["status"] == status
    assert told["type"] in {kind.uri for kind in KINDS.values()}
    return told


@pytest.mark.parametrize(
    ("path", "parameter", "value", "allowed"),
    [
        ("/territories?perimeter=86", "perimeter", "86", ["85", "90", "95"]),
        ("/indicators/actors?level=region", "level", "region", ["territory", "commune"]),
        ("/indicators/actors?year=1999", "year", "1999", ["2019", "2020"]),
        ("/indicators/actors?year=deux", "year", "deux", ["2019", "2020"]),
        ("/indicators/jobs?year=deux", "year", "deux", None),
        ("/indicators/actors?territory=9", "territory", "9", list("12345678")),
        ("/actors?commune=75056", "commune", "75056", invented_release.COMMUNES),
        ("/actors?ess=no", "ess", "no", ["yes", "to_review"]),
        ("/actors?page=0", "page", "0", None),
        ("/actors?page=-1", "page", "-1", None),
        ("/actors?page=9999999999", "page", "9999999999", None),
        ("/actors?page=99", "page", "99", None),
        ("/actors?page=%C2%B2", "page", "²", None),
        ("/actors?q=%21%21", "q", "!!", None),
        ("/grants?year=2011", "year", "2011", ["2010"]),
    ],
)
def test_a_value_that_is_not_allowed(
    client: FlaskClient, path: str, parameter: str, value: str, allowed: list[str] | None
) -> None:
    told = problem(client, path, 400)
    assert (told["parameter"], told["value"]) == (parameter, value)
    assert told.get("allowed") == allowed
    assert parameter in told["detail"]
    assert value in told["detail"]
    assert told["instance"] == BASE + path


@pytest.mark.parametrize("path", [route.path for route in ROUTES.values() if not route.path_parameters])
def test_a_parameter_that_does_not_exist(client: FlaskClient, path: str) -> None:
    told = problem(client, f"{path}?couleur=bleu", 400)
    route = next(route for route in ROUTES.values() if route.path == path)
    assert told["parameter"] == "couleur"
    assert told["allowed"] == route.names
    assert all(name in told["detail"] for name in route.names)


def test_a_parameter_given_twice(client: FlaskClient) -> None:
    assert problem(client, "/actors?page=1&page=2", 400)["parameter"] == "page"


def test_an_empty_value_is_none_at_all(client: FlaskClient) -> None:
    bare = client.get(f"{BASE}/actors")
    empty = client.get(f"{BASE}/actors?sector=&q=&page=&release=")
    assert empty.data == bare.data
    assert empty.headers["ETag"] == bare.headers["ETag"]


def test_an_unknown_release_names_the_known_ones(client: FlaskClient) -> None:
    shown = client.get(f"{BASE}/releases").json["release"]
    for name in ("0123456789ab", "../current", "zzz"):
        told = problem(client, f"/indicators?release={name}", 400)
        assert told["parameter"] == "release"
        assert told["allowed"] == [shown]


def test_what_does_not_exist(client: FlaskClient) -> None:
    assert problem(client, "/indicators/inconnu", 404)["allowed"] == list(INDICATORS)
    for path in ("", "/", "/rien", "/indicators/", "/indicators/a/b", "/territories/"):
        assert f"{BASE}/openapi.json" in problem(client, path, 404)["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/territories", "/indicators/actors", "/openapi.json"])
def test_read_only(client: FlaskClient, method: str, path: str) -> None:
    problem(client, path, 405, method)
    assert client.open(BASE + path, method=method).headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_browser_may_ask_first(client: FlaskClient) -> None:
    response = client.options(f"{BASE}/territories", headers={"Origin": "https://exemple.fr"})
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]


def test_a_fault_of_the_server_is_told_without_its_insides(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret insides")

    monkeypatch.setattr("layers.measure.series", fail)
    told = problem(client, "/indicators/actors", 500)
    assert "secret" not in json.dumps(told)
    assert "secret insides" in caplog.text


NAMES = st.sampled_from([*{name for route in ROUTES.values() for name in route.names}, "x", "Level", "sector[]"])
TEXTS = st.one_of(
    st.sampled_from(["85", "95", "territory", "commune", "3", "59350", "divers", "inconnu", "2020", "1", "yes", ""]),
    st.text(max_size=30),
    st.integers().map(str),
)
PATHS = st.one_of(
    st.sampled_from([route.path for route in ROUTES.values() if not route.path_parameters]),
    st.sampled_from([f"/indicators/{key}" for key in INDICATORS]),
    st.text(max_size=12).map(lambda text: f"/indicators/{text}"),
)


@settings(max_examples=300, deadline=None)
@given(path=PATHS, query=st.lists(st.tuples(NAMES, TEXTS), max_size=4))
def test_whatever_is_asked_is_answered_or_explained(
    client: FlaskClient, path: str, query: list[tuple[str, str]]
) -> None:
    response = client.get(BASE + path.replace("?", "%3F").replace("#", "%23"), query_string=query)
    assert response.status_code in (200, 400, 404, 308)
    if response.status_code in (400, 404):
        assert response.content_type == MEDIA_TYPE
        json.loads(response.data)


@settings(max_examples=60, deadline=None)
@given(query=st.binary(max_size=30))
def test_whatever_bytes_the_query_is_made_of(client: FlaskClient, query: bytes) -> None:
    response = client.get(f"{BASE}/actors", environ_overrides={"QUERY_STRING": query.decode("latin-1")})
    assert response.status_code in (200, 400)


def test_a_damaged_release_is_told_and_the_one_shown_still_answers(tmp_path: Path) -> None:
    older = invented_release.publish(tmp_path, number=60)
    shown = invented_release.publish(tmp_path)
    manifest = json.loads((tmp_path / "releases" / f"{older}.json").read_text("utf-8"))
    (tmp_path / "objects" / manifest["tables"]["actors"]["sha256"]).write_bytes(b"altered")
    client = invented_release.client(invented_release.services(tmp_path))
    assert older in problem(client, f"/indicators/actors?release={older}", 503)["detail"]
    assert client.get(f"{BASE}/indicators/actors").json["release"] == shown
