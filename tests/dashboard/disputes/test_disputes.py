"""« Je conteste ce chiffre »: from any page, on the value of the release, answered in public, the contact unseen."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.administration import access
from dashboard.disputes import web
from dashboard.settings import Settings
from layers import demonstration, measure
from layers.series import Query
from layers.written import disputes
from layers.written.database import Database
from layers.written.disputes import Dispute
from tests.page_views import VIEWS

NASTY = '<script>alert(1)</script> & "Œuvre" {{ 1 }}'
CONTACT = "contact-fictif@exemple.test"
TOKEN = re.compile(rf'name="{access.FIELD}" value="([0-9a-f]+)"')
FORM = "/contester?indicator=actors&place=3"

pytestmark = pytest.mark.usefixtures("written_elsewhere")
"""On SQLite, then on PostgreSQL."""


def database(folder: Path) -> Database:
    return Database(Settings(ESS_DATA_DIR=folder).database)


def sent(client: FlaskClient, path: str = FORM, **form: str) -> int:
    found = TOKEN.search(client.get(path).text)
    assert found
    return client.post(path, data={access.FIELD: found[1], "reason": "Motif fictif", **form}).status_code


def the_one(folder: Path) -> Dispute:
    (one,) = disputes.listed(database(folder))
    return one


def answered(client: FlaskClient, folder: Path, **form: str) -> int:
    one = the_one(folder)
    usual = {"what": "answer", "id": one.id, "version": str(one.version), "outcome": "kept", "answer": "Vérifié."}
    return sent(client, "/admin/contestations", **{**usual, **form})


@pytest.mark.parametrize("page", sorted(VIEWS))
def test_from_every_page_a_value_is_disputed(client: FlaskClient, page: str) -> None:
    text = client.get(VIEWS[page][0]).text
    found = re.search(r'href="(/contester[^"]*)"', text)
    assert found
    form = client.get(html.unescape(found[1]))
    assert form.status_code == 200
    assert 'name="reason"' in form.text
    assert 'id="place"' in form.text


def test_the_value_is_that_of_the_release_whatever_is_posted(client: FlaskClient, folder: Path) -> None:
    assert sent(client, f"{FORM}&year=2022", value="999", shown="999", year="1789", release="autre") == 303
    one = the_one(folder)
    series = measure.series(demonstration.release(), Query("actors", year=2022))
    assert (one.place, one.indicator, one.year) == ("3", "actors", 2022)
    assert (one.value, one.state) == (series.cell("3").value, series.cell("3").state)
    assert one.release == demonstration.release().id
    assert f"release={one.release}" in one.view
    assert client.get(f"/carte?{one.view}").status_code == 200


def test_a_commune_and_the_metropole_too_and_an_unknown_place_is_not_found(client: FlaskClient, folder: Path) -> None:
    assert sent(client, "/contester?indicator=actors&place=59512&sector=commerce") == 303
    assert "commune=59512" in the_one(folder).view
    assert "sector=commerce" in the_one(folder).view
    assert sent(client, "/contester?indicator=actors") == 303
    assert {one.place for one in disputes.listed(database(folder))} == {"59512", "mel"}
    assert client.get("/contester?place=99999").status_code == 404


def test_what_is_typed_is_inert_and_the_contact_is_on_no_public_page(client: FlaskClient, folder: Path) -> None:
    assert sent(client, reason=NASTY, source=NASTY, contact=CONTACT) == 303
    one = the_one(folder)
    for path in (f"/contestations/{one.id}", "/contestations?territory=3&lang=en"):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert CONTACT not in text
        assert "Données de démonstration" in text or "Demonstration data" in text
    assert NASTY not in client.get("/contestations?territory=4").text
    queue = client.get("/admin/contestations").text
    assert CONTACT in queue
    assert "<script>alert" not in queue


def test_the_mark_stays_on_the_pages_until_the_answer(client: FlaskClient, folder: Path) -> None:
    pages = ("/", "/territoire/3", "/comparer?indicator=actors", "/methode", "/table?indicator=actors")
    link = re.compile(r'class="contested"')
    assert not any(link.search(client.get(page).text) for page in pages)
    sent(client)
    ident = the_one(folder).id
    for page in pages:
        assert f"/contestations/{ident}" in client.get(page).text, page
    for page in ("/territoire/4", "/comparer?indicator=ess_job_share&areas=4,8", "/table?indicator=ess_job_share"):
        assert ident not in client.get(page).text, page
    assert answered(client, folder) == 303
    assert not any(link.search(client.get(page).text) for page in pages)
    told = client.get(f"/contestations/{ident}").text
    assert "Vérifié." in told
    assert "maintenu" in told


def test_an_answer_over_another_is_refused_and_what_was_typed_is_kept(client: FlaskClient, folder: Path) -> None:
    sent(client)
    assert answered(client, folder) == 303
    one = the_one(folder)
    found = TOKEN.search(client.get("/admin/contestations").text)
    assert found
    form = {"what": "answer", "id": one.id, "version": "1", "outcome": "corrected", "answer": "Le second."}
    again = client.post("/admin/contestations", data={access.FIELD: found[1], **form})
    assert again.status_code == 409
    assert "Le second." in again.text
    assert the_one(folder).answer == "Vérifié."
    assert answered(client, folder, answer=" ") == 400
    assert answered(client, folder, what="withdraw") == 303
    assert "Motif fictif" not in client.get(f"/contestations/{one.id}").text
    assert one.id not in client.get("/contestations").text


def test_only_agents_see_the_queue_and_everybody_may_dispute(client: FlaskClient, folder: Path) -> None:
    away = {"X-Forwarded-For": "192.0.2.1"}
    assert client.get("/admin/contestations", headers=away).status_code == 403
    found = TOKEN.search(client.get(FORM, headers=away).text)
    assert found
    data = {access.FIELD: found[1], "reason": "Motif fictif"}
    assert client.post(FORM, data=data, headers=away).status_code == 303
    one = the_one(folder)
    form = {**data, "what": "answer", "id": one.id, "version": "1", "outcome": "kept", "answer": "Non."}
    assert client.post("/admin/contestations", data=form, headers=away).status_code == 403
    assert the_one(folder).status == "open"


def test_without_the_token_empty_or_too_often_nothing_is_written(
    client: FlaskClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.post(FORM, data={"reason": "Motif fictif"}).status_code == 403
    assert sent(client, reason=" ") == 400
    assert sent(client, contact="x" * 201) == 400
    assert disputes.listed(database(folder)) == []
    monkeypatch.setattr(web, "MOST_A_VISIT", 3)
    assert sent(client) == 303
    assert sent(client) == 429
    assert len(disputes.listed(database(folder))) == 1
