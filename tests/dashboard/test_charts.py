"""Charts: figure, table and sentence say the same, and add up to the map."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dashboard import charts, figures
from dashboard.charts import Chart
from layers import demonstration, measure
from layers.release import Release
from layers.series import Query
from tests import factories
from tests.factories import AUBERS, LILLE, PROVIN, ROUBAIX, actor, grant, view


def plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def number(text: str) -> float:
    return float(re.sub(r"[^\d,−-]", "", text).replace(",", ".").replace("−", "-"))


def by_key(release: Release, **state: Any) -> dict[str, Chart]:
    return {chart.key: chart for chart in charts.charts(view(release, **state))}


VIEWS: list[dict[str, Any]] = [
    {}, {"territory": "3"}, {"level": "commune", "territory": "8", "commune": LILLE}, {"year": 2021},
    {"perimeter": 85, "territory": "7"}, {"indicator": "population"},
]  # fmt: skip


@pytest.mark.parametrize("state", VIEWS, ids=str)
@pytest.mark.parametrize("key", ["sectors", "families"])
def test_parts_add_up_to_the_structures_of_the_area(state: dict[str, Any], key: str) -> None:
    release = demonstration.release()
    chart = by_key(release, **state)[key]
    counts = [number(row[1]) for row in chart.rows]
    level = "commune" if "commune" in state else "territory"
    year = state.get("year", 2023 if state.get("indicator") != "population" else 2022)
    series = measure.series(release, Query("actors", level, year=year, perimeter=state.get("perimeter", 95)))
    code = state.get("commune") or state.get("territory")
    assert sum(counts) == (series.cell(code) if code else series.total).value
    assert counts == sorted(counts, reverse=True)
    assert sum(number(row[2]) for row in chart.rows) == pytest.approx(100, abs=len(counts) / 2)
    assert list(chart.figure.data[0].x) == counts
    assert str(year) in chart.title


@pytest.mark.parametrize("state", VIEWS, ids=str)
def test_instruments_add_up_to_the_grants_of_the_area(state: dict[str, Any]) -> None:
    release = demonstration.release()
    chart = by_key(release, **state)["instruments"]
    year = state.get("year", 2023 if state.get("indicator") != "population" else 2022)
    code = state.get("commune") or state.get("territory")
    for indicator, column in (("grants_amount", 1), ("grants_count", 2)):
        level = "commune" if "commune" in state else "territory"
        series = measure.series(release, Query(indicator, level, year=year, perimeter=state.get("perimeter", 95)))
        assert sum(number(row[column]) for row in chart.rows) == (series.cell(code) if code else series.total).value


@pytest.mark.parametrize("extra", [1, 4])
def test_beyond_ten_instruments_the_others_are_told_together(extra: int) -> None:
    rows = [grant(cents=100_000 - 100 * n, instrument=f"Essai {n:02d}") for n in range(10 + extra)]
    chart = by_key(factories.release(grants=rows))["instruments"]
    last = chart.rows[-1]
    assert last[0] == ("1 autre dispositif" if extra == 1 else "4 autres dispositifs")
    assert (len(chart.rows), last[2]) == (11, str(extra))
    assert sum(number(row[1]) for row in chart.rows) == sum(int(row["amount_cents"]) for row in rows) / 100


def test_unknown_sectors_come_last() -> None:
    rows = [actor(sector=None) for _ in range(5)] + [actor(sector="commerce")]
    chart = by_key(factories.release(actors=rows))["sectors"]
    assert [row[0] for row in chart.rows] == ["Commerce", "Secteur non renseigné"]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Divers : la seule structure à Lille, 2020."),
        (19, "19 structures à Lille, 2020 : trop peu pour comparer."),
        (20, "Divers : 100 % des 20 structures à Lille, 2020."),
    ],
)
def test_a_summary_agrees_in_number(count: int, said: str) -> None:
    release = factories.release(actors=[actor(commune=LILLE) for _ in range(count)])
    assert plain(by_key(release, level="commune", territory="8", commune=LILLE)["sectors"].summary) == said


def test_a_trend_is_one_line_where_the_source_is_one() -> None:
    rows = [actor(year=year) for year, n in ((2018, 20), (2019, 30), (2020, 60)) for _ in range(n)]
    chart = by_key(factories.release(actors=rows))["trend"]
    assert [list(line.x) for line in chart.figure.data] == [[2018, 2019, 2020]]
    assert plain(chart.summary) == "60 structures dans la métropole en 2020, +40 depuis 2018."
    assert chart.rows == (("2018", "20"), ("2019", "30"), ("2020", "60"))


@pytest.mark.parametrize(("before", "after"), [(2, 5), (4, 40), (40, 4), (50, 60)])
def test_a_change_of_few_structures_or_that_chance_explains_is_not_told(before: int, after: int) -> None:
    rows = [actor(year=year) for year, n in ((2019, before), (2020, after)) for _ in range(n)]
    chart = by_key(factories.release(actors=rows))["trend"]
    assert plain(chart.summary) == f"{after} structures dans la métropole en 2020."
    assert chart.rows == (("2019", str(before)), ("2020", str(after)))


def test_a_trend_is_broken_where_sources_differ_and_no_change_is_told_across() -> None:
    old = [actor(year=year, source="sirene") for year in (2016, 2017) for _ in range(9)]
    new = [actor(year=year) for year, n in ((2019, 40), (2020, 10)) for _ in range(n)]
    chart = by_key(factories.release(actors=old + new))["trend"]
    assert [list(line.x) for line in chart.figure.data] == [[2016, 2017], [2019, 2020]]
    assert plain(chart.summary) == (
        "10 structures dans la métropole en 2020, −30 depuis 2019 ; les années d’avant ont d’autres sources "
        "et ne s’y comparent pas."
    )


def test_a_last_year_of_another_source_is_compared_with_nothing() -> None:
    release = factories.release(actors=[actor(year=2019, source="sirene"), actor(year=2020)])
    assert plain(by_key(release)["trend"].summary).startswith(
        "1 structure dans la métropole en 2020 ; les années d’avant"
    )


def test_one_year_has_no_trend() -> None:
    assert "trend" not in by_key(factories.release(actors=[actor()]))


def test_a_release_without_structures_nor_grants_has_no_chart() -> None:
    assert charts.charts(view(factories.release())) == []


def test_an_area_without_structures_has_no_mix() -> None:
    release = factories.release(actors=[actor(commune=LILLE)])
    assert "sectors" not in by_key(release, territory="3")


def test_the_charts_are_of_the_year_of_the_map() -> None:
    rows = [actor(commune=LILLE, year=2019) for _ in range(9)] + [actor(commune=LILLE, year=2020)]
    release = factories.release(actors=rows)
    assert measure.default_year(release, "actors") == 2019
    assert by_key(release, indicator="actors")["sectors"].title.endswith("2019")
    assert by_key(release, indicator="actors", year=2020)["sectors"].title.endswith("2020")


def test_the_charts_keep_to_the_perimeter() -> None:
    release = factories.release(actors=[actor(commune=code) for code in (LILLE, ROUBAIX, AUBERS, PROVIN)])
    sums = {p: sum(number(row[1]) for row in by_key(release, perimeter=p)["sectors"].rows) for p in (85, 90, 95)}
    assert sums == {85: 2, 90: 3, 95: 4}


def test_every_chart_has_its_source_and_its_table() -> None:
    for chart in charts.charts(view(demonstration.release(), territory="3")):
        assert plain(chart.source) == "Source : Données de démonstration, fictives."
        assert len({len(row) for row in chart.rows} | {len(chart.heads)}) == 1


def test_long_names_take_lines_and_values_have_their_room() -> None:
    names = ["Activités financières et d’assurance", "Commerce", "Une catégorie " * 8]
    figure = figures.bars(names, [2, 1, 1], ["4 046 (80 %)", "1", "1"])
    lines = [name.split("<br>") for name in figure.data[0].y]
    assert [len(one) for one in lines] == [2, 1, 3]
    assert figure.layout.height >= 3 * 3 * figures.LINE
    assert all(len(line) <= figures.NAME for one in lines for line in one)
    assert (lines[0], lines[2][-1][-1]) == (["Activités financières", "et d’assurance"], "…")
    assert figure.layout.margin.r >= figures.LETTER * len("4 046 (80 %)")
