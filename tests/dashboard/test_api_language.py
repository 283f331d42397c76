"""The API in another language: words of the catalogue, the same numbers, states and keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.api.route import BASE
from dashboard.i18n import _, speaking
from layers.indicators import INDICATORS
from tests.dashboard import invented_release
from tests.dashboard.api_pages import got


@pytest.fixture(scope="module", params=["demonstration", "published"])
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder: Path = tmp_path_factory.mktemp("api")
    if request.param == "published":
        invented_release.publish(folder)
    return invented_release.client(invented_release.services(folder))


WORDS = {
    *("label", "unit", "group", "definition", "formula", "caveat"),
    *("source", "vintage", "title", "publisher", "licence", "notes", "sentence", "reference", "breaks"),
}
"""Members of an answer that are told in the language asked for; all the others are the same."""


def without_words(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {key: without_words(value) for key, value in answer.items() if key not in WORDS}
    return [without_words(part) for part in answer] if isinstance(answer, list) else answer


@pytest.mark.parametrize(
    "path",
    ["/indicators", "/indicators/grants_amount", "/indicators/jobs?level=commune", "/communes", "/actors", "/releases"],
)
def test_another_language_changes_words_and_nothing_else(client: FlaskClient, path: str) -> None:
    join = "&" if "?" in path else "?"
    french, english = (json.loads(client.get(f"{BASE}{path}{join}lang={lang}").data) for lang in ("fr", "en"))
    usual = got(client, path)
    following = [one.pop("next", None) for one in (french, english, usual)]
    assert french == usual
    assert following[0] is None or following[1] == following[0].replace("lang=fr", "lang=en")
    assert without_words(english) == without_words(french)


def test_labels_are_those_of_the_catalogue(client: FlaskClient) -> None:
    told = {one["key"]: one for one in got(client, "/indicators?lang=en")["indicators"]}
    assert told["actors"]["label"] == "SSE organisations"
    with speaking("en"):
        for key, one in told.items():
            for name in ("label", "unit", "group", "definition", "formula", "caveat"):
                assert one[name] == _(getattr(INDICATORS[key], name))
    assert got(client, "/indicators/actors?lang=en")["label"] == "SSE organisations"
    assert client.get(f"{BASE}/indicators?lang=de").status_code == 400


@pytest.mark.parametrize(
    ("path", "status", "french", "english"),
    [
        ("/indicators/actors?level=x", 400, "Valeur non admise pour", "Value not allowed for"),
        ("/actors?couleur=x", 400, "Paramètre inconnu", "Unknown parameter"),
        ("/actors?page=1&page=2", 400, "donné 2 fois", "given 2 times"),
        ("/actors?page=999", 400, "Attendu : un entier de 1 à", "Expected: a whole number from 1 to"),
        ("/actors?commune=1", 400, "le code Insee d’une des 95", "the Insee code of one of the 95"),
        ("/actors?release=0", 400, "donné par /api/v1/releases", "given by /api/v1/releases"),
        ("/nowhere?", 404, "Rien à cette adresse", "Nothing at this address"),
    ],
)
def test_errors_are_told_in_the_language_asked_for(
    client: FlaskClient, path: str, status: int, french: str, english: str
) -> None:
    for lang, words in (("fr", french), ("en", english)):
        answer = client.get(f"{BASE}{path}&lang={lang}")
        told = json.loads(answer.data)
        assert answer.status_code == status
        assert words in told["detail"].replace("\xa0", " ").replace("\u202f", " ")
        assert answer.headers["Content-Language"] == lang
        assert (told["title"] == "Introuvable") == (lang == "fr" and status == 404)
