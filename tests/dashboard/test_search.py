"""The search box: what people type finds what they mean, and nothing that may not be named."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboard.search.vocabulary import Vocabulary, asked, one_apart, words
from layers import demonstration, directory
from tests.dashboard import serving
from tests.factories import LILLE, ROUBAIX, actor


def found(client: FlaskClient, text: str, **more: str) -> dict[str, list[tuple[str, str]]]:
    """Labels and addresses by kind."""
    answer = client.get("/search", query_string={"q": text, **more})
    assert answer.status_code == 200
    content = answer.get_json()
    return {g["kind"]: [(item["label"], item["href"]) for item in g["items"]] for g in content["groups"]}


@pytest.mark.parametrize(
    ("typed", "kind", "label", "href"),
    [
        ("roubaix", "commune", "Roubaix", "/carte?commune=59512"),
        ("Roubais", "commune", "Roubaix", "/carte?commune=59512"),
        ("tourconig", "commune", "Tourcoing", "/carte?commune=59599"),
        ("villeneuve dascq", "commune", "Villeneuve-d’Ascq", "/carte?commune=59009"),
        ("VILLENEUVE D'ASCQ", "commune", "Villeneuve-d’Ascq", "/carte?commune=59009"),
        ("st andre", "commune", "Saint-André-lez-Lille", "/carte?commune=59527"),
        ("saint-andré lez lille", "commune", "Saint-André-lez-Lille", "/carte?commune=59527"),
        ("la madeleine", "commune", "La Madeleine", "/carte?commune=59368"),
        ("madeleine", "commune", "La Madeleine", "/carte?commune=59368"),
        ("annoeullin", "commune", "Annœullin", "/carte?commune=59011"),
        ("hellemmes", "commune", "Hellemmes-Lille", "/carte?commune=59350"),
        ("lille", "commune", "Lille", "/carte?commune=59350"),
        ("59100", "postcode", "59100", "/carte?commune=59512"),
        ("weppes", "territory", "Territoire des Weppes", "/carte?level=commune&territory=1"),
        ("pauvrete", "indicator", None, "/carte?indicator=poverty_rate"),
    ],
)
def test_what_is_typed_finds_what_is_meant_first(
    demo: FlaskClient, typed: str, kind: str, label: str | None, href: str
) -> None:
    first = found(demo, typed)[kind][0]
    assert first[1] == href
    assert label is None or first[0] == label


def test_a_structure_is_found_by_name_and_leads_to_its_sheet(demo: FlaskClient) -> None:
    release = demonstration.release()
    row = directory.directory(release, directory.default_year(release)).frame.iloc[1234]
    number, flower = re.findall(r"\d+|\w+$", row["name"])
    name, href = found(demo, f"{flower.upper()} {number}")["actor"][0]
    assert (name, href) == (row["name"], f"/acteurs/{row['key']}")
    assert name in demo.get(href).text


def test_release_and_language_are_kept(demo: FlaskClient) -> None:
    release = demo.get("/health").get_json()["release"]
    kept = found(demo, "roubaix", release=release, lang="en")["commune"][0][1]
    assert kept == f"/carte?commune=59512&release={release}&lang=en"


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "xyzzyx", "zz zz zz"])
def test_nothing_found_is_said(demo: FlaskClient, typed: str) -> None:
    assert found(demo, typed) == {}
    page = demo.get("/recherche", query_string={"q": typed}).text
    assert "On peut chercher une commune" in page
    assert ("Rien ne répond à ce texte" in page.partition("<main")[2]) == bool(typed.strip())


def test_suggestions_are_few_and_the_page_says_how_many_there_are(demo: FlaskClient) -> None:
    groups = {g["kind"]: g for g in demo.get("/search?q=association").get_json()["groups"]}
    assert len(groups["actor"]["items"]) == 6
    assert groups["actor"]["count"] > 1000
    page = demo.get("/recherche?q=association").text
    assert page.count('<li><a href="/acteurs/') == 50
    assert "Les 50 plus proches sont montrées" in page


def test_what_may_not_be_named_cannot_be_searched(tmp_path: Any) -> None:
    number = {"siret": "12345678200010", "siren": "123456782"}
    client = serving.client(
        tmp_path,
        actors=[
            actor(1, LILLE, name="SECRETE", year=2019, **number),
            actor(2, LILLE, name="", diffusion="P", **number),
            actor(3, ROUBAIX, name="Visible", siret="98765432400018", siren="987654324"),
            actor(4, ROUBAIX, name="Personne", legal_category="1000"),
        ],
    )
    assert [found(client, text).get("actor") for text in ("secrete", "12345678200010", "personne")] == [None] * 3
    assert found(client, "987 654 324")["actor"] == [("Visible", "/acteurs/98765432400018")]


def test_what_is_typed_is_escaped(demo: FlaskClient) -> None:
    page = demo.get("/recherche?q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_every_page_has_the_box(demo: FlaskClient) -> None:
    for path in ("/", "/carte", "/acteurs", "/methode", "/recherche", "/acteurs/demonstration:demo-002104"):
        page = demo.get(path).text
        assert len(re.findall(r'<form class="search" role="search" action="/recherche"', page)) == 1
        assert '<label class="hidden-text" for="search">' in page


@given(st.text("ABCDE", min_size=1, max_size=8), st.data())
def test_one_fault_is_forgiven_and_no_more(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("ABCDEZ"))
    for fault in (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]):
        assert one_apart(word, fault)
        assert one_apart(fault, word)
    assert not one_apart(word, word + "ZZ")
    assert not one_apart(word, "ZZ" + word)


def test_words_may_be_begun_and_come_in_any_order() -> None:
    held = Vocabulary([words("Maison des associations de Roubaix"), words("Atelier d’Ascq")])
    assert set(held.find(asked("roub mais"))) == {0}
    assert set(held.find(asked("dascq"))) == set(held.find(asked("d'ascq"))) == {1}
    assert held.find(asked("maison ascq")) == {}
    assert set(held.find(asked("associatoins"))) == {0}
