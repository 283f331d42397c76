"""The forms of imports and releases, with their files: right, they are done; refused, what was typed comes back."""

from __future__ import annotations

import io

import pytest
from lxml import html

from dashboard.forms.labels import LABELS
from dashboard.gate import FIELD
from geodata.perimeter import members
from layers.drafts import Drafts
from layers.drafts.draft import CHANGED, QUEUED
from layers.store import Store
from layers.written.database import Database, Unavailable
from tests.dashboard.desk import GOOD, NAME, Desk, csv
from tests.dashboard.forms.rendered import Rendered, forms, with_values

DECLARED = {
    "label": "Foyers d’essai <b>&amp;</b>", "unit": "foyers \"d’essai\"", "digits": "1", "secrecy": "11",
    "definition": "Définition d’essai 'x' & y.", "year": "2021", "source": "Source d’essai",
    "publisher": "Essai & fils", "licence": "Licence d’essai", "caveat": "Réserve d’essai.", "noun": "foyers d’essai",
    "pivot": "1,5", "said-0": "Ensemble",
}  # fmt: skip
"""What is typed to declare an indicator."""
CHOSEN = {"kind": "ratio", "numerator": "Foyers", "denominator": "Logements", "scale": "1000", "area": "CODGEO",
          "where-0": "", "periods": "mean"}  # fmt: skip


def form_at(desk: Desk, path: str, page: str) -> Rendered:
    text = desk.client.get(page).text
    return next(one for one in forms(page, text) if one.path.endswith(path))


def chosen(desk: Desk, *names: str) -> dict[str, object]:
    """The form of imports as it is rendered, with files and what is typed beside them."""
    form = form_at(desk, "/admin/import", "/admin/import")
    assert [one.get("name") for one in form.typed] == ["files", "year"]
    assert [one.get("name") for one in form.chosen] == ["kind"]
    files = [(io.BytesIO(csv(*GOOD)), name) for name in names]
    return dict(form.sent) | {"files": files, "year": "2020", "kind": "siae"}


def released(desk: Desk, name: str, *lines: str) -> None:
    answer = desk.send((name, csv(*lines)))
    form = form_at(desk, "/publier", answer.location)
    assert desk.client.post(form.action, data=dict(form.sent)).status_code == 303


def test_every_form_of_administration_is_done_as_it_is_rendered(desk: Desk) -> None:
    sent = desk.client.post("/admin/import", data=chosen(desk, NAME), content_type="multipart/form-data")
    assert sent.status_code == 303
    dropped = form_at(desk, "/abandonner", sent.location)
    assert desk.client.post(dropped.action, data=dict(dropped.sent)).location.endswith("dit=abandonnee")
    released(desk, NAME, *GOOD[:1])
    released(desk, NAME, *GOOD)
    form = form_at(desk, "/publications/courante", "/admin")
    answer = desk.client.post(form.action, data=dict(form.sent))
    assert answer.location.endswith(f"courante-{form.hidden('release')}")


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"year": "20xx"}, 400), ({FIELD: "0" * 64}, 403), ({"files": []}, 400), ({"files": "read"}, 503)],
    ids=["year", "token", "no file", "no database"],
)
def test_a_refused_import_keeps_what_was_typed_and_asks_for_its_files(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, object], status: int
) -> None:
    data = chosen(desk, NAME)
    if status == 503:
        monkeypatch.setattr(Database, "is_new", False)
        monkeypatch.setattr(Database, "read", _dead)
        wrong = {}
    data |= wrong
    answer = desk.client.post("/admin/import", data=data, content_type="multipart/form-data")
    assert answer.status_code == status
    page = html.fromstring(answer.text)
    assert page.xpath('//*[@id="problem"][@role="alert"][@autofocus]')
    if status == 503:
        assert page.xpath('//section[@class="typed"]//textarea[@name="year"]/text()') == ["2020"]
        return
    (form,) = (one for one in forms("/admin/import", answer.text) if one.path == "/admin/import")
    kept = dict(form.values)
    assert (kept["kind"], kept["year"], kept[FIELD]) == ("siae", data["year"], desk.token())
    assert "choisissez-les à nouveau" in answer.text


def test_questions_are_answered_as_they_are_rendered_and_then_only_published(desk: Desk) -> None:
    lines = ["Attributaire;SIRET;Commune;Objet;Montant voté"]
    lines += [f"ASSOCIATION FICTIVE {n};;LILLE;essai {n};{100 + n}" for n in range(5)]
    sent = desk.send(("essai.csv", ("\n".join(lines) + "\n").encode()))
    first = desk.client.get(sent.location)
    assert first.location == f"{sent.location}/lecture/0", "what is asked comes first"
    whole = f"{sent.location}?controle=1"
    assert not [one for one in forms(whole, desk.client.get(whole).text) if one.path.endswith("/publier")]
    form = form_at(desk, "/lecture/0", first.location)
    year = html.fromstring(desk.client.get(first.location).text).xpath('//input[@name="question-0"]/@value')[-1]
    answers = {**dict(form.sent), "question-0": year, "faire": "repeter"}
    refused = desk.client.post(form.action, data={**answers, FIELD: "0" * 64})
    assert refused.status_code == 403
    assert desk.client.get(sent.location).location == first.location, "what is asked still is"
    done = desk.client.post(form.action, data=answers)
    assert (done.status_code, done.location) == (303, sent.location)
    after = form_at(desk, "/publier", sent.location)
    released = desk.client.post(after.action, data=dict(after.sent))
    assert "publiee-" in released.location
    name = released.location.partition("publiee-")[2]
    grants = Store(desk.data).load(name).tables()["grants"]
    assert {str(one) for one in grants["year"]} == {year}


