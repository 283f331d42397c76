"""``/confidentialite`` says what is true, ``ess purge`` and ``ess person`` do it, the server purges once a day."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from typer.testing import CliRunner

from app import create_server
from dashboard.assets import FOLDER
from dashboard.cli import app
from dashboard.privacy import DAY, Daily
from dashboard.settings import Settings
from layers.written import disputes
from layers.written.database import Database
from tests.layers.written.test_disputes import CONTACT, REASON, dispute, kept
from tests.page_views import VIEWS

PROGRAM = FOLDER.parent / "dashboard"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def database(folder: Path) -> Database:
    return Database(Settings(ESS_DATA_DIR=folder).database)


def filed(folder: Path, days: int = 365, now: datetime | None = None) -> str:
    return disputes.file(database(folder), dispute(), CONTACT, days=days, now=now).id


def ess(folder: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, [*arguments, "--data-dir", str(folder)])
    assert done.exit_code == 0, done.output
    return done.output


def test_every_page_leads_to_it(demo: FlaskClient) -> None:
    for views in VIEWS.values():
        assert 'href="/confidentialite"' in demo.get(views[0]).text, views[0]


def test_it_names_every_cookie_and_delay(folder: Path) -> None:
    settings = Settings(ESS_DATA_DIR=folder, ESS_CONTACT_DAYS=371, ESS_ANSWERED_DAYS=73, ESS_OPEN_DAYS=17,
                        ESS_JOURNAL_DAYS=911)  # fmt: skip
    text = create_server(settings).test_client().get("/confidentialite").text
    for told in (
        "ess_admin",
        "ess_account",
        "ess_local",
        "ess_telephone",
        "ess_salle",
        "371",
        "73 jours",
        "17 jours",
        "911 jours",
        "12 heures",
    ):
        assert told in text.replace("\u00a0", " ").replace("\u202f", " "), told


def test_no_cookie_and_no_store_of_the_browser_came_since_it_was_written() -> None:
    """Where one is added, the page must tell of it: then this list may follow."""
    python = [p for p in PROGRAM.rglob("*.py") if "set_cookie(" in p.read_text()]
    scripts = [p for p in FOLDER.glob("*.js") if "localStorage" in p.read_text() or "sessionStorage" in p.read_text()]
    assert {p.name for p in python} <= {"blueprint.py", "gate.py", "local.py", "phones.py", "session.py"}
    assert {p.name for p in scripts} == {"projection.js", "shortcuts.js", "workshop.js"}


def test_purge_tells_what_it_erased(folder: Path) -> None:
    filed(folder, days=10, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert "0 contact" in ess(folder, "purge", "--at", "2026-01-10T23:59:59+00:00")
    assert kept(database(folder)) == [CONTACT]
    assert "1 contact" in ess(folder, "purge", "--at", "2026-01-11T00:00:01")
    assert kept(database(folder)) == []
    assert CliRunner().invoke(app, ["purge", "--at", "hier", "--data-dir", str(folder)]).exit_code != 0


def test_a_person_has_a_file_then_is_erased(folder: Path, tmp_path: Path) -> None:
    ident, out = filed(folder), tmp_path / "copie.json"
    assert "1 élément" in ess(folder, "person", "export", CONTACT, "--out", str(out))
    (row,) = json.loads(out.read_text())["disputes"]
    assert (row["id"], row["contact"], row["reason"]) == (ident, CONTACT, REASON)
    assert "1 élément" in ess(folder, "person", "delete", ident)
    ess(folder, "person", "export", ident, "--out", str(out))
    assert CONTACT not in out.read_text()
    assert REASON not in out.read_text()


def test_a_server_purges_at_its_first_request(folder: Path) -> None:
    filed(folder, days=10, now=datetime(2020, 1, 1, tzinfo=UTC))
    client = create_server(Settings(ESS_DATA_DIR=folder)).test_client()
    assert kept(database(folder)) == [CONTACT]
    client.get("/confidentialite")
    assert kept(database(folder)) == []


def test_it_does_so_once_a_day_and_a_failure_stops_nothing() -> None:
    done: list[float] = []
    now = 5.0

    def work() -> None:
        done.append(now)
        raise OSError

    daily = Daily(work, lambda: now)
    daily.ask()
    daily.ask()
    now = 4.0 + DAY
    daily.ask()
    assert done == [5.0]
    now = 5.0 + DAY
    daily.ask()
    assert done == [5.0, 5.0 + DAY]
