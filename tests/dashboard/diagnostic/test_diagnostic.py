"""``/diagnostic``: everybody reads, the local administrator writes, nothing typed runs, conflicts are shown."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from typer.testing import CliRunner

from dashboard.administration import access
from dashboard.cli import app
from dashboard.diagnostic.proposed import proposed
from dashboard.portrait.place import METROPOLE, place
from dashboard.settings import Settings
from layers import demonstration, measure
from layers.series import Query
from layers.written import register
from layers.written.database import Database
from layers.written.register import QUADRANTS, Finding
from tests.dashboard.opened import administrator
from tests.factories import view

RELEASE = demonstration.release()
NASTY = '<script>alert(1)</script> & "Œuvre" {{ 1 }}'
TOKEN = re.compile(rf'name="{access.FIELD}" value="([0-9a-f]+)"')

pytestmark = pytest.mark.usefixtures("written_elsewhere")
"""On SQLite, then on PostgreSQL."""


def database(folder: Path) -> Database:
    return Database(Settings(ESS_DATA_DIR=folder).database)


def listed(folder: Path) -> list[Finding]:
    return register.listed(database(folder), "3")


def token(client: FlaskClient) -> str:
    found = TOKEN.search(client.get("/diagnostic/3").text)
    assert found
    return found[1]


def sent(client: FlaskClient, **form: str) -> int:
    return client.post("/diagnostic/3", data={access.FIELD: token(client), **form}).status_code


def added(client: FlaskClient, **form: str) -> int:
    usual = {"sentence": "Constat fictif.", "quadrant": "threat", "theme": "foncier", "status": "to_check"}
    return sent(client, what="add", evidence="actor", source="Atelier fictif", **{**usual, **form})


def test_reading_makes_no_database(client: FlaskClient, folder: Path) -> None:
    for code in (METROPOLE, "3", "59350"):
        assert "Aucun constat n’est encore écrit" in client.get(f"/diagnostic/{code}").text.replace("\u00a0", " ")
    assert not (folder / "ess.sqlite").exists()
    assert client.get("/diagnostic/9").status_code == 404


def test_a_finding_is_written_changed_withdrawn_and_restored(client: FlaskClient, folder: Path) -> None:
    assert added(client, sentence=NASTY) == 303
    (one,) = listed(folder)
    assert (one.sentence, one.evidence, one.version) == (NASTY, "actor", 1)
    text = client.get("/diagnostic/3").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert sent(client, what="change", id=one.id, version="1", sentence="Autre.", status="shared") == 303
    assert sent(client, what="withdraw", id=one.id, version="2") == 303
    assert "Aucun constat n’est encore écrit" in client.get("/diagnostic/3").text.replace("\u00a0", " ")
    assert sent(client, what="restore", id=one.id, version="3") == 303
    (now,) = listed(folder)
    assert (now.sentence, now.status, now.version, now.withdrawn) == ("Autre.", "shared", 4, False)
    assert [change.what for change in register.history(database(folder), one.id)] == [
        "added", "changed", "withdrawn", "restored",
    ]  # fmt: skip
    assert "1 constat dans le Roubaisien" in client.get("/diagnostic/3").text.replace("\u00a0", " ").replace(
        "\u202f", " "
    )


def test_two_who_write_at_once_see_each_other_and_lose_nothing(client: FlaskClient, folder: Path) -> None:
    added(client)
    (one,) = listed(folder)
    assert sent(client, what="change", id=one.id, version="1", sentence="Le premier.", status="disputed") == 303
    answer = client.post(
        "/diagnostic/3",
        data={access.FIELD: token(client), "what": "change", "id": one.id, "version": "1", "sentence": "Le second.",
              "quadrant": "threat", "status": "shared", "theme": "", "source": "x"},
    )  # fmt: skip
    assert answer.status_code == 409
    assert "Le premier." in answer.text
    assert "Le second." in answer.text
    assert [now.sentence for now in listed(folder)] == ["Le premier."]
    assert 'name="version" value="2"' in answer.text, "writing over it starts from what is there"


@pytest.mark.parametrize(
    "form",
    [
        {"sentence": " "},
        {"sentence": "x" * 501},
        {"quadrant": "autre"},
        {"status": "vrai"},
        {"evidence": "indicator"},
        {"evidence": "rumeur"},
        {"source": ""},
    ],
)
def test_what_is_not_a_finding_is_refused_and_what_was_typed_is_kept(
    client: FlaskClient, folder: Path, form: dict[str, str]
) -> None:
    usual = {"sentence": "Constat fictif.", "quadrant": "threat", "theme": "thème tapé", "status": "to_check"}
    data = {access.FIELD: token(client), "what": "add", "evidence": "actor", "source": "Atelier", **usual, **form}
    answer = client.post("/diagnostic/3", data=data)
    assert answer.status_code == 400
    assert "thème tapé" in answer.text
    assert listed(folder) == []


def test_without_the_token_or_from_elsewhere_nothing_is_written(client: FlaskClient, folder: Path) -> None:
    good = token(client)
    form = {
        "what": "add",
        "sentence": "Non.",
        "quadrant": "threat",
        "status": "to_check",
        "evidence": "actor",
        "source": "x",
    }
    for data, headers in (
        (form, {}),
        ({**form, access.FIELD: "0" * 64}, {}),
        ({**form, access.FIELD: good}, {"Origin": "https://ailleurs.example"}),
        ({**form, access.FIELD: good}, {"X-Forwarded-For": "192.0.2.1"}),
        ({**form, access.FIELD: good}, {"Host": "ess.example"}),
    ):
        assert client.post("/diagnostic/3", data=data, headers=headers).status_code == 403
    assert (
        client.post(
            "/diagnostic/3", data={**form, access.FIELD: good}, environ_base={"REMOTE_ADDR": "192.0.2.1"}
        ).status_code
        == 403
    )
    other = administrator(Settings(ESS_DATA_DIR=folder))
    assert other.post("/diagnostic/3", data={**form, access.FIELD: good}).status_code == 403, "another's session"
    assert listed(folder) == []


def test_a_reader_of_elsewhere_reads_and_sees_no_form(client: FlaskClient) -> None:
    added(client)
    page = client.get("/diagnostic/3", environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert page.status_code == 200
    assert "Constat fictif." in page.text
    assert "<form" not in page.text.partition("<main")[2]
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("what", ["", "delete", "change", "adopt", "withdraw"])
def test_what_is_no_form_is_refused(client: FlaskClient, what: str) -> None:
    assert sent(client, what=what, id="x", version="1", sentence="x") == 400
    assert sent(client, what="change", id="x", version="un") == 400


@pytest.mark.parametrize("code", [METROPOLE, *"12345678", "59512"])
def test_what_is_proposed_is_the_number_of_the_series_with_its_proof(demo: FlaskClient, code: str) -> None:
    seen = view(RELEASE)
    where = place(seen, code)
    found = proposed(seen, where)
    assert found
    assert len({one.sentence for one in found}) == len(found)
    for one in found:
        assert one.release == RELEASE.id
        assert one.quadrant in QUADRANTS
        assert demo.get(one.proof or "").status_code == 200
        filters = dict(re.findall(r"(sector|family)=([\w-]+)", one.proof or ""))
        series = measure.series(RELEASE, Query(one.indicator or "", where.level, year=one.year, **filters))
        cell = where.cell(series)
        assert (one.value, one.state) == (cell.value, cell.state)


def test_a_proposal_is_taken_once_in_one_click_and_in_french(client: FlaskClient, folder: Path) -> None:
    seen = view(RELEASE)
    first = proposed(seen, place(seen, "3"))[0]
    good = token(client)
    for _ in range(2):
        form = {access.FIELD: good, "what": "adopt", "sentence": first.sentence}
        assert client.post("/diagnostic/3?lang=en", data=form).status_code == 303
    (one,) = listed(folder)
    assert (one.sentence, one.indicator, one.value, one.release) == (
        first.sentence, first.indicator, first.value, RELEASE.id,
    )  # fmt: skip
    page = client.get("/diagnostic/3?lang=en").text
    assert f'<h3 lang="fr">{first.sentence}</h3>' in page
    assert "data-demonstration" in page


def test_files_hold_the_findings_and_no_formula(client: FlaskClient) -> None:
    added(client, sentence="=1+1")
    book = load_workbook(io.BytesIO(client.get("/diagnostic/3.xlsx").data))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    for form in ("pdf", "docx", "pptx", "csv"):
        answer = client.get(f"/diagnostic/3.{form}")
        assert answer.status_code == 200
        assert "_demonstration." in answer.headers["Content-Disposition"]
    assert "'=1+1" in client.get("/diagnostic/3.csv").data.decode("utf-8-sig")


def test_backup_and_restore(client: FlaskClient, folder: Path, tmp_path: Path) -> None:
    added(client)
    run, save = CliRunner(), tmp_path / "constats.sauvegarde"
    told = run.invoke(app, ["backup", str(save), "--data-dir", str(folder)])
    assert told.exit_code == 0
    assert "1 constats, 0 rencontres, 0 réponses, 1 lignes de journal" in told.output
    before = listed(folder)
    added(client, sentence="Un autre.")
    told = run.invoke(app, ["restore", str(save), "--data-dir", str(folder)])
    assert told.exit_code == 0
    assert listed(folder) == before
    (aside,) = tmp_path.glob("constats-avant-*")
    run.invoke(app, ["restore", str(aside), "--data-dir", str(folder)])
    assert [one.sentence for one in listed(folder)] == ["Constat fictif.", "Un autre."]
    save.write_text("rien")
    assert run.invoke(app, ["restore", str(save), "--data-dir", str(folder)]).exit_code != 0
    assert len(listed(folder)) == 2
