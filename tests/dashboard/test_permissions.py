"""Every route and every callback, as every role, against the table of ``docs/permissions.md``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient

from app import create_server
from dashboard.administration.local import PATH, Local
from dashboard.application import Application, build
from dashboard.gate import FIELD
from dashboard.settings import Settings
from layers.written import accounts
from layers.written.accounts import ADMINISTRATOR, AGENT, FACILITATOR
from layers.written.database import Database
from layers.written.workshop import meetings
from layers.written.workshop.meetings import Meeting
from tests.dashboard.opened import OWN, begun, press
from tests.dashboard.test_callbacks import called

TABLE = Path(__file__).parents[2] / "docs" / "permissions.md"
PUBLIC, PASSWORD, FORBIDDEN = "public", "une phrase fictive", 403
SIGNED = (PUBLIC, FACILITATOR, AGENT, ADMINISTRATOR)
"""Who asks where there are accounts."""
MACHINE, LOCAL = "machine", "local"
"""Where there are none: who asks at the machine, and who opened the link of its run there."""
ROLES = (*SIGNED, MACHINE, LOCAL)
ROW = re.compile(
    r"^\| `(?P<path>[^`]+)` \| (?P<method>GET|POST) \| (?P<told>(?:(?:yes|no) \|? ?){6})\|?$", re.MULTILINE
)
TOKEN = re.compile(rf'name="{FIELD}" value="([0-9a-f]+)"')
LAST = ("/deconnexion", PATH)
"""Asked last: the one closes every session of the account, the other begins another visit."""
OPEN_FORM = "/contester?indicator=actors_per_1000&place=4"
"""A page that has a form for everybody."""
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


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Local, str]:
    """A run without accounts, its local administration, and a meeting."""
    alone = Settings(ESS_DATA_DIR=tmp_path_factory.mktemp("bare"), ESS_DATABASE_URL="")
    found = meetings.prepare(Database(alone.database), Meeting("3", "Rencontre fictive", "2026-12-03"), "essai")
    return alone, begun(alone), found.id


def token(client: FlaskClient) -> str:
    found = TOKEN.search(client.get(OPEN_FORM).text)
    assert found
    return found[1]


def entered(settings: Settings, role: str) -> FlaskClient:
    client = create_server(settings).test_client()
    if role != PUBLIC:
        form = {FIELD: token(client), "name": role, "password": PASSWORD}
        assert client.post("/connexion", data=form).status_code == 303
    return client


def sitting(bare: tuple[Settings, Local, str], role: str) -> FlaskClient:
    """A browser of the machine, with the link or without."""
    client = create_server(*bare[:2]).test_client()
    if role == LOCAL:
        assert press(client, bare[1].link()).status_code == 303
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
def test_every_route_as_every_role(
    settings: Settings, meeting: str, bare: tuple[Settings, Local, str], role: str
) -> None:
    def arrived() -> FlaskClient:
        return entered(settings, role) if role in SIGNED else sitting(bare, role)

    client, wrong = arrived(), []
    for (rule, method), told in sorted(rows().items(), key=lambda row: row[0][0] in LAST):
        path = filled(rule, meeting if role in SIGNED else bare[2])
        asker = arrived() if (rule, method) == ("/connexion", "POST") else client
        if method == "GET":
            answer = asker.get(path)
        else:
            code = {"code": bare[1].link()} if rule == PATH and role == LOCAL else {}
            answer = asker.post(path, data={FIELD: token(asker), **BODIES.get(rule, {}), **code}, headers=OWN)
        if (answer.status_code != FORBIDDEN) != told[ROLES.index(role)]:
            wrong.append((method, path, answer.status_code))
        answer.close()
    assert wrong == []


@pytest.mark.parametrize("role", [*SIGNED, LOCAL])
def test_no_write_without_a_token_or_with_that_of_another(
    settings: Settings, meeting: str, bare: tuple[Settings, Local, str], role: str
) -> None:
    client, other = (sitting(bare, role) if role == LOCAL else entered(settings, role) for _ in range(2))
    meeting = bare[2] if role == LOCAL else meeting
    stolen, wrong = token(other), []
    ours = [rule for rule, method in rows() if method == "POST" and not rule.startswith(("/_dash", "/api/"))]
    for rule in ours:
        for form in ({}, {FIELD: stolen}, {FIELD: "0" * 64}):
            answer = client.post(filled(rule, meeting), data=form)
            if answer.status_code != FORBIDDEN:
                wrong.append((rule, sorted(form), answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", SIGNED)
def test_the_callback_of_the_server_answers_every_role_alike(settings: Settings, role: str) -> None:
    asked = ("charts.children", ("view", "territory=3"))
    answer, public = (called(entered(settings, one), *asked) for one in (role, PUBLIC))
    assert answer.status_code == 200
    assert answer.get_json() == public.get_json()


@pytest.mark.parametrize("role", SIGNED)
def test_the_desk_is_told_to_who_leads_alone(settings: Settings, meeting: str, role: str) -> None:
    answer = entered(settings, role).get(f"/atelier/{meeting}/live?window=animer")
    assert (answer.status_code == FORBIDDEN) == (role not in (FACILITATOR, ADMINISTRATOR))
