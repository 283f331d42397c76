"""A disputed value is marked where it stands, until it is answered; beside each figure, the way to dispute it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html as parser

from dashboard import panels
from dashboard.disputes.reading import Open
from dashboard.services import View
from dashboard.settings import Settings
from dashboard.viewstate import ViewState
from layers import demonstration
from layers.written import disputes
from layers.written.database import Database
from tests.dashboard.disputes.filing import filed

PAGES = ("/territoire/3", "/comparer?indicator=actors&areas=3,8", "/table?indicator=actors", "/carte?indicator=actors")
SAID = {"fr": "contesté", "en": "disputed"}


def database(folder: Path) -> Database:
    return Database(Settings(ESS_DATA_DIR=folder).database)


def read(client: FlaskClient, path: str) -> parser.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200
    return parser.document_fromstring(answer.text)


def marked(page: parser.HtmlElement) -> list[str]:
    """Texts of the cells that are marked."""
    return [cell.text_content() for cell in page.xpath("//td[a[@class='flag']]")]


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize("where", PAGES)
def test_the_value_is_marked_and_no_other(client: FlaskClient, folder: Path, where: str, lang: str) -> None:
    path = f"{where}{'&' if '?' in where else '?'}lang={lang}"
    assert marked(read(client, path)) == []
    one = filed(folder)
    found = read(client, path)
    cells = found.xpath("//td[a[@class='flag']]")
    assert cells
    for cell in cells:
        assert "1049" in cell.text_content().replace("\u202f", "").replace(",", "")
        assert SAID[lang] in cell.text_content()
        (link,) = cell.xpath("a[@class='flag']")
        assert one.id in link.get("href")
        assert client.get(link.get("href")).status_code == 200
    disputes.answer(database(folder), one.id, one.version, {"outcome": "kept", "answer": "Vérifié."}, "agent")
    assert marked(read(client, path)) == []


@pytest.mark.parametrize(
    "path",
    [
        "/territoire/4", "/territoire/3?perimeter=85", "/table?indicator=actors&year=2022",
        "/table?indicator=actors&sector=commerce", "/table?indicator=jobs", "/comparer?areas=4,8&indicator=actors",
    ],
)  # fmt: skip
def test_another_value_is_not(client: FlaskClient, folder: Path, path: str) -> None:
    filed(folder)
    assert marked(read(client, path)) == []


def test_a_change_and_a_crossing_mark_the_values_they_are_made_of(client: FlaskClient, folder: Path) -> None:
    filed(folder, year=2022)
    assert len(marked(read(client, "/table?indicator=actors&compare=2022"))) == 1
    filed(folder, indicator="ess_job_share")
    assert len(marked(read(client, "/table?indicator=actors_per_1000&with=ess_job_share"))) == 1


def test_the_map_and_its_list_mark_the_area_and_lead_to_the_dispute(client: FlaskClient, folder: Path) -> None:
    one, whole = filed(folder), filed(folder, place="mel")
    page = read(client, "/carte?indicator=actors")
    assert page.xpath("//g[@class='labels']//text[@class='value'][contains(., '⚑')]/text()") == ["1\u202f049\u00a0⚑"]
    assert [row.get("data-code") for row in page.xpath("//ol[@id='ranking']//button[.//span[@class='sign']]")] == ["3"]
    assert {one.id, whole.id} == {href.split("/")[-1] for href in page.xpath("//p[@id='contested-here']//a/@href")}
    assert page.get_element_by_id("ranking-total").text_content().endswith("⚑")
    other = read(client, "/carte?indicator=jobs")
    assert other.get_element_by_id("contested-here").get("hidden") is not None


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize("where", PAGES[:3])
def test_beside_each_figure_the_form_opens_on_it(client: FlaskClient, where: str, lang: str) -> None:
    found = read(client, f"{where}{'&' if '?' in where else '?'}lang={lang}")
    links = found.xpath("//th[@scope='row']/a[@class='contest-it']")
    assert len(links) >= 8
    for link in (links[0], links[-1]):
        assert link.get("aria-label").startswith(link.get("title"))
        form = client.get(link.get("href"))
        assert form.status_code == 200
        shown = parser.document_fromstring(form.text)
        title = " ".join(shown.xpath("//h1")[0].text_content().split())
        assert " ".join(link.get("aria-label").split()).endswith(title)
        values = [cell.text_content() for cell in link.getparent().getparent().xpath("td")]
        assert any(shown.xpath("//p[@class='value']")[0].text in value for value in values)


def test_a_filtered_value_is_disputed_with_its_filters(client: FlaskClient, folder: Path) -> None:
    page = read(client, "/table?indicator=actors&sector=commerce,enseignement&perimeter=90&year=2022")
    link = page.xpath("//tr[@data-code='3']//a[@class='contest-it']")[0].get("href")
    assert re.search(r"sector=commerce%2Censeignement&perimeter=90&release=", link)
    cell = page.xpath("//tr[@data-code='3']/td[@class='num']")[1].text_content()
    shown = parser.document_fromstring(client.get(link).text)
    assert shown.xpath("//p[@class='value']")[0].text == cell
    filed(folder, sector="commerce,enseignement", perimeter=90, year=2022)
    again = read(client, "/table?indicator=actors&sector=commerce,enseignement&perimeter=90&year=2022")
    assert len(marked(again)) == 1


def test_a_comparison_marks_its_maps_its_points_and_its_years(client: FlaskClient, folder: Path) -> None:
    path = "/comparer?indicator=actors&areas=3,8"
    assert not read(client, path).xpath("//figcaption/a[@class='flag'] | //ul[@class='dots']//a[@class='flag']")
    now, before = filed(folder), filed(folder, year=2021)
    page = read(client, path)
    captions = list(page.xpath("//figcaption[a[@class='flag']]"))
    assert [len(caption.xpath("a[@class='flag']")) for caption in captions] == [1, 2]
    assert now.id in captions[0].xpath("a[@class='flag']/@href")[0]
    assert {before.id, now.id} == {href.split("/")[-1] for href in captions[1].xpath("a[@class='flag']/@href")}
    assert [row.text for row in page.xpath("//ul[@class='dots']//span[@class='who'][a]")] == ["Roubaisien"]


def test_the_charts_below_the_map_tell_the_years_that_are_disputed(folder: Path) -> None:
    filed(folder, year=2021)
    view = View(
        demonstration.release(), ViewState(indicator="actors", territory="3"), (), disputes=Open(database(folder))
    )
    assert "2021" in str(panels._contested(view)[0])
    assert not panels._contested(replace(view, state=ViewState(indicator="actors")))
