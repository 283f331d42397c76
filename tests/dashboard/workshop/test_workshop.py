"""``/atelier``: prepared, opened, led, answered once from telephones, closed; refused where it must be."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.gate import FIELD
from layers import demonstration, measure
from layers.series import Query
from layers.written import register
from layers.written.database import Database
from layers.written.register import Finding
from layers.written.workshop import contributions, meetings, scenes

TOKEN = re.compile(rf'name="{FIELD}" value="([0-9a-f]+)"')
VIEW = "/carte?indicator=actors_per_1000"
NASTY = '<script>alert(1)</script> =SUM(A1) & "Œuvre"'

pytestmark = pytest.mark.usefixtures("written_elsewhere")
"""On SQLite, then on PostgreSQL."""


def token(client: FlaskClient, path: str) -> str:
    found = TOKEN.search(client.get(path).text)
    assert found, path
    return found[1]


def wrote(client: FlaskClient, path: str, **form: str) -> int:
    return client.post(path, data={FIELD: token(client, "/atelier"), **form}).status_code


def prepared(client: FlaskClient) -> str:
    form = {FIELD: token(client, "/atelier"), "place": "3", "title": NASTY, "held": "2026-12-03"}
    answer = client.post("/atelier", data=form)
    assert answer.status_code == 303
    return str(answer.location)


def opened(client: FlaskClient, *kinds: str) -> tuple[str, list[str]]:
    path = prepared(client)
    for kind in kinds:
        assert wrote(client, path, what="scene", kind=kind, question=f"{kind} ?", view=VIEW, area="3", dots="3") == 303
    assert wrote(client, path, what="open") == 303
    return path, re.findall(r'id="scene-(\w+)"', client.get(path).text)


def joined(client: FlaskClient, database: Database, path: str, college: str = "elected") -> None:
    code = meetings.read(database, path.rpartition("/")[2]).code
    form = {FIELD: token(client, f"{path}/participer"), "college": college, "code": code}
    assert client.post(f"{path}/rejoindre", data=form).status_code == 303


def sent(client: FlaskClient, path: str, scene: str, ident: str = "", **form: str) -> int:
    data = {FIELD: token(client, "/contester?place=4"), "id": ident or uuid.uuid4().hex, "scene": scene, **form}
    headers = {"Accept": "application/json"}
    return client.post(f"{path}/envoyer", data=data, headers=headers).status_code


def test_reading_writes_nothing(client: FlaskClient, folder: Path) -> None:
    assert "aucune encore" in client.get("/atelier").text
    assert client.get("/atelier/rejoindre?code=ABCDEF").status_code == 404
    for path in ("x", "x/participer", "x/projection", "x/animer", "x/live"):
        assert client.get(f"/atelier/{path}").status_code == 404
    assert not (folder / "ess.sqlite").exists()


def test_what_is_typed_is_shown_inert(client: FlaskClient, database: Database) -> None:
    path, found = opened(client, "board")
    wrote(client, path, what="go", id=found[0])
    joined(client, database, path)
    assert sent(client, path, found[0], sentence=NASTY, quadrant="threat") == 201
    for window in ("", "/animer", "/projection", "/participer"):
        text = client.get(path + window).text
        assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in client.get(f"{path}/animer").text


def test_a_scene_keeps_its_view_on_its_release(client: FlaskClient, database: Database) -> None:
    path, _found = opened(client, "view")
    (scene,) = scenes.listed(database, path.rsplit("/", 1)[1])
    assert re.fullmatch(r"/carte\?indicator=actors_per_1000&release=\w+", scene.view)
    referred = client.get("/atelier/scene", headers={"Referer": "http://localhost/comparer?areas=3,8"}).text
    assert "/comparer?areas=3,8" in referred


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "view", "view": "/admin"},
        {"kind": "view", "view": "https://ailleurs.example/x"},
        {"kind": "view"},
        {"kind": "rank"},
        {"kind": "autre", "view": VIEW},
        {"kind": "board", "question": " "},
        {"kind": "vote", "dots": "999"},
        {"kind": "vote", "minutes": "dix"},
        {"kind": "value", "view": VIEW},
        {"kind": "value", "view": VIEW, "area": "59512"},
    ],
)
def test_what_is_no_scene_is_refused(client: FlaskClient, database: Database, form: dict[str, str]) -> None:
    path = prepared(client)
    assert wrote(client, path, **{"what": "scene", "question": "Question ?", **form}) == 400
    assert scenes.listed(database, path.rsplit("/", 1)[1]) == []


def test_a_guess_is_hidden_then_beside_what_is_measured(client: FlaskClient, database: Database) -> None:
    path, (scene,) = opened(client, "rank")
    wrote(client, path, what="go", id=scene)
    joined(client, database, path)
    assert sent(client, path, scene, **{f"rank-{n}": str(9 - n) for n in range(1, 9)}) == 201
    assert sent(client, path, scene, **{f"rank-{n}": "1" for n in range(1, 9)}) == 409
    assert 'class="guess"' not in client.get(f"{path}/projection").text
    assert 'class="guess"' not in client.get(f"{path}/participer").text
    wrote(client, path, what="reveal")
    shown = client.get(f"{path}/projection").text
    rows = re.findall(r'<tr><th scope="row">.*?</th><td class="num">(\S+)</td>.*?<td class="num">(\d)</td></tr>', shown)
    assert len(rows) == 8
    assert sorted(perceived for _measured, perceived in rows) == list("12345678")
    values = [cell.value or 0 for cell in measure.series(demonstration.release(), Query("actors_per_1000")).cells]
    assert [int(measured) for measured, _p in rows] == sorted(1 + sum(o > v for o in values) for v in values)


def test_minutes_attendance_title_and_date_are_kept_and_a_meeting_is_withdrawn_and_put_back(
    client: FlaskClient, database: Database
) -> None:
    """The forms name the meeting by its ``id``, as those of a scene name the scene."""
    path = prepared(client)
    ident = path.rsplit("/", 1)[1]
    told = {"title": "Autre titre fictif", "held": "2026-12-04", "minutes": "Ce qui a été dit.", "elected": "7"}
    assert wrote(client, path, what="change", id=ident, version="1", **told) == 303
    now = meetings.read(database, ident)
    assert (now.title, now.held, now.minutes, now.attendance["elected"]) == (*tuple(told.values())[:3], 7)
    assert wrote(client, path, what="change", id=ident, version="2", elected="") == 303
    assert meetings.read(database, ident).attendance["elected"] == 0, "what is taken out is out"
    assert wrote(client, path, what="withdraw", id=ident, version="3") == 303
    assert meetings.read(database, ident).withdrawn
    assert wrote(client, path, what="restore", id=ident, version="4") == 303
    assert not meetings.read(database, ident).withdrawn
    other = prepared(client).rsplit("/", 1)[1]
    assert wrote(client, path, what="change", id=other, version="1", title="Celle d’une autre") == 400
    assert meetings.read(database, other).title == NASTY


def test_live_tells_what_changed_and_nothing_else(client: FlaskClient, database: Database) -> None:
    path, (first, second) = opened(client, "board", "vote")
    live = f"{path}/live?fresh=1&window=projection&since="
    since = client.get(live + "0").json["since"]
    assert client.get(live + since).status_code == 204
    wrote(client, path, what="go", id=second)
    news = client.get(live + since).json
    assert "vote\u202f?" in news["parts"]["screen"][1]
    phone = client.get(f"{path}/live?fresh=1&window=participer&since=0").json["since"]
    joined(client, database, path)
    told = client.get(f"{path}/live?fresh=1&window=participer&since={phone}")
    assert told.status_code == 204, "what others do is not told"
    assert client.get(live + news["since"]).status_code == 200
    wrote(client, path, what="blank")
    assert "Écran éteint" in client.get(live + news["since"]).json["parts"]["screen"][1]
    assert first != second


def test_what_is_of_another_meeting_is_refused(client: FlaskClient, database: Database) -> None:
    own, (mine,) = opened(client, "board")
    other, (theirs,) = opened(client, "board")
    phone, stranger = client.application.test_client(), client.application.test_client()
    joined(phone, database, own)
    body = {"sentence": "Une idée.", "quadrant": "threat"}
    assert sent(phone, own, theirs, **body) == 409, "a scene of another meeting"
    assert sent(phone, other, theirs, **body) == 403, "a meeting that this telephone did not join"
    assert sent(stranger, own, mine, **body) == 403, "who did not join at all"
    ident = uuid.uuid4().hex
    assert sent(phone, own, mine, ident, **body) == 201
    joined(stranger, database, own)
    assert sent(stranger, own, mine, ident, sentence="Autre chose.", quadrant="threat") == 200, "replayed by another"
    meeting = own.rpartition("/")[2]
    assert [one.held["sentence"] for one in contributions.proposed(database, meeting)] == ["Une idée."]
    before = scenes.read(database, theirs)
    for what, named in (("go", theirs), ("scene-withdraw", theirs), ("vote-close", theirs), ("late", theirs)):
        assert wrote(client, own, what=what, id=named, version=str(before.version)) == 400, what
    assert wrote(client, other, what="accept", id=ident) == 400
    assert scenes.read(database, theirs) == before
    assert register.listed(database, "3") == []


def test_a_sending_is_taken_once_and_needs_a_page_of_ours(client: FlaskClient, database: Database) -> None:
    path, (board,) = opened(client, "board")
    body = {"sentence": "Une idée.", "quadrant": "threat"}
    assert sent(client, path, board, **body) == 403, "no code yet"
    joined(client, database, path, "actors")
    ident = uuid.uuid4().hex
    assert [sent(client, path, board, ident, **body) for _ in range(3)] == [201, 200, 200]
    assert sent(client, path, board, sentence="x" * 20_000, quadrant="threat") == 413
    assert sent(client, path, "x", **body) == 404
    for data in ({"scene": board, "id": uuid.uuid4().hex, **body}, {"scene": board, FIELD: "0" * 64, **body}):
        assert client.post(f"{path}/envoyer", data=data).status_code == 403
    (kept,) = contributions.proposed(database, path.rsplit("/", 1)[1])
    assert wrote(client, path, what="accept", id=kept.id, back="/animer") == 303
    assert [one.sentence for one in register.listed(database, "3")] == ["Une idée."]
    wrote(client, path, what="close")
    assert sent(client, path, board, **body) == 409


def test_a_secret_vote_shows_nothing_before_it_is_closed(client: FlaskClient, database: Database) -> None:
    made = register.add(database, Finding("3", "Constat fictif.", "threat", source="x"), "essai")
    path, (vote,) = opened(client, "vote")
    wrote(client, path, what="go", id=vote)
    joined(client, database, path)
    assert sent(client, path, vote, **{f"dots-{made.id}": "4"}) == 409
    assert sent(client, path, vote, **{f"dots-{made.id}": "2"}) == 201
    assert wrote(client, path, what="paper", id=vote, college="actors", number="3", **{f"dots-{made.id}": "3"}) == 303
    assert "11\u00a0points" not in client.get(f"{path}/projection").text.replace("\u202f", "\u00a0")
    wrote(client, path, what="vote-close", id=vote)
    assert "11 points" in client.get(f"{path}/projection").text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "11 points" in client.get(f"{path}/participer").text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_meeting_that_is_closed_asks_nothing_more(client: FlaskClient, database: Database) -> None:
    path, (guess, vote) = opened(client, "rank", "vote")
    told = {"animer": "leading", "projection": "screen", "participer": "phone"}

    def parts() -> dict[str, str]:
        live = f"{path}/live?fresh=1&since=0&window="
        return {name: client.get(live + name).json["parts"][part][1] for name, part in told.items()}

    wrote(client, path, what="go", id=guess)
    joined(client, database, path)
    assert "Envoyer" in parts()["participer"] and "Révéler" in parts()["animer"]
    assert "Répondez sur votre téléphone" in parts()["projection"]
    wrote(client, path, what="go", id=vote)
    assert "Vote secret" in client.get(f"{path}/live?fresh=1&since=0&window=projection").json["parts"]["count"][1]
    wrote(client, path, what="close")
    assert "Vote secret" not in client.get(f"{path}/live?fresh=1&since=0&window=projection").json["parts"]["count"][1]
    for name, shown in parts().items():
        assert ("Cette rencontre est close. Merci" in shown) == (name != "projection"), name
        assert "<form" not in shown and "sur votre téléphone" not in shown, name


def test_only_who_may_leads(client: FlaskClient, database: Database) -> None:
    path, (scene,) = opened(client, "board")
    elsewhere = {"X-Forwarded-For": "192.0.2.1"}
    assert client.get(f"{path}/animer", headers=elsewhere).status_code == 403
    assert client.get(f"{path}/live?window=animer&since=0", headers=elsewhere).status_code == 403
    form = {FIELD: token(client, path), "what": "go", "id": scene}
    assert client.post(path, data=form, headers=elsewhere).status_code == 403
    assert "Notes, que" not in client.get(path, headers=elsewhere).text
    assert client.post("/atelier", data={"place": "3", "title": "x", "held": "2026-12-03"}).status_code == 403
    assert meetings.listed(database)[0].scene == ""


def test_two_who_prepare_see_each_other(client: FlaskClient, database: Database) -> None:
    path = prepared(client)
    form = {"what": "change", "version": "1", "title": "Le premier", "held": "2026-12-03"}
    assert wrote(client, path, **form) == 303
    answer = client.post(path, data={FIELD: token(client, path), **form, "title": "Le second"})
    assert answer.status_code == 409
    assert "Le second" in answer.text
    assert meetings.listed(database)[0].title == "Le premier"
