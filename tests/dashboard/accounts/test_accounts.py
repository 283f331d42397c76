"""Signing in, roles, and what is refused: without token, with another's, after sign-out, from who has not the right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from typer.testing import CliRunner

from app import create_server
from dashboard.accounts import session
from dashboard.administration import access
from dashboard.cli import app
from dashboard.gate import FIELD
from dashboard.settings import Settings
from layers.written import accounts, register
from layers.written.accounts import ADMINISTRATOR, AGENT, FACILITATOR
from layers.written.database import Database
from tests.dashboard.opened import administrator

PASSWORD, OTHER = "une phrase fictive", "une autre phrase"
TOKEN = re.compile(rf'name="{FIELD}" value="([0-9a-f]+)"')
FINDING = {"what": "add", "sentence": "Constat fictif.", "quadrant": "threat", "theme": "", "status": "to_check",
           "evidence": "actor", "source": "Atelier fictif"}  # fmt: skip
PUBLIC = "public"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def settings(tmp_path: Path, written_elsewhere: None) -> Settings:
    """On SQLite, then on PostgreSQL."""
    return Settings(ESS_DATA_DIR=tmp_path / "data")


@pytest.fixture
def database(settings: Settings) -> Database:
    return Database(settings.database)


@pytest.fixture
def server(settings: Settings) -> Flask:
    return create_server(settings)


@pytest.fixture
def everybody(database: Database) -> None:
    for role in (ADMINISTRATOR, AGENT, FACILITATOR):
        accounts.create(database, role, role, PASSWORD, "essai")


def token(client: FlaskClient, path: str = "/connexion") -> str:
    found = TOKEN.search(client.get(path).text)
    assert found, path
    return found[1]


def entered(server: Flask, name: str, password: str = PASSWORD) -> FlaskClient:
    client = server.test_client()
    if name != PUBLIC:
        answer = client.post("/connexion", data={FIELD: token(client), "name": name, "password": password})
        assert answer.status_code == 303, answer.text
    return client


def wrote(client: FlaskClient, path: str, **form: str) -> int:
    return client.post(path, data={FIELD: token(client, "/compte"), **form}).status_code


def test_without_accounts_who_opened_the_link_administers_and_is_told_how_to_make_one(
    server: Flask, settings: Settings
) -> None:
    assert "ess admin create" in server.test_client().get("/admin").text, "another server than ours gives no link"
    client = administrator(settings)
    assert "ess admin create" in client.get("/connexion").text
    assert client.get("/admin").status_code == 200
    assert "Administrateur local" in client.get("/admin/comptes").text
    assert "/connexion" not in client.get("/").text
    assert not (settings.data_dir / "ess.sqlite").exists(), "reading writes nothing"


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize(
    ("role", "may"),
    [
        (PUBLIC, set()),
        (FACILITATOR, {"/diagnostic/3", "/atelier"}),
        (AGENT, {"/admin", "/admin/import", "/admin/contestations"}),
        (ADMINISTRATOR, {"/diagnostic/3", "/atelier", "/admin", "/admin/import", "/admin/contestations",
                         "/admin/comptes"}),
    ],
)  # fmt: skip
def test_each_role_may_what_is_its_own(server: Flask, database: Database, role: str, may: set[str]) -> None:
    client = entered(server, role)
    for path in ("/admin", "/admin/import", "/admin/contestations", "/admin/comptes"):
        assert client.get(path).status_code == (200 if path in may else 403), path
    own = token(client, "/connexion")
    found = client.post("/diagnostic/3", data={FIELD: own, **FINDING}).status_code
    assert found == (303 if "/diagnostic/3" in may else 403)
    assert len(register.listed(database, "3")) == ("/diagnostic/3" in may)
    made = client.post("/atelier", data={FIELD: own, "place": "3", "title": "x", "held": "2026-12-03"}).status_code
    assert made == (303 if "/atelier" in may else 403)
    form = {"what": "create", "name": "intrus", "role": ADMINISTRATOR, "new": PASSWORD, "again": PASSWORD}
    made = client.post("/admin/comptes", data={FIELD: own, **form}).status_code
    assert made == (303 if "/admin/comptes" in may else 403)
    assert len(accounts.listed(database)) == (4 if "/admin/comptes" in may else 3)
    if "/diagnostic/3" in may:
        (one,) = register.listed(database, "3")
        assert register.history(database, one.id)[0].who == role


@pytest.mark.usefixtures("everybody")
def test_what_comes_without_its_token_or_with_anothers_is_refused(server: Flask, database: Database) -> None:
    client, other = entered(server, ADMINISTRATOR), entered(server, FACILITATOR)
    form = {"what": "create", "name": "intrus", "role": AGENT, "new": PASSWORD, "again": PASSWORD}
    for given in ({}, {FIELD: ""}, {FIELD: token(other, "/compte")}):
        assert client.post("/admin/comptes", data={**given, **form}).status_code == 403
    own = token(client, "/compte")
    elsewhere = {"Origin": "https://ailleurs.example"}
    assert client.post("/admin/comptes", data={FIELD: own, **form}, headers=elsewhere).status_code == 403
    assert server.test_client().post("/connexion", data={"name": AGENT, "password": PASSWORD}).status_code == 403
    assert len(accounts.listed(database)) == 3


@pytest.mark.usefixtures("everybody")
def test_a_session_ends_with_sign_out_another_role_or_a_forged_cookie(server: Flask, database: Database) -> None:
    client, same = entered(server, ADMINISTRATOR), entered(server, ADMINISTRATOR)
    kept = client.get_cookie(session.COOKIE)
    assert kept
    assert kept.http_only
    assert kept.same_site == "Strict"
    assert wrote(client, "/deconnexion") == 303
    for one in (client, same):
        assert one.get("/admin").status_code == 403
    for value in (kept.value, kept.value[:-2], "x"):
        client.set_cookie(session.COOKIE, value)
        assert client.get("/admin").status_code == 403
    agent = entered(server, AGENT)
    (now,) = (one for one in accounts.listed(database) if one.name == AGENT)
    accounts.set_role(database, now.id, now.version, FACILITATOR, "essai")
    assert agent.get("/admin").status_code == 403


@pytest.mark.usefixtures("everybody")
def test_another_visit_begins_with_the_session(server: Flask) -> None:
    client = server.test_client()
    before = token(client)
    assert client.post("/connexion", data={FIELD: before, "name": AGENT, "password": PASSWORD}).status_code == 303
    assert client.post("/deconnexion", data={FIELD: before}).status_code == 403, "a form of before is no more ours"
    assert client.get("/admin").status_code == 200


@pytest.mark.usefixtures("everybody")
def test_wrong_passwords_are_told_alike_and_not_for_ever(server: Flask) -> None:
    client = server.test_client()
    told = set()
    for name in (AGENT, "personne"):
        answer = client.post("/connexion", data={FIELD: token(client), "name": name, "password": "faux"})
        assert answer.status_code == 403
        told.add(re.search(r'id="problem".*?</p>', answer.text)[0])  # type: ignore[index]
    assert len(told) == 1
    codes = [
        client.post("/connexion", data={FIELD: token(client), "name": AGENT, "password": "faux"}).status_code
        for _ in range(5)
    ]
    assert codes == [403, 403, 403, 403, 429]


@pytest.mark.usefixtures("everybody")
def test_ones_own_password_is_changed_from_the_one_before(server: Flask) -> None:
    client = entered(server, AGENT)
    for old, new, again, status in (
        ("faux", OTHER, OTHER, 403),
        (PASSWORD, OTHER, "x", 400),
        (PASSWORD, "court", "court", 400),
        (PASSWORD, OTHER, OTHER, 303),
    ):
        assert wrote(client, "/compte", password=old, new=new, again=again) == status
    assert client.get("/admin").status_code == 200, "this session goes on"
    entered(server, AGENT, OTHER)


@pytest.mark.usefixtures("everybody")
def test_the_administrator_changes_closes_and_never_shuts_all_out(server: Flask, database: Database) -> None:
    client = entered(server, ADMINISTRATOR)
    now = {one.name: one for one in accounts.listed(database)}
    for what, name, version, status in (
        ("disable", AGENT, "1", 303),
        ("enable", AGENT, "1", 409),
        ("enable", AGENT, "2", 303),
        ("disable", ADMINISTRATOR, "1", 400),
        ("fly", AGENT, "3", 400),
        ("disable", AGENT, "x", 400),
    ):
        assert wrote(client, "/admin/comptes", what=what, id=now[name].id, version=version) == status, what
    assert "argon2" not in client.get("/admin/comptes").text
    for path in ("/admin/comptes", "/compte", "/connexion"):
        assert client.get(f"{path}?lang=en").status_code == 200


@pytest.mark.usefixtures("everybody")
def test_from_the_network_one_signs_in_and_where_administration_is_off_nobody_may(settings: Settings) -> None:
    listening = Settings(ESS_DATA_DIR=settings.data_dir, HOST="0.0.0.0")  # noqa: S104
    assert entered(create_server(listening), AGENT).get("/admin").status_code == 200
    off = Settings(ESS_DATA_DIR=settings.data_dir, ESS_ADMIN="off")
    client = entered(create_server(off), ADMINISTRATOR)
    assert client.get("/admin").status_code == client.get("/admin/comptes").status_code == 403


def test_the_first_account_is_made_and_a_lost_password_given_again(settings: Settings, server: Flask) -> None:
    run = CliRunner()
    where = ["--password-stdin", "--data-dir", str(settings.data_dir)]
    assert run.invoke(app, ["admin", "reset", "ana", *where], input=f"{OTHER}\n").exit_code != 0
    assert run.invoke(app, ["admin", "create", "ana", *where], input="court\n").exit_code != 0
    assert run.invoke(app, ["admin", "create", "ana", *where], input=f"{PASSWORD}\n").exit_code == 0
    assert server.test_client().get("/admin").status_code == 403, "even on this machine one signs in now"
    assert run.invoke(app, ["admin", "reset", "ana", *where], input=f"{OTHER}\n").exit_code == 0
    assert entered(server, "ana", OTHER).get("/admin").status_code == 200
    assert access.key(settings.data_dir)


@pytest.mark.usefixtures("everybody")
def test_one_takes_a_copy_of_what_is_kept_and_erases_the_account(server: Flask, database: Database) -> None:
    client = entered(server, FACILITATOR)
    assert wrote(client, "/diagnostic/3", **FINDING) == 303
    told = client.get("/compte.json").get_json()
    assert [row["name"] for row in told["accounts"]] == [FACILITATOR]
    assert "added" in [row["what"] for row in told["journal"]]
    assert "hash" not in told["accounts"][0]
    assert wrote(client, "/compte/effacer", password=OTHER) == 400
    assert wrote(client, "/compte/effacer", password=PASSWORD) == 303
    assert FACILITATOR not in [one.name for one in accounts.listed(database)]
    assert client.get("/compte.json").status_code == 303, "signed out with it"
    (found,) = register.listed(database, "3")
    assert FACILITATOR not in str(register.history(database, found.id))


@pytest.mark.usefixtures("everybody")
def test_the_last_administrator_does_not_leave(server: Flask, database: Database) -> None:
    client = entered(server, ADMINISTRATOR)
    answer = client.post("/compte/effacer", data={FIELD: token(client, "/compte"), "password": PASSWORD})
    assert answer.status_code == 400
    assert "dernier administrateur" in answer.text
    assert len(accounts.listed(database)) == 3
