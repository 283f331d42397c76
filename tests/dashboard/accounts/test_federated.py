"""Signing in by a service of identity: what it says is believed once it is proved, and no further."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from pydantic import ValidationError
from werkzeug.test import TestResponse

from app import create_server
from dashboard import cli_errors
from dashboard.settings import Settings
from layers.written import accounts, noting
from layers.written.accounts import ADMINISTRATOR, AGENT, FACILITATOR
from layers.written.database import Database
from layers.written.locking import Invalid
from tests.dashboard.accounts.provider import CLIENT, SECRET, Provider, serving
from tests.dashboard.accounts.test_accounts import PASSWORD, TOKEN, token, wrote

ROLES = {"ess-admin": ADMINISTRATOR, "ess-donnees": AGENT, "ess-animation": FACILITATOR}
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serving() as made:
        made.person["groups"] = ["ess-animation"]
        yield made


@pytest.fixture
def settings(tmp_path: Path, provider: Provider) -> Settings:
    return Settings(
        ESS_DATA_DIR=tmp_path / "data", ESS_OIDC_ISSUER=provider.issuer, ESS_OIDC_CLIENT_ID=CLIENT,
        ESS_OIDC_CLIENT_SECRET=SECRET, ESS_OIDC_NAME="Compte métropole", ESS_OIDC_ROLES=ROLES,
    )  # fmt: skip


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_server(settings).test_client()


@pytest.fixture
def database(settings: Settings) -> Database:
    return Database(settings.database)


def back(client: FlaskClient, lang: str = "fr") -> str:
    """The address by which the service sends a person back, with the code and the state of this attempt."""
    answer = client.get(f"/connexion/identite?lang={lang}")
    assert answer.status_code == 302, answer.text
    sent = requests.get(answer.headers["Location"], allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(sent)
    return f"{parts.path}?{parts.query}"


def came(client: FlaskClient, lang: str = "fr") -> TestResponse:
    return client.get(back(client, lang))


@pytest.mark.usefixtures("written_elsewhere")
def test_the_first_time_makes_an_account_of_what_the_service_says(
    client: FlaskClient, provider: Provider, database: Database
) -> None:
    assert client.get("/diagnostic/3").status_code == 200
    assert client.get("/admin").status_code == 403, "who sits at this machine signs in too, once a service is there"
    assert "Se connecter avec Compte métropole" in client.get("/connexion").text
    answer = came(client)
    assert answer.status_code == 200
    assert "elodie-fictive" in answer.text
    assert 'http-equiv="refresh"' in answer.text
    (made,) = accounts.listed(database)
    assert (made.name, made.role, made.hash) == ("elodie-fictive", FACILITATOR, "")
    assert "elodie-fictive" in client.get("/compte").text
    assert wrote(client, "/atelier", title="Fictive", held="2026-12-03", place="3") == 303
    asked = provider.asked[0]
    assert (asked["code_challenge_method"], asked["scope"]) == ("S256", "openid profile email")
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


@pytest.mark.usefixtures("written_elsewhere")
def test_the_next_time_it_is_the_same_account_with_the_role_of_now(
    client: FlaskClient, provider: Provider, database: Database, settings: Settings
) -> None:
    came(client)
    other = create_server(settings).test_client()
    provider.person |= {"groups": ["ess-donnees"], "preferred_username": "un autre nom"}
    came(other)
    (made,) = accounts.listed(database)
    assert (made.name, made.role) == ("elodie-fictive", AGENT)
    assert client.get("/compte").status_code == 303, "the session of another role is closed"
    assert other.get("/admin").status_code == 200
    assert sorted(line.what for line in noting.lines(database, made.id)) == ["added", "role"]


@pytest.mark.usefixtures("written_elsewhere")
def test_a_name_that_is_taken_gives_nobody_the_account_of_another(
    client: FlaskClient, provider: Provider, database: Database
) -> None:
    own = accounts.create(database, "elodie-fictive", ADMINISTRATOR, PASSWORD, "essai")
    came(client)
    made = next(one for one in accounts.listed(database) if one.id != own.id)
    assert made.name.startswith("elodie-fictive-")
    assert made.role == FACILITATOR
    assert client.get("/admin/comptes").status_code == 403
    provider.person |= {"sub": "2", "preferred_username": "<i>"}
    came(client)
    assert sorted(one.name for one in accounts.listed(database))[2].startswith("i-")


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "un autre"}, {"nonce": None}, {"aud": "un autre client"}, {"aud": ["un autre"], "azp": CLIENT},
        {"iss": "https://ailleurs.example"}, {"exp": 1}, {"sub": None}, {"azp": "un autre client"},
    ],
)  # fmt: skip
def test_what_is_said_for_another_attempt_client_or_time_is_refused(
    client: FlaskClient, provider: Provider, database: Database, lies: dict[str, object]
) -> None:
    provider.lies = lies
    answer = came(client)
    assert answer.status_code == 400
    assert "recommencez" in answer.text
    assert accounts.listed(database) == []
    assert client.get("/compte").status_code == 303


def test_what_another_key_signed_is_refused(client: FlaskClient, provider: Provider, database: Database) -> None:
    provider.signing = RSAKey.generate_key(2048, {"kid": "1"})
    assert came(client).status_code == 400
    assert accounts.listed(database) == []


def test_a_return_counts_once_and_in_the_browser_that_left(client: FlaskClient, settings: Settings) -> None:
    address = back(client)
    elsewhere = create_server(settings).test_client()
    assert elsewhere.get(address).status_code == 400, "another’s code signs nobody in"
    assert client.get(address.replace("state=", "state=x")).status_code == 400
    address = back(client)
    assert client.get(address).status_code == 200
    assert client.get(address).status_code == 400, "nor twice"
    assert client.get("/connexion/retour?error=access_denied").status_code == 400


def test_who_has_no_role_is_told_so(client: FlaskClient, provider: Provider, database: Database) -> None:
    provider.person["groups"] = ["autre chose"]
    answer = came(client, "en")
    assert answer.status_code == 403
    assert "gives you no role here" in answer.text
    del provider.person["groups"]
    assert came(client).status_code == 403
    assert accounts.listed(database) == []


def test_a_role_may_be_told_apart_or_inside_another_claim(
    client: FlaskClient, provider: Provider, database: Database, settings: Settings
) -> None:
    del provider.person["groups"]
    provider.apart = {"groups": ["ess-animation", "ess-admin"]}
    assert came(client).status_code == 200
    assert accounts.listed(database)[0].role == ADMINISTRATOR, "the first of the settings wins"
    inside = settings.model_copy(update={"oidc_claim": "realm_access.roles"})
    provider.person |= {"sub": "2", "realm_access": {"roles": ["ess-donnees"]}}
    assert came(create_server(inside).test_client()).status_code == 200
    assert sorted(one.role for one in accounts.listed(database)) == [ADMINISTRATOR, AGENT]
    provider.apart["sub"] = "another person"
    provider.person["sub"] = "3"
    assert came(client).status_code == 403, "what is told of somebody else is not believed"


def test_an_account_closed_here_stays_closed_and_has_no_password(client: FlaskClient, database: Database) -> None:
    chief = accounts.create(database, "chef", ADMINISTRATOR, PASSWORD, "essai")
    came(client)
    made = next(one for one in accounts.listed(database) if one.id != chief.id)
    with pytest.raises(Invalid):
        accounts.set_password(database, made.id, made.version, PASSWORD, "chef")
    with pytest.raises(Invalid):
        accounts.set_role(database, made.id, made.version, ADMINISTRATOR, "chef")
    with pytest.raises(accounts.WrongPassword):
        accounts.sign_in(database, made.name, PASSWORD, "")
    accounts.set_disabled(database, made.id, made.version, "chef", disabled=True)
    answer = came(client)
    assert answer.status_code == 403
    assert "fermé ici" in answer.text


def test_a_service_that_is_down_is_said_and_passwords_of_here_still_work(
    client: FlaskClient, provider: Provider, database: Database
) -> None:
    accounts.create(database, "chef", ADMINISTRATOR, PASSWORD, "essai")
    address = back(client)
    provider.is_down = True
    fresh = client.application.test_client()
    assert client.get(address).status_code in (400, 503)
    form = {"jeton": token(fresh), "name": "chef", "password": PASSWORD}
    assert fresh.post("/connexion", data=form).status_code == 303


def test_a_service_that_was_never_there_is_said(settings: Settings) -> None:
    nowhere = settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})
    answer = create_server(nowhere).test_client().get("/connexion/identite?lang=en")
    assert answer.status_code == 503
    assert "does not answer" in answer.text


def test_without_a_service_there_is_no_such_address(tmp_path: Path) -> None:
    client = create_server(Settings(ESS_DATA_DIR=tmp_path / "data")).test_client()
    assert client.get("/connexion/identite").status_code == 404
    assert client.get("/connexion/retour").status_code == 404
    assert "ess_connexion" not in client.get("/confidentialite").text


def test_one_erases_the_account_that_a_service_signed_in_by_its_name(client: FlaskClient, database: Database) -> None:
    accounts.create(database, "chef", ADMINISTRATOR, PASSWORD, "essai")
    came(client)
    assert wrote(client, "/compte/effacer", name="un autre") == 400
    assert json.loads(client.get("/compte.json").text)["accounts"][0]["name"] == "elodie-fictive"
    assert wrote(client, "/compte/effacer", name="elodie-fictive") == 303
    assert [one.name for one in accounts.listed(database)] == ["chef"]


def test_the_cookies_of_the_way_are_narrow(client: FlaskClient) -> None:
    left = client.get("/connexion/identite").headers["Set-Cookie"]
    assert left.startswith("ess_connexion=")
    assert all(word in left for word in ("HttpOnly", "Path=/connexion", "SameSite=Lax"))
    query = parse_qs(urlsplit(client.get("/connexion/identite").headers["Location"]).query)
    assert query["redirect_uri"] == ["http://localhost/connexion/retour"]


@pytest.mark.parametrize(
    "given",
    [
        {"ESS_OIDC_ISSUER": "http://ailleurs.example", "ESS_OIDC_CLIENT_ID": "x", "ESS_OIDC_ROLES": ROLES},
        {"ESS_OIDC_ISSUER": "https://ailleurs.example"},
        {"ESS_OIDC_ISSUER": "https://ailleurs.example", "ESS_OIDC_CLIENT_ID": "x", "ESS_OIDC_ROLES": {"a": "chef"}},
    ],
)
def test_settings_that_would_sign_nobody_in_are_refused_in_french(
    given: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValidationError):
        Settings(**given)
    for name, value in given.items():
        monkeypatch.setenv(name, value if isinstance(value, str) else json.dumps(value))
    with pytest.raises(cli_errors.WrongUsage, match="ESS_OIDC"):
        cli_errors.settings()


def test_behind_a_proxy_that_is_named_the_address_is_that_of_the_browser(settings: Settings) -> None:
    server = create_server(settings.model_copy(update={"proxies": 1}))
    client = server.test_client()
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "ess.example", "X-Forwarded-For": "192.0.2.7"}
    answer = client.get("/connexion/identite", headers=told)
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert query["redirect_uri"] == ["https://ess.example/connexion/retour"]
    page = client.get("/connexion", headers=told)
    assert "Secure" in page.headers["Set-Cookie"]
    assert TOKEN.search(page.text)