def test_an_indicator_is_declared_as_its_form_is_rendered(desk: Desk) -> None:
    form = to_declare(desk)
    assert {one.get("name") for one in form.typed} == DECLARED.keys()
    assert {one.get("name") for one in form.chosen} == CHOSEN.keys()
    assert all(one.get("maxlength") and one.get("name") in LABELS for one in form.typed)
    done = desk.client.post(form.action, data=dict(with_values(form.sent, DECLARED | CHOSEN)))
    assert (done.status_code, done.location) == (303, form.path.removesuffix("/indicateur/0"))
    (told,) = desk.client.get(f"{done.location}/compte-rendu.json").get_json()["files"]
    assert told["rows_accepted"] == len(members())
    again = form_at(desk, "/indicateur/0", form.page)
    assert [one.get("value") for one in again.element.xpath('.//input[@name="keep"][@checked]')], (
        "it is among the known"
    )


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({FIELD: "0" * 64}, 403), ({"unit": ""}, 400), ({"secrecy": "x1"}, 400), ({"label": "9" * 25_000}, 400)],
    ids=["token", "unit", "number", "too long"],
)
def test_a_refused_declaration_keeps_what_was_typed(desk: Desk, wrong: dict[str, str], status: int) -> None:
    form = to_declare(desk)
    told = DECLARED | CHOSEN | wrong
    before = Drafts(desk.data).all()[0][1]
    answer = desk.client.post(form.action, data=dict(with_values(form.sent, told)))
    assert answer.status_code == status
    assert Drafts(desk.data).all()[0][1] == before, "nothing is read again"
    assert html.fromstring(answer.text).xpath('//*[@id="problem"][@role="alert"][@autofocus]')
    (again,) = (one for one in forms(form.page, answer.text) if one.path == form.path)
    kept = dict(again.values)
    assert {name: kept[name] for name in DECLARED} == {name: told[name] for name in DECLARED}
    assert {name: kept[name] for name in CHOSEN if name not in wrong} == {
        name: told[name] for name in CHOSEN if name not in wrong
    }


@pytest.mark.parametrize("status", [CHANGED, QUEUED])
def test_what_is_declared_while_choices_wait_or_files_are_read(desk: Desk, status: str) -> None:
    form = to_declare(desk)
    draft, state = Drafts(desk.data).all()[0]
    draft.tell(status=status, queued=state["queued"] + 1_000)
    page = desk.client.get(form.page)
    answer = desk.client.post(form.action, data=dict(with_values(form.sent, DECLARED | CHOSEN)))
    if status == CHANGED:
        assert (page.status_code, answer.status_code) == (200, 303)
        return
    assert page.location == answer.request.path.removesuffix("/indicateur/0")
    assert answer.status_code == 409
    assert "Définition d’essai" in answer.text, "what was typed is there to be copied"


def test_a_table_is_declared_at_the_header_that_was_chosen(desk: Desk) -> None:
    rows = ["CODGEO;Foyers;Logements", *(f"{code};3;4" for code in sorted(members()))]
    sent = desk.send(("essai.csv", "\n".join(["CODGEO;Titre faux;Autre", *rows, ""]).encode()))
    reading = form_at(desk, "/lecture/0", f"{sent.location}/lecture/0")
    asked = dict(with_values(reading.sent, {"header": "2", "table": "actors"}))
    assert desk.client.post(reading.action, data=asked).status_code == 303
    form = form_at(desk, "/indicateur/0", f"{sent.location}/indicateur/0")
    (offered,) = (one for one in form.chosen if one.get("name") == "numerator")
    assert offered.xpath("./option/@value") == ["Foyers", "Logements"]
    desk.client.post(form.action, data=dict(with_values(form.sent, DECLARED | CHOSEN)))
    (told,) = desk.client.get(f"{sent.location}/compte-rendu.json").get_json()["files"]
    assert told["rows_accepted"] == len(members()), "what it was said to hold before is left"


def to_declare(desk: Desk) -> Rendered:
    rows = ["CODGEO;Foyers;Logements", *(f"{code};30;40" for code in sorted(members()))]
    sent = desk.send(("essai.csv", ("\n".join(rows) + "\n").encode()))
    return form_at(desk, "/indicateur/0", f"{sent.location}/indicateur/0")


def _dead(_database: Database) -> None:
    raise Unavailable("essai")
