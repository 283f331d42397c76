"""The link of local administration: once, in time, for one run, and only where nobody else listens or signs in."""

from __future__ import annotations

import os
import re
import stat
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from typer.testing import CliRunner

from app import create_server
from dashboard.administration import starting
from dashboard.administration.local import FOLDER, HOURS, MINUTES, PATH, Local, granted
from dashboard.cli import app
from dashboard.gate import FIELD
from dashboard.serving import address
from dashboard.settings import Settings
from layers.written import accounts
from layers.written.database import Database
from tests.browser.serving import serving
from tests.dashboard.opened import OWN, administrator, begun, press
from tests.dashboard.plain_proxy import Visitor

NOWHERE = "postgresql://nobody:secret@127.0.0.1:1/none"
PRINTED = re.compile(rf"(http://[\d.:]+{PATH}#\S+)")
TOKEN = re.compile(rf'name="{FIELD}" value="([0-9a-f]+)"')
SPENT = "Ce lien a déjà servi"
AT_ONCE = 10


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(ESS_DATA_DIR=tmp_path / "data", ESS_DATABASE_URL="")


def asked(settings: Settings, local: Local | None) -> FlaskClient:
    return create_server(settings, local).test_client()


def code(local: Local) -> str:
    return local.link().partition("#")[2]


def administers(client: FlaskClient) -> bool:
    return client.get("/admin").status_code == 200 and ">Administration</a>" in client.get("/methode").text


def ran(*arguments: str, settings: Settings) -> tuple[int, str]:
    told = CliRunner().invoke(app, [*arguments, "--data-dir", str(settings.data_dir)])
    return told.exit_code, told.output + str(told.exception or "")


def test_a_link_opens_administration_in_one_browser_and_once(settings: Settings) -> None:
    local = begun(settings)
    first, second = asked(settings, local), asked(settings, local)
    given = code(local)
    assert not administers(first)
    assert "ess admin link" in first.get("/admin").text
    assert press(first, given).location == "/admin"
    assert administers(first)
    again = press(second, given)
    assert (again.status_code, SPENT in again.text, "ess admin link" in again.text) == (403, True, True)
    assert not administers(second)


def test_only_the_form_uses_a_link_up(settings: Settings) -> None:
    local = begun(settings)
    client = asked(settings, local)
    given = code(local)
    for method in ("get", "head", "options"):
        for path in (PATH, f"{PATH}?{given}", f"{PATH}?code={given}"):
            assert getattr(client, method)(path).status_code == 200
    for headers in ({}, {"Origin": "null"}, {"Origin": "https://localhost"}, {"Origin": "http://ess.example"}):
        assert press(client, given, headers).status_code == 403
    assert client.post(PATH, data={"code": given}, headers=OWN).status_code == 403, "without the token of the visit"
    assert press(client, local.link()).status_code == 303, "the whole link may be pasted"


@pytest.mark.parametrize("wrong", ["", "x", "../" * 9, "\0", "é" * 50, "0" * 64])
def test_what_is_no_code_opens_nothing(settings: Settings, wrong: str) -> None:
    local = begun(settings)
    local.link()
    assert press(asked(settings, local), wrong).status_code == 403


def test_a_link_is_for_its_time_its_run_and_its_folder(settings: Settings, tmp_path: Path) -> None:
    local = begun(settings)
    given = code(local)
    other = Settings(ESS_DATA_DIR=tmp_path / "other", ESS_DATABASE_URL="")
    for elsewhere in (settings, other):
        assert press(asked(elsewhere, begun(elsewhere)), given).status_code == 403
    (file,) = (settings.data_dir / FOLDER).glob("*.link")
    old = time.time() - 60 * MINUTES - 1
    os.utime(file, (old, old))
    assert press(asked(settings, local), given).status_code == 403
    assert press(asked(settings, local), code(local)).status_code == 303


def test_the_session_ends_with_the_run_and_after_its_hours(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    local = begun(settings)
    client = asked(settings, local)
    cookie = press(client, code(local)).headers.getlist("Set-Cookie")[-1]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/", f"Max-Age={HOURS * 3600}"))
    assert administers(client)
    value = cookie.partition(";")[0].partition("=")[2]
    restarted = asked(settings, begun(settings))
    restarted.set_cookie("ess_local_8050", value)
    assert not administers(restarted)
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + HOURS * 3600 + 2)
    assert not administers(client)


def test_what_is_kept_is_read_by_the_account_that_serves_alone_and_holds_no_code(settings: Settings) -> None:
    local = begun(settings)
    given = code(local)
    folder = settings.data_dir / FOLDER
    kept = [folder, *folder.iterdir()]
    assert len(kept) == 3
    if os.name != "nt":
        assert [stat.S_IMODE(path.stat().st_mode) & 0o077 for path in kept] == [0, 0, 0]
    everything = [path for path in settings.data_dir.rglob("*") if path.is_file()]
    assert not [path for path in everything if given in path.name or given.encode() in path.read_bytes()]
    local.end()
    assert [path.suffix for path in folder.iterdir()] == [".link"]


def test_where_there_are_accounts_a_link_opens_nothing_and_closes_who_opened_one(settings: Settings) -> None:
    local = begun(settings)
    client, given = asked(settings, local), code(local)
    assert press(client, code(local)).status_code == 303
    form = {FIELD: TOKEN.search(client.get(PATH).text)[1], "code": given}
    accounts.create(Database(settings.database), "ana", accounts.ADMINISTRATOR, "une phrase fictive", "essai")
    assert not administers(client)
    answer = client.post(PATH, data=form, headers=OWN)
    assert (answer.status_code, "/connexion" in answer.text) == (403, True)
    assert ran("admin", "link", settings=settings)[0] != 0
    assert f"{address(settings)}connexion" in starting.told(settings, local, address(settings))
    assert local.spend(given), "it was not used up"


