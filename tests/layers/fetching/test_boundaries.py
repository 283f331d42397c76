"""Outlines of the communes, and what they say otherwise than the embedded ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from shapely.geometry import mapping

from geodata import geography as geographies
from layers.fetching.failure import FetchFailed
from layers.fetching.query import EPCI
from layers.fetching.sources import Fetched
from tests.layers.fetching.server import Server, json_answer

Bring = Callable[[str], list[Fetched]]
PATH = f"/epcis/{EPCI}/communes"


@pytest.fixture(scope="module")
def features() -> list[dict[str, Any]]:
    """The embedded communes in the form of the geographic service."""
    communes = geographies.load().communes.to_crs("EPSG:4326")
    return [
        {
            "type": "Feature",
            "geometry": mapping(row.geometry.simplify(0.01)),
            "properties": {"nom": row["name"], "code": code, "codesPostaux": [], "population": row["population"]},
        }
        for code, row in communes[::-1].iterrows()
    ]


def _serve(server: Server, features: list[dict[str, Any]]) -> None:
    collection = {"type": "FeatureCollection", "features": features}
    server.routes[PATH] = lambda _asked: json_answer(json.loads(json.dumps(collection, default=int)))


def test_the_communes_are_brought_sorted_and_found_the_same(
    bring: Bring, server: Server, features: list[dict[str, Any]]
) -> None:
    _serve(server, features)
    (found,) = bring("boundaries")
    codes = [feature["properties"]["code"] for feature in json.loads(found.path.read_bytes())["features"]]
    assert codes == sorted(geographies.load().communes.index)
    assert (found.manifest["rows"], found.manifest["reserves"]) == (95, [])
    assert server.asked[0].query == {
        "fields": "nom,code,codesPostaux,population",
        "format": "geojson",
        "geometry": "contour",
    }


def test_every_difference_is_said(bring: Bring, server: Server, features: list[dict[str, Any]]) -> None:
    changed = json.loads(json.dumps(features, default=int))
    gone = changed.pop()["properties"]["code"]
    changed[0]["properties"]["nom"] = "Ville Nouvelle"
    changed[1]["properties"]["population"] += 1
    changed.append({**changed[2], "properties": {**changed[2]["properties"], "code": "59999"}})
    _serve(server, changed)
    (found,) = bring("boundaries")
    said = " / ".join(found.manifest["reserves"])
    assert f"que le service ne donne pas : {gone}" in said
    assert "pas embarquées : 59999" in said
    assert f"({changed[0]['properties']['code']}) : Ville Nouvelle" in said
    assert "dans 1 commune" in said
    assert found.incomplete == []


@pytest.mark.parametrize("said", [{}, [], {"features": []}, {"features": [{}]}, {"features": [{"properties": None}]}])
def test_what_is_no_list_of_communes_is_refused(bring: Bring, server: Server, said: object) -> None:
    server.routes[PATH] = lambda _asked: json_answer(said)
    with pytest.raises(FetchFailed, match="communes"):
        bring("boundaries")


def test_communes_without_outline_are_refused(bring: Bring, server: Server, features: list[dict[str, Any]]) -> None:
    centre = {"type": "Point", "coordinates": [3.0, 50.6]}
    _serve(server, [{**features[0], "geometry": centre}, *features[1:]])
    with pytest.raises(FetchFailed, match="sans contour"):
        bring("boundaries")
