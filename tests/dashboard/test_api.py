"""The API: what each address answers, on the demonstration and on a published release."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import shapely
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from app import create_server
from dashboard.api.route import BASE
from dashboard.api.routes import ROUTES
from dashboard.services import Services
from dashboard.settings import Settings
from geodata.perimeter import PERIMETERS, members
from layers import change, measure
from layers.importing import import_files
from layers.indicators import INDICATORS, LEVEL
from layers.series import LEVELS, STATES, Query
from layers.store import Store
from tests.dashboard import invented_release
from tests.dashboard.api_pages import got, pages

CONTRACT = {
    "values": {"indicator", "unit", "source", "vintage", "perimeter", "release", "demonstration", "values"},
    "indicators": {"key", "label", "unit", "kind", "definition", "formula", "source", "vintages", "levels", "caveat"},
    "actors": {"siret", "siren", "name", "commune", "territory", "sector", "family", "size_class", "source", "vintage"},
    "grants": {"siret", "siren", "name", "commune", "territory", "grantor", "instrument", "year", "amount", "kind"},
}


@pytest.fixture(scope="module", params=["demonstration", "published"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Services:
    folder: Path = tmp_path_factory.mktemp("api")
    if request.param == "published":
        invented_release.publish(folder)
    return invented_release.services(folder)


@pytest.fixture(scope="module")
def client(served: Services) -> FlaskClient:
    return invented_release.client(served)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The API on the small invented release only."""
    folder: Path = tmp_path_factory.mktemp("published")
    invented_release.publish(folder)
    return invented_release.client(invented_release.services(folder))


def addresses() -> list[str]:
    fixed = [route.path for route in ROUTES.values() if not route.path_parameters]
    return [*fixed, *(f"/indicators/{key}?level=commune" for key in INDICATORS)]


def test_document_is_openapi_and_says_the_release(client: FlaskClient, served: Services) -> None:
    document = got(client, "/openapi.json")
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert document["info"]["x-release"] == served.release().id
    assert document["info"]["x-demonstration"] is served.release().demonstration


def test_every_rule_of_the_server_is_documented_with_its_parameters(client: FlaskClient) -> None:
    documented = got(client, "/openapi.json")["paths"]
    rules = {
        rule.rule.removeprefix(BASE).replace("<", "{").replace(">", "}")
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith(BASE) and rule.endpoint != "api.elsewhere"
    }
    assert rules == set(documented) == {route.path for route in ROUTES.values()}
    for route in ROUTES.values():
        written = documented[route.path]["get"]["parameters"]
        told = [parameter["name"] for parameter in written if parameter["in"] == "query"]
        assert told == route.names
        assert all(parameter["description"] for parameter in written)


@pytest.mark.parametrize("address", addresses())
def test_every_answer_is_of_its_schema_and_says_release_and_demonstration(
    client: FlaskClient, served: Services, address: str
) -> None:
    response = client.get(BASE + address)
    answer = json.loads(response.data)
    document = got(client, "/openapi.json")
    path = "/indicators/{key}" if address.startswith("/indicators/") else address
    content = document["paths"][path]["get"]["responses"]["200"]["content"]
    media_type, described = next(iter(content.items()))
    assert response.content_type == media_type
    Draft202012Validator({**described["schema"], "components": document["components"]}).validate(answer)
    heading = answer.get("info", {}) if address == "/openapi.json" else answer
    prefix = "x-" if address == "/openapi.json" else ""
    assert heading[f"{prefix}release"] == served.release().id
    assert heading[f"{prefix}demonstration"] is served.release().demonstration


def test_fields_of_the_contract(client: FlaskClient) -> None:
    assert CONTRACT["values"] <= set(got(client, "/indicators/actors"))
    assert all(CONTRACT["indicators"] <= set(entry) for entry in got(client, "/indicators")["indicators"])
    for what in ("actors", "grants"):
        records = got(client, f"/{what}")["records"]
        assert records
        assert all(CONTRACT[what] <= set(record) for record in records)


@pytest.mark.parametrize("key", list(INDICATORS))
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("perimeter", PERIMETERS)
def test_values_are_those_of_the_series_to_the_last_digit(
    client: FlaskClient, served: Services, key: str, level: str, perimeter: int
) -> None:
    answer = got(client, f"/indicators/{key}?level={level}&perimeter={perimeter}")
    series = measure.series(served.release(), Query(key, level, perimeter=perimeter))
    assert [value["code"] for value in answer["values"]] == [cell.code for cell in series.cells]
    for value, cell in zip([*answer["values"], answer["total"]], [*series.cells, series.total], strict=True):
        assert value["state"] == cell.state
        assert value["state"] in STATES
        assert (value["value"], value["numerator"], value["denominator"]) == (
            cell.value,
            cell.numerator,
            cell.denominator,
        )
    assert answer["year"] == series.query.year
    assert len(answer["values"]) == (8 if level == "territory" else perimeter)


