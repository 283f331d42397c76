"""``/admin``: all that is refused, and what stays harmless."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_server
from dashboard.administration import access, uploads
from dashboard.administration.local import PATH, granted
from dashboard.settings import Settings
from layers.drafts import Drafts
from layers.drafts.draft import FOLDER
from layers.store import Store
from layers.written import accounts
from layers.written.database import Database
from tests import validity
from tests.dashboard.desk import BAD, GOOD, NAME, Desk, csv
from tests.dashboard.opened import begun

ELSEWHERE: dict[str, Callable[[FlaskClient], TestResponse]] = {
    "another machine": lambda c: c.get("/admin", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}),
    "no address": lambda c: c.get("/admin", environ_overrides={"REMOTE_ADDR": ""}),
    "a proxy": lambda c: c.get("/admin", headers={"X-Forwarded-For": "127.0.0.1"}),
    "a standard proxy": lambda c: c.get("/admin/import", headers={"Forwarded": "for=127.0.0.1"}),
    "a silent proxy": lambda c: c.get("/admin", environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"}),
    "another name": lambda c: c.get("/admin", headers={"Host": "evil.example:8050"}),
    "a name that looks local": lambda c: c.get("/admin", headers={"Host": "127.0.0.1.evil.example"}),
}


@pytest.mark.parametrize("ask", ELSEWHERE.values(), ids=ELSEWHERE)
def test_only_this_machine_may_administer(desk: Desk, ask: Callable[[FlaskClient], TestResponse]) -> None:
    answer = ask(desk.client)
    assert answer.status_code == 403
    assert "ess import" in answer.text
    assert "jeton" not in answer.text
    assert "ess_admin" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize(
    "given",
    [{"HOST": "0.0.0.0"}, {"HOST": ""}, {"HOST": "192.0.2.7"}, {"ESS_PROXIES": 1}, {"ESS_ADMIN": "off"}],  # noqa: S104
)
def test_a_server_open_to_others_is_never_administered(tmp_path: Path, given: dict[str, Any]) -> None:
    settings = Settings(ESS_DATA_DIR=tmp_path, **given)
    assert granted(settings, "http://127.0.0.1:8050/") is None
    local = begun(Settings(ESS_DATA_DIR=tmp_path))
    client = create_server(settings, local).test_client()  # even to a link of another run, and to its browser
    client.set_cookie("ess_local_8050", local.put(Response()).headers["Set-Cookie"].partition(";")[0].partition("=")[2])
    for path in ("/admin", PATH):
        answer = client.get(path)
        assert answer.status_code == 403
        assert ("ess admin create" in answer.text) == ("ESS_ADMIN" not in given)
    assert ">Administration</a>" not in client.get("/methode").text


def test_the_link_is_shown_to_the_local_administrator_only(desk: Desk) -> None:
    assert ">Administration</a>" in desk.client.get("/methode").text
    away = desk.client.get("/methode", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert ">Administration</a>" not in away.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "https://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_of_another_site_changes_nothing(desk: Desk, headers: dict[str, str]) -> None:
    sent = desk.send((NAME, csv(*GOOD)))
    token = desk.token()
    for path in (f"{sent.location}/publier", f"{sent.location}/abandonner", "/admin/publications/courante"):
        assert desk.client.post(path, data={"jeton": token}, headers=headers).status_code == 403
    assert Store(desk.data).current() is None
    assert desk.client.get(sent.location).status_code == 200


def test_a_form_whose_https_ends_at_a_proxy_is_its_own_and_not_of_the_local_administrator(desk: Desk) -> None:
    location = desk.send((NAME, csv(*GOOD))).location
    sent = {"data": {"jeton": desk.token()}, "headers": {"Origin": "https://localhost"}}
    assert desk.client.post(f"{location}/abandonner", **sent).status_code == 403
    database = Database(Settings(ESS_DATA_DIR=desk.data).database)
    accounts.create(database, "ana", accounts.ADMINISTRATOR, "une phrase fictive", "essai")
    form = {"jeton": desk.token("/connexion"), "name": "ana", "password": "une phrase fictive"}
    assert desk.client.post("/connexion", data=form, headers=sent["headers"]).status_code == 303
    sent["data"] = {"jeton": desk.token()}
    assert desk.client.post(f"{location}/abandonner", **sent).status_code == 303


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_the_token_of_its_session_changes_nothing(desk: Desk, token: str) -> None:
    location = desk.send((NAME, csv(*GOOD))).location
    assert desk.send((NAME, csv(*GOOD)), token=token).status_code == 403
    for path in (f"{location}/publier", f"{location}/abandonner", "/admin/publications/courante"):
        assert desk.client.post(path, data={"jeton": token}).status_code == 403
    assert len(list((desk.data / FOLDER).iterdir())) == 1, "what was sent without it is not kept"
    assert Store(desk.data).current() is None


def test_the_token_of_another_session_is_refused_and_so_is_none(desk: Desk) -> None:
    location = desk.send((NAME, csv(*GOOD))).location
    stranger = Desk(desk.data)
    theirs = stranger.token()
    assert desk.client.post(f"{location}/publier", data={"jeton": theirs}).status_code == 403
    bare = create_server(Settings(ESS_DATA_DIR=desk.data)).test_client()
    assert bare.post(f"{location}/publier", data={"jeton": theirs}).status_code == 403


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(desk: Desk) -> None:
    cookie = desk.client.get("/admin").headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/"))
    assert (desk.data / access.KEY).stat().st_mode & 0o077 == 0
    assert desk.client.get("/admin").headers["Cache-Control"] == "no-store"


def test_a_sending_that_is_too_heavy_is_refused_and_not_kept(tmp_path: Path) -> None:
    desk = Desk(tmp_path, ESS_UPLOAD_MB=1)
    head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{NAME}"\r\n\r\n'.encode()
    desk.token()
    answer = desk.client.post(
        "/admin/import",
        data=head + b"x" * 1_100_000 + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers={"Origin": "http://localhost"},
    )
    assert answer.status_code == 413
    assert "1 Mo" in answer.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert not list((desk.data / FOLDER).iterdir())


@pytest.mark.parametrize("fields", [{"kind": "bonheur"}, {"year": "20x0"}, {"year": "1700"}])
def test_fields_that_make_no_sense_are_refused(desk: Desk, fields: dict[str, str]) -> None:
    assert desk.send((NAME, csv(*GOOD)), **fields).status_code == 400
    assert not list((desk.data / FOLDER).iterdir())


def test_nothing_sent_is_told(desk: Desk) -> None:
    for files in ((), (("", b""),), (("vide.csv", b""),)):
        answer = desk.send(*files)
        assert answer.status_code == 400
        assert "Aucun fichier reçu" in answer.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../current", "current"),
        ("..\\..\\current", "current"),
        ("/etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("a\x00b\n.csv", "a_b_.csv"),
        ("données 2020 (v2).csv", "données 2020 (v2).csv"),
        ("...", "fichier"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_a_file_name_is_harmless(given: str, kept: str) -> None:
    assert uploads.file_name(given) == kept


def test_a_name_that_climbs_stays_in_its_folder(desk: Desk) -> None:
    desk.send(("../../../siae_2020-12.csv", csv(*GOOD)))
    ((draft, state),) = Drafts(desk.data).all()
    assert state["files"][0]["name"] == NAME
    assert [path.parent for path in draft.paths()] == [draft.files]


@pytest.mark.parametrize("path", ["0" * 16, "..", "%2e%2e", "abc", "0" * 15 + "g"])
def test_an_import_that_there_is_not_is_told(desk: Desk, path: str) -> None:
    for more in ("", "/state.json", "/rejets/0.xlsx", "/compte-rendu.json"):
        assert desk.client.get(f"/admin/import/{path}{more}").status_code == 404


def test_what_a_file_says_is_inert_wherever_it_is_printed(desk: Desk) -> None:
    evil = "<img src=x onerror=alert(1)>"
    lines = (f";EI;8899B;{evil};59000;LILLE",) * 2 + (f";EI;8899B;X;;{evil}",)
    page = desk.client.get(desk.send((NAME, csv(*GOOD, *lines))).location).text
    assert "onerror" in page
    assert "<img" not in page


def test_the_pages_are_valid_in_both_languages_and_have_no_message_left_in_french(desk: Desk, tmp_path: Path) -> None:
    ready = desk.send((NAME, csv(*GOOD, *BAD))).location
    refused = desk.send(("document.csv", b"%PDF-1.7\n")).location
    paths = [f"{path}?lang={lang}" for path in ("/admin", "/admin/import", ready, refused) for lang in ("fr", "en")]
    pages = {path: desk.client.get(path).text for path in paths}
    pages["refused"] = desk.client.get("/admin", headers={"Via": "1.1 proxy"}).text
    assert validity.faults(pages, tmp_path) == []
    assert ">Publish<" in pages[f"{ready}?lang=en"]
    assert "What becomes of every row" in pages[f"{ready}?lang=en"]
