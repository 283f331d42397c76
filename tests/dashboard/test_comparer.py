"""The comparison says the same numbers as the series, on one scale, and nothing that small numbers do not support."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from dashboard import locale
from dashboard.comparison import choice, drawings, gaps, profile, table
from dashboard.pages import comparer
from dashboard.services import View
from dashboard.viewstate import Ignored, ViewState
from layers import demonstration, measure
from layers.indicators import INDICATORS
from layers.intervals import poisson
from layers.series import Cell, Query
from layers.support import CHANCE, DRIVEN
from tests.dashboard.reading import Page
from tests.factories import LILLE, ROUBAIX, release
from tests.layers.invented import actor

DEMO = demonstration.release()


def asked(areas: str = "", free: str = "", **state: Any) -> View:
    own = [("areas", areas), ("free", free)]
    return View(DEMO, ViewState(**state), tuple(Ignored(key, value) for key, value in own if value))


def read(client: FlaskClient, query: str) -> Page:
    return Page(client.get(f"/comparer?{query}").get_data(as_text=True))


@pytest.mark.parametrize(
    ("areas", "codes", "left"),
    [
        ("3,2,8", ("3", "2", "8"), []),
        ("8,3", ("8", "3"), []),
        ("3,59512,3", ("3", "59512"), []),
        ("3,9,x,75056", ("3",), ["9", "x", "75056"]),
        ("1,2,3,4,5,6,7,8,59512", tuple("12345678"), ["59512"]),
    ],
)
def test_places_keep_their_order_and_what_is_unknown_is_told(
    areas: str, codes: tuple[str, ...], left: list[str]
) -> None:
    found = choice.read(asked(areas))
    assert found.codes == codes
    assert [part.value for part in found.ignored] == left


def test_without_places_those_that_differ_most() -> None:
    ranked = sorted(measure.series(DEMO, Query("actors_per_1000")).cells, key=lambda cell: -(cell.value or 0))
    assert choice.read(asked()).codes == (ranked[0].code, ranked[-1].code)
    assert choice.read(asked(territory=ranked[0].code)).codes == (ranked[0].code, ranked[-1].code)
    assert choice.read(asked(territory=ranked[-1].code)).codes == (ranked[-1].code, ranked[0].code)


def test_a_commune_outside_the_perimeter_is_not_compared() -> None:
    late = next(code for code in demonstration.release().geography.communes.index if code not in measure_codes(85))
    assert choice.read(asked(f"3,{late}", perimeter=85)).codes == ("3",)
    assert choice.read(asked(f"3,{late}", perimeter=95)).codes == ("3", late)


def measure_codes(perimeter: int) -> set[str]:
    return {cell.code for cell in measure.series(DEMO, Query("population", "commune", perimeter=perimeter)).cells}


def test_an_address_says_all_that_is_shown() -> None:
    view = asked("3,59512", "1", indicator="actors", sector="commerce", year=2021, perimeter=90, method="quantile")
    query = parse_qs(urlsplit(choice.address(view, ["3", "59512"], free=True)).query)
    assert query == {
        "areas": ["3,59512"], "free": ["1"], "indicator": ["actors"], "sector": ["commerce"], "year": ["2021"],
        "perimeter": ["90"], "method": ["quantile"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("areas=3,2&add=8", "/comparer?areas=3,2,8"),
        ("areas=3,2&add=&sector=&year=2023&method=jenks", "/comparer?areas=3,2"),
        ("areas=3,2&add=59512&free=1&indicator=actors", "/comparer?areas=3,2,59512&free=1&indicator=actors"),
        ("areas=3,2&add=%0d%0aSet-Cookie:x", "/comparer?areas=3,2"),
    ],
)
def test_a_form_is_answered_by_the_address_it_makes(demo: FlaskClient, query: str, target: str) -> None:
    answer = demo.get(f"/comparer?{query}")
    assert (answer.status_code, answer.headers["Location"]) == (302, target)
    assert "Set-Cookie" not in answer.headers


def test_places_are_removed_and_added_by_links_and_a_select(demo: FlaskClient) -> None:
    page = read(demo, "areas=3,2,8&free=1")
    removals = [held["href"] for held in page.all("a", **{"class": "remove"})]
    assert removals == [f"/comparer?areas={rest}&free=1" for rest in ("2,8", "3,8", "3,2")]
    offered = [held["value"] for held in page.all("option") if held.get("value")]
    assert [value for value in offered if value in set("12345678") - {"8"}][:5] == ["1", "4", "5", "6", "7"]
    assert "59512" in offered
    assert not read(demo, "areas=3").all("a", **{"class": "remove"})


def test_the_table_is_that_of_the_series(demo: FlaskClient) -> None:
    view = asked("3,59512")
    for row in table.rows(view, choice.read(view)):
        key = row.indicator.key
        expected = [
            measure.series(DEMO, Query(key)).cell("3"),
            measure.series(DEMO, Query(key, "commune")).cell("59512"),
        ]
        assert [entry.text for entry in row.entries] == [locale.cell(row.indicator, cell) for cell in expected]
        assert [entry.state for entry in row.entries] == [cell.state for cell in expected]
    page = read(demo, "areas=3,59512")
    shown = [held["data-indicator"] for held in page.all("tr") if "data-indicator" in held]
    assert shown == [key for key in INDICATORS if measure.available(DEMO, key)]


def cell(value: float, numerator: float, denominator: float = 1000) -> Cell:
    return Cell("3", "Essai", value, "value", numerator, denominator)


@pytest.mark.parametrize(
    ("value", "verdict", "text"),
    [(105, gaps.WEAK, "+5 %"), (130, gaps.SURE, "+30 %"), (70, gaps.SURE, "−30 %"), (100, gaps.WEAK, "+0 %")],
)
def test_gaps_to_the_metropole(value: float, verdict: str, text: str) -> None:
    found = gaps.gap(INDICATORS["actors_per_1000"], cell(value, value), cell(100, 10_000, 100_000), "")
    assert found is not None
    assert (found.verdict, found.text.replace("\u202f", " ")) == (verdict, text)


def test_a_gap_of_few_is_not_established() -> None:
    found = gaps.gap(INDICATORS["actors_per_1000"], cell(6, 6), cell(4, 4_000, 1_000_000), CHANCE)
    assert found is not None
    assert found.verdict == gaps.UNSURE
    assert "écart non établi" in found.told
    assert gaps.gap(INDICATORS["actors"], cell(6, 6), cell(4, 4), "") is None


def test_a_mean_that_one_place_makes_is_said_so() -> None:
    found = gaps.gap(INDICATORS["grants_per_inhabitant"], cell(9, 9_000), cell(2, 2_000), DRIVEN)
    assert found is not None
    assert (found.verdict, found.told[-30:]) == (gaps.UNSURE, "moyenne tirée par un seul lieu")


def test_percentages_differ_by_points() -> None:
    assert gaps.points(-2.04, 1) == "−2,0 pt"


def test_dots_have_the_intervals_of_their_counts_on_one_scale() -> None:
    view = asked("3,1")
    made = drawings.dots(view, choice.read(view))
    for row in made.rows:
        found = measure.series(DEMO, Query("actors_per_1000")).cell(row.code)
        low, high = poisson(found.numerator or 0)
        per = 1000 / (found.denominator or 1)
        assert row.low is not None
        assert row.at is not None
        assert row.low / row.at == pytest.approx(low * per / (found.value or 1), rel=1e-3)
        assert row.high == pytest.approx(row.at * high * per / (found.value or 1), rel=1e-3)
    assert max(row.high or 0 for row in made.rows) < 100


def test_trends_share_their_scale_unless_freed() -> None:
    together, apart = (drawings.trends(view, choice.read(view)) for view in (asked("8,1"), asked("8,1", "1")))
    top = drawings.TOP
    assert [min(point.y for point in trend.points) == top for trend in together] == [True, False]
    series = [measure.series(DEMO, Query("actors_per_1000", year=year)).cell("1").value for year in range(2019, 2024)]
    assert [text for _, text in together[1].table] == [locale.number(value or 0, 2) for value in series]
    assert together[1].lines != apart[1].lines


def test_maps_share_their_classes_unless_freed() -> None:
    def painted(free: str) -> dict[str, str]:
        made = comparer.context(asked("3,2", free))["maps"]
        return {shape.code: (shape.mark, shape.text) for one in made for shape in one["drawn"].shapes}  # type: ignore[misc]

    shared = painted("")
    values = {one.code: one.value or 0 for one in measure.series(DEMO, Query("actors_per_1000", "commune")).cells}
    ordered = sorted(shared, key=lambda code: values[code])
    marks = [shared[code][0] for code in ordered]  # type: ignore[misc]
    assert marks == sorted(marks)
    assert painted("1") != shared


def test_counts_are_circles_on_one_scale_and_never_fills() -> None:
    made = comparer.context(asked("3,2", indicator="actors"))
    shapes = [shape for one in made["maps"] for shape in one["drawn"].shapes]
    assert not any(one["drawn"].fill for one in made["maps"])
    values = {one.code: one.value or 0 for one in measure.series(DEMO, Query("actors", "commune")).cells}
    sized = {shape.code: shape.radius / one["drawn"].unit for one in made["maps"] for shape in one["drawn"].shapes}
    top = max(sized, key=lambda code: values[code])
    assert len(shapes) == len(sized)
    for code, radius in sized.items():
        assert (radius / sized[top]) ** 2 == pytest.approx(values[code] / values[top], abs=0.02)
    assert made["shared"]["sizes"]


def test_a_profile_is_told_of_what_is_not_chance() -> None:
    rows = [actor(1, ROUBAIX, sector="commerce" if n < 30 else "divers") for n in range(60)]
    rows += [actor(1, LILLE, sector="commerce" if n < 3 else "divers") for n in range(300)]
    rows += [actor(1, "59646", sector="commerce" if n < 1 else "divers") for n in range(4)]
    shown = release(rows)
    view = View(shown, ViewState(), (Ignored("areas", "3,8,59646"),))
    found, lacking = profile.profiles(view, choice.read(view))
    sector = next(one for one in found if one.key == "sector")
    line = next(one for one in sector.lines if one.label == "Commerce")
    roubaix, lille, few = line.parts
    assert (roubaix.told, roubaix.colour, lille.told, lille.colour) == (True, 4, True, 0)
    assert float(roubaix.quotient.replace(",", ".")) == pytest.approx((31 / 64) / (34 / 364), abs=0.005)
    assert (few.quotient, few.colour) == ("n.d.", None)
    assert lacking == ["tranche d’effectifs"]


def test_the_sentence_says_when_a_gap_is_weak() -> None:
    told = comparer.headline(asked("8,1"), choice.read(asked("8,1")))
    assert told.startswith("Structures ESS pour 1\u202f000 habitants\u00a0:")
    assert "contre" in told
    assert "écart faible" not in told
    same = comparer.headline(asked("8,59350"), choice.read(asked("8,59350")))
    assert same.endswith(", écart faible")


def test_the_file_has_the_numbers_of_the_table(demo: FlaskClient) -> None:
    answer = demo.get("/comparer.csv?areas=3,59512")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].endswith('_demonstration.csv"')
    lines = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
    assert tuple(lines[0]) == table.COLUMNS
    found = next(one for one in lines if (one["indicator"], one["code"]) == ("actors_per_1000", "3"))
    expected = measure.series(DEMO, Query("actors_per_1000")).cell("3")
    assert float(found["value"].replace(",", ".")) == pytest.approx(expected.value)
    assert len(lines) == 2 * sum(measure.available(DEMO, key) for key in INDICATORS)


def test_the_file_is_written_as_the_language_has_it(demo: FlaskClient) -> None:
    expected = measure.series(DEMO, Query("actors_per_1000")).cell("3").value
    for lang, parting, decimal in (("fr", ";", ","), ("en", ",", ".")):
        text = demo.get(f"/comparer.csv?areas=3,59512&lang={lang}").get_data().decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text), delimiter=parting))
        found = next(one for one in lines if (one["indicator"], one["code"]) == ("actors_per_1000", "3"))
        assert found["value"] == f"{expected:.12g}".replace(".", decimal)


@pytest.mark.parametrize("key", ["compare=2020", "with=ess_job_share"])
def test_what_tells_another_number_is_said_to_be_left_aside(demo: FlaskClient, key: str) -> None:
    html = demo.get(f"/comparer?areas=3,8&{key}").get_data(as_text=True)
    assert re.findall(r"<code>(.*?)</code>", html) == [key]


@pytest.mark.parametrize(
    "query",
    [
        "areas=3", "areas=" + ",".join("12345678"), "areas=3,59512&indicator=actors&free=1",
        "indicator=poverty_rate&areas=1,2",
        "areas=3,2&indicator=location_quotient", "areas=%00,3&free=2", "areas=" + "3," * 900,
        "sector=commerce&areas=1,2",
        "indicator=grants_amount&areas=1,8&perimeter=85", "areas=3,2&method=manual&breaks=1_2",
    ],
)  # fmt: skip
def test_no_choice_breaks_the_page(demo: FlaskClient, imported: FlaskClient, query: str) -> None:
    for client in (demo, imported):
        assert client.get(f"/comparer?{query}").status_code == 200
        assert client.get(f"/comparer.csv?{query}").status_code == 200


def test_a_release_of_nothing_is_compared_all_the_same() -> None:
    context = comparer.context(View(release(), ViewState(indicator="actors"), (Ignored("areas", "3,2"),)))
    assert context["headline"] == "Structures ESS\u00a0: aucune valeur pour ces choix."
    assert {shape.state for one in context["maps"] for shape in one["drawn"].shapes} == {"missing"}
    assert context["trends"] == []
