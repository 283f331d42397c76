"""``/diagnostic/<code>/versions``: frozen, signed, compared, reported; refused where it must be."""

from __future__ import annotations

import io
import json
import re
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pptx import Presentation
from sqlalchemy import update

from app import create_server
from dashboard.gate import FIELD
from dashboard.settings import Settings
from layers.written import actions, register, versions
from layers.written.actions import Action, Year
from layers.written.database import Database
from layers.written.register import Finding
from layers.written.schema import VERSIONS
from layers.written.workshop import contributions, meetings, scenes
from layers.written.workshop.contributions import Sending
from layers.written.workshop.meetings import Meeting
from layers.written.workshop.scenes import Scene

pytestmark = pytest.mark.usefixtures("written_elsewhere")
"""On SQLite, then on PostgreSQL."""
PATH = "/diagnostic/3/versions"
TOKEN = re.compile(rf'name="{FIELD}" value="([0-9a-f]+)"')
NASTY = '=SUM(A1) <script>alert(1)</script> & "Œuvre"'


def sent(client: FlaskClient, **form: str) -> tuple[int, str]:
    found = TOKEN.search(client.get(PATH).text)
    assert found
    answer = client.post(PATH, data={FIELD: found[1], **form})
    return answer.status_code, answer.text


def told(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def written(database: Database) -> Finding:
    """A finding, an action, a secret vote that is closed."""
    found = register.add(database, Finding("3", NASTY, "threat", source="fictive"), "moi")
    actions.add(database, Action("3", "Action fictive", status="running"), "moi")
    meeting = meetings.prepare(database, Meeting("3", "Rencontre fictive", "2026-11-03"), "moi")
    vote = scenes.add(database, Scene(meeting.id, "vote", "Lequel ?"), "moi")
    meetings.open_(database, meeting.id, "moi")
    for n, college in enumerate(("elected", "elected", "elected", "actors", "actors")):
        contributions.join(database, meeting, f"d{n}", college)
        contributions.send(database, meeting, f"d{n}", Sending(uuid.uuid4().hex, vote.id, {found.id: 2}))
    meetings.close(database, meeting.id, "moi")
    return found


def test_reading_makes_no_database(client: FlaskClient, folder: Path) -> None:
    assert "Aucune version encore" in client.get(PATH).text
    assert not (folder / "ess.sqlite").exists()
    assert client.get(f"{PATH}/1").status_code == 404
    assert client.get("/diagnostic/9/versions").status_code == 404


def test_a_version_is_frozen_proposed_validated_and_stays(client: FlaskClient, database: Database) -> None:
    found = written(database)
    assert sent(client, what="freeze", number="0", note="Premier jet.")[0] == 303
    assert "Projet – non validé" in told(client.get(f"{PATH}/1").text)
    assert sent(client, what="sign", number="1", body="Comité fictif", signed="2026-11-10")[0] == 303
    assert sent(client, what="sign", number="2", body="Pilotage fictif", signed="2026-11-20")[0] == 303
    register.change(database, found.id, 1, {"sentence": "Tout autre."}, "moi")
    page = told(client.get(f"{PATH}/3").text)
    assert "Validée par Pilotage fictif le 20 novembre 2026" in page
    assert "Tout autre." not in page and "&lt;script&gt;" in page and "<script>alert" not in page
    assert "Données de démonstration" in page
    assert sent(client, what="sign", number="3", body="x", signed="2026-11-20")[0] == 400


def test_the_report_tells_what_an_action_answers_aims_at_and_did(client: FlaskClient, database: Database) -> None:
    found = register.add(database, Finding("3", "Constat fictif.", "threat", source="fictive"), "moi")
    sheet = Action("3", "Action fictive", baseline=2.0, baseline_year=2025, target=3.5, target_year=2028)
    one = actions.add(database, replace(sheet, findings=json.dumps([found.id])), "moi")
    sent(client, what="freeze", number="0")
    actions.follow(database, Year(one.id, 2026, "Bail fictif signé.", 2.5, version=0), "moi")
    actions.change(database, one.id, 1, {"findings": "[]"}, "moi")
    sent(client, what="freeze", number="1")
    page = told(client.get(f"{PATH}/1").text)
    for text in ("Constats auxquels elle répond", "2 en 2025", "3,5 en 2028"):
        assert text in page
    assert "2026 : Bail fictif signé. (2,5)" in told(client.get(f"{PATH}/2").text)
    both = told(client.get(f"{PATH}/1/2").text)
    assert "Suivi par année" in both and "Bail fictif signé." in both and "Constats auxquels elle répond" in both


def test_a_version_that_was_changed_past_the_program_says_so(client: FlaskClient, database: Database) -> None:
    sent(client, what="freeze", number="0")
    assert "ne correspond plus" not in client.get(f"{PATH}/1").text
    held = versions.read(database, "3", 1).held | {"perimeter": 90}
    with database.write() as connection:
        connection.execute(update(VERSIONS).values(content=json.dumps(held)))
    assert "ne correspond plus à son empreinte" in client.get(f"{PATH}/1").text


def test_small_groups_of_a_secret_vote_stay_hidden_in_a_version(client: FlaskClient, database: Database) -> None:
    written(database)
    sent(client, what="freeze", number="0")
    (vote,) = versions.read(database, "3", 1).held["votes"]
    assert vote["voters"] == {"elected": 3, "actors": 2, "services": 0}
    (row,) = vote["rows"]
    assert row["dots"] == 10
    assert row["by_college"] == {"elected": None, "actors": None, "services": 0}


def test_two_versions_are_compared(client: FlaskClient, database: Database) -> None:
    found = written(database)
    sent(client, what="freeze", number="0")
    register.change(database, found.id, 1, {"status": "disputed"}, "moi")
    register.add(database, Finding("3", "Constat nouveau et fictif.", "strength", source="fictive"), "moi")
    actions.add(database, Action("3", "Autre action fictive"), "moi")
    sent(client, what="freeze", number="1")
    answer = client.get(f"{PATH}?a=1&b=2")
    assert (answer.status_code, answer.location) == (302, f"{PATH}/1/2")
    page = told(client.get(answer.location).text)
    for text in ("Constat nouveau et fictif.", "contesté", "à vérifier", "Autre action fictive", "Rien ne diffère."):
        assert text in page
    assert client.get(f"{PATH}/1/9").status_code == 404


def test_the_report_in_every_form_says_what_it_is(client: FlaskClient, database: Database) -> None:
    written(database)
    sent(client, what="freeze", number="0")
    for form, start in (("pdf", b"%PDF"), ("pptx", b"PK"), ("csv", b"")):
        answer = client.get(f"{PATH}/1.{form}")
        assert answer.status_code == 200
        assert answer.data.startswith(start)
    slides = Presentation(io.BytesIO(client.get(f"{PATH}/1.pptx").data)).slides
    titles = told("\n".join(slide.shapes.title.text_frame.text for slide in slides))
    assert "Annexe : les données" in titles and "Annexe : le vote « Lequel ? »" in titles
    text = told("\n".join(one.text for one in Document(io.BytesIO(client.get(f"{PATH}/1.docx").data)).paragraphs))
    for part in ("Projet – non validé", "Annexe : les données", "Annexe : le vote « Lequel ? »", "démonstration"):
        assert part in text
    book = load_workbook(io.BytesIO(client.get(f"{PATH}/1.xlsx").data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells if NASTY in str(cell.value))
    assert any(NASTY in str(cell.value) for cell in cells)


def test_a_file_of_tables_says_the_state_and_speaks_the_language_of_the_page(
    client: FlaskClient, database: Database
) -> None:
    written(database)
    sent(client, what="freeze", number="0")
    sent(client, what="sign", number="1", body="Comité fictif", signed="2026-11-10")
    assert "Projet – non validé" in told(client.get(f"{PATH}/1.csv").text)
    both = told(client.get(f"{PATH}/1/2.csv").text)
    assert "Projet – non validé" in both and "Proposée par Comité fictif" in both
    for path in (f"{PATH}/1", f"{PATH}/1/2"):
        assert f'href="{path}.csv?lang=en"' in client.get(f"{path}?lang=en").text
        assert f'href="{path}.csv"' in client.get(path).text


def test_who_came_second_or_may_not_is_told(client: FlaskClient, database: Database, folder: Path) -> None:
    assert client.post(PATH, data={"what": "freeze", "number": "0"}).status_code == 403
    sent(client, what="freeze", number="0")
    status, page = sent(client, what="freeze", number="0", note="La mienne.")
    assert status == 409
    assert "La mienne." in page
    status, page = sent(client, what="sign", number="1", body="", signed="2026-11-20")
    assert status == 400
    assert "Organisme" in page
    off = create_server(Settings(ESS_DATA_DIR=folder, ESS_ADMIN="off")).test_client()
    assert FIELD not in off.get(PATH).text
    assert len(versions.listed(database, "3")) == 1
