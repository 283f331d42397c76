"""Figures that are no indicators of the registry are disputed by their name: Gini, the jobs of the plan."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html as parser

from dashboard.disputes.others import OTHERS
from tests.dashboard.disputes.test_disputes import answered, sent, the_one

NAMES = {"fr": "Indice de Gini des subventions", "en": "Gini index of grants"}


def section_link(client: FlaskClient, page: str, section: str) -> str:
    found = parser.document_fromstring(client.get(page).text)
    (href,) = found.xpath(f"//section[@class='{section}']//p[@class='contest-block']/a/@href")
    return str(href)


@pytest.mark.parametrize(("lang", "name"), NAMES.items())
def test_a_figure_is_disputed_from_its_section_and_told_until_the_answer(
    client: FlaskClient, folder: Path, lang: str, name: str
) -> None:
    page = f"/financements?lang={lang}"
    link = section_link(client, page, "fairness")
    form = parser.document_fromstring(client.get(link).text)
    assert form.xpath("//h1")[0].text.startswith(name)
    assert client.get(form.xpath("//p[@class='note']/a/@href")[0]).status_code == 200
    assert sent(client, link) == 303
    one = the_one(folder)
    assert (one.indicator, one.place, one.value, one.shown) == ("gini", "mel", None, "")
    told = client.get(f"/contestations/{one.id}?lang={lang}").text
    assert name in told
    assert 'href="/financements?' in told
    for path in (page, f"/financements.csv?lang={lang}"):
        assert one.id in client.get(path).text
        assert name in client.get(path).text
    for path in ("/suivi", "/territoire/mel", "/territoire/mel.csv", "/carte", "/comparer?areas=3,8"):
        assert one.id not in client.get(path).text, path
    assert answered(client, folder) == 303
    assert one.id not in client.get(page).text


def test_the_form_offers_them_and_an_unknown_one_is_not_found(client: FlaskClient) -> None:
    offered = re.findall(r"/contester\?figure=(\w+)", client.get("/contester").text)
    assert offered == list(OTHERS)
    for key in OTHERS:
        assert client.get(f"/contester?figure={key}").status_code == 200
    assert client.get("/contester?figure=rien").status_code == 404
    assert client.get("/contester?figure=gini&place=99999").status_code == 404
