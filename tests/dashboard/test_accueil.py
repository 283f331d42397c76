"""The home page says where the ESS stands: figures, map, territories, data."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from dashboard.pages import accueil
from dashboard.viewstate import ViewState
from layers import demonstration, measure
from layers.series import Query
from tests.dashboard.reading import Page
from tests.factories import LILLE, ROUBAIX, everywhere, release, view
from tests.layers.invented import actor


def read(client: FlaskClient, query: str = "") -> Page:
    return Page(client.get(f"/?{query}").get_data(as_text=True))


def test_five_figures_each_with_its_year_and_source(demo: FlaskClient) -> None:
    found, lacking = accueil.figures_of(demonstration.release(), ViewState())
    assert len(found) == accueil.FIGURES
    assert len({figure.key for figure in found}) == accueil.FIGURES
    assert all(figure.value and figure.what and figure.when.isdecimal() and figure.source for figure in found)
    assert lacking == []
    page = read(demo)
    assert [held["data-key"] for held in page.all("li") if "data-key" in held] == [figure.key for figure in found]


def test_what_a_release_cannot_give_is_named_and_replaced() -> None:
    found, lacking = accueil.figures_of(release(actors=[actor(1, LILLE)]), ViewState())
    assert lacking == ["Emplois ESS", "Part de l’ESS dans l’emploi salarié", "Montant des subventions"]
    assert [figure.key for figure in found] == ["actors", "population", "actors_per_1000", "population_density"]


def test_a_figure_is_that_of_the_series() -> None:
    shown = demonstration.release()
    total = measure.series(shown, Query("ess_job_share", perimeter=85)).total
    found, _ = accueil.figures_of(shown, ViewState(perimeter=85))
    told = {figure.key: figure.value for figure in found}
    assert told["ess_job_share"] == f"{total.value:.1f}\u202f%".replace(".", ",")


def test_the_answer_counts_and_relates() -> None:
    few = release(actors=[actor(1, LILLE), actor(2, ROUBAIX)])
    assert accueil.answer(few, ViewState()) == "La métropole compte 2 structures ESS listées."
    shown = release(actors=[actor(n, LILLE) for n in range(6)], observations=everywhere(unlike={}))
    total = measure.series(shown, Query("actors_per_1000")).total
    assert total.denominator == sum(1000.0 * (i + 1) for i in range(95))
    assert accueil.answer(shown, ViewState()) == (
        "La métropole compte 6 structures ESS listées, soit <\u202f0,01 pour 1\u202f000 habitants."
    )


def test_a_release_without_structures_says_so() -> None:
    bare = release()
    shown = replace(bare, manifest={**bare.manifest, "published": None})
    context = accueil.context(view(shown))
    assert context["answer"] == "Cette publication ne compte pas les structures de l’ESS."
    assert "Structures ESS" in context["lacking"]
    assert context["indicator"].key == "population_density"
    assert len(context["map"].shapes) == 8


def test_the_list_and_the_map_say_the_same_and_lead_to_the_communes(demo: FlaskClient) -> None:
    context = accueil.context(view(demonstration.release(), perimeter=85))
    painted = {shape.code: (shape.text, shape.mark, shape.state, shape.href) for shape in context["map"].shapes}
    assert {line.code: (line.text, line.mark, line.state, line.href) for line in context["lines"]} == painted
    told = [line.rank for line in context["lines"] if line.rank]
    assert told == sorted(told)
    assert 0 < len(told) < len(context["lines"])
    for line in context["lines"]:
        assert line.href == f"/carte?level=commune&territory={line.code}&perimeter=85"
        assert demo.get(line.href).status_code == 200


def test_a_partial_list_is_said_to_be_one(imported: FlaskClient, demo: FlaskClient) -> None:
    page = imported.get("/").get_data(as_text=True)
    assert "Ce n’est pas toute l’ESS de la métropole" in page
    assert "structures ESS listées" in page
    assert "Ce n’est pas toute l’ESS" not in demo.get("/").get_data(as_text=True)


def test_the_data_are_named(imported: FlaskClient) -> None:
    identity = imported.get("/health").get_json()["release"]
    page = read(imported)
    said = re.sub(
        r"\s+", " ", page.texts[next(i for i, (n, a) in enumerate(page.elements) if a.get("class") == "data")]
    )
    assert f"Publication {identity}, publiée le" in said
    assert "seulement)" in said


@pytest.mark.parametrize("query", ["couleur=bleu", "perimeter=12"])
def test_what_is_not_understood_is_said(demo: FlaskClient, query: str) -> None:
    assert f"<code>{query}</code>" in demo.get(f"/?{query}").get_data(as_text=True)


@pytest.mark.parametrize("query", ["", "perimeter=85", "lang=en"])
def test_before_a_room_the_page_is_its_map(demo: FlaskClient, query: str) -> None:
    (way,) = read(demo, query).all("a", id="project")
    answer = demo.get(f"/?{query}&mode=projection")
    assert (answer.status_code, answer.location) == (302, way["href"])
    asked = parse_qs(urlsplit(str(way["href"])).query)
    assert asked == parse_qs(query) | {"mode": ["projection"]}
    (body,) = Page(demo.get(str(way["href"])).get_data(as_text=True)).all("body")
    assert "projection" in str(body["class"])
