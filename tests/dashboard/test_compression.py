"""Answers compressed once, in the form that the browser takes."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from dashboard import assets, compression, program
from dashboard.compression import Bodies
from layers import demonstration

PACK = f"/pack/{demonstration.release().id}/actors/territory-all-95/jenks.json?v={program.mark()}"
PATHS = (
    "/methode",
    "/territoire/3",
    PACK,
    f"{assets.base()}/carte.js",
    "/export/csv?level=commune",
    "/api/v1/indicators",
    "/structures?commune=59350",
)


@pytest.mark.parametrize("path", PATHS)
def test_brotli_where_it_is_taken_else_gzip_else_nothing(demo: FlaskClient, path: str) -> None:
    plain = demo.get(path)
    assert "Content-Encoding" not in plain.headers
    for accepted, name, expand in (("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)):
        answer = demo.get(path, headers={"Accept-Encoding": accepted})
        assert answer.headers["Content-Encoding"] == name
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert expand(answer.data) == plain.data
        assert len(answer.data) < len(plain.data)


def test_a_second_browser_gets_its_own_form(demo: FlaskClient) -> None:
    forms = [
        demo.get(PACK, headers={"Accept-Encoding": form}).headers.get("Content-Encoding")
        for form in ("br", "gzip", "br", "")
    ]
    assert forms == ["br", "gzip", "br", None]


def test_the_page_with_its_map_is_four_times_lighter(demo: FlaskClient) -> None:
    plain, compressed = (demo.get("/carte", headers={"Accept-Encoding": form}) for form in ("", "br"))
    assert compressed.headers["Content-Encoding"] == "br"
    assert len(compressed.data) * 3.5 < len(plain.data)


def server(calls: list[str]) -> FlaskClient:
    app = Flask("test")

    @app.get("/pack/<name>")
    @app.get("/page/<name>")
    def answer(name: str) -> Response:
        calls.append(name)
        return Response(f'"{name * 600}{len(calls)}"', mimetype="application/json")

    compression.register(app)
    return app.test_client()


def body(client: FlaskClient, path: str) -> bytes:
    return bytes(brotli.decompress(client.get(path, headers={"Accept-Encoding": "br"}).data))


def test_what_never_changes_is_kept_and_what_may_change_is_not() -> None:
    client = server([])
    assert body(client, "/pack/a") == body(client, "/pack/a") == body(client, "/pack/a?v=1")
    assert body(client, "/pack/b") != body(client, "/pack/a")
    assert body(client, "/page/a") != body(client, "/page/a")


def test_the_least_recently_used_body_goes_first() -> None:
    body = bytes(10_000)
    kept = Bodies(most=25_000)
    kept.set("a", body)
    kept.set("b", body)
    assert kept.get("a") == body
    kept.set("c", body)
    assert [kept.get(key) is not None for key in "abc"] == [True, False, True]


def test_a_passing_body_is_not_kept() -> None:
    kept = Bodies()
    kept.set("br;" + compression.PASSING, b"1")
    assert kept.get("br;" + compression.PASSING) is None


def test_a_second_language_gets_its_own_words(demo: FlaskClient) -> None:
    for lang in ("fr", "en", "fr"):
        asked = f"{PACK}&lang={lang}"
        answer = demo.get(asked, headers={"Accept-Encoding": "br"})
        assert brotli.decompress(answer.data) == demo.get(asked).data
    assert demo.get(f"{PACK}&lang=en").data != demo.get(f"{PACK}&lang=fr").data