@pytest.mark.parametrize("key", [key for key, indicator in INDICATORS.items() if indicator.kind != LEVEL])
def test_areas_add_up_to_the_metropole(client: FlaskClient, key: str) -> None:
    for level in LEVELS:
        answer = got(client, f"/indicators/{key}?level={level}")
        for part in ("numerator", "denominator"):
            secret = any(value["state"] == "suppressed" for value in answer["values"])
            if answer["total"][part] is not None and not secret:
                told = math.fsum(value[part] or 0 for value in answer["values"])
                assert told == pytest.approx(answer["total"][part], rel=1e-12)


def test_communes_of_one_territory(client: FlaskClient) -> None:
    for territory in sorted(set(members(85).values())):
        answer = got(client, f"/indicators/population?level=commune&territory={territory}&perimeter=85")
        belongs = [code for code, of in sorted(members(85).items()) if of == territory]
        assert [value["code"] for value in answer["values"]] == belongs
        alone = got(client, f"/indicators/population?territory={territory}&perimeter=85")
        assert math.fsum(value["value"] for value in answer["values"]) == alone["values"][0]["value"]


def test_an_indicator_without_data_is_missing_everywhere(client: FlaskClient) -> None:
    for path in ("/indicators/openings", "/indicators/openings?year=2015"):
        answer = got(client, path)
        assert {value["state"] for value in answer["values"]} == {"missing"}
        assert {value["value"] for value in answer["values"]} == {None}
        assert answer["year"] is None
        assert answer["notes"]


def test_suppressed_and_zero_are_told_apart(published: FlaskClient) -> None:
    answer = got(published, "/indicators/poverty_rate?level=commune")
    seen = {value["state"]: value["value"] for value in answer["values"]}
    assert seen == {"zero": 0.0, "value": 12.5, "suppressed": None}


@pytest.mark.parametrize("what", ["actors", "grants"])
def test_pages_hold_every_record_once_and_conserve_the_sums(client: FlaskClient, served: Services, what: str) -> None:
    read = list(pages(client, f"/{what}"))
    key = "actor_id" if what == "actors" else "grant_id"
    records = [record for page in read for record in page["records"]]
    assert len({record[key] for record in records}) == len(records) == read[0]["count"]
    assert all(len(page["records"]) == 50 for page in read[:-1])
    assert [page["page"] for page in read] == list(range(1, read[0]["pages"] + 1))
    if what == "grants":
        assert {record["kind"] for record in records} >= {read[0]["stage"]}
        records = [record for record in records if record["kind"] == read[0]["stage"]]
    indicator = "actors" if what == "actors" else "grants_count"
    counted = got(client, f"/indicators/{indicator}?year={read[0]['year']}")
    assert counted["total"]["value"] + counted["unlocated"] == len(records)
    for value in counted["values"]:
        assert sum(record["territory"] == value["code"] for record in records) == value["value"]
    if what == "grants":
        money = got(client, f"/indicators/grants_amount?year={read[0]['year']}")
        total = money["total"]["value"] + money["unlocated"]
        assert read[0]["amount_total"] == pytest.approx(total, rel=1e-12)
        assert math.fsum(record["amount"] for record in records) == pytest.approx(total, rel=1e-12)


@pytest.mark.parametrize("parameter", ["territory", "commune", "sector", "family"])
@pytest.mark.parametrize("what", ["actors", "grants"])
def test_filters_cut_without_loss(published: FlaskClient, what: str, parameter: str) -> None:
    records = [record for page in pages(published, f"/{what}") for record in page["records"]]
    values = {record[parameter] for record in records}
    for value in values - {None}:
        kept = [record for page in pages(published, f"/{what}?{parameter}={value}") for record in page["records"]]
        assert kept == [record for record in records if record[parameter] == value]
    if parameter in ("sector", "family"):
        unknown = got(published, f"/{what}?{parameter}=inconnu")
        assert unknown["count"] == sum(record[parameter] is None for record in records)


def test_search_is_blind_to_accents_and_capitals(published: FlaskClient) -> None:
    for words in ("oeuvre", "ŒUVRE", "eclair", "Éclair, œuvre"):
        answer = published.get(f"{BASE}/actors", query_string={"q": words}).json
        assert [record["name"] for record in answer["records"]] == [invented_release.NASTY]
    assert got(published, "/actors?q=absent")["count"] == 0


