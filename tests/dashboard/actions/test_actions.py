"""``/diagnostic/<code>/actions``: the board and the sheets are read by all, written by who may, inert, never lost."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from docx import Document
from flask.testing import FlaskClient
from openpyxl import load_workbook

from app import create_server
from dashboard import locale
from dashboard.gate import FIELD
from dashboard.settings import Settings
from layers import demonstration, measure
from layers.indicators import INDICATORS
from layers.series import Query
from layers.written import actions, register
from layers.written.actions import Action
from layers.written.database import Database
from layers.written.register import Finding

PATH = "/diagnostic/3/actions"
TOKEN = re.compile(rf'name="{FIELD}" value="([0-9a-f]+)"')
NASTY = '=SUM(A1) <script>alert(1)</script> & "Œuvre"'

pytestmark = pytest.mark.usefixtures("written_elsewhere")
"""On SQLite, then on PostgreSQL."""


def sent(client: FlaskClient, path: str = PATH, **form: str) -> tuple[int, str]:
    found = TOKEN.search(client.get(path).text)
    assert found
    answer = client.post(path, data={FIELD: found[1], **form})
    return answer.status_code, answer.text


def only(database: Database) -> Action:
    (one,) = actions.listed(database, "3")
    return one


def test_reading_makes_no_database(client: FlaskClient, folder: Path) -> None:
    assert "Aucune action n’est encore écrite" in client.get(PATH).text.replace("\u00a0", " ")
    assert not (folder / "ess.sqlite").exists()
    assert client.get("/diagnostic/9/actions").status_code == 404
    assert client.get(f"{PATH}/rien").status_code == 404


def test_a_sheet_is_written_linked_changed_followed_and_told(client: FlaskClient, database: Database) -> None:
    found = register.add(database, Finding("3", "Constat fictif.", "threat", source="fictive"), "moi")
    form = {
        "what": "add",
        "title": NASTY,
        "findings": found.id,
        "budget": "12 000 €",
        "target": "3,5",
        "risks": "Bail.",
    }
    assert sent(client, **form)[0] == 303
    one = only(database)
    assert (one.title, one.answers, one.budget, one.target) == (NASTY, (found.id,), 12_000, 3.5)
    page = client.get(f"{PATH}/{one.id}").text
    assert "<script>alert" not in page
    assert "12\u202f000" in page and "Constat fictif." in page
    assert f"{PATH}/{one.id}" in client.get("/diagnostic/3").text
    assert sent(client, what="change", id=one.id, version="1", title="Action fictive", findings="")[0] == 303
    assert only(database).answers == ()
    assert sent(client, what="follow", id=one.id, version="0", year="2026", done="Fait.", value="2")[0] == 303
    page = client.get(f"{PATH}/{one.id}").text
    assert "Fait." in page and "Reste à faire" in page and "1,5" in page
    assert sent(client, what="withdraw", id=one.id, version="2")[0] == 303
    assert "Remettre" in client.get(PATH).text


def test_the_baseline_of_an_indicator_is_that_of_the_release(client: FlaskClient, database: Database) -> None:
    release = demonstration.release()
    series = measure.series(release, Query("actors_per_1000", "territory"))
    form = {"what": "add", "title": "Action fictive", "indicator": "actors_per_1000", "baseline": "999", "target": "9"}
    assert sent(client, **form)[0] == 303
    one = only(database)
    assert (one.baseline, one.baseline_year) == (series.cell("3").value, series.query.year)
    assert (one.baseline_state, one.baseline_release) == ("value", release.id)
    assert sent(client, what="change", id=one.id, version="1", indicator="actors_per_1000", baseline="999")[0] == 303
    assert only(database).baseline == one.baseline
    page = client.get(f"{PATH}/{one.id}").text
    assert "Mesuré maintenant" in page and release.id in page


def test_each_year_has_what_the_release_measures(client: FlaskClient, database: Database) -> None:
    release = demonstration.release()
    first, second, *later = measure.years(release, "actors_per_1000")
    made = Action("3", "Action fictive", indicator="actors_per_1000", baseline=1.0, baseline_year=second)
    one = actions.add(database, made, "moi")
    assert sent(client, what="follow", id=one.id, version="0", year=str(first), done="Préparée.", value="")[0] == 303
    rows = client.get(f"{PATH}/{one.id}.csv").data.decode("utf-8-sig").splitlines()
    told = {row[:4]: row for row in rows if re.match(r"\d{4}[,;]", row)}
    page = client.get(f"{PATH}/{one.id}").text
    assert later and set(told) == {str(year) for year in (first, *later)}, "followed, or after the baseline"
    for year in (first, *later):
        value = measure.series(release, Query("actors_per_1000", "territory", year=year)).cell("3").value
        assert value is not None
        assert str(value)[:6].replace(".", ",") in told[str(year)]
        assert locale.value(INDICATORS["actors_per_1000"], value) in page
    assert "Préparée." in told[str(first)]
    assert "Valeur comptée" not in page[page.index("Suivi par année") :].partition("</table>")[0], "nobody counted"


def test_a_sheet_leads_to_the_findings_that_it_answers(client: FlaskClient, database: Database) -> None:
    found = register.add(database, Finding("3", "Constat fictif.", "threat", source="fictive"), "moi")
    sent(client, what="add", title="Action fictive", findings=found.id)
    one = only(database)
    page = client.get(f"{PATH}/{one.id}?lang=en").text
    (link,) = re.findall(rf'href="(/diagnostic/3[^"]*#constat-{found.id})">See the finding', page)
    assert f'id="constat-{found.id}"' in client.get(link.partition("#")[0].replace("&amp;", "&")).text
    word = Document(io.BytesIO(client.get(f"{PATH}/{one.id}.docx").data))
    assert any(f"#constat-{found.id}" in str(made.target_ref) for made in word.part.rels.values())


def test_the_second_of_two_sees_both_and_loses_nothing(client: FlaskClient, database: Database) -> None:
    sent(client, what="add", title="Action fictive")
    one = only(database)
    sent(client, what="change", id=one.id, version="1", pilot="Organisme A")
    status, page = sent(client, what="change", id=one.id, version="1", pilot="Organisme B")
    assert status == 409
    assert "Organisme A" in page and "Organisme B" in page
    assert only(database).pilot == "Organisme A"


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"title": " "}, "Titre"),
        ({"title": "x", "budget": "beaucoup"}, "Budget"),
        ({"title": "x", "target": "1,2,3"}, "Cible"),
        ({"title": "x", "indicator": "nothing"}, "Indicateur"),
        ({"title": "x", "begins": "2027", "ends": "2026"}, "Fin"),
    ],
)
def test_a_wrong_field_is_named_and_what_was_typed_is_there(
    client: FlaskClient, database: Database, form: dict[str, str], told: str
) -> None:
    status, page = sent(client, what="add", issue="Un enjeu fictif.", **form)
    assert status == 400
    assert f"« {told}" in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Un enjeu fictif." in page
    assert actions.listed(database, "3") == []


def test_who_may_not_write_does_not(client: FlaskClient, database: Database, folder: Path) -> None:
    assert client.post(PATH, data={"what": "add", "title": "x"}).status_code == 403
    other = actions.add(database, Action("4", "Action fictive ailleurs"), "moi")
    assert sent(client, what="withdraw", id=other.id, version="1")[0] == 400
    assert client.get(f"{PATH}/{other.id}").status_code == 404
    off = create_server(Settings(ESS_DATA_DIR=folder, ESS_ADMIN="off")).test_client()
    assert FIELD not in off.get(PATH).text
    assert not actions.read(database, other.id).withdrawn


def test_files_hold_the_board_and_the_sheet_and_run_nothing(client: FlaskClient, database: Database) -> None:
    sent(client, what="add", title=NASTY, pilot="Organisme fictif", status="running")
    one = only(database)
    for path in (PATH, f"{PATH}/{one.id}"):
        for form, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("pptx", b"PK"), ("csv", b"")):
            answer = client.get(f"{path}.{form}")
            assert answer.status_code == 200
            assert answer.data.startswith(start)
            assert "demonstration" in answer.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(client.get(f"{PATH}.xlsx").data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(NASTY in str(cell.value) for cell in cells)
    assert all(cell.data_type != "f" for cell in cells if NASTY in str(cell.value))


def test_in_english_what_was_typed_stays_french(client: FlaskClient, database: Database) -> None:
    sent(client, what="add", title="Une action fictive")
    page = client.get(f"{PATH}?lang=en").text
    assert "1 action in" in page.replace("\u00a0", " ")
    assert 'lang="fr">Une action fictive</a>' in page
