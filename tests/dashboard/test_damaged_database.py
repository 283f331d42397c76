"""A database that is damaged, however it is: public pages stay, those that write say what to do, nothing gets worse."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_server
from dashboard import application, cli
from dashboard.settings import Settings
from layers import demonstration
from layers.written import accounts, actions, disputes, register
from layers.written.actions import Action
from layers.written.database import Database
from layers.written.disputes import Dispute
from layers.written.register import Finding
from layers.written.workshop import meetings
from layers.written.workshop.meetings import Meeting
from tests.dashboard.test_permissions import filled, rows

MAPS = ("/", "/carte", "/territoire/3", "/comparer", "/financements", "/suivi", "/methode", "/acteurs", "/health")
"""Pages and files that hold no more of the database than marks."""
WRITTEN = ("/diagnostic/3", "/atelier", "/contestations")
HEAVY = (".pdf", ".docx", ".pptx", ".png", "/export/<form>", ".<form>")
FLIPS = 60


class Desk:
    """A server, and the file of its database to be damaged."""

    def __init__(self, folder: Path, content: bytes) -> None:
        self._known: list[Database] = []
        self.settings = Settings(ESS_DATA_DIR=folder)
        self.path = folder / "ess.sqlite"
        self.content = content
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(application, "Database", self._database)
            self.client: FlaskClient = create_server(self.settings).test_client()

    def _database(self, url: str) -> Database:
        made = Database(url)
        self._known.append(made)
        return made

    def put(self, content: bytes | None) -> None:
        """Begin again with this content of the file."""
        for database in self._known:
            database.close()
            database._asleep = float("-inf")
        for path in self.path.parent.glob("ess.sqlite*"):
            path.rmdir() if path.is_dir() else path.unlink()
        if content is not None:
            self.path.write_bytes(content)

    def faults(self, addresses: tuple[str, ...]) -> list[str]:
        """The pages that are not as they must be, of those of maps and of those that write."""
        answers = {path: self.client.get(path) for path in addresses}
        return [
            f"{path} {answer.status_code}"
            for path, answer in answers.items()
            if answer.status_code not in ((200,) if path in MAPS else (200, 302, 303, 400, 401, 403, 404, 405, 503))
        ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database in which something of everything is written."""
    path = tmp_path_factory.mktemp("whole") / "ess.sqlite"
    database = Database(f"sqlite:///{path}")
    release = demonstration.release().id
    for number in range(12):
        place, indicator = str(number % 8 + 1), ("actors_per_1000", "grants_amount", "ess_job_share")[number % 3]
        view = f"indicator={indicator}&perimeter=95&year=2023&sector=commerce"
        disputed = Dispute(place, indicator, 2023, 4.2, "value", "4,2", release, view, "Ce n’est pas ce que je vois.")
        disputes.file(database, disputed, "quelqu.un@example.org")
        register.add(database, Finding(place, f"Constat fictif {number}.", "strength", source="Une enquête fictive"), "essai")
        actions.add(database, Action(place, f"Action fictive {number}"), "essai")
        meetings.prepare(database, Meeting(place, f"Rencontre fictive {number}", "2026-12-03"), "essai")
    database.close()
    return path.read_bytes()


@pytest.fixture(scope="module")
def desk(whole: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("desk"), whole)
    yield made
    made.put(None)


def test_the_pages_are_those_of_a_sound_database_first(desk: Desk) -> None:
    desk.put(desk.content)
    assert {path: desk.client.get(path).status_code for path in (*MAPS, *WRITTEN)} == dict.fromkeys((*MAPS, *WRITTEN), 200)
    assert desk.client.get("/health").get_json()["status"] == "ok"


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, or a part written over, or cut off."""
    damaged, at = bytearray(content), chance.randrange(len(content))
    way = chance.choice(("one", "few", "many", "page", "zeros", "cut", "longer"))
    if way == "cut":
        return content[:at]
    if way == "longer":
        return content + chance.randbytes(5_000)
    if way in ("page", "zeros"):
        length = min(4096, len(content) - at)
        damaged[at : at + length] = bytes(length) if way == "zeros" else chance.randbytes(length)
    else:
        for _ in range({"one": 1, "few": 20, "many": 2_000}[way]):
            damaged[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(damaged)


@pytest.mark.parametrize("seed", range(FLIPS))
def test_bytes_changed_anywhere_leave_the_pages(desk: Desk, seed: int) -> None:
    damaged = flipped(desk.content, random.Random(seed))  # noqa: S311  (a draw, not a secret)
    desk.put(damaged)
    assert desk.faults((*MAPS, *WRITTEN)) == []
