"""The assistant of an import: what a file is understood to be, the choices that change it, and nothing lost of them."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
from lxml import html

from dashboard.assistant import words
from dashboard.i18n import plain
from layers.drafts import Drafts
from layers.drafts.draft import CHANGED, QUEUED
from layers.mapping.declaration import CONTENTS
from layers.questions import FOLDER
from layers.readers.answered import CHOICES
from layers.store import Store
from tests.dashboard.desk import GOOD, NAME, Desk, csv
from tests.dashboard.forms.rendered import Rendered, forms

TITLES = "Qui;Combien;Reste;Où"
ROWS = [f"COMITÉ FICTIF {n};{n + 1},5;{n + 3} €;{'Lille' if n else ''}" for n in range(6)]
ODD = "\n".join(["Ville fictive", "Aides de l’exercice 2023 (en k€)", TITLES, *ROWS, "Source : essai"]) + "\n"


def opened(desk: Desk, content: str = ODD, name: str = "essai.csv") -> str:
    """A file sent, and the address of its assistant."""
    sent = desk.send((name, content.encode()))
    return str(urlsplit(sent.location).path + "/lecture/0")


def page(desk: Desk, address: str) -> html.HtmlElement:
    return html.fromstring(plain(desk.client.get(address).text))


def form(desk: Desk, address: str) -> Rendered:
    return next(one for one in forms(address, desk.client.get(address).text) if one.path == address)


def say(desk: Desk, address: str, **said: str) -> tuple[int, str]:
    answer = desk.client.post(address, data={**dict(form(desk, address).sent), **{
        name.replace("_", "-"): told for name, told in said.items()
    }})  # fmt: skip
    return answer.status_code, plain(answer.text if answer.status_code != 303 else answer.location)


def text(found: html.HtmlElement, path: str) -> str:
    return " ".join(" ".join(one.text_content() for one in found.xpath(path)).split())


def test_whatever_a_column_or_a_table_may_be_has_a_name_on_the_page() -> None:
    assert set(words.LABELS) == set(CHOICES)
    assert set(words.CONTENTS) == set(CONTENTS)


def test_a_file_of_no_known_kind_is_published_once_its_table_and_its_columns_are_said(desk: Desk) -> None:
    address = opened(desk)
    draft = address.removesuffix("/lecture/0")
    assert desk.client.get(draft).location == address
    found = page(desk, address)
    assert text(found, "//h1") == "Ce fichier n’est pas encore compris"
    assert "Type de fichier inconnu" in text(found, '//p[@class="alert"]')
    assert found.xpath('//tr[@class="above"]/td/text()') == ["Ville fictive", "Aides de l’exercice 2023 (en k€)"]
    say(desk, address, table="grants", column_0="name", column_1="amount:voted", column_3="city")
    found = page(desk, address)
    assert text(found, "//h1") == "5 lignes sur 6 sont prêtes ; il reste une question"
    assert "Quelle colonne nomme le bénéficiaire" in text(found, "//legend")
    assert "24 000 €" in text(found, '//section[@class="acc"]')
    assert "1 titre" not in text(found, '//ul[@class="seen"]')
    assert "3 titres ou notes" in text(found, '//ul[@class="seen"]')
    assert "33 €" in text(found, '//details[@class="unread"]'), "the euros that are not read"
    assert text(found, '//td[contains(@class, "chosen")]//b[text()="Choisi"]')
    assert text(found, "//tbody//em") == "vide"
    assert Drafts(desk.data).all()[0][1]["status"] == CHANGED
    assert desk.press(f"{draft}/publier").status_code == 409, "what was not rehearsed is not published"
    assert say(desk, address, faire="repeter") == (303, draft)
    assert desk.press(f"{draft}/publier").status_code == 303
    grants = Store(desk.data).load(Store(desk.data).current() or "").tables()["grants"]
    assert (len(grants), grants["amount_cents"].sum()) == (6, 2_400_000)


def test_a_meaning_that_only_one_column_may_have_leaves_the_other_and_comes_back(desk: Desk) -> None:
    address = opened(desk)
    say(desk, address, table="grants", column_0="name", column_1="amount", column_3="city")
    say(desk, address, column_3="name")
    chosen = {one.get("name"): dict(form(desk, address).values)[one.get("name")] for one in form(desk, address).chosen}
    assert (chosen["column-0"], chosen["column-3"]) == ("unread", "name")
    say(desk, address, column_0="name")
    assert dict(form(desk, address).values)["column-0"] == "name"
    assert dict(form(desk, address).values)["column-3"] == "unread"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"column_0": "siret", "column_3": "siret"}, 400), ({"column_0": "poème"}, 400),
        ({"jeton": "0" * 64, "column_0": "purpose"}, 403), ({"column_0": "purpose", "state": "queued"}, 409),
    ],
    ids=["twice", "unknown", "token", "being read"],
)  # fmt: skip
def test_a_choice_that_is_refused_is_not_lost(desk: Desk, wrong: dict[str, str], status: int) -> None:
    address = opened(desk)
    rendered = form(desk, address)
    if wrong.pop("state", ""):
        draft = Drafts(desk.data).all()[0][0]
        draft.tell(status=QUEUED, queued=draft.state()["queued"] + 1_000)
    told = {name.replace("_", "-"): said for name, said in wrong.items()}
    answer = desk.client.post(address, data={**dict(rendered.sent), **told})
    assert answer.status_code == status
    found = html.fromstring(answer.text)
    assert found.xpath('//*[@id="problem"][@role="alert"]')
    if status != 409:
        kept = dict(next(one for one in forms(address, answer.text) if one.path == address).values)
        assert kept["column-0"] == told["column-0"] or "poème" in answer.text, "no list has it: the sentence tells it"
    assert "answers" not in Drafts(desk.data).all()[0][1] or not Drafts(desk.data).all()[0][1]["answers"]


def test_choices_are_kept_for_the_next_file_of_the_same_titles(desk: Desk) -> None:
    address = opened(desk)
    say(desk, address, table="grants", column_0="name", column_1="amount:voted", column_3="city")
    assert say(desk, address, faire="enregistrer") == (303, f"{address}?dit=enregistre")
    assert "Choix enregistrés" in desk.client.get(f"{address}?dit=enregistre").text
    (kept,) = (desk.data / FOLDER).glob("*.json")
    told = json.loads(kept.read_text())
    assert (told["file"], set(told["answers"])) == ("essai.csv", {"table", "name", "column:Combien", "column:Où"})
    again = opened(desk, ODD.replace("2023", "2024"), "suivant.csv")
    assert text(page(desk, again), "//h1") == "5 lignes sur 6 sont prêtes"
    more = opened(desk, ODD.replace(TITLES, f"{TITLES};Autre"), "autre.csv")
    assert text(page(desk, more), "//h1") == "Ce fichier n’est pas encore compris"


def test_another_header_is_read_and_what_was_said_of_columns_is_left(desk: Desk) -> None:
    address = opened(desk)
    say(desk, address, table="grants", column_0="name")
    say(desk, address, header="4")
    found = page(desk, address)
    assert text(found, '//tr[@class="own"]').startswith("4A COMITÉ FICTIF 0")
    assert set(Drafts(desk.data).all()[0][1]["answers"]) == {"essai.csv/header", "essai.csv/table"}
    assert say(desk, address, header="500")[0] == 400


def test_an_official_layout_is_shown_and_may_be_said_to_be_something_else(desk: Desk) -> None:
    address = opened(desk, csv(*GOOD).decode(), NAME)
    found = page(desk, address)
    assert not found.xpath('//select[starts-with(@name, "column-")]')
    assert "Mise en forme officielle (siae)" in text(found, '//select[@name="table"]')
    say(desk, address, table="actors")
    assert page(desk, address).xpath('//select[@name="column-0"]')


def test_grants_that_may_be_a_list_come_first_to_their_page(desk: Desk) -> None:
    rows = [f"Essai fictif {n};5910{n};Roubaix;{n + 2}0000" for n in range(3)]
    address = opened(desk, "\n".join(["Structure;Code postal;Ville;Aide au poste 2023", *rows]) + "\n", "siae_2023.csv")
    assert desk.client.get(address.removesuffix("/lecture/0")).location == address
    assert "liste des structures" in text(page(desk, address), '//p[@class="alert"]')
    say(desk, address, table="actors")
    found = page(desk, address)
    assert text(found, "//h1") == "3 lignes sur 3 sont prêtes"
    assert not found.xpath('//p[@class="alert"]')


def test_numbers_of_an_official_table_are_no_amounts(desk: Desk) -> None:
    rows = ["59512;97.952", "59599;98.656", "59350;236.710"]
    address = opened(desk, "\n".join(["Code commune;PMUN", *rows]) + "\n", "populations_2021.csv")
    found = page(desk, address)
    assert text(found, "//h1") == "3 lignes sur 3 sont prêtes ; il reste une question"
    assert "Donnée lue" in text(found, "//thead")
    assert "Montant" not in text(found, "//main")
    assert not found.xpath("//tbody//em"), "no cell of it is unreadable"


def test_each_address_is_answered_in_english_and_none_is_there_of_a_file_that_is_not(desk: Desk) -> None:
    address = opened(desk)
    told = desk.client.get(f"{address}?lang=en").text
    assert "This file is not understood yet" in told
    assert not re.search(r">(?:Non lu|Ignoré|À vérifier)<", told)
    assert desk.client.get(address.replace("lecture/0", "lecture/7")).status_code == 404


def test_choices_that_are_kept_are_listed_and_forgotten(desk: Desk) -> None:
    address = opened(desk)
    say(desk, address, table="grants", column_0="name", column_1="amount:voted", unit_1="1000", column_3="city")
    say(desk, address, faire="enregistrer")
    listed = text(page(desk, "/admin/choix"), "//main")
    for told in ("essai.csv", "« Combien » Montant voté", "« Où » Commune", "Des subventions"):
        assert told in listed
    (form_of,) = (one for one in forms("/admin/choix", desk.client.get("/admin/choix").text) if "choix" in one.path)
    assert desk.client.post("/admin/choix", data=dict(form_of.sent)).location == "/admin/choix?dit=oublie"
    assert "Rien n’est enregistré" in text(page(desk, "/admin/choix"), "//main")
    again = opened(desk, ODD.replace("2023", "2024"), "suivant.csv")
    assert text(page(desk, again), "//h1") == "Ce fichier n’est pas encore compris"


@pytest.mark.parametrize("name", ["", "answers/absent", "../manifest", "answers/../../essai", "/etc/passwd"])
def test_only_what_is_kept_is_forgotten(desk: Desk, name: str) -> None:
    victim = desk.data / "essai.json"
    desk.data.mkdir(exist_ok=True)
    victim.write_text("{}")
    assert desk.press("/admin/choix", choix=name).status_code == 404
    assert victim.exists()


DOUBT = "Tiers;Prop. CP;Mt dem.;Ville\n" + "".join(
    f"ASSOCIATION FICTIVE {n};{10 + n};{20 + n};{'LILLE' if n else 'NULLE PART'}\n" for n in range(6)
)


def test_amounts_that_nobody_knows_are_left_and_the_structures_are_read(desk: Desk) -> None:
    address = opened(desk, DOUBT.replace("Prop. CP", "Crédits").replace("Mt dem.", "Montant"), "aides 2023.csv")
    found = page(desk, address)
    (choice,) = found.xpath('//input[starts-with(@value, "Je ne sais pas")]')
    say(desk, address, **{choice.get("name"): choice.get("value"), "change": choice.get("name")})
    found = page(desk, address)
    assert text(found, "//h1") == "5 lignes sur 6 sont prêtes"
    assert found.xpath('//select[@id="table"]/option[@selected]/@value') == ["actors"]
    (_draft, state) = Drafts(desk.data).all()[0]
    assert state["answers"] == {"aides 2023.csv/table": "actors"}
    say(desk, address, table="grants")
    assert "il reste une question" in text(page(desk, address), "//h1"), "it can be taken back"


def test_rows_without_a_place_are_listed_and_thousands_are_told_beside_each_amount(desk: Desk) -> None:
    address = opened(desk, DOUBT.replace("Prop. CP", "Montant voté (k€)"), "aides 2023.csv")
    found = page(desk, address)
    assert text(found, '//details[@id="sans-lieu"]/summary') == "Voir 1 ligne sans lieu"
    assert "ligne 2 ASSOCIATION FICTIVE 0" in text(found, '//details[@id="sans-lieu"]//li')
    assert text(found, '//div[@role="region"]//tbody/tr[1]/td[2]') == "10 k€"
    assert "en k€" in text(found, '//select[@id="unit-1"]/option[@selected]')
