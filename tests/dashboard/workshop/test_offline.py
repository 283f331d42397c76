"""A meeting as one page without server: whole, inert, no secret told, for who leads."""

from __future__ import annotations

import uuid
from pathlib import Path

import lxml.html
import pytest
from typer.testing import CliRunner

from app import create_server
from dashboard.cli import app
from dashboard.cli_errors import WrongUsage
from dashboard.settings import Settings
from layers.written import register
from layers.written.database import Database
from layers.written.register import Finding
from layers.written.workshop import contributions, meetings, scenes
from layers.written.workshop.contributions import Sending
from layers.written.workshop.meetings import Meeting
from layers.written.workshop.scenes import Scene
from tests.dashboard.opened import administrator

MAP = "/carte?indicator=actors_per_1000"
NASTY = "Constat fictif <script>alert(1)</script>"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(Settings(ESS_DATA_DIR=tmp_path).database)


@pytest.fixture
def meeting(database: Database) -> Meeting:
    made = meetings.prepare(database, Meeting("3", NASTY, "2026-12-03"), "moi")
    register.add(database, Finding("3", NASTY, "strength", source="fictive"), "moi")
    for scene in (
        Scene(made.id, "view", "Où ?", MAP, notes="À ne pas montrer."),
        Scene(made.id, "view", "Et là ?", "/acteurs"),
        Scene(made.id, "rank", "Qui le plus ?", MAP),
        Scene(made.id, "value", "Combien ?", MAP, area="3"),
        Scene(made.id, "board", "Quoi ?"),
        Scene(made.id, "vote", "Lequel ?"),
    ):
        scenes.add(database, scene, "moi")
    return made


def written(tmp_path: Path, meeting: Meeting, *more: str) -> str:
    out = tmp_path / "seance.html"
    arguments = ["export", "session", "--meeting", meeting.code.lower(), "--data-dir", str(tmp_path), *more]
    assert CliRunner().invoke(app, [*arguments, "--out", str(out)]).exit_code == 0
    return out.read_text(encoding="utf-8")


def test_it_holds_all_scenes_and_asks_nobody_for_anything(tmp_path: Path, meeting: Meeting) -> None:
    page = lxml.html.fromstring(written(tmp_path, meeting).encode())
    scene = {one.get("id"): one for one in page.iter("section") if one.get("class") == "scene"}
    titles = [one.findtext("h1") for one in scene.values()]
    assert titles == [NASTY, "Où ?", "Et là ?", "Qui le plus ?", "Combien ?", "Quoi ?", "Lequel ?"]
    assert [one for one in page.xpath("//@src") if not one.startswith("data:")] == []
    assert [one for one in page.xpath("//@href") if not one.startswith("#")] == []
    assert len(list(page.iter("script"))) == 1
    assert "/acteurs" in scene["scene-2"].text_content()
    assert len(scene["scene-3"].xpath(".//table[@class='guess']/tbody/tr")) == 8
    assert scene["scene-1"].xpath(".//img[@class='map']")
    assert scene["scene-6"].xpath(".//div[@class='ballot']//li")
    assert "démonstration" in page.xpath("//*[@class='demo']")[0].text_content()


def test_notes_are_in_it_only_where_they_are_asked_for(tmp_path: Path, meeting: Meeting) -> None:
    assert "À ne pas montrer." not in written(tmp_path, meeting)
    assert "À ne pas montrer." in written(tmp_path, meeting, "--notes")


def test_a_secret_vote_that_is_open_is_not_told(tmp_path: Path, database: Database, meeting: Meeting) -> None:
    (vote,) = (one for one in scenes.listed(database, meeting.id) if one.kind == scenes.VOTE)
    (found,) = register.listed(database, "3")
    meetings.open_(database, meeting.id, "moi")
    for n in range(4):
        contributions.join(database, meeting, f"d{n}", "elected")
        contributions.send(database, meeting, f"d{n}", Sending(uuid.uuid4().hex, vote.id, {found.id: 3}))
    assert "12 points" not in written(tmp_path, meeting)
    scenes.set_open(database, vote.id, "moi", is_open=False)
    assert "12 points" in written(tmp_path, meeting)


def test_an_unknown_code_tells_the_known_ones(tmp_path: Path, meeting: Meeting) -> None:
    told = CliRunner().invoke(
        app, ["export", "session", "--data-dir", str(tmp_path), "--out", str(tmp_path / "x.html")]
    )
    assert isinstance(told.exception, WrongUsage)
    assert meeting.code in str(told.exception)
    assert not (tmp_path / "x.html").exists()


def test_who_leads_takes_it_and_nobody_else(tmp_path: Path, meeting: Meeting) -> None:
    path = f"/atelier/{meeting.id}/hors-ligne"
    leads = administrator(Settings(ESS_DATA_DIR=tmp_path))
    taken = leads.get(f"{path}?notes=1")
    assert taken.status_code == 200
    assert "seance_3_2026-12-03.html" in taken.headers["Content-Disposition"]
    assert "À ne pas montrer." in taken.text
    for given in ({"ESS_ADMIN": "off"}, {}):
        anybody = create_server(Settings(ESS_DATA_DIR=tmp_path, **given)).test_client()
        assert anybody.get(path).status_code == 403
    assert leads.get("/atelier/rien/hors-ligne").status_code == 404
