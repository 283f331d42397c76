"""Visitors of a public name, behind a proxy that adds no header: no right, and no protected address."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from app import create_server
from dashboard.gate import FIELD, RIGHTS, Gate
from dashboard.settings import Settings
from layers.written.database import Database
from layers.written.workshop import meetings
from layers.written.workshop.meetings import Meeting
from tests.dashboard.plain_proxy import NAME, Visitor, proxied
from tests.dashboard.test_permissions import PUBLIC, ROLES, TOKEN, filled, rows

FORBIDDEN = 403
PROBE = "/rights-of-who-asks"
ORIGINS = ({}, {"Origin": f"https://{NAME}"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-origin"})


@pytest.fixture(scope="module", params=["keeps the name", "rewrites the name"])
def reached(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """Port of the proxy, and a meeting; one more address tells the rights of who asks."""
    settings = Settings(ESS_DATA_DIR=tmp_path_factory.mktemp("data"), ESS_DATABASE_URL="")
    database = Database(settings.database)
    server = create_server(settings)
    gate = Gate(settings, database)
    server.add_url_rule(PROBE, "probe", lambda: " ".join(right for right in RIGHTS if gate.may(right)))
    meeting = meetings.prepare(database, Meeting("3", "Rencontre fictive", "2026-12-03"), "essai").id
    with proxied(server, keeps_host=request.param == "keeps the name") as (_port, public):
        yield public, meeting


@pytest.mark.parametrize("headers", ORIGINS)
def test_a_visitor_has_no_right_whatever_they_send(reached: tuple[int, str], headers: dict[str, str]) -> None:
    for name in (NAME, "127.0.0.1", "localhost"):
        assert Visitor(reached[0], name).ask("GET", PROBE, **headers).text == ""


def test_no_protected_address_answers_a_visitor(reached: tuple[int, str]) -> None:
    public, meeting = reached
    visitor = Visitor(public, "127.0.0.1")  # what Host says is the visitor's to write
    token = TOKEN.search(visitor.ask("GET", "/diagnostic/3").text)
    assert token
    closed = [rule for rule, told in rows().items() if not told[ROLES.index(PUBLIC)]]
    assert len(closed) > 15
    wrong = []
    for rule, method in closed:
        body = urlencode({FIELD: token[1]}) if method == "POST" else ""
        answer = visitor.ask(method, filled(rule, meeting), body)
        if answer.status != FORBIDDEN:
            wrong.append((method, rule, answer.status))
    assert wrong == []
    assert ">Administration</a>" not in visitor.ask("GET", "/methode").text
