"""Files and answers of the API tell the disputed values that they hold, until they are answered."""

from __future__ import annotations

import io
import json
import re
import zipfile
from itertools import product
from pathlib import Path

import pypdf
import pytest
from flask.testing import FlaskClient

from dashboard.cli_export import export
from dashboard.settings import Settings
from layers.written import actions, disputes, register
from layers.written.actions import Action
from layers.written.database import Database, Unavailable
from layers.written.register import Finding
from tests.dashboard.disputes.filing import CONTACT, REASON, filed

MAP = "/export/{form}?indicator=actors&lang={lang}"
PLACES = {
    "portrait": "/territoire/3.{form}?lang={lang}",
    "comparison": "/comparer.{form}?indicator=actors&areas=3,8&lang={lang}",
}
SAID = {"fr": "Chiffre contesté le", "en": "Figure disputed on"}
NAME = "Roubaisien, 2023"
VALUE = {"indicator": "actors", "value": 1.0, "state": "value", "year": 2023, "release": "x"}
TAG = re.compile("<[^>]+>")


def text_of(form: str, body: bytes) -> str:
    """All the words of a file."""
    if form in ("docx", "pptx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(body)) as held:
            return "".join(held.read(name).decode("utf-8", "replace") for name in held.namelist() if name[-3:] == "xml")
    if form in ("pdf", "card"):
        return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    text = body.decode("utf-8", "replace")
    return TAG.sub("", text) if form == "svg" else text


def packed(text: str) -> str:
    """Text without what a layout does to its spaces and ends of lines."""
    return "".join(text.split())


def tells(client: FlaskClient, path: str, form: str, ident: str) -> bool:
    """Whether a file tells a dispute; what it says is checked where it does."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    text = packed(text_of(form, answer.data))
    assert CONTACT not in text
    assert packed(REASON) not in text
    return f"http://localhost/contestations/{ident}" in text


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("form", ["xlsx", "csv", "pdf", "docx", "pptx", "svg", "geojson", "json", "gpkg"])
def test_a_file_of_the_map_tells_what_is_disputed_until_the_answer(
    client: FlaskClient, folder: Path, form: str, lang: str
) -> None:
    path = MAP.format(form=form, lang=lang)
    one = filed(folder)
    assert tells(client, path, form, one.id)
    text = packed(text_of(form, client.get(path).data))
    assert packed(SAID[lang]) in text
    assert packed(NAME) in text
    answered(folder, one)
    assert not tells(client, path, form, one.id)


@pytest.mark.parametrize(
    ("page", "form"),
    [*product(PLACES, ["pdf", "docx", "pptx", "xlsx", "csv"]), ("portrait", "card"), ("portrait", "svg")],
)
def test_so_do_those_of_a_portrait_and_of_a_comparison(client: FlaskClient, folder: Path, page: str, form: str) -> None:
    one = filed(folder)
    assert tells(client, PLACES[page].format(form=form, lang="fr"), form, one.id)


def test_a_chart_alone_and_the_funding_too(client: FlaskClient, folder: Path) -> None:
    one, money = filed(folder), filed(folder, indicator="grants_per_inhabitant", place="mel")
    assert tells(client, "/export/svg?indicator=actors&drawing=ranking", "svg", one.id)
    assert tells(client, "/financements.csv", "csv", money.id)
    assert not tells(client, "/financements.csv", "csv", one.id)


def test_the_register_and_the_actions_that_stand_on_it_too(client: FlaskClient, folder: Path) -> None:
    one, database = filed(folder), Database(Settings(ESS_DATA_DIR=folder).database)
    paths = ("/diagnostic/3", "/diagnostic/3/actions")
    assert not any(tells(client, f"{path}.csv", "csv", one.id) for path in paths)
    register.add(database, Finding("3", "Constat fictif.", "threat", evidence="indicator", **VALUE), "essai")
    actions.add(database, Action("3", "Action fictive", indicator="actors", baseline=1.0, baseline_year=2020), "essai")
    for path, form in product(paths, ("csv", "docx", "pdf")):
        assert tells(client, f"{path}.{form}", form, one.id), (path, form)


@pytest.mark.parametrize(
    "path",
    [
        "/export/csv?indicator=ess_job_share", "/export/csv?indicator=actors&year=2022",
        "/export/csv?indicator=actors&sector=commerce", "/export/csv?indicator=actors&level=commune",
        "/territoire/4.csv", "/comparer.csv?indicator=jobs&areas=4,8", "/export/json?indicator=actors&perimeter=85",
    ],
)  # fmt: skip
def test_what_does_not_hold_the_value_says_nothing(client: FlaskClient, folder: Path, path: str) -> None:
    assert not tells(client, path, "csv", filed(folder).id)


def test_more_than_a_few_are_told_together(client: FlaskClient, folder: Path) -> None:
    made = [filed(folder, year=year) for year in (2019, 2020, 2021, 2022, 2023) for _again in "ab"]
    text = client.get("/territoire/3.csv").text
    assert sum(one.id in text for one in made) == 8
    assert "2 autres chiffres contestés" in text


def test_the_command_tells_them_with_its_own_address(folder: Path, client: FlaskClient, tmp_path: Path) -> None:
    client.get("/health")
    one = filed(folder)
    out = tmp_path / "actors.csv"
    export(Settings(ESS_DATA_DIR=folder), "csv", "indicator=actors", out=out, address="https://ess.example")
    assert f"https://ess.example/contestations/{one.id}" in out.read_text("utf-8-sig")


@pytest.mark.parametrize(("lang", "said"), SAID.items())
def test_the_api_says_which_value_since_when_and_where(client: FlaskClient, folder: Path, lang: str, said: str) -> None:
    one = filed(folder)
    answer = client.get(f"/api/v1/indicators/actors?lang={lang}")
    found = answer.json
    assert [value["code"] for value in found["values"] if value["disputed"]] == ["3"]
    assert not found["total"]["disputed"]
    (told,) = found["disputes"]
    assert (told["code"], told["year"], told["date"]) == ("3", one.year, one.created[:10])
    assert client.get(told["address"]).status_code == 200
    assert any(note.startswith(said) and one.id in note for note in found["notes"])
    assert CONTACT not in answer.text
    assert REASON not in answer.text
    for elsewhere in ("year=2022", "sector=commerce", "perimeter=90", "level=commune"):
        assert client.get(f"/api/v1/indicators/actors?{elsewhere}").json["disputes"] == []
    assert client.get(f"/api/v1/indicators/actors?year=2022&compare=2023&lang={lang}").json["disputes"] == [told]


def test_no_answer_held_is_older_than_a_dispute_or_its_answer(client: FlaskClient, folder: Path) -> None:
    release = client.get("/api/v1/releases").json["release"]
    for path in ("/api/v1/indicators/actors", f"/api/v1/indicators/actors?release={release}"):
        before = client.get(path)
        assert before.headers["Cache-Control"] == "no-cache"
        one = filed(folder)
        disputed = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
        assert disputed.status_code == 200
        assert disputed.json["disputes"]
        assert client.get(path, headers={"If-None-Match": disputed.headers["ETag"]}).status_code == 304
        answered(folder, one)
        after = client.get(path, headers={"If-None-Match": disputed.headers["ETag"]})
        assert after.status_code == 200
        assert after.json["disputes"] == []
        assert after.headers["ETag"] == before.headers["ETag"]
    jobs = client.get("/api/v1/indicators/jobs").headers["ETag"]
    filed(folder)
    assert client.get("/api/v1/indicators/jobs").headers["ETag"] == jobs


def test_a_request_reads_them_once_and_a_database_that_is_away_breaks_nothing(
    client: FlaskClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(folder)
    asked: list[str] = []
    real = disputes.listed

    def counted(database: Database, status: str | None = None) -> list[disputes.Dispute]:
        asked.append("")
        return real(database, status)

    monkeypatch.setattr(disputes, "listed", counted)
    for path in ("/territoire/3", "/carte?indicator=actors", "/comparer.csv", "/api/v1/indicators/actors", "/"):
        asked.clear()
        assert client.get(path).status_code == 200
        assert len(asked) == 1, path

    def away(_database: Database, _status: str | None = None) -> list[disputes.Dispute]:
        asked.append("")
        raise Unavailable("essai")

    monkeypatch.setattr(disputes, "listed", away)
    for path in ("/territoire/3", "/export/csv?indicator=actors", "/api/v1/indicators/actors"):
        asked.clear()
        assert client.get(path).status_code == 200
        assert len(asked) == 1, path
    told = json.loads(client.get("/api/v1/indicators/actors?lang=en").text)
    assert (told["disputes"], {one["disputed"] for one in told["values"]}) == (None, {None}), "nobody knows"
    assert any("could not be read" in note for note in told["notes"])


def answered(folder: Path, one: disputes.Dispute) -> None:
    database = Database(Settings(ESS_DATA_DIR=folder).database)
    disputes.answer(database, one.id, one.version, {"outcome": "kept", "answer": "Vérifié."}, "agent")