def test_where_the_database_is_silent_nobody_administers_and_the_page_says_why(settings: Settings) -> None:
    client = administrator(settings)
    assert administers(client)
    silent = settings.model_copy(update={"database_url": NOWHERE.replace("postgresql:", "postgresql+psycopg:")})
    local = granted(silent, address(silent))
    assert local
    told = starting.told(silent, local, address(silent))
    assert "#" not in told
    assert "admin link --data-dir" in told
    closed = asked(silent, local)
    value = (
        local.put(create_server(settings).make_response("")).headers["Set-Cookie"].partition(";")[0].split("=", 1)[1]
    )
    closed.set_cookie("ess_local_8050", value)
    for path, status in (("/admin", 503), (PATH, 403)):
        answer = closed.get(path)
        assert (answer.status_code, "ne répond pas" in answer.text, "secret" in answer.text) == (status, True, False)


def test_where_one_signs_in_by_a_service_of_identity_a_link_opens_nothing(settings: Settings) -> None:
    named = {"oidc_issuer": "https://identite.example", "oidc_client_id": "ess", "oidc_roles": {"a": "administrator"}}
    signed = settings.model_copy(update=named)
    local = begun(signed)
    assert asked(signed, local).get(PATH).status_code == 403
    assert "#" not in starting.told(signed, local, address(signed))


@pytest.mark.parametrize("given", [{"HOST": "0.0.0.0"}, {"ESS_PROXIES": 1}])  # noqa: S104
def test_a_server_open_to_others_says_how_to_make_an_account(settings: Settings, given: dict[str, object]) -> None:
    shared = Settings(ESS_DATA_DIR=settings.data_dir, ESS_DATABASE_URL=NOWHERE, **given)
    assert "ne répond pas" in starting.told(shared, None, address(shared))
    shared = Settings(ESS_DATA_DIR=settings.data_dir, ESS_DATABASE_URL="", **given)
    told = starting.told(shared, granted(shared, address(shared)), address(shared))
    assert f"admin create --data-dir {shared.data_dir}" in told
    assert f"{address(shared)}connexion" in told
    assert ran("admin", "link", settings=settings)[0] != 0


def test_a_server_whose_administration_is_off_prints_no_link(settings: Settings) -> None:
    off = settings.model_copy(update={"admin": "off"})
    assert granted(off, address(off)) is None
    assert "#" not in starting.told(off, None, address(off))


def test_a_folder_that_takes_no_file_is_told_and_read_all_the_same(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    nowhere = settings.model_copy(update={"data_dir": tmp_path / "file" / "data"})
    local = granted(nowhere, address(nowhere))
    assert "ne prend pas de fichier" in starting.told(nowhere, local, address(nowhere))


@contextmanager
def started(settings: Settings) -> Iterator[str]:
    """A server of two processes, as one starts it; the link that it printed."""
    settings.data_dir.mkdir(exist_ok=True)
    with serving(["-m", "dashboard", "serve"], settings.data_dir, {"ESS_WORKERS": "2"}):
        found = PRINTED.search((settings.data_dir / "server.log").read_text())
        assert found
        yield found[1]


def visitor(link: str) -> tuple[Visitor, str]:
    """A browser at the page of a link, and what it is about to send."""
    parts = urlsplit(link)
    one = Visitor(parts.port or 0, parts.netloc)
    found = TOKEN.search(one.ask("GET", PATH).text)
    assert found
    return one, urlencode({FIELD: found[1], "code": parts.fragment})


def sent(link: str) -> tuple[Visitor, int]:
    one, body = visitor(link)
    return one, one.ask("POST", PATH, body, Origin=f"http://{one.name}").status


@pytest.mark.skipif(os.name == "nt", reason="gunicorn does not run on this system")
def test_a_running_server_opens_to_one_of_ten_at_once_whichever_process_answers(settings: Settings) -> None:
    with started(settings) as link:
        room = [visitor(link) for _ in range(AT_ONCE)]
        ready, told = threading.Barrier(AT_ONCE), Counter[int]()

        def send(one: Visitor, body: str) -> None:
            ready.wait()
            told[one.ask("POST", PATH, body, Origin=f"http://{one.name}").status] += 1

        threads = [threading.Thread(target=send, args=each) for each in room]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert told == {303: 1, 403: AT_ONCE - 1}
        (opened,) = (one for one, _body in room if any(name.startswith("ess_local") for name in one.cookies))
        assert {opened.ask("GET", "/admin").status for _ in range(2 * AT_ONCE)} == {200}, "of either process"
        status, more = ran("admin", "link", settings=settings)
        assert status == 0
        other, answer = sent(more.strip())
        assert (answer, other.ask("GET", "/admin").status) == (303, 200)
        kept = other.cookies
    assert ran("admin", "link", settings=settings)[0] != 0, "no server runs"
    with started(settings) as link:
        again = Visitor(urlsplit(link).port or 0, urlsplit(link).netloc)
        again.cookies = {f"ess_local_{again.port}": value for name, value in kept.items() if "local" in name}
        assert again.ask("GET", "/admin").status == 403, "another run"
