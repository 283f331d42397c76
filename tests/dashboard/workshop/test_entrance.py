"""Who takes part knows the code of the room, or read it with a telephone: the public name of a meeting lets nobody in."""

from __future__ import annotations

import re
import uuid

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from dashboard.gate import FIELD
from layers.written.database import Database
from layers.written.schema import ATTEMPTS, TABLES
from layers.written.workshop import meetings, scenes
from layers.written.workshop.meetings import Meeting
from layers.written.workshop.scenes import Scene

TOKEN = re.compile(rf'name="{FIELD}" value="([0-9a-f]+)"')
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}
pytestmark = pytest.mark.usefixtures("written_elsewhere")
"""On SQLite, then on PostgreSQL."""


@pytest.fixture
def board(database: Database) -> Scene:
    """The scene in hand of a meeting that is open."""
    made = meetings.prepare(database, Meeting("3", "Rencontre fictive", "2026-12-03"), "essai")
    scene = scenes.add(database, Scene(made.id, "board", "Quoi ?"), "essai")
    meetings.open_(database, made.id, "essai")
    meetings.lead(database, made.id, "essai", scene=scene.id)
    return scene


def phone(client: FlaskClient, address: str = "192.0.2.7") -> FlaskClient:
    """A browser of another machine."""
    made = client.application.test_client()
    made.environ_base = {**made.environ_base, "REMOTE_ADDR": address}
    return made


def token(client: FlaskClient, path: str) -> str:
    found = TOKEN.search(client.get(path).text)
    assert found, path
    return found[1]


def rows(database: Database) -> dict[str, int]:
    with database.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (*TABLES, ATTEMPTS)
        }


def test_the_public_name_of_a_meeting_writes_nothing(client: FlaskClient, database: Database, board: Scene) -> None:
    """Every route of the workshop that is posted to, by who has its address and a form of ours, and not the code."""
    stranger, before = phone(client), rows(database)
    known = meetings.read(database, board.meeting)
    form = {
        FIELD: token(stranger, f"/atelier/{board.meeting}/participer"), "college": "elected", "id": uuid.uuid4().hex,
        "scene": board.id, "sentence": "Un constat.", "quadrant": "threat", "place": "3", "title": "x", "held": "2026-12-03",
    }  # fmt: skip
    paths = [rule for rule in client.application.url_map.iter_rules() if "POST" in (rule.methods or ())]
    paths = [rule for rule in paths if re.match(r"/(atelier|a)(/|$)", rule.rule)]
    assert len(paths) >= 4
    for rule in paths:
        for what in ("go", "open", "close", "accept", "code", ""):
            answer = stranger.post(rule.rule.replace("<ident>", board.meeting), data={**form, "what": what})
            assert 400 <= answer.status_code < 500, (rule.rule, what)
            assert rows(database) == before, (rule.rule, what)
    assert meetings.read(database, board.meeting) == known


def test_no_page_of_a_stranger_tells_the_code(client: FlaskClient, database: Database, board: Scene) -> None:
    stranger, code = phone(client), meetings.read(database, board.meeting).code
    meetings.lead(database, board.meeting, "essai", scene="")
    own = [rule.rule for rule in client.application.url_map.iter_rules() if rule.rule.startswith("/atelier/<ident>")]
    asked = [f"{rule}?window={window}&since=0" for rule in own for window in ("participer", "projection", "animer")]
    for path in ("/atelier", "/a", "/atelier/rejoindre", *(one.replace("<ident>", board.meeting) for one in asked)):
        text = stranger.get(path).text
        assert code not in text, path
        assert "image/svg+xml;base64" not in text, path
    assert code in client.get(f"/atelier/{board.meeting}/projection").text, "who leads sees it"
