"""Filters as a reader sees them: chips, numbers beside choices, why nothing meets them all, packs of their own."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from app import create_server
from dashboard import captions, filters, packs, program
from dashboard.settings import Settings
from dashboard.viewstate import ViewState
from layers import demonstration, measure
from layers.dimensions import DIMENSIONS
from layers.series import Query
from tests.factories import view

RELEASE = demonstration.release()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create_server(Settings(data_dir=tmp_path_factory.mktemp("filters"))).test_client()


def test_a_chip_for_each_value_says_what_it_removes() -> None:
    found = filters.chips(view(RELEASE, sector="commerce,divers", size="10-19", qpv="in"))
    assert [(chip.key, chip.slug, chip.label) for chip in found] == [
        ("sector", "commerce", "Commerce"), ("sector", "divers", "Divers"),
        ("size", "10-19", "10 à 19 salariés"), ("qpv", "in", "Dans un quartier prioritaire"),
    ]  # fmt: skip
    assert found[0].removes == "Retirer le filtre\u00a0: Commerce"
    assert filters.chips(view(RELEASE)) == []


def test_a_filter_is_named_in_the_subtitle_and_an_acronym_keeps_its_capitals() -> None:
    query = Query("grants_count", family="mutuelle", instrument="ptce,amorcage")
    assert captions.choice(measure.series(RELEASE, query)) == "mutuelles, amorçage ou PTCE"
    untold = measure.series(RELEASE, Query("population", sector="commerce,divers"))
    assert captions.choice(untold) == "commerce ou divers"


def test_nothing_meets_all_the_filters_and_it_is_said_what_would() -> None:
    query = Query("actors", sector="construction", family="mutuelle", size="250", year=2023)
    assert measure.series(RELEASE, query).total.value == 0
    said = " ".join(filters.explained(RELEASE, query, None))
    assert said.startswith("Rien ne répond à la fois à ces filtres.")
    without = measure.series(RELEASE, query.filtered("size", None)).total.numerator
    assert ("Sans «\u00a0250 salariés et plus\u00a0»" in said) == bool(without)
    assert filters.explained(RELEASE, Query("actors", sector="commerce", year=2023), None) == []
    assert filters.explained(RELEASE, Query("actors", year=2023), None) == []


def test_choices_have_their_number_and_idle_ones_a_reason(client: FlaskClient) -> None:
    query = urlencode({"sector": "commerce,divers", "size": "10-19", "indicator": "actors"})
    found = json.loads(client.get(f"/choices?{query}").text)
    assert set(found["dimensions"]) == set(DIMENSIONS)
    told = {slug: number for slug, _, number in found["dimensions"]["sector"]["choices"]}
    assert told["commerce"] == str(
        int(measure.series(RELEASE, Query("actors", sector="commerce", size="10-19")).total.value or 0)
    )
    assert found["dimensions"]["instrument"] == {"why": "Sans objet pour cet indicateur.", "choices": []}


def test_a_pack_of_filters_holds_each_year_once_and_is_for_ever(client: FlaskClient) -> None:
    name = "sector=commerce,divers&size=10-19"
    address = f"/pack/{RELEASE.id}/actors/territory-all-95/jenks/{name}.json"
    answer = client.get(f"{address}?v={program.mark()}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    pack = json.loads(answer.text)
    assert pack["filters"] == name
    assert set(pack["slices"]) == {f"||{year}" for year in measure.years(RELEASE, "actors")}
    series = measure.series(RELEASE, Query("actors", sector="commerce,divers", size="10-19", year=2023))
    assert pack["slices"]["||2023"]["t"] == [str(int(cell.value or 0)) for cell in series.cells]


@pytest.mark.parametrize(
    "name",
    ["sector=commerce", "sector=divers,commerce", "sector=licornes,commerce", "couleur=bleu",
     "size=10-19&sector=divers",
     "instrument=amorcage", "size=", "x", "sector=commerce,divers&sector=commerce,divers"],
)  # fmt: skip
def test_a_pack_has_one_name_only(client: FlaskClient, name: str) -> None:
    assert client.get(f"/pack/{RELEASE.id}/actors/territory-all-95/jenks/{name}.json").status_code == 404


def test_the_page_asks_for_the_pack_of_its_filters(client: FlaskClient) -> None:
    page = client.get("/carte?sector=commerce,divers&qpv=in").text
    assert "/jenks/sector=commerce,divers&amp;qpv=in.json?v=" in page
    assert 'aria-label="Retirer le filtre\u00a0: Commerce"' in page
    assert packs.filters_of(ViewState(sector="commerce").series_query()) == ""


def test_what_is_taken_away_names_its_filters(client: FlaskClient) -> None:
    rows = json.loads(client.get("/export/json?sector=commerce,divers&employer=yes").text)
    assert {(row["sector"], row["employer"], row["qpv"]) for row in rows} == {("commerce,divers", "yes", "")}
    lines = client.get("/export/csv?sector=commerce,divers&employer=yes").text.splitlines()
    assert all("commerce,divers" in line for line in lines[1:])


def test_the_api_takes_several_values_and_refuses_unknown_ones(client: FlaskClient) -> None:
    answer = client.get("/api/v1/indicators/actors?sector=divers,commerce&size=10-19")
    body = json.loads(answer.text)
    assert (body["sector"], body["size"], body["qpv"]) == ("commerce,divers", "10-19", None)
    assert (
        body["total"]["value"]
        == measure.series(RELEASE, Query("actors", sector="commerce,divers", size="10-19")).total.value
    )
    for query in ("sector=commerce,licornes", "size=12", "qpv=peut-etre"):
        refused = client.get(f"/api/v1/indicators/actors?{query}")
        assert (refused.status_code, refused.content_type) == (400, "application/problem+json")
    assert client.get("/api/v1/indicators/grants_count?instrument=licorne").status_code == 400
    objectless = json.loads(client.get("/api/v1/indicators/population?size=10-19").text)
    assert {value["state"] for value in objectless["values"]} == {"missing"}
    assert "sans objet" in objectless["notes"][0]


def test_the_values_command_takes_the_same_filters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dashboard.cli import main  # noqa: PLC0415

    common = ["values", "actors", "--format", "json", "--data-dir", str(tmp_path)]
    with pytest.raises(SystemExit):
        main([*common, "--sector", "divers,commerce", "--size", "10-19"])
    told = json.loads(capsys.readouterr().out)
    series = measure.series(RELEASE, Query("actors", sector="commerce,divers", size="10-19"))
    assert (told["sector"], told["size"]) == ("commerce,divers", "10-19")
    assert [value["value"] for value in told["values"]] == [cell.value for cell in series.cells]
    with pytest.raises(SystemExit) as refused:
        main([*common, "--size", "12"])
    assert refused.value.code == 2


def test_records_take_the_same_filters(client: FlaskClient) -> None:
    asked = "/api/v1/grants?instrument=ptce,amorcage&year=2023"
    first = json.loads(client.get(asked).text)
    records = [
        record
        for page in range(1, first["pages"] + 1)
        for record in json.loads(client.get(f"/api/v1/grants?instrument=ptce,amorcage&year=2023&page={page}").text)[
            "records"
        ]
    ]
    assert len(records) == first["count"]
    assert {record["instrument"] for record in records} == {"PTCE", "Amorçage"}
    total = measure.series(RELEASE, Query("grants_count", instrument="ptce,amorcage", year=2023))
    measured = sum(record["kind"] == first["stage"] for record in records)
    assert measured == total.total.value + measure.unlocated(RELEASE, total.query)
    assert client.get("/api/v1/grants?instrument=licorne").status_code == 400
    actors = json.loads(client.get("/api/v1/actors?sector=divers,commerce&size=10-19,20-49&year=2023").text)
    assert {record["sector"] for record in actors["records"]} == {"commerce", "divers"}
    assert {record["size_class"] for record in actors["records"]} == {"11", "12"}
    counted = measure.series(RELEASE, Query("actors", sector="commerce,divers", size="10-19,20-49", year=2023))
    assert actors["count"] == counted.total.value
