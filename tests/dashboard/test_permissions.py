"""Every route and every callback, as every role, against the table of ``docs/permissions.md``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient

from app import create_server
from dashboard.application import Application, build
from dashboard.gate import FIELD
from dashboard.settings import Settings
from layers.written import accounts
from layers.written.accounts import ADMINISTRATOR, AGENT, FACILITATOR
from layers.written.database import Database
from layers.written.workshop import meetings
from layers.written.workshop.meetings import Meeting
from tests.dashboard.test_callbacks import called

TABLE = Path(__file__).parents[2] / "docs" / "permissions.md"
PUBLIC, PASSWORD, FORBIDDEN = "public", "une phrase fictive", 403
ROLES = (PUBLIC, FACILITATOR, AGENT, ADMINISTRATOR)
ROW = re.compile(
    r"^\| `(?P<path>[^`]+)` \| (?P<method>GET|POST) \| (?P<told>(?:(?:yes|no) \|? ?){4})\|?$", re.MULTILINE
)
TOKEN = re.compile(rf'name="{FIELD}" value="([0-9a-f]+)"')
SIGN_OUT = "/deconnexion"
"""Asked last: it closes every session of the account."""
VALUES = {"code": "3", "number": "1", "a": "1", "b": "2", "place": "0", "form": "csv", "key": "elu", "draft_id": "x"}
BODIES = {
    "/connexion": {"name": ADMINISTRATOR, "password": PASSWORD},
    "/compte": {"password": PASSWORD, "new": "a", "again": "b"},
}
"""What makes a form right where one that is wrong is answered as if it were forbidden."""


def rows() -> dict[tuple[str, str], tuple[bool, ...]]:
    """Who may, in the order of `ROLES`, by address and method."""
    found = {}
    for row in ROW.finditer(TABLE.read_text(encoding="utf-8")):
        told = tuple(word == "yes" for word in re.findall(r"yes|no", row["told"]))
        found[(row["path"].replace("&#124;", "|"), row["method"])] = told
    return found


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        made = Settings(ESS_DATA_DIR=tmp_path_factory.mktemp("data"))
        for role in (ADMINISTRATOR, AGENT, FACILITATOR):
            accounts.create(Database(made.database), role, role, PASSWORD, "essai")
        yield made


@pytest.fixture(scope="module")
def application(settings: Settings) -> Application:
    return build(settings)


@pytest.fixture(scope="module")
def meeting(settings: Settings) -> str:
    return meetings.prepare(Database(settings.database), Meeting("3", "Rencontre fictive", "2026-12-03"), "essai").id


def token(client: FlaskClient) -> str:
    found = TOKEN.search(client.get("/connexion").text)
    assert found
    return found[1]


def entered(settings: Settings, role: str) -> FlaskClient:
    client = create_server(settings).test_client()
    if role != PUBLIC:
        form = {FIELD: token(client), "name": role, "password": PASSWORD}
        assert client.post("/connexion", data=form).status_code == 303
    return client


def filled(rule: str, meeting: str) -> str:
    """An address that a rule answers: a real meeting, things that there are not elsewhere."""
    values = VALUES | ({"ident": meeting, "code": "ZZZZZZ"} if rule.startswith(("/atelier", "/a/")) else {})
    return re.sub(r"<(?:[^:<>]*:)?(\w+)>", lambda found: values.get(found[1], "x"), rule)


def test_the_table_has_every_route_and_nothing_else(application: Application) -> None:
    served = {
        (str(rule), method)
        for rule in application.server.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST"}
    }
    assert served == set(rows())


def test_the_table_has_every_callback(application: Application) -> None:
    line = TABLE.read_text(encoding="utf-8").rpartition("none of which writes: ")[2]
    assert sorted(application.callback_map) == re.findall(r"`([^`]+)`", line)


@pytest.mark.parametrize("role", ROLES)
def test_every_route_as_every_role(settings: Settings, meeting: str, role: str) -> None:
    client, wrong = entered(settings, role), []
    for (rule, method), told in sorted(rows().items(), key=lambda row: row[0][0] == SIGN_OUT):
        path = filled(rule, meeting)
        asker = entered(settings, role) if (rule, method) == ("/connexion", "POST") else client
        if method == "GET":
            answer = asker.get(path)
        else:
            answer = asker.post(path, data={FIELD: token(asker), **BODIES.get(rule, {})})
        if (answer.status_code != FORBIDDEN) != told[ROLES.index(role)]:
            wrong.append((method, path, answer.status_code))
        answer.close()
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_no_write_without_a_token_or_with_that_of_another(settings: Settings, meeting: str, role: str) -> None:
    client, other = entered(settings, role), entered(settings, role)
    stolen, wrong = token(other), []
    ours = [rule for rule, method in rows() if method == "POST" and not rule.startswith(("/_dash", "/api/"))]
    for rule in ours:
        for form in ({}, {FIELD: stolen}, {FIELD: "0" * 64}):
            answer = client.post(filled(rule, meeting), data=form)
            if answer.status_code != FORBIDDEN:
                wrong.append((rule, sorted(form), answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_the_callback_of_the_server_answers_every_role_alike(settings: Settings, role: str) -> None:
    asked = ("charts.children", ("view", "territory=3"))
    answer, public = (called(entered(settings, one), *asked) for one in (role, PUBLIC))
    assert answer.status_code == 200
    assert answer.get_json() == public.get_json()


@pytest.mark.parametrize("role", ROLES)
def test_the_desk_is_told_to_who_leads_alone(settings: Settings, meeting: str, role: str) -> None:
    answer = entered(settings, role).get(f"/atelier/{meeting}/live?window=animer")
    assert (answer.status_code == FORBIDDEN) == (role not in (FACILITATOR, ADMINISTRATOR))
