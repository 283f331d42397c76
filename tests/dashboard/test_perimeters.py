"""Every perimeter on the page: outlines, ranks, sentences, exports, curve; who entered, and what is done about it."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import charts, exports, geometry
from dashboard.charts import Chart
from dashboard.pages.carte import made_of, sentence_of
from geodata.perimeter import ENTRIES, PERIMETERS, members, memberships, of_year
from layers import demonstration, measure
from layers.series import Query
from tests.dashboard.reading import Page
from tests.factories import AUBERS, LILLE, PROVIN, ROUBAIX, view

RELEASE = demonstration.release()
SPACES = re.compile("[\u00a0\u202f]")


def page_of(client: FlaskClient, query: str) -> Page:
    answer = client.get(f"/carte?{query}")
    assert answer.status_code == 200
    return Page(answer.get_data(as_text=True))


def codes_of(perimeter: int, level: str) -> set[str]:
    belongs = members(perimeter)
    return set(belongs) if level == "commune" else set(belongs.values())


def curve(**state: Any) -> Chart:
    chart = charts.indicator_trend(view(RELEASE, **state))
    assert chart is not None
    return chart


@pytest.mark.parametrize("perimeter", PERIMETERS)
@pytest.mark.parametrize("level", ["territory", "commune"])
def test_areas_are_the_members_and_the_others_are_mere_outlines(demo: FlaskClient, level: str, perimeter: int) -> None:
    page = page_of(demo, f"level={level}&perimeter={perimeter}")
    drawn = geometry.drawing_of(RELEASE.geography, perimeter)
    areas = {path["data-code"]: path["d"] for path in page.all("path") if "data-code" in path}
    assert set(areas) == codes_of(perimeter, level)
    assert areas == {code: shape.path for code, shape in drawn.shapes(level).items()}
    outside = set(members()) - set(members(perimeter))
    assert set(drawn.outside) == outside
    bare = [path["d"] for path in page.all("path") if "data-code" not in path]
    today = geometry.drawing_of(RELEASE.geography, PERIMETERS[-1]).shapes("commune")
    assert all(bare.count(today[code].path) == 1 for code in outside), "an outline, and no area"
    assert {held["data-code"] for held in page.all("button") if "data-code" in held} == set(areas)
    assert json.loads(page.text_of("boot"))["members"] == members(perimeter)


@pytest.mark.parametrize("perimeter", PERIMETERS)
@pytest.mark.parametrize(("level", "code"), [("territory", "3"), ("commune", ROUBAIX)])
def test_a_rank_is_among_the_areas_of_the_perimeter(level: str, code: str, perimeter: int) -> None:
    made = made_of(view(RELEASE, indicator="actors", level=level, perimeter=perimeter))
    among = len(codes_of(perimeter, level))
    above = sum((cell.value or 0) > (made.series.cell(code).value or 0) for cell in made.series.cells)
    assert f"{above + 1}e sur {among}" in SPACES.sub(" ", sentence_of(made, code))
    assert f"{perimeter} communes" in SPACES.sub(" ", made.subtitle)


@pytest.mark.parametrize("perimeter", PERIMETERS)
@pytest.mark.parametrize("key", ["actors", "location_quotient", "grants_per_inhabitant"])
def test_an_export_lists_the_members_and_names_the_perimeter(key: str, perimeter: int) -> None:
    for level in ("territory", "commune"):
        rows = exports.rows(view(RELEASE, indicator=key, level=level, perimeter=perimeter))
        listed = {row["code"] for row in rows}
        assert codes_of(perimeter, level) <= listed
        assert not listed & (set(members()) - set(members(perimeter)))
        assert {f"{perimeter} communes" in SPACES.sub(" ", str(row["perimeter"])) for row in rows} == {True}


def test_a_commune_that_is_out_of_the_perimeter_is_not_shown_and_it_is_told(demo: FlaskClient) -> None:
    for perimeter, code in ((85, AUBERS), (90, PROVIN)):
        page = page_of(demo, f"commune={code}&perimeter={perimeter}")
        assert f"commune={code}" in page.text_of("ignored")
        assert code not in {path.get("data-code") for path in page.all("path")}


def test_a_curve_of_each_year_takes_the_perimeter_of_each_year() -> None:
    for code in (None, "1", "7", "8"):
        chart = curve(indicator="actors", territory=code, yearly="1")
        for year, *told in chart.rows:
            series = measure.series(RELEASE, Query("actors", year=int(year), perimeter=of_year(int(year))))
            cells = [series.total] if code is None else [series.cell(code), series.total]
            assert [float(re.sub(r"\D", "", text)) for text in told] == [cell.value for cell in cells]
        assert chart.title.endswith("périmètre de chaque année")
        assert "n’est pas une croissance" in chart.notes[-1]


@pytest.mark.parametrize(
    ("state", "lines"),
    [
        ({}, [[2015, 2016], [2017, 2019], [2021, 2022, 2023]]),
        ({"territory": "7"}, [[2015, 2016], [2017, 2019], [2021, 2022, 2023]]),
        ({"territory": "1"}, [[2015, 2016], [2017, 2019, 2021, 2022, 2023]]),
        ({"territory": "8"}, [[2015, 2016], [2017, 2019, 2021, 2022, 2023]]),
    ],
    ids=str,
)
def test_its_line_is_broken_where_communes_enter_the_area_and_there_only(
    state: dict[str, Any], lines: list[list[int]]
) -> None:
    chart = curve(indicator="jobs", yearly="1", **state)
    assert [list(line.x) for line in chart.figure.data] == lines
    marks = sorted(mark.x0 for mark in chart.figure.layout.shapes)
    assert marks == [(one[-1] + other[0]) / 2 for one, other in pairwise(lines)]
    assert len(curve(indicator="jobs", **state).figure.data) == 2, "at constant perimeter, Clap and Flores alone"


def test_what_enters_is_named_beside_the_curve_and_no_change_goes_over() -> None:
    chart = curve(indicator="actors", territory="7", yearly="1")
    told = SPACES.sub(" ", " ".join(chart.notes))
    assert "Rupture entre 2019 et 2020. Le 14 mars 2020, Allennes-les-Marais" in told
    assert "en 2020," in chart.summary
    assert "en 2019" not in chart.summary
    still = curve(indicator="actors", territory="8", yearly="1")
    assert "en 2019" in still.summary, "no commune enters the Lillois"


def test_no_index_goes_over_an_entry() -> None:
    rows = {row[0]: row[1:] for row in curve(indicator="actors", territory="7", yearly="1", index=2020).rows}
    assert rows["2019"] == ("n.d.", "n.d.")
    assert rows["2020"] == ("100,0", "100,0")
    rows = {row[0]: row[1:] for row in curve(indicator="actors", territory="8", yearly="1", index=2020).rows}
    assert rows["2019"][0] != "n.d."
    assert rows["2019"][1] == "n.d.", "the metropole beside it did grow"


def test_a_commune_has_no_value_before_it_enters() -> None:
    rows = {row[0]: row[1] for row in curve(indicator="actors", commune=PROVIN, territory="7", yearly="1").rows}
    assert rows["2019"] == "n.d."
    assert rows["2020"] != "n.d."
    assert "n.d." not in [row[1] for row in curve(indicator="actors", commune=LILLE, territory="8", yearly="1").rows]


def test_a_territory_says_which_of_its_communes_could_receive_nothing() -> None:
    state = {"indicator": "grants_amount", "year": 2019}
    told = [SPACES.sub(" ", " ".join(made_of(view(RELEASE, perimeter=p, **state)).notes)) for p in PERIMETERS]
    assert ["5 communes n’étaient pas encore" in text for text in told] == [False, False, True]
    assert "périmètre de 90 communes" in told[-1]


@pytest.mark.parametrize(("number", "before"), [(90, 85), (95, 90)])
def test_sentences_of_the_entries_name_who_entered(number: int, before: int) -> None:
    communes = RELEASE.geography.communes["name"]
    entered = set(members(number)) - set(members(before))
    told = ENTRIES[number].replace("Couronne Sud de Lille", "")
    named = {code for code, name in communes.items() if re.search(rf"(?<!\w){re.escape(name)}(?![\w-])", told)}
    assert named == entered
    (day,) = {m.debut for m in memberships() if m.commune in entered}
    assert day is not None
    assert str(day.year) in ENTRIES[number]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_method_says_who_entered_and_what_is_done(demo: FlaskClient, lang: str) -> None:
    text = demo.get(f"/methode?lang={lang}").get_data(as_text=True)
    assert 'id="entrees"' in text
    for code in set(members()) - set(members(85)):
        assert RELEASE.geography.communes.loc[code, "name"] in text
    assert ("hors MEL" if lang == "fr" else "outside the metropole") in text
