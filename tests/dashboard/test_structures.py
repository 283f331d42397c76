"""The structures of a view: those that the map counts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import structures
from dashboard.directory.state import parse
from geodata.perimeter import PERIMETERS, members
from layers import demonstration, directory, measure
from layers.series import Query
from tests import factories
from tests.factories import AUBERS, LILLE, PROVIN, ROUBAIX, actor, view


def names(*rows: dict[str, Any], **state: Any) -> list[str]:
    release = factories.release(actors=rows)
    shown = view(release, **state)
    return structures.select(release, shown.state)["name"].tolist()


@settings(max_examples=50)
@given(st.lists(factories.actors(), max_size=20), st.sampled_from(PERIMETERS), st.data())
def test_as_many_are_listed_as_the_map_counts(rows: list[dict[str, Any]], perimeter: int, data: st.DataObject) -> None:
    release = factories.release(actors=rows)
    for year in measure.years(release, "actors"):
        code = data.draw(st.sampled_from([*"12345678", None, *sorted(members(perimeter))]))
        level = "commune" if code and len(code) > 1 else "territory"
        area = {"commune" if level == "commune" else "territory": code} if code else {}
        shown = view(release, indicator="actors", year=year, perimeter=perimeter, **area)
        series = measure.series(release, Query("actors", level, year=year, perimeter=perimeter))
        assert len(structures.select(release, shown.state)) == (series.cell(code) if code else series.total).value


def test_those_of_the_choice_are_listed_by_name() -> None:
    rows = [
        actor(1, name="C"),
        actor(2, name="A"),
        actor(3, name="B", sector="commerce"),
        actor(4, name="D", sector=None),
    ]
    assert names(*rows) == ["A", "B", "C", "D"]
    assert names(*rows, sector="commerce") == ["B"]
    assert names(*rows, sector="inconnu") == ["D"]
    assert names(*rows, family="mutuelle") == []


def test_a_record_to_review_is_not_listed() -> None:
    assert names(actor(ess="to_review")) == []


def test_an_area_lists_its_own() -> None:
    rows = [actor(1, LILLE, name="Lille"), actor(2, ROUBAIX, name="Roubaix"), actor(3, None, name="Ailleurs")]
    assert names(*rows) == ["Lille", "Roubaix"]
    assert names(*rows, territory="3") == ["Roubaix"]
    assert names(*rows, commune=LILLE, territory="8") == ["Lille"]


def test_entrants_are_not_listed_in_an_older_perimeter() -> None:
    rows = [actor(1, AUBERS, name="Aubers"), actor(2, PROVIN, name="Provin")]
    assert [names(*rows, perimeter=perimeter) for perimeter in PERIMETERS] == [[], ["Aubers"], ["Aubers", "Provin"]]


@pytest.mark.parametrize(("year", "listed"), [(2017, "2018"), (2019, "2018"), (2021, "2020"), (None, "2020")])
def test_the_nearest_year_is_listed(year: int | None, listed: str) -> None:
    rows = [actor(1, year=2018, name="2018"), actor(2, year=2020, name="2020")]
    assert names(*rows, year=year, indicator="actors") == [listed]


def test_a_list_says_how_many_and_when() -> None:
    shown = factories.release(actors=[actor(1), actor(2, sector=None, family=None)])
    found = structures.content(view(shown, indicator="actors"))
    assert found["title"] == "2 structures ESS, 2020"
    assert found["lines"] == [
        ["Essai 1", "Divers · Associations", "/acteurs/siae:a0?indicator=actors"],
        ["Essai 2", "Secteur non renseigné · Famille non renseignée", "/acteurs/siae:a1?indicator=actors"],
    ]
    assert found["all"] == ["Voir ces structures dans l’annuaire", "/acteurs?indicator=actors"]
    assert (found["points"], found["more"], found["demonstration"]) == ([], 0, False)


@pytest.mark.parametrize(("count", "title"), [(0, "Aucune structure ESS pour ce choix"), (1, "1 structure ESS, 2020")])
def test_titles_agree_in_number(count: int, title: str) -> None:
    release = factories.release(actors=[actor(n, LILLE) for n in range(count)] + [actor(9, ROUBAIX)])
    assert structures.content(view(release, commune=LILLE))["title"] == title


def test_the_directory_is_opened_on_the_same_choice() -> None:
    rows = [actor(1, LILLE), actor(2, LILLE), actor(3, LILLE, sector="commerce", year=2019)]
    place = {"commune": LILLE, "territory": "8", "level": "commune"}
    shown = view(factories.release(actors=rows), indicator="actors", sector="commerce", year=2019, **place)
    state, ignored = parse(structures.content(shown)["all"][1].partition("?")[2], shown.release)
    assert (state.chosen, ignored) == ({"sector": ("commerce",), "commune": (LILLE,)}, ())
    assert (state.year or directory.default_year(shown.release)) == 2019


def test_an_empty_release_lists_nothing() -> None:
    assert structures.content(view(factories.release()))["title"] == "Aucune structure ESS pour ce choix"


def test_points_are_on_the_map_and_say_when_only_the_commune_is_known() -> None:
    rows = [
        actor(1, longitude=3.06, latitude=50.63, position="address"),
        actor(2, longitude=3.06, latitude=50.63, position="commune"),
        actor(3),
    ]
    release = factories.release(actors=rows)
    found = structures.content(view(release, indicator="actors"))["points"]
    assert [point[2] for point in found] == [0, 1]
    assert found[0][:2] == found[1][:2]


def test_a_long_list_is_cut_and_says_how_many_are_left() -> None:
    found = structures.content(view(demonstration.release(), commune=LILLE, indicator="actors"))
    assert len(found["lines"]) == structures.LISTED
    assert len(found["points"]) == structures.LISTED + found["more"]
    assert found["demonstration"]
