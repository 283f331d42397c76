"""``/methode``: every entry of the registries and of the manifest is told, in French, without a script."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from app import create_server
from dashboard.api.problems import KINDS
from dashboard.api.routes import ROUTES
from dashboard.pages import methode_release
from dashboard.pages import methode_words as words
from dashboard.pages.methode_sources import FIRST_REJECTS
from dashboard.settings import Settings
from geodata.territories import TERRITORIES
from layers.account import OUTCOMES
from layers.classing import CLASSINGS
from layers.importing import import_files
from layers.indicators import INDICATORS
from layers.readers import READERS
from layers.series import STATES
from layers.store import Store
from layers.typography import typeset
from tests.dashboard import invented_release
from tests.dashboard.read_page import Page


def read(folder: Path, query: str = "") -> Page:
    server = create_server(Settings(data_dir=folder))
    response = server.test_client().get(f"/methode{query}")
    assert response.status_code == 200
    return Page(response.text)


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return read(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Page:
    folder: Path = tmp_path_factory.mktemp("published")
    invented_release.publish(folder)
    return read(folder)


@pytest.fixture(params=["demonstration", "published"])
def shown(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("key", list(INDICATORS))
def test_every_indicator_has_its_place(shown: Page, key: str) -> None:
    indicator = INDICATORS[key]
    assert shown.ids.count(key) == 1
    for told in (indicator.label, indicator.definition, indicator.formula):
        assert typeset(told) in shown.text


@pytest.mark.parametrize("key", list(INDICATORS))
def test_what_is_available_says_all_and_what_is_not_says_what_lacks(shown: Page, key: str) -> None:
    indicator = INDICATORS[key]
    entry = shown.inside(key)
    if f"/carte?indicator={key}" not in " ".join(shown.links):
        assert indicator.definition not in shown.inside("indicateurs")
        return
    for told in (indicator.unit, indicator.caveat, words.FACTS[indicator.numerator].label, words.KINDS[indicator.kind]):
        assert typeset(told) in entry
    if indicator.denominator:
        assert words.FACTS[indicator.denominator].label in entry
    assert ("secret statistique" in entry) >= indicator.secrecy


def test_what_the_release_cannot_give_is_listed_apart(demonstration: Page, published: Page) -> None:
    assert "/carte?indicator=openings" not in demonstration.links
    assert typeset("Il manque : établissements de l’ESS ouverts dans l’année") in demonstration.text
    assert typeset("À importer d’un fichier « Revenus et pauvreté des ménages (Filosofi) ».") in demonstration.text
    assert "/carte?indicator=poverty_rate&level=commune" in published.links
    assert "/carte?indicator=poverty_rate&level=commune" not in demonstration.links


@pytest.mark.parametrize("kind", list(READERS))
def test_every_reader_is_in_the_table_of_imports(shown: Page, kind: str) -> None:
    row = shown.inside(f"lecteur-{kind}")
    reader = READERS[kind]
    for told in (kind, reader.title, reader.publisher, reader.licence):
        assert typeset(told) in row
    assert all(column.name in row for column in reader.columns if column.required)


def test_every_problem_and_route_of_the_api_is_told(shown: Page) -> None:
    for kind in KINDS.values():
        assert typeset(kind.title) in shown.inside(f"probleme-{kind.slug}")
        assert kind.uri.partition("#")[2] in shown.ids
    for route in ROUTES.values():
        assert route.path in shown.text
        assert typeset(route.description) in shown.text


def test_the_words_cover_the_registries() -> None:
    needed = {fact for i in INDICATORS.values() for fact in (i.numerator, i.denominator) if fact}
    assert needed <= set(words.FACTS)
    assert set(words.OUTCOMES) == set(OUTCOMES)
    assert {indicator.kind for indicator in INDICATORS.values()} <= set(words.KINDS)
    assert set(words.STATES) == set(STATES)
    assert set(words.METHODS) == set(CLASSINGS)
    brought = {kind for fact in words.FACTS.values() for kind in fact.brought_by}
    assert brought <= set(READERS)


def test_territories_with_their_perimeters(shown: Page) -> None:
    for territory in TERRITORIES.values():
        assert territory.name in shown.text
    assert "1\u202f194\u202f040" in shown.text
    assert "673,2" in shown.text
    for perimeter in ("85", "90", "95"):
        assert f"Périmètre à {perimeter} communes" in shown.text


def test_the_demonstration_says_that_it_is_one(demonstration: Page, published: Page) -> None:
    assert "data-demonstration" in demonstration.body
    assert "fictives" in demonstration.text
    assert "data-demonstration" not in published.body
    assert "fictives" not in published.text
    assert "Ce n’est pas un recensement de l’ESS." in published.text


def test_rows_read_are_the_sum_of_their_fates(published: Page) -> None:
    text = published.text
    assert "167\u00a0lignes lues" in text or "167 lignes lues" in text
    for label, rows in (("Retenues", "133"), ("Rejetées", "30"), ("Hors ESS", "4")):
        assert re.search(rf"{label}\s*{rows}", text)
    assert "60\u202f603,90\u202f€" in text
    assert re.search(r"Dont\s+3\s+à vérifier", text)


def test_a_card_says_publisher_licence_vintage_and_whole_digest(published: Page, tmp_path: Path) -> None:
    invented_release.publish(tmp_path)
    manifest = Store(tmp_path).manifests()[0]
    for source in manifest["sources"]:
        for field in ("title", "publisher", "licence", "attribution", "vintage", "sha256", "file"):
            assert typeset(source[field]) in published.text
    assert manifest["id"] in published.text
    assert published.body["data-release"] == manifest["id"]
    assert "1er janvier 2026" in published.text


def test_first_rejects_only_and_never_as_markup(published: Page) -> None:
    assert published.html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == FIRST_REJECTS
    assert "<script>alert" not in published.html
    assert re.search(r"Et\s+10\s+autres", published.text)


def test_the_page_needs_no_script_and_is_well_formed(shown: Page) -> None:
    assert shown.balanced
    assert shown.tags["script"] == 1  # the suggestions of the search box, without which it is a form
    assert max(Counter(shown.ids).values()) == 1
    assert shown.tags["table"] == shown.tags["caption"]
    assert shown.tags["main"] == shown.tags["h1"] == 1


def test_headings_go_down_one_step_at_a_time(shown: Page) -> None:
    assert shown.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(shown.headings, shown.headings[1:], strict=False))


def test_wide_tables_can_be_reached_by_keyboard(shown: Page) -> None:
    assert shown.regions
    for region in shown.regions:
        assert (region["tabindex"], region["role"]) == ("0", "region")
        assert region["aria-label"]
    labels = [region["aria-label"] for region in shown.regions]
    assert len(labels) == len(set(labels))


def test_links_inside_the_page_lead_somewhere(shown: Page) -> None:
    inside = [link[1:] for link in shown.links if link.startswith("#")]
    assert inside
    assert set(inside) <= set(shown.ids)
    assert "importer" in shown.ids


def test_links_to_figures_answer(tmp_path: Path) -> None:
    invented_release.publish(tmp_path)
    client = create_server(Settings(data_dir=tmp_path)).test_client()
    links = Page(client.get("/methode").text).links
    for link in links:
        if not link.startswith("#"):
            assert client.get(link).status_code in (200, 302), link


def test_french_spaces_do_not_break(shown: Page) -> None:
    text = shown.inside("main")
    assert len(text) > 5_000
    assert not re.search(r" [;:!?»%€]", text)
    assert "« " not in text
    assert "'" not in text


def test_an_older_release_keeps_its_page_and_its_links(tmp_path: Path) -> None:
    first = invented_release.publish(tmp_path, number=60)
    invented_release.publish(tmp_path)
    older = read(tmp_path, f"?release={first}")
    assert older.body["data-release"] == first
    assert f"/carte?indicator=actors&release={first}" in older.links


def test_the_list_of_releases_marks_the_one_shown(tmp_path: Path) -> None:
    first = invented_release.publish(tmp_path, number=60)
    second = invented_release.publish(tmp_path)
    store = Store(tmp_path)
    listed = methode_release.listed(store.manifests(), store.load(first))
    assert {one.id: one.shown for one in listed} == {second: False, first: True}
    assert all("Liste d’essai (2020)" in one.sources for one in listed)


@pytest.mark.parametrize(
    ("held", "told"),
    [((), "aucune"), ((2010,), "2010"), ((2020, 2022), "2020 et 2022"), ((2013, 2014, 2015), "2013 à 2015")],
)
def test_years_in_words(held: tuple[int, ...], told: str) -> None:
    assert methode_release.years(held) == told


@pytest.mark.real
def test_on_the_real_files(shared_data: Path, tmp_path: Path) -> None:
    patterns = (
        "actors/siae*",
        "actors/conseiller*",
        "funding/jaune*",
        "aggregates/filosofi*",
        "aggregates/populations*",
    )
    files = [path for pattern in patterns for path in sorted(shared_data.glob(pattern))]
    import_files(files, Store(tmp_path))
    shown = read(tmp_path)
    assert "25\u202f291\u202f590\u202f€" in shown.text
    for label, rows in (("Retenues", "80"), ("Hors ESS", "3"), ("De contrôle", "626"), ("Rejetées", "133")):
        assert re.search(rf"{label}\s*{rows}", shown.text)
    assert "80 structures retenues comme ESS en 2020 (1 en 2022)" in shown.text
    assert all(key in shown.ids for key in INDICATORS)
