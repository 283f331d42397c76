"""Visitors of a public name, behind a proxy that adds no header: no right, and no protected address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest

from app import create_server
from dashboard.administration.local import PATH, Local
from dashboard.gate import FIELD, RIGHTS, Gate
from dashboard.settings import Settings
from layers.written.database import Database
from layers.written.workshop import meetings
from layers.written.workshop.meetings import Meeting
from tests.dashboard.opened import begun
from tests.dashboard.plain_proxy import NAME, Visitor, proxied
from tests.dashboard.test_permissions import OPEN_FORM, PUBLIC, ROLES, TOKEN, filled, rows

FORBIDDEN = 403
PROBE = "/rights-of-who-asks"
FORWARDED = (
    "Forwarded", "X-Forwarded-For", "X-Forwarded-Server", "X-Real-IP", "Via", "X-Client-IP", "CF-Connecting-IP",
    "True-Client-IP", "X-Original-Host", "X-Envoy-External-Address", "X-Cluster-Client-Ip", "Fastly-Client-IP",
)  # fmt: skip
ORIGINS = ({}, {"Origin": f"https://{NAME}"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-origin"})


@dataclass(frozen=True)
class Reached:
    """A server that runs on loopback with its links, the proxy before it, and a meeting."""

    port: int
    public: int
    local: Local
    meeting: str


@pytest.fixture(scope="module", params=["keeps the name", "rewrites the name"])
def reached(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    """One more address tells the rights of who asks."""
    settings = Settings(ESS_DATA_DIR=tmp_path_factory.mktemp("data"), ESS_DATABASE_URL="")
    database = Database(settings.database)
    local = begun(settings)
    server, gate = create_server(settings, local), Gate(settings, database, local)
    server.add_url_rule(PROBE, "probe", lambda: " ".join(right for right in RIGHTS if gate.may(right)))
    meeting = meetings.prepare(database, Meeting("3", "Rencontre fictive", "2026-12-03"), "essai").id
    with proxied(server, keeps_host=request.param == "keeps the name") as (port, public):
        yield Reached(port, public, local, meeting)


def token(visitor: Visitor) -> str:
    found = TOKEN.search(visitor.ask("GET", OPEN_FORM).text)
    assert found
    return found[1]


def opened(visitor: Visitor, code: str, **headers: str) -> int:
    """Status of the answer to the form of a link, filled in with a code."""
    return visitor.ask("POST", PATH, urlencode({FIELD: token(visitor), "code": code}), **headers).status


@pytest.mark.parametrize("headers", ORIGINS)
def test_a_visitor_has_no_right_whatever_they_send(reached: Reached, headers: dict[str, str]) -> None:
    for name in (NAME, "127.0.0.1", "localhost"):
        assert Visitor(reached.public, name).ask("GET", PROBE, **headers).text == ""


def test_no_protected_address_answers_a_visitor(reached: Reached) -> None:
    visitor = Visitor(reached.public, "127.0.0.1")  # what Host says is the visitor's to write
    own = token(visitor)
    closed = [rule for rule, told in rows().items() if not told[ROLES.index(PUBLIC)] and rule[0] != PATH]
    assert len(closed) > 15
    wrong = []
    for rule, method in closed:
        answer = visitor.ask(method, filled(rule, reached.meeting), urlencode({FIELD: own}) if method == "POST" else "")
        if answer.status != FORBIDDEN:
            wrong.append((method, rule, answer.status))
    assert wrong == []
    assert ">Administration</a>" not in visitor.ask("GET", "/methode").text


def test_a_link_that_somebody_opens_by_the_public_name_opens_nothing_and_is_not_used_up(reached: Reached) -> None:
    code = reached.local.link().partition("#")[2]
    for scheme in ("https", "http"):
        visitor = Visitor(reached.public)
        assert opened(visitor, code, Origin=f"{scheme}://{NAME}") == FORBIDDEN
        assert visitor.ask("GET", PROBE).text == ""
    here = Visitor(reached.port, f"127.0.0.1:{reached.port}")
    assert opened(here, code, Origin=f"http://127.0.0.1:{reached.port}") == 303
    assert here.ask("GET", PROBE).text == " ".join(RIGHTS)


def test_the_browser_that_administers_does_not_where_a_proxy_speaks_for_it(reached: Reached) -> None:
    here = Visitor(reached.port, f"127.0.0.1:{reached.port}")
    assert opened(here, reached.local.link(), Origin=f"http://127.0.0.1:{reached.port}") == 303
    assert here.ask("GET", PROBE).text == " ".join(RIGHTS)
    for header in FORWARDED:
        assert here.ask("GET", PROBE, **{header: "127.0.0.1"}).text == "", header
    assert here.ask("GET", PROBE, Host=NAME).text == ""
    assert here.ask("GET", PROBE, Origin=f"https://127.0.0.1:{reached.port}").text == ""