def test_records_to_review_are_apart(published: FlaskClient) -> None:
    assert {record["ess"] for page in pages(published, "/actors") for record in page["records"]} == {"yes"}
    waiting = got(published, "/actors?ess=to_review")
    assert [record["name"] for record in waiting["records"]] == ["Attente 0", "Attente 1", "Attente 2"]


def test_releases_are_the_manifests(client: FlaskClient, served: Services) -> None:
    answer = got(client, "/releases")
    shown = served.release()
    assert answer["releases"] == [shown.manifest]
    assert got(client, f"/releases?release={shown.id}")["releases"] == [shown.manifest]


@pytest.mark.parametrize("perimeter", PERIMETERS)
def test_outlines_follow_rfc_7946(client: FlaskClient, served: Services, perimeter: int) -> None:
    communes = got(client, f"/communes?perimeter={perimeter}")["features"]
    territories = got(client, f"/territories?perimeter={perimeter}")["features"]
    belongs = members(perimeter)
    assert {f["properties"]["code"]: f["properties"]["territory"] for f in communes} == belongs
    assert [f["properties"]["territory"] for f in territories] == list("12345678")
    shapes = {f["id"]: shapely.geometry.shape(f["geometry"]) for f in (*communes, *territories)}
    for shape in shapes.values():
        assert shape.is_valid
        for part in shapely.get_parts(shape):
            assert part.exterior.is_ccw
            assert not any(ring.is_ccw for ring in part.interiors)
        points = shapely.get_coordinates(shape)
        assert (abs(points - points.round(6)) < 1e-12).all()
        west, south, east, north = shape.bounds
        assert 2.7 < west < east < 3.4
        assert 50.4 < south < north < 50.9
    for feature in territories:
        own = [f["properties"] for f in communes if f["properties"]["territory"] == feature["id"]]
        assert feature["properties"]["population"] == sum(p["population"] for p in own)
        assert feature["properties"]["area_km2"] == pytest.approx(sum(p["area_km2"] for p in own), abs=1e-3)
        union = shapely.union_all([shapes[p["code"]] for p in own])
        assert shapes[feature["id"]].symmetric_difference(union).area < 1e-9


def test_outlines_add_up_and_lie_where_they_are(client: FlaskClient) -> None:
    features = got(client, "/territories")["features"]
    assert sum(f["properties"]["population"] for f in features) == 1_194_040
    assert sum(f["properties"]["area_km2"] for f in features) == pytest.approx(673.18, abs=0.01)
    town_hall = shapely.Point(3.0700, 50.6305)
    inside = [f["id"] for f in features if shapely.geometry.shape(f["geometry"]).contains(town_hall)]
    assert inside == ["8"]


def test_a_commune_says_its_employment_zone_once_a_file_does(client: FlaskClient, tmp_path: Path) -> None:
    assert {f["properties"]["employment_zone"] for f in got(client, "/communes")["features"]} == {None}
    assert all("employment_zone" not in f["properties"] for f in got(client, "/territories")["features"])
    path = tmp_path / "zones.csv"
    path.write_text("CODGEO;ZE2020;LIBZE2020\n59350;3216;Lille\n", "utf-8")
    store = Store(tmp_path / "data")
    assert import_files([path], store).release
    served = create_server(Settings(data_dir=tmp_path / "data")).test_client()
    told = {f["id"]: f["properties"]["employment_zone"] for f in got(served, "/communes")["features"]}
    assert told.pop("59350") == {"code": "3216", "name": "Lille", "year": 2020}
    assert set(told.values()) == {None}


def test_what_changed_since_a_year_is_that_of_the_measure(client: FlaskClient, served: Services) -> None:
    release = served.current.get()
    years = measure.years(release, "actors")
    answer = got(client, f"/indicators/actors?compare={years[0]}&year={years[-1]}")
    found = change.between(release, Query("actors"), years[0], years[-1])
    assert (answer["change"]["from"], answer["change"]["to"]) == (years[0], years[-1])
    assert len(answer["change"]["breaks"]) == len(found.breaks)
    for one, told in zip((*found.areas, found.total), (*answer["values"], answer["total"]), strict=True):
        assert told["change"] == {
            "from": one.then.value, "absolute": one.absolute, "percent": one.percent, "state": one.state,
        }  # fmt: skip
    assert "change" not in got(client, "/indicators/actors")["total"]


def test_a_year_to_compare_with_that_is_not_held_is_a_problem(client: FlaskClient) -> None:
    answer = client.get(f"{BASE}/indicators/actors?compare=1789")
    assert answer.status_code == client.get(f"{BASE}/indicators/actors?year=1789").status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert "compare" in answer.get_data(as_text=True)
