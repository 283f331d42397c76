"""What is sent to be written, hostile or broken, by who may write: refused in words or shown inert, never a fault."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from app import create_server
from dashboard.gate import FIELD
from dashboard.settings import Settings
from layers.written import register
from layers.written.database import Database
from layers.written.register import Finding
from layers.written.workshop import meetings, scenes
from layers.written.workshop.meetings import Meeting
from layers.written.workshop.scenes import Scene
from tests.dashboard.opened import administrator

TOKEN = re.compile(rf'name="{FIELD}" value="([0-9a-f]+)"')
TEMPLATES = Path(__file__).parents[2] / "dashboard" / "templates"
REGISTER = ("add", "adopt", "change", "withdraw", "restore", "evidence")
STAGE = (
    "change", "scene", "scene-change", "go", "timer", "accept", "refuse", "paper", "vote-open", "late", "scene-up",
    "scene-withdraw", "withdraw",
)  # fmt: skip
WRITTEN = {
    "/diagnostic/3": REGISTER,
    "/diagnostic/3/actions": (*REGISTER, "follow"),
    "/diagnostic/3/versions": ("freeze", "sign"),
    "/atelier": (),
    "/atelier/{meeting}": STAGE,
    "/atelier/{meeting}/rejoindre": (),
    "/atelier/{meeting}/envoyer": (),
    "/contester": (),
    "/admin/contestations": ("answer",),
    "/admin/comptes": ("create", "role", "password", "disable"),
    "/connexion": (),
    "/compte": (),
    "/compte/effacer": (),
}
"""What is asked of each address, beside nothing and what there is not."""
NASTY = '=SUM(A1) <script>alert(1)</script> "Œuvre" {{ 7 * 7 }}'
VALUES = {"nasty": NASTY, "huge": "9" * 400, "none": "NaN", "letter": "\U0001f600\u202e\u0007", "empty": ""}
READ = (
    "/diagnostic/3", "/diagnostic/3/actions", "/diagnostic/3/versions", "/atelier", "/atelier/{meeting}",
    "/atelier/{meeting}/projection", "/atelier/{meeting}/animer", "/atelier/{meeting}/participer", "/contestations",
    "/admin/contestations", "/territoire/3",
)  # fmt: skip
TOLD = {303, 400, 403, 404, 409, 413, 429}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, Database, dict[str, str]]]:
    settings = Settings(ESS_DATA_DIR=tmp_path_factory.mktemp("data"), ESS_DATABASE_URL="")
    database = Database(settings.database)
    made = meetings.prepare(database, Meeting("3", "Rencontre fictive", "2026-12-03"), "essai")
    scene = scenes.add(database, Scene(made.id, "board", "Quoi ?"), "essai")
    meetings.open_(database, made.id, "essai")
    meetings.lead(database, made.id, "essai", scene=scene.id)
    finding = register.add(database, Finding("3", "Constat fictif.", "threat", source="fictive"), "essai")
    yield (
        administrator(settings),
        database,
        {"meeting": made.id, "scene": scene.id, "finding": finding.id},
    )


def fields() -> list[str]:
    """Every name that a form of ours has, but for the token and what is asked."""
    found: set[str] = set()
    for template in TEMPLATES.glob("*.html"):
        found |= set(re.findall(r'name="([a-z_]+)"', template.read_text(encoding="utf-8")))
    return sorted(found - {"what", "lang", "viewport", "description"})


def token(client: FlaskClient) -> str:
    found = TOKEN.search(client.get("/diagnostic/3").text)
    assert found
    return found[1]


@pytest.mark.parametrize("path", WRITTEN)
def test_no_form_however_broken_is_a_fault(desk: tuple[FlaskClient, Database, dict[str, str]], path: str) -> None:
    client, _database, known = desk
    own, wrong, names = token(client), [], fields()
    assert len(names) > 40
    address = path.format(**known)
    real = {"id": known["finding"] if "diagnostic" in path else known["scene"], "version": "1", "scene": known["scene"]}
    for told, value in VALUES.items():
        for what in (*WRITTEN[path], "rien", ""):
            for more in ({}, real):
                form = {**dict.fromkeys(names, value), **more, "what": what, FIELD: own}
                answer = client.post(address, data=form)
                if answer.status_code not in TOLD or "<script>alert" in answer.text:
                    wrong.append((what, told, bool(more), answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("path", [path for path in WRITTEN if not path.startswith("/compte")])
def test_what_is_too_long_to_be_read_is_refused_in_words(
    desk: tuple[FlaskClient, Database, dict[str, str]], path: str
) -> None:
    client, _database, known = desk
    form = {FIELD: token(client), "what": "add", "sentence": "x" * 3_000_000}
    answer = client.post(path.format(**known), data=form)
    assert answer.status_code == 413
    assert "trop long" in answer.text


def test_what_hostile_forms_wrote_is_inert(desk: tuple[FlaskClient, Database, dict[str, str]]) -> None:
    client, database, known = desk
    own = token(client)
    for path, form in (
        ("/diagnostic/3", {"what": "add", "sentence": NASTY, "quadrant": "threat", "status": "to_check",
                           "evidence": "actor", "source": NASTY, "theme": NASTY}),
        ("/diagnostic/3/actions", {"what": "add", "title": NASTY, "issue": NASTY, "lead": NASTY, "risks": NASTY}),
        ("/atelier/{meeting}", {"what": "scene", "kind": "board", "question": NASTY, "notes": NASTY}),
        ("/atelier", {"place": "3", "title": NASTY, "held": "2026-12-04"}),
    ):  # fmt: skip
        assert client.post(path.format(**known), data={FIELD: own, **form}).status_code == 303, path
    assert NASTY in [one.sentence for one in register.listed(database, "3")]
    inert = 0
    for path in READ:
        answer = client.get(path.format(**known))
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text, path
        inert += "&lt;script&gt;alert" in answer.text and "{{ 7 * 7 }}" in answer.text
    assert inert >= len(READ) // 2, "it is shown, as it was typed"
    for path in ("/diagnostic/3", "/diagnostic/3/actions"):
        book = load_workbook(io.BytesIO(client.get(f"{path}.xlsx").data))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert any(cell.value == NASTY for cell in cells), path
        assert not any(cell.data_type == "f" for cell in cells), path
        assert not re.search(r'(?:^|,|;|")=SUM', client.get(f"{path}.csv").data.decode("utf-8-sig"), re.MULTILINE)


def test_no_number_of_an_address_is_a_fault(desk: tuple[FlaskClient, Database, dict[str, str]]) -> None:
    client, many = desk[0], "9" * 400
    for path in (
        f"/diagnostic/3/versions/{many}", f"/diagnostic/3/versions/{many}.pdf", f"/diagnostic/3/versions/1/{many}",
        f"/acteurs/points/x/{many}-1.json", f"/admin/import/x/rejets/{many}.xlsx",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_a_page_that_is_reserved_says_so(tmp_path: Path) -> None:
    settings = Settings(ESS_DATA_DIR=tmp_path, ESS_DATABASE_URL="", ESS_ADMIN="off")
    database = Database(settings.database)
    made = meetings.prepare(database, Meeting("3", "Rencontre fictive", "2026-12-03"), "essai")
    client = create_server(settings).test_client()
    answer = client.get(f"/atelier/{made.id}/animer")
    assert (answer.status_code, "Page réservée" in answer.text) == (403, True)
    answer = client.post("/confidentialite", data={})
    assert (answer.status_code, "Envoi refusé" in answer.text) == (405, True)
    assert "Reserved page" in client.get(f"/atelier/{made.id}/animer?lang=en").text
