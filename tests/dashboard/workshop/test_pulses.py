"""What windows ask all the time is read once for all of them, and never told when it is old."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_server
from dashboard.settings import Settings
from dashboard.workshop import pulses, windows
from dashboard.workshop.pulses import AGE, Pulses
from layers.written.database import Database
from layers.written.workshop import meetings, scenes
from layers.written.workshop.meetings import Meeting, UnknownMeeting
from layers.written.workshop.scenes import Scene


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def database(tmp_path: Path, written_elsewhere: None) -> Database:
    return Database(Settings(ESS_DATA_DIR=tmp_path / "data").database)


@pytest.fixture
def meeting(database: Database) -> str:
    return meetings.prepare(database, Meeting("3", "Rencontre fictive", "2026-12-03"), "essai").id


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Meetings that were asked of the database, one line for each time."""
    asked: list[str] = []
    real = meetings.pulse

    def noted(database: Database, ident: str) -> tuple[int, int]:
        asked.append(ident)
        return real(database, ident)

    monkeypatch.setattr(pulses.meetings, "pulse", noted)
    return asked


def test_what_was_read_is_told_again_until_it_is_old(database: Database, meeting: str, read: list[str]) -> None:
    clock = Clock()
    known = Pulses(database, clock)
    before = known.read(meeting)
    meetings.open_(database, meeting, "essai")
    assert known.read(meeting) == before
    assert len(read) == 1
    assert known.read(meeting, fresh=True) != before
    clock.now += AGE
    assert known.read(meeting) == meetings.pulse(database, meeting)
    with pytest.raises(UnknownMeeting):
        known.read("x")


def test_many_who_ask_at_once_ask_the_database_once(database: Database, meeting: str, read: list[str]) -> None:
    known, found = Pulses(database, Clock()), []
    threads = [threading.Thread(target=lambda: found.append(known.read(meeting))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), len(read)) == (20, 1, 1)


def test_telephones_are_told_the_same_part_each_with_its_own_token(tmp_path: Path) -> None:
    settings = Settings(ESS_DATA_DIR=tmp_path / "data")
    database = Database(settings.database)
    made = meetings.prepare(database, Meeting("3", "Rencontre fictive", "2026-12-03"), "essai")
    scene = scenes.add(database, Scene(made.id, "board", "Quoi ?"), "essai")
    meetings.open_(database, made.id, "essai")
    meetings.lead(database, made.id, "essai", scene=scene.id)
    server = create_server(settings)
    found = [_told(server.test_client(), made.id) for _ in range(2)]
    (first, second) = (html for _page, html in found)
    for page, html in found:
        own = re.findall(r'value="([0-9a-f]{64})"', html)
        assert own == re.findall(r'value="([0-9a-f]{64})"', page)[:1], "the token of the page it is told to"
    changing = re.compile(r'value="[0-9a-f]{32,64}"')
    assert first != second
    assert changing.sub("", first) == changing.sub("", second)
    assert windows.TOKEN not in first
    assert windows.SENDING not in first


def _told(client: FlaskClient, ident: str) -> tuple[str, str]:
    page = client.get(f"/atelier/{ident}/participer").text
    return page, client.get(f"/atelier/{ident}/live?window=participer&since=0").json["parts"]["phone"][1]
