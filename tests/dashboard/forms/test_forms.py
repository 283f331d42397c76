"""Every form of the product, posted as its page renders it: right, it is kept; refused or failed, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from argon2 import PasswordHasher
from lxml import html
from werkzeug.test import TestResponse

from dashboard.forms.labels import LABELS
from dashboard.forms.typed import PASSWORDS
from dashboard.gate import FIELD
from layers.written import accounts
from layers.written.database import Database, Unavailable
from tests.dashboard.forms.filling import SECRET, right, visible
from tests.dashboard.forms.rendered import Fields, Rendered, forms, with_values
from tests.dashboard.forms.world import PUBLIC, ROLES, World

WITH_FILES = "/admin/import"
"""Walked with its files in test_administered_forms.py; here without, and so always refused."""
CODES = "what is typed is the code of a meeting, walked in workshop/test_entrance.py"
NOT_FORMS = {
    "/_dash-update-component": "what Dash asks for itself, as JSON", "/admin/choix": "in test_assistant.py",
    **dict.fromkeys(("/api/v1", "/api/v1/", "/api/v1/<path:rest>"), "no form"), "/atelier/rejoindre": CODES,
    "/admin/import/<draft_id>/publier": "in test_administered_forms.py", "/admin/ouvrir": "in test_local.py",
    **dict.fromkeys(("/admin/import/<draft_id>/abandonner", "/admin/publications/courante"), "as above"),
    **dict.fromkeys((f"/admin/import/<draft_id>/{it}/<int:place>" for it in ("lecture", "indicateur")), "as above"),
    "/admin/import/<draft_id>/chercher": "in test_cli_lookup.py", "/atelier/<ident>/rejoindre": CODES,
}  # fmt: skip
"""Addresses that are posted to, of which this walk sees no form, and why."""
FAR = {"Referer": "http://localhost/carte"}
STALE, STATUS = "0" * 64, {"token": 403, "version": 409}
OPEN_TO_ALL = ("/contester", "/atelier/<ident>/envoyer", "/connexion")
TAKEN_WORD = {("/atelier/<ident>", "timer"): "the hour at which it ends is kept", ("/deconnexion", ""): "nothing typed"}
Key = tuple[str, ...]
Found = dict[Key, tuple[str, Rendered]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield World(tmp_path_factory.mktemp("data"))


def addresses(world: World) -> list[str]:
    """Every address that may be a page, with each thing that there is in its place."""
    named = {
        "/atelier": {"ident": "meeting"}, "/diagnostic": {"ident": "action", "code": "place"},
        "/contestations": {"ident": "dispute"},
    }  # fmt: skip
    found = []
    for rule in world.server.url_map.iter_rules():
        text, known = str(rule), next((kinds for start, kinds in named.items() if str(rule).startswith(start)), {})
        if "GET" not in (rule.methods or set()) or re.match(r"/(?:_|api|assets|export|pack|a/|admin/import/)", text):
            continue
        if {"form", "key", "path", "number"} & rule.arguments or text.endswith((".csv", ".xlsx", "hors-ligne", "live")):
            continue
        filled = [text]
        for argument in rule.arguments:
            values = world.known[known[argument]] if argument in known else ["3"]
            filled = [re.sub(rf"<(?:\w+:)?{argument}>", value, one) for one in filled for value in values]
        found += filled
    return found


def rule_of(world: World, path: str, method: str) -> str:
    rule, _values = world.server.url_map.bind("localhost").match(path, method, return_rule=True)
    return str(rule)


@pytest.fixture(scope="module")
def found(world: World) -> Found:
    """Every form, by what makes it another, with who saw it."""
    seen: Found = {}
    for role in ROLES:
        for address in addresses(world):
            answer = world.clients[role].get(address, headers=FAR)
            if answer.mimetype == "text/html" and answer.status_code == 200:
                for form in (one for one in forms(address, answer.text) if not takes_a_code(one)):
                    seen.setdefault(form.key(rule_of(world, form.path, form.method)), (role, form))
            answer.close()
    return seen


def takes_a_code(form: Rendered) -> bool:
    return any(one.get("name") == "code" for one in form.typed)


@pytest.fixture(scope="module")
def posted(found: Found) -> dict[Key, tuple[str, Rendered]]:
    return {key: one for key, one in found.items() if key[0] == "POST"}


def sent(world: World, role: str, form: Rendered, **more: str) -> TestResponse:
    """A form as it is rendered now, filled in, and with something else than what is right."""
    page = world.clients[role].get(form.page, headers=FAR)
    (now,) = [one for one in forms(form.page, page.text) if html.tostring(one.element) and is_same(one, form)][:1]
    fields = with_values(now.sent, right(now) | more)
    return posted_as(world, role, now, fields)


def is_same(one: Rendered, other: Rendered) -> bool:
    names = ("what", "id", "scene", "year", "sentence")
    same = all(one.hidden(name) == other.hidden(name) for name in names if not one.path.endswith("/envoyer"))
    return same and one.action == other.action and one.key("") == other.key("")


def posted_as(world: World, role: str, form: Rendered, fields: Fields) -> TestResponse:
    grouped: dict[str, list[str]] = {}
    for name, value in fields:
        grouped.setdefault(name, []).append(value)
    referer = f"http://localhost{form.page}"
    return world.clients[role].post(form.action, data=grouped, headers={"Referer": referer})


def in_its_form(answer: TestResponse, form: Rendered, typed: dict[str, str]) -> list[str]:
    """What of a form is not in the same form of the page that answers."""
    here = [one for one in forms(form.page, answer.text) if one.path == form.path and is_alike(one, form)]
    held = [dict(one.values) for one in here]
    lost = [[name for name, value in typed.items() if values.get(name) != value] for values in held]
    return min(lost, key=len, default=["no such form"])


def is_alike(one: Rendered, form: Rendered) -> bool:
    return one.hidden("what") == form.hidden("what") and (
        form.path.endswith("/envoyer") or one.hidden("id") == form.hidden("id")
    )


def in_copies(answer: TestResponse, typed: dict[str, str]) -> list[str]:
    """What of a form is not in fields to be copied."""
    fields = html.fromstring(answer.text).xpath('//section[@class="typed"]//*[self::textarea or self::input]')
    held = {one.get("name"): (one.value or "").removeprefix("\n") for one in fields}
    return [name for name, value in typed.items() if held.get(name) != value]


def is_told(answer: TestResponse) -> bool:
    """Whether the page says why, once, where it opens."""
    (why,) = html.fromstring(answer.text).xpath('//*[@id="problem"]')
    return why.get("role") == "alert" and "autofocus" in why.attrib and len(why.text_content().split()) > 3


def secrets_in(answer: TestResponse) -> list[str]:
    return [name for name, value in dict.fromkeys(SECRET, "phrase").items() if f"une autre {value}" in answer.text]


def test_every_address_that_takes_a_form_has_one(world: World, posted: dict[Key, Any]) -> None:
    taken = {str(rule) for rule in world.server.url_map.iter_rules() if "POST" in (rule.methods or set())}
    assert taken - {key[1] for key in posted} == set(NOT_FORMS)
    assert len(posted) > 40, "\n".join(map(str, sorted(posted)))


def test_what_is_typed_has_a_name_a_label_and_an_end(found: Found) -> None:
    """A browser lets nothing be typed that the server would not read whole."""
    for _role, form in found.values():
        if form.method != "POST":
            continue
        right(form)
        for field in form.typed:
            name, kind = field.get("name"), field.get("type") or "text"
            assert kind in ("date", "file") or field.get("maxlength"), (form.page, name)
            assert (kind == "password") == (name in PASSWORDS), name
            assert kind in ("password", "file") or name.partition("-")[0] in LABELS, name


def test_every_form_that_is_right_is_kept(world: World, posted: dict[Key, tuple[str, Rendered]]) -> None:
    wrong = []
    for key, (role, form) in posted.items():
        if key[1] == WITH_FILES:
            continue
        before = world.written()
        answer = sent(world, role, form)
        after = world.written()
        if answer.status_code not in (201, 303):
            wrong.append(
                (key[1:], answer.status_code, html.fromstring(answer.text).xpath('string(//*[@id="problem"])'))
            )
        for name, value in visible(form).items():
            plain = value.replace("\n", "\\n")
            kept = any(after.count(one) > before.count(one) for one in shapes(value, plain))
            if not kept and key[1:3] not in TAKEN_WORD and key[1] != "/connexion":
                wrong.append((key[1:3], name, "not kept"))
        world.restore()
        if key[1] in ("/connexion", "/deconnexion", "/compte", "/compte/effacer", "/admin/comptes"):
            world.clients = {one: world._entered(one) for one in ROLES}
    assert not wrong, "\n".join(map(str, wrong))


def shapes(value: str, plain: str) -> set[str]:
    """The ways in which what is typed may be written: as it is, as a number, as JSON, as SQL."""
    told = {value, plain, value.replace(",", ".")}
    told |= {one.replace('"', '\\"') for one in told}
    return told | {one.replace("'", "''") for one in told}


@pytest.mark.parametrize("refusal", ["token", "value", "version"])
def test_every_form_that_is_refused_comes_back(
    world: World, posted: dict[Key, tuple[str, Rendered]], refusal: str
) -> None:
    wrong, tried = [], 0
    for key, (role, form) in posted.items():
        typed = visible(form)
        more = refused(form, refusal)
        if not typed or more is None:
            continue
        tried += 1
        before = world.written()
        answer = sent(world, role, form, **more)
        expected = typed | {name: value for name, value in more.items() if name in typed}
        lost = in_its_form(answer, form, expected) if answer.status_code >= 400 else ["taken"]
        if lost or not is_told(answer) or secrets_in(answer):
            wrong.append((key[1:3], answer.status_code, lost))
        if refusal != "value" and (answer.status_code != STATUS[refusal] or world.written() != before):
            wrong.append((key[1:3], answer.status_code, "written"))
        world.restore()
    assert not wrong, "\n".join(map(str, wrong))
    assert tried > {"token": 20, "value": 18, "version": 4}[refusal]


def refused(form: Rendered, refusal: str) -> dict[str, str] | None:
    """What makes a form wrong; None where it cannot be so."""
    if refusal == "token":
        return {FIELD: STALE}
    if refusal == "version":
        adds = form.hidden("what") == "paper"  # ballots are added, whatever became of their scene
        return {"version": "77"} if form.hidden("version") not in ("", "0") and not adds else None
    if form.path == "/connexion":
        return {"password": "faux"}
    names = [one.get("name") for one in form.typed if (one.get("type") or "text") in ("text", "date")]
    return {names[0]: "9" * 25_000} if names else None


@contextmanager
def failing(*names: str) -> Iterator[None]:
    """The database does not answer: to who writes, or to who reads too."""

    @contextmanager
    def nothing(_database: Database) -> Iterator[None]:
        raise Unavailable("essai")
        yield

    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            patch.setattr(Database, name, nothing)
        yield


@pytest.mark.parametrize("dead", [("write",), ("write", "read")], ids=["writing", "all"])
def test_every_form_of_which_the_writing_fails_comes_back(
    world: World, posted: dict[Key, tuple[str, Rendered]], dead: tuple[str, ...]
) -> None:
    wrong = []
    for key, (role, form) in posted.items():
        if not (typed := visible(form)) or key[1] == WITH_FILES:
            continue
        fields = with_values(form.sent, right(form) | {FIELD: token(world, role)})
        with failing(*dead):
            answer = posted_as(world, role, form, fields)
        lost = in_its_form(answer, form, typed) if dead == ("write",) else in_copies(answer, typed)
        if dead != ("write",):  # a page that reads nothing is shown again
            lost = min(lost, in_its_form(answer, form, typed), key=len)
        if answer.status_code != 503 or lost or not is_told(answer) or secrets_in(answer):
            wrong.append((key[1:3], answer.status_code, lost))
    assert not wrong, "\n".join(map(str, wrong))


def token(world: World, role: str) -> str:
    page = world.clients[role].get("/contester").text
    return str(html.fromstring(page).xpath(f'//input[@name="{FIELD}"]/@value')[0])


def test_who_has_no_right_any_more_keeps_what_was_typed(world: World, posted: dict[Key, tuple[str, Rendered]]) -> None:
    wrong = []
    for key, (role, form) in posted.items():
        if not (typed := visible(form)) or role == PUBLIC or key[1] in OPEN_TO_ALL:
            continue
        fields = with_values(form.sent, right(form) | {FIELD: token(world, PUBLIC)})
        answer = posted_as(world, PUBLIC, form, fields)
        lost = min(in_copies(answer, typed), in_its_form(answer, form, typed), key=len)
        if answer.status_code not in (403, 409) or lost or not is_told(answer) or secrets_in(answer):
            wrong.append((key[1:3], answer.status_code, lost))
    assert not wrong, "\n".join(map(str, wrong))


def test_a_form_of_elsewhere_gets_none_of_its_words_back(world: World, posted: dict[Key, Any]) -> None:
    for role, form in posted.values():
        if not (typed := visible(form)):
            continue
        before = world.written()
        for headers in ({"Origin": "https://ailleurs.example"}, {"Sec-Fetch-Site": "cross-site"}):
            answer = world.clients[role].post(form.action, data=dict(form.sent) | typed, headers=headers)
            assert answer.status_code == 403, form.action
            assert "d’essai" not in answer.text, form.action
        assert world.written() == before
