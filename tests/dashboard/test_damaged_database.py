"""A database that is damaged, however it is: public pages stay, those that write say what to do, nothing gets worse."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import String

from app import create_server
from dashboard import application, cli
from dashboard.settings import Settings
from layers import demonstration
from layers.written import actions, database, disputes, register, unavailable
from layers.written.actions import Action
from layers.written.database import Database
from layers.written.disputes import Dispute
from layers.written.register import Finding
from layers.written.schema import DISPUTES
from layers.written.workshop import meetings
from layers.written.workshop.meetings import Meeting
from tests.dashboard.test_permissions import filled, rows

MAPS = ("/", "/carte", "/territoire/3", "/comparer", "/financements", "/suivi", "/methode", "/acteurs", "/health")
"""Pages and files that hold no more of the database than marks."""
WRITTEN = ("/diagnostic/3", "/atelier", "/contestations")
FLIPS = 40


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
        for known in self._known:
            known.close()
            known._asleep = float("-inf")
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
    filled_one = Database(f"sqlite:///{path}")
    release = demonstration.release().id
    for number in range(12):
        place, indicator = str(number % 8 + 1), ("actors_per_1000", "grants_amount", "ess_job_share")[number % 3]
        view = f"indicator={indicator}&perimeter=95&year=2023&sector=commerce"
        disputed = Dispute(place, indicator, 2023, 4.2, "value", "4,2", release, view, "Ce n’est pas ce que je vois.")
        disputes.file(filled_one, disputed, "quelqu.un@example.org")
        finding = Finding(place, f"Constat fictif {number}.", "strength", source="Une enquête fictive")
        register.add(filled_one, finding, "essai")
        actions.add(filled_one, Action(place, f"Action fictive {number}"), "essai")
        meetings.prepare(filled_one, Meeting(place, f"Rencontre fictive {number}", "2026-12-03"), "essai")
    filled_one.close()
    return path.read_bytes()


@pytest.fixture(scope="module")
def desk(whole: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("desk"), whole)
    yield made
    made.put(None)


def test_the_pages_are_those_of_a_sound_database_first(desk: Desk) -> None:
    desk.put(desk.content)
    assert {path: desk.client.get(path).status_code for path in (*MAPS, *WRITTEN)} == dict.fromkeys(
        (*MAPS, *WRITTEN), 200
    )
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


TEXTS = ("", "perimeter=abc&year=x&sector=,,", "\x7f{[", "zz", "99999999999999999999999", "%", "é" * 3_000)


TYPED = [column.name for column in DISPUTES.columns if isinstance(column.type, String) and not column.primary_key]


@pytest.mark.parametrize("column", TYPED)
def test_a_dispute_of_which_the_words_changed_leaves_the_maps(desk: Desk, column: str) -> None:
    for turn, text in enumerate(TEXTS, start=TYPED.index(column)):
        desk.put(desk.content)
        with closing(sqlite3.connect(desk.path)) as opened:
            opened.execute(f"UPDATE disputes SET {column} = ? WHERE rowid % 2", (text,))  # noqa: S608  (our own names)
            if column != "status":
                opened.execute("UPDATE disputes SET status = 'open'")
            opened.commit()
        assert desk.faults(MAPS[turn % 3 :: 3]) == [], text


def newer(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
        opened.commit()


def another(_content: bytes, path: Path) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("CREATE TABLE findings (words TEXT)")
        opened.commit()


def bad_log(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    path.with_name(f"{path.name}-wal").mkdir()


STATES: dict[str, Callable[[bytes, Path], object]] = {
    "empty": lambda _content, path: path.write_bytes(b""),
    "words": lambda _content, path: path.write_text("ceci n’est pas une base\n" * 400),
    "zeros": lambda _content, path: path.write_bytes(bytes(8192)),
    "header alone": lambda content, path: path.write_bytes(content[:100]),
    "half": lambda content, path: path.write_bytes(content[: len(content) // 2]),
    "folder": lambda _content, path: path.mkdir(),
    "newer": newer,
    "another program": another,
    "no log": bad_log,
}
PUBLIC = tuple(
    sorted(
        filled(rule, "x")
        for (rule, method), told in rows().items()
        if method == "GET" and told[0] and "<form>" not in rule and "_dash" not in rule
    )
)


@pytest.mark.parametrize("state", STATES)
def test_every_public_page_answers_and_the_file_is_left_as_it_is(desk: Desk, state: str) -> None:
    desk.put(None)
    STATES[state](desk.content, desk.path)
    before = desk.path.read_bytes() if desk.path.is_file() else None
    assert desk.faults(MAPS if state != "half" else (*MAPS, *PUBLIC)) == []
    for path in WRITTEN:
        answer = desk.client.get(path)
        assert answer.status_code == 503, path
        assert "rien n’a été écrit" in answer.text
        assert "Traceback" not in answer.text
    assert ("ess restore" in answer.text) == (state not in ("newer", "no log"))
    told = desk.client.get("/health").get_json()
    assert told["status"] == "degraded"
    assert "base de ce qui s’écrit" in told["problems"][0]
    assert before is None or desk.path.read_bytes() == before


def test_a_file_that_another_holds_is_not_damaged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE_MS", 10)
    monkeypatch.setattr(unavailable, "PATIENCE_MS", 10)
    desk.put(desk.content)
    with closing(sqlite3.connect(desk.path)) as held:
        held.execute("PRAGMA locking_mode = EXCLUSIVE")
        held.execute("BEGIN EXCLUSIVE")
        held.execute("DELETE FROM disputes")
        assert desk.faults(("/", "/health")) == []
        assert "ess restore" not in desk.client.get("/contestations").text
        held.rollback()


def test_a_backup_takes_the_place_of_a_damaged_file_which_is_kept(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESS_DATA_DIR", str(desk.path.parent))
    desk.put(desk.content)
    saved, damaged = tmp_path / "sauvegarde", desk.content[: len(desk.content) // 2]

    def run(*command: str) -> int:
        with pytest.raises(SystemExit) as left:
            cli.main(list(command))
        return int(left.value.code or 0)

    assert run("backup", str(saved)) == 0
    desk.put(damaged)
    assert run("backup", str(tmp_path / "other")) == 1
    assert "ess restore" in capsys.readouterr().err
    (tmp_path / "no save").write_text("rien")
    assert run("restore", str(tmp_path / "no save")) == 2
    assert desk.path.read_bytes() == damaged
    assert run("restore", str(saved)) == 0, capsys.readouterr().err
    assert [one.read_bytes() for one in desk.path.parent.glob("ess.sqlite.2*") if one.suffix[1:].isdecimal()] == [
        damaged
    ]
    desk.put(desk.path.read_bytes())
    assert [path for path in (*MAPS, *WRITTEN) if desk.client.get(path).status_code != 200] == []
