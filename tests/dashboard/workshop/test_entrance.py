"""Who takes part knows the code of the room: the public name of a meeting lets nobody in."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import lxml.html
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from dashboard.documents import links
from dashboard.gate import FIELD
from layers.written import attempts
from layers.written.database import Database
from layers.written.schema import ATTEMPTS, TABLES
from layers.written.workshop import contributions, entrance, meetings, scenes
from layers.written.workshop.meetings import Meeting, UnknownMeeting
from layers.written.workshop.scenes import Scene

TOKEN = re.compile(rf'name="{FIELD}" value="([0-9a-f]+)"')
SEEN = str.maketrans("QL528", "01SZB")
"""What is read from the back of the room instead of some letters."""
SAID = {"sentence": "Un constat <fictif>.", "quadrant": "threat"}
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
        "scene": board.id, "sentence": "Un constat.", "quadrant": "threat", "place": "3", "title": "x",
        "held": "2026-12-03",
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
    on_stage(database, board, "")
    own = [rule.rule for rule in client.application.url_map.iter_rules() if rule.rule.startswith("/atelier/<ident>")]
    asked = [f"{rule}?window={window}&since=0" for rule in own for window in ("participer", "projection", "animer")]
    for path in ("/atelier", "/a", "/atelier/rejoindre", *(one.replace("<ident>", board.meeting) for one in asked)):
        text = stranger.get(path).text
        assert code not in text, path
        assert "image/svg+xml;base64" not in text, path
    assert code in client.get(f"/atelier/{board.meeting}/projection").text, "who leads sees it"


def typed(client: FlaskClient, code: str) -> TestResponse:
    return client.post("/atelier/rejoindre", data={FIELD: token(client, "/atelier/rejoindre"), "code": code})


def joined(client: FlaskClient, path: str, **form: str) -> TestResponse:
    data = {FIELD: token(client, "/atelier/rejoindre"), "college": "elected", **form}
    return client.post(f"{path}/rejoindre", data=data)


def sent(client: FlaskClient, board: Scene) -> TestResponse:
    path = f"/atelier/{board.meeting}"
    form = {FIELD: token(client, "/atelier/rejoindre"), "id": uuid.uuid4().hex, "scene": board.id, **SAID}
    return client.post(f"{path}/envoyer", data=form, headers={"Accept": "application/json"})


def square(client: FlaskClient, database: Database, board: Scene) -> str:
    """The address that a telephone reads on the screen of the room."""
    address = f"/a/{entrance.token(meetings.read(database, board.meeting))}"
    assert links.source(links.code_svg(f"http://localhost{address}")) in client.get(f"{path_of(board)}/projection").text
    return address


def path_of(board: Scene) -> str:
    return f"/atelier/{board.meeting}"


def on_stage(database: Database, board: Scene, scene: str) -> None:
    meetings.lead(database, board.meeting, "essai", scene=scene)


def test_the_code_that_is_typed_lets_in_however_it_is_typed(
    client: FlaskClient, database: Database, board: Scene
) -> None:
    code = meetings.read(database, board.meeting).code
    for written in (code, f" {code[:3].lower()} {code[3:].lower()} ", code.translate(SEEN)):
        guest = phone(client)
        answer = typed(guest, written)
        assert (answer.status_code, answer.location) == (303, f"{path_of(board)}/participer"), written
        assert joined(guest, path_of(board)).status_code == 303
        assert sent(guest, board).status_code == 201
    guest = phone(client)
    assert joined(guest, path_of(board), code=code).status_code == 303, "at the door of the meeting itself"
    assert sent(guest, board).status_code == 201


def test_the_square_lets_in_and_does_not_stay_in_the_address(
    client: FlaskClient, database: Database, board: Scene
) -> None:
    on_stage(database, board, "")
    guest, other = phone(client), phone(client)
    answer = guest.get(square(client, database, board))
    assert (answer.status_code, answer.location) == (303, f"{path_of(board)}/participer")
    assert joined(guest, path_of(board)).status_code == 303
    assert sent(guest, board).status_code == 201
    for wrong in ("A" * entrance.TOKEN, "é" * entrance.TOKEN):
        assert other.get(f"/a/{wrong}").status_code == 404
    assert joined(other, path_of(board)).status_code == 403


def test_a_wrong_code_is_told_in_words_beside_what_was_typed(client: FlaskClient, board: Scene) -> None:
    answer = typed(phone(client), "zz zz zz")
    assert answer.status_code == 404
    assert "Aucune rencontre n’a ce code" in answer.text and 'value="zz zz zz"' in answer.text
    answer = joined(phone(client), path_of(board), code="zz zz zz")
    assert answer.status_code == 403
    assert "relisez-le sur" in answer.text and 'value="zz zz zz"' in answer.text
    guest = phone(client)
    form = {FIELD: token(guest, "/atelier/rejoindre?lang=en"), "code": "zzzzzz"}
    answer = guest.post(f"{path_of(board)}/rejoindre?lang=en", data=form)
    assert "This is not the code of this meeting" in answer.text


def test_what_is_sent_without_the_code_is_kept_until_it_is_given(
    client: FlaskClient, database: Database, board: Scene
) -> None:
    """As a telephone without script does whose cookies are gone."""
    guest, code = phone(client), meetings.read(database, board.meeting).code
    form = {FIELD: token(guest, "/atelier/rejoindre"), "id": uuid.uuid4().hex, "scene": board.id, **SAID}
    answer = guest.post(f"{path_of(board)}/envoyer", data=form)
    for code_typed in ("ZZZZZZ", code):
        assert answer.status_code == 403
        (asked,) = lxml.html.fromstring(answer.text).xpath("//form[contains(@class, 'entering')]")
        again = dict(asked.form_values()) | {"code": code_typed, "college": "actors"}
        assert again["sentence"] == SAID["sentence"]
        answer = guest.post(asked.get("action"), data=again)
    assert answer.status_code == 201
    assert [one.held for one in contributions.proposed(database, board.meeting)] == [SAID]


def test_another_code_shuts_out_who_is_not_in_yet(client: FlaskClient, database: Database, board: Scene) -> None:
    on_stage(database, board, "")
    old, address = meetings.read(database, board.meeting).code, square(client, database, board)
    member, late = phone(client), phone(client)
    typed(member, old)
    joined(member, path_of(board))
    typed(late, old)
    live = f"{path_of(board)}/live?fresh=1&since=0&window=projection"
    shown = client.get(live).json["parts"]["screen"]
    form = {FIELD: token(client, "/atelier"), "what": "code"}
    assert client.post(path_of(board), data=form).status_code == 303
    code = meetings.read(database, board.meeting).code
    assert code != old
    again = client.get(live).json["parts"]["screen"]
    assert again[0] != shown[0] and code in again[1], "the screen is drawn again"
    assert sent(member, board).status_code == 201, "who is in stays in"
    assert joined(late, path_of(board)).status_code == 403, "a proof of the code of before"
    assert typed(late, old).status_code == late.get(address).status_code == 404
    assert joined(late, path_of(board), code=code).status_code == 303


def test_a_meeting_that_is_closed_lets_nobody_in(client: FlaskClient, database: Database, board: Scene) -> None:
    guest, one = phone(client), meetings.read(database, board.meeting)
    typed(guest, one.code)
    meetings.close(database, one.id, "essai")
    before = rows(database)
    assert phone(client).get(f"/a/{entrance.token(one)}").status_code == 404
    for answer in (joined(guest, path_of(board)), joined(guest, path_of(board), code=one.code)):
        assert answer.status_code == 409
        assert "Cette rencontre est close" in answer.text
    assert "Cette rencontre est close" in guest.get(typed(guest, one.code).location).text
    assert rows(database) == before


def test_a_room_behind_one_address_gets_in_though_many_mistype(
    client: FlaskClient, database: Database, board: Scene
) -> None:
    code = meetings.read(database, board.meeting).code
    for _ in range(100):
        with pytest.raises(UnknownMeeting):
            entrance.enter(database, "ZZZZZZ", "192.0.2.7")
    for n in range(200):
        found = entrance.enter(database, code, "192.0.2.7", board.meeting)
        contributions.join(database, found, f"d{n}", "actors", source="192.0.2.7")
    assert meetings.joined(database, board.meeting) == {"actors": 200}
    assert typed(phone(client), code).status_code == 303


def test_who_guesses_is_stopped_and_the_room_still_gets_in(
    client: FlaskClient, database: Database, board: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrance, "STEPS", ((6, 3), (8, 1)))
    code, wrong = meetings.read(database, board.meeting).code, "ZZZZZZ"
    bad = phone(client, "2001:db8::1")
    assert [typed(bad, wrong).status_code for _ in range(4)] == [404, 404, 404, 429]
    assert [typed(bad, short).status_code for short in ("", "abc")] == [404, 404], "no code at all is no guess"
    neighbour = phone(client, "2001:db8::2")
    answer = typed(neighbour, code)
    assert (answer.status_code, "scannez le code" in answer.text) == (429, True), "the same site"
    assert "Trop de codes faux" in joined(neighbour, path_of(board), code=code).text, "at any door"
    assert neighbour.get(f"/a/{entrance.token(meetings.read(database, board.meeting))}").status_code == 303
    others = [phone(client, f"192.0.2.{n}") for n in range(10, 20)]
    assert [typed(others[0], wrong).status_code for _ in range(4)] == [404, 404, 404, 429]
    assert [typed(other, wrong).status_code for other in others[1:4]] == [404, 404, 429], "fewer each, then none"
    assert typed(others[5], code).status_code == 429
    assert joined(others[5], path_of(board), code=code).status_code == 303, "another door"
    assert rows(database)["attempts"] == 2 * 8 + 1, "what is not tried is not counted"
    later = datetime.now(UTC) + attempts.WINDOW + timedelta(seconds=1)
    assert entrance.enter(database, code, "192.0.2.10", now=later).id == board.meeting


def test_one_address_does_not_make_a_crowd(
    client: FlaskClient, database: Database, board: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contributions, "MOST_OF_AN_ADDRESS", 2)
    monkeypatch.setattr(contributions, "MOST_IN_A_ROOM", 3)
    code = meetings.read(database, board.meeting).code
    guests = [phone(client) for _ in range(3)]
    assert [joined(guest, path_of(board), code=code).status_code for guest in guests] == [303, 303, 429]
    assert joined(guests[0], path_of(board), college="actors").status_code == 303, "another college is no other phone"
    elsewhere = [phone(client, address) for address in ("192.0.2.8", "192.0.2.9")]
    assert [joined(guest, path_of(board), code=code).status_code for guest in elsewhere] == [303, 429]
